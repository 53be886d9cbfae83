/* SPDX-License-Identifier: MIT */
/* Groups by name, on a real store; the engine is this test. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "src/engine/engine_store.h"
#include "src/engine/runtime.h"
#include "src/engine/transfer_group.h"
#include "src/store/group_values.h"
#include "test_thread.h"

static struct store *store;
static enum port_status store_status; /* why there is none */
static atomic_uint told, told_of_limits;

struct store *engine_store(enum port_status *ret_status)
{
    if (ret_status)
        *ret_status = store_status;
    return store_status ? NULL : store;
}

void engine_groups_changed(void)
{
    atomic_fetch_add(&told, 1);
}

void engine_limits_changed(void)
{
    atomic_fetch_add(&told_of_limits, 1);
}

static int begin(void **state)
{
    (void)state;
    atomic_store(&told, 0);
    atomic_store(&told_of_limits, 0);
    store_status = PORT_OK;
    return store_create(test_path("store"), &store);
}

static int end(void **state)
{
    (void)state;
    store_close(store);
    return 0;
}

static struct transfer_group *create(const char *name)
{
    struct transfer_group *group;

    assert_int_equal(transfer_group_create(name, &group), PORT_OK);
    assert_non_null(group);
    return group;
}

static void store_behavior(const char *name, uint32_t behavior)
{
    struct value_set *values;

    assert_int_equal(value_set_create(&values), PORT_OK);
    assert_int_equal(value_set_put_dword(values, GROUP_BEHAVIOR, behavior), PORT_OK);
    assert_int_equal(store_put_group(store, name, values), PORT_OK);
    value_set_free(values);
}

static void one_object_a_name(void **state)
{
    struct transfer_group *one = create("one"), *other = create("One"), *again = create("one");

    (void)state;
    assert_ptr_equal(one, again);
    assert_ptr_not_equal(one, other);
    assert_string_equal(transfer_group_get_name(one), "one");
    assert_string_equal(transfer_group_get_name(other), "One");
    assert_int_equal(transfer_group_get_behavior(one), TRANSFER_GROUP_PARALLEL);
    assert_int_equal(transfer_group_set_behavior(one, TRANSFER_GROUP_SERIALIZED), PORT_OK);
    assert_int_equal(transfer_group_get_behavior(again), TRANSFER_GROUP_SERIALIZED);
    assert_int_equal(transfer_group_get_behavior(other), TRANSFER_GROUP_PARALLEL);
    transfer_group_release(one);
    transfer_group_release(other);
    transfer_group_release(again);
    transfer_group_release(NULL);
}

static void an_empty_name_is_none(void **state)
{
    struct transfer_group *group = (void *)-1;

    (void)state;
    assert_int_equal(transfer_group_create("", &group), PORT_INVALID);
    assert_null(group);
    assert_int_equal(transfer_group_open("", &group), PORT_INVALID);
    assert_null(group);
}

static void any_other_name_is_one(void **state)
{
    static char long_name[5001];
    static const char *const names[] = { "\\",   "a\\b", "%",  "..",       "/",
                                         "\x01", " ",    "Ä€", "\n\\\n\\", long_name };

    (void)state;
    memset(long_name, 'n', sizeof(long_name) - 1);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct transfer_group *group = create(names[i]);

        assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_PARALLEL);
        assert_int_equal(transfer_group_set_behavior(group, TRANSFER_GROUP_SERIALIZED), PORT_OK);
        transfer_group_release(group);
        group = create(names[i]);
        assert_string_equal(transfer_group_get_name(group), names[i]);
        assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_SERIALIZED);
        transfer_group_release(group);
    }
}

static void the_store_remembers(void **state)
{
    struct transfer_group *group = create("name");

    (void)state;
    assert_int_equal(transfer_group_set_behavior(group, TRANSFER_GROUP_SERIALIZED), PORT_OK);
    transfer_group_release(group);
    store_close(store);
    assert_int_equal(store_create(test_path("store"), &store), PORT_OK);
    group = create("name");
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_SERIALIZED);
    assert_true(transfer_group_scheduling(group)->serialized);
    assert_int_equal(transfer_group_set_behavior(group, TRANSFER_GROUP_PARALLEL), PORT_OK);
    transfer_group_release(group);
    assert_int_equal(transfer_group_open("name", &group), PORT_OK);
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_PARALLEL);
    transfer_group_release(group);
}

