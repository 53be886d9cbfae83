/* SPDX-License-Identifier: MIT */
/* What waits, sleeps: nothing asks again and again. */
#include "test_main.h"

#include "environment.h"
#include "namespace.h"
#include "src/port/network_state.h"
#include "src/port/pool.h"
#include "src/port/watch.h"
#include "thread_wakes.h"

static void ignore(void *context)
{
    (void)context;
}

static void a_folder_watch_sleeps(void **state)
{
    struct folder_watch *watch = NULL;

    (void)state;
    assert_int_equal(watch_folder(test_scratch(), ignore, NULL, &watch), PORT_OK);
    check_thread_sleeps("winrt-watch");
    watch_folder_end(watch);
}

/* In a network where nobody else changes anything. */
static void the_network_watch_sleeps(void **state)
{
    (void)state;
    enter_own_network(__func__);
    test_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/none");
    test_setenv("WINRT_NETWORK_STATE", NULL);
    test_setenv("WINRT_NETWORK_STATE_FILE", test_path("state"));
    assert_int_equal(network_state_watch(ignore, NULL), PORT_OK);
    check_thread_sleeps("winrt-network");
    check_thread_sleeps("winrt-watch");
    network_state_unwatch();
}

static void a_fixed_state_needs_no_thread(void **state)
{
    unsigned threads;

    (void)state;
    test_setenv("WINRT_NETWORK_STATE", "metered");
    assert_int_equal(network_state_watch(ignore, NULL), PORT_OK);
    thread_wakes("winrt-network", &threads);
    assert_int_equal(threads, 0);
    network_state_unwatch();
}

/* Also beyond the time after which a thread that is one too many ends. */
static void a_pool_that_has_nothing_to_do_sleeps(void **state)
{
    struct pool *pool;

    (void)state;
    assert_int_equal(pool_create("winrt-idle", NULL, NULL, &pool), PORT_OK);
    assert_int_equal(pool_prepare(pool), PORT_OK);
    check_threads_sleep("winrt-idle", 2, 6000); /* one, and the watch */
    pool_destroy(pool);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_folder_watch_sleeps),
    cmocka_unit_test(the_network_watch_sleeps),
    cmocka_unit_test(a_pool_that_has_nothing_to_do_sleeps),
    cmocka_unit_test(a_fixed_state_needs_no_thread),
};

TEST_MAIN_UNIT(tests)
