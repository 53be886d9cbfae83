/* SPDX-License-Identifier: MIT */
/* How fast bytes come, lately: an average that forgets, half of it every two seconds. Pure. */
#ifndef WINRT_ENGINE_RATE_H
#define WINRT_ENGINE_RATE_H

#include <stdint.h>

struct rate {
    uint64_t since_ms, bytes; /* not yet in the average */
    double per_second;
    uint32_t samples;
};

void rate_begin(struct rate *rate, uint64_t now_ms);
void rate_add(struct rate *rate, uint64_t bytes, uint64_t now_ms);
uint64_t rate_per_second(const struct rate *rate, uint64_t now_ms);

#endif
