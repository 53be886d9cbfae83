/* SPDX-License-Identifier: MIT */
#include "memory_buffer.h"

#include "classes.h"
#include "memory_block.h"
#include "src/port/memory.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

/* IMemoryBufferFactory.Create declares this range of its argument. */
#define MEMORY_BUFFER_MAX 0x7fffffffu

void memory_block_addref(struct memory_block *block)
{
    InterlockedIncrement(&block->ref);
}

void memory_block_release(struct memory_block *block)
{
    if (InterlockedDecrement(&block->ref))
        return;
    if (block->owner)
        IUnknown_Release(block->owner);
    else
        memory_free(block->bytes);
    mutex_destroy(&block->mutex);
    memory_free(block);
}

struct memory_buffer {
    IMemoryBuffer IMemoryBuffer_iface;
    IClosable IClosable_iface;
    struct object object;
    struct memory_block *block;
};

DEFINE_INSPECTABLE(memory_buffer, IMemoryBuffer)
DEFINE_INSPECTABLE(memory_buffer, IClosable)

static HRESULT WINAPI memory_buffer_CreateReference(IMemoryBuffer *iface,
                                                    IMemoryBufferReference **reference)
{
    if (!reference)
        return E_POINTER;
    return memory_reference_create(impl_from_IMemoryBuffer(iface)->block, reference);
}

static HRESULT WINAPI memory_buffer_Close(IClosable *iface)
{
    memory_block_close(impl_from_IClosable(iface)->block);
    return S_OK;
}

static const struct IMemoryBufferVtbl memory_buffer_vtbl = {
    INSPECTABLE_SLOTS(memory_buffer, IMemoryBuffer),
    memory_buffer_CreateReference,
};

static const struct IClosableVtbl memory_buffer_closable_vtbl = {
    INSPECTABLE_SLOTS(memory_buffer, IClosable),
    memory_buffer_Close,
};

static void memory_buffer_destroy(void *instance)
{
    struct memory_buffer *buffer = instance;

    if (buffer->block)
        memory_block_release(buffer->block);
}

static const struct object_interface memory_buffer_interfaces[] = {
    OBJECT_INTERFACE(memory_buffer, IMemoryBuffer),
    OBJECT_INTERFACE(memory_buffer, IClosable),
};

static const struct object_class memory_buffer_class =
    OBJECT_CLASS(memory_buffer, RuntimeClass_Windows_Foundation_MemoryBuffer,
                 memory_buffer_destroy);

HRESULT memory_buffer_create_over(IUnknown *owner, BYTE *bytes, UINT32 capacity,
                                  IMemoryBuffer **out)
{
    struct memory_buffer *buffer;
    struct memory_block *block;

    *out = NULL;
    if (!(block = memory_zalloc(sizeof(*block))))
        return E_OUTOFMEMORY;
    if (!(buffer = object_alloc(&memory_buffer_class))) {
        memory_free(block);
        return E_OUTOFMEMORY;
    }
    buffer->IMemoryBuffer_iface.lpVtbl = &memory_buffer_vtbl;
    buffer->IClosable_iface.lpVtbl = &memory_buffer_closable_vtbl;
    buffer->block = block;
    block->ref = 1;
    mutex_init(&block->mutex);
    if ((block->owner = owner))
        IUnknown_AddRef(owner);
    block->bytes = bytes;
    block->capacity = capacity;
    *out = &buffer->IMemoryBuffer_iface;
    return S_OK;
}

HRESULT memory_buffer_create(UINT32 capacity, IMemoryBuffer **out)
{
    BYTE *bytes;
    HRESULT hr;

    *out = NULL;
    if (capacity > MEMORY_BUFFER_MAX)
        return E_INVALIDARG;
    if (!(bytes = memory_zalloc(capacity)))
        return E_OUTOFMEMORY;
    hr = memory_buffer_create_over(NULL, bytes, capacity, out);
    if (FAILED(hr))
        memory_free(bytes);
    return hr;
}

struct factory {
    IActivationFactory IActivationFactory_iface;
    IMemoryBufferFactory IMemoryBufferFactory_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)
DEFINE_INSPECTABLE(factory, IMemoryBufferFactory)

static HRESULT WINAPI factory_Create(IMemoryBufferFactory *iface, UINT32 capacity,
                                     IMemoryBuffer **value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    return memory_buffer_create(capacity, value);
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IMemoryBufferFactoryVtbl factory_create_vtbl = {
    INSPECTABLE_SLOTS(factory, IMemoryBufferFactory),
    factory_Create,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
    OBJECT_INTERFACE(factory, IMemoryBufferFactory),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Foundation_MemoryBuffer, NULL);

HRESULT memory_buffer_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    factory->IMemoryBufferFactory_iface.lpVtbl = &factory_create_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
