/* SPDX-License-Identifier: MIT */
/* When a body gets another connection and when it loses one: the plan alone, with servers that are
 * nothing but numbers. */
#include <string.h>

#include "test_main.h"

#include "src/engine/range_plan.h"

#define MIB     (UINT64_C(1) << 20)
#define GIB     (MIB << 10)
#define REST_MS 5000
#define FIRST   50 /* ms that the first connection is measured for, if its call was short */

/* A server, what it has sent, and how many connections there are to it. */
struct world {
    uint64_t each, all;     /* bytes a millisecond: of a connection, and at most; 0: no limit */
    uint64_t call_ms;       /* until another connection brings something */
    uint64_t first_call_ms; /* until the first did */
    uint64_t size;
    unsigned most; /* connections that are to be had */

    struct range_plan plan;
    uint64_t now_ms, bytes, called_ms;
    unsigned connections, added, taken_back;
    bool calls; /* the latest one has brought nothing yet */
};

static void begin(struct world *world)
{
    world->now_ms = 1000;
    world->connections = 1;
    if (!world->size)
        world->size = 100 * GIB;
    if (!world->most)
        world->most = 1000;
    range_plan_begin(&world->plan, world->now_ms, world->first_call_ms, world->bytes);
}

static void take_back(struct world *world)
{
    world->taken_back++;
    if (world->calls) {
        world->calls = false;
        return;
    }
    world->connections--;
    range_plan_lost(&world->plan, world->now_ms, world->bytes);
}

static void look(struct world *world)
{
    switch (range_plan_look(&world->plan, world->now_ms, world->bytes,
                            world->size > world->bytes ? world->size - world->bytes : 0)) {
    case RANGE_ADVICE_ADD:
        if (world->connections >= world->most) {
            range_plan_refused(&world->plan, world->now_ms);
            return;
        }
        world->added++;
        world->calls = true;
        world->called_ms = world->now_ms;
        range_plan_added(&world->plan, world->now_ms);
        return;
    case RANGE_ADVICE_TAKE_BACK:
        take_back(world);
        return;
    default:
        return;
    }
}

static void pass_millisecond(struct world *world)
{
    uint64_t more = world->each * world->connections;

    world->now_ms++;
    world->bytes += world->all && more > world->all ? world->all : more;
    if (world->calls && world->now_ms >= world->called_ms + world->call_ms) {
        world->calls = false;
        world->connections++;
        range_plan_came(&world->plan, world->now_ms, world->bytes);
    }
    if (world->now_ms >= range_plan_due(&world->plan))
        look(world);
}

static void pass(struct world *world, uint64_t ms)
{
    while (ms--)
        pass_millisecond(world);
}

/* Until another one is added; how long that took. */
static uint64_t pass_until_added(struct world *world, uint64_t most_ms)
{
    unsigned before = world->added;
    uint64_t since_ms = world->now_ms;

    while (world->added == before && world->now_ms - since_ms < most_ms)
        pass_millisecond(world);
    return world->now_ms - since_ms;
}

static void one_after_the_other_while_that_is_faster(void **state)
{
    struct world world = { .each = 1000, .call_ms = 20 };

    (void)state;
    begin(&world);
    for (unsigned i = 1; i < 40; i++) {
        pass_until_added(&world, 1000);
        assert_int_equal(world.connections, i);
        assert_int_equal(world.added, i);
    }
    assert_int_equal(world.taken_back, 0);
}

static void as_many_as_make_it_faster(void **state)
{
    static const unsigned rows[] = { 2, 3, 5, 12 };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world = { .each = 1000, .all = 1000 * rows[i], .call_ms = 20 };

        begin(&world);
        pass(&world, REST_MS - 1);
        assert_int_equal(world.connections, rows[i]);
        assert_int_equal(world.taken_back, 1);
        assert_int_equal(world.added, rows[i]);
    }
}

/* A quarter of what one more connection of the same kind would bring. */
static void a_little_faster_is_not_enough(void **state)
{
    static const struct {
        uint64_t all;
        unsigned connections;
    } rows[] = { { 1240, 1 }, { 1250, 2 }, { 2200, 2 }, { 2260, 3 } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world = { .each = 1000, .all = rows[i].all, .call_ms = 20 };

        begin(&world);
        pass(&world, REST_MS - 1);
        assert_int_equal(world.connections, rows[i].connections);
    }
}

static void what_is_of_no_use_is_tried_ever_more_seldom(void **state)
{
    static const uint64_t rests_ms[] = { 5000, 10000, 20000, 40000, 60000, 60000, 60000 };
    struct world world = { .each = 1000, .all = 1000, .call_ms = 20 };

    (void)state;
    begin(&world);
    pass_until_added(&world, 1000);
    for (size_t i = 0; i < sizeof(rests_ms) / sizeof(rests_ms[0]); i++) {
        assert_in_range(pass_until_added(&world, 1000000), rests_ms[i], rests_ms[i] + 200);
        assert_int_equal(world.connections, 1);
        assert_int_equal(world.taken_back, i + 1);
    }
}

