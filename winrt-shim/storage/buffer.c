/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <string.h>

#include <robuffer.h>

#include "src/port/memory.h"
#include "winrt-shim/base/object.h"

struct buffer {
    IBuffer IBuffer_iface;
    IBufferByteAccess IBufferByteAccess_iface;
    struct object object;
    BYTE *bytes;
    UINT32 capacity;
    LONG length; /* read and written with the Interlocked functions */
};

DEFINE_INSPECTABLE(buffer, IBuffer)
DEFINE_UNKNOWN(buffer, IBufferByteAccess)

static HRESULT WINAPI buffer_get_Capacity(IBuffer *iface, UINT32 *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IBuffer(iface)->capacity;
    return S_OK;
}

static HRESULT WINAPI buffer_get_Length(IBuffer *iface, UINT32 *value)
{
    struct buffer *buffer = impl_from_IBuffer(iface);

    if (!value)
        return E_POINTER;
    *value = (UINT32)InterlockedCompareExchange(&buffer->length, 0, 0);
    return S_OK;
}

static HRESULT WINAPI buffer_put_Length(IBuffer *iface, UINT32 value)
{
    struct buffer *buffer = impl_from_IBuffer(iface);

    if (value > buffer->capacity)
        return E_INVALIDARG;
    InterlockedExchange(&buffer->length, (LONG)value);
    return S_OK;
}

static HRESULT WINAPI buffer_Buffer(IBufferByteAccess *iface, BYTE **value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IBufferByteAccess(iface)->bytes;
    return S_OK;
}

static const struct IBufferVtbl buffer_vtbl = {
    INSPECTABLE_SLOTS(buffer, IBuffer),
    buffer_get_Capacity,
    buffer_get_Length,
    buffer_put_Length,
};

static const struct IBufferByteAccessVtbl buffer_byte_access_vtbl = {
    UNKNOWN_SLOTS(buffer, IBufferByteAccess),
    buffer_Buffer,
};

static void buffer_destroy(void *instance)
{
    struct buffer *buffer = instance;

    memory_free(buffer->bytes);
}

static const struct object_interface buffer_interfaces[] = {
    OBJECT_INTERFACE(buffer, IBuffer),
    OBJECT_INTERFACE(buffer, IBufferByteAccess),
};

static const struct object_class buffer_class =
    OBJECT_CLASS_CLOAKED(buffer, RuntimeClass_Windows_Storage_Streams_Buffer, buffer_destroy, 1);

HRESULT buffer_adopt(void *block, UINT32 length, UINT32 capacity, IBuffer **out)
{
    struct buffer *buffer;

    *out = NULL;
    if (capacity > BUFFER_MAX_CAPACITY || length > capacity)
        return E_INVALIDARG;
    if (!(buffer = object_alloc(&buffer_class)))
        return E_OUTOFMEMORY;

    buffer->IBuffer_iface.lpVtbl = &buffer_vtbl;
    buffer->IBufferByteAccess_iface.lpVtbl = &buffer_byte_access_vtbl;
    buffer->bytes = block;
    buffer->capacity = capacity;
    buffer->length = (LONG)length;
    *out = &buffer->IBuffer_iface;
    return S_OK;
}

HRESULT buffer_create(UINT32 capacity, IBuffer **out)
{
    void *block;
    HRESULT hr;

    *out = NULL;
    if (capacity > BUFFER_MAX_CAPACITY)
        return E_INVALIDARG;
    if (!(block = memory_zalloc(capacity)))
        return E_OUTOFMEMORY;
    hr = buffer_adopt(block, 0, capacity, out);
    if (FAILED(hr))
        memory_free(block);
    return hr;
}

HRESULT buffer_create_copy(const void *bytes, UINT32 length, IBuffer **out)
{
    void *block;
    HRESULT hr;

    *out = NULL;
    if (length > BUFFER_MAX_CAPACITY)
        return E_INVALIDARG;
    if (!(block = memory_alloc(length)))
        return E_OUTOFMEMORY;
    if (length)
        memcpy(block, bytes, length);
    hr = buffer_adopt(block, length, length, out);
    if (FAILED(hr))
        memory_free(block);
    return hr;
}
