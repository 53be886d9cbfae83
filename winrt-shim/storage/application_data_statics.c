/* SPDX-License-Identifier: MIT */
/* The factory of ApplicationData: IApplicationDataStatics (Windows.Storage). */
#include "classes.h"

#include "application_data.h"

#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

struct application_data_factory {
    IActivationFactory IActivationFactory_iface;
    IApplicationDataStatics IApplicationDataStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(application_data_factory, IActivationFactory)
DEFINE_INSPECTABLE(application_data_factory, IApplicationDataStatics)

static const struct IActivationFactoryVtbl activation_factory_vtbl = {
    INSPECTABLE_SLOTS(application_data_factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static HRESULT STDMETHODCALLTYPE
application_data_factory_get_Current(IApplicationDataStatics *iface, IApplicationData **value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    return application_data_create(value);
}

static const struct IApplicationDataStaticsVtbl statics_vtbl = {
    INSPECTABLE_SLOTS(application_data_factory, IApplicationDataStatics),
    application_data_factory_get_Current,
};

static const struct object_interface application_data_factory_interfaces[] = {
    OBJECT_INTERFACE(application_data_factory, IActivationFactory),
    OBJECT_INTERFACE(application_data_factory, IApplicationDataStatics),
};

static const struct object_class application_data_factory_class =
    OBJECT_CLASS(application_data_factory, RuntimeClass_Windows_Storage_ApplicationData, NULL);

HRESULT application_data_factory_create(IActivationFactory **out)
{
    struct application_data_factory *factory;

    *out = NULL;
    factory = object_alloc(&application_data_factory_class);
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &activation_factory_vtbl;
    factory->IApplicationDataStatics_iface.lpVtbl = &statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
