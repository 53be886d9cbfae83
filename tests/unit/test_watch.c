/* SPDX-License-Identifier: MIT */
/* Being told of changes in a folder. */
#include <stdio.h>

#include "test_main.h"

#include "calls.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/watch.h"
#include "test_event.h"
#include "test_files.h"

static struct calls calls;

static struct folder_watch *watch(const char *path)
{
    struct folder_watch *watch = NULL;

    calls_init(&calls);
    assert_int_equal(watch_folder(path, calls_note, &calls, &watch), PORT_OK);
    assert_non_null(watch);
    return watch;
}

static void end(struct folder_watch *watch)
{
    watch_folder_end(watch);
    calls_destroy(&calls);
}

/* What the step before is told of may come late, and in several calls; so each is tried with a
   watch of its own. */
static void check_told(void (*step)(void))
{
    struct folder_watch *watched = watch(test_scratch());

    step();
    assert_true(calls_wait(&calls, 0, TEST_WAIT_MS));
    end(watched);
}

static void make(void)
{
    test_file_write(test_path("one"), "1", 1);
}

static void overwrite(void)
{
    test_file_write(test_path("one"), "12", 2);
}

static void rename_it(void)
{
    assert_int_equal(file_rename(test_path("one"), test_path("two"), false), PORT_OK);
}

static void replace(void)
{
    assert_int_equal(file_rename(test_path("two"), test_path("three"), true), PORT_OK);
}

static void remove_it(void)
{
    assert_int_equal(file_remove(test_path("three")), PORT_OK);
}

static void make_folder(void)
{
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_OK);
}

static void what_happens_to_entries_is_told(void **state)
{
    (void)state;
    check_told(make);
    check_told(overwrite);
    check_told(rename_it);
    test_file_write(test_path("three"), "3", 1);
    check_told(replace);
    check_told(remove_it);
    check_told(make_folder);
}

static void move_in(void)
{
    assert_int_equal(file_rename(test_path("folder/one"), test_path("one"), false), PORT_OK);
}

static void move_out(void)
{
    assert_int_equal(file_rename(test_path("one"), test_path("folder/one"), false), PORT_OK);
}

static void what_comes_from_elsewhere_and_goes_there_is_told(void **state)
{
    (void)state;
    make_folder();
    test_file_write(test_path("folder/one"), "1", 1);
    check_told(move_in);
    check_told(move_out);
}

static void what_comes_while_the_handler_runs_is_told_again(void **state)
{
    struct folder_watch *watched = watch(test_scratch());
    unsigned i;

    (void)state;
    for (i = 0; i < 50; i++) {
        unsigned before = calls_count(&calls);
        char name[16];

        snprintf(name, sizeof(name), "%u", i);
        test_file_write(test_path(name), "1", 1);
        assert_true(calls_wait(&calls, before, TEST_WAIT_MS));
    }
    end(watched);
}

static void reading_and_what_is_further_down_are_not_told(void **state)
{
    struct folder_watch *watched;
    size_t size;
    void *text;

    (void)state;
    make();
    make_folder();
    test_file_write(test_path("folder/one"), "1", 1);
    watched = watch(test_scratch());
    assert_int_equal(file_load(test_path("one"), 10, &text, &size), PORT_OK);
    memory_free(text);
    test_file_write(test_path("folder/two"), "2", 1);
    assert_false(calls_wait(&calls, 0, 200));
    end(watched);
}

static void nothing_is_told_after_the_end(void **state)
{
    struct folder_watch *watched = watch(test_scratch());

    (void)state;
    watch_folder_end(watched);
    make();
    assert_false(calls_wait(&calls, 0, 100));
    calls_destroy(&calls);
    watch_folder_end(NULL);
}

static struct test_event entered;
static bool left;

static void slow(void *context)
{
    struct test_event never;

    (void)context;
    test_event_init(&never);
    test_event_set(&entered);
    test_event_wait(&never, 50);
    test_event_destroy(&never);
    left = true; /* a race with the main thread, if watch_folder_end does not wait */
}

static void the_end_waits_for_the_handler(void **state)
{
    struct folder_watch *watched = NULL;

    (void)state;
    test_event_init(&entered);
    assert_int_equal(watch_folder(test_scratch(), slow, NULL, &watched), PORT_OK);
    make();
    assert_true(test_event_wait(&entered, TEST_WAIT_MS));
    watch_folder_end(watched);
    assert_true(left);
}

static void several_watch_one_folder(void **state)
{
    struct folder_watch *one = watch(test_scratch()), *other = NULL;
    struct calls others;

    (void)state;
    calls_init(&others);
    assert_int_equal(watch_folder(test_scratch(), calls_note, &others, &other), PORT_OK);
    make();
    assert_true(calls_wait(&calls, 0, TEST_WAIT_MS));
    assert_true(calls_wait(&others, 0, TEST_WAIT_MS));
    end(one);
    overwrite();
    assert_true(calls_wait(&others, 1, TEST_WAIT_MS));
    watch_folder_end(other);
    calls_destroy(&others);
}

static void a_watch_outlives_its_folder(void **state)
{
    struct folder_watch *watched;

    (void)state;
    make_folder();
    watched = watch(test_path("folder"));
    file_remove_folder(test_path("folder")); /* under Wine it stays while it is watched */
    end(watched);
}

static void what_is_no_folder_is_refused(void **state)
{
    struct folder_watch *watched;

    (void)state;
    make();
    assert_int_equal(watch_folder(test_path("none"), calls_note, NULL, &watched), PORT_NOT_FOUND);
    assert_null(watched);
    assert_int_equal(watch_folder(test_path("one"), calls_note, NULL, &watched), PORT_NOT_A_FOLDER);
    assert_null(watched);
}

static void many_watches_begin_and_end(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < 50; i++)
        end(watch(test_scratch()));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_happens_to_entries_is_told),
    cmocka_unit_test(what_comes_from_elsewhere_and_goes_there_is_told),
    cmocka_unit_test(what_comes_while_the_handler_runs_is_told_again),
    cmocka_unit_test(reading_and_what_is_further_down_are_not_told),
    cmocka_unit_test(nothing_is_told_after_the_end),
    cmocka_unit_test(the_end_waits_for_the_handler),
    cmocka_unit_test(several_watch_one_folder),
    cmocka_unit_test(a_watch_outlives_its_folder),
    cmocka_unit_test(what_is_no_folder_is_refused),
    cmocka_unit_test(many_watches_begin_and_end),
};

TEST_MAIN_UNIT(tests)
