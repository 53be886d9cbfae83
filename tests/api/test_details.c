/* SPDX-License-Identifier: MIT */
/* IDownloadOperationDetails, the project's own interface: why a download waits and for how long,
 * how fast it is, what failed last, and the app's tag. */
#include "watch.h"

#include <stdlib.h>
#include <string.h>

#include <winrt.backgroundtransfer.h>
#include <winstring.h>

#include "environment.h"
#include "src/port/clock.h"

/* What all of it says at once. */
struct details {
    UINT64 speed;
    INT64 left; /* ticks; -1: NULL */
    DownloadWaitReason reason;
    UINT32 position;
    INT64 retry; /* 0: NULL */
    UINT32 attempts;
    HRESULT error;
    const char *message;
};

static struct details details_of(IDownloadOperation *operation)
{
    IDownloadOperationDetails *own = query(operation, &IID_IDownloadOperationDetails);
    struct details details = { .left = -1, .speed = 7, .position = 7, .attempts = 7, .error = 7 };
    IReference_TimeSpan *left = (void *)1;
    IReference_DateTime *retry = (void *)1;
    HSTRING message = (void *)1;

    check_ok(IDownloadOperationDetails_get_BytesPerSecond(own, &details.speed));
    check_ok(IDownloadOperationDetails_get_TimeRemaining(own, &left));
    if (left) {
        TimeSpan value = { -1 };

        check_ok(IReference_TimeSpan_get_Value(left, &value));
        details.left = value.Duration;
        check_last_release(left);
    }
    check_ok(IDownloadOperationDetails_get_WaitReason(own, &details.reason));
    check_ok(IDownloadOperationDetails_get_QueuePosition(own, &details.position));
    check_ok(IDownloadOperationDetails_get_RetryTime(own, &retry));
    if (retry) {
        DateTime value = { 0 };

        check_ok(IReference_DateTime_get_Value(retry, &value));
        details.retry = value.UniversalTime;
        check_last_release(retry);
    }
    check_ok(IDownloadOperationDetails_get_Attempts(own, &details.attempts));
    check_ok(IDownloadOperationDetails_get_LastError(own, &details.error));
    check_ok(IDownloadOperationDetails_get_LastErrorMessage(own, &message));
    details.message = string_text(message);
    string_delete(message);
    release_ref(own);
    return details;
}

/* Until it waits for that; the watch's notifications, or its time limit, tell when to look. */
static struct details wait_for_reason(struct watch *watch, DownloadWaitReason reason)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    struct details details = details_of(watch->operation);

    while (details.reason != reason) {
        if (clock_monotonic_ns() > deadline)
            fail_msg("it waits for %d, not for %d", (int)details.reason, (int)reason);
        recorder_wait_for(watch->progress, recorder_count(watch->progress) + 1, 10);
        details = details_of(watch->operation);
    }
    return details;
}

static void cancel_and_close(struct watch *watch)
{
    operation_cancel(watch->async);
    assert_int_equal(watch_end(watch, NULL), Canceled);
    watch_close(watch);
}

static void before_the_start_there_is_nothing(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    struct details details = details_of(operation);

    (void)state;
    assert_int_equal(details.speed, 0);
    assert_int_equal(details.left, -1);
    assert_int_equal(details.reason, DownloadWaitReason_None);
    assert_int_equal(details.position, 0);
    assert_int_equal(details.retry, 0);
    assert_int_equal(details.attempts, 0);
    check_ok(details.error);
    assert_string_equal(details.message, "");
    check_last_release(operation);
}

static void after_the_end_it_tells_what_it_took(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    struct details details;

    (void)state;
    assert_int_equal(download_run(operation, NULL), Completed);
    details = details_of(operation);
    assert_int_equal(details.speed, 0);
    assert_int_equal(details.left, -1);
    assert_int_equal(details.reason, DownloadWaitReason_None);
    assert_int_equal(details.attempts, 1);
    check_ok(details.error);
    check_last_release_soon(operation);
}

