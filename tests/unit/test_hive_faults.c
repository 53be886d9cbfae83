/* SPDX-License-Identifier: MIT */
/*
 * A full disk, calls that fail, no memory, a process that dies: what the hive said was written is
 * there, what it said was not is not, and it goes on.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "faulty_files.h"
#include "hive_dump.h"
#include "hive_steps.h"
#include "paths.h"
#include "platform.h"
#include "src/port/memory.h"

#define PATH      test_path("app.hive")
#define MOST_RUNS 2000

/* Makes a run with the first, the second … call failing, until none fails. */
static void with_each_call_failing(unsigned calls, enum port_status status, bool dead,
                                   void (*prepare)(void), void (*run)(enum port_status expected),
                                   void (*check)(void))
{
    int number = 0;
    bool failed;

    do {
        if (prepare)
            prepare();
        faulty_files_begin(calls, number, status, dead);
        run(status);
        failed = faulty_files_end();
        check();
        file_remove(PATH);
        assert_true(++number < MOST_RUNS);
    } while (failed);
    assert_true(number > 1);
}

/* What the open hive said it has. */
static char *said;

static void forget_said(void)
{
    free(said);
    said = NULL;
}

static void assert_said_is_there(void)
{
    assert_hive_file(PATH, said ? said : "");
    forget_said();
}

static void write_steps(enum port_status expected)
{
    enum port_status status;
    struct hive *hive;

    status = hive_open(PATH, &hive);
    assert_true(status == PORT_OK || status == expected);
    if (status)
        return;
    for (int step = 0; step < HIVE_STEPS; step++) {
        char *before = hive_dump(hive);

        status = hive_step(hive, step);
        assert_true(status == PORT_OK || status == expected);
        if (status)
            assert_hive(hive, before);
        free(before);
    }
    said = hive_dump(hive);
    hive_close(hive);
}

static void a_failed_write_changes_nothing(void **state)
{
    (void)state;
    with_each_call_failing(FAULTY_WRITE, PORT_DISK_FULL, false, NULL, write_steps,
                           assert_said_is_there);
    with_each_call_failing(FAULTY_RESIZE | FAULTY_OPEN | FAULTY_WRITE, PORT_IO, false, NULL,
                           write_steps, assert_said_is_there);
}

static int steps_done;

static void write_until_dead(enum port_status expected)
{
    enum port_status status;
    struct hive *hive;

    steps_done = 0;
    status = hive_open(PATH, &hive);
    assert_true(status == PORT_OK || status == expected);
    while (!status && steps_done < HIVE_STEPS) {
        status = hive_step(hive, steps_done);
        steps_done += !status;
    }
    hive_close(hive);
}

static void assert_done_is_there(void)
{
    const char *other = test_path("other.hive");
    struct hive *hive;

    assert_int_equal(hive_open(other, &hive), PORT_OK);
    for (int step = 0; step < steps_done; step++)
        assert_int_equal(hive_step(hive, step), PORT_OK);
    said = hive_dump(hive);
    hive_close(hive);
    assert_int_equal(file_remove(other), PORT_OK);
    assert_said_is_there();
}

static void a_process_that_dies_has_written_what_it_said(void **state)
{
    (void)state;
    with_each_call_failing(FAULTY_ANY, PORT_IO, true, NULL, write_until_dead, assert_done_is_there);
}

