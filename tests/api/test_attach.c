/* SPDX-License-Identifier: MIT */
/*
 * AttachAsync: several async objects for one transfer, each with handlers of its own; what one that
 * comes late learns; what happens to all when one is cancelled (DownloadOperation.AttachAsync).
 */
#include "watch.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "test_thread.h"

#define HELD 400000

#define async_put_Completed \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed
#define async_put_Progress \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress
#define async_GetResults IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults

static download_async *attach(IDownloadOperation *operation)
{
    download_async *async = NULL;

    check_ok(IDownloadOperation_AttachAsync(operation, &async));
    assert_non_null(async);
    return async;
}

/* One of several that follow a download. */
struct follower {
    download_async *async;
    struct recorder *completed, *progress;
};

static void follow(struct follower *follower, IDownloadOperation *operation)
{
    follower->async = attach(operation);
    follower->completed = recorder_create(RECORDER_COMPLETED, NULL);
    follower->progress = recorder_create(RECORDER_INTERFACE, NULL);
    check_ok(async_put_Completed(follower->async, recorder_delegate(follower->completed)));
    check_ok(async_put_Progress(follower->async, recorder_delegate(follower->progress)));
}

static void stop_following(struct follower *follower, AsyncStatus expected)
{
    recorder_wait(follower->completed, 1);
    assert_int_equal(recorder_get(follower->completed, 0).status, expected);
    assert_ptr_equal(recorder_get(follower->completed, 0).sender, follower->async);
    assert_int_equal(recorder_count(follower->completed), 1);
    wait_for_last_reference(recorder_delegate(follower->progress));
    assert_int_equal(recorder_release(follower->progress), 0);
    wait_for_last_reference(recorder_delegate(follower->completed));
    assert_int_equal(recorder_release(follower->completed), 0);
    check_last_release_soon(follower->async);
}

static void before_the_start_there_is_nothing_to_attach_to(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    download_async *async = (void *)1;

    (void)state;
    check_hresult(E_POINTER, IDownloadOperation_AttachAsync(operation, NULL));
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_AttachAsync(operation, &async));
    assert_null(async);
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
}

static void each_has_an_async_object_of_its_own(void **state)
{
    enum {
        COUNT = 5
    };
    struct follower followers[COUNT];
    struct watch watch;

    (void)state;
    watch_script(&watch, "each", "steps=hold:400000");
    watch_for_bytes(&watch, HELD);
    for (int i = 0; i < COUNT; i++) {
        follow(&followers[i], watch.operation);
        assert_ptr_not_equal(followers[i].async, watch.async);
        for (int j = 0; j < i; j++)
            assert_ptr_not_equal(followers[i].async, followers[j].async);
        /* It learns how things are, even though nothing happens now. */
        recorder_wait(followers[i].progress, 1);
        assert_ptr_equal(recorder_get(followers[i].progress, 0).argument, watch.operation);
        assert_ptr_equal(recorder_get(followers[i].progress, 0).sender, followers[i].async);
    }
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    for (int i = 0; i < COUNT; i++)
        stop_following(&followers[i], Completed);
    check_requests(&watch, "GET - -\n");
    watch_close(&watch);
}

static void the_result_is_the_operation_for_each(void **state)
{
    IDownloadOperation *result = NULL;
    download_async *async;
    struct watch watch;

    (void)state;
    watch_script(&watch, "result", "steps=hold:400000");
    async = attach(watch.operation);
    check_hresult(E_ILLEGAL_METHOD_CALL, async_GetResults(async, &result));
    script_control(&watch, "release");
    assert_int_equal(await_with_progress(async), Completed);
    check_ok(async_GetResults(async, &result));
    assert_ptr_equal(result, watch.operation);
    release_ref(result);
    release_ref(async);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

static void cancelling_one_cancels_all(void **state)
{
    struct follower first, second;
    struct watch watch;

    (void)state;
    watch_script(&watch, "cancel", "steps=hold:400000");
    watch_for_bytes(&watch, HELD);
    follow(&first, watch.operation);
    follow(&second, watch.operation);
    operation_cancel(second.async);
    assert_int_equal(operation_status(second.async), Canceled);
    stop_following(&first, Canceled);
    stop_following(&second, Canceled);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    assert_int_equal(progress_of(watch.operation).Status, BackgroundTransferStatus_Canceled);
    watch_close(&watch);
}

static void a_failure_reaches_each(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL,
                     server_url("FAULT_HTTP", "/script/1000?token=%s&steps=wait",
                                test_token("failure")),
                     "a.bin");
    download_async *first = download_start(operation), *second = attach(operation);

    (void)state;
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/held/%s", test_token("failure")), NULL, 0),
                     200);
    operation_cancel(first);
    assert_int_equal(await_with_progress(first), Canceled);
    assert_int_equal(await_with_progress(second), Canceled);
    release_ref(first);
    release_ref(second);
    check_last_release_soon(operation);

    operation = download_new(NULL, server_url("FAULT_HTTP", "/status/404"), "b.bin");
    first = download_start(operation);
    second = attach(operation);
    await_error_with_progress((HRESULT)0x80190194, first);
    await_error_with_progress((HRESULT)0x80190194, second);
    check_last_release_soon(operation);
}

