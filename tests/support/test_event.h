/* SPDX-License-Identifier: MIT */
/* A manual-reset event for tests, so that they wait instead of sleeping. */
#ifndef WINRT_TEST_EVENT_H
#define WINRT_TEST_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "src/port/threads.h"

/* Longest wait for anything that must happen; generous, since sanitizers and busy machines are
 * slow. */
#define TEST_WAIT_MS 30000

struct test_event {
    struct mutex mutex;
    struct condition condition;
    bool set;
};

void test_event_init(struct test_event *event);
void test_event_destroy(struct test_event *event);
void test_event_set(struct test_event *event);
void test_event_reset(struct test_event *event);

/* Whether the event was set within `milliseconds`. */
bool test_event_wait(struct test_event *event, unsigned milliseconds);

/* For other conditions: a deadline from now, as condition_wait_until takes it, whatever
 * clock_set_ops has put in place. */
uint64_t test_deadline(unsigned milliseconds);

#endif
