/* SPDX-License-Identifier: MIT */
/*
 * Every call in every state: what is allowed, and that what is not changes nothing and answers
 * E_ILLEGAL_METHOD_CALL. And what a client can read in every state that has nothing but
 * IBackgroundTransferOperation. The tables are those of docs/states.md.
 */
#include "watch.h"

#include <stdio.h>
#include <string.h>

#include <oleauto.h>
#include <windows.web.h>
#include <winstring.h>

#include "environment.h"
#include "strings_ring.h"

#define HELD     400000
#define NO_ROUTE "http://192.0.2.1/never" /* an address of documentation, RFC 5737 */
#define GROUP    "the group"

enum state {
    CREATED,
    QUEUED,
    RUNNING,
    PAUSED,
    OFFLINE,
    COSTED,
    PARKED,
    COMPLETED,
    CANCELED,
    FAILED,
    STATES
};

/* A download in a state, and what belongs to it. */
struct subject {
    IDownloadOperation *operation;
    download_async *async; /* NULL: not started */
};

static IBackgroundDownloader *downloader_of_group(void)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);

    check_ok(IBackgroundTransferBase_put_Group(base, string_of(GROUP)));
    check_ok(IBackgroundTransferBase_put_CostPolicy(base,
                                                    BackgroundTransferCostPolicy_UnrestrictedOnly));
    release_ref(base);
    return downloader;
}

static void list_forbidden(IDownloadOperation *operation)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IVector_WebErrorStatus *statuses = NULL;

    check_ok(IDownloadOperation3_get_RecoverableWebErrorStatuses(third, &statuses));
    check_ok(IVector_WebErrorStatus_Append(statuses, WebErrorStatus_Forbidden));
    release_ref(statuses);
    release_ref(third);
}

static void wait_for_status(IDownloadOperation *operation, BackgroundTransferStatus status)
{
    struct test_event never;

    test_event_init(&never);
    for (int left = TEST_WAIT_MS / 5; progress_of(operation).Status != status; left--) {
        if (!left)
            print_error("status %d\n", (int)progress_of(operation).Status);
        assert_int_not_equal(left, 0);
        test_event_wait(&never, 5);
    }
    test_event_destroy(&never);
}

static void wait_for_bytes(IDownloadOperation *operation)
{
    struct test_event never;

    test_event_init(&never);
    for (int left = TEST_WAIT_MS / 5; progress_of(operation).BytesReceived < HELD; left--) {
        assert_int_not_equal(left, 0);
        test_event_wait(&never, 5);
    }
    test_event_destroy(&never);
}

/* How each state is reached: from where, and by what. */
static const struct {
    const char *name;
    const char *url; /* of the fault server, with "?" or "&" for the token; NULL: NO_ROUTE */
    const char *variable, *value; /* of the environment */
    BackgroundTransferStatus status;
    bool blocked; /* another one has the only slot */
} states[STATES] = {
    [CREATED] = { .name = "created",
                  .url = "/bytes/1000?",
                  .status = BackgroundTransferStatus_Idle },
    [QUEUED] = { .name = "queued",
                 .url = "/bytes/1000?",
                 .variable = "WINRT_MAX_TRANSFERS",
                 .value = "1",
                 .status = BackgroundTransferStatus_Idle,
                 .blocked = true },
    [RUNNING] = { .name = "running",
                  .url = "/script/1000000?steps=hold:400000&",
                  .status = BackgroundTransferStatus_Running },
    [PAUSED] = { .name = "paused",
                 .url = "/script/1000000?steps=hold:400000&",
                 .status = BackgroundTransferStatus_PausedByApplication },
    [OFFLINE] = { .name = "offline",
                  .variable = "WINRT_NETWORK_STATE",
                  .value = "offline",
                  .status = BackgroundTransferStatus_PausedNoNetwork },
    [COSTED] = { .name = "costed",
                 .variable = "WINRT_NETWORK_STATE",
                 .value = "metered",
                 .status = BackgroundTransferStatus_PausedCostedNetwork },
    [PARKED] = { .name = "parked",
                 .url = "/status/403?",
                 .status = BackgroundTransferStatus_PausedRecoverableWebErrorStatus },
    [COMPLETED] = { .name = "completed",
                    .url = "/bytes/1000?",
                    .status = BackgroundTransferStatus_Completed },
    [CANCELED] = { .name = "canceled",
                   .url = "/script/1000000?steps=hold:400000&",
                   .status = BackgroundTransferStatus_Canceled },
    [FAILED] = { .name = "failed",
                 .url = "/status/404?",
                 .status = BackgroundTransferStatus_Error },
};

