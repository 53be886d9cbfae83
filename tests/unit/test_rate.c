/* SPDX-License-Identifier: MIT */
/* The average rate: steady, changing, silent, and at its limits. */
#include "test_main.h"

#include "src/engine/rate.h"

/* `count` tenths of a second with so many bytes each. */
static uint64_t run(struct rate *rate, uint64_t now_ms, unsigned count, uint64_t bytes)
{
    for (unsigned i = 0; i < count; i++) {
        now_ms += 100;
        rate_add(rate, bytes, now_ms);
    }
    return now_ms;
}

static void a_steady_rate_is_told_at_once(void **state)
{
    struct rate rate;

    (void)state;
    rate_begin(&rate, 5000);
    assert_int_equal(rate_per_second(&rate, 5000), 0);
    assert_int_equal(rate_per_second(&rate, 4000), 0);
    run(&rate, 5000, 1, 1000);
    assert_int_equal(rate_per_second(&rate, 5100), 10000);
    run(&rate, 5100, 100, 1000);
    assert_int_equal(rate_per_second(&rate, 15100), 10000);
}

static void bytes_between_steps_are_not_lost(void **state)
{
    struct rate rate;

    (void)state;
    rate_begin(&rate, 0);
    for (unsigned ms = 1; ms <= 99; ms++)
        rate_add(&rate, 10, ms);
    assert_int_equal(rate_per_second(&rate, 99), 0);
    rate_add(&rate, 10, 100);
    assert_int_equal(rate_per_second(&rate, 100), 10000);
    rate_add(&rate, 2500, 350); /* two steps and a half at once */
    assert_int_equal(rate_per_second(&rate, 350), 10000);
}

static void half_is_forgotten_in_two_seconds(void **state)
{
    struct rate rate;
    uint64_t now, half;

    (void)state;
    rate_begin(&rate, 0);
    now = run(&rate, 0, 200, 1000);
    run(&rate, now, 20, 3000);
    half = rate_per_second(&rate, now + 2000);
    assert_in_range(half, 19500, 20500);
    run(&rate, now + 2000, 200, 3000);
    assert_in_range(rate_per_second(&rate, now + 22000), 29900, 30000);
}

static void silence_counts_while_it_lasts(void **state)
{
    struct rate rate;
    uint64_t now;

    (void)state;
    rate_begin(&rate, 0);
    now = run(&rate, 0, 200, 1000);
    assert_in_range(rate_per_second(&rate, now + 2000), 4800, 5200);
    assert_in_range(rate_per_second(&rate, now + 4000), 2300, 2700);
    assert_int_equal(rate_per_second(&rate, now + 60000), 0);
    assert_int_equal(rate_per_second(&rate, now + UINT64_C(1) * 86400000), 0);
    assert_int_equal(rate_per_second(&rate, now), 10000); /* asking changes nothing */
    assert_int_equal(rate_per_second(&rate, now - 1000), 10000);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_steady_rate_is_told_at_once),
    cmocka_unit_test(bytes_between_steps_are_not_lost),
    cmocka_unit_test(half_is_forgotten_in_two_seconds),
    cmocka_unit_test(silence_counts_while_it_lasts),
};

TEST_MAIN_UNIT(tests)
