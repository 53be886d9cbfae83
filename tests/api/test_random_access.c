/* SPDX-License-Identifier: MIT */
/* DownloadOperation.IsRandomAccessRequired and the streams that it allows: reads pull their part of
 * the file before the rest comes (scenario 5 of Microsoft's background transfer sample). */
#include "reads.h"

static void check_content_type(const char *expected, IRandomAccessStream *stream)
{
    IContentTypeProvider *provider = query(stream, &IID_IContentTypeProvider);
    HSTRING type = NULL;

    check_ok(IContentTypeProvider_get_ContentType(provider, &type));
    check_string(expected, type);
    release_ref(provider);
}

static void it_is_required_before_the_start(void **state)
{
    struct watch watch;
    IDownloadOperation3 *newer;
    boolean required = 7;

    (void)state;
    watch_create(&watch, NULL, "required",
                 server_url("FAULT_HTTP", "/sample-random/%d?token=%s&" RANDOM_AT_THE_GATE,
                            RANDOM_SIZE, test_token("required")));
    newer = query(watch.operation, &IID_IDownloadOperation3);
    check_hresult(E_POINTER, IDownloadOperation3_get_IsRandomAccessRequired(newer, NULL));
    check_ok(IDownloadOperation3_get_IsRandomAccessRequired(newer, &required));
    assert_int_equal(required, FALSE);
    check_ok(IDownloadOperation3_put_IsRandomAccessRequired(newer, TRUE));
    check_ok(IDownloadOperation3_put_IsRandomAccessRequired(newer, FALSE));
    check_ok(IDownloadOperation3_put_IsRandomAccessRequired(newer, TRUE));
    check_ok(IDownloadOperation3_get_IsRandomAccessRequired(newer, &required));
    assert_int_equal(required, TRUE);
    watch_start(&watch);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IDownloadOperation3_put_IsRandomAccessRequired(newer, TRUE));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IDownloadOperation3_put_IsRandomAccessRequired(newer, FALSE));
    check_ok(IDownloadOperation3_get_IsRandomAccessRequired(newer, &required));
    assert_int_equal(required, TRUE);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IDownloadOperation3_put_IsRandomAccessRequired(newer, FALSE));
    release_ref(newer);
    watch_close(&watch);
}

static void a_reference_needs_it(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    IDownloadOperation3 *newer = query(operation, &IID_IDownloadOperation3);
    IRandomAccessStreamReference *reference = (void *)1;

    (void)state;
    check_hresult(E_POINTER, IDownloadOperation3_GetResultRandomAccessStreamReference(newer, NULL));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IDownloadOperation3_GetResultRandomAccessStreamReference(newer, &reference));
    assert_null(reference);
    assert_int_equal(download_run(operation, NULL), Completed);
    reference = (void *)1;
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IDownloadOperation3_GetResultRandomAccessStreamReference(newer, &reference));
    assert_null(reference);
    release_ref(newer);
    check_last_release_soon(operation);
}

static void the_whole_file_comes_without_reads(void **state)
{
    struct watch watch;

    (void)state;
    random_create(&watch, "whole", "");
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), RANDOM_SIZE);
    assert_int_equal(progress_of(watch.operation).BytesReceived, RANDOM_SIZE);
    assert_int_equal(progress_of(watch.operation).TotalBytesToReceive, RANDOM_SIZE);
    watch_close(&watch);
}

/* As the sample does: opened and even read before anything is known. */
static void opened_before_the_start(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    IBuffer *buffer = buffer_new(5000);
    read_async *read;
    boolean can = 7;

    (void)state;
    random_create(&watch, "before", "type=video/mp4&" RANDOM_AT_THE_GATE);
    stream = random_open(watch.operation);
    assert_int_equal(stream_size(stream), 0);
    assert_int_equal(stream_position(stream), 0);
    check_content_type("", stream);
    check_ok(IRandomAccessStream_get_CanRead(stream, &can));
    assert_int_equal(can, TRUE);
    check_ok(IRandomAccessStream_get_CanWrite(stream, &can));
    assert_int_equal(can, FALSE);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    read = read_start(stream, buffer, 5000, InputStreamOptions_None);
    assert_int_equal(operation_status(read), Started);

    watch_start(&watch);
    assert_int_equal(read_end(read, buffer), 5000);
    check_bytes(buffer, RANDOM_FAR, 5000);
    assert_int_equal(stream_size(stream), RANDOM_SIZE);
    assert_int_equal(stream_position(stream), RANDOM_FAR + 5000);
    check_content_type("video/mp4", stream);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    random_end(&watch);
}

