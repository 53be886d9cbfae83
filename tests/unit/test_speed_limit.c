/* SPDX-License-Identifier: MIT */
/* A limit's credit, and who gets it: rates of all sizes, a late loop, shares. The clock is the
 * test's. */
#include "test_main.h"

#include <string.h>

#include "src/engine/throttle.h"

#define HELD_MOST 100

/* Takes whatever may be had each millisecond; the bytes. */
static uint64_t take_all(struct speed_limit *limit, uint64_t from_ms, uint64_t until_ms)
{
    uint64_t sum = 0;

    for (uint64_t now = from_ms; now < until_ms; now++) {
        uint64_t credit = speed_limit_credit(limit, now);

        speed_limit_use(limit, credit);
        sum += credit;
    }
    return sum;
}

static void no_limit_is_none(void **state)
{
    struct speed_limit limit = { 0 };

    (void)state;
    assert_false(speed_limit_adopt(&limit, 5));
    speed_limit_set(&limit, 1000);
    assert_int_equal(speed_limit_get(&limit), 1000);
    assert_true(speed_limit_adopt(&limit, 5));
    speed_limit_set(&limit, 0);
    assert_false(speed_limit_adopt(&limit, 6));
}

static void a_rate_is_exact(void **state)
{
    static const uint64_t rates[] = { 1, 3, 999, 1000, 20480, 1000003, UINT64_C(10) << 30 };

    (void)state;
    for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
        struct speed_limit limit = { 0 };

        speed_limit_set(&limit, rates[i]);
        assert_true(speed_limit_adopt(&limit, 1000));
        assert_int_equal(speed_limit_credit(&limit, 1000), 0);
        assert_int_equal(take_all(&limit, 1001, 11001), 10 * rates[i]);
    }
}

static void there_is_no_burst(void **state)
{
    struct speed_limit limit = { 0 };

    (void)state;
    speed_limit_set(&limit, 100000);
    speed_limit_adopt(&limit, 0);
    assert_int_equal(speed_limit_credit(&limit, 40), 4000);
    assert_int_equal(speed_limit_credit(&limit, 50), 5000);
    assert_int_equal(speed_limit_credit(&limit, 60), 5001);
    assert_int_equal(speed_limit_credit(&limit, UINT64_C(1) << 50), 5001);
}

/* The loop is late, and somebody has waited: that is made good, to a limit. */
static void what_was_waited_for_is_made_good(void **state)
{
    struct speed_limit limit = { 0 };

    (void)state;
    speed_limit_set(&limit, 100000);
    speed_limit_adopt(&limit, 0);
    assert_int_equal(speed_limit_turn(&limit), 2000);
    speed_limit_await(&limit);
    assert_int_equal(speed_limit_due(&limit, 2000, 0), 20);
    assert_int_equal(speed_limit_credit(&limit, 10), 1000);
    speed_limit_await(&limit);
    assert_int_equal(speed_limit_due(&limit, 2000, 10), 20);
    assert_int_equal(speed_limit_credit(&limit, 200), 20000);
    speed_limit_use(&limit, 20000);
    speed_limit_await(&limit);
    assert_int_equal(speed_limit_credit(&limit, 10000), 25001);
    /* And stays, also if nobody waits by then. */
    assert_int_equal(speed_limit_credit(&limit, 10001), 25001);
}

static void a_clock_that_stands_still_gives_nothing(void **state)
{
    struct speed_limit limit = { 0 };

    (void)state;
    speed_limit_set(&limit, 100000);
    speed_limit_adopt(&limit, 1000);
    assert_int_equal(speed_limit_credit(&limit, 1000), 0);
    assert_int_equal(speed_limit_credit(&limit, 900), 0);
    assert_int_equal(speed_limit_credit(&limit, 1001), 100);
}

static void another_rate_counts_from_now_on(void **state)
{
    struct speed_limit limit = { 0 };

    (void)state;
    speed_limit_set(&limit, 1000000);
    speed_limit_adopt(&limit, 0);
    assert_int_equal(speed_limit_credit(&limit, 50), 50000);
    speed_limit_set(&limit, 1000);
    assert_int_equal(speed_limit_credit(&limit, 50), 50000); /* not yet */
    assert_true(speed_limit_adopt(&limit, 50));
    assert_int_equal(speed_limit_credit(&limit, 50), 51); /* what the new rate allows to keep */
    speed_limit_use(&limit, 51);
    assert_int_equal(take_all(&limit, 51, 1051), 1000);
    speed_limit_set(&limit, 2000000);
    assert_true(speed_limit_adopt(&limit, 1050));
    assert_int_equal(take_all(&limit, 1051, 2051), 2000000);
}

