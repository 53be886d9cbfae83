/* SPDX-License-Identifier: MIT */
#include "src/port/clock.h"

#include <time.h>

static uint64_t real_monotonic_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int64_t real_universal_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return clock_universal_time_from_unix(now.tv_sec, (uint32_t)now.tv_nsec);
}

extern const struct clock_ops clock_real_ops;
const struct clock_ops clock_real_ops = { real_monotonic_ns, real_universal_time };
