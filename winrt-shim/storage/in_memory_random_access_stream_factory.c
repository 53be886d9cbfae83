/* SPDX-License-Identifier: MIT */
/* The default constructor of InMemoryRandomAccessStream (Windows.Storage.Streams). */
#include "source_streams.h"

#include "winrt-shim/base/object.h"

struct factory {
    IActivationFactory IActivationFactory_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)

static HRESULT WINAPI factory_ActivateInstance(IActivationFactory *iface, IInspectable **instance)
{
    struct stream_source *memory = NULL;
    struct stream_core *core = NULL;
    HRESULT hr = E_OUTOFMEMORY;

    (void)iface;
    if (!instance)
        return E_POINTER;
    *instance = NULL;
    if ((memory = memory_source_create()) && (core = stream_core_create(memory, true, true, 0)))
        hr = source_stream_create(core, (IRandomAccessStream **)instance);
    stream_core_release(core);
    stream_source_release(memory);
    return hr;
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Storage_Streams_InMemoryRandomAccessStream, NULL);

HRESULT in_memory_random_access_stream_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
