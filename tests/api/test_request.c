/* SPDX-License-Identifier: MIT */
/* What a request looks like on the wire: method, headers, credentials, proxies, body. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winstring.h>

#include "environment.h"
#include "platform.h"

#define SHA256_OF_HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

static char *echo_of(IBackgroundDownloader *downloader, const char *url)
{
    IDownloadOperation *operation = download_new(downloader, url, "echo.json");
    HRESULT error;
    AsyncStatus status = download_run(operation, &error);

    if (status != Completed)
        print_error("%s: 0x%08X\n", url, (unsigned)error);
    assert_int_equal(status, Completed);
    check_last_release_soon(operation);
    return file_text("echo.json");
}

static void the_default_is_a_plain_get(void **state)
{
    char *echo = echo_of(NULL, server_url("FAULT_HTTP", "/echo/a%%20b?x=1%%2B2"));

    (void)state;
    assert_non_null(strstr(echo, "\"method\": \"GET\""));
    assert_non_null(strstr(echo, "/echo/a%20b?x=1%2B2"));
    assert_non_null(strstr(echo, "Accept-Encoding: identity"));
    assert_null(strstr(echo, "Authorization"));
    assert_null(strstr(echo, "Expect"));
    assert_null(strstr(echo, "Range"));
    free(echo);
}

/* To some servers that is another resource (RFC 3986, 6.2.3). */
static void an_empty_query_is_asked_for(void **state)
{
    char *echo = echo_of(NULL, server_url("FAULT_HTTP", "/echo/a?"));

    (void)state;
    assert_non_null(strstr(echo, "\"/echo/a?\""));
    free(echo);
}

static void headers_arrive_as_they_were_set(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    char *echo;

    (void)state;
    check_ok(downloader_set_header(downloader, "X-One", "1"));
    check_ok(downloader_set_header(downloader, "x-two", "a, b; c=\"d\""));
    check_ok(downloader_set_header(downloader, "X-Empty", ""));
    check_ok(downloader_set_header(downloader, "Referer", "http://example.com/"));
    check_ok(downloader_set_header(downloader, "User-Agent", "Test/1.0"));
    check_ok(downloader_set_header(downloader, "Accept", "text/plain"));
    check_ok(downloader_set_header(downloader, "Accept-Encoding", "gzip"));
    echo = echo_of(downloader, server_url("FAULT_HTTP", "/echo"));
    assert_non_null(strstr(echo, "X-One: 1"));
    assert_non_null(strstr(echo, "x-two: a, b; c=\\\"d\\\""));
    assert_non_null(strstr(echo, "X-Empty:"));
    assert_non_null(strstr(echo, "Referer: http://example.com/"));
    assert_non_null(strstr(echo, "User-Agent: Test/1.0"));
    assert_non_null(strstr(echo, "Accept: text/plain"));
    assert_non_null(strstr(echo, "Accept-Encoding: identity"));
    assert_null(strstr(echo, "gzip"));
    free(echo);
    check_last_release(downloader);
}

static void repeated_headers_are_joined(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    char *echo;

    (void)state;
    check_ok(downloader_set_header(downloader, "X-List", "one"));
    check_ok(downloader_set_header(downloader, "x-list", "two"));
    check_ok(downloader_set_header(downloader, "Cookie", "a=1"));
    check_ok(downloader_set_header(downloader, "Cookie", "b=2"));
    echo = echo_of(downloader, server_url("FAULT_HTTP", "/echo"));
    assert_non_null(strstr(echo, "X-List: one, two"));
    assert_non_null(strstr(echo, "Cookie: a=1; b=2"));
    free(echo);
    check_last_release(downloader);
}

static void headers_of_the_engine_are_refused(void **state)
{
    static const char *const names[] = {
        "Host",
        "Range",
        "If-Range",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "host",
        "Proxy-Authorization",
    };
    IBackgroundDownloader *downloader = downloader_new();

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        check_hresult(E_INVALIDARG, downloader_set_header(downloader, names[i], "x"));
    check_last_release(downloader);
}

