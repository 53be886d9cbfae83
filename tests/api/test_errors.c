/* SPDX-License-Identifier: MIT */
/* Every way a server can fail: the HRESULT, the WebErrorStatus, and no byte of an error's body in
 * the file. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "platform.h"

/* BackgroundTransferError.GetStatus: WebErrorStatus Enum (Windows.Web), by the names of the
 * HRESULTs in winerror.h. */
static const struct {
    unsigned hresult;
    int status;
} status_table[] = {
    { 0x80072F06, 1 },
    { 0x80072F05, 2 },
    { 0x80072F17, 3 },
    { 0x80072F8A, 4 },
    { 0x80072F89, 5 },
    { 0x80072F0D, 5 },
    { 0x80072F84, 6 },
    { 0x80072EE2, 7 },
    { 0x80072F78, 8 },
    { 0x80072EFE, 9 },
    { 0x80072EFF, 10 },
    { 0x80072F83, 11 },
    { 0x80072F07, 12 },
    { 0x80072F08, 13 },
    { 0x80072EFD, 14 },
    { 0x80072EE7, 15 },
    { 0x80072EF1, 16 },
    { 0x80072F7C, 17 },
    { 0x80190001, 18 },
    { 0x80190003, 19 },
    { 0x80190004, 20 },
    { 0x80190005, 21 },
    { 0x80200013, 22 },
    { 0x80200011, 23 },
    { 0x8019012C, 300 },
    { 0x8019012D, 301 },
    { 0x8019012E, 302 },
    { 0x8019012F, 303 },
    { 0x80190130, 304 },
    { 0x80190131, 305 },
    { 0x80190133, 307 },
    { 0x80190190, 400 },
    { 0x80190191, 401 },
    { 0x80190192, 402 },
    { 0x80190193, 403 },
    { 0x80190194, 404 },
    { 0x80190195, 405 },
    { 0x80190196, 406 },
    { 0x80190197, 407 },
    { 0x80190198, 408 },
    { 0x80190199, 409 },
    { 0x8019019A, 410 },
    { 0x8019019B, 411 },
    { 0x8019019C, 412 },
    { 0x8019019D, 413 },
    { 0x8019019E, 414 },
    { 0x8019019F, 415 },
    { 0x801901A0, 416 },
    { 0x801901A1, 417 },
    { 0x801901F4, 500 },
    { 0x801901F5, 501 },
    { 0x801901F6, 502 },
    { 0x801901F7, 503 },
    { 0x801901F8, 504 },
    { 0x801901F9, 505 },
    /* What has nothing to do with the web, and numbers without a name. */
    { 0x00000000, 0 },
    { 0x00000001, 0 },
    { 0x80070057, 0 },
    { 0x80070005, 0 },
    { 0x8007000E, 0 },
    { 0x80070070, 0 },
    { 0x80004004, 0 },
    { 0x800704C7, 0 },
    { 0x80190000, 0 },
    { 0x80190002, 0 },
    { 0x801901AD, 0 },
    { 0x80190132, 0 },
    { 0x8019FFFF, 0 },
    { 0x80072EE6, 0 },
    { 0xFFFFFFFF, 0 },
};

static void get_status_knows_every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(status_table) / sizeof(status_table[0]); i++) {
        HRESULT error = (HRESULT)status_table[i].hresult;

        if ((int)web_status(error) != status_table[i].status)
            print_error("0x%08X: %d\n", status_table[i].hresult, (int)web_status(error));
        assert_int_equal(web_status(error), status_table[i].status);
    }
}

static void get_status_wants_a_place_for_it(void **state)
{
    IBackgroundTransferErrorStaticMethods *statics =
        activation_factory("Windows.Networking.BackgroundTransfer.BackgroundTransferError",
                           &IID_IBackgroundTransferErrorStaticMethods);

    (void)state;
    check_hresult(E_POINTER, IBackgroundTransferErrorStaticMethods_GetStatus(statics, 0, NULL));
    check_last_release(statics);
}

/* The code, what is in ErrorCode, and the response that is shown nonetheless. */
static void fails_with_status(int code, unsigned expected, int status)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/status/%d?body=5000", code), "a.bin");
    HRESULT error;

    assert_int_equal(download_run(operation, &error), Error);
    if (error != (HRESULT)expected)
        print_error("status %d\n", code);
    check_hresult((HRESULT)expected, error);
    assert_int_equal(web_status(error), status);
    assert_int_equal(progress_of(operation).Status, BackgroundTransferStatus_Error);
    assert_int_equal(status_code_of(operation), code);
    assert_int_equal(file_size(test_path("a.bin")), 0);
    check_last_release_soon(operation);
}

