/* SPDX-License-Identifier: MIT */
/* The class object of BackgroundDownloader: its constructors and static methods. */
#include "classes.h"

#include <winrt.backgroundtransfer.h>

#include "arguments.h"
#include "background_downloader.h"
#include "download_list.h"
#include "not_implemented.h"
#include "runtime.h"
#include "src/engine/limits.h"
#include "src/port/memory.h"
#include "unconstrained_result.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

struct downloader_factory {
    IActivationFactory IActivationFactory_iface;
    IBackgroundDownloaderFactory IBackgroundDownloaderFactory_iface;
    IBackgroundDownloaderStaticMethods IBackgroundDownloaderStaticMethods_iface;
    IBackgroundDownloaderStaticMethods2 IBackgroundDownloaderStaticMethods2_iface;
    IBackgroundDownloaderUserConsent IBackgroundDownloaderUserConsent_iface;
    ISpeedLimit ISpeedLimit_iface;
    IConnectionLimit IConnectionLimit_iface;
    struct object object;
};

DEFINE_INSPECTABLE(downloader_factory, IActivationFactory)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderFactory)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderStaticMethods)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderStaticMethods2)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderUserConsent)
DEFINE_INSPECTABLE(downloader_factory, ISpeedLimit)
DEFINE_INSPECTABLE(downloader_factory, IConnectionLimit)

static HRESULT WINAPI downloader_factory_ActivateInstance(IActivationFactory *iface,
                                                          IInspectable **instance)
{
    (void)iface;
    if (!instance)
        return E_POINTER;
    return background_downloader_create(instance);
}

static const struct IActivationFactoryVtbl downloader_factory_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IActivationFactory),
    downloader_factory_ActivateInstance,
};

static HRESULT WINAPI downloader_factory_CreateWithCompletionGroup(
    IBackgroundDownloaderFactory *iface, IBackgroundTransferCompletionGroup *group,
    IBackgroundDownloader **out)
{
    (void)iface;
    (void)group;
    return not_implemented_pointer("BackgroundDownloader.CreateWithCompletionGroup", out);
}

static const struct IBackgroundDownloaderFactoryVtbl downloader_factory_group_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IBackgroundDownloaderFactory),
    downloader_factory_CreateWithCompletionGroup,
};

/* Those that belong to no group of either kind (BackgroundDownloader.GetCurrentDownloadsAsync). */
static HRESULT WINAPI downloader_factory_GetCurrentDownloadsAsync(
    IBackgroundDownloaderStaticMethods *iface, IAsyncOperation_IVectorView_DownloadOperation **out)
{
    HRESULT hr;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = runtime_open_transfers();
    if (FAILED(hr))
        return hr;
    return download_list_start(TRANSFER_FILTER_NO_GROUP, NULL, out);
}

/* Those whose Group is this one. The empty string is the Group of those that have none. */
static HRESULT WINAPI downloader_factory_GetCurrentDownloadsForGroupAsync(
    IBackgroundDownloaderStaticMethods *iface, HSTRING group,
    IAsyncOperation_IVectorView_DownloadOperation **out)
{
    char *name = NULL;
    HRESULT hr;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = runtime_open_transfers();
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(group, &name);
    if (SUCCEEDED(hr))
        hr = download_list_start(*name ? TRANSFER_FILTER_GROUP : TRANSFER_FILTER_NO_GROUP, name,
                                 out);
    memory_free(name);
    return hr;
}

static const struct IBackgroundDownloaderStaticMethodsVtbl downloader_statics_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IBackgroundDownloaderStaticMethods),
    downloader_factory_GetCurrentDownloadsAsync,
    downloader_factory_GetCurrentDownloadsForGroupAsync,
};

static HRESULT WINAPI downloader_factory_GetCurrentDownloadsForTransferGroupAsync(
    IBackgroundDownloaderStaticMethods2 *iface, IBackgroundTransferGroup *group,
    IAsyncOperation_IVectorView_DownloadOperation **out)
{
    char *name = NULL;
    HRESULT hr;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = runtime_open_transfers();
    if (SUCCEEDED(hr))
        hr = argument_transfer_group_name(group, &name);
    if (SUCCEEDED(hr))
        hr = download_list_start(TRANSFER_FILTER_TRANSFER_GROUP, name, out);
    memory_free(name);
    return hr;
}

