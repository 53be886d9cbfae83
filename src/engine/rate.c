/* SPDX-License-Identifier: MIT */
/* The average, in steps of a tenth of a second. */
#include "rate.h"

#define STEP_MS    100
#define STEPS_EVEN 29  /* the newest step's weight is one of so many: half in two seconds */
#define STEPS_MOST 600 /* a minute, after which nothing of before is left */

/*
 * What has come since the last step is spread over the steps that have passed since. In the first
 * seconds each step counts as much as the others before it, so that the average does not have to
 * climb from zero.
 */
static void take_steps(struct rate *rate, uint64_t now_ms)
{
    uint64_t elapsed_ms = now_ms > rate->since_ms ? now_ms - rate->since_ms : 0;
    uint64_t steps = elapsed_ms / STEP_MS;
    double per_second;

    if (!steps)
        return;
    per_second = (double)rate->bytes * 1000 / (double)elapsed_ms;
    if (steps > STEPS_MOST)
        steps = STEPS_MOST;
    for (; steps; steps--) {
        if (rate->samples < STEPS_EVEN)
            rate->samples++;
        rate->per_second += (per_second - rate->per_second) / rate->samples;
    }
    rate->since_ms = now_ms;
    rate->bytes = 0;
}

void rate_begin(struct rate *rate, uint64_t now_ms)
{
    *rate = (struct rate){ .since_ms = now_ms };
}

void rate_add(struct rate *rate, uint64_t bytes, uint64_t now_ms)
{
    rate->bytes += bytes;
    take_steps(rate, now_ms);
}

uint64_t rate_per_second(const struct rate *rate, uint64_t now_ms)
{
    struct rate now = *rate;

    take_steps(&now, now_ms);
    return (uint64_t)(now.per_second + 0.5);
}