static void malformed_headers_are_refused(void **state)
{
    static const struct {
        const char *name, *value;
    } rows[] = {
        { "", "x" },         { "a b", "x" },        { "a:", "x" },  { "a\r\nb", "x" },
        { "\xC3\xA4", "x" }, { "a", "x\r\nb: c" },  { "a", "x\n" }, { "a", "\r" },
        { "(a)", "x" },      { "Host: evil", "x" },
    };
    static const WCHAR with_nul[] = u"a\0b";
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    HSTRING nul = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_hresult(E_INVALIDARG, downloader_set_header(downloader, rows[i].name, rows[i].value));
    check_ok(WindowsCreateString(with_nul, 3, &nul));
    check_hresult(E_INVALIDARG,
                  IBackgroundTransferBase_SetRequestHeader(base, string_of("a"), nul));
    check_hresult(E_INVALIDARG,
                  IBackgroundTransferBase_SetRequestHeader(base, nul, string_of("a")));
    check_hresult(E_INVALIDARG, IBackgroundTransferBase_SetRequestHeader(base, NULL, NULL));
    string_delete(nul);
    release_ref(base);
    check_last_release(downloader);
}

static void any_token_is_a_method(void **state)
{
    static const char *const methods[] = { "POST", "PUT", "DELETE", "PROPFIND", "X-OWN", "get" };
    char expected[40];

    (void)state;
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        IBackgroundDownloader *downloader = downloader_new();
        char *echo;

        downloader_set_method(downloader, methods[i]);
        echo = echo_of(downloader, server_url("FAULT_HTTP", "/echo"));
        snprintf(expected, sizeof(expected), "\"method\": \"%s\"", methods[i]);
        assert_non_null(strstr(echo, expected));
        free(echo);
        check_last_release(downloader);
    }
}

static void head_has_no_body(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation;

    (void)state;
    downloader_set_method(downloader, "HEAD");
    operation = download_new(downloader, server_url("FAULT_HTTP", "/bytes/5000"), "a.bin");
    assert_int_equal(download_run(operation, NULL), Completed);
    assert_int_equal(file_size(test_path("a.bin")), 0);
    assert_string_equal(response_header(operation, "Content-Length"), "5000");
    check_last_release_soon(operation);
    check_last_release(downloader);
}

static void fails_as_unauthorized(IBackgroundDownloader *downloader, const char *url,
                                  unsigned expected)
{
    IDownloadOperation *operation = download_new(downloader, url, "a.bin");
    HRESULT error;

    assert_int_equal(download_run(operation, &error), Error);
    check_hresult((HRESULT)expected, error);
    check_last_release_soon(operation);
}

static void basic_credentials_are_used_when_asked_for(void **state)
{
    IBackgroundDownloader *downloader =
        downloader_with_credential(false, "me", "pass word:\xC3\xA4");
    char *echo = echo_of(downloader, server_url("FAULT_HTTP", "/basic/me/pass%%20word:%%C3%%A4"));

    (void)state;
    assert_non_null(strstr(echo, "Authorization: Basic "));
    free(echo);
    check_last_release(downloader);
}

static void wrong_credentials_are_an_error(void **state)
{
    IBackgroundDownloader *downloader = downloader_with_credential(false, "me", "wrong");

    (void)state;
    fails_as_unauthorized(downloader, server_url("FAULT_HTTP", "/basic/me/right"), 0x80190191);
    fails_as_unauthorized(downloader, server_url("FAULT_HTTP", "/digest/me/right"), 0x80190191);
    fails_as_unauthorized(NULL, server_url("FAULT_HTTP", "/basic/me/right"), 0x80190191);
    check_last_release(downloader);
}