/* At 400,000 bytes a second, a second and more. */
static void speed_and_time_left(void **state)
{
    struct watch watch;
    struct details details;
    uint64_t deadline = test_deadline(TEST_WAIT_MS);

    (void)state;
    watch_script(&watch, "speed", "rate=400000");
    do {
        recorder_wait_for(watch.progress, recorder_count(watch.progress) + 1, 100);
        details = details_of(watch.operation);
        assert_true(clock_monotonic_ns() < deadline);
    } while ((!details.speed || details.left < 0) &&
             progress_of(watch.operation).Status < BackgroundTransferStatus_Completed);
    assert_in_range(details.speed, 50000, 4000000);
    assert_in_range(details.left, 0, INT64_C(20) * 10000000);
    assert_int_equal(details.reason, DownloadWaitReason_None);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

static void places_in_the_queue(void **state)
{
    enum {
        COUNT = 3
    };
    struct watch running, waiting[COUNT];

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    watch_script(&running, "running", "steps=hold:1000");
    script_control(&running, "held");
    for (int i = 0; i < COUNT; i++)
        watch_script(&waiting[i], i ? i > 1 ? "two" : "one" : "zero", "");
    for (int i = 0; i < COUNT; i++) {
        struct details details = wait_for_reason(&waiting[i], DownloadWaitReason_Queue);
        uint64_t deadline = test_deadline(TEST_WAIT_MS);

        while (details.position != (UINT32)i && clock_monotonic_ns() < deadline) {
            recorder_wait_for(waiting[i].progress, 1, 10);
            details = details_of(waiting[i].operation);
        }
        assert_int_equal(details.position, i);
        assert_int_equal(details.attempts, 0);
        assert_int_equal(progress_of(waiting[i].operation).Status, BackgroundTransferStatus_Idle);
    }
    script_control(&running, "release");
    assert_int_equal(watch_end(&running, NULL), Completed);
    watch_close(&running);
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(watch_end(&waiting[i], NULL), Completed);
        watch_close(&waiting[i]);
    }
}

static void when_it_is_tried_again(void **state)
{
    struct watch watch;
    struct details details;
    INT64 now = clock_universal_time();

    (void)state;
    test_setenv("WINRT_RETRY_BASE_MS", "60000");
    watch_script(&watch, "retry", "steps=status:503");
    details = wait_for_reason(&watch, DownloadWaitReason_Retry);
    assert_true(details.retry > now);
    assert_int_equal(details.attempts, 1);
    check_hresult((HRESULT)0x801901F7, details.error);
    assert_int_equal(web_status(details.error), WebErrorStatus_ServiceUnavailable);
    assert_string_not_equal(details.message, "");
    assert_int_equal(details.left, -1);
    cancel_and_close(&watch);
}

static void when_the_server_wants_it(void **state)
{
    struct watch watch;
    struct details details;
    INT64 now = clock_universal_time();

    (void)state;
    watch_script(&watch, "server", "steps=status:503:30");
    details = wait_for_reason(&watch, DownloadWaitReason_Server);
    assert_in_range(details.retry - now, INT64_C(25) * 10000000, INT64_C(60) * 10000000);
    assert_int_equal(details.attempts, 1);
    cancel_and_close(&watch);
}

/* The last error stays to be read when it was overcome. */
static void what_was_overcome(void **state)
{
    struct watch watch;
    struct details details;

    (void)state;
    retry_at_once();
    watch_script(&watch, "overcome", "steps=status:503*2,ok");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    details = details_of(watch.operation);
    assert_int_equal(details.reason, DownloadWaitReason_None);
    assert_int_equal(details.attempts, 3);
    assert_int_equal(details.retry, 0);
    check_hresult((HRESULT)0x801901F7, details.error);
    watch_close(&watch);
}

static void what_it_failed_with(void **state)
{
    struct watch watch;
    struct details details;
    HRESULT error;

    (void)state;
    watch_script(&watch, "failed", "steps=status:404");
    assert_int_equal(watch_end(&watch, &error), Error);
    details = details_of(watch.operation);
    check_hresult(error, details.error);
    check_hresult((HRESULT)0x80190194, details.error);
    assert_non_null(strstr(details.message, "404"));
    watch_close(&watch);
}

