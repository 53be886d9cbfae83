/* SPDX-License-Identifier: MIT */
/* The stream over a download for random access, as IRandomAccessStream (Windows.Storage.Streams).
 */
#include "reads.h"

/* What was called before Seek goes on from where it was called, what comes after from there. */
static void seek_is_for_the_reads_that_follow(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    IBuffer *one = buffer_new(100), *two = buffer_new(100), *three = buffer_new(100);
    read_async *first, *second, *third;

    (void)state;
    random_create(&watch, "follow", "");
    stream = random_open(watch.operation);
    first = read_start(stream, one, 100, InputStreamOptions_None);
    second = read_start(stream, two, 100, InputStreamOptions_None);
    check_ok(IRandomAccessStream_Seek(stream, 500000));
    third = read_start(stream, three, 100, InputStreamOptions_None);
    watch_start(&watch);
    assert_int_equal(read_end(first, one), 100);
    check_bytes(one, 0, 100);
    assert_int_equal(read_end(second, two), 100);
    check_bytes(two, 100, 100);
    assert_int_equal(read_end(third, three), 100);
    check_bytes(three, 500000, 100);
    assert_int_equal(stream_position(stream), 500100);
    check_last_release_soon(one);
    check_last_release_soon(two);
    check_last_release_soon(three);
    check_last_release_soon(stream);
    random_end(&watch);
}

static void partial_reads_take_what_is_there(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    UINT64 offset = 0;

    (void)state;
    random_to_the_gate(&watch, "partial");
    stream = random_open(watch.operation);
    while (offset < RANDOM_GATE) {
        UINT32 count = read_and_check(stream, offset, 65536, InputStreamOptions_Partial);

        assert_true(count > 0);
        offset += count;
    }
    assert_int_equal(offset, RANDOM_GATE);
    assert_int_equal(stream_position(stream), RANDOM_GATE);
    check_last_release_soon(stream);
    random_end(&watch);
}

/* The end of the file is known long before its middle is there. */
static void the_end_of_the_file(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;

    (void)state;
    random_to_the_gate(&watch, "end");
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_SIZE - 1000));
    assert_int_equal(read_and_check(stream, RANDOM_SIZE - 1000, 5000, InputStreamOptions_None),
                     1000);
    assert_int_equal(stream_position(stream), stream_size(stream));
    assert_int_equal(read_and_check(stream, RANDOM_SIZE, 5000, InputStreamOptions_None), 0);
    check_ok(IRandomAccessStream_Seek(stream, UINT64_MAX));
    assert_int_equal(read_and_check(stream, 0, 5000, InputStreamOptions_None), 0);
    assert_int_equal(stream_position(stream), UINT64_MAX);
    /* The sample begins again then. */
    check_ok(IRandomAccessStream_Seek(stream, 0));
    assert_int_equal(read_and_check(stream, 0, 5000, InputStreamOptions_None), 5000);
    check_last_release_soon(stream);
    random_end(&watch);
}

static void a_count_of_zero_reads_nothing(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    IBuffer *buffer = buffer_new(1);

    (void)state;
    random_create(&watch, "zero", "");
    stream = random_open(watch.operation);
    assert_int_equal(read_end(read_start(stream, buffer, 0, InputStreamOptions_None), buffer), 0);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    watch_start(&watch);
    random_end(&watch);
}

