/* SPDX-License-Identifier: MIT */
/* The interfaces that DownloadOperation shares with UploadOperation: IBackgroundTransferOperation
 * and …Priority. */
#include "download_operation.h"

#include <assert.h>
#include <string.h>

#include "cost_policy.h"
#include "result_stream.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

DEFINE_INSPECTABLE(download_operation, IBackgroundTransferOperation)
DEFINE_INSPECTABLE(download_operation, IBackgroundTransferOperationPriority)

/* Constant for the transfer's life, across processes. */
static HRESULT WINAPI download_operation_get_Guid(IBackgroundTransferOperation *iface, GUID *value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);
    struct transfer_id id;

    if (!value)
        return E_POINTER;
    static_assert(sizeof(*value) == sizeof(id.bytes), "a GUID as in memory");
    transfer_get_id(operation->transfer, &id);
    memcpy(value, id.bytes, sizeof(id.bytes));
    return S_OK;
}

/* As it was passed in; where the bytes came from is ResponseInformation.ActualUri. */
static HRESULT WINAPI download_operation_get_RequestedUri(IBackgroundTransferOperation *iface,
                                                          IUriRuntimeClass **value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_origin_get_uri(impl_from_IBackgroundTransferOperation(iface), value);
}

static HRESULT get_string(IBackgroundTransferOperation *iface,
                          enum port_status (*get)(struct transfer *transfer, char **ret),
                          HSTRING *value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);
    char *text = NULL;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        hr = hresult_from_status(get(operation->transfer, &text));
    if (SUCCEEDED(hr))
        hr = hstring_from_utf8(text, value);
    memory_free(text);
    return hr;
}

static HRESULT WINAPI download_operation_get_Method(IBackgroundTransferOperation *iface,
                                                    HSTRING *value)
{
    return get_string(iface, transfer_get_method, value);
}

static HRESULT WINAPI download_operation_get_Group(IBackgroundTransferOperation *iface,
                                                   HSTRING *value)
{
    return get_string(iface, transfer_get_group, value);
}

static HRESULT WINAPI download_operation_get_CostPolicy(IBackgroundTransferOperation *iface,
                                                        BackgroundTransferCostPolicy *value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = BackgroundTransferCostPolicy_Default;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        *value = cost_policy_from_engine(transfer_get_cost_policy(operation->transfer));
    return hr;
}

/* Counts at once, also for what runs. */
static HRESULT WINAPI download_operation_put_CostPolicy(IBackgroundTransferOperation *iface,
                                                        BackgroundTransferCostPolicy value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);
    enum transfer_cost_policy policy;
    HRESULT hr;

    if (!cost_policy_to_engine(value, &policy))
        return E_INVALIDARG;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        transfer_set_cost_policy(operation->transfer, policy);
    return hr;
}

static HRESULT WINAPI download_operation_GetResultStreamAt(IBackgroundTransferOperation *iface,
                                                           UINT64 position, IInputStream **value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);
    struct read_hub *readers;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        hr = download_operation_get_read_hub(operation, &readers);
    if (FAILED(hr))
        return hr;
    return result_stream_create(operation->transfer, readers, position, 0, value);
}

static HRESULT WINAPI download_operation_GetResponseInformation(IBackgroundTransferOperation *iface,
                                                                IResponseInformation **value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_response_get(impl_from_IBackgroundTransferOperation(iface), value);
}

static const struct IBackgroundTransferOperationVtbl download_operation_common_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IBackgroundTransferOperation),
    download_operation_get_Guid,
    download_operation_get_RequestedUri,
    download_operation_get_Method,
    download_operation_get_Group,
    download_operation_get_CostPolicy,
    download_operation_put_CostPolicy,
    download_operation_GetResultStreamAt,
    download_operation_GetResponseInformation,
};

static const struct {
    BackgroundTransferPriority priority;
    enum transfer_priority engine;
} priorities[] = {
    { BackgroundTransferPriority_Default, TRANSFER_PRIORITY_DEFAULT },
    { BackgroundTransferPriority_High, TRANSFER_PRIORITY_HIGH },
    { BackgroundTransferPriority_Low, TRANSFER_PRIORITY_LOW },
};

static HRESULT WINAPI download_operation_get_Priority(IBackgroundTransferOperationPriority *iface,
                                                      BackgroundTransferPriority *value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperationPriority(iface);
    enum transfer_priority engine;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = BackgroundTransferPriority_Default;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    engine = transfer_get_priority(operation->transfer);
    for (size_t i = 0; i < sizeof(priorities) / sizeof(priorities[0]); i++) {
        if (priorities[i].engine == engine)
            *value = priorities[i].priority;
    }
    return S_OK;
}

static HRESULT WINAPI download_operation_put_Priority(IBackgroundTransferOperationPriority *iface,
                                                      BackgroundTransferPriority value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperationPriority(iface);
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    for (size_t i = 0; i < sizeof(priorities) / sizeof(priorities[0]); i++) {
        if (priorities[i].priority == value) {
            transfer_set_priority(operation->transfer, priorities[i].engine);
            return S_OK;
        }
    }
    return E_INVALIDARG;
}

static const struct IBackgroundTransferOperationPriorityVtbl download_operation_priority_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IBackgroundTransferOperationPriority),
    download_operation_get_Priority,
    download_operation_put_Priority,
};

void download_operation_init_common(struct download_operation *operation)
{
    operation->IBackgroundTransferOperation_iface.lpVtbl = &download_operation_common_vtbl;
    operation->IBackgroundTransferOperationPriority_iface.lpVtbl =
        &download_operation_priority_vtbl;
}
