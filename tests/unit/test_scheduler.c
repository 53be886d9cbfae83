/* SPDX-License-Identifier: MIT */
/* Who runs next. The rules one by one; test_scheduler_model.c has all of them together. */
#include <string.h>

#include "test_main.h"

#include "src/engine/scheduler.h"

enum {
    ITEMS = 8
};

static struct scheduler scheduler;
static struct scheduler_group group, other;
static struct scheduler_item items[ITEMS];

static void add(int index, enum transfer_priority priority, struct scheduler_group *to)
{
    scheduler_add(&scheduler, &items[index], priority, to);
}

static void add_defaults(int count, struct scheduler_group *to)
{
    for (int i = 0; i < count; i++)
        add(i, TRANSFER_PRIORITY_DEFAULT, to);
}

/* The index of the one that is taken; -1: none. */
static int take(void)
{
    struct scheduler_item *item = scheduler_take(&scheduler);

    return item ? (int)(item - items) : -1;
}

static void finish(int index)
{
    scheduler_free_slot(&scheduler, &items[index]);
}

static void start(unsigned slots, bool serialized)
{
    memset(items, 0, sizeof(items));
    memset(&group, 0, sizeof(group));
    memset(&other, 0, sizeof(other));
    scheduler_init(&scheduler, slots);
    scheduler_set_serialized(&scheduler, &group, serialized);
}

static void first_in_first_out_up_to_the_limit(void **state)
{
    (void)state;
    start(3, false);
    assert_int_equal(take(), -1);
    add_defaults(ITEMS, NULL);
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(), i);
    assert_int_equal(take(), -1);
    assert_ptr_equal(scheduler_first(&scheduler), &items[3]);
    finish(1);
    finish(1); /* it has no slot any more */
    assert_int_equal(take(), 3);
    assert_int_equal(take(), -1);
}

static void high_before_default_before_low(void **state)
{
    (void)state;
    start(4, false);
    add(0, TRANSFER_PRIORITY_LOW, NULL);
    add(1, TRANSFER_PRIORITY_DEFAULT, &group);
    add(2, TRANSFER_PRIORITY_HIGH, NULL);
    add(3, TRANSFER_PRIORITY_HIGH, &group);
    assert_int_equal(take(), 2);
    assert_int_equal(take(), 3);
    assert_int_equal(take(), 1);
    assert_int_equal(take(), 0);
}

static void a_change_of_priority_moves_what_waits(void **state)
{
    (void)state;
    start(4, false);
    add_defaults(4, NULL);
    assert_int_equal(take(), 0);
    scheduler_change(&scheduler, &items[0], TRANSFER_PRIORITY_HIGH); /* runs: it goes on */
    scheduler_change(&scheduler, &items[3], TRANSFER_PRIORITY_HIGH);
    scheduler_change(&scheduler, &items[1], TRANSFER_PRIORITY_LOW);
    scheduler_change(&scheduler, &items[2], TRANSFER_PRIORITY_DEFAULT); /* keeps its place */
    assert_int_equal(take(), 3);
    assert_int_equal(take(), 2);
    assert_int_equal(take(), 1);
    assert_int_equal(take(), -1);
}

static void removal_from_every_place(void **state)
{
    (void)state;
    for (int gone = 0; gone < 3; gone++) {
        start(3, false);
        for (int i = 0; i < 3; i++)
            add(i, TRANSFER_PRIORITY_LOW, NULL);
        scheduler_remove(&scheduler, &items[gone]);
        scheduler_remove(&scheduler, &items[gone]);
        for (int i = 0; i < 3; i++) {
            if (i != gone)
                assert_int_equal(take(), i);
        }
        assert_int_equal(take(), -1);
        add(gone, TRANSFER_PRIORITY_LOW, NULL);
        assert_int_equal(take(), gone);
        for (int i = 0; i < 3; i++)
            finish(i);
    }
}

static void members_of_a_parallel_group_run_together(void **state)
{
    (void)state;
    start(6, false);
    add_defaults(4, &group);
    for (int i = 0; i < 4; i++)
        assert_int_equal(take(), i);
}

static void members_of_a_serialized_group_run_one_at_a_time(void **state)
{
    (void)state;
    start(6, true);
    add_defaults(3, &group);
    add(3, TRANSFER_PRIORITY_DEFAULT, NULL);
    add(4, TRANSFER_PRIORITY_DEFAULT, &other);
    assert_int_equal(take(), 0);
    assert_int_equal(take(), 3); /* those behind it do not wait for them */
    assert_int_equal(take(), 4);
    assert_int_equal(take(), -1);
    finish(0);
    assert_int_equal(take(), 1);
    assert_int_equal(take(), -1);
    finish(1);
    assert_int_equal(take(), 2);
}

