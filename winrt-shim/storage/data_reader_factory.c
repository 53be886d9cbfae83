/* SPDX-License-Identifier: MIT */
/* Constructor and statics of DataReader (Windows.Storage.Streams). */
#include "data_reader.h"

#include "winrt-shim/base/factory.h"

struct factory {
    IActivationFactory IActivationFactory_iface;
    IDataReaderFactory IDataReaderFactory_iface;
    IDataReaderStatics IDataReaderStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)
DEFINE_INSPECTABLE(factory, IDataReaderFactory)
DEFINE_INSPECTABLE(factory, IDataReaderStatics)

static HRESULT WINAPI factory_CreateDataReader(IDataReaderFactory *iface, IInputStream *stream,
                                               IDataReader **reader)
{
    (void)iface;
    if (!reader)
        return E_POINTER;
    *reader = NULL;
    return stream ? data_reader_create(stream, NULL, reader) : E_POINTER;
}

static HRESULT WINAPI factory_FromBuffer(IDataReaderStatics *iface, IBuffer *buffer,
                                         IDataReader **reader)
{
    (void)iface;
    if (!reader)
        return E_POINTER;
    *reader = NULL;
    return buffer ? data_reader_create(NULL, buffer, reader) : E_POINTER;
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IDataReaderFactoryVtbl factory_create_vtbl = {
    INSPECTABLE_SLOTS(factory, IDataReaderFactory),
    factory_CreateDataReader,
};

static const struct IDataReaderStaticsVtbl factory_statics_vtbl = {
    INSPECTABLE_SLOTS(factory, IDataReaderStatics),
    factory_FromBuffer,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
    OBJECT_INTERFACE(factory, IDataReaderFactory),
    OBJECT_INTERFACE(factory, IDataReaderStatics),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Storage_Streams_DataReader, NULL);

HRESULT data_reader_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    factory->IDataReaderFactory_iface.lpVtbl = &factory_create_vtbl;
    factory->IDataReaderStatics_iface.lpVtbl = &factory_statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
