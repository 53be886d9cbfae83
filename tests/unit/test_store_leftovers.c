/* SPDX-License-Identifier: MIT */
/* What adoption drops, sets aside and cleans up: docs/store.md, "Adoption". */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "environment.h"
#include "src/port/clock.h"
#include "src/port/file_lock.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "store_records.h"
#include "strings_ring.h"
#include "test_files.h"

#define DAY (INT64_C(86400) * 10000000)

enum {
    SOME = 30
};

static struct adopted adopted;

static const char *app(void)
{
    return test_path("app");
}

static const char *transfers(void)
{
    return test_path("app/transfers");
}

static const char *private_folder(void)
{
    return test_path("app/private");
}

static void put_asked(struct store *store, unsigned number, int64_t asked, int64_t created)
{
    struct value_set *values = record_values(number, 1);
    struct store_id id;

    record_id(number, &id);
    value_set_remove(values, DOWNLOAD_LAST_ASKED);
    if (asked)
        assert_int_equal(value_set_put_qword(values, DOWNLOAD_LAST_ASKED, (uint64_t)asked),
                         PORT_OK);
    assert_int_equal(value_set_put_qword(values, DOWNLOAD_CREATED, (uint64_t)created), PORT_OK);
    assert_int_equal(store_put(store, &id, values), PORT_OK);
    value_set_free(values);
}

static void leave_old_records(void)
{
    struct store *store = open_store(app());
    int64_t now = clock_universal_time();

    put_asked(store, 0, now, now - 1000 * DAY);
    put_asked(store, 1, now - 89 * DAY, now - 1000 * DAY);
    put_asked(store, 2, now - 91 * DAY, now - 1000 * DAY);
    put_asked(store, 3, now + 1000 * DAY, now + 1000 * DAY); /* the clock was set back since */
    put_asked(store, 4, 0, now - 91 * DAY);
    put_asked(store, 5, 0, now - 2 * DAY);
    store_close(store);
}

static void what_nobody_asks_for_goes(void **state)
{
    struct store *store;

    (void)state;
    leave_old_records();
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 4);
    assert_int_equal(adopted.times[2] + adopted.times[4], 0);
    store_close(store);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 4);
    store_close(store);
}

static void the_days_can_be_set(void **state)
{
    struct store *store;

    (void)state;
    test_setenv("WINRT_STALE_DAYS", "1");
    leave_old_records();
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 2);
    check_adopted(&adopted, 0, 1);
    check_adopted(&adopted, 3, 1);
    store_close(store);
}

static const char *base_name(const char *path)
{
    return strrchr(path, '/') + 1;
}

static char *make_private(struct store *store)
{
    file_handle file;
    char *path;

    assert_int_equal(store_private_file(store, "body", &path, &file), PORT_OK);
    assert_int_equal(file_write_at(file, 0, "x", 1), PORT_OK);
    file_close(file);
    return path;
}

static void put_private(struct store *store, unsigned number, const char *path, bool stale)
{
    struct value_set *values = record_values(number, 1);
    struct store_id id;

    record_id(number, &id);
    assert_int_equal(value_set_put_text(values,
                                        number % 2 ? DOWNLOAD_PRIVATE_FILE : DOWNLOAD_PRIVATE_BODY,
                                        path),
                     PORT_OK);
    if (stale)
        assert_int_equal(value_set_put_qword(values, DOWNLOAD_LAST_ASKED, 1), PORT_OK);
    assert_int_equal(store_put(store, &id, values), PORT_OK);
    value_set_free(values);
}

/* Files: 0 and 1 are named by records, 2 by a stale one, 3 by none. */
static void leave_private_files(char names[4][1024])
{
    struct store *store = open_store(app());

    for (unsigned i = 0; i < 4; i++) {
        char *path = make_private(store);

        snprintf(names[i], sizeof(names[i]), "%s", path);
        memory_free(path);
        if (i < 3)
            put_private(store, i, names[i], i == 2);
    }
    store_close(store);
}

static void check_private_files(char names[4][1024])
{
    assert_int_equal(file_size(names[0]), 1);
    assert_int_equal(file_size(names[1]), 1);
    assert_int_equal(file_size(names[2]), -1);
    assert_int_equal(file_size(names[3]), -1);
}

static void private_files_live_as_long_as_their_records(void **state)
{
    static char names[4][1024];
    struct store *store;

    (void)state;
    leave_private_files(names);
    assert_int_equal(count_files(private_folder(), ""), 4);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 2);
    check_private_files(names);
    store_close(store);
}

static void the_same_when_they_are_merged(void **state)
{
    static char names[4][1024];
    struct store *store, *live = open_store(app());
    char *path;

    (void)state;
    leave_private_files(names);
    /* Files of the live are not looked at, named or not. */
    path = make_private(live);
    store = open_store(app());
    put_record(store, 100, 1);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 2);
    check_private_files(names);
    assert_int_equal(file_size(path), 1);
    store_close(store);

    /* Their own hive is gone now. They stay with the one that names them, whoever adopts next; what
     * it does not name goes. */
    file_remove(names[1]);
    test_file_write(ring_format("%s/%.16s.0123456789abcdef.body", private_folder(),
                                base_name(names[0])),
                    "x", 1);
    leave_records(app(), 200, 1, 1);
    store = open_store(app());
    put_record(store, 101, 1);
    adopt_all(store, &adopted);
    assert_int_equal(file_size(names[0]), 1);
    assert_int_equal(file_size(path), 1);
    assert_int_equal(count_files(private_folder(), ""), 2);
    store_close(store);
    store_close(live);
    memory_free(path);
}

