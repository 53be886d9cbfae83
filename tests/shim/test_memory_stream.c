/* SPDX-License-Identifier: MIT */
/* InMemoryRandomAccessStream, and what all streams do (Windows.Storage.Streams). */
#include "streams.h"

#include <stdlib.h>
#include <string.h>

#include "recorder.h"
#include "test_event.h"

static void it_starts_empty_at_zero(void **state)
{
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    boolean can = 0;
    HSTRING name = NULL;

    (void)state;
    check_size(0, stream);
    check_position(0, stream);
    check_ok(IRandomAccessStream_get_CanRead(stream, &can));
    assert_true(can);
    can = 0;
    check_ok(IRandomAccessStream_get_CanWrite(stream, &can));
    assert_true(can);
    check_ok(IRandomAccessStream_GetRuntimeClassName(stream, &name));
    check_string("Windows.Storage.Streams.InMemoryRandomAccessStream", name);
    check_read("", 0, stream, 4);
    check_last_release_soon(stream);
}

static void reads_and_writes_move_the_position(void **state)
{
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);

    (void)state;
    write_bytes(stream, "hello ", 6);
    write_bytes(stream, "world", 5);
    check_position(11, stream);
    check_size(11, stream);
    check_read("", 0, stream, 4);
    check_ok(IRandomAccessStream_Seek(stream, 4));
    check_read("o w", 3, stream, 3);
    check_position(7, stream);
    check_read("orld", 4, stream, 100);
    check_position(11, stream);
    check_last_release_soon(stream);
}

static void the_buffer_given_is_filled_and_returned(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("hello", 5);
    IBuffer *buffer = buffer_with("xxxxxxxx", 8), *read = NULL;

    (void)state;
    await_results_with_progress(start_read(stream, buffer, 4), &read);
    assert_ptr_equal(buffer, read);
    check_buffer("hell", 4, buffer);
    release_ref(read);
    await_results_with_progress(start_read(stream, buffer, 0), &read);
    assert_int_equal(0, length_of(buffer));
    release_ref(read);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
}

static void more_than_the_capacity_is_an_error_of_the_operation(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("hello", 5);
    IBuffer *buffer = new_buffer(3);

    (void)state;
    await_error_with_progress(E_INVALIDARG, start_read(stream, buffer, 4));
    check_position(0, stream);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
}

static void seeking_is_unchecked(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abc", 3);

    (void)state;
    check_ok(IRandomAccessStream_Seek(stream, 100));
    check_position(100, stream);
    check_read("", 0, stream, 4);
    check_ok(IRandomAccessStream_Seek(stream, ~0ull));
    check_position(~0ull, stream);
    check_read("", 0, stream, 4);
    check_write_fails(E_OUTOFMEMORY, stream);
    check_size(3, stream);
    check_last_release_soon(stream);
}

static void a_gap_is_zeros(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abc", 3);

    (void)state;
    check_ok(IRandomAccessStream_Seek(stream, 5));
    write_bytes(stream, "f", 1);
    check_size(6, stream);
    check_ok(IRandomAccessStream_Seek(stream, 0));
    check_read("abc\0\0f", 6, stream, 10);
    check_last_release_soon(stream);
}

static void the_size_can_be_set(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abcdef", 6);

    (void)state;
    check_ok(IRandomAccessStream_put_Size(stream, 2));
    check_size(2, stream);
    check_ok(IRandomAccessStream_put_Size(stream, 4));
    check_read("ab\0\0", 4, stream, 10);
    check_hresult(E_OUTOFMEMORY, IRandomAccessStream_put_Size(stream, ~0ull));
    check_size(4, stream);
    check_last_release_soon(stream);
}

static void a_clone_shares_the_bytes_but_not_the_position(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abc", 3), *clone = NULL;

    (void)state;
    check_ok(IRandomAccessStream_Seek(stream, 2));
    check_ok(IRandomAccessStream_CloneStream(stream, &clone));
    check_position(0, clone);
    write_bytes(clone, "X", 1);
    check_position(2, stream);
    check_ok(IRandomAccessStream_Seek(stream, 0));
    check_read("Xbc", 3, stream, 10);
    close_object(stream);
    check_read("bc", 2, clone, 10);
    check_last_release_soon(stream);
    check_last_release_soon(clone);
}

