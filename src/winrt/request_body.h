/* SPDX-License-Identifier: MIT */
/* BackgroundDownloader.CreateDownloadAsync: drains a stream into a private file, then makes the
 * download. */
#ifndef WINRT_REQUEST_BODY_H
#define WINRT_REQUEST_BODY_H

#include "download_draft.h"

/* The draft is owned whatever the result. A read error of the stream is the async operation's
   error; cancelling leaves nothing behind. */
HRESULT request_body_copy(struct download_draft *draft, IInputStream *stream,
                          IAsyncOperation_DownloadOperation **out);

#endif
