/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "thread_wakes.h"

#include <dirent.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "test_event.h"

#define QUIET_MS 500

static uint64_t wakes_of(const char *thread, const char *name, unsigned *threads)
{
    char path[300], line[100], found[16] = "";
    uint64_t wakes = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/self/task/%s/status", thread);
    file = fopen(path, "r");
    if (!file)
        return 0; /* it has ended */
    while (fgets(line, sizeof(line), file)) {
        sscanf(line, "Name: %15s", found);
        sscanf(line, "voluntary_ctxt_switches: %" SCNu64, &wakes);
    }
    fclose(file);
    if (strcmp(found, name))
        return 0;
    ++*threads;
    return wakes;
}

uint64_t thread_wakes(const char *name, unsigned *threads)
{
    DIR *folder = opendir("/proc/self/task");
    struct dirent *entry;
    uint64_t wakes = 0;

    *threads = 0;
    assert_non_null(folder);
    while ((entry = readdir(folder)))
        wakes += wakes_of(entry->d_name, name, threads);
    closedir(folder);
    return wakes;
}

static void wait_quietly(unsigned milliseconds)
{
    struct test_event never;

    test_event_init(&never);
    assert_false(test_event_wait(&never, milliseconds));
    test_event_destroy(&never);
}

/* It has to get to its first sleep, and has its name from itself. */
static uint64_t wakes_when_asleep(const char *name, unsigned expected)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS), before, wakes = 0;
    unsigned threads;

    do {
        before = wakes;
        wait_quietly(50);
        wakes = thread_wakes(name, &threads);
        assert_true(test_deadline(0) < deadline);
    } while (threads != expected || wakes != before || !wakes);
    return wakes;
}

void check_threads_sleep(const char *name, unsigned expected, unsigned milliseconds)
{
    uint64_t before = wakes_when_asleep(name, expected);
    unsigned threads;

    wait_quietly(milliseconds);
    assert_int_equal(thread_wakes(name, &threads), before);
    assert_int_equal(threads, expected);
}

void check_thread_sleeps(const char *name)
{
    check_threads_sleep(name, 1, QUIET_MS);
}