/* No request is made: the address belongs to nobody (RFC 5737). */
static void watch_elsewhere(struct watch *watch, BackgroundTransferCostPolicy policy)
{
    IBackgroundTransferOperation *common;

    watch_create(watch, NULL, "elsewhere", "http://192.0.2.1/a");
    common = query(watch->operation, &IID_IBackgroundTransferOperation);
    check_ok(IBackgroundTransferOperation_put_CostPolicy(common, policy));
    release_ref(common);
    watch_start(watch);
}

static void without_a_network(void **state)
{
    struct watch watch;
    struct details details;

    (void)state;
    test_setenv("WINRT_NETWORK_STATE", "offline");
    watch_elsewhere(&watch, BackgroundTransferCostPolicy_Default);
    details = wait_for_reason(&watch, DownloadWaitReason_NoNetwork);
    assert_int_equal(details.attempts, 0);
    cancel_and_close(&watch);
}

static void on_a_network_that_costs(void **state)
{
    struct watch watch;
    struct details details;

    (void)state;
    test_setenv("WINRT_NETWORK_STATE", "metered");
    watch_elsewhere(&watch, BackgroundTransferCostPolicy_UnrestrictedOnly);
    details = wait_for_reason(&watch, DownloadWaitReason_Cost);
    assert_int_equal(details.attempts, 0);
    cancel_and_close(&watch);
}

