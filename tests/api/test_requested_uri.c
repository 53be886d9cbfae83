/* SPDX-License-Identifier: MIT */
/* RequestedUri, read and set (DownloadOperation.RequestedUri Property). When it may be set is in
 * test_states.c; what becomes of the bytes so far in test_recoverable_url.c. */
#include "watch.h"

#include <string.h>

#include "client_objects.h"

#define HELD 400000

static HRESULT put_uri(IDownloadOperation *operation, IUriRuntimeClass *uri)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    HRESULT hr = IDownloadOperation3_put_RequestedUri(third, uri);

    release_ref(third);
    return hr;
}

static IUriRuntimeClass *get_uri(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IUriRuntimeClass *uri = NULL;

    check_hresult(E_POINTER, IBackgroundTransferOperation_get_RequestedUri(common, NULL));
    check_ok(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    assert_non_null(uri);
    release_ref(common);
    return uri;
}

static void it_is_the_clients_object(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/10")), *got;
    IUriRuntimeClass *other = client_uri_new("http", "example.com", "http://example.com/a");
    IDownloadOperation *operation = NULL;

    (void)state;
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, NULL, &operation));
    got = get_uri(operation);
    assert_ptr_equal(got, uri);
    release_ref(got);
    check_ok(put_uri(operation, other));
    check_last_release(uri);
    got = get_uri(operation);
    assert_ptr_equal(got, other);
    release_ref(got);
    check_last_release(operation);
    check_last_release(other);
    check_last_release(downloader);
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const texts[] = { "file:///etc/passwd", "mailto:a@b.example", "http:" };
    const char *url = server_url("FAULT_HTTP", "/bytes/10");
    IDownloadOperation *operation = download_new(NULL, url, "a.bin");
    IUriRuntimeClass *uri;

    (void)state;
    check_hresult(E_POINTER, put_uri(operation, NULL));
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        uri = uri_new(texts[i]);
        check_hresult(E_INVALIDARG, put_uri(operation, uri));
        check_last_release(uri);
    }
    uri = get_uri(operation);
    assert_string_equal(uri_text(uri), url);
    release_ref(uri);
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
}

/* Before the start it is as if it had been created so. */
static void before_the_start_the_new_one_counts(void **state)
{
    IDownloadOperation *operation = download_new(NULL, server_url("CLOSED_HTTP", "/a"), "a.bin");
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/1234"));

    (void)state;
    check_ok(put_uri(operation, uri));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("a.bin"), 1234);
    check_last_release_soon(operation);
    check_last_release(uri);
}

static void while_paused_the_next_request_goes_there(void **state)
{
    IUriRuntimeClass *uri, *got;
    struct watch watch;

    (void)state;
    watch_script(&watch, "first", "steps=hold:400000");
    watch_for_bytes(&watch, HELD);
    uri = uri_new(script_url("second", "steps=ok"));
    check_hresult(E_ILLEGAL_METHOD_CALL, put_uri(watch.operation, uri));
    watch_pause(&watch);
    check_ok(put_uri(watch.operation, uri));
    got = get_uri(watch.operation);
    assert_ptr_equal(got, uri);
    release_ref(got);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, "GET - -\n");
    watch.token = test_token("second");
    check_requests(&watch, "GET - -\n");
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
    check_last_release(uri);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_is_the_clients_object),
    cmocka_unit_test(what_is_no_address_is_refused),
    cmocka_unit_test(before_the_start_the_new_one_counts),
    cmocka_unit_test(while_paused_the_next_request_goes_there),
};

TEST_MAIN(tests)
