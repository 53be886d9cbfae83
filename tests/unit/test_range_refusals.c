/* SPDX-License-Identifier: MIT */
/* Which servers answer ranges badly. */
#include <stdio.h>

#include "test_main.h"

#include "src/engine/range_refusals.h"
#include "src/port/memory.h"

static const char *origin(unsigned number)
{
    static char text[2][64];
    char *ret = text[number % 2];

    snprintf(ret, sizeof(text[0]), "http://%u.example:80", number);
    return ret;
}

static void who_was_told_is_remembered(void **state)
{
    struct range_refusals refusals = { 0 };

    (void)state;
    assert_false(range_refusals_has(&refusals, origin(1)));
    range_refusals_add(&refusals, origin(1));
    assert_true(range_refusals_has(&refusals, origin(1)));
    assert_false(range_refusals_has(&refusals, origin(2)));
    range_refusals_add(&refusals, origin(2));
    assert_true(range_refusals_has(&refusals, origin(1)));
    assert_true(range_refusals_has(&refusals, origin(2)));
    assert_false(range_refusals_has(&refusals, origin(11)));
    range_refusals_free(&refusals);
    assert_false(range_refusals_has(&refusals, origin(1)));
}

static void the_oldest_are_forgotten(void **state)
{
    struct range_refusals refusals = { 0 };

    (void)state;
    for (unsigned i = 0; i < RANGE_REFUSALS; i++)
        range_refusals_add(&refusals, origin(i));
    for (unsigned i = 0; i < RANGE_REFUSALS; i++)
        assert_true(range_refusals_has(&refusals, origin(i)));
    for (unsigned i = 0; i < 2 * RANGE_REFUSALS; i++) {
        range_refusals_add(&refusals, origin(RANGE_REFUSALS + i));
        assert_false(range_refusals_has(&refusals, origin(i)));
        assert_true(range_refusals_has(&refusals, origin(i + 1)));
    }
    range_refusals_free(&refusals);
}

static void told_again_it_takes_no_other_place(void **state)
{
    struct range_refusals refusals = { 0 };

    (void)state;
    for (unsigned i = 0; i < 3 * RANGE_REFUSALS; i++)
        range_refusals_add(&refusals, origin(i % 3));
    assert_int_equal(refusals.next, 3);
    for (unsigned i = 3; i < RANGE_REFUSALS; i++)
        range_refusals_add(&refusals, origin(i));
    assert_true(range_refusals_has(&refusals, origin(0)));
    range_refusals_free(&refusals);
}

static void *no_memory(size_t size)
{
    (void)size;
    return NULL;
}

static void *no_resize(void *block, size_t size)
{
    (void)block;
    return no_memory(size);
}

static void nothing(void *block)
{
    (void)block;
}

static void without_memory_one_is_forgotten_at_once(void **state)
{
    static const struct memory_ops none = { no_memory, no_resize, nothing };
    struct range_refusals refusals = { 0 };

    (void)state;
    range_refusals_add(&refusals, origin(0));
    memory_set_ops(&none);
    range_refusals_add(&refusals, origin(1));
    assert_true(range_refusals_has(&refusals, origin(0)));
    assert_false(range_refusals_has(&refusals, origin(1)));
    memory_set_ops(NULL);
    range_refusals_add(&refusals, origin(1));
    assert_true(range_refusals_has(&refusals, origin(0)));
    assert_true(range_refusals_has(&refusals, origin(1)));
    range_refusals_free(&refusals);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(who_was_told_is_remembered),
    cmocka_unit_test(the_oldest_are_forgotten),
    cmocka_unit_test(told_again_it_takes_no_other_place),
    cmocka_unit_test(without_memory_one_is_forgotten_at_once),
};

TEST_MAIN_UNIT(tests)
