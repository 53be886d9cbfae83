/* SPDX-License-Identifier: MIT */
#include "unconstrained_result.h"

#include "async_types.h"
#include "winrt-shim/base/object.h"

struct unconstrained_result {
    IUnconstrainedTransferRequestResult IUnconstrainedTransferRequestResult_iface;
    struct object object;
};

DEFINE_INSPECTABLE(unconstrained_result, IUnconstrainedTransferRequestResult)

/* Windows once asked the user whether transfers may go on while the battery is low. Nobody holds
 * them back here, so there is nothing to ask. */
static HRESULT WINAPI
unconstrained_result_get_IsUnconstrained(IUnconstrainedTransferRequestResult *iface, boolean *value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = TRUE;
    return S_OK;
}

static const struct IUnconstrainedTransferRequestResultVtbl unconstrained_result_vtbl = {
    INSPECTABLE_SLOTS(unconstrained_result, IUnconstrainedTransferRequestResult),
    unconstrained_result_get_IsUnconstrained,
};

static const struct object_interface unconstrained_result_interfaces[] = {
    OBJECT_INTERFACE(unconstrained_result, IUnconstrainedTransferRequestResult),
};

static const struct object_class unconstrained_result_class = OBJECT_CLASS(
    unconstrained_result,
    RuntimeClass_Windows_Networking_BackgroundTransfer_UnconstrainedTransferRequestResult, NULL);

HRESULT unconstrained_result_start(IAsyncOperation_UnconstrainedTransferRequestResult **out)
{
    struct unconstrained_result *result = object_alloc(&unconstrained_result_class);
    static const struct async_work no_work;
    struct async *async;
    union value value;
    HRESULT hr;

    *out = NULL;
    if (!result)
        return E_OUTOFMEMORY;
    result->IUnconstrainedTransferRequestResult_iface.lpVtbl = &unconstrained_result_vtbl;
    value.unknown = (IUnknown *)&result->IUnconstrainedTransferRequestResult_iface;
    hr = async_create(async_type_unconstrained, &no_work, NULL, &async);
    if (SUCCEEDED(hr)) {
        *out = async_interface(async);
        async_complete(async, &value);
        async_release(async);
    }
    IUnknown_Release(value.unknown);
    return hr;
}