static void opened_after_the_end(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;

    (void)state;
    random_create(&watch, "after", "");
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    stream = random_open(watch.operation);
    assert_int_equal(stream_size(stream), RANDOM_SIZE);
    assert_int_equal(read_and_check(stream, 0, 70000, InputStreamOptions_None), 70000);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    assert_int_equal(read_and_check(stream, RANDOM_FAR, 200000, InputStreamOptions_None),
                     RANDOM_SIZE - RANDOM_FAR);
    assert_int_equal(read_and_check(stream, RANDOM_SIZE, 10, InputStreamOptions_None), 0);
    check_last_release_soon(stream);
    watch_close(&watch);
}

static void a_read_pulls_its_part_first(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;

    (void)state;
    random_to_the_gate(&watch, "pulls");
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    assert_int_equal(read_and_check(stream, RANDOM_FAR, 50000, InputStreamOptions_None), 50000);
    assert_int_equal(progress_of(watch.operation).Status, BackgroundTransferStatus_Running);
    assert_true(progress_of(watch.operation).BytesReceived < RANDOM_SIZE);
    assert_int_equal(progress_of(watch.operation).TotalBytesToReceive, RANDOM_SIZE);
    check_last_release_soon(stream);
    random_end(&watch);
}

static void seeking_back_and_forth(void **state)
{
    static const UINT64 places[] = { 3900000, 1000000, 2500000, 1000500, 3999000, 0, 3899990 };
    struct watch watch;
    IRandomAccessStream *stream;

    (void)state;
    random_to_the_gate(&watch, "seeking");
    stream = random_open(watch.operation);
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        check_ok(IRandomAccessStream_Seek(stream, places[i]));
        assert_int_equal(stream_position(stream), places[i]);
        assert_int_equal(read_and_check(stream, places[i], 1000, InputStreamOptions_None), 1000);
        assert_int_equal(stream_position(stream), places[i] + 1000);
    }
    check_last_release_soon(stream);
    random_end(&watch);
}

