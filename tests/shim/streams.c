/* SPDX-License-Identifier: MIT */
#include "streams.h"

#include <string.h>

#include "paths.h"

void *activate(const WCHAR *class_name, REFIID iid)
{
    HSTRING_HEADER header;
    IInspectable *instance = NULL;
    HSTRING name = NULL;
    void *object;

    check_ok(
        WindowsCreateStringReference(class_name, (UINT32)lstrlenW(class_name), &header, &name));
    check_ok(RoActivateInstance(name, &instance));
    object = query(instance, iid);
    release_ref(instance);
    return object;
}

IBuffer *new_buffer(UINT32 capacity)
{
    IBufferFactory *factory =
        get_statics(RuntimeClass_Windows_Storage_Streams_Buffer, &IID_IBufferFactory);
    IBuffer *buffer = NULL;

    check_ok(IBufferFactory_Create(factory, capacity, &buffer));
    release_ref(factory);
    return buffer;
}

BYTE *bytes_of(IBuffer *buffer)
{
    IBufferByteAccess *access = query(buffer, &IID_IBufferByteAccess);
    BYTE *bytes = NULL;

    check_ok(IBufferByteAccess_Buffer(access, &bytes));
    release_ref(access);
    return bytes;
}

IBuffer *buffer_with(const void *bytes, UINT32 length)
{
    IBuffer *buffer = new_buffer(length);

    if (length)
        memcpy(bytes_of(buffer), bytes, length);
    check_ok(IBuffer_put_Length(buffer, length));
    return buffer;
}

UINT32 length_of(IBuffer *buffer)
{
    UINT32 length = ~0u;

    check_ok(IBuffer_get_Length(buffer, &length));
    return length;
}

void check_buffer(const void *bytes, UINT32 length, IBuffer *buffer)
{
    assert_int_equal(length, length_of(buffer));
    if (length)
        assert_memory_equal(bytes, bytes_of(buffer), length);
}

IRandomAccessStream *new_memory_stream(const void *bytes, UINT32 length)
{
    IRandomAccessStream *stream =
        activate(RuntimeClass_Windows_Storage_Streams_InMemoryRandomAccessStream,
                 &IID_IRandomAccessStream);

    if (length)
        write_bytes(stream, bytes, length);
    check_ok(IRandomAccessStream_Seek(stream, 0));
    return stream;
}

static IAsyncOperation_IRandomAccessStream *start_open(const char *name, FileAccessMode mode,
                                                       StorageOpenOptions options)
{
    IFileRandomAccessStreamStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_Streams_FileRandomAccessStream,
                    &IID_IFileRandomAccessStreamStatics);
    IAsyncOperation_IRandomAccessStream *operation = NULL;

    check_ok(IFileRandomAccessStreamStatics_OpenWithOptionsAsync(
        statics, string_of(item_path(name)), mode, options, FileOpenDisposition_OpenExisting,
        &operation));
    release_ref(statics);
    return operation;
}

IRandomAccessStream *open_file(const char *name, FileAccessMode mode, StorageOpenOptions options)
{
    IRandomAccessStream *stream = NULL;

    await_results(start_open(name, mode, options), &stream);
    return stream;
}

void check_open_fails(HRESULT expected, const char *name, FileAccessMode mode,
                      StorageOpenOptions options)
{
    await_error(expected, start_open(name, mode, options));
}

IAsyncOperationWithProgress_IBuffer_UINT32 *start_read(void *stream, IBuffer *buffer, UINT32 count)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *operation = NULL;
    IInputStream *input = query(stream, &IID_IInputStream);

    check_ok(IInputStream_ReadAsync(input, buffer, count, InputStreamOptions_None, &operation));
    release_ref(input);
    return operation;
}

IAsyncOperationWithProgress_UINT32_UINT32 *start_write(void *stream, IBuffer *buffer)
{
    IAsyncOperationWithProgress_UINT32_UINT32 *operation = NULL;
    IOutputStream *output = query(stream, &IID_IOutputStream);

    check_ok(IOutputStream_WriteAsync(output, buffer, &operation));
    release_ref(output);
    return operation;
}

void close_object(void *object)
{
    IClosable *closable = query(object, &IID_IClosable);

    check_ok(IClosable_Close(closable));
    release_ref(closable);
}

void check_read(const void *expected, UINT32 expected_length, void *stream, UINT32 count)
{
    IBuffer *buffer = new_buffer(count), *read = NULL;

    await_results_with_progress(start_read(stream, buffer, count), &read);
    check_buffer(expected, expected_length, read);
    release_ref(read);
    release_ref(buffer);
}

void check_read_fails(HRESULT expected, void *stream)
{
    IBuffer *buffer = new_buffer(1);

    await_error_with_progress(expected, start_read(stream, buffer, 1));
    release_ref(buffer);
}

void write_bytes(void *stream, const void *bytes, UINT32 length)
{
    IBuffer *buffer = buffer_with(bytes, length);
    UINT32 written = 0;

    await_results_with_progress(start_write(stream, buffer), &written);
    assert_int_equal(length, written);
    release_ref(buffer);
}

void check_write_fails(HRESULT expected, void *stream)
{
    IBuffer *buffer = buffer_with("x", 1);

    await_error_with_progress(expected, start_write(stream, buffer));
    release_ref(buffer);
}

void check_position(UINT64 expected, IRandomAccessStream *stream)
{
    UINT64 position = ~0ull;

    check_ok(IRandomAccessStream_get_Position(stream, &position));
    assert_int_equal(expected, position);
}

void check_size(UINT64 expected, IRandomAccessStream *stream)
{
    UINT64 size = ~0ull;

    check_ok(IRandomAccessStream_get_Size(stream, &size));
    assert_int_equal(expected, size);
}
