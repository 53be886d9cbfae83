/* SPDX-License-Identifier: MIT */
/* IDownloadOperationDetails (WinRT.BackgroundTransfer): what the documented interfaces do not tell.
 * docs/own-interface.md */
#include "download_operation.h"

#include <string.h>

#include "runtime.h"
#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/reference.h"

#define TICKS_A_SECOND INT64_C(10000000) /* of TimeSpan: 100 ns each */
#define TAG_LIMIT      4096              /* bytes of UTF-8 */

DEFINE_INSPECTABLE(download_operation, IDownloadOperationDetails)

static const DownloadWaitReason reasons[] = {
    [TRANSFER_WAIT_NONE] = DownloadWaitReason_None,
    [TRANSFER_WAIT_QUEUE] = DownloadWaitReason_Queue,
    [TRANSFER_WAIT_RETRY] = DownloadWaitReason_Retry,
    [TRANSFER_WAIT_SERVER] = DownloadWaitReason_Server,
    [TRANSFER_WAIT_NETWORK] = DownloadWaitReason_NoNetwork,
    [TRANSFER_WAIT_COST] = DownloadWaitReason_Cost,
    [TRANSFER_WAIT_APPLICATION] = DownloadWaitReason_Application,
    [TRANSFER_WAIT_ROOM] = DownloadWaitReason_DiskFull,
};

/* What each getter begins with; what comes out is cleared by then. */
static HRESULT get_details(IDownloadOperationDetails *iface, struct transfer_details *ret)
{
    HRESULT hr = runtime_check();

    if (SUCCEEDED(hr))
        transfer_get_details(impl_from_IDownloadOperationDetails(iface)->transfer, ret);
    return hr;
}

static HRESULT WINAPI download_operation_get_BytesPerSecond(IDownloadOperationDetails *iface,
                                                            UINT64 *value)
{
    struct transfer_details details;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    hr = get_details(iface, &details);
    if (SUCCEEDED(hr))
        *value = details.bytes_per_second;
    return hr;
}

static HRESULT WINAPI download_operation_get_TimeRemaining(IDownloadOperationDetails *iface,
                                                           IReference_TimeSpan **value)
{
    struct transfer_details details;
    TimeSpan left;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = get_details(iface, &details);
    if (FAILED(hr) || details.seconds_left < 0)
        return hr;
    if (__builtin_mul_overflow(details.seconds_left, TICKS_A_SECOND, &left.Duration))
        left.Duration = INT64_MAX;
    return reference_create(reference_type_of(PropertyType_TimeSpan), &left, (void **)value);
}

static HRESULT WINAPI download_operation_get_WaitReason(IDownloadOperationDetails *iface,
                                                        DownloadWaitReason *value)
{
    struct transfer_details details;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = DownloadWaitReason_None;
    hr = get_details(iface, &details);
    if (SUCCEEDED(hr))
        *value = reasons[details.wait];
    return hr;
}

static HRESULT WINAPI download_operation_get_QueuePosition(IDownloadOperationDetails *iface,
                                                           UINT32 *value)
{
    struct transfer_details details;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    hr = get_details(iface, &details);
    if (SUCCEEDED(hr) && details.wait == TRANSFER_WAIT_QUEUE)
        *value = details.ahead;
    return hr;
}

static HRESULT WINAPI download_operation_get_RetryTime(IDownloadOperationDetails *iface,
                                                       IReference_DateTime **value)
{
    struct transfer_details details;
    DateTime time;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = get_details(iface, &details);
    if (FAILED(hr) || !details.retry_time)
        return hr;
    time.UniversalTime = details.retry_time;
    return reference_create(reference_type_of(PropertyType_DateTime), &time, (void **)value);
}

static HRESULT WINAPI download_operation_get_Attempts(IDownloadOperationDetails *iface,
                                                      UINT32 *value)
{
    struct transfer_details details;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    hr = get_details(iface, &details);
    if (SUCCEEDED(hr))
        *value = details.attempts;
    return hr;
}

static HRESULT WINAPI download_operation_get_LastError(IDownloadOperationDetails *iface,
                                                       HRESULT *value)
{
    struct transfer_details details;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = S_OK;
    hr = get_details(iface, &details);
    if (SUCCEEDED(hr))
        *value = hresult_from_transfer_error(&details.error);
    return hr;
}

static HRESULT WINAPI download_operation_get_LastErrorMessage(IDownloadOperationDetails *iface,
                                                              HSTRING *value)
{
    struct transfer_details details;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = get_details(iface, &details);
    if (FAILED(hr) || details.error.code == TRANSFER_ERROR_NONE)
        return hr;
    return hstring_from_utf8(details.error.message, value);
}

static HRESULT WINAPI download_operation_get_Tag(IDownloadOperationDetails *iface, HSTRING *value)
{
    char *tag = NULL;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    hr = hresult_from_status(
        transfer_get_tag(impl_from_IDownloadOperationDetails(iface)->transfer, &tag));
    if (SUCCEEDED(hr))
        hr = hstring_from_utf8(tag, value);
    memory_free(tag);
    return hr;
}

static HRESULT WINAPI download_operation_put_Tag(IDownloadOperationDetails *iface, HSTRING value)
{
    struct download_operation *operation = impl_from_IDownloadOperationDetails(iface);
    char *tag = NULL;
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    hr = hstring_to_utf8(value, &tag);
    if (SUCCEEDED(hr) && strlen(tag) > TAG_LIMIT)
        hr = error_originate(E_INVALIDARG, "A tag has at most %d bytes of UTF-8", TAG_LIMIT);
    if (SUCCEEDED(hr))
        hr = hresult_from_status(transfer_set_tag(operation->transfer, tag));
    memory_free(tag);
    return hr;
}

static const struct IDownloadOperationDetailsVtbl download_operation_details_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperationDetails),
    download_operation_get_BytesPerSecond,
    download_operation_get_TimeRemaining,
    download_operation_get_WaitReason,
    download_operation_get_QueuePosition,
    download_operation_get_RetryTime,
    download_operation_get_Attempts,
    download_operation_get_LastError,
    download_operation_get_LastErrorMessage,
    download_operation_get_Tag,
    download_operation_put_Tag,
};

void download_operation_init_details(struct download_operation *operation)
{
    operation->IDownloadOperationDetails_iface.lpVtbl = &download_operation_details_vtbl;
}
