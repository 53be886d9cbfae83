/* SPDX-License-Identifier: MIT */
/*
 * A limit on bytes a second, and what of it is there to be used: credit comes with time and goes
 * with bytes. So that there is no burst, no more is kept than what comes in a short time; only what
 * somebody has waited for is made good when the loop is late. Never more than the rate times the
 * time, and that much. docs/speed-limits.md
 */
#ifndef WINRT_ENGINE_SPEED_LIMIT_H
#define WINRT_ENGINE_SPEED_LIMIT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Zeroed: no limit. */
struct speed_limit {
    _Atomic uint64_t wanted; /* bytes a second; 0: none. Any thread */

    /* Engine's thread only. */
    uint64_t rate;        /* `wanted` as of the latest speed_limit_adopt */
    uint64_t credit;      /* in thousandths of a byte */
    uint64_t refilled_ms; /* up to then */
    uint64_t held_in;     /* throttle.c's: the round in which somebody waits for it before others */
    bool awaited;         /* somebody waits */
};

/* Counts from the next speed_limit_adopt on. Any thread. */
void speed_limit_set(struct speed_limit *limit, uint64_t bytes_per_second);
uint64_t speed_limit_get(const struct speed_limit *limit);

/* Takes over what was set. False: there is no limit, and the rest is not to be asked. */
bool speed_limit_adopt(struct speed_limit *limit, uint64_t now_ms);

/* So many bytes may be used now. */
uint64_t speed_limit_credit(struct speed_limit *limit, uint64_t now_ms);

/* They were; at most what speed_limit_credit has answered. */
void speed_limit_use(struct speed_limit *limit, uint64_t bytes);

/* They were not, after all. */
void speed_limit_give_back(struct speed_limit *limit, uint64_t bytes);

/* What one of several gets before it is another's turn: what comes in 20 ms. At least 1. */
uint64_t speed_limit_turn(const struct speed_limit *limit);

/* When there will be that much, which is at most a turn. */
uint64_t speed_limit_due(const struct speed_limit *limit, uint64_t bytes, uint64_t now_ms);

/* Somebody waits: what comes until it is looked at next is kept, if that is late. */
void speed_limit_await(struct speed_limit *limit);

#endif
