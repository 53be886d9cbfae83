/* SPDX-License-Identifier: MIT */
/* The heap of timers. */
#include <stdlib.h>

#include "test_main.h"

#include "src/engine/timers.h"

#define COUNT 1000

static struct timer all[COUNT];

static void the_earliest_comes_first(void **state)
{
    struct timers timers = { 0 };
    uint64_t latest = 0;
    unsigned taken = 0;

    (void)state;
    srand(1);
    for (unsigned i = 0; i < COUNT; i++)
        timers_set(&timers, &all[i], (uint64_t)(rand() % 5000));
    for (uint64_t now = 0; now < 5000; now += 7) {
        struct timer *timer;

        while ((timer = timers_take(&timers, now))) {
            assert_false(timer->set);
            taken++;
        }
        assert_true(!timers.first || timers.first->due_ms > now);
        latest = now;
    }
    assert_true(latest > 4900);
    while (timers_take(&timers, UINT64_MAX))
        taken++;
    assert_int_equal(taken, COUNT);
}

static void what_is_due_later_stays(void **state)
{
    struct timers timers = { 0 };

    (void)state;
    timers_set(&timers, &all[0], 10);
    assert_null(timers_take(&timers, 9));
    assert_ptr_equal(timers_take(&timers, 10), &all[0]);
    assert_null(timers_take(&timers, UINT64_MAX));
}

static void setting_again_moves(void **state)
{
    struct timers timers = { 0 };

    (void)state;
    timers_set(&timers, &all[0], 10);
    timers_set(&timers, &all[1], 20);
    timers_set(&timers, &all[0], 30);
    assert_ptr_equal(timers_take(&timers, 100), &all[1]);
    assert_ptr_equal(timers_take(&timers, 100), &all[0]);
    assert_null(timers.first);
}

/* Against a plain array: sets, clears and takes in any order. */
static void any_order_is_right(void **state)
{
    struct timers timers = { 0 };

    (void)state;
    srand(2);
    for (unsigned step = 0; step < 20000; step++) {
        struct timer *timer = &all[rand() % 50], *taken;
        uint64_t now = (uint64_t)(rand() % 1000), earliest = UINT64_MAX;

        if (step % 3 == 0)
            timers_clear(&timers, timer);
        else
            timers_set(&timers, timer, (uint64_t)(rand() % 1000));
        for (unsigned i = 0; i < 50; i++) {
            if (all[i].set && all[i].due_ms < earliest)
                earliest = all[i].due_ms;
        }
        assert_true(timers.first ? timers.first->due_ms == earliest : earliest == UINT64_MAX);
        if (step % 5)
            continue;
        taken = timers_take(&timers, now);
        assert_true(taken ? !taken->set && earliest <= now : earliest > now);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_earliest_comes_first),
    cmocka_unit_test(what_is_due_later_stays),
    cmocka_unit_test(setting_again_moves),
    cmocka_unit_test(any_order_is_right),
};

TEST_MAIN_UNIT(tests)