static void a_groups_limit_is_for_default_priority(void **state)
{
    (void)state;
    start(6, true);
    add_defaults(2, &group);
    assert_int_equal(take(), 0);
    add(2, TRANSFER_PRIORITY_HIGH, &group);
    add(3, TRANSFER_PRIORITY_LOW, &group);
    add(4, TRANSFER_PRIORITY_LOW, &group);
    assert_int_equal(take(), 2);
    assert_int_equal(take(), 3);
    assert_int_equal(take(), 4);
    assert_int_equal(take(), -1);
    finish(2);
    assert_int_equal(take(), -1); /* it had not the turn */
    finish(0);
    assert_int_equal(take(), 1);
}

/* What is paused or waits for a retry leaves, and comes back behind the others. */
static void the_next_goes_when_the_head_leaves(void **state)
{
    (void)state;
    start(2, true);
    add_defaults(3, &group);
    assert_int_equal(take(), 0);
    scheduler_remove(&scheduler, &items[1]); /* paused while it waits */
    finish(0);                               /* paused while it runs */
    assert_int_equal(take(), 2);
    add(0, TRANSFER_PRIORITY_DEFAULT, &group);
    assert_int_equal(take(), -1);
    finish(2);
    assert_int_equal(take(), 0);
}

static void the_turn_follows_the_priority(void **state)
{
    (void)state;
    start(6, true);
    add_defaults(3, &group);
    assert_int_equal(take(), 0);
    scheduler_change(&scheduler, &items[0], TRANSFER_PRIORITY_HIGH);
    assert_int_equal(take(), 1); /* the turn was given up */
    scheduler_change(&scheduler, &items[0], TRANSFER_PRIORITY_DEFAULT);
    finish(1);
    assert_int_equal(take(), -1); /* and taken again */
    finish(0);
    assert_int_equal(take(), 2);
}

static void a_change_of_behavior_counts_for_what_starts(void **state)
{
    (void)state;
    start(6, false);
    add_defaults(6, &group);
    assert_int_equal(take(), 0);
    assert_int_equal(take(), 1);
    scheduler_set_serialized(&scheduler, &group, true);
    assert_int_equal(take(), -1);
    finish(0);
    assert_int_equal(take(), -1);
    finish(1);
    assert_int_equal(take(), 2);
    assert_int_equal(take(), -1);
    scheduler_set_serialized(&scheduler, &group, false);
    assert_int_equal(take(), 3);
    assert_int_equal(take(), 4);
}

static void what_is_made_current_has_the_next_turn(void **state)
{
    (void)state;
    start(1, true);
    add_defaults(5, &group);
    assert_int_equal(take(), 0);
    assert_ptr_equal(scheduler_make_current(&scheduler, &items[3]), &items[0]);
    finish(0);
    scheduler_requeue(&scheduler, &items[0]);
    /* Those behind it come with it, then who made room, then those it overtook. */
    for (int i = 0; i < 5; i++) {
        static const int order[] = { 3, 4, 0, 1, 2 };

        assert_int_equal(take(), order[i]);
        finish(order[i]);
    }
}

static void the_group_keeps_its_places(void **state)
{
    (void)state;
    start(6, false);
    add(0, TRANSFER_PRIORITY_DEFAULT, &group);
    add(1, TRANSFER_PRIORITY_DEFAULT, NULL);
    add(2, TRANSFER_PRIORITY_DEFAULT, &group);
    add(3, TRANSFER_PRIORITY_DEFAULT, &other);
    add(4, TRANSFER_PRIORITY_DEFAULT, &group);
    assert_null(scheduler_make_current(&scheduler, &items[4]));
    for (int i = 0; i < 5; i++) {
        static const int order[] = { 4, 1, 0, 3, 2 };

        assert_int_equal(scheduler_count_ahead(&scheduler, &items[order[i]]), i);
    }
    for (int i = 0; i < 5; i++) {
        static const int order[] = { 4, 1, 0, 3, 2 };

        assert_int_equal(take(), order[i]);
    }
}

