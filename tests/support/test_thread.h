/* SPDX-License-Identifier: MIT */
/* Threads of the test's own, which it waits for. */
#ifndef WINRT_TEST_THREAD_H
#define WINRT_TEST_THREAD_H

#include <stdint.h>

#include "src/port/threads.h"

struct test_thread;

/* A failure ends the test. */
struct test_thread *test_thread_start(void (*run)(void *argument), void *argument);

/* Waits until the thread is gone, with all that it had, and frees the object. */
void test_thread_join(struct test_thread *thread);

/* Runs it on a thread, and waits for that. */
void test_thread_run(void (*run)(void *argument), void *argument);

/* A number that no other living thread has. */
uint64_t test_thread_self(void);

/*
 * Nanoseconds that this thread has worked, whatever else the machine had to do meanwhile; where
 * the system does not tell finely (Windows), nanoseconds that have passed.
 */
uint64_t test_thread_work_ns(void);

/* Holds threads back until `count` of them have come. */
struct test_barrier {
    struct mutex mutex;
    struct condition changed;
    unsigned missing;
};

void test_barrier_init(struct test_barrier *barrier, unsigned count);
void test_barrier_destroy(struct test_barrier *barrier);
void test_barrier_wait(struct test_barrier *barrier);

#endif
