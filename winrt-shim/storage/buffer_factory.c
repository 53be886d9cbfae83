/* SPDX-License-Identifier: MIT */
/* Constructor and statics of Buffer (Windows.Storage.Streams). */
#include "buffer.h"

#include <memorybuffer.h>

#include "classes.h"
#include "close_object.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"
#include "winrt-shim/foundation/memory_buffer.h"

struct factory {
    IActivationFactory IActivationFactory_iface;
    IBufferFactory IBufferFactory_iface;
    IBufferStatics IBufferStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)
DEFINE_INSPECTABLE(factory, IBufferFactory)
DEFINE_INSPECTABLE(factory, IBufferStatics)

static HRESULT WINAPI factory_Create(IBufferFactory *iface, UINT32 capacity, IBuffer **value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    return buffer_create(capacity, value);
}

static HRESULT copy_reference(IMemoryBufferReference *reference, IBuffer **value)
{
    IMemoryBufferByteAccess *access;
    UINT32 capacity;
    BYTE *bytes;
    HRESULT hr;

    hr = IMemoryBufferReference_QueryInterface(reference, &IID_IMemoryBufferByteAccess,
                                               (void **)&access);
    if (FAILED(hr))
        return hr;
    hr = IMemoryBufferByteAccess_GetBuffer(access, &bytes, &capacity);
    if (SUCCEEDED(hr))
        hr = buffer_create_copy(bytes, capacity, value);
    IMemoryBufferByteAccess_Release(access);
    return hr;
}

/* A closed memory buffer has nothing left to copy. */
static HRESULT WINAPI factory_CreateCopyFromMemoryBuffer(IBufferStatics *iface,
                                                         IMemoryBuffer *input, IBuffer **value)
{
    IMemoryBufferReference *reference;
    HRESULT hr;

    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    if (!input)
        return E_POINTER;
    if (FAILED(hr = IMemoryBuffer_CreateReference(input, &reference)))
        return hr;
    hr = copy_reference(reference, value);
    close_object((IUnknown *)reference);
    IMemoryBufferReference_Release(reference);
    return hr;
}

/* Over the whole capacity, and the same bytes. */
static HRESULT WINAPI factory_CreateMemoryBufferOverIBuffer(IBufferStatics *iface, IBuffer *input,
                                                            IMemoryBuffer **value)
{
    UINT32 capacity;
    BYTE *bytes;
    HRESULT hr;

    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    if (!input)
        return E_POINTER;
    if (FAILED(hr = buffer_bytes(input, &bytes)) ||
        FAILED(hr = IBuffer_get_Capacity(input, &capacity)))
        return hr;
    return memory_buffer_create_over((IUnknown *)input, bytes, capacity, value);
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IBufferFactoryVtbl factory_create_vtbl = {
    INSPECTABLE_SLOTS(factory, IBufferFactory),
    factory_Create,
};

static const struct IBufferStaticsVtbl factory_statics_vtbl = {
    INSPECTABLE_SLOTS(factory, IBufferStatics),
    factory_CreateCopyFromMemoryBuffer,
    factory_CreateMemoryBufferOverIBuffer,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
    OBJECT_INTERFACE(factory, IBufferFactory),
    OBJECT_INTERFACE(factory, IBufferStatics),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Storage_Streams_Buffer, NULL);

HRESULT buffer_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    factory->IBufferFactory_iface.lpVtbl = &factory_create_vtbl;
    factory->IBufferStatics_iface.lpVtbl = &factory_statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
