/* SPDX-License-Identifier: MIT */
/* The kinds of operations that a composite waits for, one row each. */
#include "composite.h"

#define DEFINE_AWAIT(name, iface, handler_iface, result_type)                                  \
    static HRESULT name##_put_completed(void *operation, void *handler)                        \
    {                                                                                          \
        return iface##_put_Completed((iface *)operation, handler);                             \
    }                                                                                          \
                                                                                               \
    HRESULT name(struct composite *composite, iface *operation, result_type *result)           \
    {                                                                                          \
        HRESULT hr;                                                                            \
                                                                                               \
        *result = 0;                                                                           \
        hr = composite_wait(composite, operation, &IID_##handler_iface, name##_put_completed); \
        if (SUCCEEDED(hr))                                                                     \
            hr = iface##_GetResults(operation, result);                                        \
        iface##_Release(operation);                                                            \
        return hr;                                                                             \
    }

DEFINE_AWAIT(composite_await_read, IAsyncOperationWithProgress_IBuffer_UINT32,
             IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32, IBuffer *)
DEFINE_AWAIT(composite_await_write, IAsyncOperationWithProgress_UINT32_UINT32,
             IAsyncOperationWithProgressCompletedHandler_UINT32_UINT32, UINT32)
DEFINE_AWAIT(composite_await_boolean, IAsyncOperation_boolean,
             IAsyncOperationCompletedHandler_boolean, boolean)
DEFINE_AWAIT(composite_await_stream, IAsyncOperation_IRandomAccessStream,
             IAsyncOperationCompletedHandler_IRandomAccessStream, IRandomAccessStream *)
DEFINE_AWAIT(composite_await_typed_stream, IAsyncOperation_IRandomAccessStreamWithContentType,
             IAsyncOperationCompletedHandler_IRandomAccessStreamWithContentType,
             IRandomAccessStreamWithContentType *)
DEFINE_AWAIT(composite_await_transaction, IAsyncOperation_StorageStreamTransaction,
             IAsyncOperationCompletedHandler_StorageStreamTransaction, IStorageStreamTransaction *)

static HRESULT action_put_completed(void *action, void *handler)
{
    return IAsyncAction_put_Completed((IAsyncAction *)action, handler);
}

HRESULT composite_await_action(struct composite *composite, IAsyncAction *action)
{
    HRESULT hr;

    hr = composite_wait(composite, action, &IID_IAsyncActionCompletedHandler, action_put_completed);
    if (SUCCEEDED(hr))
        hr = IAsyncAction_GetResults(action);
    IAsyncAction_Release(action);
    return hr;
}
