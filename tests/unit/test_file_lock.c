/* SPDX-License-Identifier: MIT */
/* Locks between processes. The build defines STORE_PROGRAM, the path of store_program. */
#include <string.h>

#include "test_main.h"

#include "file_access.h"
#include "links.h"
#include "platform.h"
#include "programs.h"
#include "running.h"
#include "src/port/file_lock.h"
#include "src/port/files.h"
#include "store_program.h"
#include "strings_ring.h"
#include "test_event.h"
#include "test_files.h"

#define LONGEST_RUN_S 30

static const char *lock_path(void)
{
    return test_path("a.lock");
}

static struct file_lock *take(void)
{
    struct file_lock *lock;

    assert_int_equal(file_lock_take(lock_path(), true, &lock), PORT_OK);
    assert_non_null(lock);
    return lock;
}

static void check_busy(void)
{
    struct file_lock *lock;

    assert_int_equal(file_lock_take(lock_path(), true, &lock), PORT_BUSY);
    assert_null(lock);
}

static int run_locker(void)
{
    const char *const arguments[] = { STORE_PROGRAM, "lock", lock_path(), test_path("held"), NULL };

    return run_program(arguments, LONGEST_RUN_S);
}

/* Another process that has the lock until test_path("held.end") is there. */
static struct running *start_holder(void)
{
    const char *const arguments[] = { STORE_PROGRAM, "lock", lock_path(), test_path("held"), NULL };
    struct running *holder = running_start(arguments);

    assert_true(signal_wait(test_path("held")));
    return holder;
}

static void a_lock_is_taken_once(void **state)
{
    struct file_lock *lock = take();

    (void)state;
    check_busy();
    check_busy();
    file_lock_release(lock, false);
    lock = take();
    file_lock_release(lock, false);
    assert_int_equal(file_size(lock_path()), 0);
}

static void without_create_it_must_be_there(void **state)
{
    struct file_lock *lock;

    (void)state;
    assert_int_equal(file_lock_take(lock_path(), false, &lock), PORT_NOT_FOUND);
    assert_null(lock);
    file_lock_release(NULL, true);
    file_lock_release(take(), false);
    assert_int_equal(file_lock_take(lock_path(), false, &lock), PORT_OK);
    file_lock_release(lock, true);
    assert_int_equal(file_size(lock_path()), -1);
}

static void the_file_is_private(void **state)
{
    struct file_lock *lock;

    (void)state;
    share_new_items();
    lock = take();
    assert_true(is_private(lock_path()));
    file_lock_release(lock, true);
}

static void a_link_is_no_lock(void **state)
{
    struct file_lock *lock;

    (void)state;
    need(NEED_LINKS);
    test_file_write(test_path("other"), "", 0);
    make_link("other", lock_path());
    assert_int_equal(file_lock_take(lock_path(), true, &lock), PORT_DENIED);
}

/* A lock whose file was removed and made again keeps nobody out, and is no reason to wait. */
static void what_counts_is_the_file_at_the_path(void **state)
{
    struct file_lock *lock = take(), *next;

    (void)state;
    skip_but_natively("an open file's name cannot be taken by another");
    assert_int_equal(file_remove(lock_path()), PORT_OK);
    next = take();
    file_lock_release(lock, false);
    check_busy();
    file_lock_release(next, false);
}

static void another_process_is_kept_out(void **state)
{
    struct file_lock *lock = take();

    (void)state;
    assert_int_equal(run_locker(), LOCK_WAS_BUSY);
    /* Opening and closing the file changes nothing, as it would with F_SETLK. */
    assert_int_equal(file_size(lock_path()), 0);
    assert_int_equal(run_locker(), LOCK_WAS_BUSY);
    file_lock_release(lock, false);
    signal_make(test_path("held.end"));
    assert_int_equal(run_locker(), 0);
}

static void the_end_of_the_process_frees_it(void **state)
{
    struct running *holder = start_holder();

    (void)state;
    check_busy();
    signal_make(test_path("held.end"));
    assert_int_equal(running_join(holder, LONGEST_RUN_S), 0);
    file_lock_release(take(), false);
}

static void a_killed_process_frees_it(void **state)
{
    struct running *holder = start_holder();

    (void)state;
    check_busy();
    running_kill(holder);
    assert_int_equal(running_join(holder, LONGEST_RUN_S), PROGRAM_CRASHED);
    file_lock_release(take(), true);
}

/* A program that is started while we hold it does not hold it, too. */
static void a_started_program_does_not_inherit_it(void **state)
{
    const char *const arguments[] = { STORE_PROGRAM, "lock", test_path("b.lock"),
                                      test_path("other"), NULL };
    struct file_lock *lock = take();
    struct running *other = running_start(arguments);

    (void)state;
    assert_true(signal_wait(test_path("other")));
    file_lock_release(lock, false);
    file_lock_release(take(), false);
    signal_make(test_path("other.end"));
    assert_int_equal(running_join(other, LONGEST_RUN_S), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_lock_is_taken_once),
    cmocka_unit_test(without_create_it_must_be_there),
    cmocka_unit_test(the_file_is_private),
    cmocka_unit_test(a_link_is_no_lock),
    cmocka_unit_test(what_counts_is_the_file_at_the_path),
    cmocka_unit_test(another_process_is_kept_out),
    cmocka_unit_test(the_end_of_the_process_frees_it),
    cmocka_unit_test(a_killed_process_frees_it),
    cmocka_unit_test(a_started_program_does_not_inherit_it),
};

TEST_MAIN_UNIT(tests)
