/* SPDX-License-Identifier: MIT */
/* A pairing heap: setting takes one step, taking the earliest log n on average. */
#include <stddef.h>

#include "timers.h"

/* Two heaps of which neither is NULL become one. */
static struct timer *join(struct timer *one, struct timer *other)
{
    struct timer *top = one->due_ms <= other->due_ms ? one : other;
    struct timer *below = top == one ? other : one;

    below->next = top->child;
    if (below->next)
        below->next->previous = below;
    below->previous = top;
    top->child = below;
    return top;
}

static struct timer *detached(struct timer *timer)
{
    timer->next = NULL;
    timer->previous = NULL;
    return timer;
}

/* The children of one that goes: joined in pairs, and the pairs from the last to the first. */
static struct timer *join_all(struct timer *first)
{
    struct timer *pairs = NULL, *result = NULL, *next;

    for (; first; first = next) {
        struct timer *second = first->next, *pair;

        next = second ? second->next : NULL;
        pair = second ? join(detached(first), detached(second)) : detached(first);
        pair->next = pairs;
        pairs = pair;
    }
    for (; pairs; pairs = next) {
        next = pairs->next;
        result = result ? join(result, detached(pairs)) : detached(pairs);
    }
    return result;
}

void timers_clear(struct timers *timers, struct timer *timer)
{
    struct timer *rest;

    if (!timer->set)
        return;
    rest = join_all(timer->child);
    if (timer == timers->first) {
        timers->first = rest;
    } else {
        if (timer->previous->child == timer)
            timer->previous->child = timer->next;
        else
            timer->previous->next = timer->next;
        if (timer->next)
            timer->next->previous = timer->previous;
        if (rest)
            timers->first = join(timers->first, rest);
    }
    *timer = (struct timer){ 0 };
}

void timers_set(struct timers *timers, struct timer *timer, uint64_t due_ms)
{
    timers_clear(timers, timer);
    *timer = (struct timer){ .due_ms = due_ms, .set = true };
    timers->first = timers->first ? join(timers->first, timer) : timer;
}

struct timer *timers_take(struct timers *timers, uint64_t now_ms)
{
    struct timer *timer = timers->first;

    if (!timer || timer->due_ms > now_ms)
        return NULL;
    timers_clear(timers, timer);
    return timer;
}
