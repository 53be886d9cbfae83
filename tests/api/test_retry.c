/* SPDX-License-Identifier: MIT */
/* What is tried again, how often and when. docs/retries.md */
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "environment.h"

#define CONNECTION_ABORTED ((HRESULT)0x80072EFE)
#define TIMEOUT            ((HRESULT)0x80072EE2)
#define HTTP_ERROR(code)   ((HRESULT)(0x80190000 + (code)))

/* One transfer, its requests counted. */
static AsyncStatus run_script(const char *name, const char *options, HRESULT *error,
                              unsigned *requests)
{
    struct watch watch;
    AsyncStatus status;

    watch_script(&watch, name, options);
    status = watch_end(&watch, error);
    *requests = request_count(&watch);
    if (status == Completed)
        check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
    return status;
}

static void busy_servers_are_asked_up_to_three_times_more(void **state)
{
    static const int codes[] = { 408, 429, 500, 502, 503, 504 };
    char name[20], options[40];
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        snprintf(name, sizeof(name), "thrice%d", codes[i]);
        snprintf(options, sizeof(options), "steps=status:%d*3,ok", codes[i]);
        assert_int_equal(run_script(name, options, &error, &requests), Completed);
        assert_int_equal(requests, 4);
        snprintf(name, sizeof(name), "always%d", codes[i]);
        snprintf(options, sizeof(options), "steps=status:%d", codes[i]);
        assert_int_equal(run_script(name, options, &error, &requests), Error);
        assert_int_equal(requests, 4);
        if (codes[i] != 429) /* which has no WebErrorStatus of its own */
            check_hresult(HTTP_ERROR(codes[i]), error);
    }
}

static void other_statuses_fail_at_once(void **state)
{
    static const int codes[] = { 400, 401, 403, 404, 405, 410, 416, 501, 505 };
    char name[20], options[40];
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        snprintf(name, sizeof(name), "once%d", codes[i]);
        snprintf(options, sizeof(options), "steps=status:%d,ok", codes[i]);
        assert_int_equal(run_script(name, options, &error, &requests), Error);
        check_hresult(HTTP_ERROR(codes[i]), error);
        assert_int_equal(requests, 1);
    }
}

static void a_body_that_stops_early_goes_on(void **state)
{
    static const char *const rows[] = { "steps=cut:400000,ok", "steps=reset:400000,ok" };
    char name[20];

    (void)state;
    retry_at_once();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct watch watch;

        snprintf(name, sizeof(name), "early%zu", i);
        watch_script(&watch, name, rows[i]);
        assert_int_equal(watch_end(&watch, NULL), Completed);
        check_requests(&watch, "GET - -\nGET bytes=400000- \"size-1000000\"\n");
        assert_int_equal(watch_restarts(&watch), 0);
        check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
        watch_close(&watch);
    }
}

static void no_answer_at_all_is_tried_again(void **state)
{
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    assert_int_equal(run_script("close3", "steps=close*3,ok", &error, &requests), Completed);
    assert_int_equal(requests, 4);
}

/* In a test of its own: libcurl asks once more by itself when it is a used connection that ends. */
static void no_answer_at_all_fails_in_the_end(void **state)
{
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    assert_int_equal(run_script("close", "steps=close", &error, &requests), Error);
    check_hresult(CONNECTION_ABORTED, error);
    /* libcurl sends once more by itself what went out on a kept connection that had died. */
    assert_in_range(requests, 4, 5);
}

/* A cut after 100,000 bytes more each time is progress; one after a hundred is not. */
static void progress_forgets_the_retries(void **state)
{
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    assert_int_equal(run_script("progress", "steps=cut:100000*9,ok", &error, &requests), Completed);
    assert_int_equal(requests, 10);
    assert_int_equal(run_script("little", "steps=cut:100", &error, &requests), Error);
    check_hresult(CONNECTION_ABORTED, error);
    assert_int_equal(requests, 4);
    assert_int_equal(file_size(test_path("a.bin")), 400);
}

/* The server has no ranges: it begins at zero each time, and never comes further. */
static void a_restart_is_no_progress(void **state)
{
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    assert_int_equal(run_script("again", "steps=cut:400000&ranges=no", &error, &requests), Error);
    check_hresult(CONNECTION_ABORTED, error);
    /* The first bytes are progress, if they were on the disk before their end was judged. */
    assert_in_range(requests, 4, 5);
}

/* It comes further each time, so nothing but their number ends the restarts. */
static void twenty_restarts_are_enough(void **state)
{
    char steps[500] = "";
    struct watch watch;
    size_t used = 0;

    (void)state;
    retry_at_once();
    for (unsigned i = 1; i <= 24; i++)
        used += (size_t)snprintf(steps + used, sizeof(steps) - used, "cut:%u,", 100000 * i);
    watch_create(&watch, NULL, "restarts",
                 server_url("FAULT_HTTP", "/script/3000000?token=%s&ranges=no&steps=%sok",
                            test_token("restarts"), steps));
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Error);
    assert_int_equal(request_count(&watch), 21);
    watch_close(&watch);
}

/* Milliseconds between the first request and the second. */
static long first_gap(const char *name)
{
    char text[200];

    assert_int_equal(http_get(server_url("FAULT_HTTP", "/gaps/%s", test_token(name)), text,
                              sizeof(text)),
                     200);
    return strtol(text, NULL, 10);
}

static void retry_after_is_obeyed(void **state)
{
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    assert_int_equal(run_script("seconds", "steps=status:503:1,ok", &error, &requests), Completed);
    assert_int_equal(requests, 2);
    assert_in_range(first_gap("seconds"), 990, TEST_WAIT_MS);
    /* A date has whole seconds: the two that it is ahead are one at least. */
    assert_int_equal(run_script("date", "steps=status:503:date,ok", &error, &requests), Completed);
    assert_in_range(first_gap("date"), 990, TEST_WAIT_MS);
}

