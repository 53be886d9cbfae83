/* SPDX-License-Identifier: MIT */
#include "data_reader.h"

#include <string.h>

#include <roerrorapi.h>

#include "buffer.h"
#include "byte_values.h"
#include "close_object.h"
#include "data_property.h"
#include "text_codec.h"

DEFINE_INSPECTABLE(data_reader, IDataReader)
DEFINE_INSPECTABLE(data_reader, IClosable)

void data_reader_set_buffer(struct data_reader *reader, IBuffer *buffer, BYTE *bytes, UINT32 length)
{
    static BYTE nothing[1];

    reader->buffer = buffer;
    reader->bytes = bytes ? bytes : nothing;
    reader->length = length;
    reader->position = 0;
}

/* Locks, and answers where the next `count` bytes are. On success the caller unlocks, with or
 * without taking them. */
static HRESULT reader_begin(struct data_reader *reader, UINT32 count, const BYTE **bytes)
{
    HRESULT hr = S_OK;

    mutex_lock(&reader->mutex);
    if (reader->closed)
        hr = RO_E_CLOSED;
    else if (count > reader->length - reader->position)
        hr = E_BOUNDS;
    else
        *bytes = reader->bytes + reader->position;
    if (FAILED(hr))
        mutex_unlock(&reader->mutex);
    return hr;
}

static void reader_end(struct data_reader *reader, UINT32 taken)
{
    reader->position += taken;
    mutex_unlock(&reader->mutex);
}

static HRESULT read_value(IDataReader *iface, unsigned size, UINT64 *value)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    const BYTE *bytes;
    HRESULT hr = reader_begin(reader, size, &bytes);

    *value = 0;
    if (FAILED(hr))
        return hr;
    *value = bytes_to_value(bytes, size, reader->order);
    reader_end(reader, size);
    return S_OK;
}

static HRESULT WINAPI data_reader_get_UnconsumedBufferLength(IDataReader *iface, UINT32 *value)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    HRESULT hr;

    if (!value)
        return E_POINTER;
    mutex_lock(&reader->mutex);
    *value = reader->length - reader->position;
    hr = reader->closed ? RO_E_CLOSED : S_OK;
    mutex_unlock(&reader->mutex);
    return hr;
}

DEFINE_DATA_PROPERTY(data_reader, IDataReader, UnicodeEncoding, encoding, text_encoding_is_valid)
DEFINE_DATA_PROPERTY(data_reader, IDataReader, ByteOrder, order, byte_order_is_valid)
DEFINE_DATA_PROPERTY(data_reader, IDataReader, InputStreamOptions, options,
                     input_stream_options_are_valid)

/* A method that reads a number: name, its type, and that it is so many bytes. */
#define DEFINE_READ(method, type)                                               \
    static HRESULT WINAPI data_reader_##method(IDataReader *iface, type *value) \
    {                                                                           \
        UINT64 number;                                                          \
        HRESULT hr;                                                             \
                                                                                \
        if (!value)                                                             \
            return E_POINTER;                                                   \
        hr = read_value(iface, sizeof(*value), &number);                        \
        *value = (type)number;                                                  \
        return hr;                                                              \
    }

DEFINE_READ(ReadByte, BYTE)
DEFINE_READ(ReadInt16, INT16)
DEFINE_READ(ReadInt32, INT32)
DEFINE_READ(ReadInt64, INT64)
DEFINE_READ(ReadUInt16, UINT16)
DEFINE_READ(ReadUInt32, UINT32)
DEFINE_READ(ReadUInt64, UINT64)

static HRESULT WINAPI data_reader_ReadBytes(IDataReader *iface, UINT32 size, BYTE *value)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    const BYTE *bytes;
    HRESULT hr;

    if (!value && size)
        return E_POINTER;
    if (FAILED(hr = reader_begin(reader, size, &bytes)))
        return hr;
    if (size)
        memcpy(value, bytes, size);
    reader_end(reader, size);
    return S_OK;
}