static void digest_credentials_are_used(void **state)
{
    IBackgroundDownloader *downloader;
    char *echo;

    (void)state;
    skip_under_wine("it has no WDigest, which a libcurl with Schannel asks for this");
    downloader = downloader_with_credential(false, "me", "right");
    echo = echo_of(downloader, server_url("FAULT_HTTP", "/digest/me/right"));
    assert_non_null(strstr(echo, "Authorization: Digest "));
    assert_null(strstr(echo, "Basic"));
    free(echo);
    check_last_release(downloader);
}

static void credentials_are_not_sent_unasked(void **state)
{
    IBackgroundDownloader *downloader = downloader_with_credential(false, "me", "right");
    char *echo = echo_of(downloader, server_url("FAULT_HTTP", "/echo"));

    (void)state;
    assert_null(strstr(echo, "Authorization"));
    free(echo);
    check_last_release(downloader);
}

static void user_info_of_the_uri_serves_as_credentials(void **state)
{
    IDownloadOperation *operation;
    IResponseInformation *information;
    IUriRuntimeClass *uri = NULL;
    char url[200];

    (void)state;
    snprintf(url, sizeof(url), "http://me:right@%s",
             server_url("FAULT_HTTP", "/basic/me/right") + strlen("http://"));
    operation = download_new(NULL, url, "a.bin");
    assert_int_equal(download_run(operation, NULL), Completed);
    information = response_of(operation);
    check_ok(IResponseInformation_get_ActualUri(information, &uri));
    assert_null(strstr(uri_text(uri), "right@"));
    release_ref(uri);
    release_ref(information);
    check_last_release_soon(operation);
}

static void the_environment_names_a_proxy(void **state)
{
    char *echo;

    (void)state;
    test_setenv("http_proxy", server_value("PROXY_HTTP"));
    echo = echo_of(NULL, "http://plain.proxy.test/echo");
    assert_non_null(strstr(echo, "Via: 1.1 test-proxy"));
    free(echo);
}

static void https_goes_through_a_tunnel(void **state)
{
    char *echo;

    (void)state;
    trust_test_authority();
    test_setenv("https_proxy", server_value("PROXY_HTTP"));
    echo = echo_of(NULL, "https://tunnel.proxy.test/echo");
    assert_null(strstr(echo, "Via"));
    free(echo);
}

static void no_proxy_excepts_hosts(void **state)
{
    char *echo;

    (void)state;
    test_setenv("http_proxy", server_value("PROXY_HTTP"));
    test_setenv("no_proxy", "127.0.0.1");
    echo = echo_of(NULL, server_url("FAULT_HTTP", "/echo"));
    assert_null(strstr(echo, "Via"));
    free(echo);
}

static void the_proxy_gets_its_credentials_and_the_server_none(void **state)
{
    IBackgroundDownloader *downloader =
        downloader_with_credential(true, "proxy-user", "proxy-password");
    char *echo;

    (void)state;
    test_setenv("http_proxy", server_value("PROXY_AUTH_HTTP"));
    echo = echo_of(downloader, "http://secret.proxy.test/echo");
    assert_null(strstr(echo, "Proxy-Authorization"));
    assert_null(strstr(echo, "Authorization"));
    free(echo);
    check_last_release(downloader);
}

static void the_proxy_wants_credentials(void **state)
{
    IBackgroundDownloader *downloader = downloader_with_credential(true, "proxy-user", "wrong");

    (void)state;
    trust_test_authority();
    test_setenv("http_proxy", server_value("PROXY_AUTH_HTTP"));
    test_setenv("https_proxy", server_value("PROXY_AUTH_HTTP"));
    fails_as_unauthorized(NULL, "http://none.proxy.test/echo", 0x80190197);
    fails_as_unauthorized(downloader, "http://wrong.proxy.test/echo", 0x80190197);
    fails_as_unauthorized(downloader, "https://wrong.proxy.test/echo", 0x80190197);
    check_last_release(downloader);
}

