/* SPDX-License-Identifier: MIT */
/* ISpeedLimit and IConnectionLimit (WinRT.BackgroundTransfer) of one download.
 * docs/own-interface.md */
#include "download_operation.h"

#include "runtime.h"
#include "src/engine/limits.h"
#include "winrt-shim/base/error.h"

DEFINE_INSPECTABLE(download_operation, ISpeedLimit)
DEFINE_INSPECTABLE(download_operation, IConnectionLimit)

static HRESULT WINAPI download_operation_get_MaxBytesPerSecond(ISpeedLimit *iface, UINT64 *value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        *value = transfer_get_speed_limit(impl_from_ISpeedLimit(iface)->transfer);
    return hr;
}

static HRESULT WINAPI download_operation_put_MaxBytesPerSecond(ISpeedLimit *iface, UINT64 value)
{
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    return hresult_from_status(
        transfer_set_speed_limit(impl_from_ISpeedLimit(iface)->transfer, value));
}

static const struct ISpeedLimitVtbl download_operation_speed_limit_vtbl = {
    INSPECTABLE_SLOTS(download_operation, ISpeedLimit),
    download_operation_get_MaxBytesPerSecond,
    download_operation_put_MaxBytesPerSecond,
};

static HRESULT WINAPI download_operation_get_MaxConnections(IConnectionLimit *iface, UINT32 *value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        *value = transfer_get_connection_limit(impl_from_IConnectionLimit(iface)->transfer);
    return hr;
}

static HRESULT WINAPI download_operation_put_MaxConnections(IConnectionLimit *iface, UINT32 value)
{
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    if (value > LIMIT_CONNECTIONS_MOST)
        return error_originate(E_INVALIDARG, "A download has at most %d connections",
                               LIMIT_CONNECTIONS_MOST);
    return hresult_from_status(
        transfer_set_connection_limit(impl_from_IConnectionLimit(iface)->transfer, value));
}

static const struct IConnectionLimitVtbl download_operation_connection_limit_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IConnectionLimit),
    download_operation_get_MaxConnections,
    download_operation_put_MaxConnections,
};

void download_operation_init_limits(struct download_operation *operation)
{
    operation->ISpeedLimit_iface.lpVtbl = &download_operation_speed_limit_vtbl;
    operation->IConnectionLimit_iface.lpVtbl = &download_operation_connection_limit_vtbl;
}
