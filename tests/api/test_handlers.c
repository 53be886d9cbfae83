/* SPDX-License-Identifier: MIT */
/*
 * The async object of StartAsync: when its handlers run, and what it answers in each state
 * (IAsyncInfo and IAsyncOperationWithProgress, Windows.Foundation).
 */
#include "fixture.h"
#include "test_thread.h"

#include <stdio.h>

#define async_put_Completed \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed
#define async_get_Completed \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_get_Completed
#define async_put_Progress \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress
#define async_get_Progress \
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_get_Progress
#define async_GetResults IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults

typedef IAsyncOperationWithProgressCompletedHandler_DownloadOperation_DownloadOperation
    completed_handler;
typedef IAsyncOperationProgressHandler_DownloadOperation_DownloadOperation progress_handler;

/* A download that stops after some bytes until held_release, and the objects around it. */
struct held {
    const char *token;
    IDownloadOperation *operation;
    download_async *async;
    struct recorder *completed, *progress;
};

static struct held held_start(const char *token, int after)
{
    struct held held = { .token = test_token(token) };

    held.operation = download_new(NULL,
                                  server_url("FAULT_HTTP", "/hold/%s?size=100000&after=%d&token=%s",
                                             held.token, after, held.token),
                                  "a.bin");
    held.completed = recorder_create(
        RECORDER_COMPLETED,
        &IID_IAsyncOperationWithProgressCompletedHandler_DownloadOperation_DownloadOperation);
    held.progress =
        recorder_create(RECORDER_INTERFACE,
                        &IID_IAsyncOperationProgressHandler_DownloadOperation_DownloadOperation);
    held.async = download_start(held.operation);
    return held;
}

static void held_wait(const struct held *held)
{
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/held/%s", held->token), NULL, 0), 200);
}

static void held_release(const struct held *held)
{
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/release/%s", held->token), NULL, 0), 200);
}

/* Gives up everything, and nothing but the handed-out references may have been left. */
static void held_end(struct held *held)
{
    release_ref(held->async);
    check_last_release_soon(held->operation);
    wait_for_last_reference(recorder_delegate(held->completed));
    assert_int_equal(recorder_release(held->completed), 0);
    wait_for_last_reference(recorder_delegate(held->progress));
    assert_int_equal(recorder_release(held->progress), 0);
}

static void the_handler_runs_once_on_another_thread(void **state)
{
    struct held held = held_start("once", 10);
    struct recorder_call call;

    (void)state;
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    assert_int_equal(recorder_count(held.completed), 0);
    held_release(&held);
    recorder_wait(held.completed, 1);
    call = recorder_get(held.completed, 0);
    assert_ptr_equal(call.sender, held.async);
    assert_int_equal(call.status, Completed);
    assert_int_not_equal(call.thread, test_thread_self());
    assert_false(recorder_wait_for(held.completed, 2, 50));
    held_end(&held);
}

static void a_handler_set_late_runs_in_the_setter(void **state)
{
    struct held held = held_start("late", 10);
    struct recorder *first = recorder_create(RECORDER_INTERFACE, NULL);
    struct recorder_call call;

    (void)state;
    check_ok(async_put_Progress(held.async, recorder_delegate(first)));
    held_release(&held);
    while (operation_status(held.async) == Started)
        recorder_wait_for(first, recorder_count(first) + 1, 10);
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    assert_int_equal(recorder_count(held.completed), 1);
    call = recorder_get(held.completed, 0);
    assert_int_equal(call.status, Completed);
    assert_int_equal(call.thread, test_thread_self());
    recorder_release(first);
    held_end(&held);
}

static void a_second_handler_is_refused(void **state)
{
    struct held held = held_start("second", 10);
    struct recorder *other = recorder_create(RECORDER_COMPLETED, NULL);

    (void)state;
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    check_hresult(E_ILLEGAL_DELEGATE_ASSIGNMENT,
                  async_put_Completed(held.async, recorder_delegate(other)));
    check_hresult(E_ILLEGAL_DELEGATE_ASSIGNMENT, async_put_Completed(held.async, NULL));
    held_release(&held);
    recorder_wait(held.completed, 1);
    check_hresult(E_ILLEGAL_DELEGATE_ASSIGNMENT,
                  async_put_Completed(held.async, recorder_delegate(other)));
    assert_int_equal(recorder_count(other), 0);
    assert_int_equal(recorder_release(other), 0);
    held_end(&held);
}

