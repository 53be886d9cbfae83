/* SPDX-License-Identifier: MIT */
/* BackgroundTransferError Class (Windows.Networking.BackgroundTransfer): one static method, no
 * instances. */
#include "classes.h"

#include <windows.networking.backgroundtransfer.h>

#include "transfer_error_table.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

struct transfer_error_statics {
    IActivationFactory IActivationFactory_iface;
    IBackgroundTransferErrorStaticMethods IBackgroundTransferErrorStaticMethods_iface;
    struct object object;
};

DEFINE_INSPECTABLE(transfer_error_statics, IActivationFactory)
DEFINE_INSPECTABLE(transfer_error_statics, IBackgroundTransferErrorStaticMethods)

static HRESULT WINAPI transfer_error_statics_GetStatus(IBackgroundTransferErrorStaticMethods *iface,
                                                       INT32 hresult, WebErrorStatus *status)
{
    (void)iface;
    if (!status)
        return E_POINTER;
    *status = web_error_status_from_hresult((HRESULT)hresult);
    return S_OK;
}

static const struct IActivationFactoryVtbl transfer_error_factory_vtbl = {
    INSPECTABLE_SLOTS(transfer_error_statics, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IBackgroundTransferErrorStaticMethodsVtbl transfer_error_statics_vtbl = {
    INSPECTABLE_SLOTS(transfer_error_statics, IBackgroundTransferErrorStaticMethods),
    transfer_error_statics_GetStatus,
};

static const struct object_interface transfer_error_statics_interfaces[] = {
    OBJECT_INTERFACE(transfer_error_statics, IActivationFactory),
    OBJECT_INTERFACE(transfer_error_statics, IBackgroundTransferErrorStaticMethods),
};

static const struct object_class transfer_error_statics_class =
    OBJECT_CLASS(transfer_error_statics,
                 RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferError, NULL);

HRESULT background_transfer_error_factory_create(IActivationFactory **out)
{
    struct transfer_error_statics *statics = object_alloc(&transfer_error_statics_class);

    *out = NULL;
    if (!statics)
        return E_OUTOFMEMORY;
    statics->IActivationFactory_iface.lpVtbl = &transfer_error_factory_vtbl;
    statics->IBackgroundTransferErrorStaticMethods_iface.lpVtbl = &transfer_error_statics_vtbl;
    *out = &statics->IActivationFactory_iface;
    return S_OK;
}
