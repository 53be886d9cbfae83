/* SPDX-License-Identifier: MIT */
/*
 * Addresses that expire: RecoverableWebErrorStatuses, CurrentWebErrorStatus, RequestedUri and
 * Resume. The server is that of scenario 6 of Microsoft's sample.
 */
#include "watch.h"

#include <stdio.h>
#include <string.h>

#include <windows.web.h>

#include "environment.h"

#define PARKED BackgroundTransferStatus_PausedRecoverableWebErrorStatus
#define HALF   (SCRIPT_SIZE / 2 + 1) /* after which the server cuts the connection */

#define FIRST "GET - -\n"
#define REST  "GET bytes=500001- Mon, 02 Sep 2024 08:00:00 GMT\n"

static void list_status(IDownloadOperation *operation, WebErrorStatus status)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IVector_WebErrorStatus *statuses = NULL;

    check_ok(IDownloadOperation3_get_RecoverableWebErrorStatuses(third, &statuses));
    check_ok(IVector_WebErrorStatus_Append(statuses, status));
    release_ref(statuses);
    release_ref(third);
}

/* 0: there is none. */
static WebErrorStatus current_status(IDownloadOperation *operation)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IReference_WebErrorStatus *reference = NULL;
    WebErrorStatus status = WebErrorStatus_Unknown;

    check_ok(IDownloadOperation3_get_CurrentWebErrorStatus(third, &reference));
    if (reference)
        check_ok(IReference_WebErrorStatus_get_Value(reference, &status));
    release_ref(reference);
    release_ref(third);
    return status;
}

static HRESULT set_url(IDownloadOperation *operation, const char *url)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IUriRuntimeClass *uri = uri_new(url);
    HRESULT hr = IDownloadOperation3_put_RequestedUri(third, uri);

    IUriRuntimeClass_Release(uri);
    release_ref(third);
    return hr;
}

static const char *requested_url(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IUriRuntimeClass *uri = NULL;
    const char *text;

    check_ok(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    text = uri_text(uri);
    IUriRuntimeClass_Release(uri);
    release_ref(common);
    return text;
}

static const char *expiring_url(const char *name, bool expires)
{
    return server_url("FAULT_HTTP", "/expiring/%d?token=%s%s", SCRIPT_SIZE, test_token(name),
                      expires ? "&shouldExpire=yes" : "");
}

/* Started with an address that expires at half; parked then. */
static void park(struct watch *watch, const char *name)
{
    retry_at_once();
    watch_create(watch, NULL, name, expiring_url(name, true));
    list_status(watch->operation, WebErrorStatus_Forbidden);
    watch_start(watch);
    watch_for_status(watch, PARKED);
}

static void a_listed_status_parks_the_transfer(void **state)
{
    struct watch watch;

    (void)state;
    park(&watch, "park");
    assert_int_equal(current_status(watch.operation), WebErrorStatus_Forbidden);
    assert_int_equal(operation_status(watch.async), Started);
    assert_int_equal(progress_of(watch.operation).BytesReceived, HALF);
    check_pattern_file(test_path(watch.file), HALF);
    check_requests(&watch, FIRST REST);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    assert_int_equal(progress_of(watch.operation).Status, BackgroundTransferStatus_Canceled);
    assert_int_equal(current_status(watch.operation), 0);
    check_pattern_file(test_path(watch.file), HALF);
    watch_close(&watch);
}

/* "Without random access the body always restarts from zero" at a new address. */
static void a_new_address_begins_at_zero(void **state)
{
    struct watch watch;
    const char *clean;

    (void)state;
    park(&watch, "renew");
    clean = expiring_url("renew", false);
    check_ok(set_url(watch.operation, clean));
    assert_string_equal(requested_url(watch.operation), clean);
    assert_int_equal(progress_of(watch.operation).Status, PARKED);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST REST FIRST);
    assert_int_equal(watch_restarts(&watch), 1);
    assert_int_equal(current_status(watch.operation), 0);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    check_statuses(&watch, "Running PausedRecoverableWebErrorStatus", "Completed");
    watch_close(&watch);
}

static void without_a_list_it_fails(void **state)
{
    struct watch watch;
    HRESULT error;

    (void)state;
    retry_at_once();
    watch_create(&watch, NULL, "unlisted", expiring_url("unlisted", true));
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, &error), Error);
    check_hresult((HRESULT)0x80190193, error);
    assert_int_equal(web_status(error), WebErrorStatus_Forbidden);
    check_pattern_file(test_path(watch.file), HALF);
    watch_close(&watch);
}

static void another_status_of_the_list_does_not_help(void **state)
{
    struct watch watch;
    HRESULT error;

    (void)state;
    retry_at_once();
    watch_create(&watch, NULL, "other", expiring_url("other", true));
    list_status(watch.operation, WebErrorStatus_NotFound);
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, &error), Error);
    check_hresult((HRESULT)0x80190193, error);
    watch_close(&watch);
}