static void any_rate_can_be_counted_with(void **state)
{
    struct speed_limit limit = { 0 };

    (void)state;
    speed_limit_set(&limit, UINT64_MAX);
    assert_true(speed_limit_adopt(&limit, 0));
    assert_int_equal(speed_limit_get(&limit), UINT64_MAX);
    speed_limit_await(&limit);
    assert_true(speed_limit_credit(&limit, UINT64_MAX) > UINT64_C(1) << 40);

    limit = (struct speed_limit){ 0 };
    speed_limit_set(&limit, 1);
    assert_true(speed_limit_adopt(&limit, 0));
    assert_int_equal(speed_limit_turn(&limit), 1);
    assert_int_equal(speed_limit_due(&limit, 1, 0), 1000);
    assert_int_equal(speed_limit_credit(&limit, 999), 0);
    assert_int_equal(speed_limit_credit(&limit, 1000), 1);
}

/* --- Shares. --- */

struct crowd {
    struct throttle throttle;
    struct speed_limit process, group, own[HELD_MOST];
    struct throttled held[HELD_MOST];
    uint64_t got[HELD_MOST];
    size_t count;
    uint64_t now_ms;
    size_t piece; /* libcurl hands over so many at a time */
};

static void crowd_init(struct crowd *crowd, size_t count, uint64_t rate)
{
    memset(crowd, 0, sizeof(*crowd));
    crowd->throttle.due_ms = UINT64_MAX;
    crowd->count = count;
    crowd->piece = 16384;
    speed_limit_set(&crowd->process, rate);
}

static void crowd_join(struct crowd *crowd, size_t i, struct speed_limit *limit)
{
    struct throttled *held = &crowd->held[i];

    if (speed_limit_adopt(limit, crowd->now_ms))
        held->limits[held->count++] = limit;
}

/* Bytes are always there: takes pieces until it may not any more. */
static void take_pieces(struct crowd *crowd, size_t i)
{
    size_t now;

    do {
        now = throttle_allow(&crowd->held[i], crowd->piece);
        crowd->got[i] += now;
    } while (now == crowd->piece);
    throttle_line_up(&crowd->throttle, &crowd->held[i], crowd->now_ms);
}

/* For ten seconds, with a loop that is awake when somebody is due; late by `late_ms`. The number of
 * times it was awake. */
static unsigned run(struct crowd *crowd, uint64_t late_ms)
{
    uint64_t end_ms = crowd->now_ms + 10000;
    struct throttled *held;
    unsigned rounds = 0;

    for (size_t i = 0; i < crowd->count; i++)
        take_pieces(crowd, i);
    while (crowd->throttle.due_ms < end_ms) {
        if (crowd->throttle.due_ms > crowd->now_ms)
            crowd->now_ms = crowd->throttle.due_ms + late_ms;
        throttle_begin_round(&crowd->throttle);
        while ((held = throttle_next(&crowd->throttle, crowd->now_ms)))
            take_pieces(crowd, (size_t)(held - crowd->held));
        rounds++;
    }
    return rounds;
}

static void check_share(const struct crowd *crowd, size_t i, uint64_t per_second)
{
    uint64_t expected = per_second * 10;

    if (crowd->got[i] < expected * 98 / 100 || crowd->got[i] > expected * 101 / 100)
        fail_msg("%d got %llu, not %llu", (int)i, (unsigned long long)crowd->got[i],
                 (unsigned long long)expected);
}

static void shares_are_even(void **state)
{
    static const uint64_t rates[] = { 20000, 1000000, 300000000 };
    struct crowd crowd;

    (void)state;
    for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
        for (uint64_t late_ms = 0; late_ms < 60; late_ms += 17) {
            crowd_init(&crowd, 5, rates[i]);
            for (size_t k = 0; k < 5; k++)
                crowd_join(&crowd, k, &crowd.process);
            run(&crowd, late_ms);
            for (size_t k = 0; k < 5; k++)
                check_share(&crowd, k, rates[i] / 5);
        }
    }
}

static void all_limits_hold(void **state)
{
    struct crowd crowd;

    (void)state;
    crowd_init(&crowd, 3, 900000);
    speed_limit_set(&crowd.group, 400000);
    speed_limit_set(&crowd.own[0], 150000);
    crowd_join(&crowd, 0, &crowd.own[0]);
    crowd_join(&crowd, 0, &crowd.group);
    crowd_join(&crowd, 1, &crowd.group);
    for (size_t i = 0; i < 3; i++)
        crowd_join(&crowd, i, &crowd.process);
    run(&crowd, 0);
    check_share(&crowd, 0, 150000);
    check_share(&crowd, 1, 250000);
    check_share(&crowd, 2, 500000);
}

