/* SPDX-License-Identifier: MIT */
/* What happens to downloads that a limit holds back, and to those whose limit becomes another one.
 * docs/speed-limits.md */
#include "speed.h"

#include <winrt.backgroundtransfer.h>

#include "environment.h"
#include "groups.h"
#include "reads.h"
#include "src/port/clock.h"

/* A byte a second is as good as nothing. */
static void lifting_a_limit_wakes_who_waits(void **state)
{
    struct watch watch;

    (void)state;
    speed_create_small(&watch, "lifted", 1);
    watch_start(&watch);
    watch_for_bytes(&watch, 2);
    assert_in_range(progress_of(watch.operation).BytesReceived, 2, 1000);
    assert_int_equal(progress_of(watch.operation).Status, BackgroundTransferStatus_Running);
    speed_limit(watch.operation, 0);
    assert_int_equal(request_count(&watch), 1);
    speed_end_small(&watch);
}

static void lifting_a_groups_limit_wakes_who_waits(void **state)
{
    IBackgroundTransferGroup *group = group_new("shared");
    IBackgroundDownloader *downloader = group_downloader(group);
    struct watch watch;

    (void)state;
    speed_limit(group, 1);
    watch_script_with(&watch, downloader, "lifted", "");
    watch_for_bytes(&watch, 2);
    speed_limit(group, 0);
    speed_end_small(&watch);
    release_ref(downloader);
    check_last_release_soon(group);
}

static void lifting_the_processs_limit_wakes_who_waits(void **state)
{
    void *process = speed_process();
    struct watch watch;

    (void)state;
    speed_limit(process, 1);
    watch_script(&watch, "lifted", "");
    watch_for_bytes(&watch, 2);
    speed_limit(process, 0);
    speed_end_small(&watch);
    release_ref(process);
}

static void a_limit_is_another_at_once(void **state)
{
    struct watch watch, *all[] = { &watch };
    UINT64 bytes;

    (void)state;
    speed_create_large(&watch, NULL, "a.bin");
    speed_limit(watch.operation, 20000000);
    watch_start(&watch);
    watch_for_bytes(&watch, 1);
    speed_limit(watch.operation, 1);
    recorder_wait_for(watch.progress, recorder_count(watch.progress) + 2, 1000);
    bytes = progress_of(watch.operation).BytesReceived;
    recorder_wait_for(watch.progress, recorder_count(watch.progress) + 3, 1000);
    assert_in_range(progress_of(watch.operation).BytesReceived, bytes, bytes + 100);
    speed_limit(watch.operation, 1000000);
    check_speed(1000000, speed_measure(all, 1, NULL));
    speed_cancel(&watch);
}

static void it_is_paused_while_it_is_held_back(void **state)
{
    struct watch watch;

    (void)state;
    speed_create_small(&watch, "paused", 1000);
    watch_start(&watch);
    for (UINT64 bytes = 100; bytes <= 300; bytes += 100) {
        watch_for_bytes(&watch, bytes);
        watch_pause(&watch);
        watch_resume(&watch);
    }
    watch_pause(&watch);
    speed_limit(watch.operation, 0);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_true(request_count(&watch) > 3);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void it_is_cancelled_while_it_is_held_back(void **state)
{
    struct watch watch;

    (void)state;
    speed_create_small(&watch, "cancelled", 1);
    watch_start(&watch);
    watch_for_bytes(&watch, 1);
    speed_cancel(&watch);
}

/* To wait for its turn is no silence of the server's. */
static void to_be_held_back_is_no_stall(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_STALL_TIMEOUT_MS", "400");
    speed_create_small(&watch, "stall", 1);
    watch_start(&watch);
    watch_for_bytes(&watch, 3);
    speed_limit(watch.operation, 0);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(request_count(&watch), 1);
    watch_close(&watch);
}

/* And the server's is one. */
static void a_silent_server_is_noticed(void **state)
{
    struct watch watch;

    (void)state;
    retry_at_once();
    test_setenv("WINRT_STALL_TIMEOUT_MS", "400");
    watch_create(&watch, NULL, "silent", script_url("silent", "steps=hold:500000,ok"));
    speed_limit(watch.operation, 4000000);
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(request_count(&watch), 2);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

/* What is not asked for is not held back: 404 has a page of its own. */
static void an_error_comes_at_once(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("NGINX_HTTP", "/nowhere.bin"), "a.bin");
    HRESULT error;

    (void)state;
    speed_limit(operation, 1);
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult((HRESULT)0x80190194, error);
    check_last_release_soon(operation);
}

static void a_reader_gets_its_part_first(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    IBuffer *buffer = buffer_new(5000);
    read_async *read;

    (void)state;
    random_create(&watch, "random", "");
    speed_limit(watch.operation, 20000);
    watch_start(&watch);
    watch_for_bytes(&watch, 1);
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, RANDOM_FAR));
    read = read_start(stream, buffer, 5000, InputStreamOptions_None);
    assert_int_equal(read_end(read, buffer), 5000);
    check_bytes(buffer, RANDOM_FAR, 5000);
    assert_true(progress_of(watch.operation).BytesReceived < RANDOM_SIZE / 2);
    check_last_release_soon(buffer);
    check_last_release_soon(stream);
    speed_limit(watch.operation, 0);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), RANDOM_SIZE);
    watch_close(&watch);
}

static void chunks_are_held_back_as_well(void **state)
{
    struct watch watch;
    uint64_t begin;

    (void)state;
    watch_create(&watch, NULL, "chunked",
                 server_url("FAULT_HTTP", "/chunked/%d", SPEED_SMALL_SIZE));
    speed_limit(watch.operation, SPEED_SMALL_SIZE / 2);
    begin = clock_monotonic_ns();
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_speed_about(SPEED_SMALL_SIZE / 2,
                      SPEED_SMALL_SIZE * 1e9 / (double)(clock_monotonic_ns() - begin), 15);
    check_pattern_file(test_path(watch.file), SPEED_SMALL_SIZE);
    watch_close(&watch);
}
static const struct CMUnitTest tests[] = {
    cmocka_unit_test(lifting_a_limit_wakes_who_waits),
    cmocka_unit_test(lifting_a_groups_limit_wakes_who_waits),
    cmocka_unit_test(lifting_the_processs_limit_wakes_who_waits),
    cmocka_unit_test(a_limit_is_another_at_once),
    cmocka_unit_test(it_is_paused_while_it_is_held_back),
    cmocka_unit_test(it_is_cancelled_while_it_is_held_back),
    cmocka_unit_test(to_be_held_back_is_no_stall),
    cmocka_unit_test(a_silent_server_is_noticed),
    cmocka_unit_test(an_error_comes_at_once),
    cmocka_unit_test(a_reader_gets_its_part_first),
    cmocka_unit_test(chunks_are_held_back_as_well),
};

TEST_MAIN(tests)
