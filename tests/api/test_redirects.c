/* SPDX-License-Identifier: MIT */
/* Redirects: which are followed, what goes along, and where they end (docs/engine.md). */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static IUriRuntimeClass *actual_uri_of(IDownloadOperation *operation)
{
    IResponseInformation *information = response_of(operation);
    IUriRuntimeClass *uri = NULL;

    assert_non_null(information);
    check_ok(IResponseInformation_get_ActualUri(information, &uri));
    IResponseInformation_Release(information);
    return uri;
}

static IUriRuntimeClass *requested_uri_of(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IUriRuntimeClass *uri = NULL;

    check_ok(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    IBackgroundTransferOperation_Release(common);
    return uri;
}

/* Downloads what /echo says of the request that arrived in the end. The caller frees. */
static char *echo_through(IBackgroundDownloader *downloader, const char *url)
{
    IDownloadOperation *operation = download_new(downloader, url, "echo.json");

    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
    return file_text("echo.json");
}

static void each_code_is_followed(void **state)
{
    static const int codes[] = { 301, 302, 303, 307, 308 };

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        const char *url = server_url("FAULT_HTTP", "/redirect/1?code=%d", codes[i]);
        IDownloadOperation *operation = download_new(NULL, url, "a.bin");
        IUriRuntimeClass *uri;

        assert_int_equal(download_run(operation, NULL), Completed);
        check_pattern_file(test_path("a.bin"), 1000);
        assert_int_equal(status_code_of(operation), 200);
        uri = actual_uri_of(operation);
        assert_non_null(strstr(uri_text(uri), "/bytes/1000"));
        release_ref(uri);
        uri = requested_uri_of(operation);
        assert_string_equal(uri_text(uri), url);
        release_ref(uri);
        check_last_release_soon(operation);
    }
}

static void ten_are_followed(void **state)
{
    (void)state;
    download_whole(server_url("FAULT_HTTP", "/redirect/10"), "a.bin");
    check_pattern_file(test_path("a.bin"), 1000);
}

static void eleven_are_too_many(void **state)
{
    char count[20];

    (void)state;
    download_fails(server_url("FAULT_HTTP", "/redirect/11?token=%s", test_token("eleven")),
                   (HRESULT)0x80072F7C);
    assert_int_equal(web_status((HRESULT)0x80072F7C), WebErrorStatus_RedirectFailed);
    http_get(server_url("FAULT_HTTP", "/count/%s", test_token("eleven")), count, sizeof(count));
    assert_string_equal(count, "11");
}

static void a_loop_ends(void **state)
{
    (void)state;
    download_fails(server_url("FAULT_HTTP", "/redirect-loop"), (HRESULT)0x80072F7C);
}

static void a_relative_location_is_resolved(void **state)
{
    (void)state;
    download_whole(server_url("FAULT_HTTP", "/redirect-to?url=../bytes/500"), "a.bin");
    check_pattern_file(test_path("a.bin"), 500);
}

static void other_schemes_are_not_followed(void **state)
{
    (void)state;
    download_fails(server_url("FAULT_HTTP", "/redirect-to?url=ftp://127.0.0.1/a"),
                   (HRESULT)0x80072F7C);
    download_fails(server_url("FAULT_HTTP", "/redirect-to?url=file:///etc/passwd"),
                   (HRESULT)0x80072F7C);
    download_fails(server_url("FAULT_HTTP", "/redirect-to?url=mailto:a@b.example"),
                   (HRESULT)0x80072F7C);
}

static void nonsense_is_not_followed(void **state)
{
    (void)state;
    download_fails(server_url("FAULT_HTTP", "/redirect-to?url=http://"), (HRESULT)0x80072F7C);
    download_fails(server_url("FAULT_HTTP", "/redirect-to?url=http://a:b:c/"), (HRESULT)0x80072F7C);
}

static void without_location_it_is_an_error(void **state)
{
    (void)state;
    download_fails(server_url("FAULT_HTTP", "/redirect-nowhere?code=301"), (HRESULT)0x80072F7C);
    download_fails(server_url("FAULT_HTTP", "/redirect-nowhere?code=307"), (HRESULT)0x80072F7C);
}

static void http_to_https_is_followed(void **state)
{
    (void)state;
    trust_test_authority();
    download_whole(server_url("FAULT_HTTP", "/redirect-origin/FAULT_HTTPS/bytes/700"), "a.bin");
    check_pattern_file(test_path("a.bin"), 700);
}

static void https_to_http_is_refused(void **state)
{
    char count[20];

    (void)state;
    trust_test_authority();
    download_fails(server_url("FAULT_HTTPS", "/redirect-origin/FAULT_HTTP/bytes/700?token=%s",
                              test_token("downgrade")),
                   (HRESULT)0x80072F08);
    assert_int_equal(web_status((HRESULT)0x80072F08), WebErrorStatus_HttpsToHttpOnRedirection);
    http_get(server_url("FAULT_HTTP", "/count/%s", test_token("downgrade")), count, sizeof(count));
    assert_string_equal(count, "1");
}

