/* SPDX-License-Identifier: MIT */
/*
 * Tests that are worth more the longer they run have a short form, for every day, and a long one
 * (`scripts/test.sh --long`). What they try is drawn from a seed that they print: the same seed
 * tries the same again.
 */
#ifndef WINRT_TEST_LONG_FORM_H
#define WINRT_TEST_LONG_FORM_H

#include <stdbool.h>
#include <stdint.h>

/* How much to try: $WINRT_TEST_COUNT if it is set, else the one or the other. */
unsigned long long test_amount(unsigned long long short_form, unsigned long long long_form);

bool test_is_long(void);

/* $WINRT_TEST_SEED, else a random one; prints "seed: N" once. */
uint64_t test_seed(void);

/* xorshift64*: the next number of a sequence that begins with any seed but 0. */
uint64_t test_random(uint64_t *state);

/* The next number below `limit`, which is not 0. */
uint32_t test_random_below(uint64_t *state, uint32_t limit);

#endif
