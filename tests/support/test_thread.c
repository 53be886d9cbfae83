/* SPDX-License-Identifier: MIT */
#include "test_thread.h"

void test_thread_run(void (*run)(void *argument), void *argument)
{
    test_thread_join(test_thread_start(run, argument));
}

void test_barrier_init(struct test_barrier *barrier, unsigned count)
{
    mutex_init(&barrier->mutex);
    condition_init(&barrier->changed);
    barrier->missing = count;
}

void test_barrier_destroy(struct test_barrier *barrier)
{
    condition_destroy(&barrier->changed);
    mutex_destroy(&barrier->mutex);
}

void test_barrier_wait(struct test_barrier *barrier)
{
    mutex_lock(&barrier->mutex);
    barrier->missing--;
    condition_broadcast(&barrier->changed);
    while (barrier->missing)
        condition_wait(&barrier->changed, &barrier->mutex);
    mutex_unlock(&barrier->mutex);
}
