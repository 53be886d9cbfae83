/* SPDX-License-Identifier: MIT */
/* What GetCurrentDownloadsAsync and its like answer: the app's downloads that were started and
 * whose outcome nobody has collected yet, those of earlier processes too. */
#ifndef WINRT_DOWNLOAD_LIST_H
#define WINRT_DOWNLOAD_LIST_H

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#include "src/engine/transfer.h"

/*
 * Takes over what dead processes have left and lists it, on a worker. `name` is that of the group,
 * as of transfers_list; copied. *out is IAsyncOperation<IVectorView<DownloadOperation>>, in the
 * order of creation.
 */
HRESULT download_list_start(enum transfer_filter filter, const char *name,
                            IAsyncOperation_IVectorView_DownloadOperation **out);

#endif
