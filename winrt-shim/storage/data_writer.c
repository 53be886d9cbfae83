/* SPDX-License-Identifier: MIT */
#include "data_writer.h"

#include <string.h>

#include <roerrorapi.h>

#include "buffer.h"
#include "byte_values.h"
#include "close_object.h"
#include "data_property.h"
#include "src/port/memory.h"
#include "text_codec.h"

#define WRITER_LEAST 256

DEFINE_INSPECTABLE(data_writer, IDataWriter)
DEFINE_INSPECTABLE(data_writer, IClosable)

/* Room for `count` more bytes, doubling. With the lock. E_BOUNDS beyond what a buffer can hold. */
static HRESULT reserve(struct data_writer *writer, UINT32 count)
{
    UINT64 capacity = writer->capacity ? writer->capacity : WRITER_LEAST;
    BYTE *bytes;

    if (writer->closed)
        return RO_E_CLOSED;
    if (count > BUFFER_MAX_CAPACITY - writer->length)
        return E_BOUNDS;
    if (count <= writer->capacity - writer->length)
        return S_OK;
    while (capacity < (UINT64)writer->length + count)
        capacity *= 2;
    if (capacity > BUFFER_MAX_CAPACITY)
        capacity = BUFFER_MAX_CAPACITY;
    if (!(bytes = memory_resize(writer->bytes, (size_t)capacity)))
        return E_OUTOFMEMORY;
    writer->bytes = bytes;
    writer->capacity = (UINT32)capacity;
    return S_OK;
}

void data_writer_take(struct data_writer *writer, BYTE **bytes, UINT32 *length, UINT32 *capacity)
{
    *bytes = writer->bytes;
    *length = writer->length;
    *capacity = writer->capacity;
    writer->bytes = NULL;
    writer->length = writer->capacity = 0;
}

HRESULT data_writer_put_back(struct data_writer *writer, const BYTE *bytes, UINT32 length)
{
    HRESULT hr = reserve(writer, length);

    if (FAILED(hr))
        return hr;
    memmove(writer->bytes + length, writer->bytes, writer->length);
    memcpy(writer->bytes, bytes, length);
    writer->length += length;
    return S_OK;
}

static HRESULT write_bytes(struct data_writer *writer, const BYTE *bytes, UINT32 count)
{
    HRESULT hr;

    mutex_lock(&writer->mutex);
    hr = reserve(writer, count);
    if (SUCCEEDED(hr) && count) {
        memcpy(writer->bytes + writer->length, bytes, count);
        writer->length += count;
    }
    mutex_unlock(&writer->mutex);
    return hr;
}

static HRESULT write_value(IDataWriter *iface, unsigned size, UINT64 value)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    HRESULT hr;

    mutex_lock(&writer->mutex);
    if (SUCCEEDED(hr = reserve(writer, size))) {
        bytes_from_value(writer->bytes + writer->length, size, writer->order, value);
        writer->length += size;
    }
    mutex_unlock(&writer->mutex);
    return hr;
}

static HRESULT WINAPI data_writer_get_UnstoredBufferLength(IDataWriter *iface, UINT32 *value)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    HRESULT hr;

    if (!value)
        return E_POINTER;
    mutex_lock(&writer->mutex);
    *value = writer->length;
    hr = writer->closed ? RO_E_CLOSED : S_OK;
    mutex_unlock(&writer->mutex);
    return hr;
}

DEFINE_DATA_PROPERTY(data_writer, IDataWriter, UnicodeEncoding, encoding, text_encoding_is_valid)
DEFINE_DATA_PROPERTY(data_writer, IDataWriter, ByteOrder, order, byte_order_is_valid)

/* A method that writes a number as so many bytes as its type has. */
#define DEFINE_WRITE(method, type)                                             \
    static HRESULT WINAPI data_writer_##method(IDataWriter *iface, type value) \
    {                                                                          \
        return write_value(iface, sizeof(value), (UINT64)value);               \
    }

DEFINE_WRITE(WriteByte, BYTE)
DEFINE_WRITE(WriteInt16, INT16)
DEFINE_WRITE(WriteInt32, INT32)
DEFINE_WRITE(WriteInt64, INT64)
DEFINE_WRITE(WriteUInt16, UINT16)
DEFINE_WRITE(WriteUInt32, UINT32)
DEFINE_WRITE(WriteUInt64, UINT64)