static void streams_at_a_position_are_their_own(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abcdef", 6);
    IOutputStream *output = NULL;
    IInputStream *input = NULL;

    (void)state;
    check_ok(IRandomAccessStream_GetInputStreamAt(stream, 2, &input));
    check_ok(IRandomAccessStream_GetOutputStreamAt(stream, 4, &output));
    write_bytes(output, "YZ!", 3);
    check_read("cd", 2, input, 2);
    check_read("YZ!", 3, input, 100);
    check_position(0, stream);
    close_object(input);
    check_size(7, stream);
    check_last_release_soon(input);
    check_last_release_soon(output);
    check_last_release_soon(stream);
}

static void after_close_only_what_it_could_do_is_told(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abc", 3), *clone = (void *)stream;
    IAsyncOperationWithProgress_IBuffer_UINT32 *read = (void *)stream;
    IAsyncOperationWithProgress_UINT32_UINT32 *write = (void *)stream;
    IAsyncOperation_boolean *flush = (void *)stream;
    IInputStream *input = query(stream, &IID_IInputStream), *input_at = (void *)stream;
    IOutputStream *output = query(stream, &IID_IOutputStream), *output_at = (void *)stream;
    IBuffer *buffer = new_buffer(1);
    boolean can = 0;
    UINT64 value;

    (void)state;
    close_object(stream);
    close_object(stream);
    check_hresult(RO_E_CLOSED, IInputStream_ReadAsync(input, buffer, 1, 0, &read));
    assert_null(read);
    check_hresult(RO_E_CLOSED, IOutputStream_WriteAsync(output, buffer, &write));
    assert_null(write);
    check_hresult(RO_E_CLOSED, IOutputStream_FlushAsync(output, &flush));
    assert_null(flush);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(stream, 0));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_get_Size(stream, &value));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_put_Size(stream, 0));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_get_Position(stream, &value));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_CloneStream(stream, &clone));
    assert_null(clone);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_GetInputStreamAt(stream, 0, &input_at));
    assert_null(input_at);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_GetOutputStreamAt(stream, 0, &output_at));
    assert_null(output_at);
    check_ok(IRandomAccessStream_get_CanRead(stream, &can));
    assert_true(can);
    can = 0;
    check_ok(IRandomAccessStream_get_CanWrite(stream, &can));
    assert_true(can);
    release_ref(buffer);
    release_ref(input);
    release_ref(output);
    check_last_release(stream);
}