/* A volume of 64 KiB. Skipped where nobody may mount one. */
static void a_disk_that_is_full(void **state)
{
    const char *volume = getenv("WINRT_TEST_SMALL_DISK");
    enum port_status status = PORT_OK;
    struct hive *hive;
    char path[512], key[32], *dump;
    int count = 0;

    (void)state;
    if (!volume || !*volume)
        skip_because("nobody here may mount a small volume, and WINRT_TEST_SMALL_DISK names none");
    snprintf(path, sizeof(path), "%s/app.hive", host_path(volume));
    assert_int_equal(hive_open(path, &hive), PORT_OK);
    while (!status && count < 10000) {
        snprintf(key, sizeof(key), "%d", count);
        status = set_text(hive, key, "some bytes, so that it does not take for ever", 1);
        count += !status;
    }
    assert_int_equal(status, PORT_DISK_FULL);
    assert_int_equal(hive_count_keys(hive, ""), count);
    assert_int_equal(hive_compact(hive), PORT_DISK_FULL);
    dump = hive_dump(hive);
    hive_close(hive);
    assert_hive_file(path, dump);
    free(dump);
    assert_int_equal(file_remove(path), PORT_OK);
}

static void prepare_steps(void)
{
    struct hive *hive = hive_with_steps(PATH, -1);

    said = hive_dump(hive);
    hive_close(hive);
}

static void compact(enum port_status expected)
{
    enum port_status status;
    struct hive *hive;

    status = hive_open(PATH, &hive);
    assert_true(status == PORT_OK || status == expected);
    if (status)
        return;
    status = hive_compact(hive);
    assert_true(status == PORT_OK || status == expected);
    hive_close(hive);
}

static void a_rewriting_that_is_interrupted_loses_nothing(void **state)
{
    (void)state;
    with_each_call_failing(FAULTY_ANY, PORT_IO, true, prepare_steps, compact, assert_said_is_there);
}

/* And after a failure the same hive goes on. */
static void compact_and_go_on(enum port_status expected)
{
    enum port_status status;
    struct hive *hive;

    status = hive_open(PATH, &hive);
    assert_true(status == PORT_OK || status == expected);
    if (status)
        return;
    status = hive_compact(hive);
    assert_true(status == PORT_OK || status == expected);
    assert_hive(hive, said);
    free(said);
    status = set_text(hive, "Downloads\\{2}", "later", 1);
    assert_true(status == PORT_OK || status == expected);
    status = hive_delete_tree(hive, "Downloads\\{3}");
    assert_true(status == PORT_OK || status == expected);
    status = hive_sync(hive);
    assert_true(status == PORT_OK || status == expected);
    said = hive_dump(hive);
    hive_close(hive);
}

static void a_rewriting_that_fails_changes_nothing(void **state)
{
    (void)state;
    with_each_call_failing(FAULTY_ANY & ~(unsigned)FAULTY_READ, PORT_DISK_FULL, false,
                           prepare_steps, compact_and_go_on, assert_said_is_there);
    with_each_call_failing(FAULTY_RENAME, PORT_BUSY, false, prepare_steps, compact_and_go_on,
                           assert_said_is_there);
}

/* A file is not trusted after a failed sync: a new one is written. */
static void a_failed_sync_makes_a_new_log(void **state)
{
    struct file_info before, after;
    struct hive *hive = hive_with_steps(PATH, -1);
    char *dump = hive_dump(hive);
    file_handle handle;

    (void)state;
    assert_int_equal(hive_sync(hive), PORT_OK);
    assert_int_equal(file_path_info(PATH, &before), PORT_OK);
    faulty_files_begin(FAULTY_SYNC, 0, PORT_IO, false);
    assert_int_equal(hive_sync(hive), PORT_OK);
    assert_true(faulty_files_end());
    assert_int_equal(file_path_info(PATH, &after), PORT_OK);
    assert_true(before.inode != after.inode || before.created != after.created);
    assert_hive(hive, dump);

    /* Also if that can only be done later. */
    before = after;
    handle = hive_begin_sync(hive);
    faulty_files_begin(FAULTY_RENAME, 0, PORT_IO, false);
    assert_int_equal(hive_end_sync(hive, handle, PORT_IO), PORT_IO);
    assert_true(faulty_files_end());
    assert_int_equal(file_path_info(PATH, &after), PORT_OK);
    assert_true(before.inode == after.inode);
    assert_int_equal(hive_sync(hive), PORT_OK);
    assert_int_equal(file_path_info(PATH, &after), PORT_OK);
    assert_true(before.inode != after.inode || before.created != after.created);
    assert_hive(hive, dump);
    hive_close(hive);
    assert_hive_file(PATH, dump);
    free(dump);
}

