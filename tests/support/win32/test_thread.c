/* SPDX-License-Identifier: MIT */
#include "../test_thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <windows.h>

#include "src/port/clock.h"

struct test_thread {
    HANDLE native;
    void (*run)(void *argument);
    void *argument;
};

static DWORD WINAPI thread_main(void *argument)
{
    struct test_thread *thread = argument;

    thread->run(thread->argument);
    return 0;
}

struct test_thread *test_thread_start(void (*run)(void *argument), void *argument)
{
    struct test_thread *thread = malloc(sizeof(*thread));

    assert_non_null(thread);
    thread->run = run;
    thread->argument = argument;
    thread->native = CreateThread(NULL, 0, thread_main, thread, 0, NULL);
    assert_non_null(thread->native);
    return thread;
}

void test_thread_join(struct test_thread *thread)
{
    WaitForSingleObject(thread->native, INFINITE);
    CloseHandle(thread->native);
    free(thread);
}

uint64_t test_thread_self(void)
{
    return GetCurrentThreadId();
}

uint64_t test_thread_work_ns(void)
{
    return clock_monotonic_ns();
}
