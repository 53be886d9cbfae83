/* SPDX-License-Identifier: MIT */
#include "src/port/clock.h"

#include <windows.h>

#define NS_PER_SECOND UINT64_C(1000000000)

/* The counter's rate is fixed when the system starts, and asking for it costs next to nothing. */
static uint64_t real_monotonic_ns(void)
{
    LARGE_INTEGER count, rate;
    uint64_t ticks, per_second;

    QueryPerformanceFrequency(&rate);
    QueryPerformanceCounter(&count);
    ticks = (uint64_t)count.QuadPart;
    per_second = (uint64_t)rate.QuadPart;
    return ticks / per_second * NS_PER_SECOND + ticks % per_second * NS_PER_SECOND / per_second;
}

/* A FILETIME is in the same units, from the same day. */
static int64_t real_universal_time(void)
{
    FILETIME now;

    GetSystemTimePreciseAsFileTime(&now);
    return (int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime);
}

extern const struct clock_ops clock_real_ops;
const struct clock_ops clock_real_ops = { real_monotonic_ns, real_universal_time };
