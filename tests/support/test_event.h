/* SPDX-License-Identifier: MIT */
/* A manual-reset event for tests, so that they wait instead of sleeping. Independent of what is
 * tested. */
#ifndef WINRT_TEST_EVENT_H
#define WINRT_TEST_EVENT_H

#include <pthread.h>
#include <stdbool.h>

/* Longest wait for anything that must happen; generous, since sanitizers and busy machines are
 * slow. */
#define TEST_WAIT_MS 30000

struct test_event {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    bool set;
};

void test_event_init(struct test_event *event);
void test_event_destroy(struct test_event *event);
void test_event_set(struct test_event *event);
void test_event_reset(struct test_event *event);

/* Whether the event was set within `milliseconds`. */
bool test_event_wait(struct test_event *event, unsigned milliseconds);

/* The pieces, for other conditions: a deadline from now, and a wait on it. False when it has
 * passed. */
struct timespec test_deadline(unsigned milliseconds);
bool test_wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex,
                     const struct timespec *deadline);

#endif