/* The outcome is there when the call returns, also again and again. */
static void what_has_ended_completes_at_once(void **state)
{
    static const struct {
        const char *row;
        AsyncStatus status;
        HRESULT error;
    } rows[] = {
        { "/bytes/1000", Completed, S_OK },
        { "/status/404", Error, (HRESULT)0x80190194 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IDownloadOperation *operation =
            download_new(NULL, server_url("FAULT_HTTP", "%s", rows[i].row), "a.bin");

        assert_int_equal(download_run(operation, NULL), rows[i].status);
        for (int times = 0; times < 3; times++) {
            struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
            download_async *async = attach(operation);
            IDownloadOperation *result = NULL;

            assert_int_equal(operation_status(async), rows[i].status);
            check_hresult(rows[i].error, operation_error(async));
            check_ok(async_put_Completed(async, recorder_delegate(completed)));
            assert_int_equal(recorder_count(completed), 1);
            assert_int_equal(recorder_get(completed, 0).thread, test_thread_self());
            check_hresult(rows[i].error, async_GetResults(async, &result));
            assert_int_equal(result != NULL, SUCCEEDED(rows[i].error));
            release_ref(result);
            assert_int_equal(recorder_release(completed), 0);
            check_last_release(async);
        }
        check_last_release_soon(operation);
    }
}

static void a_paused_one_can_be_attached_to(void **state)
{
    struct follower follower;
    struct watch watch;

    (void)state;
    watch_script(&watch, "paused", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    follow(&follower, watch.operation);
    /* That does not make it go on. */
    recorder_wait(follower.progress, 1);
    assert_int_equal(progress_of(watch.operation).Status,
                     BackgroundTransferStatus_PausedByApplication);
    watch_resume(&watch);
    stop_following(&follower, Completed);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

/* Two handlers of one operation are never inside at the same time, whichever async object they
 * belong to. */
struct busy {
    atomic_int inside;
    atomic_bool overlapped;
    struct test_event entered, leave;
};

static void be_busy(void *context, const struct recorder_call *call)
{
    struct busy *busy = context;

    (void)call;
    if (atomic_fetch_add(&busy->inside, 1))
        atomic_store(&busy->overlapped, true);
    test_event_set(&busy->entered);
    test_event_wait(&busy->leave, TEST_WAIT_MS);
    atomic_fetch_sub(&busy->inside, 1);
}

static void handlers_of_one_operation_take_turns(void **state)
{
    static struct busy busy;
    struct recorder *handlers[4];
    download_async *asyncs[2];
    struct watch watch;

    (void)state;
    test_event_init(&busy.entered);
    test_event_init(&busy.leave);
    watch_script(&watch, "turns", "steps=hold:400000");
    watch_for_bytes(&watch, HELD);
    for (int i = 0; i < 4; i++) {
        handlers[i] = recorder_create(i % 2 ? RECORDER_COMPLETED : RECORDER_INTERFACE, NULL);
        recorder_on_call(handlers[i], be_busy, &busy);
    }
    for (int i = 0; i < 2; i++) {
        asyncs[i] = attach(watch.operation);
        check_ok(async_put_Completed(asyncs[i], recorder_delegate(handlers[2 * i + 1])));
        check_ok(async_put_Progress(asyncs[i], recorder_delegate(handlers[2 * i])));
    }
    assert_true(test_event_wait(&busy.entered, TEST_WAIT_MS));
    script_control(&watch, "release");
    while (progress_of(watch.operation).Status == BackgroundTransferStatus_Running)
        recorder_wait_for(handlers[1], 1, 5);
    /* The first one is inside, and so nobody else. */
    assert_int_equal(atomic_load(&busy.inside), 1);
    assert_int_equal(recorder_count(handlers[1]) + recorder_count(handlers[3]), 0);
    test_event_set(&busy.leave);
    recorder_wait(handlers[1], 1);
    recorder_wait(handlers[3], 1);
    assert_false(atomic_load(&busy.overlapped));
    assert_int_equal(watch_end(&watch, NULL), Completed);
    for (int i = 0; i < 2; i++)
        release_ref(asyncs[i]);
    watch_close(&watch);
    for (int i = 0; i < 4; i++) {
        wait_for_last_reference(recorder_delegate(handlers[i]));
        assert_int_equal(recorder_release(handlers[i]), 0);
    }
    test_event_destroy(&busy.leave);
    test_event_destroy(&busy.entered);
}

/* From inside a progress handler. */
struct inside {
    HRESULT hr;
    download_async *async;
    struct test_event done;
};

static void attach_inside(void *context, const struct recorder_call *call)
{
    struct inside *inside = context;

    if (inside->async)
        return;
    inside->hr =
        IDownloadOperation_AttachAsync((IDownloadOperation *)call->argument, &inside->async);
    test_event_set(&inside->done);
}

static void a_handler_may_attach(void **state)
{
    struct inside inside = { .hr = E_FAIL };
    struct watch watch;

    (void)state;
    test_event_init(&inside.done);
    watch_create(&watch, NULL, "inside", script_url("inside", "steps=hold:400000"));
    recorder_on_call(watch.progress, attach_inside, &inside);
    watch_start(&watch);
    assert_true(test_event_wait(&inside.done, TEST_WAIT_MS));
    check_ok(inside.hr);
    script_control(&watch, "release");
    assert_int_equal(await_with_progress(inside.async), Completed);
    release_ref(inside.async);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
    test_event_destroy(&inside.done);
}

/* In the Completed handler everything is over: another one is complete at once. */
static void attach_at_the_end(void *context, const struct recorder_call *call)
{
    struct inside *inside = context;
    IDownloadOperation *operation = NULL;

    inside->hr = async_GetResults((download_async *)call->sender, &operation);
    if (SUCCEEDED(inside->hr))
        inside->hr = IDownloadOperation_AttachAsync(operation, &inside->async);
    if (operation)
        IDownloadOperation_Release(operation);
    test_event_set(&inside->done);
}

static void a_completed_handler_may_attach(void **state)
{
    struct inside inside = { .hr = E_FAIL };
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    download_async *async = download_start(operation);

    (void)state;
    test_event_init(&inside.done);
    recorder_on_call(completed, attach_at_the_end, &inside);
    check_ok(async_put_Completed(async, recorder_delegate(completed)));
    assert_true(test_event_wait(&inside.done, TEST_WAIT_MS));
    check_ok(inside.hr);
    assert_int_equal(await_with_progress(inside.async), Completed);
    release_ref(inside.async);
    release_ref(async);
    wait_for_last_reference(recorder_delegate(completed));
    assert_int_equal(recorder_release(completed), 0);
    check_last_release_soon(operation);
    test_event_destroy(&inside.done);
}

/* The client keeps nothing: the transfer goes on, and nothing is left behind. */
static void nobody_has_to_keep_anything(void **state)
{
    struct recorder *completed = recorder_create(RECORDER_COMPLETED, NULL);
    struct watch watch;
    download_async *async;

    (void)state;
    watch_script(&watch, "dropped", "steps=hold:400000");
    async = attach(watch.operation);
    check_ok(async_put_Completed(async, recorder_delegate(completed)));
    release_ref(async);
    release_ref(watch.async);
    release_ref(watch.operation);
    script_control(&watch, "held");
    script_control(&watch, "release");
    recorder_wait(completed, 1);
    assert_int_equal(recorder_get(completed, 0).status, Completed);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    wait_for_last_reference(recorder_delegate(completed));
    assert_int_equal(recorder_release(completed), 0);
    wait_for_last_reference(recorder_delegate(watch.progress));
    assert_int_equal(recorder_release(watch.progress), 0);
    mutex_destroy(&watch.mutex);
}

/* Many threads at a time. */
static void attach_and_wait(void *argument)
{
    download_async *async = NULL;
    IAsyncInfo *info;

    for (int i = 0; i < 20; i++) {
        if (FAILED(IDownloadOperation_AttachAsync((IDownloadOperation *)argument, &async)))
            return;
        if (SUCCEEDED(IUnknown_QueryInterface((IUnknown *)async, &IID_IAsyncInfo, (void **)&info)))
            IAsyncInfo_Release(info);
        IUnknown_Release((IUnknown *)async);
    }
}

static void threads_may_attach_at_once(void **state)
{
    struct test_thread *threads[4];
    struct watch watch;

    (void)state;
    watch_script(&watch, "threads", "steps=hold:400000&rate=20000000");
    for (int i = 0; i < 4; i++)
        threads[i] = test_thread_start(attach_and_wait, watch.operation);
    script_control(&watch, "release");
    for (int i = 0; i < 4; i++)
        test_thread_join(threads[i]);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(before_the_start_there_is_nothing_to_attach_to),
    cmocka_unit_test(each_has_an_async_object_of_its_own),
    cmocka_unit_test(the_result_is_the_operation_for_each),
    cmocka_unit_test(cancelling_one_cancels_all),
    cmocka_unit_test(a_failure_reaches_each),
    cmocka_unit_test(what_has_ended_completes_at_once),
    cmocka_unit_test(a_paused_one_can_be_attached_to),
    cmocka_unit_test(handlers_of_one_operation_take_turns),
    cmocka_unit_test(a_handler_may_attach),
    cmocka_unit_test(a_completed_handler_may_attach),
    cmocka_unit_test(nobody_has_to_keep_anything),
    cmocka_unit_test(threads_may_attach_at_once),
};

TEST_MAIN(tests)