static HRESULT WINAPI data_reader_ReadBuffer(IDataReader *iface, UINT32 length, IBuffer **buffer)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    const BYTE *bytes;
    HRESULT hr;

    if (!buffer)
        return E_POINTER;
    *buffer = NULL;
    if (FAILED(hr = reader_begin(reader, length, &bytes)))
        return hr;
    hr = buffer_create_copy(bytes, length, buffer);
    reader_end(reader, SUCCEEDED(hr) ? length : 0);
    return hr;
}

static HRESULT WINAPI data_reader_ReadBoolean(IDataReader *iface, boolean *value)
{
    UINT64 number;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    hr = read_value(iface, 1, &number);
    *value = number != 0;
    return hr;
}

static HRESULT WINAPI data_reader_ReadGuid(IDataReader *iface, GUID *value)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    const BYTE *bytes;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    memset(value, 0, sizeof(*value));
    if (FAILED(hr = reader_begin(reader, GUID_SIZE, &bytes)))
        return hr;
    *value = bytes_to_guid(bytes, reader->order);
    reader_end(reader, GUID_SIZE);
    return S_OK;
}

/* IEEE 754, as all the platforms have it. */
static HRESULT WINAPI data_reader_ReadSingle(IDataReader *iface, FLOAT *value)
{
    UINT64 number;
    UINT32 bits;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    hr = read_value(iface, sizeof(bits), &number);
    bits = (UINT32)number;
    memcpy(value, &bits, sizeof(bits));
    return hr;
}

static HRESULT WINAPI data_reader_ReadDouble(IDataReader *iface, DOUBLE *value)
{
    UINT64 number;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    hr = read_value(iface, sizeof(number), &number);
    memcpy(value, &number, sizeof(number));
    return hr;
}

/* The count is of code units: bytes in UTF-8, pairs of bytes in UTF-16. */
static HRESULT WINAPI data_reader_ReadString(IDataReader *iface, UINT32 count, HSTRING *value)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    UnicodeEncoding encoding;
    const BYTE *bytes;
    UINT32 size;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    mutex_lock(&reader->mutex);
    encoding = reader->encoding;
    mutex_unlock(&reader->mutex);
    if (encoding != UnicodeEncoding_Utf8 && count > UINT32_MAX / 2)
        return E_BOUNDS;

    size = encoding == UnicodeEncoding_Utf8 ? count : count * 2;
    if (FAILED(hr = reader_begin(reader, size, &bytes)))
        return hr;
    hr = text_decode(bytes, size, encoding, value);
    reader_end(reader, SUCCEEDED(hr) ? size : 0);
    return hr;
}

static HRESULT WINAPI data_reader_ReadDateTime(IDataReader *iface, DateTime *value)
{
    UINT64 number;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    hr = read_value(iface, sizeof(number), &number);
    value->UniversalTime = (INT64)number;
    return hr;
}

static HRESULT WINAPI data_reader_ReadTimeSpan(IDataReader *iface, TimeSpan *value)
{
    UINT64 number;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    hr = read_value(iface, sizeof(number), &number);
    value->Duration = (INT64)number;
    return hr;
}

/* What was not consumed, in a buffer of its own if something was. */
static HRESULT WINAPI data_reader_DetachBuffer(IDataReader *iface, IBuffer **buffer)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    IBuffer *old = NULL;
    HRESULT hr = S_OK;

    if (!buffer)
        return E_POINTER;
    *buffer = NULL;
    mutex_lock(&reader->mutex);
    if (reader->closed) {
        hr = RO_E_CLOSED;
    } else if (reader->loading) {
        hr = HRESULT_FROM_WIN32(ERROR_INVALID_OPERATION);
    } else {
        if (reader->buffer && !reader->position)
            *buffer = reader->buffer;
        else
            hr = buffer_create_copy(reader->bytes + reader->position,
                                    reader->length - reader->position, buffer);
        if (SUCCEEDED(hr)) {
            old = *buffer == reader->buffer ? NULL : reader->buffer;
            data_reader_set_buffer(reader, NULL, NULL, 0);
        }
    }
    mutex_unlock(&reader->mutex);
    if (old)
        IBuffer_Release(old);
    return hr;
}