static struct watch blocker;

static void prepare(enum state state)
{
    if (states[state].variable)
        test_setenv(states[state].variable, states[state].value);
    if (!states[state].blocked)
        return;
    watch_script(&blocker, "blocker", "steps=hold:400000");
    watch_for_bytes(&blocker, HELD);
}

static void finish(enum state state)
{
    if (!states[state].blocked)
        return;
    script_control(&blocker, "release");
    assert_int_equal(watch_end(&blocker, NULL), Completed);
    watch_close(&blocker);
}

static void reach(struct subject *subject, enum state state)
{
    static unsigned number;
    IBackgroundDownloader *downloader = downloader_of_group();
    const char *token = test_token(ring_format("%s%u", states[state].name, number++));
    const char *url = states[state].url
                          ? server_url("FAULT_HTTP", "%stoken=%s", states[state].url, token)
                          : NO_ROUTE;

    memset(subject, 0, sizeof(*subject));
    subject->operation = download_new(downloader, url, "a.bin");
    check_last_release(downloader);
    if (state == CREATED)
        return;
    if (state == PARKED)
        list_forbidden(subject->operation);
    subject->async = download_start(subject->operation);
    if (state == PAUSED || state == CANCELED)
        wait_for_bytes(subject->operation);
    if (state == PAUSED)
        check_ok(IDownloadOperation_Pause(subject->operation));
    if (state == CANCELED)
        operation_cancel(subject->async);
    wait_for_status(subject->operation, states[state].status);
}

/* Ends it if need be, and gives everything up. */
static void leave(struct subject *subject)
{
    if (subject->async) {
        operation_cancel(subject->async);
        assert_int_not_equal(await_with_progress(subject->async), Started);
    }
    release_ref(subject->async);
    check_last_release_soon(subject->operation);
}

/* The calls */

static HRESULT call_start(struct subject *subject)
{
    download_async *async = NULL;
    HRESULT hr = IDownloadOperation_StartAsync(subject->operation, &async);

    assert_int_equal(async != NULL, SUCCEEDED(hr));
    if (!subject->async)
        subject->async = async;
    else
        release_ref(async);
    return hr;
}

static HRESULT call_attach(struct subject *subject)
{
    download_async *async = NULL;
    HRESULT hr = IDownloadOperation_AttachAsync(subject->operation, &async);

    assert_int_equal(async != NULL, SUCCEEDED(hr));
    release_ref(async);
    return hr;
}

static HRESULT call_pause(struct subject *subject)
{
    return IDownloadOperation_Pause(subject->operation);
}

static HRESULT call_resume(struct subject *subject)
{
    return IDownloadOperation_Resume(subject->operation);
}

static HRESULT call_put_uri(struct subject *subject)
{
    IDownloadOperation3 *third = query(subject->operation, &IID_IDownloadOperation3);
    IUriRuntimeClass *uri = uri_new("http://127.0.0.1:1/other");
    HRESULT hr = IDownloadOperation3_put_RequestedUri(third, uri);

    release_ref(uri);
    release_ref(third);
    return hr;
}

static HRESULT call_put_random_access(struct subject *subject)
{
    IDownloadOperation3 *third = query(subject->operation, &IID_IDownloadOperation3);
    HRESULT hr = IDownloadOperation3_put_IsRandomAccessRequired(third, TRUE);

    release_ref(third);
    return hr;
}

static HRESULT call_set_header(struct subject *subject)
{
    IDownloadOperation5 *fifth = query(subject->operation, &IID_IDownloadOperation5);
    HRESULT hr = IDownloadOperation5_SetRequestHeader(fifth, string_of("X-New"), string_of("1"));

    release_ref(fifth);
    return hr;
}

