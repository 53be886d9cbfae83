/* SPDX-License-Identifier: MIT */
/* The interfaces that DownloadOperation shares with UploadOperation: IBackgroundTransferOperation
 * and …Priority. */
#include "download_operation.h"

#include <winstring.h>

#include "cost_policy.h"
#include "response_information.h"
#include "result_stream.h"
#include "runtime.h"
#include "winrt-shim/base/error.h"

DEFINE_INSPECTABLE(download_operation, IBackgroundTransferOperation)
DEFINE_INSPECTABLE(download_operation, IBackgroundTransferOperationPriority)

static HRESULT WINAPI download_operation_get_Guid(IBackgroundTransferOperation *iface, GUID *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IBackgroundTransferOperation(iface)->guid;
    return S_OK;
}

/* As it was passed in; where the bytes came from is ResponseInformation.ActualUri. */
static HRESULT WINAPI download_operation_get_RequestedUri(IBackgroundTransferOperation *iface,
                                                          IUriRuntimeClass **value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);

    if (!value)
        return E_POINTER;
    *value = operation->uri;
    IUriRuntimeClass_AddRef(*value);
    return S_OK;
}

static HRESULT WINAPI download_operation_get_Method(IBackgroundTransferOperation *iface,
                                                    HSTRING *value)
{
    if (!value)
        return E_POINTER;
    return WindowsDuplicateString(impl_from_IBackgroundTransferOperation(iface)->method, value);
}

static HRESULT WINAPI download_operation_get_Group(IBackgroundTransferOperation *iface,
                                                   HSTRING *value)
{
    if (!value)
        return E_POINTER;
    return WindowsDuplicateString(impl_from_IBackgroundTransferOperation(iface)->group, value);
}

static HRESULT WINAPI download_operation_get_CostPolicy(IBackgroundTransferOperation *iface,
                                                        BackgroundTransferCostPolicy *value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);

    return cost_policy_get(&operation->mutex, &operation->cost_policy, value);
}

static HRESULT WINAPI download_operation_put_CostPolicy(IBackgroundTransferOperation *iface,
                                                        BackgroundTransferCostPolicy value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);

    return cost_policy_put(&operation->mutex, &operation->cost_policy, value);
}

static HRESULT WINAPI download_operation_GetResultStreamAt(IBackgroundTransferOperation *iface,
                                                           UINT64 position, IInputStream **value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return result_stream_create(operation->transfer, operation->read_hub, position, value);
}

/* Takes the object for `response` from the operation, or puts a new one there. */
static HRESULT get_response_information(struct download_operation *operation,
                                        struct response *response, IResponseInformation **value)
{
    IResponseInformation *information, *old_information = NULL;
    struct response *old_response = NULL;
    HRESULT hr = S_OK;

    mutex_lock(&operation->mutex);
    if (operation->response != response) {
        hr = response_information_create(response, &information);
        if (SUCCEEDED(hr)) {
            old_response = operation->response;
            old_information = operation->response_information;
            operation->response = response;
            response_addref(response);
            operation->response_information = information;
        }
    }
    if (SUCCEEDED(hr)) {
        *value = operation->response_information;
        IResponseInformation_AddRef(*value);
    }
    mutex_unlock(&operation->mutex);
    if (old_information)
        IResponseInformation_Release(old_information);
    if (old_response)
        response_release(old_response);
    return hr;
}

/* The same object as long as there is no newer response; NULL before the first. */
static HRESULT WINAPI download_operation_GetResponseInformation(IBackgroundTransferOperation *iface,
                                                                IResponseInformation **value)
{
    struct download_operation *operation = impl_from_IBackgroundTransferOperation(iface);
    struct response *response;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    response = transfer_get_response(operation->transfer);
    if (!response)
        return S_OK;
    hr = get_response_information(operation, response, value);
    response_release(response);
    return hr;
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