static void a_retry_after_without_sense_is_ignored(void **state)
{
    static const char *const words[] = { "past", "garbage", "0" };
    char options[60];
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        snprintf(options, sizeof(options), "steps=status:429:%s,ok", words[i]);
        assert_int_equal(run_script(words[i], options, &error, &requests), Completed);
        assert_int_equal(requests, 2);
    }
}

static void what_waits_for_a_retry_can_be_cancelled(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_RETRY_BASE_MS", "3600000");
    watch_script(&watch, "waits", "steps=cut:400000,ok");
    watch_for_bytes(&watch, 400000);
    watch_for_status(&watch, BackgroundTransferStatus_Idle);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    check_pattern_file(test_path(watch.file), 400000);
    assert_int_equal(request_count(&watch), 1);
    watch_close(&watch);
}

static void what_waits_for_a_retry_can_be_paused(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_RETRY_BASE_MS", "3600000");
    watch_script(&watch, "paused", "steps=cut:400000,ok");
    watch_for_bytes(&watch, 400000);
    watch_for_status(&watch, BackgroundTransferStatus_Idle);
    watch_pause(&watch);
    check_pattern_file(test_path(watch.file), 400000);
    assert_int_equal(request_count(&watch), 1);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    watch_close(&watch);
}

static void what_waits_for_a_retry_holds_no_slot(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    test_setenv("WINRT_RETRY_BASE_MS", "3600000");
    watch_script(&watch, "slotless", "steps=status:503,ok");
    script_control(&watch, "arrived");
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "b.bin");
    watch_for_status(&watch, BackgroundTransferStatus_Idle);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    watch_close(&watch);
}

/* RFC 9110, 9.2.2: PUT may be repeated, POST may not once something of it has left. */
static void only_what_is_idempotent_is_repeated(void **state)
{
    static const struct {
        const char *method, *steps;
        unsigned requests;
    } rows[] = {
        { "POST", "steps=status:503,ok", 1 }, { "POST", "steps=cut:400000,ok", 1 },
        { "POST", "steps=close,ok", 1 },      { "PATCH", "steps=status:503,ok", 1 },
        { "PUT", "steps=status:503,ok", 2 },
    };
    char name[20];

    (void)state;
    retry_at_once();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IBackgroundDownloader *downloader = downloader_new();
        struct watch watch;

        downloader_set_method(downloader, rows[i].method);
        snprintf(name, sizeof(name), "method%zu", i);
        watch_script_with(&watch, downloader, name, rows[i].steps);
        assert_int_equal(watch_end(&watch, NULL), rows[i].requests > 1 ? Completed : Error);
        assert_int_equal(request_count(&watch), rows[i].requests);
        watch_close(&watch);
        check_last_release(downloader);
    }
}

static void a_server_that_does_not_answer_in_time_is_asked_again(void **state)
{
    unsigned requests;
    HRESULT error;

    (void)state;
    retry_at_once();
    test_setenv("WINRT_RESPONSE_TIMEOUT_MS", "300");
    assert_int_equal(run_script("silent", "steps=wait,ok", &error, &requests), Completed);
    assert_int_equal(requests, 2);
    assert_int_equal(run_script("mute", "steps=wait", &error, &requests), Error);
    check_hresult(TIMEOUT, error);
    assert_int_equal(requests, 4);
}

static void a_body_that_stalls_goes_on(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    test_setenv("WINRT_STALL_TIMEOUT_MS", "300");
    watch_script(&watch, "stall", "steps=stall:400000,ok");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, "GET - -\nGET bytes=400000- \"size-1000000\"\n");
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

/* Nobody listens, then nobody completes a connection. */
static void connections_are_tried_again_too(void **state)
{
    IDownloadOperation *operation;
    HRESULT error;

    (void)state;
    retry_at_once();
    test_setenv("WINRT_CONNECT_TIMEOUT_MS", "200");
    operation = download_new(NULL, server_url("CLOSED_HTTP", "/a"), "a.bin");
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult((HRESULT)0x80072EFD, error);
    check_last_release_soon(operation);
    operation = download_new(NULL, server_url("SILENT_HTTP", "/a"), "b.bin");
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult(TIMEOUT, error);
    check_last_release_soon(operation);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(busy_servers_are_asked_up_to_three_times_more),
    cmocka_unit_test(other_statuses_fail_at_once),
    cmocka_unit_test(a_body_that_stops_early_goes_on),
    cmocka_unit_test(no_answer_at_all_is_tried_again),
    cmocka_unit_test(no_answer_at_all_fails_in_the_end),
    cmocka_unit_test(progress_forgets_the_retries),
    cmocka_unit_test(a_restart_is_no_progress),
    cmocka_unit_test(twenty_restarts_are_enough),
    cmocka_unit_test(retry_after_is_obeyed),
    cmocka_unit_test(a_retry_after_without_sense_is_ignored),
    cmocka_unit_test(what_waits_for_a_retry_can_be_cancelled),
    cmocka_unit_test(what_waits_for_a_retry_can_be_paused),
    cmocka_unit_test(what_waits_for_a_retry_holds_no_slot),
    cmocka_unit_test(only_what_is_idempotent_is_repeated),
    cmocka_unit_test(a_server_that_does_not_answer_in_time_is_asked_again),
    cmocka_unit_test(a_body_that_stalls_goes_on),
    cmocka_unit_test(connections_are_tried_again_too),
};

TEST_MAIN(tests)