static HRESULT call_remove_header(struct subject *subject)
{
    IDownloadOperation5 *fifth = query(subject->operation, &IID_IDownloadOperation5);
    HRESULT hr = IDownloadOperation5_RemoveRequestHeader(fifth, string_of("X-Absent"));

    release_ref(fifth);
    return hr;
}

static HRESULT call_put_priority(struct subject *subject)
{
    IBackgroundTransferOperationPriority *priority =
        query(subject->operation, &IID_IBackgroundTransferOperationPriority);
    HRESULT hr =
        IBackgroundTransferOperationPriority_put_Priority(priority, BackgroundTransferPriority_Low);

    release_ref(priority);
    return hr;
}

static HRESULT call_put_cost_policy(struct subject *subject)
{
    IBackgroundTransferOperation *common =
        query(subject->operation, &IID_IBackgroundTransferOperation);
    HRESULT hr =
        IBackgroundTransferOperation_put_CostPolicy(common,
                                                    BackgroundTransferCostPolicy_UnrestrictedOnly);

    release_ref(common);
    return hr;
}

static HRESULT call_make_current(struct subject *subject)
{
    IDownloadOperation4 *fourth = query(subject->operation, &IID_IDownloadOperation4);
    HRESULT hr = IDownloadOperation4_MakeCurrentInTransferGroup(fourth);

    release_ref(fourth);
    return hr;
}

/* In the order of enum state: x where it is allowed. */
static const struct call {
    const char *name;
    HRESULT (*call)(struct subject *subject);
    const char *allowed;
} calls[] = {
    { "StartAsync", call_start, "x---------" },
    { "AttachAsync", call_attach, "-xxxxxxxxx" },
    { "Pause", call_pause, "-xx-xxx---" },
    { "Resume", call_resume, "---x--x---" },
    { "RequestedUri =", call_put_uri, "x--x--x---" },
    { "IsRandomAccessRequired =", call_put_random_access, "x---------" },
    { "SetRequestHeader", call_set_header, "xxxxxxx---" },
    { "RemoveRequestHeader", call_remove_header, "xxxxxxx---" },
    { "Priority =", call_put_priority, "xxxxxxxxxx" },
    { "CostPolicy =", call_put_cost_policy, "xxxxxxxxxx" },
    { "MakeCurrentInTransferGroup", call_make_current, "xxxxxxxxxx" },
};

static void check_calls(enum state state)
{
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        HRESULT expected = calls[i].allowed[state] == 'x' ? S_OK : E_ILLEGAL_METHOD_CALL;
        struct subject subject;
        HRESULT hr;

        reach(&subject, state);
        hr = calls[i].call(&subject);
        if (hr != expected)
            print_error("%s in state %s\n", calls[i].name, states[state].name);
        check_hresult(expected, hr);
        if (FAILED(hr))
            assert_int_equal(progress_of(subject.operation).Status, states[state].status);
        leave(&subject);
    }
}

/* Through the one interface. */
static void check_readable(enum state state)
{
    struct subject subject;
    IBackgroundTransferOperation *only;
    BackgroundTransferCostPolicy policy;
    IResponseInformation *information = (void *)1;
    IInputStream *stream = NULL;
    IUriRuntimeClass *uri = NULL;
    HSTRING method = NULL, group = NULL;
    GUID guid = { 0 };
    static const GUID none;

    reach(&subject, state);
    only = query(subject.operation, &IID_IBackgroundTransferOperation);
    check_ok(IBackgroundTransferOperation_get_Guid(only, &guid));
    assert_false(IsEqualGUID(&guid, &none));
    check_ok(IBackgroundTransferOperation_get_RequestedUri(only, &uri));
    assert_non_null(uri);
    check_ok(IBackgroundTransferOperation_get_Method(only, &method));
    check_string("GET", method);
    check_ok(IBackgroundTransferOperation_get_Group(only, &group));
    check_string(GROUP, group);
    check_ok(IBackgroundTransferOperation_get_CostPolicy(only, &policy));
    assert_int_equal(policy, BackgroundTransferCostPolicy_UnrestrictedOnly);
    check_ok(IBackgroundTransferOperation_GetResultStreamAt(only, 0, &stream));
    assert_non_null(stream);
    check_ok(IBackgroundTransferOperation_GetResponseInformation(only, &information));
    /* There is one as soon as there was an answer. */
    if (state == CREATED || state == QUEUED || state == OFFLINE || state == COSTED)
        assert_null(information);
    else if (state != RUNNING)
        assert_non_null(information);
    release_ref(information);
    release_ref(stream);
    release_ref(uri);
    release_ref(only);
    leave(&subject);
}

