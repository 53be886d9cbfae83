/* SPDX-License-Identifier: MIT */
/*
 * A program that downloads small files for days, in some seconds or minutes: what it uses at the
 * end is what it used after the first tenth, and each end was told once.
 *
 * WINRT_TEST_COUNT says how many.
 */
#include "soak_transfers.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "listing.h"
#include "long_form.h"
#include "process_use.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "test_event.h"

#define SHORT_FORM 5000
#define LONG_FORM  100000

#define THREADS_MOST      48 /* documented are four handlers, four workers, and some others */
#define STORE_MOST        (2u << 20)  /* bytes: two logs' worth before one is written anew */
#define RESIDENT_SLACK    (16u << 20) /* the heap's own disorder */
#define BLOCKS_SLACK      512         /* threads that come and go */
#define DESCRIPTORS_SLACK 12          /* connections that are kept */
#define DESCRIPTORS_QUIET 30
#define QUIET_WAIT_MS     60000
#define LOOK_MS           20
#define LINE_NS           60000000000u

/* The blocks that the library has. */
static atomic_long blocks;

static void *counted_allocate(size_t size)
{
    void *block = malloc(size);

    if (block)
        atomic_fetch_add(&blocks, 1);
    return block;
}

static void *counted_resize(void *block, size_t size)
{
    void *moved = realloc(block, size);

    if (moved && !block)
        atomic_fetch_add(&blocks, 1);
    return moved;
}

static void counted_release(void *block)
{
    if (block)
        atomic_fetch_sub(&blocks, 1);
    free(block);
}

struct figures {
    struct process_use process;
    long blocks;
    unsigned files;
    uint64_t store;
};

static struct figures take_figures(void)
{
    struct figures figures = { .process = process_use(), .blocks = atomic_load(&blocks) };

    figures.store = folder_use(getenv("WINRT_STATE_DIR"), &figures.files);
    return figures;
}

static void print_figures(const char *when, unsigned ended, const struct figures *figures)
{
    printf("%s, %u transfers: %.1f MiB resident, %ld blocks, %u descriptors, %u threads; store: %u "
           "files, %.0f KiB\n",
           when, ended, (double)figures->process.resident / 1048576, figures->blocks,
           figures->process.descriptors, figures->process.threads, figures->files,
           (double)figures->store / 1024);
    fflush(stdout);
}

/*
 * Until all that has ended is on the disk. Files wait for that with their descriptors, as many as
 * the process may have, and a busy disk takes its time. False: it took too long.
 */
static bool wait_for_quiet(void)
{
    uint64_t deadline = test_deadline(QUIET_WAIT_MS);
    struct test_event never;

    test_event_init(&never);
    while (process_use().descriptors > DESCRIPTORS_QUIET && clock_monotonic_ns() < deadline)
        test_event_wait(&never, LOOK_MS);
    test_event_destroy(&never);
    return process_use().descriptors <= DESCRIPTORS_QUIET;
}

/* Until `count` have been created and all have ended; the most of each that there was. */
static struct process_use run_until(struct soak *soak, unsigned count)
{
    uint64_t said = clock_monotonic_ns();
    struct process_use most = { 0 };

    while (soak->ended < count) {
        while (soak->created < count && soak->created - soak->ended < SOAK_OUTSTANDING)
            soak_start(soak);
        soak_end(soak);
        if (soak->ended % 500 == 0) {
            struct process_use use = process_use();

            most.threads = use.threads > most.threads ? use.threads : most.threads;
            most.descriptors =
                use.descriptors > most.descriptors ? use.descriptors : most.descriptors;
        }
        if (clock_monotonic_ns() - said > LINE_NS) {
            struct figures figures = take_figures();

            said = clock_monotonic_ns();
            print_figures("so far", soak->ended, &figures);
        }
    }
    return most;
}

static void check_calls(const struct soak *soak)
{
    for (unsigned i = 0; i < soak->created; i++) {
        if (soak->calls[i] != 1)
            fail_msg("the end of %u was told %u times", i, soak->calls[i]);
    }
}

static void nothing_grows(void **state)
{
    static const struct memory_ops counting = { counted_allocate, counted_resize, counted_release };
    unsigned count = (unsigned)test_amount(SHORT_FORM, LONG_FORM);
    struct process_use most;
    uint64_t begun = clock_monotonic_ns();
    struct figures warm, end;
    struct soak soak;

    (void)state;
    memory_set_ops(&counting);
    soak_init(&soak, count);
    run_until(&soak, count / 5);
    assert_int_equal(count_of(list_current()), 0);
    assert_true(wait_for_quiet());
    warm = take_figures();
    print_figures("after a fifth", soak.ended, &warm);

    most = run_until(&soak, count);
    assert_int_equal(count_of(list_current()), 0);
    assert_true(wait_for_quiet());
    end = take_figures();
    print_figures("at the end", soak.ended, &end);
    printf("%u transfers, at most %u threads and %u descriptors, %.1f s\n", count, most.threads,
           most.descriptors, (double)(clock_monotonic_ns() - begun) / 1e9);

    check_calls(&soak);
    assert_true(end.blocks <= warm.blocks + BLOCKS_SLACK);
    assert_true(end.process.descriptors <= warm.process.descriptors + DESCRIPTORS_SLACK);
    assert_true(most.threads <= THREADS_MOST);
    assert_true(end.store <= STORE_MOST);
    if (CHECKS_RESIDENT)
        assert_true(end.process.resident <= warm.process.resident + RESIDENT_SLACK);
    soak_destroy(&soak);
}

static const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_grows) };

TEST_MAIN(tests)
