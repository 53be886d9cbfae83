/* SPDX-License-Identifier: MIT */
/* A process that forks a child which outlives it: its transfers are free all the same. */
#include <signal.h>
#include <unistd.h>

#include "test_main.h"

#include "../store_records.h"
#include "forked.h"

enum {
    RECORDS = 20
};

static const char *app(void)
{
    return test_path("app");
}

static int live_and_leave_a_child(void *argument)
{
    struct store *store = open_store(app());
    int *channel = argument;
    pid_t child;

    put_records(store, 0, RECORDS);
    if (store_flush(store))
        return 1;
    child = fork();
    if (child == 0) {
        char byte;

        /* It may try what it wants. */
        store_close(store);
        if (read(channel[0], &byte, 1) != 1)
            _exit(1);
        _exit(0);
    }
    return child > 0 && write(channel[3], &child, sizeof(child)) == sizeof(child) ? 0 : 2;
}

static void a_child_does_not_keep_its_parents_transfers(void **state)
{
    static struct adopted adopted;
    struct store *store;
    int channel[4];
    pid_t child;

    (void)state;
    assert_int_equal(pipe(channel), 0);
    assert_int_equal(pipe(channel + 2), 0);
    assert_int_equal(run_forked(live_and_leave_a_child, channel), 0);
    assert_int_equal(read(channel[2], &child, sizeof(child)), sizeof(child));
    store = open_store(app()); /* not before: its children have none */
    /* Until its handler of the fork has run, for a moment, the child has the lock, too. */
    for (int tries = 0; tries < 1000 && !adopted.count; tries++) {
        adopt_all(store, &adopted);
        if (!adopted.count)
            usleep(1000);
    }
    check_adopted(&adopted, 0, RECORDS);
    assert_int_equal(kill(child, 0), 0);
    assert_int_equal(write(channel[1], "", 1), 1);
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_child_does_not_keep_its_parents_transfers),
};

TEST_MAIN_UNIT(tests)
