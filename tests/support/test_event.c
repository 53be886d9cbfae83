/* SPDX-License-Identifier: MIT */
#include "test_event.h"

#include "src/port/clock.h"

extern const struct clock_ops clock_real_ops; /* of the platform */

void test_event_init(struct test_event *event)
{
    mutex_init(&event->mutex);
    condition_init(&event->condition);
    event->set = false;
}

void test_event_destroy(struct test_event *event)
{
    condition_destroy(&event->condition);
    mutex_destroy(&event->mutex);
}

void test_event_set(struct test_event *event)
{
    mutex_lock(&event->mutex);
    event->set = true;
    condition_broadcast(&event->condition);
    mutex_unlock(&event->mutex);
}

void test_event_reset(struct test_event *event)
{
    mutex_lock(&event->mutex);
    event->set = false;
    mutex_unlock(&event->mutex);
}

bool test_event_wait(struct test_event *event, unsigned milliseconds)
{
    uint64_t deadline = test_deadline(milliseconds);
    bool set;

    mutex_lock(&event->mutex);
    while (!event->set && condition_wait_until(&event->condition, &event->mutex, deadline))
        continue;
    set = event->set;
    mutex_unlock(&event->mutex);
    return set;
}

uint64_t test_deadline(unsigned milliseconds)
{
    return clock_real_ops.monotonic_ns() + milliseconds * UINT64_C(1000000);
}