static void one_that_is_worth_it_makes_the_next_rest_short(void **state)
{
    struct world world = { .each = 1000, .all = 1000, .call_ms = 20 };

    (void)state;
    begin(&world);
    pass(&world, 20000);
    assert_int_equal(world.connections, 1);
    assert_int_equal(world.plan.rest_ms, 4 * REST_MS);
    world.all = 2000;
    pass_until_added(&world, 4 * REST_MS);
    while (world.plan.phase != RANGE_PLAN_RESTS)
        pass_millisecond(&world);
    assert_int_equal(world.connections, 2);
    assert_int_equal(world.plan.rest_ms, REST_MS);
}

static void when_there_is_none_to_be_had_it_rests(void **state)
{
    struct world world = { .each = 1000, .call_ms = 20, .most = 4 };

    (void)state;
    begin(&world);
    pass(&world, REST_MS - 100);
    assert_int_equal(world.connections, 4);
    assert_int_equal(world.taken_back, 0);
    assert_int_equal(world.plan.phase, RANGE_PLAN_RESTS);
    world.most = 5;
    pass(&world, REST_MS);
    assert_int_equal(world.connections, 5);
}

static void after_giving_up_nothing_is_tried(void **state)
{
    struct world world = { .each = 1000, .call_ms = 20 };
    unsigned added;

    (void)state;
    begin(&world);
    pass(&world, 500);
    added = world.added;
    range_plan_give_up(&world.plan);
    assert_true(range_plan_due(&world.plan) == UINT64_MAX);
    range_plan_refused(&world.plan, world.now_ms);
    range_plan_lost(&world.plan, world.now_ms, world.bytes);
    range_plan_begin(&world.plan, world.now_ms, 1, world.bytes);
    assert_true(range_plan_due(&world.plan) == UINT64_MAX);
    pass(&world, 200000);
    assert_int_equal(world.added, added);
    assert_int_equal(range_plan_look(&world.plan, world.now_ms, world.bytes, GIB),
                     RANGE_ADVICE_KEEP);
}

static void a_new_one_has_nothing_to_look_at(void **state)
{
    struct range_plan plan = { 0 };

    (void)state;
    assert_true(range_plan_due(&plan) == UINT64_MAX);
    assert_int_equal(range_plan_look(&plan, 1000000, 0, GIB), RANGE_ADVICE_KEEP);
}

/* What is still slow when its call was long is not judged too soon. */
static void where_a_call_takes_long_it_measures_longer(void **state)
{
    static const struct {
        uint64_t call_ms, while_ms;
    } rows[] = { { 1, 10 }, { 10, 10 }, { 300, 300 }, { 1999, 1999 }, { 5000, 2000 } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world = { .each = 1000, .call_ms = rows[i].call_ms };

        begin(&world);
        assert_int_equal(pass_until_added(&world, 100), FIRST);
        pass(&world, rows[i].call_ms);
        assert_int_equal(world.connections, 2);
        assert_int_equal(range_plan_due(&world.plan), world.now_ms + rows[i].while_ms);
        /* it is judged, and another while goes by */
        assert_int_equal(pass_until_added(&world, 10000), 2 * rows[i].while_ms);
    }
}

static void one_that_never_answers_is_taken_back(void **state)
{
    struct world world = { .each = 1000, .call_ms = GIB };

    (void)state;
    begin(&world);
    pass(&world, 9000);
    assert_int_equal(world.added, 1);
    assert_int_equal(world.taken_back, 0);
    pass(&world, 2000);
    assert_int_equal(world.taken_back, 1);
    assert_int_equal(world.plan.phase, RANGE_PLAN_RESTS);
    assert_int_equal(world.connections, 1);
}

