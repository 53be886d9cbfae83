/* SPDX-License-Identifier: MIT */
/* IDownloadOperation2 to 5: what later versions of Windows added. Most of it comes with random
 * access and pausing. */
#include "download_operation.h"

#include "not_implemented.h"
#include "runtime.h"
#include "winrt-shim/base/error.h"

DEFINE_INSPECTABLE(download_operation, IDownloadOperation2)
DEFINE_INSPECTABLE(download_operation, IDownloadOperation3)
DEFINE_INSPECTABLE(download_operation, IDownloadOperation4)
DEFINE_INSPECTABLE(download_operation, IDownloadOperation5)

static HRESULT WINAPI download_operation_get_TransferGroup(IDownloadOperation2 *iface,
                                                           IBackgroundTransferGroup **value)
{
    struct download_operation *operation = impl_from_IDownloadOperation2(iface);

    if (!value)
        return E_POINTER;
    *value = operation->transfer_group;
    if (*value)
        IBackgroundTransferGroup_AddRef(*value);
    return S_OK;
}

static const struct IDownloadOperation2Vtbl download_operation2_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperation2),
    download_operation_get_TransferGroup,
};

static HRESULT WINAPI download_operation_get_IsRandomAccessRequired(IDownloadOperation3 *iface,
                                                                    boolean *value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = FALSE;
    return S_OK;
}

static HRESULT WINAPI download_operation_put_IsRandomAccessRequired(IDownloadOperation3 *iface,
                                                                    boolean value)
{
    struct download_operation *operation = impl_from_IDownloadOperation3(iface);
    HRESULT hr = runtime_check();
    bool started;

    if (FAILED(hr))
        return hr;
    mutex_lock(&operation->mutex);
    started = operation->started;
    mutex_unlock(&operation->mutex);
    if (started)
        return error_originate(E_ILLEGAL_METHOD_CALL,
                               "IsRandomAccessRequired can only be set before StartAsync");
    if (value)
        return not_implemented("DownloadOperation.IsRandomAccessRequired = true");
    return S_OK;
}

static HRESULT WINAPI download_operation_GetResultRandomAccessStreamReference(
    IDownloadOperation3 *iface, IRandomAccessStreamReference **stream)
{
    (void)iface;
    return not_implemented_pointer("DownloadOperation.GetResultRandomAccessStreamReference",
                                   stream);
}

static HRESULT WINAPI download_operation_GetDownloadedRanges(
    IDownloadOperation3 *iface, IVector_BackgroundTransferFileRange **value)
{
    (void)iface;
    return not_implemented_pointer("DownloadOperation.GetDownloadedRanges", value);
}

static HRESULT WINAPI download_operation_add_RangesDownloaded(
    IDownloadOperation3 *iface,
    ITypedEventHandler_DownloadOperation_BackgroundTransferRangesDownloadedEventArgs *handler,
    EventRegistrationToken *cookie)
{
    (void)iface;
    (void)handler;
    if (!cookie)
        return E_POINTER;
    cookie->value = 0;
    return not_implemented("DownloadOperation.RangesDownloaded");
}

static HRESULT WINAPI download_operation_remove_RangesDownloaded(IDownloadOperation3 *iface,
                                                                 EventRegistrationToken cookie)
{
    (void)iface;
    (void)cookie;
    return not_implemented("DownloadOperation.RangesDownloaded");
}

static HRESULT WINAPI download_operation_put_RequestedUri(IDownloadOperation3 *iface,
                                                          IUriRuntimeClass *value)
{
    (void)iface;
    (void)value;
    return not_implemented("DownloadOperation.RequestedUri = ...");
}

static HRESULT WINAPI download_operation_get_RecoverableWebErrorStatuses(
    IDownloadOperation3 *iface, IVector_WebErrorStatus **value)
{
    (void)iface;
    return not_implemented_pointer("DownloadOperation.RecoverableWebErrorStatuses", value);
}

static HRESULT WINAPI download_operation_get_CurrentWebErrorStatus(
    IDownloadOperation3 *iface, IReference_WebErrorStatus **value)
{
    (void)iface;
    return not_implemented_pointer("DownloadOperation.CurrentWebErrorStatus", value);
}

static const struct IDownloadOperation3Vtbl download_operation3_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperation3),
    download_operation_get_IsRandomAccessRequired,
    download_operation_put_IsRandomAccessRequired,
    download_operation_GetResultRandomAccessStreamReference,
    download_operation_GetDownloadedRanges,
    download_operation_add_RangesDownloaded,
    download_operation_remove_RangesDownloaded,
    download_operation_put_RequestedUri,
    download_operation_get_RecoverableWebErrorStatuses,
    download_operation_get_CurrentWebErrorStatus,
};

static HRESULT WINAPI download_operation_MakeCurrentInTransferGroup(IDownloadOperation4 *iface)
{
    (void)iface;
    return not_implemented("DownloadOperation.MakeCurrentInTransferGroup");
}

static const struct IDownloadOperation4Vtbl download_operation4_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperation4),
    download_operation_MakeCurrentInTransferGroup,
};

static HRESULT WINAPI download_operation_SetRequestHeader(IDownloadOperation5 *iface, HSTRING name,
                                                          HSTRING value)
{
    (void)iface;
    (void)name;
    (void)value;
    return not_implemented("DownloadOperation.SetRequestHeader");
}

static HRESULT WINAPI download_operation_RemoveRequestHeader(IDownloadOperation5 *iface,
                                                             HSTRING name)
{
    (void)iface;
    (void)name;
    return not_implemented("DownloadOperation.RemoveRequestHeader");
}

static const struct IDownloadOperation5Vtbl download_operation5_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperation5),
    download_operation_SetRequestHeader,
    download_operation_RemoveRequestHeader,
};

void download_operation_init_newer(struct download_operation *operation)
{
    operation->IDownloadOperation2_iface.lpVtbl = &download_operation2_vtbl;
    operation->IDownloadOperation3_iface.lpVtbl = &download_operation3_vtbl;
    operation->IDownloadOperation4_iface.lpVtbl = &download_operation4_vtbl;
    operation->IDownloadOperation5_iface.lpVtbl = &download_operation5_vtbl;
}