static void each_stream_has_a_position_of_its_own(void **state)
{
    struct watch watch;
    IRandomAccessStream *one, *other, *clone = NULL;
    IInputStream *input = NULL;

    (void)state;
    random_to_the_gate(&watch, "own");
    one = random_open(watch.operation);
    other = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(one, RANDOM_FAR));
    assert_int_equal(read_and_check(one, RANDOM_FAR, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(stream_position(other), 0);
    check_ok(IRandomAccessStream_CloneStream(one, &clone));
    assert_int_equal(stream_position(clone), 0);
    assert_int_equal(read_and_check(clone, 0, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(stream_size(clone), RANDOM_SIZE);
    check_ok(IRandomAccessStream_GetInputStreamAt(one, RANDOM_FAR + 500, &input));
    assert_int_equal(read_and_check(input, RANDOM_FAR + 500, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(stream_position(one), RANDOM_FAR + 1000);
    stream_close(one);
    assert_int_equal(read_and_check(clone, 1000, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(read_and_check(other, 0, 1000, InputStreamOptions_None), 1000);
    check_last_release_soon(input);
    check_last_release_soon(clone);
    check_last_release_soon(other);
    check_last_release_soon(one);
    random_end(&watch);
}

/* GetResultStreamAt is for sequential reading, and pulls its part as well. */
static void sequential_streams_pull_too(void **state)
{
    struct watch watch;
    IInputStream *input;

    (void)state;
    random_to_the_gate(&watch, "sequential");
    input = result_stream_at(watch.operation, RANDOM_FAR);
    assert_int_equal(read_and_check(input, RANDOM_FAR, 200000, InputStreamOptions_None),
                     RANDOM_SIZE - RANDOM_FAR);
    assert_int_equal(read_and_check(input, RANDOM_SIZE, 10, InputStreamOptions_None), 0);
    check_last_release_soon(input);
    random_end(&watch);
}

static void a_cancelled_read_harms_nothing(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    IBuffer *buffer = buffer_new(1000), *result = (void *)1;
    read_async *read;

    (void)state;
    random_to_the_gate(&watch, "cancel");
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_GATE));
    read = read_start(stream, buffer, 1000, InputStreamOptions_None);
    operation_cancel(read);
    assert_int_equal(await_with_progress(read), Canceled);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  IAsyncOperationWithProgress_IBuffer_UINT32_GetResults(read, &result));
    assert_null(result);
    release_ref(read);
    assert_int_equal(stream_position(stream), RANDOM_GATE);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    assert_int_equal(read_and_check(stream, RANDOM_FAR, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(progress_of(watch.operation).Status, BackgroundTransferStatus_Running);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    random_end(&watch);
}

/* The sample's way: cancel what waits, seek, read. */
static void cancel_seek_read(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    IBuffer *buffer = buffer_new(1000);
    read_async *read;

    (void)state;
    random_to_the_gate(&watch, "sample");
    stream = random_open(watch.operation);
    for (UINT64 place = RANDOM_FAR; place < RANDOM_FAR + 50000; place += 10000) {
        check_ok(IRandomAccessStream_Seek(stream, RANDOM_GATE));
        read = read_start(stream, buffer, 1000, InputStreamOptions_None);
        operation_cancel(read);
        check_ok(IRandomAccessStream_Seek(stream, place));
        assert_int_equal(read_and_check(stream, place, 1000, InputStreamOptions_None), 1000);
        assert_int_equal(await_with_progress(read), Canceled);
        release_ref(read);
    }
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    random_end(&watch);
}

/* A read would wait for what never comes; the server's page about the error is no part of the file.
 */
static void reads_fail_with_the_transfer(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/status/404?body=3000"), "a.bin");
    IBuffer *buffer = buffer_new(1000);
    IRandomAccessStream *stream;
    read_async *read;
    HRESULT error;

    (void)state;
    require_random_access(operation);
    stream = random_open(operation);
    read = read_start(stream, buffer, 1000, InputStreamOptions_None);
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult((HRESULT)0x80190194, error);
    await_error_with_progress((HRESULT)0x80190194, read);
    await_error_with_progress((HRESULT)0x80190194,
                              read_start(stream, buffer, 1000, InputStreamOptions_None));
    check_content_type("", stream);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    check_last_release_soon(operation);
}

static void reads_fail_when_the_transfer_is_cancelled(void **state)
{
    struct watch watch;
    IBuffer *buffer = buffer_new(1000);
    IRandomAccessStream *stream;
    read_async *read;

    (void)state;
    random_to_the_gate(&watch, "stop");
    stream = random_open(watch.operation);
    assert_int_equal(read_and_check(stream, 0, 1000, InputStreamOptions_None), 1000);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_GATE));
    read = read_start(stream, buffer, 1000, InputStreamOptions_None);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    await_error_with_progress((HRESULT)0x800704C7, read);
    /* What is there stays there. */
    check_ok(IRandomAccessStream_Seek(stream, 1000));
    assert_int_equal(read_and_check(stream, 1000, 1000, InputStreamOptions_None), 1000);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    script_control(&watch, "release");
    watch_close(&watch);
}

static void reads_end_with_an_operation_that_was_never_started(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/5000"), "a.bin");
    IBuffer *buffer = buffer_new(5000);
    IRandomAccessStream *stream;
    read_async *read;

    (void)state;
    require_random_access(operation);
    stream = random_open(operation);
    read = read_start(stream, buffer, 5000, InputStreamOptions_None);
    check_last_release_soon(operation);
    await_error_with_progress(E_ABORT, read);
    check_last_release_soon(stream);
    check_last_release_soon(buffer);
}

/* What is there can be read while paused; the rest comes after Resume, and nothing twice. */
static void a_pause_keeps_what_is_there(void **state)
{
    struct watch watch;
    IBuffer *buffer = buffer_new(1000);
    IRandomAccessStream *stream;
    UINT64 before;
    read_async *read;

    (void)state;
    random_to_the_gate(&watch, "pause");
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    assert_int_equal(read_and_check(stream, RANDOM_FAR, 1000, InputStreamOptions_None), 1000);
    watch_pause(&watch);
    before = progress_of(watch.operation).BytesReceived;
    assert_int_equal(progress_of(watch.operation).TotalBytesToReceive, RANDOM_SIZE);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    assert_int_equal(read_and_check(stream, RANDOM_FAR, 1000, InputStreamOptions_None), 1000);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_GATE));
    read = read_start(stream, buffer, 1000, InputStreamOptions_None);
    script_control(&watch, "release");
    assert_int_equal(operation_status(read), Started);
    watch_resume(&watch);
    assert_int_equal(read_end(read, buffer), 1000);
    check_bytes(buffer, RANDOM_GATE, 1000);
    assert_true(progress_of(watch.operation).BytesReceived > before);
    assert_int_equal(watch_restarts(&watch), 0);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    random_end(&watch);
}

static void fails_with(const char *url, HRESULT expected, WebErrorStatus status)
{
    IDownloadOperation *operation = download_new(NULL, url, "a.bin");
    HRESULT error;

    require_random_access(operation);
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult(expected, error);
    assert_int_equal(web_status(error), status);
    assert_int_equal(file_size(test_path("a.bin")), 0);
    check_last_release_soon(operation);
}

static void a_server_without_ranges_does_not_do(void **state)
{
    (void)state;
    fails_with(server_url("FAULT_HTTP", "/bytes/100000?ranges=no"), (HRESULT)0x80200013,
               WebErrorStatus_InsufficientRangeSupport);
}

static void a_body_without_a_length_does_not_do(void **state)
{
    (void)state;
    fails_with(server_url("FAULT_HTTP", "/chunked/100000"), (HRESULT)0x80200011,
               WebErrorStatus_MissingContentLengthSupport);
}

/* Who has read old bytes learns it once; who has not just gets the new ones. */
static void a_changed_file_begins_again(void **state)
{
    struct watch watch;
    IRandomAccessStream *old, *fresh;
    IBuffer *buffer = buffer_new(1000);

    (void)state;
    random_to_the_gate(&watch, "changed");
    old = random_open(watch.operation);
    fresh = random_open(watch.operation);
    assert_int_equal(read_and_check(old, 0, 1000, InputStreamOptions_None), 1000);
    watch_pause(&watch);
    script_control(&watch, "change");
    script_control(&watch, "release");
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(watch_restarts(&watch), 1);
    check_version_file(test_path(watch.file), 2, RANDOM_SIZE);

    await_error_with_progress(E_CHANGED_STATE,
                              read_start(old, buffer, 1000, InputStreamOptions_None));
    assert_int_equal(stream_position(old), 1000);
    assert_int_equal(read_and_check_version(old, 2, 1000, 1000, InputStreamOptions_None), 1000);
    assert_int_equal(read_and_check_version(fresh, 2, 0, 1000, InputStreamOptions_None), 1000);
    check_last_release_soon(buffer);
    check_last_release_soon(old);
    check_last_release_soon(fresh);
    watch_close(&watch);
}

/* The body in a private file, which goes with the last stream. */
static void without_a_result_file(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/100000"), NULL);
    IRandomAccessStream *stream;

    (void)state;
    require_random_access(operation);
    stream = random_open(operation);
    assert_int_equal(download_run(operation, NULL), Completed);
    wait_for_last_reference(operation);
    release_ref(operation);
    check_ok(IRandomAccessStream_Seek(stream, 90000));
    assert_int_equal(read_and_check(stream, 90000, 20000, InputStreamOptions_None), 10000);
    check_last_release_soon(stream);
}

/* Two who read far from one another both get on. */
static void two_readers_at_two_places(void **state)
{
    struct watch watch;
    IRandomAccessStream *one, *other;

    (void)state;
    random_to_the_gate(&watch, "two");
    one = random_open(watch.operation);
    other = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(one, 1500000));
    check_ok(IRandomAccessStream_Seek(other, 3000000));
    for (UINT64 done = 0; done < 200000; done += 20000) {
        assert_int_equal(read_and_check(one, 1500000 + done, 20000, InputStreamOptions_None),
                         20000);
        assert_int_equal(read_and_check(other, 3000000 + done, 20000, InputStreamOptions_None),
                         20000);
    }
    check_last_release_soon(one);
    check_last_release_soon(other);
    random_end(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_is_required_before_the_start),
    cmocka_unit_test(a_reference_needs_it),
    cmocka_unit_test(the_whole_file_comes_without_reads),
    cmocka_unit_test(opened_before_the_start),
    cmocka_unit_test(opened_after_the_end),
    cmocka_unit_test(a_read_pulls_its_part_first),
    cmocka_unit_test(seeking_back_and_forth),
    cmocka_unit_test(each_stream_has_a_position_of_its_own),
    cmocka_unit_test(sequential_streams_pull_too),
    cmocka_unit_test(a_cancelled_read_harms_nothing),
    cmocka_unit_test(cancel_seek_read),
    cmocka_unit_test(reads_fail_with_the_transfer),
    cmocka_unit_test(reads_fail_when_the_transfer_is_cancelled),
    cmocka_unit_test(reads_end_with_an_operation_that_was_never_started),
    cmocka_unit_test(a_pause_keeps_what_is_there),
    cmocka_unit_test(a_server_without_ranges_does_not_do),
    cmocka_unit_test(a_body_without_a_length_does_not_do),
    cmocka_unit_test(a_changed_file_begins_again),
    cmocka_unit_test(without_a_result_file),
    cmocka_unit_test(two_readers_at_two_places),
};

TEST_MAIN(tests)
