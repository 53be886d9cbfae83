/* SPDX-License-Identifier: MIT */
#include "test_event.h"

#include <time.h>

void test_event_init(struct test_event *event)
{
    pthread_mutex_init(&event->mutex, NULL);
    pthread_cond_init(&event->condition, NULL);
    event->set = false;
}

void test_event_destroy(struct test_event *event)
{
    pthread_cond_destroy(&event->condition);
    pthread_mutex_destroy(&event->mutex);
}

void test_event_set(struct test_event *event)
{
    pthread_mutex_lock(&event->mutex);
    event->set = true;
    pthread_cond_broadcast(&event->condition);
    pthread_mutex_unlock(&event->mutex);
}

void test_event_reset(struct test_event *event)
{
    pthread_mutex_lock(&event->mutex);
    event->set = false;
    pthread_mutex_unlock(&event->mutex);
}

bool test_event_wait(struct test_event *event, unsigned milliseconds)
{
    struct timespec deadline = test_deadline(milliseconds);
    bool set;

    pthread_mutex_lock(&event->mutex);
    while (!event->set && test_wait_until(&event->condition, &event->mutex, &deadline))
        ;
    set = event->set;
    pthread_mutex_unlock(&event->mutex);
    return set;
}

struct timespec test_deadline(unsigned milliseconds)
{
    struct timespec now;

    timespec_get(&now, TIME_UTC);
    now.tv_sec += milliseconds / 1000;
    now.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (now.tv_nsec >= 1000000000) {
        now.tv_sec++;
        now.tv_nsec -= 1000000000;
    }
    return now;
}

bool test_wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex,
                     const struct timespec *deadline)
{
    return pthread_cond_timedwait(condition, mutex, deadline) == 0;
}