static void get_completed_tells_what_is_set(void **state)
{
    struct held held = held_start("get", 10);
    completed_handler *handler = (void *)1;

    (void)state;
    check_ok(async_get_Completed(held.async, &handler));
    assert_null(handler);
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    check_ok(async_get_Completed(held.async, &handler));
    assert_ptr_equal(handler, recorder_delegate(held.completed));
    release_ref(handler);
    held_release(&held);
    recorder_wait(held.completed, 1);
    check_ok(async_get_Completed(held.async, &handler));
    assert_null(handler);
    held_end(&held);
}

static void progress_handlers_can_be_exchanged(void **state)
{
    struct held held = held_start("exchange", 10);
    struct recorder *other = recorder_create(RECORDER_INTERFACE, NULL);
    progress_handler *handler = NULL;

    (void)state;
    check_ok(async_put_Progress(held.async, recorder_delegate(other)));
    check_ok(async_put_Progress(held.async, recorder_delegate(held.progress)));
    check_ok(async_get_Progress(held.async, &handler));
    assert_ptr_equal(handler, recorder_delegate(held.progress));
    release_ref(handler);
    held_release(&held);
    recorder_wait(held.progress, 1);
    assert_int_equal(await_with_progress(held.async), Completed);
    check_ok(async_get_Progress(held.async, &handler));
    assert_null(handler);
    wait_for_last_reference(recorder_delegate(other));
    assert_int_equal(recorder_release(other), 0);
    held_end(&held);
}

/* What the progress handler saw, call by call. */
struct seen {
    BackgroundDownloadProgress progress[RECORDER_KEPT];
    bool had_response[RECORDER_KEPT];
    unsigned count;
};

static void see(void *context, const struct recorder_call *call)
{
    struct seen *seen = context;
    IDownloadOperation *operation = call->argument;
    IBackgroundTransferOperation *common;
    IResponseInformation *information = NULL;

    IDownloadOperation_get_Progress(operation, &seen->progress[seen->count]);
    if (IDownloadOperation_QueryInterface(operation, &IID_IBackgroundTransferOperation,
                                          (void **)&common) == S_OK) {
        IBackgroundTransferOperation_GetResponseInformation(common, &information);
        IBackgroundTransferOperation_Release(common);
    }
    seen->had_response[seen->count] = information != NULL;
    if (information)
        IResponseInformation_Release(information);
    seen->count++;
}

static void progress_goes_up_to_the_final_count(void **state)
{
    static struct seen seen;
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/slow/400000?rate=800000"), "a.bin");
    struct recorder *progress = recorder_create(RECORDER_INTERFACE, NULL);
    download_async *async;
    unsigned changes = 0;

    (void)state;
    recorder_on_call(progress, see, &seen);
    async = download_start(operation);
    check_ok(async_put_Progress(async, recorder_delegate(progress)));
    assert_int_equal(await_with_progress(async), Completed);

    assert_true(seen.count >= 3);
    for (unsigned i = 0; i < seen.count; i++) {
        if (i > 0)
            assert_true(seen.progress[i].BytesReceived >= seen.progress[i - 1].BytesReceived);
        if (seen.progress[i].HasResponseChanged) {
            changes++;
            assert_true(seen.had_response[i]);
        }
        if (seen.progress[i].BytesReceived)
            assert_int_equal(seen.progress[i].TotalBytesToReceive, 400000);
        assert_false(seen.progress[i].HasRestarted);
        assert_ptr_equal(recorder_get(progress, i).argument, operation);
        assert_ptr_equal(recorder_get(progress, i).sender, async);
    }
    assert_int_equal(changes, 1);
    assert_int_equal(seen.progress[seen.count - 1].BytesReceived, 400000);
    assert_false(progress_of(operation).HasResponseChanged);
    assert_false(recorder_wait_for(progress, seen.count + 1, 50));
    wait_for_last_reference(recorder_delegate(progress));
    assert_int_equal(recorder_release(progress), 0);
    release_ref(async);
    check_last_release_soon(operation);
}

/* About every 100 ms: not for each piece that arrives. */
static void progress_is_not_reported_for_each_piece(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("NGINX_HTTP", "/64m.bin"), "a.bin");
    struct recorder *progress = recorder_create(RECORDER_INTERFACE, NULL);
    download_async *async = download_start(operation);

    (void)state;
    check_ok(async_put_Progress(async, recorder_delegate(progress)));
    assert_int_equal(await_with_progress(async), Completed);
    assert_in_range(recorder_count(progress), 1, 300);
    wait_for_last_reference(recorder_delegate(progress));
    recorder_release(progress);
    release_ref(async);
    check_last_release_soon(operation);
}