static void paused_by_the_app(void **state)
{
    struct watch watch;
    struct details details;

    (void)state;
    watch_script(&watch, "paused", "steps=hold:1000,ok");
    script_control(&watch, "held");
    watch_pause(&watch);
    details = details_of(watch.operation);
    assert_int_equal(details.reason, DownloadWaitReason_Application);
    assert_int_equal(details.speed, 0);
    assert_int_equal(details.left, -1);
    assert_int_equal(details.retry, 0);
    script_control(&watch, "release");
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

static void check_tag(const char *expected, IDownloadOperationDetails *own)
{
    HSTRING tag = (void *)1;
    INT32 order = 1;

    check_ok(IDownloadOperationDetails_get_Tag(own, &tag));
    check_ok(WindowsCompareStringOrdinal(string_of(expected), tag, &order));
    assert_int_equal(order, 0);
    string_delete(tag);
}

static void the_tag_is_the_apps(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    IDownloadOperationDetails *own = query(operation, &IID_IDownloadOperationDetails);
    char *text = calloc(1, 4098);

    (void)state;
    check_tag("", own);
    check_ok(IDownloadOperationDetails_put_Tag(own, string_of("episode 17 – äöü")));
    check_tag("episode 17 – äöü", own);
    assert_int_equal(download_run(operation, NULL), Completed);
    check_tag("episode 17 – äöü", own);
    check_ok(IDownloadOperationDetails_put_Tag(own, NULL));
    check_tag("", own);

    memset(text, 'x', 4096);
    check_ok(IDownloadOperationDetails_put_Tag(own, string_of(text)));
    check_tag(text, own);
    memset(text, 'y', 4097);
    check_hresult(E_INVALIDARG, IDownloadOperationDetails_put_Tag(own, string_of(text)));
    memset(text, 'x', 4097);
    text[4096] = 0;
    check_tag(text, own);
    free(text);
    release_ref(own);
    check_last_release_soon(operation);
}

static void a_tag_is_text(void **state)
{
    static const WCHAR half[] = { 'a', 0xd800, 'b' }, nul[] = { 'a', 0, 'b' };
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    IDownloadOperationDetails *own = query(operation, &IID_IDownloadOperationDetails);
    HSTRING string = NULL;

    (void)state;
    check_ok(WindowsCreateString(half, 3, &string));
    check_hresult(E_INVALIDARG, IDownloadOperationDetails_put_Tag(own, string));
    WindowsDeleteString(string);
    check_ok(WindowsCreateString(nul, 3, &string));
    check_hresult(E_INVALIDARG, IDownloadOperationDetails_put_Tag(own, string));
    WindowsDeleteString(string);
    check_tag("", own);
    release_ref(own);
    check_last_release(operation);
}

/* Known to those who ask, and not listed: who enumerates finds what the documentation names. */
static void it_is_asked_for(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    IDownloadOperationDetails *own = query(operation, &IID_IDownloadOperationDetails);
    ULONG count = 0;
    IID *iids = NULL;

    (void)state;
    check_same_object(operation, own);
    check_ok(IDownloadOperationDetails_GetIids(own, &count, &iids));
    assert_int_not_equal(count, 0);
    for (ULONG i = 0; i < count; i++)
        assert_false(IsEqualGUID(&iids[i], &IID_IDownloadOperationDetails));
    CoTaskMemFree(iids);
    release_ref(own);
    check_last_release(operation);
}

/* Programs that were built with it rely on that. */
static void it_never_changes(void **state)
{
    static const GUID iid = {
        0x63a194cf, 0x1e6c, 0x4282, { 0x99, 0x1f, 0x4f, 0x1f, 0x87, 0xc2, 0x1a, 0x50 }
    };
    static const size_t slots[] = {
        offsetof(IDownloadOperationDetailsVtbl, get_BytesPerSecond),
        offsetof(IDownloadOperationDetailsVtbl, get_TimeRemaining),
        offsetof(IDownloadOperationDetailsVtbl, get_WaitReason),
        offsetof(IDownloadOperationDetailsVtbl, get_QueuePosition),
        offsetof(IDownloadOperationDetailsVtbl, get_RetryTime),
        offsetof(IDownloadOperationDetailsVtbl, get_Attempts),
        offsetof(IDownloadOperationDetailsVtbl, get_LastError),
        offsetof(IDownloadOperationDetailsVtbl, get_LastErrorMessage),
        offsetof(IDownloadOperationDetailsVtbl, get_Tag),
        offsetof(IDownloadOperationDetailsVtbl, put_Tag),
    };
    static const DownloadWaitReason reasons[] = {
        DownloadWaitReason_None,        DownloadWaitReason_Queue,     DownloadWaitReason_Retry,
        DownloadWaitReason_Server,      DownloadWaitReason_NoNetwork, DownloadWaitReason_Cost,
        DownloadWaitReason_Application, DownloadWaitReason_DiskFull,
    };

    (void)state;
    assert_true(IsEqualGUID(&iid, &IID_IDownloadOperationDetails));
    for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++)
        assert_int_equal(slots[i], (6 + i) * sizeof(void *));
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        assert_int_equal(reasons[i], i);
}

static void null_pointers_are_refused(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    IDownloadOperationDetails *own = query(operation, &IID_IDownloadOperationDetails);

    (void)state;
    check_hresult(E_POINTER, IDownloadOperationDetails_get_BytesPerSecond(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_TimeRemaining(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_WaitReason(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_QueuePosition(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_RetryTime(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_Attempts(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_LastError(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_LastErrorMessage(own, NULL));
    check_hresult(E_POINTER, IDownloadOperationDetails_get_Tag(own, NULL));
    release_ref(own);
    check_last_release(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(before_the_start_there_is_nothing),
    cmocka_unit_test(after_the_end_it_tells_what_it_took),
    cmocka_unit_test(speed_and_time_left),
    cmocka_unit_test(places_in_the_queue),
    cmocka_unit_test(when_it_is_tried_again),
    cmocka_unit_test(when_the_server_wants_it),
    cmocka_unit_test(what_was_overcome),
    cmocka_unit_test(what_it_failed_with),
    cmocka_unit_test(without_a_network),
    cmocka_unit_test(on_a_network_that_costs),
    cmocka_unit_test(paused_by_the_app),
    cmocka_unit_test(the_tag_is_the_apps),
    cmocka_unit_test(a_tag_is_text),
    cmocka_unit_test(it_is_asked_for),
    cmocka_unit_test(it_never_changes),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
