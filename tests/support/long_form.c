/* SPDX-License-Identifier: MIT */
#include "long_form.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

bool test_is_long(void)
{
    const char *value = getenv("WINRT_TEST_LONG");

    return value && value[0] == '1';
}

unsigned long long test_amount(unsigned long long short_form, unsigned long long long_form)
{
    const char *value = getenv("WINRT_TEST_COUNT");

    if (value)
        return strtoull(value, NULL, 10);
    return test_is_long() ? long_form : short_form;
}

uint64_t test_seed(void)
{
    static uint64_t seed;
    const char *value = getenv("WINRT_TEST_SEED");

    if (!seed) {
        seed =
            value ? strtoull(value, NULL, 10) : (uint64_t)time(NULL) * 1000003 + (uint64_t)clock();
        if (!seed)
            seed = 1;
        printf("seed: %" PRIu64 "\n", seed);
        fflush(stdout);
    }
    return seed;
}

uint64_t test_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

uint32_t test_random_below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)((test_random(state) >> 32) * limit >> 32);
}
