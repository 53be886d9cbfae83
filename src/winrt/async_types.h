/* SPDX-License-Identifier: MIT */
/* The instantiations of the async interfaces that this component makes (winrt-shim/base/async.h).
 */
#ifndef WINRT_ASYNC_TYPES_H
#define WINRT_ASYNC_TYPES_H

#include "winrt-shim/base/async.h"

/* DownloadOperation.StartAsync and AttachAsync: IAsyncOperationWithProgress<DownloadOperation,
 * DownloadOperation>
 */
extern const struct async_type *const async_type_download;

/* BackgroundDownloader.CreateDownloadAsync: IAsyncOperation<DownloadOperation> */
extern const struct async_type *const async_type_create_download;

/* IInputStream.ReadAsync: IAsyncOperationWithProgress<IBuffer, UInt32> */
extern const struct async_type *const async_type_read;

/* IOutputStream.FlushAsync: IAsyncOperation<Boolean> */
extern const struct async_type *const async_type_flush;

/* IRandomAccessStreamReference.OpenReadAsync: IAsyncOperation<IRandomAccessStreamWithContentType>
 */
extern const struct async_type *const async_type_open_stream;

/* BackgroundDownloader.GetCurrentDownloadsAsync: IAsyncOperation<IVectorView<DownloadOperation>> */
extern const struct async_type *const async_type_list_downloads;

/* BackgroundDownloader.RequestUnconstrainedDownloadsAsync:
 * IAsyncOperation<UnconstrainedTransferRequestResult> */
extern const struct async_type *const async_type_unconstrained;

#endif
