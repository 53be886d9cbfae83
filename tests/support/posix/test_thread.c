/* SPDX-License-Identifier: MIT */
#include "../test_thread.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

struct test_thread {
    pthread_t native;
    void (*run)(void *argument);
    void *argument;
};

static void *thread_main(void *argument)
{
    struct test_thread *thread = argument;

    thread->run(thread->argument);
    return NULL;
}

struct test_thread *test_thread_start(void (*run)(void *argument), void *argument)
{
    struct test_thread *thread = malloc(sizeof(*thread));

    assert_non_null(thread);
    thread->run = run;
    thread->argument = argument;
    assert_int_equal(pthread_create(&thread->native, NULL, thread_main, thread), 0);
    return thread;
}

void test_thread_join(struct test_thread *thread)
{
    pthread_join(thread->native, NULL);
    free(thread);
}

uint64_t test_thread_self(void)
{
    return (uint64_t)pthread_self();
}

uint64_t test_thread_work_ns(void)
{
    struct timespec time;

    assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time), 0);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}
