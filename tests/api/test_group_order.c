/* SPDX-License-Identifier: MIT */
/* What runs when: slots, priorities, groups with both behaviors, and MakeCurrentInTransferGroup
 * (docs/scheduling.md). Each download is held amid its body until the test lets it go. */
#include "groups.h"

#include "environment.h"
#include "listing.h"
#include "programs.h"
#include "watch.h"

#define MEMBERS  8
#define HELD     400000
#define HOLD     "steps=hold:400000"
#define HOLD_ONE "steps=hold:400000,ok" /* the first answer only */

#define IDLE    BackgroundTransferStatus_Idle
#define RUNNING BackgroundTransferStatus_Running

static struct watch members[MEMBERS];
static unsigned earlier[MEMBERS]; /* requests of an earlier process */

static void create(int index, IBackgroundDownloader *downloader, const char *options)
{
    static const char *const names[MEMBERS] = { "m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7" };

    watch_create_file(&members[index], downloader, names[index], script_url(names[index], options),
                      names[index]);
}

/* So many, started in this order, in the group of this name (NULL: none). */
static void start(int count, const char *group_name, BackgroundTransferBehavior behavior,
                  const char *options)
{
    IBackgroundTransferGroup *group = group_name ? group_new(group_name) : NULL;
    IBackgroundDownloader *downloader = group_downloader(group);

    if (group)
        group_set(group, behavior);
    for (int i = 0; i < count; i++)
        create(i, downloader, options);
    for (int i = 0; i < count; i++)
        watch_start(&members[i]);
    check_last_release(downloader);
    release_ref(group);
}

static void start_serialized(int count, const char *options)
{
    start(count, "serialized", BackgroundTransferBehavior_Serialized, options);
}

static void wait_held(int index)
{
    script_control(&members[index], "held");
    assert_int_equal(progress_of(members[index].operation).Status, RUNNING);
}

static void check_waits(int index)
{
    assert_int_equal(progress_of(members[index].operation).Status, IDLE);
    assert_int_equal(request_count(&members[index]), earlier[index]);
}

static void let_end(int index)
{
    script_control(&members[index], "release");
    assert_int_equal(watch_end(&members[index], NULL), Completed);
    check_pattern_file(test_path(members[index].file), SCRIPT_SIZE);
}

/* They run in this order, each alone, those behind not before. */
static void check_order(const int *order, int count)
{
    for (int i = 0; i < count; i++) {
        wait_held(order[i]);
        for (int j = i + 1; j < count; j++)
            check_waits(order[j]);
        let_end(order[i]);
    }
}

static void close_all(int count)
{
    for (int i = 0; i < count; i++)
        watch_close(&members[i]);
}

static void serialized_ones_run_one_at_a_time_in_order(void **state)
{
    static const int order[] = { 0, 1, 2, 3, 4 };

    (void)state;
    start_serialized(5, HOLD);
    check_order(order, 5);
    close_all(5);
}

static void parallel_ones_run_together(void **state)
{
    (void)state;
    start(5, "parallel", BackgroundTransferBehavior_Parallel, HOLD);
    for (int i = 0; i < 5; i++)
        wait_held(i);
    for (int i = 4; i >= 0; i--)
        let_end(i);
    close_all(5);
}

/* BackgroundTransferBehavior: only default priority is limited. */
static void high_and_low_ones_run_beside_a_serialized_one(void **state)
{
    IBackgroundTransferGroup *group = group_new("serialized");
    IBackgroundDownloader *downloader = group_downloader(group);

    (void)state;
    group_set(group, BackgroundTransferBehavior_Serialized);
    for (int i = 0; i < 5; i++)
        create(i, downloader, HOLD);
    download_set_priority(members[2].operation, BackgroundTransferPriority_High);
    download_set_priority(members[3].operation, BackgroundTransferPriority_Low);
    download_set_priority(members[4].operation, BackgroundTransferPriority_High);
    for (int i = 0; i < 5; i++)
        watch_start(&members[i]);
    wait_held(0);
    wait_held(2);
    wait_held(3);
    wait_held(4);
    check_waits(1);
    let_end(2);
    let_end(3);
    check_waits(1); /* those had not the turn */
    let_end(0);
    wait_held(1);
    let_end(1);
    let_end(4);
    close_all(5);
    check_last_release(downloader);
    check_last_release(group);
}