static void a_new_hive_is_durable_with_its_folder(void **state)
{
    struct hive *hive;

    (void)state;
    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    faulty_files_begin(FAULTY_SYNC_FOLDER, 0, PORT_IO, false);
    assert_int_equal(hive_sync(hive), PORT_IO);
    assert_true(faulty_files_end());
    faulty_files_begin(FAULTY_SYNC_FOLDER, 0, PORT_IO, false);
    assert_int_equal(hive_sync(hive), PORT_IO);
    assert_true(faulty_files_end());
    assert_int_equal(hive_sync(hive), PORT_OK);
    faulty_files_begin(FAULTY_SYNC_FOLDER, 0, PORT_IO, false);
    assert_int_equal(hive_sync(hive), PORT_OK);
    assert_false(faulty_files_end());
    hive_close(hive);
}

/* Memory that runs out: how many allocations are left. */
static int allowed = -1;
static bool refused;

static bool may_allocate(void)
{
    if (allowed < 0 || allowed-- > 0)
        return true;
    refused = true;
    allowed = -1;
    return false;
}

static void *allocate(size_t size)
{
    return may_allocate() ? malloc(size) : NULL;
}

static void *resize(void *block, size_t size)
{
    return may_allocate() ? realloc(block, size) : NULL;
}

static const struct memory_ops scarce_memory = { allocate, resize, free };

/* The scenario with one allocation failing. What was said is kept in `said`. */
static void run_with_scarce_memory(int number)
{
    struct value_set *values;
    enum port_status status;
    struct hive *hive;

    allowed = number;
    status = hive_open(PATH, &hive);
    assert_true(status == PORT_OK || status == PORT_NO_MEMORY);
    if (status)
        return;
    for (int step = 0; step < HIVE_STEPS; step++) {
        status = hive_step(hive, step);
        assert_true(status == PORT_OK || status == PORT_NO_MEMORY);
    }
    status = hive_set_value(hive, "Downloads\\{2}", "Other", REGISTRY_SZ, "x", 1);
    assert_true(status == PORT_OK || status == PORT_NO_MEMORY);
    status = hive_query_values(hive, "Downloads\\{2}", &values);
    assert_true(status == PORT_OK || status == PORT_NO_MEMORY || status == PORT_NOT_FOUND);
    if (!status)
        value_set_free(values);
    status = hive_sync(hive);
    assert_true(status == PORT_OK || status == PORT_NO_MEMORY);
    status = hive_compact(hive);
    assert_true(status == PORT_OK || status == PORT_NO_MEMORY);
    allowed = -1;
    said = hive_dump(hive);
    hive_close(hive);
}

static void no_memory_is_told_and_changes_nothing(void **state)
{
    int number = 0;

    (void)state;
    memory_set_ops(&scarce_memory);
    do {
        refused = false;
        run_with_scarce_memory(number);
        allowed = -1;
        assert_said_is_there();
        file_remove(PATH);
        assert_true(++number < MOST_RUNS);
    } while (refused);
    assert_true(number > 10);
    memory_set_ops(NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_failed_write_changes_nothing),
    cmocka_unit_test(a_process_that_dies_has_written_what_it_said),
    cmocka_unit_test(a_disk_that_is_full),
    cmocka_unit_test(a_rewriting_that_is_interrupted_loses_nothing),
    cmocka_unit_test(a_rewriting_that_fails_changes_nothing),
    cmocka_unit_test(a_failed_sync_makes_a_new_log),
    cmocka_unit_test(a_new_hive_is_durable_with_its_folder),
    cmocka_unit_test(no_memory_is_told_and_changes_nothing),
};
TEST_MAIN_UNIT(tests)