/* Clients can set the handler only after StartAsync has returned, when the first notification may
 * be over. */
static void the_first_notification_waits_for_a_handler(void **state)
{
    static struct seen seen;
    struct held held = held_start("first", 10);

    (void)state;
    held_wait(&held);
    while (progress_of(held.operation).BytesReceived < 10)
        recorder_wait_for(held.progress, 1, 1);
    assert_true(progress_of(held.operation).HasResponseChanged);
    recorder_on_call(held.progress, see, &seen);
    check_ok(async_put_Progress(held.async, recorder_delegate(held.progress)));
    recorder_wait(held.progress, 1);
    held_release(&held);
    assert_int_equal(await_with_progress(held.async), Completed);
    assert_true(seen.progress[0].HasResponseChanged);
    held_end(&held);
}

/* Until a notification has shown it, those who poll see it too. */
static void a_changed_response_stays_visible_to_pollers(void **state)
{
    struct held held = held_start("poll", 10);

    (void)state;
    held_wait(&held);
    held_release(&held);
    assert_int_equal(await_with_progress(held.async), Completed);
    assert_true(progress_of(held.operation).HasResponseChanged);
    assert_true(progress_of(held.operation).HasResponseChanged);
    held_end(&held);
}

static void a_failing_handler_does_not_matter(void **state)
{
    struct held held = held_start("failing", 10);

    (void)state;
    recorder_answer(held.progress, E_FAIL);
    recorder_answer(held.completed, E_FAIL);
    check_ok(async_put_Progress(held.async, recorder_delegate(held.progress)));
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    recorder_wait(held.progress, 1);
    held_release(&held);
    recorder_wait(held.completed, 1);
    assert_int_equal(recorder_get(held.completed, 0).status, Completed);
    check_pattern_file(test_path("a.bin"), 100000);
    held_end(&held);
}

static void results_in_each_state(void **state)
{
    struct held held = held_start("results", 10);
    IDownloadOperation *result = (void *)1;

    (void)state;
    check_hresult(E_POINTER, async_GetResults(held.async, NULL));
    check_hresult(E_ILLEGAL_METHOD_CALL, async_GetResults(held.async, &result));
    assert_null(result);
    assert_int_equal(operation_status(held.async), Started);
    check_ok(operation_error(held.async));
    held_release(&held);
    assert_int_equal(await_with_progress(held.async), Completed);
    for (int i = 0; i < 2; i++) {
        check_ok(async_GetResults(held.async, &result));
        assert_ptr_equal(result, held.operation);
        release_ref(result);
    }
    held_end(&held);
}

static void close_is_for_what_has_ended(void **state)
{
    struct held held = held_start("close", 10);
    IAsyncInfo *info = query(held.async, &IID_IAsyncInfo);
    IDownloadOperation *result = NULL;
    AsyncStatus status = Started;
    HRESULT error = S_OK;
    UINT32 id = 0;

    (void)state;
    check_ok(IAsyncInfo_get_Id(info, &id));
    assert_int_not_equal(id, 0);
    check_hresult(E_ILLEGAL_STATE_CHANGE, IAsyncInfo_Close(info));
    held_release(&held);
    assert_int_equal(await_with_progress(held.async), Completed);
    check_ok(IAsyncInfo_Close(info));
    check_ok(IAsyncInfo_Close(info));
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncInfo_get_Status(info, &status));
    assert_int_equal(status, 4);
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncInfo_get_ErrorCode(info, &error));
    check_hresult(E_ILLEGAL_METHOD_CALL, error);
    check_hresult(E_ILLEGAL_METHOD_CALL, async_GetResults(held.async, &result));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  async_put_Completed(held.async, recorder_delegate(held.completed)));
    check_hresult(E_ILLEGAL_METHOD_CALL,
                  async_put_Progress(held.async, recorder_delegate(held.progress)));
    release_ref(info);
    held_end(&held);
}