static void a_high_one_overtakes_those_that_wait(void **state)
{
    static const int order[] = { 3, 0, 1, 2 };
    IBackgroundTransferGroup *group = group_new("serialized");
    IBackgroundDownloader *downloader = group_downloader(group);

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    group_set(group, BackgroundTransferBehavior_Serialized);
    create(4, NULL, HOLD);
    watch_start(&members[4]);
    wait_held(4);
    for (int i = 0; i < 4; i++) {
        create(i, downloader, HOLD);
        watch_start(&members[i]);
    }
    download_set_priority(members[3].operation, BackgroundTransferPriority_High);
    let_end(4);
    check_order(order, 4);
    close_all(5);
    check_last_release(downloader);
    check_last_release(group);
}

static void a_blocked_group_is_in_nobodys_way(void **state)
{
    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "2");
    start_serialized(3, HOLD);
    create(3, NULL, HOLD);
    watch_start(&members[3]);
    wait_held(0);
    wait_held(3);
    check_waits(1);
    let_end(3);
    let_end(0);
    wait_held(1);
    check_waits(2);
    let_end(1);
    let_end(2);
    close_all(4);
}

static void the_next_goes_when_the_head_fails(void **state)
{
    IBackgroundTransferGroup *group = group_new("serialized");
    IBackgroundDownloader *downloader = group_downloader(group);

    (void)state;
    group_set(group, BackgroundTransferBehavior_Serialized);
    create(0, downloader, "steps=status:404");
    create(1, downloader, HOLD);
    watch_start(&members[0]);
    watch_start(&members[1]);
    assert_int_equal(watch_end(&members[0], NULL), Error);
    wait_held(1);
    let_end(1);
    close_all(2);
    check_last_release(downloader);
    check_last_release(group);
}

static void the_next_goes_when_the_head_is_cancelled(void **state)
{
    (void)state;
    start_serialized(3, HOLD);
    wait_held(0);
    operation_cancel(members[1].async); /* one that waits */
    operation_cancel(members[0].async);
    assert_int_equal(watch_end(&members[0], NULL), Canceled);
    assert_int_equal(watch_end(&members[1], NULL), Canceled);
    wait_held(2);
    assert_int_equal(request_count(&members[1]), 0);
    let_end(2);
    close_all(3);
}

/* WindowsCommunityToolkit's users saw queues that stood still behind what was paused. */
static void the_next_goes_when_the_head_is_paused(void **state)
{
    (void)state;
    start_serialized(3, HOLD_ONE);
    wait_held(0);
    watch_for_bytes(&members[0], HELD);
    watch_pause(&members[0]);
    wait_held(1);
    watch_resume(&members[0]);
    watch_for_status(&members[0], IDLE); /* behind those that waited meanwhile */
    check_waits(2);
    let_end(1);
    wait_held(2);
    assert_int_equal(request_count(&members[0]), 1);
    let_end(2);
    assert_int_equal(watch_end(&members[0], NULL), Completed);
    assert_int_equal(request_count(&members[0]), 2);
    check_pattern_file(test_path(members[0].file), SCRIPT_SIZE);
    close_all(3);
}

static void the_next_goes_while_the_head_waits_for_a_retry(void **state)
{
    IBackgroundTransferGroup *group = group_new("serialized");
    IBackgroundDownloader *downloader = group_downloader(group);

    (void)state;
    test_setenv("WINRT_RETRY_BASE_MS", "60000");
    group_set(group, BackgroundTransferBehavior_Serialized);
    create(0, downloader, "steps=close");
    create(1, downloader, HOLD);
    watch_start(&members[0]);
    watch_start(&members[1]);
    wait_held(1);
    assert_int_equal(progress_of(members[0].operation).Status, IDLE);
    let_end(1);
    operation_cancel(members[0].async);
    assert_int_equal(watch_end(&members[0], NULL), Canceled);
    close_all(2);
    check_last_release(downloader);
    check_last_release(group);
}

/* Scenario 7 of Microsoft's sample. */
static void what_is_made_current_runs_next(void **state)
{
    static const int rest[] = { 1, 2 };

    (void)state;
    start_serialized(5, HOLD_ONE);
    wait_held(0);
    watch_for_bytes(&members[0], HELD);
    check_ok(download_make_current(members[3].operation));
    wait_held(3);
    /* The one that ran has made room, and lost nothing. */
    script_control(&members[0], "gone");
    assert_int_equal(progress_of(members[0].operation).Status, IDLE);
    assert_int_equal(progress_of(members[0].operation).BytesReceived, HELD);
    assert_int_equal(operation_status(members[0].async), Started);
    check_waits(4);
    let_end(3);
    wait_held(4); /* it came along */
    assert_int_equal(request_count(&members[0]), 1);
    let_end(4);
    assert_int_equal(watch_end(&members[0], NULL), Completed);
    check_requests(&members[0], "GET - -\nGET bytes=400000- \"size-1000000\"\n");
    check_pattern_file(test_path(members[0].file), SCRIPT_SIZE);
    assert_int_equal(watch_restarts(&members[0]), 0);
    check_order(rest, 2);
    close_all(5);
}

