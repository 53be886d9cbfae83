/* SPDX-License-Identifier: MIT */
#include "async_types.h"

#include <asyncinfo.h>
#include <windows.networking.backgroundtransfer.h>

#define DOWNLOAD_OPERATION u"Windows.Networking.BackgroundTransfer.DownloadOperation"

ASYNC_TYPE(download, ASYNC_OPERATION_WITH_PROGRESS,
           IAsyncOperationWithProgress_DownloadOperation_DownloadOperation,
           u"Windows.Foundation.IAsyncOperationWithProgress`"
           u"2<" DOWNLOAD_OPERATION u", " DOWNLOAD_OPERATION u">",
           VALUE_INTERFACE, VALUE_INTERFACE);

ASYNC_TYPE(create_download, ASYNC_OPERATION, IAsyncOperation_DownloadOperation,
           u"Windows.Foundation.IAsyncOperation`1<" DOWNLOAD_OPERATION u">", VALUE_INTERFACE,
           VALUE_NONE);

ASYNC_TYPE(read, ASYNC_OPERATION_WITH_PROGRESS, IAsyncOperationWithProgress_IBuffer_UINT32,
           u"Windows.Foundation.IAsyncOperationWithProgress`2<Windows.Storage.Streams.IBuffer, "
           u"UInt32>",
           VALUE_INTERFACE, VALUE_UINT32);

ASYNC_TYPE(list_downloads, ASYNC_OPERATION, IAsyncOperation_IVectorView_DownloadOperation,
           u"Windows.Foundation.IAsyncOperation`1<Windows.Foundation.Collections."
           u"IVectorView`1<" DOWNLOAD_OPERATION u">>",
           VALUE_INTERFACE, VALUE_NONE);

ASYNC_TYPE(unconstrained, ASYNC_OPERATION, IAsyncOperation_UnconstrainedTransferRequestResult,
           u"Windows.Foundation.IAsyncOperation`1<Windows.Networking.BackgroundTransfer."
           u"UnconstrainedTransferRequestResult>",
           VALUE_INTERFACE, VALUE_NONE);

ASYNC_TYPE(flush, ASYNC_OPERATION, IAsyncOperation_boolean,
           u"Windows.Foundation.IAsyncOperation`1<Boolean>", VALUE_BOOLEAN, VALUE_NONE);

ASYNC_TYPE(open_stream, ASYNC_OPERATION, IAsyncOperation_IRandomAccessStreamWithContentType,
           u"Windows.Foundation.IAsyncOperation`1<"
           u"Windows.Storage.Streams.IRandomAccessStreamWithContentType>",
           VALUE_INTERFACE, VALUE_NONE);

const struct async_type *const async_type_download = &download;
const struct async_type *const async_type_create_download = &create_download;
const struct async_type *const async_type_read = &read;
const struct async_type *const async_type_list_downloads = &list_downloads;
const struct async_type *const async_type_unconstrained = &unconstrained;
const struct async_type *const async_type_flush = &flush;
const struct async_type *const async_type_open_stream = &open_stream;