static void what_is_small_or_soon_there_gets_none(void **state)
{
    static const struct {
        uint64_t each, size;
        unsigned added;
    } rows[] = {
        { 100, 4 * MIB + 100 * FIRST - 1, 0 }, /* too little is missing when it was measured */
        { 100, 4 * MIB + 100 * FIRST, 1 },
        { 1, 4 * MIB - 1, 0 },  /* slow, but small */
        { 10000, 30000000, 0 }, /* large, but soon there */
        { 10000, 31000000, 1 }, /* more than three seconds */
        { 0, 4 * MIB, 1 },      /* nothing comes at all */
        { 0, 4 * MIB - 1, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world = { .each = rows[i].each, .size = rows[i].size, .call_ms = 100000 };

        begin(&world);
        pass(&world, 100);
        assert_int_equal(world.added, rows[i].added);
    }
}

/* Once there are several, two seconds are enough for another. */
static void the_first_further_one_has_to_be_worth_more(void **state)
{
    struct world world = { .each = 10000, .size = 59000000, .call_ms = 1 };

    (void)state;
    begin(&world);
    pass(&world, 200);
    assert_int_equal(world.connections, 3);
    assert_int_equal(world.taken_back, 0);
}

/* Nor is one alone judged by a moment in which nothing comes. */
static void a_hiccup_is_no_reason(void **state)
{
    struct world world = { .each = 100000, .size = 200 * MIB, .call_ms = 20 };

    (void)state;
    begin(&world);
    pass(&world, 100);
    world.each = 0;
    pass(&world, 10);
    world.each = 100000;
    pass(&world, 1000);
    assert_int_equal(world.added, 0);
}

/* It measures on, and when it becomes slow enough, there is another. */
static void a_fast_server_may_become_slow(void **state)
{
    struct world world = { .each = 100000, .size = 100 * MIB, .call_ms = 20 };

    (void)state;
    begin(&world);
    pass(&world, 300);
    assert_int_equal(world.added, 0);
    world.each = 1000;
    pass(&world, FIRST);
    assert_true(world.added > 0);
}

/* What is measured while one goes is neither the speed with it nor that without. */
static void when_one_ends_it_measures_anew(void **state)
{
    struct world world = { .each = 1000, .call_ms = 50 };

    (void)state;
    begin(&world);
    pass_until_added(&world, 100);
    pass(&world, 50 + 30);
    assert_int_equal(world.plan.phase, RANGE_PLAN_TRIES);
    take_back(&world);
    assert_int_equal(world.plan.phase, RANGE_PLAN_MEASURES);
    assert_int_equal(range_plan_due(&world.plan), world.now_ms + 5 * 50);
    assert_int_equal(pass_until_added(&world, 1000), 5 * 50);
}

/* The trunk's next answer: what came of the one before does not count. */
static void when_the_trunk_goes_on_it_measures_anew(void **state)
{
    struct world world = { .each = 1000, .call_ms = 50 };
    uint64_t due;

    (void)state;
    begin(&world);
    pass_until_added(&world, 100);
    pass(&world, 2 * 50 + 20);
    assert_int_equal(world.plan.phase, RANGE_PLAN_MEASURES);
    range_plan_begin(&world.plan, world.now_ms, 1, world.bytes);
    assert_int_equal(pass_until_added(&world, 1000), 50);
    due = range_plan_due(&world.plan);
    range_plan_begin(&world.plan, world.now_ms, 1, world.bytes); /* it goes on waiting */
    assert_int_equal(range_plan_due(&world.plan), due);
}

/* The first connection has as long as its start takes far away. */
static void the_first_one_is_measured_longer(void **state)
{
    static const struct {
        uint64_t call_ms, while_ms;
    } rows[] = { { 0, 50 }, { 10, 50 }, { 11, 55 }, { 200, 1000 }, { 5000, 10000 } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world world = { .each = 1000, .call_ms = 20, .first_call_ms = rows[i].call_ms };

        begin(&world);
        assert_int_equal(pass_until_added(&world, 20000), rows[i].while_ms);
    }
}

/* After a restart there may be fewer than before. */
static void fewer_bytes_than_before_are_no_speed(void **state)
{
    struct range_plan plan = { 0 };

    (void)state;
    range_plan_begin(&plan, 1000, 1, 10 * MIB);
    assert_int_equal(range_plan_look(&plan, 1000 + FIRST, 5, GIB), RANGE_ADVICE_ADD);
    range_plan_added(&plan, 1100);
    range_plan_came(&plan, 1110, 10 * MIB);
    assert_int_equal(range_plan_look(&plan, 1120, 5, GIB), RANGE_ADVICE_TAKE_BACK);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_after_the_other_while_that_is_faster),
    cmocka_unit_test(as_many_as_make_it_faster),
    cmocka_unit_test(a_little_faster_is_not_enough),
    cmocka_unit_test(what_is_of_no_use_is_tried_ever_more_seldom),
    cmocka_unit_test(one_that_is_worth_it_makes_the_next_rest_short),
    cmocka_unit_test(when_there_is_none_to_be_had_it_rests),
    cmocka_unit_test(after_giving_up_nothing_is_tried),
    cmocka_unit_test(a_new_one_has_nothing_to_look_at),
    cmocka_unit_test(where_a_call_takes_long_it_measures_longer),
    cmocka_unit_test(one_that_never_answers_is_taken_back),
    cmocka_unit_test(what_is_small_or_soon_there_gets_none),
    cmocka_unit_test(the_first_further_one_has_to_be_worth_more),
    cmocka_unit_test(a_hiccup_is_no_reason),
    cmocka_unit_test(a_fast_server_may_become_slow),
    cmocka_unit_test(when_one_ends_it_measures_anew),
    cmocka_unit_test(when_the_trunk_goes_on_it_measures_anew),
    cmocka_unit_test(the_first_one_is_measured_longer),
    cmocka_unit_test(fewer_bytes_than_before_are_no_speed),
};

TEST_MAIN_UNIT(tests)
