/* SPDX-License-Identifier: MIT */
/*
 * What the creation of one download takes of its downloader and its arguments: copies, so that
 * later changes of the downloader concern later downloads alone.
 */
#ifndef WINRT_DOWNLOAD_DRAFT_H
#define WINRT_DOWNLOAD_DRAFT_H

#include <stdbool.h>

#include "background_downloader.h"

struct download_draft;

/* E_POINTER for a NULL uri; E_INVALIDARG as argument_uri and argument_file_path. `result_file` may
 * be NULL. */
HRESULT download_draft_create(struct background_downloader *downloader, IUriRuntimeClass *uri,
                              IStorageFile *result_file, struct download_draft **ret);

/* `body` is the path of the file with the request's body, or NULL; a private one is removed when
   nobody needs it any more, also if this fails. The draft stays the caller's. */
HRESULT download_draft_finish(struct download_draft *draft, const char *body, bool body_is_private,
                              IDownloadOperation **out);

void download_draft_free(struct download_draft *draft);

#endif
