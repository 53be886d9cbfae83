/* SPDX-License-Identifier: MIT */
/* Processes that die, and those that live at the same time. The build defines STORE_PROGRAM, the
 * path of store_program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "programs.h"
#include "running.h"
#include "src/port/files.h"
#include "src/port/system.h"
#include "store_program.h"
#include "store_records.h"
#include "strings_ring.h"
#include "test_event.h"
#include "test_files.h"

enum {
    KILLS = 20,
    ADOPTERS = 8,
    DEAD = 5,
    RECORDS = 40, /* in each dead hive */
    MOST_STEPS = 400,
    LONGEST_RUN_S = 60
};

static struct adopted adopted;

static const char *app(void)
{
    return test_path("app");
}

static void run_put(const char *folder, unsigned first, unsigned count)
{
    const char *const arguments[] = {
        STORE_PROGRAM, "put", folder, ring_format("%u", first), ring_format("%u", count), NULL
    };

    assert_int_equal(run_program(arguments, LONGEST_RUN_S), 0);
}

static struct running *start_holder(unsigned first, unsigned count, const char *signal)
{
    const char *const arguments[] = {
        STORE_PROGRAM, "hold", app(), ring_format("%u", first), ring_format("%u", count),
        signal,        NULL
    };
    struct running *holder = running_start(arguments);

    assert_true(signal_wait(signal));
    return holder;
}

static void what_a_killed_process_had_is_adopted(void **state)
{
    struct running *holder = start_holder(0, RECORDS, test_path("held"));
    struct store *store = open_store(app());

    (void)state;
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    running_kill(holder);
    assert_int_equal(running_join(holder, LONGEST_RUN_S), PROGRAM_CRASHED);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, RECORDS);
    check_adopted(&adopted, 0, RECORDS);
    store_close(store);
}

/* What store_program says to have put of each record, before the kill. */
static void read_versions(const char *signal, unsigned versions[WRITTEN])
{
    for (unsigned i = 0; i < WRITTEN; i++) {
        size_t size = 0;
        char *content = test_file_read(ring_format("%s.%u", signal, i), &size);

        versions[i] = 0;
        if (content && size == sizeof(versions[i]))
            memcpy(&versions[i], content, size);
        free(content);
    }
}

static void pass_time(unsigned milliseconds)
{
    struct test_event never;

    test_event_init(&never);
    test_event_wait(&never, milliseconds);
    test_event_destroy(&never);
}

static void kill_a_writer(unsigned round)
{
    char signal[1024], folder[1024]; /* the ring's buffers are used again */
    const char *const arguments[] = { STORE_PROGRAM, "write", folder, signal, NULL };
    struct running *writer;
    unsigned versions[WRITTEN];
    struct store *store;
    uint8_t random;

    snprintf(signal, sizeof(signal), "%s", test_path("writing"));
    snprintf(folder, sizeof(folder), "%s-%u", app(), round);
    writer = running_start(arguments);
    assert_true(signal_wait(signal));
    assert_int_equal(system_random(&random, sizeof(random)), PORT_OK);
    pass_time(random % 64);
    running_kill(writer);
    assert_int_equal(running_join(writer, LONGEST_RUN_S), PROGRAM_CRASHED);
    read_versions(signal, versions);
    store = open_store(folder);
    adopt_all(store, &adopted);
    for (unsigned i = 0; i < WRITTEN; i++) {
        assert_in_range(adopted.versions[i], versions[i], versions[i] + 1);
        assert_int_equal(adopted.times[i], adopted.versions[i] ? 1 : 0);
        test_file_write(ring_format("%s.%u", signal, i), "", 0);
    }
    store_close(store);
    assert_int_equal(file_real_ops.remove(signal), PORT_OK);
}

static void a_kill_at_any_moment_loses_nothing_that_was_put(void **state)
{
    (void)state;
    for (unsigned round = 0; round < KILLS; round++)
        kill_a_writer(round);
}

/* Adds what an adopter has written. */
static void count_adopted(const char *path, unsigned times[RECORDS_MAX])
{
    char *text = test_file_read(path, NULL), *next = text;

    assert_non_null(text);
    while (*next) {
        unsigned number = (unsigned)strtoul(next, &next, 10);

        strtoul(next, &next, 10);
        assert_int_equal(*next++, '\n');
        assert_true(number < RECORDS_MAX);
        times[number]++;
    }
    free(text);
}

static const char *adopter(unsigned number, const char *what)
{
    return ring_format("%s%u%s", test_path("adopter"), number, what);
}