/* Five that want little at a time, and one that wants more than they ever leave. */
static void nobody_starves(void **state)
{
    struct crowd crowd;

    (void)state;
    crowd_init(&crowd, 6, 1000000);
    for (size_t i = 0; i < 5; i++) {
        speed_limit_set(&crowd.own[i], 250000);
        crowd_join(&crowd, i, &crowd.own[i]);
    }
    for (size_t i = 0; i < 6; i++)
        crowd_join(&crowd, i, &crowd.process);
    run(&crowd, 0);
    for (size_t i = 0; i < 6; i++)
        assert_true(crowd.got[i] > 1200000);
}

/* However many there are, nobody's turn comes too late for what is its own. */
static void limits_are_reached_in_a_crowd(void **state)
{
    struct crowd crowd;

    (void)state;
    crowd_init(&crowd, 100, 16000000);
    for (size_t i = 0; i < 90; i++) {
        speed_limit_set(&crowd.own[i], 100000);
        crowd_join(&crowd, i, &crowd.own[i]);
    }
    for (size_t i = 0; i < 100; i++)
        crowd_join(&crowd, i, &crowd.process);
    run(&crowd, 1);
    for (size_t i = 0; i < 100; i++)
        check_share(&crowd, i, i < 90 ? 100000 : 700000);
}

/* Waiting is sleeping. */
static void rounds_are_few(void **state)
{
    struct crowd crowd;

    (void)state;
    crowd_init(&crowd, 6, 1000000);
    for (size_t i = 0; i < 6; i++)
        crowd_join(&crowd, i, &crowd.process);
    assert_in_range(run(&crowd, 0), 400, 600);
}

static void whoever_leaves_is_not_served(void **state)
{
    struct crowd crowd;

    (void)state;
    crowd_init(&crowd, 3, 1000);
    for (size_t i = 0; i < 3; i++) {
        crowd_join(&crowd, i, &crowd.process);
        take_pieces(&crowd, i);
    }
    throttle_leave(&crowd.throttle, &crowd.held[1]);
    throttle_leave(&crowd.throttle, &crowd.held[1]);
    assert_int_equal(crowd.throttle.due_ms, 20);
    throttle_begin_round(&crowd.throttle);
    assert_ptr_equal(throttle_next(&crowd.throttle, 200), &crowd.held[0]);
    /* Amid a round, too. */
    throttle_leave(&crowd.throttle, &crowd.held[2]);
    assert_null(throttle_next(&crowd.throttle, 200));
    assert_null(crowd.throttle.first);
    assert_null(crowd.throttle.last);
}

static void what_is_left_of_a_turn_is_given_back(void **state)
{
    struct crowd crowd;

    (void)state;
    crowd_init(&crowd, 2, 100000);
    for (size_t i = 0; i < 2; i++) {
        crowd_join(&crowd, i, &crowd.process);
        take_pieces(&crowd, i);
    }
    throttle_begin_round(&crowd.throttle);
    assert_ptr_equal(throttle_next(&crowd.throttle, 20), &crowd.held[0]);
    assert_null(throttle_next(&crowd.throttle, 20));
    assert_int_equal(throttle_allow(&crowd.held[0], 500), 500);
    throttle_give_back(&crowd.held[0]);
    assert_int_equal(throttle_allow(&crowd.held[0], 500), 0);
    assert_int_equal(speed_limit_credit(&crowd.process, 20), 1500);
}

/* Whoever waits has no limit any more. */
static void who_has_no_limit_is_served(void **state)
{
    struct crowd crowd;

    (void)state;
    crowd_init(&crowd, 1, 1);
    crowd_join(&crowd, 0, &crowd.process);
    take_pieces(&crowd, 0);
    throttle_begin_round(&crowd.throttle);
    assert_null(throttle_next(&crowd.throttle, 5));
    crowd.held[0].count = 0;
    throttle_begin_round(&crowd.throttle);
    assert_ptr_equal(throttle_next(&crowd.throttle, 5), &crowd.held[0]);
    assert_int_equal(throttle_allow(&crowd.held[0], 1000), 1000);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_limit_is_none),
    cmocka_unit_test(a_rate_is_exact),
    cmocka_unit_test(there_is_no_burst),
    cmocka_unit_test(what_was_waited_for_is_made_good),
    cmocka_unit_test(a_clock_that_stands_still_gives_nothing),
    cmocka_unit_test(another_rate_counts_from_now_on),
    cmocka_unit_test(any_rate_can_be_counted_with),
    cmocka_unit_test(shares_are_even),
    cmocka_unit_test(all_limits_hold),
    cmocka_unit_test(nobody_starves),
    cmocka_unit_test(limits_are_reached_in_a_crowd),
    cmocka_unit_test(rounds_are_few),
    cmocka_unit_test(whoever_leaves_is_not_served),
    cmocka_unit_test(what_is_left_of_a_turn_is_given_back),
    cmocka_unit_test(who_has_no_limit_is_served),
};

TEST_MAIN_UNIT(tests)