/* Each is set without the other. */
static void limit_and_behavior_are_stored_both(void **state)
{
    struct transfer_group *group = create("name");

    (void)state;
    assert_int_equal(transfer_group_get_speed_limit(group), 0);
    assert_int_equal(transfer_group_set_speed_limit(group, 1000), PORT_OK);
    assert_int_equal(transfer_group_set_behavior(group, TRANSFER_GROUP_SERIALIZED), PORT_OK);
    assert_int_equal(transfer_group_set_speed_limit(group, UINT64_MAX), PORT_OK);
    assert_int_equal(atomic_load(&told_of_limits), 2);
    transfer_group_release(group);
    assert_int_equal(transfer_group_open("name", &group), PORT_OK);
    assert_int_equal(transfer_group_get_speed_limit(group), UINT64_MAX);
    assert_int_equal(speed_limit_get(transfer_group_speed(group)), UINT64_MAX);
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_SERIALIZED);
    assert_int_equal(transfer_group_set_speed_limit(group, 0), PORT_OK);
    transfer_group_release(group);
    group = create("name");
    assert_int_equal(transfer_group_get_speed_limit(group), 0);
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_SERIALIZED);
    transfer_group_release(group);
}

static void another_process_has_changed_the_limit(void **state)
{
    struct transfer_group *group = create("name"), *again;
    struct value_set *values;

    (void)state;
    assert_int_equal(value_set_create(&values), PORT_OK);
    assert_int_equal(value_set_put_qword(values, GROUP_MAX_SPEED, 1234), PORT_OK);
    assert_int_equal(store_put_group(store, "name", values), PORT_OK);
    value_set_free(values);
    assert_int_equal(transfer_group_open("name", &again), PORT_OK);
    transfer_group_release(again);
    assert_int_equal(transfer_group_get_speed_limit(group), 0);
    again = create("name"); /* now somebody asks */
    assert_int_equal(transfer_group_get_speed_limit(group), 1234);
    assert_int_equal(atomic_load(&told_of_limits), 1);
    assert_int_equal(atomic_load(&told), 0);
    transfer_group_release(again);
    transfer_group_release(group);
}

static void another_process_has_changed_it(void **state)
{
    struct transfer_group *group = create("name"), *again;

    (void)state;
    store_behavior("name", TRANSFER_GROUP_SERIALIZED);
    assert_int_equal(transfer_group_open("name", &again), PORT_OK);
    transfer_group_release(again);
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_PARALLEL);
    assert_int_equal(atomic_load(&told), 0);
    again = create("name"); /* now somebody asks */
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_SERIALIZED);
    assert_int_equal(atomic_load(&told), 1);
    transfer_group_release(again);

    /* Last writer wins, also where this process believes that nothing changes. */
    store_behavior("name", TRANSFER_GROUP_PARALLEL);
    assert_int_equal(transfer_group_set_behavior(group, TRANSFER_GROUP_SERIALIZED), PORT_OK);
    transfer_group_release(group);
    group = create("name");
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_SERIALIZED);
    transfer_group_release(group);
}

/* What a later version may store. */
static void an_unknown_behavior_is_parallel(void **state)
{
    struct transfer_group *group;

    (void)state;
    store_behavior("name", 2);
    group = create("name");
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_PARALLEL);
    transfer_group_release(group);
}

static void the_scheduler_is_told_once(void **state)
{
    struct transfer_group *groups[3], *gone = create("gone");
    struct scheduler scheduler;

    (void)state;
    scheduler_init(&scheduler, 1);
    for (int i = 0; i < 3; i++) {
        char name[2] = { (char)('a' + i), 0 };

        groups[i] = create(name);
    }
    assert_int_equal(transfer_group_set_behavior(gone, TRANSFER_GROUP_SERIALIZED), PORT_OK);
    assert_int_equal(transfer_group_set_behavior(groups[0], TRANSFER_GROUP_SERIALIZED), PORT_OK);
    assert_int_equal(transfer_group_set_behavior(groups[2], TRANSFER_GROUP_SERIALIZED), PORT_OK);
    assert_int_equal(atomic_load(&told), 3);
    transfer_group_release(gone); /* and is not touched later */
    assert_false(transfer_group_scheduling(groups[0])->serialized);
    transfer_groups_apply(&scheduler);
    for (int i = 0; i < 3; i++)
        assert_int_equal(transfer_group_scheduling(groups[i])->serialized, i != 1);
    assert_int_equal(transfer_group_set_behavior(groups[2], TRANSFER_GROUP_PARALLEL), PORT_OK);
    assert_int_equal(transfer_group_set_behavior(groups[0], TRANSFER_GROUP_SERIALIZED), PORT_OK);
    assert_int_equal(atomic_load(&told), 4); /* the last is nothing new */
    transfer_groups_apply(&scheduler);
    transfer_groups_apply(&scheduler);
    assert_true(transfer_group_scheduling(groups[0])->serialized);
    assert_false(transfer_group_scheduling(groups[2])->serialized);
    for (int i = 0; i < 3; i++)
        transfer_group_release(groups[i]);
}