static HRESULT WINAPI data_reader_DetachStream(IDataReader *iface, IInputStream **stream)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    HRESULT hr = S_OK;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    mutex_lock(&reader->mutex);
    if (reader->closed) {
        hr = RO_E_CLOSED;
    } else if (reader->loading) {
        hr = HRESULT_FROM_WIN32(ERROR_INVALID_OPERATION);
    } else {
        *stream = reader->stream;
        reader->stream = NULL;
    }
    mutex_unlock(&reader->mutex);
    return hr;
}

/* Closes the stream, too, unless that was detached. */
static HRESULT WINAPI data_reader_Close(IClosable *iface)
{
    struct data_reader *reader = impl_from_IClosable(iface);
    IInputStream *stream;
    IBuffer *buffer;

    mutex_lock(&reader->mutex);
    stream = reader->stream;
    buffer = reader->buffer;
    reader->stream = NULL;
    reader->closed = true;
    data_reader_set_buffer(reader, NULL, NULL, 0);
    mutex_unlock(&reader->mutex);

    if (buffer)
        IBuffer_Release(buffer);
    close_object((IUnknown *)stream);
    if (stream)
        IInputStream_Release(stream);
    return S_OK;
}

static const struct IDataReaderVtbl data_reader_vtbl = {
    INSPECTABLE_SLOTS(data_reader, IDataReader),
    data_reader_get_UnconsumedBufferLength,
    data_reader_get_UnicodeEncoding,
    data_reader_put_UnicodeEncoding,
    data_reader_get_ByteOrder,
    data_reader_put_ByteOrder,
    data_reader_get_InputStreamOptions,
    data_reader_put_InputStreamOptions,
    data_reader_ReadByte,
    data_reader_ReadBytes,
    data_reader_ReadBuffer,
    data_reader_ReadBoolean,
    data_reader_ReadGuid,
    data_reader_ReadInt16,
    data_reader_ReadInt32,
    data_reader_ReadInt64,
    data_reader_ReadUInt16,
    data_reader_ReadUInt32,
    data_reader_ReadUInt64,
    data_reader_ReadSingle,
    data_reader_ReadDouble,
    data_reader_ReadString,
    data_reader_ReadDateTime,
    data_reader_ReadTimeSpan,
    data_reader_LoadAsync,
    data_reader_DetachBuffer,
    data_reader_DetachStream,
};

static const struct IClosableVtbl data_reader_closable_vtbl = {
    INSPECTABLE_SLOTS(data_reader, IClosable),
    data_reader_Close,
};

static void data_reader_destroy(void *instance)
{
    struct data_reader *reader = instance;

    if (reader->buffer)
        IBuffer_Release(reader->buffer);
    if (reader->stream)
        IInputStream_Release(reader->stream);
    mutex_destroy(&reader->mutex);
}

static const struct object_interface data_reader_interfaces[] = {
    OBJECT_INTERFACE(data_reader, IDataReader),
    OBJECT_INTERFACE(data_reader, IClosable),
};

static const struct object_class data_reader_class =
    OBJECT_CLASS(data_reader, RuntimeClass_Windows_Storage_Streams_DataReader, data_reader_destroy);

HRESULT data_reader_create(IInputStream *stream, IBuffer *buffer, IDataReader **out)
{
    struct data_reader *reader;
    BYTE *bytes = NULL;
    UINT32 length = 0;
    HRESULT hr;

    *out = NULL;
    if (buffer && FAILED(hr = buffer_content(buffer, &bytes, &length)))
        return hr;
    if (!(reader = object_alloc(&data_reader_class)))
        return E_OUTOFMEMORY;

    reader->IDataReader_iface.lpVtbl = &data_reader_vtbl;
    reader->IClosable_iface.lpVtbl = &data_reader_closable_vtbl;
    mutex_init(&reader->mutex);
    reader->order = ByteOrder_BigEndian; /* the documented default of reader and writer */
    if ((reader->stream = stream))
        IInputStream_AddRef(stream);
    if (buffer)
        IBuffer_AddRef(buffer);
    data_reader_set_buffer(reader, buffer, bytes, length);
    *out = &reader->IDataReader_iface;
    return S_OK;
}