static void nobody_makes_room_for_what_has_no_turn(void **state)
{
    (void)state;
    start(6, true);
    add_defaults(3, &group);
    add(3, TRANSFER_PRIORITY_HIGH, &group);
    add(4, TRANSFER_PRIORITY_LOW, &group);
    add(5, TRANSFER_PRIORITY_DEFAULT, NULL);
    add(6, TRANSFER_PRIORITY_DEFAULT, &other);
    add(7, TRANSFER_PRIORITY_DEFAULT, &other);
    assert_null(scheduler_make_current(&scheduler, &items[1])); /* none runs */
    assert_null(scheduler_make_current(&scheduler, &items[5])); /* no group */
    assert_int_equal(take(), 3);
    assert_int_equal(take(), 1);
    assert_null(scheduler_make_current(&scheduler, &items[1])); /* runs already */
    assert_null(scheduler_make_current(&scheduler, &items[4])); /* another priority */
    assert_int_equal(take(), 5);
    assert_int_equal(take(), 6);
    assert_null(scheduler_make_current(&scheduler, &items[7])); /* a parallel group */
    assert_ptr_equal(scheduler_make_current(&scheduler, &items[2]), &items[1]);
}

/* Where a group has just become serialized, to stop one of several would help nobody. */
static void several_that_run_go_on_together(void **state)
{
    (void)state;
    start(2, false);
    add_defaults(4, &group);
    assert_int_equal(take(), 0);
    assert_int_equal(take(), 1);
    scheduler_set_serialized(&scheduler, &group, true);
    assert_null(scheduler_make_current(&scheduler, &items[3]));
    finish(0);
    assert_int_equal(take(), -1);
    assert_ptr_equal(scheduler_make_current(&scheduler, &items[2]), &items[1]);
    finish(1);
    scheduler_requeue(&scheduler, &items[1]);
    assert_int_equal(take(), 2);
    finish(2);
    assert_int_equal(take(), 1);
}

/* Who makes room may come back late: the block has got smaller then, or is gone. */
static void who_made_room_comes_behind_what_is_left_of_the_block(void **state)
{
    (void)state;
    for (int gone = 0; gone < 3; gone++) {
        start(1, true);
        add_defaults(4, &group);
        assert_int_equal(take(), 0);
        assert_ptr_equal(scheduler_make_current(&scheduler, &items[2]), &items[0]);
        finish(0);
        for (int i = 0; i < gone; i++)
            scheduler_remove(&scheduler, &items[3 - i]);
        scheduler_requeue(&scheduler, &items[0]);
        for (int i = gone; i < 4; i++) {
            static const int order[][4] = { { 2, 3, 0, 1 }, { -1, 2, 0, 1 }, { -1, -1, 0, 1 } };

            assert_int_equal(take(), order[gone][i]);
            finish(order[gone][i]);
        }
        assert_int_equal(take(), -1);
    }
}

static void the_first_may_run_if_anyone_may(void **state)
{
    (void)state;
    start(6, true);
    assert_null(scheduler_first(&scheduler));
    add_defaults(2, &group);
    assert_int_equal(take(), 0);
    assert_ptr_equal(scheduler_first(&scheduler), &items[1]); /* waits, although it may not run */
    add(2, TRANSFER_PRIORITY_LOW, NULL);
    assert_ptr_equal(scheduler_first(&scheduler), &items[2]);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(first_in_first_out_up_to_the_limit),
    cmocka_unit_test(high_before_default_before_low),
    cmocka_unit_test(a_change_of_priority_moves_what_waits),
    cmocka_unit_test(removal_from_every_place),
    cmocka_unit_test(members_of_a_parallel_group_run_together),
    cmocka_unit_test(members_of_a_serialized_group_run_one_at_a_time),
    cmocka_unit_test(a_groups_limit_is_for_default_priority),
    cmocka_unit_test(the_next_goes_when_the_head_leaves),
    cmocka_unit_test(the_turn_follows_the_priority),
    cmocka_unit_test(a_change_of_behavior_counts_for_what_starts),
    cmocka_unit_test(what_is_made_current_has_the_next_turn),
    cmocka_unit_test(the_group_keeps_its_places),
    cmocka_unit_test(nobody_makes_room_for_what_has_no_turn),
    cmocka_unit_test(several_that_run_go_on_together),
    cmocka_unit_test(who_made_room_comes_behind_what_is_left_of_the_block),
    cmocka_unit_test(the_first_may_run_if_anyone_may),
};

TEST_MAIN_UNIT(tests)
