/* SPDX-License-Identifier: MIT */
/* The clock seam. */
#ifndef WINRT_PORT_CLOCK_H
#define WINRT_PORT_CLOCK_H

#include <stdint.h>

struct clock_ops {
    uint64_t (*monotonic_ns)(void); /* nanoseconds since some fixed point; never goes back */
    int64_t (*universal_time)(void);
};

/* For tests; NULL restores the real clock. Returns the one before. */
const struct clock_ops *clock_set_ops(const struct clock_ops *ops);

uint64_t clock_monotonic_ns(void);
uint64_t clock_monotonic_ms(void);

/* Windows.Foundation.DateTime.UniversalTime: 100 ns units since 1601-01-01 UTC. */
int64_t clock_universal_time(void);

/* The same for a Unix time. */
int64_t clock_universal_time_from_unix(int64_t seconds, uint32_t nanoseconds);

#endif