static void in_a_parallel_group_nobody_makes_room(void **state)
{
    static const int order[] = { 2, 1 };

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    start(3, "parallel", BackgroundTransferBehavior_Parallel, HOLD);
    wait_held(0);
    check_ok(download_make_current(members[2].operation));
    let_end(0);
    assert_int_equal(request_count(&members[0]), 1);
    check_order(order, 2);
    close_all(3);
}

/* Its request cannot be sent twice. */
static void a_post_does_not_make_room(void **state)
{
    static const int order[] = { 2, 1 };
    IBackgroundTransferGroup *group = group_new("post");
    IBackgroundDownloader *downloader = group_downloader(group);

    (void)state;
    group_set(group, BackgroundTransferBehavior_Serialized);
    for (int i = 0; i < 3; i++) {
        downloader_set_method(downloader, i == 0 ? "POST" : "GET");
        create(i, downloader, HOLD);
        watch_start(&members[i]);
    }
    wait_held(0);
    check_ok(download_make_current(members[2].operation));
    let_end(0);
    assert_int_equal(request_count(&members[0]), 1);
    check_order(order, 2);
    close_all(3);
    check_last_release(downloader);
    check_last_release(group);
}

static void make_current_has_no_effect_without_a_group(void **state)
{
    static const int order[] = { 0, 1, 2 };

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    start(3, NULL, BackgroundTransferBehavior_Parallel, HOLD);
    wait_held(0);
    check_ok(download_make_current(members[2].operation));
    check_ok(download_make_current(members[0].operation));
    check_order(order, 3);
    check_ok(download_make_current(members[2].operation));
    close_all(3);
}

static void make_current_has_no_effect_on_what_does_not_wait(void **state)
{
    (void)state;
    start_serialized(3, HOLD_ONE);
    wait_held(0);
    check_ok(download_make_current(members[0].operation)); /* runs */
    check_ok(IDownloadOperation_Pause(members[2].operation));
    watch_for_status(&members[2], BackgroundTransferStatus_PausedByApplication);
    check_ok(download_make_current(members[2].operation)); /* is paused */
    check_waits(1);
    let_end(0);
    check_ok(download_make_current(members[0].operation)); /* is over */
    wait_held(1);
    watch_resume(&members[2]);
    let_end(1);
    let_end(2);
    close_all(3);
}

static void make_current_before_the_start(void **state)
{
    IBackgroundTransferGroup *group = group_new("group");
    IBackgroundDownloader *downloader = group_downloader(group);
    IDownloadOperation *operation =
        download_new(downloader, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");

    (void)state;
    check_ok(download_make_current(operation));
    assert_int_equal(progress_of(operation).Status, IDLE);
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(group);
}

static void a_change_of_behavior_counts_for_what_starts(void **state)
{
    IBackgroundTransferGroup *group = group_new("serialized");

    (void)state;
    start_serialized(4, HOLD);
    wait_held(0);
    check_waits(1);
    group_set(group, BackgroundTransferBehavior_Parallel);
    wait_held(1);
    wait_held(2);
    wait_held(3);
    group_set(group, BackgroundTransferBehavior_Serialized);
    for (int i = 4; i < 6; i++) {
        IBackgroundDownloader *downloader = group_downloader(group);

        create(i, downloader, HOLD);
        watch_start(&members[i]);
        check_last_release(downloader);
    }
    let_end(0); /* the others go on together */
    let_end(1);
    let_end(2);
    check_waits(4);
    let_end(3);
    wait_held(4);
    check_waits(5);
    let_end(4);
    let_end(5);
    close_all(6);
    check_last_release(group);
}

static void six_run_at_a_time(void **state)
{
    (void)state;
    start(8, NULL, BackgroundTransferBehavior_Parallel, HOLD);
    for (int i = 0; i < 6; i++)
        wait_held(i);
    check_waits(6);
    check_waits(7);
    let_end(3);
    wait_held(6);
    check_waits(7);
    let_end(0);
    wait_held(7);
    for (int i = 1; i < 8; i++) {
        if (i != 3)
            let_end(i);
    }
    close_all(8);
}

static void the_environment_says_how_many(void **state)
{
    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "2");
    start(4, NULL, BackgroundTransferBehavior_Parallel, HOLD);
    wait_held(0);
    wait_held(1);
    check_waits(2);
    check_waits(3);
    let_end(1);
    wait_held(2);
    check_waits(3);
    let_end(0);
    let_end(2);
    let_end(3);
    close_all(4);
}