static void it_cannot_be_written(void **state)
{
    struct watch watch;
    IAsyncOperationWithProgress_UINT32_UINT32 *writing = (void *)1;
    IAsyncOperation_boolean *flushing = NULL;
    IOutputStream *output, *another = (void *)1;
    IBuffer *buffer = buffer_new(10);
    IRandomAccessStream *stream;
    boolean flushed = FALSE;

    (void)state;
    random_create(&watch, "write", "");
    stream = random_open(watch.operation);
    output = query(stream, &IID_IOutputStream);
    check_hresult(E_ACCESSDENIED, IRandomAccessStream_put_Size(stream, 10));
    check_hresult(E_ACCESSDENIED, IRandomAccessStream_GetOutputStreamAt(stream, 0, &another));
    assert_null(another);
    check_hresult(E_ACCESSDENIED, IOutputStream_WriteAsync(output, buffer, &writing));
    assert_null(writing);
    check_hresult(E_POINTER, IOutputStream_WriteAsync(output, NULL, &writing));
    check_hresult(E_POINTER, IOutputStream_WriteAsync(output, buffer, NULL));
    check_ok(IOutputStream_FlushAsync(output, &flushing));
    await_results(flushing, &flushed);
    assert_int_equal(flushed, TRUE);
    release_ref(output);
    check_last_release(buffer);
    check_last_release(stream);
    watch_start(&watch);
    random_end(&watch);
}

static void after_close_it_is_closed(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream, *clone = (void *)1;
    IBuffer *buffer = buffer_new(1000);
    IInputStream *input = (void *)1, *reader;
    read_async *read, *late = (void *)1;
    UINT64 value = 7;
    boolean can = 7;

    (void)state;
    random_create(&watch, "closed", "");
    stream = random_open(watch.operation);
    reader = query(stream, &IID_IInputStream);
    read = read_start(stream, buffer, 1000, InputStreamOptions_None);
    stream_close(stream);
    stream_close(stream);
    await_error_with_progress(RO_E_CLOSED, read);
    check_hresult(RO_E_CLOSED,
                  IInputStream_ReadAsync(reader, buffer, 1, InputStreamOptions_None, &late));
    assert_null(late);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_Seek(stream, 0));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_get_Position(stream, &value));
    assert_int_equal(value, 0);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_get_Size(stream, &value));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_put_Size(stream, 1));
    check_hresult(RO_E_CLOSED, IRandomAccessStream_CloneStream(stream, &clone));
    assert_null(clone);
    check_hresult(RO_E_CLOSED, IRandomAccessStream_GetInputStreamAt(stream, 0, &input));
    assert_null(input);
    check_ok(IRandomAccessStream_get_CanRead(stream, &can));
    assert_int_equal(can, TRUE);
    release_ref(reader);
    check_last_release_soon(stream);
    check_last_release_soon(buffer);
    watch_start(&watch);
    random_end(&watch);
}

static void null_pointers_are_refused(void **state)
{
    struct watch watch;
    IDownloadOperation3 *newer;
    IRandomAccessStreamReference *reference = NULL;
    IRandomAccessStream *stream;
    IContentTypeProvider *provider;

    (void)state;
    random_create(&watch, "null", "");
    newer = query(watch.operation, &IID_IDownloadOperation3);
    check_ok(IDownloadOperation3_GetResultRandomAccessStreamReference(newer, &reference));
    check_hresult(E_POINTER, IRandomAccessStreamReference_OpenReadAsync(reference, NULL));
    check_last_release(reference);
    release_ref(newer);
    stream = random_open(watch.operation);
    provider = query(stream, &IID_IContentTypeProvider);
    check_hresult(E_POINTER, IRandomAccessStream_get_Size(stream, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_get_Position(stream, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_CloneStream(stream, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_GetInputStreamAt(stream, 0, NULL));
    check_hresult(E_POINTER, IRandomAccessStream_GetOutputStreamAt(stream, 0, NULL));
    check_hresult(E_POINTER, IContentTypeProvider_get_ContentType(provider, NULL));
    release_ref(provider);
    check_last_release(stream);
    watch_start(&watch);
    random_end(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(seek_is_for_the_reads_that_follow),
    cmocka_unit_test(partial_reads_take_what_is_there),
    cmocka_unit_test(the_end_of_the_file),
    cmocka_unit_test(a_count_of_zero_reads_nothing),
    cmocka_unit_test(it_cannot_be_written),
    cmocka_unit_test(after_close_it_is_closed),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