static void null_pointers_are_refused(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abc", 3);
    IAsyncOperationWithProgress_IBuffer_UINT32 *read = (void *)stream;
    IAsyncOperationWithProgress_UINT32_UINT32 *write = (void *)stream;
    IInputStream *input = query(stream, &IID_IInputStream);
    IOutputStream *output = query(stream, &IID_IOutputStream);
    IBuffer *buffer = new_buffer(1);

    (void)state;
    check_hresult(E_POINTER, IInputStream_ReadAsync(input, NULL, 1, 0, &read));
    assert_null(read);
    check_hresult(E_POINTER, IInputStream_ReadAsync(input, buffer, 1, 0, NULL));
    check_hresult(E_POINTER, IOutputStream_WriteAsync(output, NULL, &write));
    assert_null(write);
    check_hresult(E_POINTER, IOutputStream_WriteAsync(output, buffer, NULL));
    check_hresult(E_POINTER, IOutputStream_FlushAsync(output, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_get_Size(stream, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_get_Position(stream, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_GetInputStreamAt(stream, 0, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_GetOutputStreamAt(stream, 0, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_CloneStream(stream, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_get_CanRead(stream, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_get_CanWrite(stream, NULL));
    check_hresult(E_INVALIDARG, IInputStream_ReadAsync(input, buffer, 1, 4, &read));
    assert_null(read);
    release_ref(buffer);
    release_ref(input);
    release_ref(output);
    check_last_release_soon(stream);
}

static void each_option_reads_what_there_is(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abcdef", 6);
    IInputStream *input = query(stream, &IID_IInputStream);
    IAsyncOperationWithProgress_IBuffer_UINT32 *operation;
    IBuffer *buffer = new_buffer(4), *read = NULL;
    unsigned options;

    (void)state;
    for (options = 0; options < 4; options++) {
        check_ok(IRandomAccessStream_Seek(stream, options));
        check_ok(IInputStream_ReadAsync(input, buffer, 2, (InputStreamOptions)options, &operation));
        await_results_with_progress(operation, &read);
        check_buffer(&"abcdef"[options], 2, read);
        release_ref(read);
    }
    check_last_release_soon(buffer);
    release_ref(input);
    check_last_release_soon(stream);
}

/* Started without waiting, they take place in the order of the calls, and hold no threads up. */
static void operations_keep_their_order(void **state)
{
    enum {
        COUNT = 64
    };
    IAsyncOperationWithProgress_UINT32_UINT32 *writes[COUNT];
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    BYTE expected[COUNT];
    UINT32 written;
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT; i++) {
        IBuffer *buffer;

        expected[i] = (BYTE)i;
        buffer = buffer_with(&expected[i], 1);
        writes[i] = start_write(stream, buffer);
        release_ref(buffer);
    }
    for (i = COUNT; i > 0; i--)
        await_results_with_progress(writes[i - 1], &written);
    check_position(COUNT, stream);
    check_ok(IRandomAccessStream_Seek(stream, 0));
    check_read(expected, COUNT, stream, COUNT);
    check_last_release_soon(stream);
}

/* What was called before Close still ends. */
static void close_lets_operations_end(void **state)
{
    enum {
        SIZE = 4 << 20
    };
    BYTE *bytes = calloc(1, SIZE);
    IRandomAccessStream *stream = new_memory_stream(NULL, 0), *clone = NULL;
    IAsyncOperationWithProgress_UINT32_UINT32 *write;
    IBuffer *buffer = buffer_with(bytes, SIZE);
    UINT32 written = 0;

    (void)state;
    check_ok(IRandomAccessStream_CloneStream(stream, &clone));
    write = start_write(stream, buffer);
    close_object(stream);
    release_ref(stream);
    await_results_with_progress(write, &written);
    assert_int_equal(SIZE, written);
    check_size(SIZE, clone);
    check_last_release_soon(buffer);
    check_last_release_soon(clone);
    free(bytes);
}

/* Whether it comes in time or too late: the operation ends, and no reference is left. */
static void cancelling_ends_an_operation(void **state)
{
    enum {
        SIZE = 32 << 20
    };
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    IBuffer *buffer = new_buffer(SIZE);
    unsigned i;

    (void)state;
    check_ok(IRandomAccessStream_put_Size(stream, SIZE));
    for (i = 0; i < 4; i++) {
        IAsyncOperationWithProgress_IBuffer_UINT32 *read = start_read(stream, buffer, SIZE);
        AsyncStatus status;
        UINT64 position;

        operation_cancel(read);
        status = await_with_progress(read);
        check_ok(IRandomAccessStream_get_Position(stream, &position));
        assert_true(status == Canceled || status == Completed);
        assert_int_equal(status == Completed ? SIZE : 0, position);
        check_ok(IRandomAccessStream_Seek(stream, 0));
        release_ref(read);
    }
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
}

static void progress_tells_the_count(void **state)
{
    enum {
        SIZE = 8 << 20
    };
    IRandomAccessStream *stream = new_memory_stream(NULL, 0);
    struct recorder *progress = recorder_create(RECORDER_UINT32, NULL);
    IBuffer *buffer = new_buffer(SIZE), *blocker = new_buffer(SIZE), *read = NULL;
    IAsyncOperationWithProgress_IBuffer_UINT32 *first, *second;
    unsigned count;

    (void)state;
    check_ok(IRandomAccessStream_put_Size(stream, SIZE));
    first = start_read(stream, blocker, SIZE);
    check_ok(IRandomAccessStream_Seek(stream, 0));
    second = start_read(stream, buffer, 1);
    check_ok(IAsyncOperationWithProgress_IBuffer_UINT32_put_Progress(second,
                                                                     recorder_delegate(progress)));
    await_results_with_progress(first, &read);
    release_ref(read);
    await_results_with_progress(second, &read);
    count = recorder_count(progress);
    assert_in_range(count, 0, 1); /* none if it had ended before the handler was set */
    if (count)
        assert_int_equal(length_of(read), recorder_get(progress, 0).number);
    release_ref(read);
    recorder_release(progress);
    check_last_release_soon(buffer);
    check_last_release_soon(blocker);
    check_last_release_soon(stream);
}

/* A handler that waits for another operation on the same stream. */
struct waiting_handler {
    IRandomAccessStream *stream;
    bool ended; /* the other operation */
    struct test_event done;
};

static void wait_for_another(void *context, const struct recorder_call *call)
{
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    struct waiting_handler *handler = context;
    IAsyncOperation_boolean *flush = NULL;
    IOutputStream *output = NULL;

    (void)call;
    IRandomAccessStream_QueryInterface(handler->stream, &IID_IOutputStream, (void **)&output);
    IOutputStream_FlushAsync(output, &flush);
    IAsyncOperation_boolean_put_Completed(flush, recorder_delegate(completed));
    handler->ended = recorder_wait_for(completed, 1, TEST_WAIT_MS / 2);
    IAsyncOperation_boolean_Release(flush);
    IOutputStream_Release(output);
    recorder_release(completed);
    test_event_set(&handler->done);
}

static void a_handler_may_use_the_stream(void **state)
{
    struct waiting_handler handler = { .stream = new_memory_stream("abc", 3) };
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    IAsyncOperationWithProgress_UINT32_UINT32 *write;
    IBuffer *buffer = buffer_with("x", 1);

    (void)state;
    test_event_init(&handler.done);
    recorder_on_call(completed, wait_for_another, &handler);
    write = start_write(handler.stream, buffer);
    check_ok(IAsyncOperationWithProgress_UINT32_UINT32_put_Completed(write,
                                                                     recorder_delegate(completed)));
    assert_true(test_event_wait(&handler.done, TEST_WAIT_MS));
    assert_true(handler.ended);
    assert_int_equal(Completed, recorder_get(completed, 0).status);
    release_ref(write);
    check_last_release_soon(buffer);
    check_last_release_soon(handler.stream);
    recorder_release(completed);
    test_event_destroy(&handler.done);
}

static void flushing_answers_true(void **state)
{
    IRandomAccessStream *stream = new_memory_stream("abc", 3);
    IOutputStream *output = query(stream, &IID_IOutputStream);
    IAsyncOperation_boolean *flush = NULL;
    boolean flushed = 0;

    (void)state;
    check_ok(IOutputStream_FlushAsync(output, &flush));
    await_results(flush, &flushed);
    assert_true(flushed);
    release_ref(output);
    check_last_release_soon(stream);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_starts_empty_at_zero),
    cmocka_unit_test(reads_and_writes_move_the_position),
    cmocka_unit_test(the_buffer_given_is_filled_and_returned),
    cmocka_unit_test(more_than_the_capacity_is_an_error_of_the_operation),
    cmocka_unit_test(seeking_is_unchecked),
    cmocka_unit_test(a_gap_is_zeros),
    cmocka_unit_test(the_size_can_be_set),
    cmocka_unit_test(a_clone_shares_the_bytes_but_not_the_position),
    cmocka_unit_test(streams_at_a_position_are_their_own),
    cmocka_unit_test(after_close_only_what_it_could_do_is_told),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(each_option_reads_what_there_is),
    cmocka_unit_test(operations_keep_their_order),
    cmocka_unit_test(close_lets_operations_end),
    cmocka_unit_test(cancelling_ends_an_operation),
    cmocka_unit_test(progress_tells_the_count),
    cmocka_unit_test(a_handler_may_use_the_stream),
    cmocka_unit_test(flushing_answers_true),
};

TEST_MAIN(tests)
