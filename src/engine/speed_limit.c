/* SPDX-License-Identifier: MIT */
#include "speed_limit.h"

#define SCALE        1000 /* parts of a byte: what comes in a millisecond is a whole number of them */
#define TURN_MS      20
#define BURST_MS     50   /* what is kept while nobody wants it */
#define LATE_MS      250  /* what is made good if somebody does */
#define ELAPSED_MOST 1000 /* ms; more than any credit takes */

/* As good as none, and small enough to be counted with. */
#define RATE_MOST (UINT64_C(1) << 44)

static uint64_t smaller(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

void speed_limit_set(struct speed_limit *limit, uint64_t bytes_per_second)
{
    atomic_store(&limit->wanted, bytes_per_second);
}

uint64_t speed_limit_get(const struct speed_limit *limit)
{
    return atomic_load(&limit->wanted);
}

uint64_t speed_limit_turn(const struct speed_limit *limit)
{
    uint64_t bytes = limit->rate * TURN_MS / 1000;

    return bytes ? bytes : 1;
}

/* And a byte more, which takes longer than that at a byte a second. */
static uint64_t most_credit(const struct speed_limit *limit)
{
    return limit->rate * (limit->awaited ? LATE_MS : BURST_MS) + SCALE;
}

static void refill(struct speed_limit *limit, uint64_t now_ms)
{
    uint64_t elapsed_ms, most;

    if (now_ms <= limit->refilled_ms)
        return;
    elapsed_ms = smaller(now_ms - limit->refilled_ms, ELAPSED_MOST);
    limit->refilled_ms = now_ms;
    most = most_credit(limit);
    /* What is there already stays, also if it would no longer be made good. */
    if (limit->credit < most)
        limit->credit = smaller(limit->credit + limit->rate * elapsed_ms, most);
    limit->awaited = false;
}

bool speed_limit_adopt(struct speed_limit *limit, uint64_t now_ms)
{
    uint64_t rate = smaller(atomic_load(&limit->wanted), RATE_MOST);

    if (rate == limit->rate)
        return rate;
    if (limit->rate) {
        refill(limit, now_ms);
    } else {
        limit->credit = 0;
        limit->refilled_ms = now_ms;
    }
    limit->rate = rate;
    limit->awaited = false;
    limit->credit = smaller(limit->credit, most_credit(limit));
    return rate;
}

uint64_t speed_limit_credit(struct speed_limit *limit, uint64_t now_ms)
{
    refill(limit, now_ms);
    return limit->credit / SCALE;
}

void speed_limit_use(struct speed_limit *limit, uint64_t bytes)
{
    limit->credit -= bytes * SCALE;
}

void speed_limit_give_back(struct speed_limit *limit, uint64_t bytes)
{
    limit->credit += bytes * SCALE;
}

void speed_limit_await(struct speed_limit *limit)
{
    limit->awaited = true;
}

uint64_t speed_limit_due(const struct speed_limit *limit, uint64_t bytes, uint64_t now_ms)
{
    uint64_t missing = bytes * SCALE > limit->credit ? bytes * SCALE - limit->credit : 0;

    return now_ms + (missing + limit->rate - 1) / limit->rate;
}