static void race_adopters(unsigned records)
{
    static unsigned times[RECORDS_MAX];
    struct running *adopters[ADOPTERS];

    for (unsigned i = 0; i < ADOPTERS; i++) {
        const char *const arguments[] = { STORE_PROGRAM,      "adopt", app(), adopter(i, ""),
                                          test_path("start"), NULL };

        adopters[i] = running_start(arguments);
    }
    for (unsigned i = 0; i < ADOPTERS; i++)
        assert_true(signal_wait(adopter(i, ".ready")));
    signal_make(test_path("start"));
    for (unsigned i = 0; i < ADOPTERS; i++) {
        assert_true(signal_wait(adopter(i, ".done")));
        count_adopted(adopter(i, ""), times);
    }
    for (unsigned i = 0; i < records; i++)
        assert_int_equal(times[i], 1);
    for (unsigned i = 0; i < ADOPTERS; i++)
        signal_make(adopter(i, ".end"));
    for (unsigned i = 0; i < ADOPTERS; i++)
        assert_int_equal(running_join(adopters[i], LONGEST_RUN_S), 0);
}

static void of_eight_adopters_each_record_gets_one(void **state)
{
    (void)state;
    for (unsigned i = 0; i < DEAD; i++)
        run_put(app(), i * RECORDS, RECORDS);
    race_adopters(DEAD * RECORDS);
}

/* As crashes amid merges leave them: the same records in several hives, which nobody must share
 * out. */
static void of_eight_adopters_one_gets_all_copies(void **state)
{
    char *content;
    size_t size;

    (void)state;
    run_put(app(), 0, RECORDS);
    content = test_file_read(only_file(test_path("app/transfers"), ".hive"), &size);
    assert_non_null(content);
    for (unsigned i = 0; i < ADOPTERS; i++) {
        file_handle file;

        assert_int_equal(file_open(ring_format("%s/transfers/%016x.hive", app(), i),
                                   FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file),
                         PORT_OK);
        assert_int_equal(file_write_at(file, 0, content, size), PORT_OK);
        file_close(file);
    }
    free(content);
    race_adopters(RECORDS);
}

/* 0 when the adoption has come to its end. */
static int crash_at(const char *folder, unsigned step)
{
    const char *const arguments[] = { STORE_PROGRAM, "crash", folder, ring_format("%u", step),
                                      NULL };

    return run_program(arguments, LONGEST_RUN_S);
}

/* Two processes then come at a time: whatever the crash has left, each record is in one of them. */
static void check_after_crash(const char *folder)
{
    struct store *first = open_store(folder), *second = open_store(folder);
    static struct adopted others;

    adopt_all(first, &adopted);
    adopt_all(second, &others);
    check_adopted(&adopted, 0, 3 * 4);
    assert_int_equal(others.count, 0);
    assert_int_equal(adopted.count, 3 * 4 + adopted.times[OWN_RECORD]);
    store_close(first);
    adopt_all(second, &others);
    check_adopted(&others, 0, 3 * 4);
    store_close(second);
}

static void a_crash_at_any_step_of_an_adoption_loses_nothing(void **state)
{
    unsigned step = 0;
    int code;

    (void)state;
    do {
        const char *folder = ring_format("%s-%u", app(), ++step);

        assert_true(step < MOST_STEPS);
        for (unsigned i = 0; i < 3; i++) {
            struct store *store = open_store(folder);

            put_records(store, i * 4, 4);
            store_close(store);
        }
        code = crash_at(folder, step);
        if (code != 0 && code != CRASHED_HERE)
            print_error("step %u: exit code %d\n", step, code);
        assert_true(code == 0 || code == CRASHED_HERE);
        check_after_crash(folder);
    } while (code);
    /* Something was interrupted. */
    assert_true(step > 20);
    print_message("%u steps\n", step - 1);
}

/* Two crashes: the second while the first one's remains are adopted. */
static void so_does_a_second_crash(void **state)
{
    unsigned step;

    (void)state;
    for (step = 1; step < 100; step += 7) {
        const char *folder = ring_format("%s-%u", app(), step);

        for (unsigned i = 0; i < 3; i++) {
            struct store *store = open_store(folder);

            put_records(store, i * 4, 4);
            store_close(store);
        }
        crash_at(folder, 100 - step);
        crash_at(folder, step);
        check_after_crash(folder);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_a_killed_process_had_is_adopted),
    cmocka_unit_test(a_kill_at_any_moment_loses_nothing_that_was_put),
    cmocka_unit_test(of_eight_adopters_each_record_gets_one),
    cmocka_unit_test(of_eight_adopters_one_gets_all_copies),
    cmocka_unit_test(a_crash_at_any_step_of_an_adoption_loses_nothing),
    cmocka_unit_test(so_does_a_second_crash),
};

TEST_MAIN_UNIT(tests)
