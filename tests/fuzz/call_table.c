/* SPDX-License-Identifier: MIT */
#include "call_table.h"

#include <activation.h>
#include <asyncinfo.h>
#include <windows.foundation.h>
#include <windows.networking.backgroundtransfer.h>
#include <windows.security.credentials.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

#define OBJECT(interface)           \
    {                               \
        IN_OBJECT, &IID_##interface \
    }
#define TEXT_IN         \
    {                   \
        IN_STRING, NULL \
    }
#define NUMBER          \
    {                   \
        IN_NUMBER, NULL \
    }
#define SMALL          \
    {                  \
        IN_SMALL, NULL \
    }
#define ENDED              \
    {                      \
        IN_COMPLETED, NULL \
    }
#define HANDLER          \
    {                    \
        IN_HANDLER, NULL \
    }
#define RESULT           \
    {                    \
        OUT_OBJECT, NULL \
    }
#define TEXT_OUT         \
    {                    \
        OUT_STRING, NULL \
    }
#define BYTES           \
    {                   \
        OUT_BYTES, NULL \
    }

/* clang-format off */
const struct call calls[] = {
    { &IID_IActivationFactory, 6, { RESULT } },
    { &IID_IBackgroundDownloader, 6, { OBJECT(IUriRuntimeClass), OBJECT(IStorageFile), RESULT } },
    { &IID_IBackgroundDownloader, 7, { OBJECT(IUriRuntimeClass), OBJECT(IStorageFile), OBJECT(IStorageFile), RESULT } },
    { &IID_IBackgroundDownloader, 8, { OBJECT(IUriRuntimeClass), OBJECT(IStorageFile), OBJECT(IInputStream), RESULT } },
    { &IID_IBackgroundDownloader2, 6, { RESULT } },
    { &IID_IBackgroundDownloader2, 7, { OBJECT(IBackgroundTransferGroup) } },
    { &IID_IBackgroundDownloader2, 8, { RESULT } },
    { &IID_IBackgroundDownloader2, 14, { RESULT } },
    { &IID_IBackgroundTransferBase, 6, { TEXT_IN, TEXT_IN } },
    { &IID_IBackgroundTransferBase, 7, { RESULT } },
    { &IID_IBackgroundTransferBase, 8, { OBJECT(IPasswordCredential) } },
    { &IID_IBackgroundTransferBase, 9, { RESULT } },
    { &IID_IBackgroundTransferBase, 10, { OBJECT(IPasswordCredential) } },
    { &IID_IBackgroundTransferBase, 11, { TEXT_OUT } },
    { &IID_IBackgroundTransferBase, 12, { TEXT_IN } },
    { &IID_IBackgroundTransferBase, 13, { TEXT_OUT } },
    { &IID_IBackgroundTransferBase, 14, { TEXT_IN } },
    { &IID_IBackgroundTransferBase, 15, { BYTES } },
    { &IID_IBackgroundTransferBase, 16, { NUMBER } },
    { &IID_IBackgroundDownloaderStaticMethods, 6, { RESULT } },
    { &IID_IBackgroundDownloaderStaticMethods, 7, { TEXT_IN, RESULT } },
    { &IID_IBackgroundDownloaderStaticMethods2, 6, { OBJECT(IBackgroundTransferGroup), RESULT } },
    { &IID_IBackgroundTransferErrorStaticMethods, 6, { NUMBER, BYTES } },
    { &IID_IBackgroundTransferGroup, 6, { TEXT_OUT } },
    { &IID_IBackgroundTransferGroup, 7, { BYTES } },
    { &IID_IBackgroundTransferGroup, 8, { NUMBER } },
    { &IID_IBackgroundTransferGroupStatics, 6, { TEXT_IN, RESULT } },
    { &IID_IBackgroundTransferOperation, 6, { BYTES } },
    { &IID_IBackgroundTransferOperation, 7, { RESULT } },
    { &IID_IBackgroundTransferOperation, 8, { TEXT_OUT } },
    { &IID_IBackgroundTransferOperation, 9, { TEXT_OUT } },
    { &IID_IBackgroundTransferOperation, 10, { BYTES } },
    { &IID_IBackgroundTransferOperation, 11, { NUMBER } },
    { &IID_IBackgroundTransferOperation, 12, { NUMBER, RESULT } },
    { &IID_IBackgroundTransferOperation, 13, { RESULT } },
    { &IID_IBackgroundTransferOperationPriority, 6, { BYTES } },
    { &IID_IBackgroundTransferOperationPriority, 7, { NUMBER } },
    { &IID_IDownloadOperation, 6, { RESULT } },
    { &IID_IDownloadOperation, 7, { BYTES } },
    { &IID_IDownloadOperation, 8, { RESULT } },
    { &IID_IDownloadOperation, 9, { RESULT } },
    { &IID_IDownloadOperation, 10, { { NO_ARGUMENT, NULL } } },
    { &IID_IDownloadOperation, 11, { { NO_ARGUMENT, NULL } } },
    { &IID_IDownloadOperation2, 6, { RESULT } },
    { &IID_IDownloadOperation3, 6, { BYTES } },
    { &IID_IDownloadOperation3, 7, { NUMBER } },
    { &IID_IDownloadOperation3, 8, { RESULT } },
    { &IID_IDownloadOperation3, 9, { RESULT } },
    { &IID_IDownloadOperation3, 10, { HANDLER, BYTES } },
    { &IID_IDownloadOperation3, 11, { NUMBER } },
    { &IID_IDownloadOperation3, 12, { OBJECT(IUriRuntimeClass) } },
    { &IID_IDownloadOperation3, 13, { RESULT } },
    { &IID_IDownloadOperation3, 14, { RESULT } },
    { &IID_IDownloadOperation4, 6, { { NO_ARGUMENT, NULL } } },
    { &IID_IDownloadOperation5, 6, { TEXT_IN, TEXT_IN } },
    { &IID_IDownloadOperation5, 7, { TEXT_IN } },
    { &IID_IResponseInformation, 6, { BYTES } },
    { &IID_IResponseInformation, 7, { RESULT } },
    { &IID_IResponseInformation, 8, { BYTES } },
    { &IID_IResponseInformation, 9, { RESULT } },
    { &IID_IAsyncInfo, 6, { BYTES } },
    { &IID_IAsyncInfo, 7, { BYTES } },
    { &IID_IAsyncInfo, 8, { BYTES } },
    { &IID_IAsyncInfo, 9, { { NO_ARGUMENT, NULL } } },
    { &IID_IAsyncInfo, 10, { { NO_ARGUMENT, NULL } } },
    { &IID_IAsyncOperationWithProgress_DownloadOperation_DownloadOperation, 6, { HANDLER } },
    { &IID_IAsyncOperationWithProgress_DownloadOperation_DownloadOperation, 8, { ENDED } },
    { &IID_IAsyncOperationWithProgress_DownloadOperation_DownloadOperation, 10, { RESULT } },
    { &IID_IAsyncOperation_DownloadOperation, 6, { ENDED } },
    { &IID_IAsyncOperation_DownloadOperation, 8, { RESULT } },
    { &IID_IAsyncOperation_IVectorView_DownloadOperation, 6, { ENDED } },
    { &IID_IAsyncOperation_IVectorView_DownloadOperation, 8, { RESULT } },
    { &IID_IAsyncOperationWithProgress_IBuffer_UINT32, 8, { ENDED } },
    { &IID_IAsyncOperationWithProgress_IBuffer_UINT32, 10, { RESULT } },
    { &IID_IAsyncOperation_IRandomAccessStreamWithContentType, 6, { ENDED } },
    { &IID_IAsyncOperation_IRandomAccessStreamWithContentType, 8, { RESULT } },
    { &IID_IVectorView_DownloadOperation, 6, { NUMBER, RESULT } },
    { &IID_IVectorView_DownloadOperation, 7, { BYTES } },
    { &IID_IVectorView_DownloadOperation, 8, { OBJECT(IDownloadOperation), BYTES, BYTES } },
    { &IID_IVector_WebErrorStatus, 6, { NUMBER, BYTES } },
    { &IID_IVector_WebErrorStatus, 8, { RESULT } },
    { &IID_IVector_WebErrorStatus, 10, { NUMBER, NUMBER } },
    { &IID_IVector_WebErrorStatus, 11, { NUMBER, NUMBER } },
    { &IID_IVector_WebErrorStatus, 12, { NUMBER } },
    { &IID_IVector_WebErrorStatus, 13, { NUMBER } },
    { &IID_IVector_WebErrorStatus, 15, { { NO_ARGUMENT, NULL } } },
    { &IID_IMapView_HSTRING_HSTRING, 6, { TEXT_IN, TEXT_OUT } },
    { &IID_IMapView_HSTRING_HSTRING, 7, { BYTES } },
    { &IID_IMapView_HSTRING_HSTRING, 9, { RESULT, RESULT } },
    { &IID_IInputStream, 6, { OBJECT(IBuffer), NUMBER, NUMBER, RESULT } },
    { &IID_IRandomAccessStream, 6, { BYTES } },
    { &IID_IRandomAccessStream, 7, { NUMBER } },
    { &IID_IRandomAccessStream, 8, { NUMBER, RESULT } },
    { &IID_IRandomAccessStream, 9, { NUMBER, RESULT } },
    { &IID_IRandomAccessStream, 11, { NUMBER } },
    { &IID_IRandomAccessStream, 12, { RESULT } },
    { &IID_IRandomAccessStreamReference, 6, { RESULT } },
    { &IID_IClosable, 6, { { NO_ARGUMENT, NULL } } },
    { &IID_IUriRuntimeClassFactory, 6, { TEXT_IN, RESULT } },
    { &IID_IUriRuntimeClassFactory, 7, { TEXT_IN, TEXT_IN, RESULT } },
    { &IID_IBuffer, 7, { BYTES } },
    { &IID_IBuffer, 8, { NUMBER } },
    { &IID_IBufferFactory, 6, { SMALL, RESULT } },
    { &IID_ICredentialFactory, 6, { TEXT_IN, TEXT_IN, TEXT_IN, RESULT } },
};
/* clang-format on */
const size_t call_count = sizeof(calls) / sizeof(calls[0]);

BOOL is_documented(HRESULT hr)
{
    static const HRESULT table[] = {
        S_OK,
        S_FALSE,
        E_POINTER,
        E_INVALIDARG,
        E_NOTIMPL,
        E_NOINTERFACE,
        E_BOUNDS,
        E_CHANGED_STATE,
        E_ILLEGAL_METHOD_CALL,
        E_ILLEGAL_STATE_CHANGE,
        E_ILLEGAL_DELEGATE_ASSIGNMENT,
        RO_E_CLOSED,
        E_ACCESSDENIED, /* of a stream that is for reading alone */
        E_ABORT, /* of a stream of a download that nobody will start (docs/random-access.md) */
        (HRESULT)0x80070002, /* ERROR_FILE_NOT_FOUND */
        (HRESULT)0x80190194, /* what a download's results and streams answer that met a 404 */
        (HRESULT)0x80200011, /* or, with random access, a body without a length */
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (table[i] == hr)
            return TRUE;
    }
    return FALSE;
}
