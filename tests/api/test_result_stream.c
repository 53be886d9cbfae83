/* SPDX-License-Identifier: MIT */
/* DownloadOperation.GetResultStreamAt: the body as a stream, during the transfer and after it. */
#include "reads.h"

#include <robuffer.h>
#include <string.h>

#define BLOCK 65536

static IDownloadOperation *held_start(const char *name_of_token, int size, int after,
                                      const char *name, download_async **async)
{
    IDownloadOperation *operation =
        download_new(NULL,
                     server_url("FAULT_HTTP", "/hold/%s?size=%d&after=%d",
                                test_token(name_of_token), size, after),
                     name);

    *async = download_start(operation);
    return operation;
}

static void let_go(const char *token)
{
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/release/%s", test_token(token)), NULL, 0),
                     200);
}

static void the_whole_body_afterwards(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/200000"), "a.bin");
    IInputStream *stream;
    UINT64 offset = 0;
    UINT32 count;

    (void)state;
    assert_int_equal(download_run(operation, NULL), Completed);
    stream = result_stream_at(operation, 0);
    while ((count = read_and_check(stream, offset, BLOCK, InputStreamOptions_None)) > 0)
        offset += count;
    assert_int_equal(offset, 200000);
    assert_int_equal(read_and_check(stream, offset, BLOCK, InputStreamOptions_None), 0);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

static void from_a_position(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/200000"), "a.bin");
    IInputStream *stream;

    (void)state;
    assert_int_equal(download_run(operation, NULL), Completed);
    stream = result_stream_at(operation, 199000);
    assert_int_equal(read_and_check(stream, 199000, BLOCK, InputStreamOptions_None), 1000);
    check_last_release_soon(stream);
    stream = result_stream_at(operation, 200000);
    assert_int_equal(read_and_check(stream, 200000, BLOCK, InputStreamOptions_None), 0);
    check_last_release_soon(stream);
    stream = result_stream_at(operation, UINT64_C(1) << 40);
    assert_int_equal(read_and_check(stream, 0, BLOCK, InputStreamOptions_None), 0);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

/* Without a result file the body is kept for the streams alone. */
static void without_a_result_file(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/100000"), NULL);
    IStorageFile *file = (void *)1;
    IInputStream *stream;

    (void)state;
    check_ok(IDownloadOperation_get_ResultFile(operation, &file));
    assert_null(file);
    assert_int_equal(download_run(operation, NULL), Completed);
    stream = result_stream_at(operation, 0);
    wait_for_last_reference(operation);
    release_ref(operation); /* the body goes with the last stream */
    assert_int_equal(read_and_check(stream, 0, 100001, InputStreamOptions_None), 100000);
    check_last_release_soon(stream);
}

static void reads_follow_the_transfer(void **state)
{
    download_async *async;
    IDownloadOperation *operation = held_start("follow", 100000, 3000, "a.bin", &async);
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffer = buffer_new(100000), *result = NULL;
    UINT32 count = 0;
    read_async *read;

    (void)state;
    while (count < 3000)
        count += read_and_check(stream, count, 2000, InputStreamOptions_Partial);
    assert_int_equal(count, 3000);
    read = read_start(stream, buffer, 100000, InputStreamOptions_None);
    assert_int_equal(operation_status(read), Started);
    let_go("follow");
    await_results_with_progress(read, &result);
    check_bytes(result, 3000, 97000);
    release_ref(result);
    assert_int_equal(await_with_progress(async), Completed);
    release_ref(async);
    check_last_release_soon(stream);
    check_last_release_soon(buffer);
    check_last_release_soon(operation);
}

/* They are answered in the order of the calls, each from where the one before ended. */
static void several_reads_wait_in_turn(void **state)
{
    enum {
        COUNT = 5
    };
    download_async *async;
    IDownloadOperation *operation = held_start("turns", 50000, 0, "a.bin", &async);
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffers[COUNT], *result = NULL;
    read_async *reads[COUNT];

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        buffers[i] = buffer_new(10000);
        reads[i] = read_start(stream, buffers[i], 10000, InputStreamOptions_None);
    }
    let_go("turns");
    for (int i = 0; i < COUNT; i++) {
        await_results_with_progress(reads[i], &result);
        check_bytes(result, (UINT64)i * 10000, 10000);
        release_ref(result);
        check_last_release_soon(buffers[i]);
    }
    assert_int_equal(await_with_progress(async), Completed);
    release_ref(async);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

/* A hundred waiting reads do not hold a hundred threads: everything else goes on. */
static void many_streams_wait_at_once(void **state)
{
    enum {
        COUNT = 100
    };
    download_async *async;
    IDownloadOperation *operation = held_start("many", 1000, 0, "a.bin", &async);
    IInputStream *streams[COUNT];
    IBuffer *buffers[COUNT], *result = NULL;
    read_async *reads[COUNT];

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        streams[i] = result_stream_at(operation, 0);
        buffers[i] = buffer_new(1000);
        reads[i] = read_start(streams[i], buffers[i], 1000, InputStreamOptions_None);
    }
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "b.bin");
    let_go("many");
    for (int i = 0; i < COUNT; i++) {
        await_results_with_progress(reads[i], &result);
        check_bytes(result, 0, 1000);
        release_ref(result);
        check_last_release_soon(buffers[i]);
        check_last_release_soon(streams[i]);
    }
    assert_int_equal(await_with_progress(async), Completed);
    release_ref(async);
    check_last_release_soon(operation);
}

