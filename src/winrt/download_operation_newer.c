/* SPDX-License-Identifier: MIT */
/* IDownloadOperation2 to 5: what later versions of Windows added. Most of it comes with random
 * access and pausing. */
#include "download_operation.h"

#include "arguments.h"
#include "download_random.h"
#include "download_ranges.h"
#include "not_implemented.h"
#include "recoverable_statuses.h"
#include "runtime.h"
#include "src/engine/token.h"
#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/reference.h"

DEFINE_INSPECTABLE(download_operation, IDownloadOperation2)
DEFINE_INSPECTABLE(download_operation, IDownloadOperation3)
DEFINE_INSPECTABLE(download_operation, IDownloadOperation4)
DEFINE_INSPECTABLE(download_operation, IDownloadOperation5)

static HRESULT WINAPI download_operation_get_TransferGroup(IDownloadOperation2 *iface,
                                                           IBackgroundTransferGroup **value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_origin_get_group(impl_from_IDownloadOperation2(iface), value);
}

static const struct IDownloadOperation2Vtbl download_operation2_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperation2),
    download_operation_get_TransferGroup,
};

static HRESULT WINAPI download_operation_get_IsRandomAccessRequired(IDownloadOperation3 *iface,
                                                                    boolean *value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = FALSE;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        *value = transfer_get_random_access(impl_from_IDownloadOperation3(iface)->transfer);
    return hr;
}

static HRESULT WINAPI download_operation_put_IsRandomAccessRequired(IDownloadOperation3 *iface,
                                                                    boolean value)
{
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    return download_random_put_required(impl_from_IDownloadOperation3(iface), value);
}

static HRESULT WINAPI download_operation_GetResultRandomAccessStreamReference(
    IDownloadOperation3 *iface, IRandomAccessStreamReference **stream)
{
    HRESULT hr;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_random_get_reference(impl_from_IDownloadOperation3(iface), stream);
}

static HRESULT WINAPI download_operation_GetDownloadedRanges(
    IDownloadOperation3 *iface, IVector_BackgroundTransferFileRange **value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_random_get_ranges(impl_from_IDownloadOperation3(iface), value);
}

static HRESULT WINAPI download_operation_add_RangesDownloaded(IDownloadOperation3 *iface,
                                                              RangesDownloadedHandler *handler,
                                                              EventRegistrationToken *cookie)
{
    struct download_ranges *ranges;
    HRESULT hr;

    if (!cookie)
        return E_POINTER;
    cookie->value = 0;
    if (!handler)
        return E_POINTER;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        hr = download_ranges_get(impl_from_IDownloadOperation3(iface), &ranges);
    if (FAILED(hr))
        return hr;
    return download_ranges_add(ranges, handler, cookie);
}

static HRESULT WINAPI download_operation_remove_RangesDownloaded(IDownloadOperation3 *iface,
                                                                 EventRegistrationToken cookie)
{
    struct download_ranges *ranges;
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    ranges = SLOT_LOAD(&impl_from_IDownloadOperation3(iface)->ranges);
    if (ranges)
        download_ranges_remove(ranges, cookie);
    return S_OK;
}

static HRESULT WINAPI download_operation_put_RequestedUri(IDownloadOperation3 *iface,
                                                          IUriRuntimeClass *value)
{
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    return download_origin_put_uri(impl_from_IDownloadOperation3(iface), value);
}

static HRESULT WINAPI download_operation_get_RecoverableWebErrorStatuses(
    IDownloadOperation3 *iface, IVector_WebErrorStatus **value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return recoverable_statuses_get(impl_from_IDownloadOperation3(iface), value);
}

REFERENCE_TYPE(status_reference, IReference_WebErrorStatus, u"Windows.Web.WebErrorStatus",
               sizeof(WebErrorStatus));

/* NULL unless there is an error now: the one that the download waits after, or has ended with.
 * Unknown if that has nothing to do with the web. */
static HRESULT WINAPI download_operation_get_CurrentWebErrorStatus(
    IDownloadOperation3 *iface, IReference_WebErrorStatus **value)
{
    struct download_operation *operation = impl_from_IDownloadOperation3(iface);
    struct transfer_error error;
    WebErrorStatus status;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    transfer_get_error(operation->transfer, &error);
    if (error.code == TRANSFER_ERROR_NONE)
        return S_OK;
    status = web_error_status_from_transfer_error(&error);
    return reference_create(&status_reference, &status, (void **)value);
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

/* Without a group, or when it does not wait, there is nothing to do. */
static HRESULT WINAPI download_operation_MakeCurrentInTransferGroup(IDownloadOperation4 *iface)
{
    struct download_operation *operation = impl_from_IDownloadOperation4(iface);
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    return hresult_from_status(transfer_make_current(operation->transfer));
}

static const struct IDownloadOperation4Vtbl download_operation4_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperation4),
    download_operation_MakeCurrentInTransferGroup,
};

static HRESULT header_error(enum port_status status, const char *name)
{
    if (status == PORT_WRONG_STATE)
        return error_originate(E_ILLEGAL_METHOD_CALL,
                               "The download has ended and sends no more request headers");
    return argument_header_error(status, name);
}

/* For the next request that is sent. Repeated names are joined. */
static HRESULT WINAPI download_operation_SetRequestHeader(IDownloadOperation5 *iface, HSTRING name,
                                                          HSTRING value)
{
    struct download_operation *operation = impl_from_IDownloadOperation5(iface);
    char *name_text = NULL, *value_text = NULL;
    HRESULT hr = runtime_check();

    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(name, &name_text);
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(value, &value_text);
    if (SUCCEEDED(hr))
        hr = header_error(transfer_set_header(operation->transfer, name_text, value_text),
                          name_text);
    memory_free_secret(value_text);
    memory_free(name_text);
    return hr;
}

/* One that is not there is removed as well as one that is. */
static HRESULT WINAPI download_operation_RemoveRequestHeader(IDownloadOperation5 *iface,
                                                             HSTRING name)
{
    struct download_operation *operation = impl_from_IDownloadOperation5(iface);
    char *name_text = NULL;
    HRESULT hr = runtime_check();

    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(name, &name_text);
    if (SUCCEEDED(hr))
        hr = header_error(token_is_valid(name_text)
                              ? transfer_remove_header(operation->transfer, name_text)
                              : PORT_INVALID,
                          name_text);
    memory_free(name_text);
    return hr;
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