static void check_state(enum state state)
{
    prepare(state);
    check_calls(state);
    check_readable(state);
    finish(state);
}

#define STATE_TEST(name, state)     \
    static void name(void **unused) \
    {                               \
        (void)unused;               \
        check_state(state);         \
    }

STATE_TEST(before_the_start, CREATED)
STATE_TEST(while_it_waits_for_a_slot, QUEUED)
STATE_TEST(while_it_runs, RUNNING)
STATE_TEST(while_it_is_paused, PAUSED)
STATE_TEST(without_a_network, OFFLINE)
STATE_TEST(while_the_network_costs, COSTED)
STATE_TEST(after_a_recoverable_error, PARKED)
STATE_TEST(when_it_is_complete, COMPLETED)
STATE_TEST(when_it_was_cancelled, CANCELED)
STATE_TEST(when_it_has_failed, FAILED)

/* What is refused says why. */
static void refusals_have_a_text(void **state)
{
    static const struct {
        enum state state;
        HRESULT (*call)(struct subject *subject);
        const char *text;
    } rows[] = {
        { CREATED, call_pause, "The download has not been started" },
        { CREATED, call_attach, "The download has not been started" },
        { PAUSED, call_pause, "The download is paused already" },
        { RUNNING, call_resume, "The download is not paused: it runs" },
        { COMPLETED, call_resume, "The download is complete" },
        { CANCELED, call_pause, "The download has been cancelled" },
        { FAILED, call_set_header, "The download has ended and sends no more request headers" },
        { RUNNING, call_start, "The transfer has been started before" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct subject subject;
        IErrorInfo *info = NULL;
        HSTRING string = NULL;
        BSTR text = NULL;

        reach(&subject, rows[i].state);
        SetErrorInfo(0, NULL);
        check_hresult(E_ILLEGAL_METHOD_CALL, rows[i].call(&subject));
        check_hresult(S_OK, GetErrorInfo(0, &info));
        check_ok(IErrorInfo_GetDescription(info, &text));
        check_ok(WindowsCreateString(text, SysStringLen(text), &string));
        check_string(rows[i].text, string);
        SysFreeString(text);
        release_ref(info);
        leave(&subject);
    }
}

/* None was ever started, and nothing is left of them. */
static void a_thousand_that_nobody_starts(void **state)
{
    enum {
        COUNT = 1000
    };
    static IDownloadOperation *operations[COUNT];
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/10"));
    IStorageFile *file = file_new("a.bin");

    (void)state;
    for (int i = 0; i < COUNT; i++)
        check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operations[i]));
    for (int i = 0; i < COUNT; i++)
        check_last_release(operations[i]);
    check_last_release(downloader);
    check_last_release(uri);
    check_last_release(file);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(before_the_start),
    cmocka_unit_test(while_it_waits_for_a_slot),
    cmocka_unit_test(while_it_runs),
    cmocka_unit_test(while_it_is_paused),
    cmocka_unit_test(without_a_network),
    cmocka_unit_test(while_the_network_costs),
    cmocka_unit_test(after_a_recoverable_error),
    cmocka_unit_test(when_it_is_complete),
    cmocka_unit_test(when_it_was_cancelled),
    cmocka_unit_test(when_it_has_failed),
    cmocka_unit_test(refusals_have_a_text),
    cmocka_unit_test(a_thousand_that_nobody_starts),
};

TEST_MAIN(tests)
