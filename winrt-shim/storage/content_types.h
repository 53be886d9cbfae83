/* SPDX-License-Identifier: MIT */
/* The content type (MIME) of a file by its extension:
 * IStorageFile.ContentType (Windows.Storage). */
#ifndef WINRT_STORAGE_CONTENT_TYPES_H
#define WINRT_STORAGE_CONTENT_TYPES_H

#include <windows.h>

/* `extension` includes the dot and may be ""; letters of either case. "application/octet-stream"
   for those the table does not have. Lives for ever. */
const WCHAR *content_type_of_extension(const char *extension);

#endif