static void each_4xx_with_a_name(void **state)
{
    (void)state;
    for (int code = 400; code <= 417; code++) {
        if (code != 407) /* only a proxy may say that */
            fails_with_status(code, 0x80190000u + (unsigned)code, code);
    }
}

static void each_5xx_with_a_name(void **state)
{
    (void)state;
    for (int code = 500; code <= 505; code++)
        fails_with_status(code, 0x80190000u + (unsigned)code, code);
}

static void codes_without_a_name(void **state)
{
    static const int client[] = { 418, 422, 429, 451, 499 };
    static const int server[] = { 506, 507, 511, 599 };

    (void)state;
    for (size_t i = 0; i < sizeof(client) / sizeof(client[0]); i++)
        fails_with_status(client[i], 0x80190004, WebErrorStatus_UnexpectedClientError);
    for (size_t i = 0; i < sizeof(server) / sizeof(server[0]); i++)
        fails_with_status(server[i], 0x80190005, WebErrorStatus_UnexpectedServerError);
}

static void redirections_that_cannot_be_followed(void **state)
{
    (void)state;
    fails_with_status(300, 0x8019012C, WebErrorStatus_MultipleChoices);
    fails_with_status(304, 0x80190130, WebErrorStatus_NotModified);
    fails_with_status(305, 0x80190131, WebErrorStatus_UseProxy);
    fails_with_status(306, 0x80190003, WebErrorStatus_UnexpectedRedirection);
    fails_with_status(399, 0x80190003, WebErrorStatus_UnexpectedRedirection);
}

static void other_2xx_are_success(void **state)
{
    static const int codes[] = { 200, 201, 202, 203, 204, 299 };

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        IDownloadOperation *operation =
            download_new(NULL, server_url("FAULT_HTTP", "/status/%d", codes[i]), "a.bin");

        assert_int_equal(download_run(operation, NULL), Completed);
        assert_int_equal(status_code_of(operation), codes[i]);
        check_last_release_soon(operation);
    }
}

static void the_error_has_a_text(void **state)
{
    IDownloadOperation *operation =
                           download_new(NULL, server_url("FAULT_HTTP", "/status/404"), "a.bin"),
                       *result = NULL;
    download_async *async = download_start(operation);
    IErrorInfo *info = NULL;
    BSTR text = NULL;

    (void)state;
    assert_int_equal(await_with_progress(async), Error);
    check_hresult(
        (HRESULT)0x80190194,
        IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults(async, &result));
    assert_null(result);
    check_ok(GetErrorInfo(0, &info));
    assert_non_null(info);
    check_ok(IErrorInfo_GetDescription(info, &text));
    assert_non_null(text);
    assert_int_not_equal(text[0], 0);
    SysFreeString(text);
    release_ref(info);
    release_ref(async);
    check_last_release_soon(operation);
}

static void nobody_listens(void **state)
{
    (void)state;
    download_fails(server_url("CLOSED_HTTP", "/a"), (HRESULT)0x80072EFD);
    assert_int_equal(web_status((HRESULT)0x80072EFD), WebErrorStatus_CannotConnect);
}

static void the_name_does_not_resolve(void **state)
{
    (void)state;
    download_fails("http://no-such-host.invalid/a", (HRESULT)0x80072EE7);
    assert_int_equal(web_status((HRESULT)0x80072EE7), WebErrorStatus_HostNameNotResolved);
}

static void no_connection_in_time(void **state)
{
    (void)state;
    test_setenv("WINRT_CONNECT_TIMEOUT_MS", "300");
    download_fails(server_url("SILENT_HTTP", "/a"), (HRESULT)0x80072EE2);
    assert_int_equal(web_status((HRESULT)0x80072EE2), WebErrorStatus_Timeout);
}

static void no_answer_in_time(void **state)
{
    (void)state;
    test_setenv("WINRT_RESPONSE_TIMEOUT_MS", "300");
    download_fails(server_url("FAULT_HTTP", "/stall"), (HRESULT)0x80072EE2);
}

