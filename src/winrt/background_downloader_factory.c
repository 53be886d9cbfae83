/* SPDX-License-Identifier: MIT */
/* The class object of BackgroundDownloader: its constructors and static methods. */
#include "classes.h"

#include "background_downloader.h"
#include "not_implemented.h"

struct downloader_factory {
    IActivationFactory IActivationFactory_iface;
    IBackgroundDownloaderFactory IBackgroundDownloaderFactory_iface;
    IBackgroundDownloaderStaticMethods IBackgroundDownloaderStaticMethods_iface;
    IBackgroundDownloaderStaticMethods2 IBackgroundDownloaderStaticMethods2_iface;
    IBackgroundDownloaderUserConsent IBackgroundDownloaderUserConsent_iface;
    struct object object;
};

DEFINE_INSPECTABLE(downloader_factory, IActivationFactory)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderFactory)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderStaticMethods)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderStaticMethods2)
DEFINE_INSPECTABLE(downloader_factory, IBackgroundDownloaderUserConsent)

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

static HRESULT WINAPI downloader_factory_GetCurrentDownloadsAsync(
    IBackgroundDownloaderStaticMethods *iface, IAsyncOperation_IVectorView_DownloadOperation **out)
{
    (void)iface;
    return not_implemented_pointer("BackgroundDownloader.GetCurrentDownloadsAsync", out);
}

static HRESULT WINAPI downloader_factory_GetCurrentDownloadsForGroupAsync(
    IBackgroundDownloaderStaticMethods *iface, HSTRING group,
    IAsyncOperation_IVectorView_DownloadOperation **out)
{
    (void)iface;
    (void)group;
    return not_implemented_pointer("BackgroundDownloader.GetCurrentDownloadsAsync(group)", out);
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
    (void)iface;
    (void)group;
    return not_implemented_pointer("BackgroundDownloader.GetCurrentDownloadsForTransferGroupAsync",
                                   out);
}

static const struct IBackgroundDownloaderStaticMethods2Vtbl downloader_statics2_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IBackgroundDownloaderStaticMethods2),
    downloader_factory_GetCurrentDownloadsForTransferGroupAsync,
};

static HRESULT WINAPI downloader_factory_RequestUnconstrainedDownloadsAsync(
    IBackgroundDownloaderUserConsent *iface, IIterable_DownloadOperation *operations,
    IAsyncOperation_UnconstrainedTransferRequestResult **out)
{
    (void)iface;
    (void)operations;
    return not_implemented_pointer("BackgroundDownloader.RequestUnconstrainedDownloadsAsync", out);
}

static const struct IBackgroundDownloaderUserConsentVtbl downloader_consent_vtbl = {
    INSPECTABLE_SLOTS(downloader_factory, IBackgroundDownloaderUserConsent),
    downloader_factory_RequestUnconstrainedDownloadsAsync,
};

static const struct object_interface downloader_factory_interfaces[] = {
    OBJECT_INTERFACE(downloader_factory, IActivationFactory),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderFactory),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderStaticMethods),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderStaticMethods2),
    OBJECT_INTERFACE(downloader_factory, IBackgroundDownloaderUserConsent),
};

static const struct object_class downloader_factory_class =
    OBJECT_CLASS(downloader_factory,
                 RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader, NULL);

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
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
