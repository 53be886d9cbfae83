/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_THREAD_WAKES_H
#define WINRT_TEST_THREAD_WAKES_H

#include <stdint.h>

/* How often the threads of this process that have this name went to sleep and were woken, as the
   kernel counts it; how many there are in *threads. */
uint64_t thread_wakes(const char *name, unsigned *threads);

/* The threads of that name, so many, are not woken for so long. A failure ends the test. */
void check_threads_sleep(const char *name, unsigned expected, unsigned milliseconds);

/* The one thread of that name is not woken for half a second. */
void check_thread_sleeps(const char *name);

#endif