static HRESULT WINAPI data_writer_WriteBytes(IDataWriter *iface, UINT32 size, BYTE *value)
{
    if (!value && size)
        return E_POINTER;
    return write_bytes(impl_from_IDataWriter(iface), value, size);
}

static HRESULT WINAPI data_writer_WriteBuffer(IDataWriter *iface, IBuffer *buffer)
{
    UINT32 length;
    BYTE *bytes;
    HRESULT hr;

    if (FAILED(hr = buffer_content(buffer, &bytes, &length)))
        return hr;
    return write_bytes(impl_from_IDataWriter(iface), bytes, length);
}

/* E_BOUNDS for a range that is not within the buffer's length. */
static HRESULT WINAPI data_writer_WriteBufferRange(IDataWriter *iface, IBuffer *buffer,
                                                   UINT32 start, UINT32 count)
{
    UINT32 length;
    BYTE *bytes;
    HRESULT hr;

    if (FAILED(hr = buffer_content(buffer, &bytes, &length)))
        return hr;
    if (start > length || count > length - start)
        return E_BOUNDS;
    return write_bytes(impl_from_IDataWriter(iface), count ? bytes + start : bytes, count);
}

static HRESULT WINAPI data_writer_WriteBoolean(IDataWriter *iface, boolean value)
{
    return write_value(iface, 1, value != 0);
}

static HRESULT WINAPI data_writer_WriteGuid(IDataWriter *iface, GUID value)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    HRESULT hr;

    mutex_lock(&writer->mutex);
    if (SUCCEEDED(hr = reserve(writer, GUID_SIZE))) {
        bytes_from_guid(writer->bytes + writer->length, writer->order, &value);
        writer->length += GUID_SIZE;
    }
    mutex_unlock(&writer->mutex);
    return hr;
}

static HRESULT WINAPI data_writer_WriteSingle(IDataWriter *iface, FLOAT value)
{
    UINT32 bits;

    memcpy(&bits, &value, sizeof(bits));
    return write_value(iface, sizeof(bits), bits);
}

static HRESULT WINAPI data_writer_WriteDouble(IDataWriter *iface, DOUBLE value)
{
    UINT64 bits;

    memcpy(&bits, &value, sizeof(bits));
    return write_value(iface, sizeof(bits), bits);
}

static HRESULT WINAPI data_writer_WriteDateTime(IDataWriter *iface, DateTime value)
{
    return write_value(iface, sizeof(value.UniversalTime), (UINT64)value.UniversalTime);
}

static HRESULT WINAPI data_writer_WriteTimeSpan(IDataWriter *iface, TimeSpan value)
{
    return write_value(iface, sizeof(value.Duration), (UINT64)value.Duration);
}

/* In the writer's encoding. */
static HRESULT encode(struct data_writer *writer, HSTRING value, BYTE **bytes, UINT32 *length,
                      UINT32 *unit_count)
{
    UnicodeEncoding encoding;
    HRESULT hr;

    mutex_lock(&writer->mutex);
    encoding = writer->encoding;
    hr = writer->closed ? RO_E_CLOSED : S_OK;
    mutex_unlock(&writer->mutex);
    if (FAILED(hr) || FAILED(hr = text_encode(value, encoding, bytes, length)))
        return hr;
    *unit_count = encoding == UnicodeEncoding_Utf8 ? *length : *length / 2;
    return S_OK;
}

static HRESULT WINAPI data_writer_WriteString(IDataWriter *iface, HSTRING value, UINT32 *unit_count)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    UINT32 length, count;
    BYTE *bytes;
    HRESULT hr;

    if (!unit_count)
        return E_POINTER;
    *unit_count = 0;
    if (FAILED(hr = encode(writer, value, &bytes, &length, &count)))
        return hr;
    hr = write_bytes(writer, bytes, length);
    if (SUCCEEDED(hr))
        *unit_count = count;
    memory_free(bytes);
    return hr;
}

static HRESULT WINAPI data_writer_MeasureString(IDataWriter *iface, HSTRING value,
                                                UINT32 *unit_count)
{
    UINT32 length;
    BYTE *bytes;
    HRESULT hr;

    if (!unit_count)
        return E_POINTER;
    *unit_count = 0;
    hr = encode(impl_from_IDataWriter(iface), value, &bytes, &length, unit_count);
    if (SUCCEEDED(hr))
        memory_free(bytes);
    return hr;
}

