/* SPDX-License-Identifier: MIT */
/* Who runs next. */
#include <stddef.h>

#include "test_main.h"

#include "src/engine/scheduler.h"

enum {
    ITEMS = 8
};

static void first_in_first_out_up_to_the_limit(void **state)
{
    struct scheduler_item items[ITEMS] = { 0 };
    struct scheduler scheduler;

    (void)state;
    scheduler_init(&scheduler, 3);
    assert_null(scheduler_take(&scheduler));
    for (int i = 0; i < ITEMS; i++)
        scheduler_add(&scheduler, &items[i], TRANSFER_PRIORITY_DEFAULT);
    for (int i = 0; i < 3; i++)
        assert_ptr_equal(scheduler_take(&scheduler), &items[i]);
    assert_null(scheduler_take(&scheduler));
    assert_ptr_equal(scheduler_first(&scheduler), &items[3]);
    scheduler_free_slot(&scheduler);
    assert_ptr_equal(scheduler_take(&scheduler), &items[3]);
    assert_null(scheduler_take(&scheduler));
}

static void high_before_default_before_low(void **state)
{
    struct scheduler_item low = { 0 }, normal = { 0 }, high = { 0 }, high2 = { 0 };
    struct scheduler scheduler;

    (void)state;
    scheduler_init(&scheduler, 4);
    scheduler_add(&scheduler, &low, TRANSFER_PRIORITY_LOW);
    scheduler_add(&scheduler, &normal, TRANSFER_PRIORITY_DEFAULT);
    scheduler_add(&scheduler, &high, TRANSFER_PRIORITY_HIGH);
    scheduler_add(&scheduler, &high2, TRANSFER_PRIORITY_HIGH);
    assert_ptr_equal(scheduler_take(&scheduler), &high);
    assert_ptr_equal(scheduler_take(&scheduler), &high2);
    assert_ptr_equal(scheduler_take(&scheduler), &normal);
    assert_ptr_equal(scheduler_take(&scheduler), &low);
}

static void a_change_of_priority_moves_what_waits(void **state)
{
    struct scheduler_item items[4] = { 0 };
    struct scheduler scheduler;

    (void)state;
    scheduler_init(&scheduler, 4);
    for (int i = 0; i < 4; i++)
        scheduler_add(&scheduler, &items[i], TRANSFER_PRIORITY_DEFAULT);
    assert_ptr_equal(scheduler_take(&scheduler), &items[0]);
    scheduler_change(&scheduler, &items[0], TRANSFER_PRIORITY_HIGH); /* runs: nothing changes */
    scheduler_change(&scheduler, &items[3], TRANSFER_PRIORITY_HIGH);
    scheduler_change(&scheduler, &items[1], TRANSFER_PRIORITY_LOW);
    scheduler_change(&scheduler, &items[2], TRANSFER_PRIORITY_DEFAULT); /* keeps its place */
    assert_ptr_equal(scheduler_take(&scheduler), &items[3]);
    assert_ptr_equal(scheduler_take(&scheduler), &items[2]);
    assert_ptr_equal(scheduler_take(&scheduler), &items[1]);
    assert_null(scheduler_take(&scheduler));
}

static void removal_from_every_place(void **state)
{
    struct scheduler scheduler;

    (void)state;
    for (int gone = 0; gone < 3; gone++) {
        struct scheduler_item items[3] = { 0 };

        scheduler_init(&scheduler, 3);
        for (int i = 0; i < 3; i++)
            scheduler_add(&scheduler, &items[i], TRANSFER_PRIORITY_LOW);
        scheduler_remove(&scheduler, &items[gone]);
        scheduler_remove(&scheduler, &items[gone]);
        for (int i = 0; i < 3; i++) {
            if (i != gone)
                assert_ptr_equal(scheduler_take(&scheduler), &items[i]);
        }
        assert_null(scheduler_take(&scheduler));
        scheduler_add(&scheduler, &items[gone], TRANSFER_PRIORITY_LOW);
        assert_ptr_equal(scheduler_take(&scheduler), &items[gone]);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(first_in_first_out_up_to_the_limit),
    cmocka_unit_test(high_before_default_before_low),
    cmocka_unit_test(a_change_of_priority_moves_what_waits),
    cmocka_unit_test(removal_from_every_place),
};

TEST_MAIN_UNIT(tests)