/* Whatever a record says, nothing else is removed. */
static void only_private_files_are_removed(void **state)
{
    const char *own = test_path("app/private/mine.txt");
    const char *other = test_path("0123456789abcdef.0123456789abcdef.body");
    struct store *store = open_store(app());

    (void)state;
    memory_free(make_private(store));
    test_file_write(own, "x", 1);
    test_file_write(other, "x", 1);
    put_private(store, 1, own, true);
    put_private(store, 2, other, true);
    put_private(store, 3, "/", true);
    put_private(store, 4, "..", true);
    store_close(store);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    assert_int_equal(file_size(own), 1);
    assert_int_equal(file_size(other), 1);
    store_close(store);
}

static void what_is_no_hive_is_set_aside(void **state)
{
    const char *path = test_path("app/transfers/00000000000000aa.hive");
    struct store *store;
    file_handle file;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file),
                     PORT_OK);
    assert_int_equal(file_write_at(file, 0, "This is no hive, but it is long enough to be one.....",
                                   50),
                     PORT_OK);
    file_close(file);
    store = open_store(app());
    memset(&adopted, 0, sizeof(adopted));
    assert_int_equal(store_adopt(store, note_adopted, &adopted), PORT_INVALID);
    assert_int_equal(adopted.count, SOME);
    assert_int_equal(file_size(path), -1);
    assert_int_equal(file_size(ring_format("%s.damaged", path)), 50);
    adopt_all(store, &adopted);
    store_close(store);
}

static void another_version_is_left_as_it_is(void **state)
{
    const char *path;
    struct store *store;
    char *content;
    size_t size;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    path = copy_hive(only_file(transfers(), ".hive"));
    content = test_file_read(path, &size);
    assert_non_null(content);
    content[8]++;
    content[40]++;
    test_file_write(path, content, size);
    store = open_store(app());
    memset(&adopted, 0, sizeof(adopted));
    assert_int_equal(store_adopt(store, note_adopted, &adopted), PORT_INVALID);
    assert_int_equal(adopted.count, SOME);
    assert_int_equal(file_size(path), size);
    store_close(store);
    free(content);
}

/* What can be read of a damaged one is taken, and the rest kept for people. */
static void a_damaged_hive_gives_what_it_can(void **state)
{
    const char *path;
    struct store *store;
    char *content;
    size_t size;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    path = only_file(transfers(), ".hive");
    content = test_file_read(path, &size);
    assert_non_null(content);
    content[500] ^= 1;
    test_file_write(path, content, size);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_in_range(adopted.count, SOME - 5, SOME - 1);
    assert_int_equal(file_size(path), -1);
    assert_int_equal(file_size(ring_format("%s.damaged", path)), size);
    assert_int_equal(count_files(transfers(), ".hive"), 1);
    store_close(store);
    free(content);
}

static void what_crashes_leave_goes(void **state)
{
    const char *lock = test_path("app/transfers/00000000000000aa.lock");
    const char *fresh = test_path("app/transfers/00000000000000bb.hive.new");
    struct file_lock *held;
    struct store *store;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    test_file_write(lock, "", 0);
    test_file_write(fresh, "x", 1);
    assert_int_equal(file_lock_take(test_path("app/transfers/00000000000000cc.lock"), true, &held),
                     PORT_OK);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(file_size(lock), -1);
    assert_int_equal(file_size(fresh), -1);
    assert_int_equal(file_size(test_path("app/transfers/00000000000000cc.lock")), 0);
    file_lock_release(held, true);
    store_close(store);
}

/* Time that goes back and forth changes nothing but what is stale. */
static atomic_llong clock_offset;

static int64_t shifted_time(void)
{
    return clock_universal_time_from_unix(1800000000, 0) + clock_offset;
}

static uint64_t real_monotonic_ns(void)
{
    static atomic_ullong now;

    return atomic_fetch_add(&now, 1000000);
}

static void clocks_that_jump_lose_nothing(void **state)
{
    static const struct clock_ops ops = { real_monotonic_ns, shifted_time };
    static const int64_t jumps[] = { -1000 * DAY, 50 * DAY, -3000 * DAY, 80 * DAY, 0 };
    struct store *store;

    (void)state;
    clock_set_ops(&ops);
    leave_records(app(), 0, SOME, 1);
    for (size_t i = 0; i < sizeof(jumps) / sizeof(jumps[0]); i++) {
        clock_offset = jumps[i];
        store = open_store(app());
        adopt_all(store, &adopted);
        assert_int_equal(adopted.count, SOME);
        store_close(store);
    }
    clock_offset = 91 * DAY;
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    store_close(store);
    clock_set_ops(NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_nobody_asks_for_goes),
    cmocka_unit_test(the_days_can_be_set),
    cmocka_unit_test(private_files_live_as_long_as_their_records),
    cmocka_unit_test(the_same_when_they_are_merged),
    cmocka_unit_test(only_private_files_are_removed),
    cmocka_unit_test(what_is_no_hive_is_set_aside),
    cmocka_unit_test(another_version_is_left_as_it_is),
    cmocka_unit_test(a_damaged_hive_gives_what_it_can),
    cmocka_unit_test(what_crashes_leave_goes),
    cmocka_unit_test(clocks_that_jump_lose_nothing),
};

TEST_MAIN_UNIT(tests)
