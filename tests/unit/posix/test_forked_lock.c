/* SPDX-License-Identifier: MIT */
/* Forked children and the locks of their parents. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_main.h"

#include "forked.h"
#include "src/port/file_lock.h"
#include "src/port/files.h"

static const char *lock_path(void)
{
    return test_path("a.lock");
}

/* A parent that takes the lock, forks a child that stays, and dies. The child's id comes through
 * the pipe when it is forked. */
static int live_and_leave_a_child(void *argument)
{
    int *channel = argument;
    struct file_lock *lock;
    pid_t child;

    if (file_lock_take(lock_path(), true, &lock))
        return 1;
    child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    return child > 0 && write(channel[1], &child, sizeof(child)) == sizeof(child) ? 0 : 2;
}

static void a_child_that_outlives_its_parent_keeps_no_lock(void **state)
{
    struct file_lock *lock;
    int channel[2];
    pid_t child;

    (void)state;
    assert_int_equal(pipe(channel), 0);
    assert_int_equal(run_forked(live_and_leave_a_child, channel), 0);
    assert_int_equal(read(channel[0], &child, sizeof(child)), sizeof(child));
    assert_int_equal(kill(child, 0), 0);
    /* Its handler for fork may not have run yet: that is the only wait here, and it is short. */
    for (int tries = 0; tries < 1000 && file_lock_take(lock_path(), true, &lock); tries++)
        usleep(1000);
    assert_non_null(lock);
    file_lock_release(lock, false);
    kill(child, SIGKILL);
}

/* 0, or the number of what is wrong. */
static int live_as_a_child(void *argument)
{
    struct file_lock *lock = argument, *other;

    if (file_lock_take(lock_path(), true, &other) != PORT_BUSY)
        return 1; /* it is the parent's */
    file_lock_release(lock, true);
    if (access(lock_path(), F_OK))
        return 2; /* and so is the file */
    if (file_lock_take(lock_path(), true, &other) != PORT_BUSY)
        return 3;
    /* Locks of the child's own are locks like others. */
    if (file_lock_take(test_path("b.lock"), true, &lock))
        return 4;
    if (file_lock_take(test_path("b.lock"), true, &other) != PORT_BUSY)
        return 5;
    file_lock_release(lock, true);
    return access(test_path("b.lock"), F_OK) ? 0 : 6;
}

static void a_child_leaves_the_parents_lock_alone(void **state)
{
    struct file_lock *lock, *first, *last, *other;

    (void)state;
    assert_int_equal(file_lock_take(test_path("first"), true, &first), PORT_OK);
    assert_int_equal(file_lock_take(lock_path(), true, &lock), PORT_OK);
    assert_int_equal(file_lock_take(test_path("last"), true, &last), PORT_OK);
    assert_int_equal(run_forked(live_as_a_child, lock), 0);
    assert_int_equal(file_lock_take(lock_path(), true, &other), PORT_BUSY);
    file_lock_release(lock, true);
    file_lock_release(first, true);
    assert_int_equal(file_lock_take(test_path("last"), true, &other), PORT_BUSY);
    file_lock_release(last, true);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_child_that_outlives_its_parent_keeps_no_lock),
    cmocka_unit_test(a_child_leaves_the_parents_lock_alone),
};

TEST_MAIN_UNIT(tests)
