/* SPDX-License-Identifier: MIT */
#include "reads.h"

#include <stdio.h>
#include <string.h>

#include <robuffer.h>

#include "strings_ring.h"

#define SHIFT 30011 /* tests/servers/fault/steps.py: from one version to the next */

IBuffer *buffer_new(UINT32 capacity)
{
    IBufferFactory *factory =
        activation_factory("Windows.Storage.Streams.Buffer", &IID_IBufferFactory);
    IBuffer *buffer = NULL;

    check_ok(IBufferFactory_Create(factory, capacity, &buffer));
    IBufferFactory_Release(factory);
    return buffer;
}

read_async *read_start(void *stream, IBuffer *buffer, UINT32 count, InputStreamOptions options)
{
    IInputStream *input = query(stream, &IID_IInputStream);
    read_async *async = NULL;

    check_ok(IInputStream_ReadAsync(input, buffer, count, options, &async));
    assert_non_null(async);
    IInputStream_Release(input);
    return async;
}

void check_version_bytes(IBuffer *buffer, unsigned version, UINT64 offset, UINT32 length)
{
    IBufferByteAccess *access = query(buffer, &IID_IBufferByteAccess);
    UINT64 start = offset + (UINT64)(version - 1) * SHIFT;
    BYTE *bytes = NULL;
    UINT32 actual = 0;

    check_ok(IBuffer_get_Length(buffer, &actual));
    assert_int_equal(actual, length);
    check_ok(IBufferByteAccess_Buffer(access, &bytes));
    for (UINT32 i = 0; i < length; i++) {
        if (bytes[i] != pattern_byte(start + i))
            fail_msg("byte %u is wrong", i);
    }
    release_ref(access);
}

void check_bytes(IBuffer *buffer, UINT64 offset, UINT32 length)
{
    check_version_bytes(buffer, 1, offset, length);
}

UINT32 read_end(read_async *async, IBuffer *buffer)
{
    IBuffer *result = NULL;
    UINT32 length = 0;

    await_results_with_progress(async, &result);
    assert_ptr_equal(result, buffer);
    check_ok(IBuffer_get_Length(result, &length));
    release_ref(result);
    return length;
}

UINT32 read_and_check_version(void *stream, unsigned version, UINT64 offset, UINT32 count,
                              InputStreamOptions options)
{
    IBuffer *buffer = buffer_new(count);
    UINT32 length = read_end(read_start(stream, buffer, count, options), buffer);

    check_version_bytes(buffer, version, offset, length);
    check_last_release_soon(buffer);
    return length;
}

UINT32 read_and_check(void *stream, UINT64 offset, UINT32 count, InputStreamOptions options)
{
    return read_and_check_version(stream, 1, offset, count, options);
}

void require_random_access(IDownloadOperation *operation)
{
    IDownloadOperation3 *newer = query(operation, &IID_IDownloadOperation3);

    check_ok(IDownloadOperation3_put_IsRandomAccessRequired(newer, TRUE));
    IDownloadOperation3_Release(newer);
}

void random_create(struct watch *watch, const char *name, const char *options)
{
    watch_create(watch, NULL, name,
                 server_url("FAULT_HTTP", "/sample-random/%d?token=%s&%s", RANDOM_SIZE,
                            test_token(name), options));
    require_random_access(watch->operation);
}

void random_to_the_gate(struct watch *watch, const char *name)
{
    random_create(watch, name, RANDOM_AT_THE_GATE);
    watch_start(watch);
    script_control(watch, "held?count=1");
}

void random_end(struct watch *watch)
{
    script_control(watch, "release");
    assert_int_equal(watch_end(watch, NULL), Completed);
    check_pattern_file(test_path(watch->file), RANDOM_SIZE);
    watch_close(watch);
}

IRandomAccessStream *random_open(IDownloadOperation *operation)
{
    IDownloadOperation3 *newer = query(operation, &IID_IDownloadOperation3);
    IAsyncOperation_IRandomAccessStreamWithContentType *opening = NULL;
    IRandomAccessStreamWithContentType *typed = NULL;
    IRandomAccessStreamReference *reference = NULL;
    IRandomAccessStream *stream;

    check_ok(IDownloadOperation3_GetResultRandomAccessStreamReference(newer, &reference));
    IDownloadOperation3_Release(newer);
    check_ok(IRandomAccessStreamReference_OpenReadAsync(reference, &opening));
    await_results(opening, &typed);
    check_last_release(reference);
    stream = query(typed, &IID_IRandomAccessStream);
    IRandomAccessStreamWithContentType_Release(typed);
    return stream;
}

void stream_close(void *stream)
{
    IClosable *closable = query(stream, &IID_IClosable);

    check_ok(IClosable_Close(closable));
    IClosable_Release(closable);
}

UINT64 stream_size(IRandomAccessStream *stream)
{
    UINT64 size = UINT64_MAX;

    check_ok(IRandomAccessStream_get_Size(stream, &size));
    return size;
}

UINT64 stream_position(IRandomAccessStream *stream)
{
    UINT64 position = UINT64_MAX;

    check_ok(IRandomAccessStream_get_Position(stream, &position));
    return position;
}

const char *ranges_text(IVector_BackgroundTransferFileRange *ranges)
{
    char *text = ring_next();
    size_t used = 0;
    UINT32 count = 0;

    text[0] = 0;
    check_ok(IVector_BackgroundTransferFileRange_get_Size(ranges, &count));
    for (UINT32 i = 0; i < count; i++) {
        BackgroundTransferFileRange range = { 0 };
        int length;

        check_ok(IVector_BackgroundTransferFileRange_GetAt(ranges, i, &range));
        length = snprintf(text + used, RING_SIZE - used, "%s%llu+%llu", i ? " " : "",
                          (unsigned long long)range.Offset, (unsigned long long)range.Length);
        assert_in_range(length, 0, RING_SIZE - used - 1);
        used += (size_t)length;
    }
    return text;
}

const char *downloaded_ranges(IDownloadOperation *operation)
{
    IDownloadOperation3 *newer = query(operation, &IID_IDownloadOperation3);
    IVector_BackgroundTransferFileRange *ranges = NULL;
    const char *text;

    check_ok(IDownloadOperation3_GetDownloadedRanges(newer, &ranges));
    IDownloadOperation3_Release(newer);
    text = ranges_text(ranges);
    check_last_release(ranges);
    return text;
}

IInputStream *result_stream_at(IDownloadOperation *operation, UINT64 position)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IInputStream *stream = NULL;

    check_ok(IBackgroundTransferOperation_GetResultStreamAt(common, position, &stream));
    release_ref(common);
    return stream;
}
