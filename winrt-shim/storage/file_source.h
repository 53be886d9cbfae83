/* SPDX-License-Identifier: MIT */
/* A file as a stream source. */
#ifndef WINRT_STORAGE_FILE_SOURCE_H
#define WINRT_STORAGE_FILE_SOURCE_H

#include "file_share.h"
#include "stream_source.h"

/* `flags` are those of file_open, which is called with them. A folder or a device is
   E_ACCESSDENIED. With `truncate` the file is emptied once the claim is granted. */
HRESULT file_source_open(const char *path, unsigned flags, enum file_claim claim, bool truncate,
                         struct stream_source **out);

#endif