/* What the handler of a read does: it waits for the next one of the same stream. */
struct next_read {
    IInputStream *stream;
    IBuffer *buffer;
    struct recorder *completed;
    bool ended;
};

static void wait_for_next_read(void *context, const struct recorder_call *call)
{
    struct next_read *next = context;
    read_async *read = NULL;

    (void)call;
    if (FAILED(IInputStream_ReadAsync(next->stream, next->buffer, 1000, InputStreamOptions_None,
                                      &read)))
        return;
    if (SUCCEEDED(IAsyncOperationWithProgress_IBuffer_UINT32_put_Completed(
            read, recorder_delegate(next->completed))))
        next->ended = recorder_wait_for(next->completed, 1, TEST_WAIT_MS / 3);
    IAsyncOperationWithProgress_IBuffer_UINT32_Release(read);
}

static void a_handler_may_wait_for_the_next_read(void **state)
{
    download_async *async;
    IDownloadOperation *operation = held_start("handler", 10000, 100, "a.bin", &async);
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    struct next_read next = { result_stream_at(operation, 0), buffer_new(1000),
                              recorder_create(RECORDER_COMPLETED, NULL), false };
    IBuffer *buffer = buffer_new(1000);
    read_async *read = read_start(next.stream, buffer, 1000, InputStreamOptions_None);

    (void)state;
    recorder_on_call(completed, wait_for_next_read, &next);
    check_ok(IAsyncOperationWithProgress_IBuffer_UINT32_put_Completed(read, recorder_delegate(
                                                                                completed)));
    let_go("handler");
    recorder_wait(completed, 1);
    wait_for_last_reference(recorder_delegate(completed));
    assert_true(next.ended);
    check_bytes(next.buffer, 1000, 1000);
    release_ref(read);
    assert_int_equal(await_with_progress(async), Completed);
    release_ref(async);
    assert_int_equal(recorder_release(completed), 0);
    wait_for_last_reference(recorder_delegate(next.completed));
    assert_int_equal(recorder_release(next.completed), 0);
    check_last_release_soon(buffer);
    check_last_release_soon(next.buffer);
    check_last_release_soon(next.stream);
    check_last_release_soon(operation);
}