static void cancel_amid_the_body(void **state)
{
    struct held held = held_start("cancel", 5000);
    IDownloadOperation *result = (void *)1;

    (void)state;
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    held_wait(&held);
    operation_cancel(held.async);
    assert_int_equal(operation_status(held.async), Canceled);
    recorder_wait(held.completed, 1);
    assert_int_equal(recorder_get(held.completed, 0).status, Canceled);
    assert_int_equal(progress_of(held.operation).Status, BackgroundTransferStatus_Canceled);
    check_ok(operation_error(held.async));
    check_hresult(E_ILLEGAL_METHOD_CALL, async_GetResults(held.async, &result));
    assert_null(result);
    /* What has arrived stays. */
    assert_int_equal(file_size(test_path("a.bin")), progress_of(held.operation).BytesReceived);
    operation_cancel(held.async);
    assert_false(recorder_wait_for(held.completed, 2, 20));
    held_release(&held);
    held_end(&held);
}

static void cancel_before_the_response(void **state)
{
    struct held held = held_start("early", -1);

    (void)state;
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    operation_cancel(held.async);
    recorder_wait(held.completed, 1);
    assert_int_equal(recorder_get(held.completed, 0).status, Canceled);
    assert_int_equal(progress_of(held.operation).Status, BackgroundTransferStatus_Canceled);
    assert_int_equal(file_size(test_path("a.bin")), 0);
    held_release(&held);
    held_end(&held);
}

static void cancel_after_the_end_has_no_effect(void **state)
{
    struct held held = held_start("after", 10);

    (void)state;
    held_release(&held);
    assert_int_equal(await_with_progress(held.async), Completed);
    operation_cancel(held.async);
    assert_int_equal(operation_status(held.async), Completed);
    assert_int_equal(progress_of(held.operation).Status, BackgroundTransferStatus_Completed);
    held_end(&held);
}

static void cancel_from_inside_the_progress_handler_call(void *context,
                                                         const struct recorder_call *call)
{
    (void)context;
    operation_cancel(call->sender);
}

static void cancel_from_inside_the_progress_handler(void **state)
{
    struct held held = held_start("inside", 10);

    (void)state;
    recorder_on_call(held.progress, cancel_from_inside_the_progress_handler_call, NULL);
    check_ok(async_put_Completed(held.async, recorder_delegate(held.completed)));
    check_ok(async_put_Progress(held.async, recorder_delegate(held.progress)));
    recorder_wait(held.completed, 1);
    assert_int_equal(recorder_get(held.completed, 0).status, Canceled);
    held_release(&held);
    held_end(&held);
}

/* It waits in the queue behind six others, and never runs. */
static void cancel_of_a_queued_one(void **state)
{
    enum {
        RUNNING = 6
    };
    struct held running[RUNNING];
    char tokens[RUNNING][10];
    struct held queued;

    (void)state;
    for (int i = 0; i < RUNNING; i++) {
        snprintf(tokens[i], sizeof(tokens[i]), "slot%d", i);
        running[i] = held_start(tokens[i], 10);
        held_wait(&running[i]);
    }
    queued = held_start("queued", 10);
    assert_int_equal(progress_of(queued.operation).Status, BackgroundTransferStatus_Idle);
    operation_cancel(queued.async);
    assert_int_equal(await_with_progress(queued.async), Canceled);
    held_end(&queued);
    for (int i = 0; i < RUNNING; i++) {
        held_release(&running[i]);
        assert_int_equal(await_with_progress(running[i].async), Completed);
        held_end(&running[i]);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_handler_runs_once_on_another_thread),
    cmocka_unit_test(a_handler_set_late_runs_in_the_setter),
    cmocka_unit_test(a_second_handler_is_refused),
    cmocka_unit_test(get_completed_tells_what_is_set),
    cmocka_unit_test(progress_handlers_can_be_exchanged),
    cmocka_unit_test(progress_goes_up_to_the_final_count),
    cmocka_unit_test(progress_is_not_reported_for_each_piece),
    cmocka_unit_test(the_first_notification_waits_for_a_handler),
    cmocka_unit_test(a_changed_response_stays_visible_to_pollers),
    cmocka_unit_test(a_failing_handler_does_not_matter),
    cmocka_unit_test(results_in_each_state),
    cmocka_unit_test(close_is_for_what_has_ended),
    cmocka_unit_test(cancel_amid_the_body),
    cmocka_unit_test(cancel_before_the_response),
    cmocka_unit_test(cancel_after_the_end_has_no_effect),
    cmocka_unit_test(cancel_from_inside_the_progress_handler),
    cmocka_unit_test(cancel_of_a_queued_one),
};

TEST_MAIN(tests)
