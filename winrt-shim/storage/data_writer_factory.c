/* SPDX-License-Identifier: MIT */
/* Both constructors of DataWriter (Windows.Storage.Streams). */
#include "data_writer.h"

struct factory {
    IActivationFactory IActivationFactory_iface;
    IDataWriterFactory IDataWriterFactory_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)
DEFINE_INSPECTABLE(factory, IDataWriterFactory)

static HRESULT WINAPI factory_ActivateInstance(IActivationFactory *iface, IInspectable **instance)
{
    (void)iface;
    if (!instance)
        return E_POINTER;
    return data_writer_create(NULL, (IDataWriter **)instance);
}

static HRESULT WINAPI factory_CreateDataWriter(IDataWriterFactory *iface, IOutputStream *stream,
                                               IDataWriter **writer)
{
    (void)iface;
    if (!writer)
        return E_POINTER;
    *writer = NULL;
    return stream ? data_writer_create(stream, writer) : E_POINTER;
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance,
};

static const struct IDataWriterFactoryVtbl factory_create_vtbl = {
    INSPECTABLE_SLOTS(factory, IDataWriterFactory),
    factory_CreateDataWriter,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
    OBJECT_INTERFACE(factory, IDataWriterFactory),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Storage_Streams_DataWriter, NULL);

HRESULT data_writer_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    factory->IDataWriterFactory_iface.lpVtbl = &factory_create_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