static void a_waiting_read_can_be_cancelled(void **state)
{
    download_async *async;
    IDownloadOperation *operation = held_start("cancel", 10000, 100, "a.bin", &async);
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffer = buffer_new(10000), *result = (void *)1;
    read_async *read = read_start(stream, buffer, 10000, InputStreamOptions_None);

    (void)state;
    operation_cancel(read);
    assert_int_equal(await_with_progress(read), Canceled);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IAsyncOperationWithProgress_IBuffer_UINT32_GetResults(read, &result));
    assert_null(result);
    release_ref(read);
    /* The transfer is unharmed, and so is the stream: nothing was lost. */
    let_go("cancel");
    assert_int_equal(read_and_check(stream, 0, 10000, InputStreamOptions_None), 10000);
    assert_int_equal(await_with_progress(async), Completed);
    release_ref(async);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

/* Of those that have got nothing yet: who has read is told of the restarts (below). */
static void reads_fail_with_the_transfer(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/short/100000?sent=5000"), "a.bin");
    IInputStream *stream = result_stream_at(operation, 6000);
    IBuffer *buffer = buffer_new(10000);
    read_async *read = read_start(stream, buffer, 10000, InputStreamOptions_None);

    retry_at_once();
    (void)state;
    assert_int_equal(download_run(operation, NULL), Error);
    await_error_with_progress((HRESULT)0x80072EFE, read);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

static void reads_fail_when_the_transfer_is_cancelled(void **state)
{
    download_async *async;
    IDownloadOperation *operation = held_start("stop", 10000, 100, "a.bin", &async);
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffer = buffer_new(10000);
    read_async *read = read_start(stream, buffer, 10000, InputStreamOptions_None);

    (void)state;
    operation_cancel(async);
    assert_int_equal(await_with_progress(async), Canceled);
    await_error_with_progress((HRESULT)0x800704C7, read);
    release_ref(async);
    let_go("stop");
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

/* It is not in the file, but it can be read. */
static void the_body_of_an_error_can_be_read(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/status/404?body=3000"), "a.bin");
    IBuffer *buffer = buffer_new(5000), *result = NULL;
    IBufferByteAccess *access;
    IInputStream *stream;
    BYTE *bytes = NULL;
    UINT32 length = 0;
    read_async *read;

    (void)state;
    assert_int_equal(download_run(operation, NULL), Error);
    stream = result_stream_at(operation, 0);
    read = read_start(stream, buffer, 5000, InputStreamOptions_None);
    await_results_with_progress(read, &result);
    check_ok(IBuffer_get_Length(result, &length));
    assert_int_equal(length, 3000);
    access = query(result, &IID_IBufferByteAccess);
    check_ok(IBufferByteAccess_Buffer(access, &bytes));
    assert_int_equal(bytes[0], 'e');
    assert_int_equal(bytes[2999], 'e');
    release_ref(access);
    release_ref(result);
    assert_int_equal(file_size(test_path("a.bin")), 0);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

static void a_stream_may_be_opened_before_the_start(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/5000"), "a.bin");
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffer = buffer_new(5000), *result = NULL;
    read_async *read = read_start(stream, buffer, 5000, InputStreamOptions_None);

    (void)state;
    assert_int_equal(operation_status(read), Started);
    assert_int_equal(download_run(operation, NULL), Completed);
    await_results_with_progress(read, &result);
    check_bytes(result, 0, 5000);
    release_ref(result);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

/* Nobody can start it any more. */
static void reads_end_with_an_operation_that_was_never_started(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/5000"), "a.bin");
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffer = buffer_new(5000);
    read_async *read = read_start(stream, buffer, 5000, InputStreamOptions_None);

    (void)state;
    check_last_release(operation);
    await_error_with_progress(E_ABORT, read);
    check_last_release_soon(stream);
    check_last_release_soon(buffer);
}

/* One read fails, the next ones give the new body from where the stream was opened. */
static void a_restart_is_seen_once(void **state)
{
    struct watch watch;
    IInputStream *stream, *fresh;
    IBuffer *buffer = buffer_new(1000);

    (void)state;
    retry_at_once();
    watch_script(&watch, "restart", "steps=hold:400000,ok@2");
    stream = result_stream_at(watch.operation, 100);
    fresh = result_stream_at(watch.operation, 0);
    assert_int_equal(read_and_check(stream, 100, 1000, InputStreamOptions_None), 1000);
    watch_pause(&watch);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    await_error_with_progress(E_CHANGED_STATE,
                              read_start(stream, buffer, 1000, InputStreamOptions_None));
    assert_int_equal(read_and_check_version(stream, 2, 100, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(read_and_check_version(fresh, 2, 0, 1000, InputStreamOptions_None), 1000);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(fresh);
    watch_close(&watch);
}

static void a_count_of_zero_reads_nothing(void **state)
{
    download_async *async;
    IDownloadOperation *operation = held_start("zero", 1000, 0, "a.bin", &async);
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffer = buffer_new(10), *result = NULL;
    read_async *read = read_start(stream, buffer, 0, InputStreamOptions_None);

    (void)state;
    await_results_with_progress(read, &result);
    check_bytes(result, 0, 0);
    release_ref(result);
    let_go("zero");
    assert_int_equal(await_with_progress(async), Completed);
    release_ref(async);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

static void arguments_are_checked(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/5000"), "a.bin");
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IInputStream *stream = result_stream_at(operation, 0);
    IBuffer *buffer = buffer_new(10);
    read_async *read = (void *)1;

    (void)state;
    check_hresult(E_POINTER, IBackgroundTransferOperation_GetResultStreamAt(common, 0, NULL));
    check_hresult(E_POINTER,
                  IInputStream_ReadAsync(stream, NULL, 1, InputStreamOptions_None, &read));
    assert_null(read);
    check_hresult(E_POINTER,
                  IInputStream_ReadAsync(stream, buffer, 1, InputStreamOptions_None, NULL));
    read = read_start(stream, buffer, 11, InputStreamOptions_None);
    await_error_with_progress(E_INVALIDARG, read);
    check_last_release_soon(stream);
    check_last_release_soon(buffer);
    release_ref(common);
    check_last_release(operation);
}

static void after_close_it_is_closed(void **state)
{
    download_async *async;
    IDownloadOperation *operation = held_start("closed", 1000, 0, "a.bin", &async);
    IInputStream *stream = result_stream_at(operation, 0);
    IClosable *closable = query(stream, &IID_IClosable);
    IBuffer *buffer = buffer_new(1000);
    read_async *read = read_start(stream, buffer, 1000, InputStreamOptions_None), *late = (void *)1;

    (void)state;
    check_ok(IClosable_Close(closable));
    check_ok(IClosable_Close(closable));
    await_error_with_progress(RO_E_CLOSED, read);
    check_hresult(RO_E_CLOSED,
                  IInputStream_ReadAsync(stream, buffer, 1, InputStreamOptions_None, &late));
    assert_null(late);
    let_go("closed");
    assert_int_equal(await_with_progress(async), Completed);
    release_ref(async);
    release_ref(closable);
    check_last_release_soon(stream);
    check_last_release_soon(buffer);
    check_last_release_soon(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_whole_body_afterwards),
    cmocka_unit_test(from_a_position),
    cmocka_unit_test(without_a_result_file),
    cmocka_unit_test(reads_follow_the_transfer),
    cmocka_unit_test(several_reads_wait_in_turn),
    cmocka_unit_test(many_streams_wait_at_once),
    cmocka_unit_test(a_handler_may_wait_for_the_next_read),
    cmocka_unit_test(a_waiting_read_can_be_cancelled),
    cmocka_unit_test(reads_fail_with_the_transfer),
    cmocka_unit_test(reads_fail_when_the_transfer_is_cancelled),
    cmocka_unit_test(the_body_of_an_error_can_be_read),
    cmocka_unit_test(a_stream_may_be_opened_before_the_start),
    cmocka_unit_test(reads_end_with_an_operation_that_was_never_started),
    cmocka_unit_test(a_restart_is_seen_once),
    cmocka_unit_test(a_count_of_zero_reads_nothing),
    cmocka_unit_test(arguments_are_checked),
    cmocka_unit_test(after_close_it_is_closed),
};

TEST_MAIN(tests)
