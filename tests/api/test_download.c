/* SPDX-License-Identifier: MIT */
/* DownloadOperation.StartAsync: a body comes to the file, whole, whatever way the server sends it.
 */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#define MIB (1u << 20)

static void a_file_arrives_whole(void **state)
{
    (void)state;
    download_whole(server_url("NGINX_HTTP", "/1m.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), MIB);
}

static void a_large_file_arrives_whole(void **state)
{
    (void)state;
    download_whole(server_url("NGINX_HTTP", "/64m.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), 64 * MIB);
}

static void an_empty_body_leaves_an_empty_file(void **state)
{
    (void)state;
    download_whole(server_url("NGINX_HTTP", "/empty.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), 0);
}

static void a_single_byte_arrives(void **state)
{
    (void)state;
    download_whole(server_url("NGINX_HTTP", "/1.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), 1);
}

static void a_chunked_body_arrives_whole(void **state)
{
    (void)state;
    download_whole(server_url("FAULT_HTTP", "/chunked/1000000"), "a.bin");
    check_pattern_file(test_path("a.bin"), 1000000);
}

static void a_body_without_length_arrives_whole(void **state)
{
    (void)state;
    download_whole(server_url("FAULT_HTTP", "/no-length/300000"), "a.bin");
    check_pattern_file(test_path("a.bin"), 300000);
}

static void http10_works(void **state)
{
    (void)state;
    download_whole(server_url("FAULT_HTTP", "/http10/300000"), "a.bin");
    check_pattern_file(test_path("a.bin"), 300000);
}

static void tls_and_http2_work(void **state)
{
    (void)state;
    trust_test_authority();
    download_whole(server_url("NGINX_HTTPS", "/1m.bin"), "a.bin");
    check_pattern_file(test_path("a.bin"), MIB);
}

static void informational_answers_are_passed_over(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/informational"), "a.bin");

    (void)state;
    assert_int_equal(download_run(operation, NULL), Completed);
    assert_int_equal(status_code_of(operation), 200);
    assert_null(response_header(operation, "X-Early"));
    check_last_release_soon(operation);
}

static void what_the_file_held_before_is_replaced(void **state)
{
    char before[5000];
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/1000"));
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;
    IStorageFile *file;

    (void)state;
    memset(before, 'x', sizeof(before));
    file = file_with("a.bin", before, sizeof(before));
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("a.bin"), 1000);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release_soon(file);
    check_last_release(uri);
}

static void two_downloads_of_one_uri_both_run(void **state)
{
    const char *url =
        server_url("FAULT_HTTP", "/hold/%s?size=100000&after=5000", test_token("twice"));
    IDownloadOperation *first = download_new(NULL, url, "first.bin");
    IDownloadOperation *second = download_new(NULL, url, "second.bin");
    download_async *first_async = download_start(first), *second_async = download_start(second);

    (void)state;
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/held/%s?count=2", test_token("twice")),
                              NULL, 0),
                     200);
    http_get(server_url("FAULT_HTTP", "/release/%s", test_token("twice")), NULL, 0);
    assert_int_equal(await_with_progress(first_async), Completed);
    assert_int_equal(await_with_progress(second_async), Completed);
    check_pattern_file(test_path("first.bin"), 100000);
    check_pattern_file(test_path("second.bin"), 100000);
    release_ref(first_async);
    release_ref(second_async);
    check_last_release_soon(first);
    check_last_release_soon(second);
}

static void many_at_once_all_arrive(void **state)
{
    enum {
        COUNT = 40
    };
    IDownloadOperation *operations[COUNT];
    download_async *asyncs[COUNT];
    char name[20];

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof(name), "%d.bin", i);
        operations[i] = download_new(NULL, server_url("NGINX_HTTP", "/100k.bin"), name);
        asyncs[i] = download_start(operations[i]);
    }
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(await_with_progress(asyncs[i]), Completed);
        release_ref(asyncs[i]);
        check_last_release_soon(operations[i]);
        snprintf(name, sizeof(name), "%d.bin", i);
        check_pattern_file(test_path(name), 100 << 10);
    }
}

static void before_the_start_it_is_idle(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    BackgroundDownloadProgress progress = progress_of(operation);

    (void)state;
    assert_int_equal(progress.Status, BackgroundTransferStatus_Idle);
    assert_int_equal(progress.BytesReceived, 0);
    assert_int_equal(progress.TotalBytesToReceive, 0);
    assert_false(progress.HasResponseChanged);
    assert_false(progress.HasRestarted);
    assert_null(response_of(operation));
    check_last_release(operation);
}

static void afterwards_it_is_completed_and_counted(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/123456"), "a.bin");
    BackgroundDownloadProgress progress;

    (void)state;
    assert_int_equal(download_run(operation, NULL), Completed);
    progress = progress_of(operation);
    assert_int_equal(progress.Status, BackgroundTransferStatus_Completed);
    assert_int_equal(progress.BytesReceived, 123456);
    assert_int_equal(progress.TotalBytesToReceive, 123456);
    check_last_release_soon(operation);
}

static void the_result_is_the_same_operation(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    IDownloadOperation *result = NULL;
    download_async *async = download_start(operation);

    (void)state;
    assert_int_equal(await_with_progress(async), Completed);
    check_ok(
        IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults(async, &result));
    check_same_object(operation, result);
    release_ref(result);
    release_ref(async);
    check_last_release_soon(operation);
}

static void a_second_start_is_refused(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    download_async *async = download_start(operation), *again = (void *)1;

    (void)state;
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_StartAsync(operation, &again));
    assert_null(again);
    assert_int_equal(await_with_progress(async), Completed);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_StartAsync(operation, &again));
    release_ref(async);
    check_last_release_soon(operation);
}

/* The client lets go of everything; the download goes on. */
static void a_forgotten_download_still_arrives(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL,
                     server_url("FAULT_HTTP", "/hold/%s?size=100000&after=10",
                                test_token("forgotten")),
                     "a.bin");
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    download_async *async = download_start(operation);

    (void)state;
    check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed(
        async, recorder_delegate(completed)));
    release_ref(async);
    release_ref(operation);
    http_get(server_url("FAULT_HTTP", "/release/%s", test_token("forgotten")), NULL, 0);
    recorder_wait(completed, 1);
    assert_int_equal(recorder_get(completed, 0).status, Completed);
    check_pattern_file(test_path("a.bin"), 100000);
    wait_for_last_reference(recorder_delegate(completed));
    assert_int_equal(recorder_release(completed), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_file_arrives_whole),
    cmocka_unit_test(a_large_file_arrives_whole),
    cmocka_unit_test(an_empty_body_leaves_an_empty_file),
    cmocka_unit_test(a_single_byte_arrives),
    cmocka_unit_test(a_chunked_body_arrives_whole),
    cmocka_unit_test(a_body_without_length_arrives_whole),
    cmocka_unit_test(http10_works),
    cmocka_unit_test(tls_and_http2_work),
    cmocka_unit_test(informational_answers_are_passed_over),
    cmocka_unit_test(what_the_file_held_before_is_replaced),
    cmocka_unit_test(two_downloads_of_one_uri_both_run),
    cmocka_unit_test(many_at_once_all_arrive),
    cmocka_unit_test(before_the_start_it_is_idle),
    cmocka_unit_test(afterwards_it_is_completed_and_counted),
    cmocka_unit_test(the_result_is_the_same_operation),
    cmocka_unit_test(a_second_start_is_refused),
    cmocka_unit_test(a_forgotten_download_still_arrives),
};

TEST_MAIN(tests)
