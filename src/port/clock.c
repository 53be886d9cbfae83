/* SPDX-License-Identifier: MIT */
#include "clock.h"

#define TICKS_PER_SECOND     10000000 /* of 100 ns */
#define SECONDS_1601_TO_1970 11644473600

extern const struct clock_ops clock_real_ops; /* of the platform */

static const struct clock_ops *current_ops = &clock_real_ops;

const struct clock_ops *clock_set_ops(const struct clock_ops *ops)
{
    const struct clock_ops *before = current_ops;

    current_ops = ops ? ops : &clock_real_ops;
    return before;
}

uint64_t clock_monotonic_ns(void)
{
    return current_ops->monotonic_ns();
}

uint64_t clock_monotonic_ms(void)
{
    return clock_monotonic_ns() / 1000000;
}

int64_t clock_universal_time(void)
{
    return current_ops->universal_time();
}

int64_t clock_universal_time_from_unix(int64_t seconds, uint32_t nanoseconds)
{
    return (seconds + SECONDS_1601_TO_1970) * TICKS_PER_SECOND + nanoseconds / 100;
}
