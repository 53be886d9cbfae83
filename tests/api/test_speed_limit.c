/* SPDX-License-Identifier: MIT */
/* ISpeedLimit, the project's own interface: how fast a download, a group and the process may be.
 * docs/speed-limits.md */
#include "speed.h"

#include <winrt.backgroundtransfer.h>

#include "environment.h"
#include "groups.h"
#include "src/port/clock.h"

static void a_download_keeps_to_its_limit(void **state)
{
    struct watch watch, *all[] = { &watch };

    (void)state;
    speed_create_large(&watch, NULL, "a.bin");
    speed_limit(watch.operation, 1000000);
    watch_start(&watch);
    check_speed(1000000, speed_measure(all, 1, NULL));
    speed_cancel(&watch);
}

static void a_small_limit_is_kept_as_well(void **state)
{
    struct watch watch, *all[] = { &watch };

    (void)state;
    speed_create_large(&watch, NULL, "a.bin");
    speed_limit(watch.operation, 20480);
    watch_start(&watch);
    check_speed(20480, speed_measure(all, 1, NULL));
    speed_cancel(&watch);
}

/* It was made with a large buffer in libcurl. */
static void one_that_was_set_while_it_runs_is_kept(void **state)
{
    struct watch watch, *all[] = { &watch };

    (void)state;
    watch_create(&watch, NULL, "later",
                 server_url("FAULT_HTTP", "/bytes/%d?rate=20000000", SPEED_LARGE_SIZE));
    watch_start(&watch);
    watch_for_bytes(&watch, 1);
    speed_limit(watch.operation, 30000);
    check_speed(30000, speed_measure(all, 1, NULL));
    speed_cancel(&watch);
}

static void downloads_of_a_group_share_its_limit(void **state)
{
    IBackgroundTransferGroup *group = group_new("shared");
    IBackgroundDownloader *downloader = group_downloader(group);
    struct watch one, two, *all[] = { &one, &two };
    double each[2];

    (void)state;
    speed_limit(group, 1000000);
    speed_create_large(&one, downloader, "a.bin");
    speed_create_large(&two, downloader, "b.bin");
    watch_start(&one);
    watch_start(&two);
    check_speed(1000000, speed_measure(all, 2, each));
    check_speed_about(500000, each[0], 5);
    check_speed_about(500000, each[1], 5);
    speed_cancel(&one);
    speed_cancel(&two);
    release_ref(downloader);
    check_last_release_soon(group);
}

static void the_process_keeps_to_its_limit(void **state)
{
    struct watch one, two, three, *all[] = { &one, &two, &three };
    void *process = speed_process();
    double each[3];

    (void)state;
    assert_int_equal(speed_limit_of(process), 0);
    speed_limit(process, 3000000);
    speed_start_large(&one, "a.bin");
    speed_start_large(&two, "b.bin");
    speed_start_large(&three, "c.bin");
    check_speed(3000000, speed_measure(all, 3, each));
    for (size_t i = 0; i < 3; i++)
        check_speed_about(1000000, each[i], 5);
    speed_cancel(&one);
    speed_cancel(&two);
    speed_cancel(&three);
    release_ref(process);
}

/* From a server that has HTTP/2. */
static void the_process_keeps_to_its_limit_over_tls(void **state)
{
    struct watch watches[3], *all[] = { &watches[0], &watches[1], &watches[2] };
    static const char *const names[] = { "a.bin", "b.bin", "c.bin" };
    void *process = speed_process();
    double each[3];

    (void)state;
    trust_test_authority();
    speed_limit(process, 1500000);
    for (size_t i = 0; i < 3; i++) {
        watch_create_file(&watches[i], NULL, names[i], server_url("NGINX_HTTPS", SPEED_LARGE),
                          names[i]);
        watch_start(&watches[i]);
    }
    check_speed(1500000, speed_measure(all, 3, each));
    for (size_t i = 0; i < 3; i++) {
        check_speed_about(500000, each[i], 5);
        speed_cancel(&watches[i]);
    }
    release_ref(process);
}

/* A large file over HTTP/2, at 256 KiB a second: a limit that comes while it runs finds it so. */
static void slow_start(struct watch *watch, const char *name)
{
    watch_create_file(watch, NULL, name, server_url("NGINX_HTTPS", "/rate" SPEED_LARGE), name);
    watch_start(watch);
    watch_for_bytes(watch, 1);
}

static void one_that_was_set_over_http2_is_kept(void **state)
{
    struct watch watch, *all[] = { &watch };

    (void)state;
    trust_test_authority();
    slow_start(&watch, "a.bin");
    speed_limit(watch.operation, 150000);
    check_speed(150000, speed_measure(all, 1, NULL));
    speed_cancel(&watch);
}

static void the_processs_that_was_set_over_http2_is_kept(void **state)
{
    struct watch one, two, three, *all[] = { &one, &two, &three };
    void *process = speed_process();

    (void)state;
    trust_test_authority();
    slow_start(&one, "a.bin");
    slow_start(&two, "b.bin");
    slow_start(&three, "c.bin");
    speed_limit(process, 300000);
    check_speed(300000, speed_measure(all, 3, NULL));
    speed_cancel(&one);
    speed_cancel(&two);
    speed_cancel(&three);
    release_ref(process);
}

