/* SPDX-License-Identifier: MIT */
/* Time limits of waits: milliseconds of kernel32 as a point on the monotonic clock. */
#ifndef WINRT_COMBASE_DEADLINE_H
#define WINRT_COMBASE_DEADLINE_H

#include <stdint.h>

#include <windows.h>

#include "src/port/clock.h"

#define DEADLINE_NEVER UINT64_MAX

/* INFINITE is DEADLINE_NEVER. */
static inline uint64_t deadline_after(DWORD milliseconds)
{
    if (milliseconds == INFINITE)
        return DEADLINE_NEVER;
    return clock_monotonic_ns() + (uint64_t)milliseconds * 1000000;
}

#endif
