/* SPDX-License-Identifier: MIT */
/* What is to be done at some time: a heap in which each entry is embedded in its owner, so that
 * nothing is allocated. Engine's thread only. */
#ifndef WINRT_ENGINE_TIMERS_H
#define WINRT_ENGINE_TIMERS_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed is fine. */
struct timer {
    struct timer *child, *next, *previous; /* `previous` of a first child is its parent */
    uint64_t due_ms;
    bool set;
};

struct timers {
    struct timer *first; /* the earliest; NULL if none is set */
};

/* Sets it, also anew. */
void timers_set(struct timers *timers, struct timer *timer, uint64_t due_ms);

/* No effect on one that is not set. */
void timers_clear(struct timers *timers, struct timer *timer);

/* The earliest that is due, cleared; NULL if none is. */
struct timer *timers_take(struct timers *timers, uint64_t now_ms);

#endif