static void without_a_store(void **state)
{
    struct transfer_group *group = create("name"), *other = (void *)-1;

    (void)state;
    store_status = PORT_DENIED;
    assert_int_equal(transfer_group_create("name", &other), PORT_DENIED);
    assert_null(other);
    assert_int_equal(transfer_group_set_behavior(group, TRANSFER_GROUP_SERIALIZED), PORT_DENIED);
    assert_int_equal(transfer_group_get_behavior(group), TRANSFER_GROUP_PARALLEL);
    assert_int_equal(transfer_group_set_speed_limit(group, 1), PORT_DENIED);
    assert_int_equal(transfer_group_get_speed_limit(group), 0);
    assert_int_equal(atomic_load(&told) + atomic_load(&told_of_limits), 0);
    /* A restored transfer gets its group all the same. */
    assert_int_equal(transfer_group_open("other", &other), PORT_OK);
    assert_int_equal(transfer_group_get_behavior(other), TRANSFER_GROUP_PARALLEL);
    transfer_group_release(other);
    transfer_group_release(group);
}

/* The original could not have more than fifty, and could not recover from more. */
static void thousands_of_groups(void **state)
{
    static struct transfer_group *groups[2000];
    char name[40];

    (void)state;
    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof(name), "{00000000-0000-0000-0000-%012d}", i);
        groups[i] = create(name);
        if (i % 40 == 0)
            assert_int_equal(transfer_group_set_behavior(groups[i], TRANSFER_GROUP_SERIALIZED),
                             PORT_OK);
    }
    for (int i = 0; i < 2000; i++) {
        struct transfer_group *again;

        snprintf(name, sizeof(name), "{00000000-0000-0000-0000-%012d}", i);
        assert_int_equal(transfer_group_open(name, &again), PORT_OK);
        assert_ptr_equal(again, groups[i]);
        transfer_group_release(again);
        transfer_group_release(groups[i]);
    }
    for (int i = 0; i < 2000; i += 200) {
        snprintf(name, sizeof(name), "{00000000-0000-0000-0000-%012d}", i);
        groups[i] = create(name);
        assert_int_equal(transfer_group_get_behavior(groups[i]), TRANSFER_GROUP_SERIALIZED);
        transfer_group_release(groups[i]);
    }
}

static atomic_bool all_good = true;

static void use_groups(void *argument)
{
    unsigned seed = (unsigned)(uintptr_t)argument;

    for (unsigned i = 0; i < 60; i++) {
        struct transfer_group *group = NULL, *again = NULL;
        char name[2] = { (char)('a' + (seed + i) % 3), 0 };

        if (transfer_group_create(name, &group) || transfer_group_open(name, &again) ||
            group != again ||
            transfer_group_set_behavior(group, (seed + i) % 2 ? TRANSFER_GROUP_SERIALIZED
                                                              : TRANSFER_GROUP_PARALLEL))
            atomic_store(&all_good, false);
        transfer_group_release(again);
        transfer_group_release(group);
    }
}

static void several_threads_at_once(void **state)
{
    struct test_thread *threads[3];
    struct scheduler scheduler;

    (void)state;
    scheduler_init(&scheduler, 1);
    for (uintptr_t i = 0; i < 3; i++)
        threads[i] = test_thread_start(use_groups, (void *)i);
    for (int i = 0; i < 1000; i++)
        transfer_groups_apply(&scheduler);
    for (int i = 0; i < 3; i++)
        test_thread_join(threads[i]);
    transfer_groups_apply(&scheduler);
    assert_true(atomic_load(&all_good));
    for (int i = 0; i < 3; i++) {
        char name[2] = { (char)('a' + i), 0 };
        struct transfer_group *known = create(name), *stored;
        enum transfer_group_behavior behavior = transfer_group_get_behavior(known);

        transfer_group_release(known);
        stored = create(name);
        assert_int_equal(transfer_group_get_behavior(stored), behavior);
        transfer_group_release(stored);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(one_object_a_name, begin, end),
    cmocka_unit_test_setup_teardown(an_empty_name_is_none, begin, end),
    cmocka_unit_test_setup_teardown(any_other_name_is_one, begin, end),
    cmocka_unit_test_setup_teardown(the_store_remembers, begin, end),
    cmocka_unit_test_setup_teardown(limit_and_behavior_are_stored_both, begin, end),
    cmocka_unit_test_setup_teardown(another_process_has_changed_the_limit, begin, end),
    cmocka_unit_test_setup_teardown(another_process_has_changed_it, begin, end),
    cmocka_unit_test_setup_teardown(an_unknown_behavior_is_parallel, begin, end),
    cmocka_unit_test_setup_teardown(the_scheduler_is_told_once, begin, end),
    cmocka_unit_test_setup_teardown(without_a_store, begin, end),
    cmocka_unit_test_setup_teardown(thousands_of_groups, begin, end),
    cmocka_unit_test_setup_teardown(several_threads_at_once, begin, end),
};

TEST_MAIN_UNIT(tests)