static IBackgroundDownloader *downloader_with_secrets(void)
{
    IBackgroundDownloader *downloader = downloader_new();

    check_ok(downloader_set_header(downloader, "X-Secret", "of-the-caller"));
    check_ok(downloader_set_header(downloader, "Authorization", "Bearer of-the-caller"));
    check_ok(downloader_set_header(downloader, "Cookie", "of=the-caller"));
    check_ok(downloader_set_header(downloader, "User-Agent", "of-everybody"));
    check_ok(downloader_set_header(downloader, "Accept-Language", "of-everybody"));
    return downloader;
}

static void headers_go_along_within_an_origin(void **state)
{
    IBackgroundDownloader *downloader = downloader_with_secrets();
    char *echo = echo_through(downloader, server_url("FAULT_HTTP", "/redirect-to?url=/echo"));

    (void)state;
    assert_non_null(strstr(echo, "X-Secret: of-the-caller"));
    assert_non_null(strstr(echo, "Authorization: Bearer of-the-caller"));
    assert_non_null(strstr(echo, "Cookie: of=the-caller"));
    assert_non_null(strstr(echo, "User-Agent: of-everybody"));
    free(echo);
    check_last_release(downloader);
}

static void headers_stay_behind_at_another_origin(void **state)
{
    IBackgroundDownloader *downloader = downloader_with_secrets();
    char *echo =
        echo_through(downloader, server_url("FAULT_HTTP", "/redirect-origin/FAULT_OTHER/echo"));

    (void)state;
    assert_null(strstr(echo, "of-the-caller"));
    assert_null(strstr(echo, "the-caller"));
    assert_non_null(strstr(echo, "User-Agent: of-everybody"));
    assert_non_null(strstr(echo, "Accept-Language: of-everybody"));
    free(echo);
    check_last_release(downloader);
}

static void credentials_stay_behind_at_another_origin(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IPasswordCredential *credential = credential_new("me", "secret");
    IDownloadOperation *operation;
    HRESULT error;

    (void)state;
    check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    operation =
        download_new(downloader,
                     server_url("FAULT_HTTP", "/redirect-origin/FAULT_OTHER/basic/me/secret"),
                     "a.bin");
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult((HRESULT)0x80190191, error);
    check_last_release_soon(operation);
    operation =
        download_new(downloader, server_url("FAULT_HTTP", "/redirect-to?url=/basic/me/secret"),
                     "b.bin");
    assert_int_equal(download_run(operation, &error), Completed);
    check_last_release_soon(operation);
    release_ref(base);
    check_last_release(downloader);
    check_last_release(credential);
}

/* Of 301 and 302 POST becomes GET, of 303 all do, of 307 and 308 none. */
static void the_method_after_a_redirect(void **state)
{
    static const struct {
        int code;
        const char *method, *after;
    } rows[] = {
        { 301, "POST", "GET" },  { 302, "POST", "GET" },  { 303, "POST", "GET" },
        { 307, "POST", "POST" }, { 308, "POST", "POST" }, { 301, "PUT", "PUT" },
        { 302, "PUT", "PUT" },   { 303, "PUT", "GET" },   { 307, "PUT", "PUT" },
    };
    char expected[40];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IBackgroundDownloader *downloader = downloader_new();
        char *echo;

        downloader_set_method(downloader, rows[i].method);
        echo = echo_through(downloader, server_url("FAULT_HTTP", "/redirect-to?url=/echo&code=%d",
                                                   rows[i].code));
        snprintf(expected, sizeof(expected), "\"method\": \"%s\"", rows[i].after);
        if (!strstr(echo, expected))
            print_error("%d of %s:\n%s", rows[i].code, rows[i].method, echo);
        assert_non_null(strstr(echo, expected));
        free(echo);
        check_last_release(downloader);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_code_is_followed),
    cmocka_unit_test(ten_are_followed),
    cmocka_unit_test(eleven_are_too_many),
    cmocka_unit_test(a_loop_ends),
    cmocka_unit_test(a_relative_location_is_resolved),
    cmocka_unit_test(other_schemes_are_not_followed),
    cmocka_unit_test(nonsense_is_not_followed),
    cmocka_unit_test(without_location_it_is_an_error),
    cmocka_unit_test(http_to_https_is_followed),
    cmocka_unit_test(https_to_http_is_refused),
    cmocka_unit_test(headers_go_along_within_an_origin),
    cmocka_unit_test(headers_stay_behind_at_another_origin),
    cmocka_unit_test(credentials_stay_behind_at_another_origin),
    cmocka_unit_test(the_method_after_a_redirect),
};

TEST_MAIN(tests)