/* The app has renewed nothing, or something outside: the same address once more. */
static void resumed_as_it_is_it_asks_again(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    watch_create(&watch, NULL, "same",
                 script_url("same", "steps=cut:400000,status:403*2,ok&etag=none"));
    list_status(watch.operation, WebErrorStatus_Forbidden);
    watch_start(&watch);
    watch_for_status(&watch, PARKED);
    watch_resume(&watch);
    script_control(&watch, "arrived?count=3");
    watch_for_status(&watch, PARKED);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(request_count(&watch), 4);
    assert_int_equal(watch_restarts(&watch), 0);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

/* What would be tried again else is the app's to decide. */
static void a_listed_status_is_not_retried(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    watch_create(&watch, NULL, "busy", script_url("busy", "steps=status:503,ok"));
    list_status(watch.operation, WebErrorStatus_ServiceUnavailable);
    watch_start(&watch);
    watch_for_status(&watch, PARKED);
    assert_int_equal(current_status(watch.operation), WebErrorStatus_ServiceUnavailable);
    assert_int_equal(request_count(&watch), 1);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void errors_of_the_connection_can_be_listed(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    watch_create(&watch, NULL, "connect", server_url("CLOSED_HTTP", "/a"));
    list_status(watch.operation, WebErrorStatus_CannotConnect);
    watch_start(&watch);
    watch_for_status(&watch, PARKED);
    assert_int_equal(current_status(watch.operation), WebErrorStatus_CannotConnect);
    check_ok(set_url(watch.operation, server_url("FAULT_HTTP", "/bytes/1000")));
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), 1000);
    watch_close(&watch);
}

static void the_list_counts_when_the_error_comes(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    watch_script(&watch, "late", "steps=hold:400000,status:403");
    watch_for_bytes(&watch, 400000);
    list_status(watch.operation, WebErrorStatus_Forbidden);
    watch_pause(&watch);
    watch_resume(&watch);
    watch_for_status(&watch, PARKED);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    watch_close(&watch);
}

static void the_address_changes_only_while_paused(void **state)
{
    struct watch watch;
    char before[500];

    (void)state;
    watch_script(&watch, "address", "steps=hold:400000,ok");
    watch_for_bytes(&watch, 400000);
    snprintf(before, sizeof(before), "%s", requested_url(watch.operation));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  set_url(watch.operation, server_url("FAULT_HTTP", "/bytes/1")));
    assert_string_equal(requested_url(watch.operation), before);
    watch_pause(&watch);
    check_hresult(E_INVALIDARG, set_url(watch.operation, "gopher://localhost/a"));
    assert_string_equal(requested_url(watch.operation), before);
    check_ok(set_url(watch.operation, server_url("FAULT_HTTP", "/bytes/2000")));
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), 2000);
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  set_url(watch.operation, server_url("FAULT_HTTP", "/bytes/1")));
    assert_int_equal(watch_restarts(&watch), 1);
    watch_close(&watch);
}

/* As the sample does it: all in the progress handler that shows the status. */
struct renewal {
    char url[500];
    HRESULT put, resumed;
    WebErrorStatus status;
};

static void renew(void *context, const struct recorder_call *call)
{
    struct renewal *renewal = context;
    IDownloadOperation *operation = call->argument;
    BackgroundDownloadProgress progress;

    if (FAILED(IDownloadOperation_get_Progress(operation, &progress)) ||
        progress.Status != PARKED || renewal->resumed != E_FAIL)
        return;
    renewal->status = current_status(operation);
    renewal->put = set_url(operation, renewal->url);
    renewal->resumed = IDownloadOperation_Resume(operation);
}

static void all_of_it_can_be_done_in_the_handler(void **state)
{
    struct renewal renewal = { .put = E_FAIL, .resumed = E_FAIL };
    struct watch watch;

    (void)state;
    retry_at_once();
    snprintf(renewal.url, sizeof(renewal.url), "%s", expiring_url("handler", false));
    watch_create(&watch, NULL, "handler", expiring_url("handler", true));
    list_status(watch.operation, WebErrorStatus_Forbidden);
    recorder_on_call(watch.progress, renew, &renewal);
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(renewal.status, WebErrorStatus_Forbidden);
    check_ok(renewal.put);
    check_ok(renewal.resumed);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void what_is_parked_holds_no_slot(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    park(&watch, "slot");
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "b.bin");
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_listed_status_parks_the_transfer),
    cmocka_unit_test(a_new_address_begins_at_zero),
    cmocka_unit_test(without_a_list_it_fails),
    cmocka_unit_test(another_status_of_the_list_does_not_help),
    cmocka_unit_test(resumed_as_it_is_it_asks_again),
    cmocka_unit_test(a_listed_status_is_not_retried),
    cmocka_unit_test(errors_of_the_connection_can_be_listed),
    cmocka_unit_test(the_list_counts_when_the_error_comes),
    cmocka_unit_test(the_address_changes_only_while_paused),
    cmocka_unit_test(all_of_it_can_be_done_in_the_handler),
    cmocka_unit_test(what_is_parked_holds_no_slot),
};

TEST_MAIN(tests)