static void high_before_default_before_low(void **state)
{
    static const int order[] = { 3, 4, 2, 1 };

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    for (int i = 0; i < 5; i++)
        create(i, NULL, HOLD);
    download_set_priority(members[1].operation, BackgroundTransferPriority_Low);
    download_set_priority(members[3].operation, BackgroundTransferPriority_High);
    watch_start(&members[0]);
    wait_held(0);
    for (int i = 1; i < 5; i++)
        watch_start(&members[i]);
    /* While it waits; what runs is not stopped. */
    download_set_priority(members[4].operation, BackgroundTransferPriority_High);
    download_set_priority(members[0].operation, BackgroundTransferPriority_Low);
    let_end(0);
    assert_int_equal(request_count(&members[0]), 1);
    check_order(order, 4);
    close_all(5);
}

/* A restored one; its reference goes over. */
static void attach(int index, IDownloadOperation *operation, const char *name)
{
    struct watch *watch = &members[index];

    mutex_init(&watch->mutex);
    watch->token = test_token(name);
    watch->file = name;
    watch->operation = operation;
    watch->progress = recorder_create(RECORDER_INTERFACE, NULL);
    check_ok(IDownloadOperation_AttachAsync(operation, &watch->async));
}

static void check_group(IDownloadOperation *operation)
{
    IDownloadOperation2 *second = query(operation, &IID_IDownloadOperation2);
    IBackgroundTransferGroup *group = NULL;

    check_ok(IDownloadOperation2_get_TransferGroup(second, &group));
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Serialized);
    release_ref(group);
    release_ref(second);
}

/* What earlier processes of the app have started. */
static void restored_ones_keep_their_group(void **state)
{
    static const char *const names[] = { "m0", "m1", "m2" };
    static const int order[] = { 0, 1, 2 };
    IBackgroundTransferGroup *group;
    IVectorView_DownloadOperation *view;
    UINT32 count = 0;

    (void)state;
    test_setenv("WINRT_APP_ID", "order");
    test_setenv("WINRT_RETRY_BASE_MS", "60000"); /* one request each, before */
    group = group_new("serialized");
    group_set(group, BackgroundTransferBehavior_Serialized);
    for (int i = 0; i < 3; i++) {
        const char *const arguments[] = {
            GROUP_PROGRAM, "start",
            "serialized",  script_url(names[i], "steps=close,hold:400000"),
            names[i],      test_token(names[i]),
            NULL
        };

        assert_int_equal(run_program(arguments, 60), 0);
        earlier[i] = 1;
    }
    view = list_transfer_group(group);
    check_ok(IVectorView_DownloadOperation_get_Size(view, &count));
    assert_int_equal(count, 3);
    for (int i = 0; i < 3; i++) {
        IDownloadOperation *operation = NULL;

        check_ok(IVectorView_DownloadOperation_GetAt(view, (UINT32)i, &operation));
        check_group(operation);
        check_ok(download_make_current(operation)); /* it does not wait yet */
        attach(i, operation, names[i]);
    }
    release_ref(view);
    check_order(order, 3);
    close_all(3);
    check_last_release(group);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(serialized_ones_run_one_at_a_time_in_order),
    cmocka_unit_test(parallel_ones_run_together),
    cmocka_unit_test(high_and_low_ones_run_beside_a_serialized_one),
    cmocka_unit_test(a_high_one_overtakes_those_that_wait),
    cmocka_unit_test(a_blocked_group_is_in_nobodys_way),
    cmocka_unit_test(the_next_goes_when_the_head_fails),
    cmocka_unit_test(the_next_goes_when_the_head_is_cancelled),
    cmocka_unit_test(the_next_goes_when_the_head_is_paused),
    cmocka_unit_test(the_next_goes_while_the_head_waits_for_a_retry),
    cmocka_unit_test(what_is_made_current_runs_next),
    cmocka_unit_test(in_a_parallel_group_nobody_makes_room),
    cmocka_unit_test(a_post_does_not_make_room),
    cmocka_unit_test(make_current_has_no_effect_without_a_group),
    cmocka_unit_test(make_current_has_no_effect_on_what_does_not_wait),
    cmocka_unit_test(make_current_before_the_start),
    cmocka_unit_test(a_change_of_behavior_counts_for_what_starts),
    cmocka_unit_test(six_run_at_a_time),
    cmocka_unit_test(the_environment_says_how_many),
    cmocka_unit_test(high_before_default_before_low),
    cmocka_unit_test(restored_ones_keep_their_group),
};

TEST_MAIN(tests)