/* The first is held by its own limit, the second by what that leaves of the group's, the third by
 * what the group leaves of the process's. */
static void all_levels_hold_at_once(void **state)
{
    IBackgroundTransferGroup *group = group_new("shared");
    IBackgroundDownloader *downloader = group_downloader(group);
    struct watch one, two, three, *all[] = { &one, &two, &three };
    void *process = speed_process();
    double each[3];

    (void)state;
    speed_limit(process, 900000);
    speed_limit(group, 400000);
    speed_create_large(&one, downloader, "a.bin");
    speed_create_large(&two, downloader, "b.bin");
    speed_limit(one.operation, 150000);
    watch_start(&one);
    watch_start(&two);
    speed_start_large(&three, "c.bin");
    check_speed(900000, speed_measure(all, 3, each));
    check_speed(150000, each[0]);
    check_speed(400000, each[0] + each[1]);
    check_speed(500000, each[2]);
    speed_cancel(&one);
    speed_cancel(&two);
    speed_cancel(&three);
    release_ref(process);
    release_ref(downloader);
    check_last_release_soon(group);
}

/* Small shares and a large one: who wants little at a time does not always come first. */
static void nobody_starves(void **state)
{
    static const char *const names[] = { "a.bin", "b.bin", "c.bin", "d.bin", "e.bin" };
    struct watch watches[5], *all[5];
    void *process = speed_process();
    double each[5];

    (void)state;
    speed_limit(process, 1000000);
    for (size_t i = 0; i < 5; i++) {
        all[i] = &watches[i];
        speed_create_large(all[i], NULL, names[i]);
        if (i)
            speed_limit(watches[i].operation, 300000);
        watch_start(all[i]);
    }
    check_speed(1000000, speed_measure(all, 5, each));
    for (size_t i = 0; i < 5; i++) {
        assert_true(each[i] > 150000);
        speed_cancel(all[i]);
    }
    release_ref(process);
}

static void the_environment_sets_the_processs(void **state)
{
    IDownloadOperation *operation;
    uint64_t begin, end;
    void *process;

    (void)state;
    test_setenv("WINRT_MAX_BYTES_PER_SECOND", "400000");
    operation = download_new(NULL, server_url("FAULT_HTTP", "/bytes/4000000"), "a.bin");
    begin = clock_monotonic_ns();
    assert_int_equal(download_run(operation, NULL), Completed);
    end = clock_monotonic_ns();
    check_pattern_file(test_path("a.bin"), 4000000);
    check_speed(400000, 4000000 * 1e9 / (double)(end - begin));
    process = speed_process();
    assert_int_equal(speed_limit_of(process), 400000);
    speed_limit(process, 0);
    assert_int_equal(speed_limit_of(process), 0);
    release_ref(process);
    check_last_release_soon(operation);
}

static void what_the_environment_says_is_replaced(void **state)
{
    void *process;

    (void)state;
    test_setenv("WINRT_MAX_BYTES_PER_SECOND", "1");
    process = speed_process();
    assert_int_equal(speed_limit_of(process), 1);
    speed_limit(process, 0);
    release_ref(process);
    download_whole(server_url("FAULT_HTTP", "/bytes/%d", SPEED_SMALL_SIZE), "a.bin");
}

static void nonsense_in_the_environment_is_no_limit(void **state)
{
    void *process;

    (void)state;
    test_setenv("WINRT_MAX_BYTES_PER_SECOND", "fast");
    process = speed_process();
    assert_int_equal(speed_limit_of(process), 0);
    release_ref(process);
}

static void ftp_is_limited_as_well(void **state)
{
    struct watch watch;
    uint64_t begin;

    (void)state;
    watch_create(&watch, NULL, "ftp", server_url("FTP", "/4m.bin"));
    speed_limit(watch.operation, 2 << 20);
    begin = clock_monotonic_ns();
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_speed_about(2 << 20, (4 << 20) * 1e9 / (double)(clock_monotonic_ns() - begin), 15);
    check_pattern_file(test_path(watch.file), 4 << 20);
    watch_close(&watch);
}
static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_download_keeps_to_its_limit),
    cmocka_unit_test(a_small_limit_is_kept_as_well),
    cmocka_unit_test(one_that_was_set_while_it_runs_is_kept),
    cmocka_unit_test(downloads_of_a_group_share_its_limit),
    cmocka_unit_test(the_process_keeps_to_its_limit),
    cmocka_unit_test(the_process_keeps_to_its_limit_over_tls),
    cmocka_unit_test(one_that_was_set_over_http2_is_kept),
    cmocka_unit_test(the_processs_that_was_set_over_http2_is_kept),
    cmocka_unit_test(all_levels_hold_at_once),
    cmocka_unit_test(nobody_starves),
    cmocka_unit_test(the_environment_sets_the_processs),
    cmocka_unit_test(what_the_environment_says_is_replaced),
    cmocka_unit_test(nonsense_in_the_environment_is_no_limit),
    cmocka_unit_test(ftp_is_limited_as_well),
};

TEST_MAIN(tests)