static void credentials_of_the_proxy_may_stand_in_its_address(void **state)
{
    char proxy[200];
    char *echo;

    (void)state;
    snprintf(proxy, sizeof(proxy), "http://proxy-user:proxy-password@%s",
             server_value("PROXY_AUTH_HTTP") + strlen("http://"));
    test_setenv("http_proxy", proxy);
    echo = echo_of(NULL, "http://address.proxy.test/echo");
    free(echo);
}

static void sends_a_body(const char *method)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/echo"));
    IStorageFile *body = file_with("body.txt", "hello", 5), *result = file_new("echo.json");
    IDownloadOperation *operation = NULL;
    char expected[40];
    char *echo;

    downloader_set_method(downloader, method);
    check_ok(downloader_set_header(downloader, "Content-Type", "text/x-hello"));
    check_ok(
        IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, result, body, &operation));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
    echo = file_text("echo.json");
    snprintf(expected, sizeof(expected), "\"method\": \"%s\"", method);
    assert_non_null(strstr(echo, expected));
    assert_non_null(strstr(echo, SHA256_OF_HELLO));
    assert_non_null(strstr(echo, "Content-Length: 5"));
    assert_non_null(strstr(echo, "Content-Type: text/x-hello"));
    assert_null(strstr(echo, "Expect"));
    free(echo);
    assert_int_equal(file_size(test_path("body.txt")), 5);
    check_last_release_soon(body);
    check_last_release_soon(result);
    check_last_release(uri);
    check_last_release(downloader);
}

static void a_file_is_the_body_of_a_post(void **state)
{
    (void)state;
    sends_a_body("POST");
}

static void a_file_is_the_body_of_a_put(void **state)
{
    (void)state;
    sends_a_body("PUT");
}

static void a_body_file_that_is_gone_is_an_error(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/echo"));
    IStorageFile *body = file_with("body.txt", "hello", 5), *result = file_new("echo.json");
    IDownloadOperation *operation = NULL;
    HRESULT error;

    (void)state;
    downloader_set_method(downloader, "POST");
    check_ok(
        IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, result, body, &operation));
    assert_int_equal(remove(test_path("body.txt")), 0);
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult((HRESULT)0x80070002, error);
    check_last_release_soon(operation);
    release_ref(body);
    release_ref(result);
    release_ref(uri);
    check_last_release(downloader);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_default_is_a_plain_get),
    cmocka_unit_test(an_empty_query_is_asked_for),
    cmocka_unit_test(headers_arrive_as_they_were_set),
    cmocka_unit_test(repeated_headers_are_joined),
    cmocka_unit_test(headers_of_the_engine_are_refused),
    cmocka_unit_test(malformed_headers_are_refused),
    cmocka_unit_test(any_token_is_a_method),
    cmocka_unit_test(head_has_no_body),
    cmocka_unit_test(basic_credentials_are_used_when_asked_for),
    cmocka_unit_test(wrong_credentials_are_an_error),
    cmocka_unit_test(digest_credentials_are_used),
    cmocka_unit_test(credentials_are_not_sent_unasked),
    cmocka_unit_test(user_info_of_the_uri_serves_as_credentials),
    cmocka_unit_test(the_environment_names_a_proxy),
    cmocka_unit_test(https_goes_through_a_tunnel),
    cmocka_unit_test(no_proxy_excepts_hosts),
    cmocka_unit_test(the_proxy_gets_its_credentials_and_the_server_none),
    cmocka_unit_test(the_proxy_wants_credentials),
    cmocka_unit_test(credentials_of_the_proxy_may_stand_in_its_address),
    cmocka_unit_test(a_file_is_the_body_of_a_post),
    cmocka_unit_test(a_file_is_the_body_of_a_put),
    cmocka_unit_test(a_body_file_that_is_gone_is_an_error),
};

TEST_MAIN(tests)
