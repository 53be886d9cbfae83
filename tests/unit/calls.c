/* SPDX-License-Identifier: MIT */
#include "calls.h"

#include "test_event.h"

void calls_init(struct calls *calls)
{
    mutex_init(&calls->mutex);
    condition_init(&calls->changed);
    calls->count = 0;
}

void calls_destroy(struct calls *calls)
{
    condition_destroy(&calls->changed);
    mutex_destroy(&calls->mutex);
}

void calls_note(void *context)
{
    struct calls *calls = context;

    mutex_lock(&calls->mutex);
    calls->count++;
    condition_broadcast(&calls->changed);
    mutex_unlock(&calls->mutex);
}

unsigned calls_count(struct calls *calls)
{
    unsigned count;

    mutex_lock(&calls->mutex);
    count = calls->count;
    mutex_unlock(&calls->mutex);
    return count;
}

bool calls_wait(struct calls *calls, unsigned before, unsigned milliseconds)
{
    uint64_t deadline = test_deadline(milliseconds);
    bool came;

    mutex_lock(&calls->mutex);
    while (calls->count <= before && condition_wait_until(&calls->changed, &calls->mutex, deadline))
        ;
    came = calls->count > before;
    mutex_unlock(&calls->mutex);
    return came;
}