static HRESULT WINAPI data_writer_DetachBuffer(IDataWriter *iface, IBuffer **buffer)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    UINT32 length, capacity;
    HRESULT hr = S_OK;
    BYTE *bytes;

    if (!buffer)
        return E_POINTER;
    *buffer = NULL;
    mutex_lock(&writer->mutex);
    if (writer->closed)
        hr = RO_E_CLOSED;
    else
        data_writer_take(writer, &bytes, &length, &capacity);
    mutex_unlock(&writer->mutex);
    if (FAILED(hr))
        return hr;
    if (!bytes)
        return buffer_create(0, buffer);
    hr = buffer_adopt(bytes, length, capacity, buffer);
    if (FAILED(hr))
        memory_free(bytes);
    return hr;
}

static HRESULT WINAPI data_writer_DetachStream(IDataWriter *iface, IOutputStream **stream)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    HRESULT hr = S_OK;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    mutex_lock(&writer->mutex);
    if (writer->closed) {
        hr = RO_E_CLOSED;
    } else if (writer->storing) {
        hr = HRESULT_FROM_WIN32(ERROR_INVALID_OPERATION);
    } else {
        *stream = writer->stream;
        writer->stream = NULL;
    }
    mutex_unlock(&writer->mutex);
    return hr;
}

/* Closes the stream, too, unless that was detached. What was not stored is gone. */
static HRESULT WINAPI data_writer_Close(IClosable *iface)
{
    struct data_writer *writer = impl_from_IClosable(iface);
    IOutputStream *stream;

    mutex_lock(&writer->mutex);
    stream = writer->stream;
    writer->stream = NULL;
    writer->length = 0;
    writer->closed = true;
    mutex_unlock(&writer->mutex);

    close_object((IUnknown *)stream);
    if (stream)
        IOutputStream_Release(stream);
    return S_OK;
}

static const struct IDataWriterVtbl data_writer_vtbl = {
    INSPECTABLE_SLOTS(data_writer, IDataWriter),
    data_writer_get_UnstoredBufferLength,
    data_writer_get_UnicodeEncoding,
    data_writer_put_UnicodeEncoding,
    data_writer_get_ByteOrder,
    data_writer_put_ByteOrder,
    data_writer_WriteByte,
    data_writer_WriteBytes,
    data_writer_WriteBuffer,
    data_writer_WriteBufferRange,
    data_writer_WriteBoolean,
    data_writer_WriteGuid,
    data_writer_WriteInt16,
    data_writer_WriteInt32,
    data_writer_WriteInt64,
    data_writer_WriteUInt16,
    data_writer_WriteUInt32,
    data_writer_WriteUInt64,
    data_writer_WriteSingle,
    data_writer_WriteDouble,
    data_writer_WriteDateTime,
    data_writer_WriteTimeSpan,
    data_writer_WriteString,
    data_writer_MeasureString,
    data_writer_StoreAsync,
    data_writer_FlushAsync,
    data_writer_DetachBuffer,
    data_writer_DetachStream,
};

static const struct IClosableVtbl data_writer_closable_vtbl = {
    INSPECTABLE_SLOTS(data_writer, IClosable),
    data_writer_Close,
};

static void data_writer_destroy(void *instance)
{
    struct data_writer *writer = instance;

    memory_free(writer->bytes);
    if (writer->stream)
        IOutputStream_Release(writer->stream);
    mutex_destroy(&writer->mutex);
}

static const struct object_interface data_writer_interfaces[] = {
    OBJECT_INTERFACE(data_writer, IDataWriter),
    OBJECT_INTERFACE(data_writer, IClosable),
};

static const struct object_class data_writer_class =
    OBJECT_CLASS(data_writer, RuntimeClass_Windows_Storage_Streams_DataWriter, data_writer_destroy);

HRESULT data_writer_create(IOutputStream *stream, IDataWriter **out)
{
    struct data_writer *writer = object_alloc(&data_writer_class);

    *out = NULL;
    if (!writer)
        return E_OUTOFMEMORY;
    writer->IDataWriter_iface.lpVtbl = &data_writer_vtbl;
    writer->IClosable_iface.lpVtbl = &data_writer_closable_vtbl;
    mutex_init(&writer->mutex);
    writer->order = ByteOrder_BigEndian; /* the documented default of reader and writer */
    if ((writer->stream = stream))
        IOutputStream_AddRef(stream);
    *out = &writer->IDataWriter_iface;
    return S_OK;
}