static const struct IBackgroundDownloaderStaticMethods2Vtbl downloader_statics2_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IBackgroundDownloaderStaticMethods2),
    downloader_factory_GetCurrentDownloadsForTransferGroupAsync,
};

/* For any operations, and at once. */
static HRESULT WINAPI downloader_factory_RequestUnconstrainedDownloadsAsync(
    IBackgroundDownloaderUserConsent *iface, IIterable_DownloadOperation *operations,
    IAsyncOperation_UnconstrainedTransferRequestResult **out)
{
    HRESULT hr;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!operations)
        return E_POINTER;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return unconstrained_result_start(out);
}

static const struct IBackgroundDownloaderUserConsentVtbl downloader_consent_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IBackgroundDownloaderUserConsent),
    downloader_factory_RequestUnconstrainedDownloadsAsync,
};

/* The process's. */
static HRESULT WINAPI downloader_factory_get_MaxBytesPerSecond(ISpeedLimit *iface, UINT64 *value)
{
    uint64_t limit = 0;
    HRESULT hr;

    (void)iface;
    if (!value)
        return E_POINTER;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        hr = hresult_from_status(transfers_get_speed_limit(&limit));
    *value = limit;
    return hr;
}

static HRESULT WINAPI downloader_factory_put_MaxBytesPerSecond(ISpeedLimit *iface, UINT64 value)
{
    HRESULT hr = runtime_check();

    (void)iface;
    if (FAILED(hr))
        return hr;
    return hresult_from_status(transfers_set_speed_limit(value));
}

static const struct ISpeedLimitVtbl downloader_speed_limit_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, ISpeedLimit),
    downloader_factory_get_MaxBytesPerSecond,
    downloader_factory_put_MaxBytesPerSecond,
};

/* Likewise. */
static HRESULT WINAPI downloader_factory_get_MaxConnections(IConnectionLimit *iface, UINT32 *value)
{
    unsigned connections = 0;
    HRESULT hr;

    (void)iface;
    if (!value)
        return E_POINTER;
    hr = runtime_check();
    if (SUCCEEDED(hr))
        hr = hresult_from_status(transfers_get_connection_limit(&connections));
    *value = connections;
    return hr;
}

static HRESULT WINAPI downloader_factory_put_MaxConnections(IConnectionLimit *iface, UINT32 value)
{
    HRESULT hr = runtime_check();

    (void)iface;
    if (FAILED(hr))
        return hr;
    if (value > LIMIT_CONNECTIONS_MOST)
        return error_originate(E_INVALIDARG, "A download has at most %d connections",
                               LIMIT_CONNECTIONS_MOST);
    return hresult_from_status(transfers_set_connection_limit(value));
}

static const struct IConnectionLimitVtbl downloader_connection_limit_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IConnectionLimit),
    downloader_factory_get_MaxConnections,
    downloader_factory_put_MaxConnections,
};

static const struct object_interface downloader_factory_interfaces[] = {
    OBJECT_INTERFACE(downloader_factory, IActivationFactory),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderFactory),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderStaticMethods),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderStaticMethods2),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderUserConsent),
    OBJECT_INTERFACE(downloader_factory, ISpeedLimit),
    OBJECT_INTERFACE(downloader_factory, IConnectionLimit),
};

/* The last two are this project's own: docs/own-interface.md */
static const struct object_class downloader_factory_class =
    OBJECT_CLASS_CLOAKED(downloader_factory,
                         RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader,
                         NULL, 2);

HRESULT background_downloader_factory_create(IActivationFactory **out)
{
    struct downloader_factory *factory = object_alloc(&downloader_factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &downloader_factory_vtbl;
    factory->IBackgroundDownloaderFactory_iface.lpVtbl = &downloader_factory_group_vtbl;
    factory->IBackgroundDownloaderStaticMethods_iface.lpVtbl = &downloader_statics_vtbl;
    factory->IBackgroundDownloaderStaticMethods2_iface.lpVtbl = &downloader_statics2_vtbl;
    factory->IBackgroundDownloaderUserConsent_iface.lpVtbl = &downloader_consent_vtbl;
    factory->ISpeedLimit_iface.lpVtbl = &downloader_speed_limit_vtbl;
    factory->IConnectionLimit_iface.lpVtbl = &downloader_connection_limit_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
