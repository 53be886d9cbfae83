/* SPDX-License-Identifier: MIT */
/* SetRequestHeader and RemoveRequestHeader of an operation: which request has them, and what is
 * refused (DownloadOperation Class). */
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HELD      400000
#define SEEN_SIZE 65536

static HRESULT set_header(IDownloadOperation *operation, const char *name, const char *value)
{
    IDownloadOperation5 *fifth = query(operation, &IID_IDownloadOperation5);
    HRESULT hr = IDownloadOperation5_SetRequestHeader(fifth, string_of(name), string_of(value));

    release_ref(fifth);
    return hr;
}

static HRESULT remove_header(IDownloadOperation *operation, const char *name)
{
    IDownloadOperation5 *fifth = query(operation, &IID_IDownloadOperation5);
    HRESULT hr = IDownloadOperation5_RemoveRequestHeader(fifth, string_of(name));

    release_ref(fifth);
    return hr;
}

/* How often a header line stands in all requests with the token, in their JSON. */
static int count_seen(const char *token, const char *line)
{
    char quoted[256], *text = malloc(SEEN_SIZE);
    int count = 0;

    assert_non_null(text);
    snprintf(quoted, sizeof(quoted), "\"%s\"", line);
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/seen/%s", token), text, SEEN_SIZE), 200);
    for (const char *at = text; (at = strstr(at, quoted)); at++)
        count++;
    free(text);
    return count;
}

static void the_first_request_has_what_was_set_before(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    const char *token = test_token("before");
    IDownloadOperation *operation;

    (void)state;
    check_ok(downloader_set_header(downloader, "X-Theirs", "1"));
    check_ok(downloader_set_header(downloader, "X-Removed", "1"));
    operation =
        download_new(downloader, server_url("FAULT_HTTP", "/bytes/10?token=%s", token), "a.bin");
    check_ok(set_header(operation, "X-Own", "2"));
    check_ok(set_header(operation, "x-theirs", "3"));
    check_ok(remove_header(operation, "X-REMOVED"));
    /* The downloader's stay as they are. */
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
    operation =
        download_new(downloader, server_url("FAULT_HTTP", "/bytes/10?token=%s", token), "b.bin");
    assert_int_equal(download_run(operation, NULL), Completed);
    assert_int_equal(count_seen(token, "X-Own: 2"), 1);
    assert_int_equal(count_seen(token, "X-Theirs: 1, 3"), 1);
    assert_int_equal(count_seen(token, "X-Theirs: 1"), 1);
    assert_int_equal(count_seen(token, "X-Removed: 1"), 1);
    check_last_release_soon(operation);
    check_last_release(downloader);
}

/* Set while it runs: for the request that follows. */
static void the_next_request_has_what_was_set_meanwhile(void **state)
{
    struct watch watch;

    (void)state;
    watch_create(&watch, NULL, "meanwhile", script_url("meanwhile", "steps=hold:400000,ok"));
    check_ok(set_header(watch.operation, "X-Old", "1"));
    watch_start(&watch);
    watch_for_bytes(&watch, HELD);
    check_ok(set_header(watch.operation, "X-New", "2"));
    check_ok(remove_header(watch.operation, "X-Old"));
    watch_pause(&watch);
    check_ok(set_header(watch.operation, "X-Paused", "3"));
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(request_count(&watch), 2);
    assert_int_equal(count_seen(watch.token, "X-Old: 1"), 1);
    assert_int_equal(count_seen(watch.token, "X-New: 2"), 1);
    assert_int_equal(count_seen(watch.token, "X-Paused: 3"), 1);
    assert_int_equal(watch_restarts(&watch), 0);
    watch_close(&watch);
}

static void what_is_no_header_is_refused(void **state)
{
    static const struct {
        const char *name, *value;
    } rows[] = {
        { "", "a" },
        { "A B", "a" },
        { "A:", "a" },
        { "A", "a\r\nB: b" },
        { "A", "a\nb" },
        { "Host", "a" },
        { "Range", "bytes=0-" },
        { "If-Range", "a" },
        { "Content-Length", "1" },
        { "Transfer-Encoding", "chunked" },
        { "Connection", "close" },
        { "TE", "trailers" },
        { "Trailer", "a" },
        { "Upgrade", "a" },
        { "Expect", "a" },
        { "proxy-authorization", "a" },
    };
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_hresult(E_INVALIDARG, set_header(operation, rows[i].name, rows[i].value));
    check_hresult(E_INVALIDARG, remove_header(operation, ""));
    check_hresult(E_INVALIDARG, remove_header(operation, "A B"));
    check_ok(remove_header(operation, "X-Never-Set"));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_first_request_has_what_was_set_before),
    cmocka_unit_test(the_next_request_has_what_was_set_meanwhile),
    cmocka_unit_test(what_is_no_header_is_refused),
};

TEST_MAIN(tests)
