/* SPDX-License-Identifier: MIT */
/* A body that begins anew is seen to: HasRestarted, HasResponseChanged, and numbers that go down
 * (BackgroundDownloadProgress). */
#include "watch.h"

#include <limits.h>
#include <string.h>

#define HELD 400000

/* Held, paused, resumed, answered with another version, and held again after 100,000 bytes. */
static void restart(struct watch *watch, const char *name)
{
    watch_script(watch, name, "steps=hold:400000,hold:100000@2");
    watch_for_bytes(watch, HELD);
    watch_pause(watch);
    watch_resume(watch);
    while (progress_of(watch->operation).BytesReceived != 100000)
        recorder_wait_for(watch->progress, UINT_MAX, 1);
}

static void has_restarted_is_shown_once(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    watch_script(&watch, "once", "steps=cut:400000,ok@2&rate=2000000");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(watch_restarts(&watch), 1);
    assert_false(progress_of(watch.operation).HasRestarted);
    check_version_file(test_path(watch.file), 2, SCRIPT_SIZE);
    watch_close(&watch);
}

/* From the notification that shows it on, the bytes are the new body's. */
static void the_bytes_begin_at_zero(void **state)
{
    struct watch watch;
    UINT64 before = 0, last = 0;
    bool restarted = false;

    (void)state;
    retry_at_once();
    watch_script(&watch, "zero", "steps=cut:400000,ok@2&rate=1000000");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    for (unsigned i = 0; i < watch.count; i++) {
        const BackgroundDownloadProgress *shown = &watch.shown[i];

        if (shown->HasRestarted) {
            assert_true(last > 0);
            before = last;
            assert_true(shown->BytesReceived < before);
            restarted = true;
        } else {
            assert_true(shown->BytesReceived >= last);
        }
        last = shown->BytesReceived;
    }
    assert_true(restarted);
    assert_int_equal(last, SCRIPT_SIZE);
    watch_close(&watch);
}

/* Nobody is told, so it stays news for those who ask. */
static void without_a_handler_it_stays_to_be_seen(void **state)
{
    IDownloadOperation *operation;
    download_async *async;

    (void)state;
    retry_at_once();
    operation = download_new(NULL, script_url("poll", "steps=cut:400000,ok@2"), "a.bin");
    async = download_start(operation);
    assert_int_equal(await_with_progress(async), Completed);
    assert_true(progress_of(operation).HasRestarted);
    release_ref(async);
    check_last_release_soon(operation);
}

/* Goes on with another answer, when that of before is known. */
static void ask_again(struct watch *watch, unsigned responses)
{
    while (watch_responses(watch) < responses)
        recorder_wait_for(watch->progress, recorder_count(watch->progress) + 1, 20);
    watch_pause(watch);
    watch_resume(watch);
}

static void every_answer_changes_the_response_once(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "answers", "steps=hold:400000,hold:100000,ok");
    watch_for_bytes(&watch, 400000);
    ask_again(&watch, 1);
    watch_for_bytes(&watch, 500000);
    ask_again(&watch, 2);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(watch_responses(&watch), 3);
    assert_false(progress_of(watch.operation).HasResponseChanged);
    watch_close(&watch);
}

static void the_response_is_the_new_bodys(void **state)
{
    struct watch watch;

    (void)state;
    restart(&watch, "response");
    assert_int_equal(status_code_of(watch.operation), 200);
    assert_string_equal(response_header(watch.operation, "ETag"), "\"size-1000000-2\"");
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_version_file(test_path(watch.file), 2, SCRIPT_SIZE);
    watch_close(&watch);
}

/* Nothing of the old body is left behind the new one's end. */
static void the_file_is_cut_before_the_new_body_comes(void **state)
{
    struct watch watch;

    (void)state;
    restart(&watch, "cut");
    check_version_file(test_path(watch.file), 2, 100000);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    check_version_file(test_path(watch.file), 2, 100000);
    watch_close(&watch);
}

/* A shorter file than before: its end is the file's. */
static void a_new_body_may_be_shorter(void **state)
{
    IUriRuntimeClass *uri;
    IDownloadOperation3 *third;
    struct watch watch;

    (void)state;
    watch_script(&watch, "shorter", "steps=hold:400000");
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    uri = uri_new(server_url("FAULT_HTTP", "/bytes/1000"));
    third = query(watch.operation, &IID_IDownloadOperation3);
    check_ok(IDownloadOperation3_put_RequestedUri(third, uri));
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(progress_of(watch.operation).BytesReceived, 1000);
    assert_int_equal(progress_of(watch.operation).TotalBytesToReceive, 1000);
    check_pattern_file(test_path(watch.file), 1000);
    release_ref(third);
    watch_close(&watch);
    check_last_release(uri);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(has_restarted_is_shown_once),
    cmocka_unit_test(the_bytes_begin_at_zero),
    cmocka_unit_test(without_a_handler_it_stays_to_be_seen),
    cmocka_unit_test(every_answer_changes_the_response_once),
    cmocka_unit_test(the_response_is_the_new_bodys),
    cmocka_unit_test(the_file_is_cut_before_the_new_body_comes),
    cmocka_unit_test(a_new_body_may_be_shorter),
};

TEST_MAIN(tests)