static void no_byte_in_time(void **state)
{
    (void)state;
    test_setenv("WINRT_STALL_TIMEOUT_MS", "300");
    download_fails(server_url("FAULT_HTTP", "/stall/100000"), (HRESULT)0x80072EE2);
}

static void answers_that_are_no_http(void **state)
{
    (void)state;
    download_fails(server_url("FAULT_HTTP", "/garbage"), (HRESULT)0x80072F78);
    download_fails(server_url("FAULT_HTTP", "/garbage-status"), (HRESULT)0x80072F78);
    download_fails(server_url("FAULT_HTTP", "/garbage-header"), (HRESULT)0x80072F78);
    download_fails(server_url("FAULT_HTTP", "/two-lengths"), (HRESULT)0x80072F78);
    download_fails(server_url("FAULT_HTTP", "/length/abc"), (HRESULT)0x80072F78);
    download_fails(server_url("FAULT_HTTP", "/bad-chunk"), (HRESULT)0x80072F78);
    download_fails(server_url("FAULT_HTTP", "/bad-trailer"), (HRESULT)0x80072F78);
    download_fails(server_url("FAULT_HTTP", "/multipart"), (HRESULT)0x80072F78);
    assert_int_equal(web_status((HRESULT)0x80072F78),
                     WebErrorStatus_ErrorHttpInvalidServerResponse);
}

static void connections_that_end_early(void **state)
{
    (void)state;
    download_fails(server_url("FAULT_HTTP", "/close"), (HRESULT)0x80072EFE);
    download_fails(server_url("FAULT_HTTP", "/close-headers"), (HRESULT)0x80072EFE);
    download_fails(server_url("FAULT_HTTP", "/short/100000"), (HRESULT)0x80072EFE);
    download_fails(server_url("FAULT_HTTP", "/cut-chunk"), (HRESULT)0x80072EFE);
    assert_int_equal(web_status((HRESULT)0x80072EFE), WebErrorStatus_ConnectionAborted);
}

static void connections_that_are_reset(void **state)
{
    (void)state;
    skip_under_wine("a connection that was reset looks like one that has ended");
    download_fails(server_url("FAULT_HTTP", "/reset"), (HRESULT)0x80072EFF);
    download_fails(server_url("FAULT_HTTP", "/reset/100000"), (HRESULT)0x80072EFF);
    assert_int_equal(web_status((HRESULT)0x80072EFF), WebErrorStatus_ConnectionReset);
}

/* After a failure the file has what arrived, in order. */
static void a_partial_file_stays(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/short/100000?sent=60000"), "a.bin");

    (void)state;
    assert_int_equal(download_run(operation, NULL), Error);
    check_pattern_file(test_path("a.bin"), 60000);
    assert_int_equal(progress_of(operation).BytesReceived, 60000);
    assert_int_equal(progress_of(operation).TotalBytesToReceive, 100000);
    check_last_release_soon(operation);
}

static void plain_http_where_tls_was_expected(void **state)
{
    IDownloadOperation *operation;
    HRESULT error;
    char url[200];

    (void)state;
    snprintf(url, sizeof(url), "https%s", server_url("FAULT_HTTP", "/bytes/10") + 4);
    operation = download_new(NULL, url, "a.bin");
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult((HRESULT)0x80072F7D, error);
    check_last_release_soon(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(get_status_knows_every_row),
    cmocka_unit_test(get_status_wants_a_place_for_it),
    cmocka_unit_test(each_4xx_with_a_name),
    cmocka_unit_test(each_5xx_with_a_name),
    cmocka_unit_test(codes_without_a_name),
    cmocka_unit_test(redirections_that_cannot_be_followed),
    cmocka_unit_test(other_2xx_are_success),
    cmocka_unit_test(the_error_has_a_text),
    cmocka_unit_test(nobody_listens),
    cmocka_unit_test(the_name_does_not_resolve),
    cmocka_unit_test(no_connection_in_time),
    cmocka_unit_test(no_answer_in_time),
    cmocka_unit_test(no_byte_in_time),
    cmocka_unit_test(answers_that_are_no_http),
    cmocka_unit_test(connections_that_end_early),
    cmocka_unit_test(connections_that_are_reset),
    cmocka_unit_test(a_partial_file_stays),
    cmocka_unit_test(plain_http_where_tls_was_expected),
};

TEST_MAIN(tests)
