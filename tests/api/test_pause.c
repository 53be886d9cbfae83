/* SPDX-License-Identifier: MIT */
/* Pause and Resume: in which states they are valid, from where they may be called, what they leave
 * on the disk (DownloadOperation.Pause, DownloadOperation.Resume). */
#include "watch.h"

#include <limits.h>
#include <string.h>

#include "environment.h"

#define HELD 400000

static void pausing_ends_the_exchange_and_keeps_the_bytes(void **state)
{
    struct watch watch;
    BackgroundDownloadProgress progress;

    (void)state;
    watch_script(&watch, "pause", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    script_control(&watch, "gone");
    progress = progress_of(watch.operation);
    assert_int_equal(progress.BytesReceived, HELD);
    assert_int_equal(progress.TotalBytesToReceive, SCRIPT_SIZE);
    check_pattern_file(test_path(watch.file), HELD);
    assert_int_equal(operation_status(watch.async), Started);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    check_statuses(&watch, "Running PausedByApplication", "Completed");
    watch_close(&watch);
}

static void before_the_start_neither_is_possible(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");

    (void)state;
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Pause(operation));
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Resume(operation));
    assert_int_equal(progress_of(operation).Status, BackgroundTransferStatus_Idle);
    check_last_release(operation);
}

static void after_the_end_neither_is_possible(void **state)
{
    static const char *const rows[] = { "/bytes/10", "/status/404" };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IDownloadOperation *operation =
            download_new(NULL, server_url("FAULT_HTTP", "%s", rows[i]), "a.bin");
        BackgroundTransferStatus status;

        download_run(operation, NULL);
        status = progress_of(operation).Status;
        check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Pause(operation));
        check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Resume(operation));
        assert_int_equal(progress_of(operation).Status, status);
        check_last_release_soon(operation);
    }
}

static void what_runs_cannot_be_resumed_nor_what_is_paused_paused(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "twice", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Resume(watch.operation));
    check_ok(IDownloadOperation_Pause(watch.operation));
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Pause(watch.operation));
    watch_for_status(&watch, BackgroundTransferStatus_PausedByApplication);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Pause(watch.operation));
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

static void a_post_cannot_be_paused(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    struct watch watch;

    (void)state;
    downloader_set_method(downloader, "POST");
    watch_script_with(&watch, downloader, "post", "steps=hold:400000");
    watch_for_bytes(&watch, HELD);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Pause(watch.operation));
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
    check_last_release(downloader);
}

/* No slot is free: it has never run. */
static void a_queued_one_can_be_paused(void **state)
{
    struct watch running;
    IDownloadOperation *queued;
    download_async *async;

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    watch_script(&running, "runs", "steps=hold:400000");
    watch_for_bytes(&running, HELD);
    queued = download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "b.bin");
    async = download_start(queued);
    assert_int_equal(progress_of(queued).Status, BackgroundTransferStatus_Idle);
    check_ok(IDownloadOperation_Pause(queued));
    while (progress_of(queued).Status != BackgroundTransferStatus_PausedByApplication)
        recorder_wait_for(running.progress, UINT_MAX, 1);
    script_control(&running, "release");
    assert_int_equal(watch_end(&running, NULL), Completed);
    assert_int_equal(progress_of(queued).Status, BackgroundTransferStatus_PausedByApplication);
    check_pattern_file(test_path("b.bin"), 0);
    check_ok(IDownloadOperation_Resume(queued));
    assert_int_equal(await_with_progress(async), Completed);
    check_pattern_file(test_path("b.bin"), 1000);
    release_ref(async);
    check_last_release_soon(queued);
    watch_close(&running);
}

static void a_paused_one_leaves_its_slot_to_others(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    watch_script(&watch, "slot", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "b.bin");
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    watch_close(&watch);
}

static void before_the_answer_it_can_be_paused(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "headless", "steps=wait,ok");
    script_control(&watch, "held");
    watch_pause(&watch);
    assert_null(response_of(watch.operation));
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, "GET - -\nGET - -\n");
    assert_int_equal(watch_restarts(&watch), 0);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void a_paused_one_can_be_cancelled(void **state)
{
    struct watch watch;
    HRESULT error;

    (void)state;
    watch_script(&watch, "cancel", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, &error), Canceled);
    check_hresult(S_OK, error);
    assert_int_equal(progress_of(watch.operation).Status, BackgroundTransferStatus_Canceled);
    check_pattern_file(test_path(watch.file), HELD);
    check_requests(&watch, "GET - -\n");
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Resume(watch.operation));
    watch_close(&watch);
}

/* Calls Pause in the first notification that has bytes, and Resume when it shows the pause. */
struct in_handler {
    HRESULT paused, resumed;
    bool asked;
    struct test_event done;
};

static void pause_and_resume(void *context, const struct recorder_call *call)
{
    struct in_handler *handler = context;
    IDownloadOperation *operation = call->argument;
    BackgroundDownloadProgress progress;

    if (FAILED(IDownloadOperation_get_Progress(operation, &progress)))
        return;
    if (!handler->asked && progress.BytesReceived == HELD) {
        handler->asked = true;
        handler->paused = IDownloadOperation_Pause(operation);
    } else if (handler->asked && progress.Status == BackgroundTransferStatus_PausedByApplication) {
        handler->resumed = IDownloadOperation_Resume(operation);
        test_event_set(&handler->done);
    }
}

static void both_can_be_called_in_the_progress_handler(void **state)
{
    struct in_handler handler = { .paused = E_FAIL, .resumed = E_FAIL };
    struct watch watch;

    (void)state;
    test_event_init(&handler.done);
    watch_create(&watch, NULL, "handler", script_url("handler", "steps=hold:400000,ok"));
    recorder_on_call(watch.progress, pause_and_resume, &handler);
    watch_start(&watch);
    assert_true(test_event_wait(&handler.done, TEST_WAIT_MS));
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_ok(handler.paused);
    check_ok(handler.resumed);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    check_requests(&watch, "GET - -\nGET bytes=400000- \"size-1000000\"\n");
    watch_close(&watch);
    test_event_destroy(&handler.done);
}

/* However they fall, the file is whole and every request is for the rest. */
static void many_in_a_row_do_no_harm(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "many", "steps=hold:400000,ok&rate=20000000");
    watch_for_bytes(&watch, HELD);
    for (int i = 0; i < 200; i++) {
        HRESULT hr = IDownloadOperation_Pause(watch.operation);

        if (hr == E_ILLEGAL_METHOD_CALL) /* it was faster */
            break;
        check_ok(hr);
        hr = IDownloadOperation_Resume(watch.operation);
        if (hr == E_ILLEGAL_METHOD_CALL) /* it had all before the pause took effect */
            break;
        check_ok(hr);
    }
    /* The first answer may have outlived all of it. */
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(watch_restarts(&watch), 0);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(pausing_ends_the_exchange_and_keeps_the_bytes),
    cmocka_unit_test(before_the_start_neither_is_possible),
    cmocka_unit_test(after_the_end_neither_is_possible),
    cmocka_unit_test(what_runs_cannot_be_resumed_nor_what_is_paused_paused),
    cmocka_unit_test(a_post_cannot_be_paused),
    cmocka_unit_test(a_queued_one_can_be_paused),
    cmocka_unit_test(a_paused_one_leaves_its_slot_to_others),
    cmocka_unit_test(before_the_answer_it_can_be_paused),
    cmocka_unit_test(a_paused_one_can_be_cancelled),
    cmocka_unit_test(both_can_be_called_in_the_progress_handler),
    cmocka_unit_test(many_in_a_row_do_no_harm),
};

TEST_MAIN(tests)
