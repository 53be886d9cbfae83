/* SPDX-License-Identifier: MIT */
/*
 * What dead instances have left, and who gets it: docs/store.md, "Ownership, adoption, commits". A
 * store that is closed has given its lock up as a dead process does; two stores that are open are
 * to each other as two processes.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "environment.h"
#include "src/port/clock.h"
#include "src/port/file_lock.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/store/download_values.h"
#include "src/store/hive.h"
#include "store_faults.h"
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

static void a_hive_becomes_ours_as_it_is(void **state)
{
    const char *path;
    struct store *store;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    path = only_file(transfers(), ".hive");
    store = open_store(app());
    adopt_all(store, &adopted);
    check_adopted(&adopted, 0, SOME);
    assert_string_equal(only_file(transfers(), ".hive"), path);
    put_record(store, SOME, 1);
    assert_string_equal(only_file(transfers(), ".hive"), path);
    store_close(store);
}

static void several_become_one(void **state)
{
    struct store *store;

    (void)state;
    leave_records(app(), 0, 5, 1);
    leave_records(app(), 5, SOME, 1);
    leave_records(app(), 5 + SOME, 3, 1);
    assert_int_equal(count_files(transfers(), ".hive"), 3);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME + 8);
    check_adopted(&adopted, 0, SOME + 8);
    assert_int_equal(count_files(transfers(), ".hive"), 1);
    /* That of the adoption, and ours. */
    assert_int_equal(count_files(transfers(), ".lock"), 2);
    store_close(store);

    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME + 8);
    store_close(store);
}

static void a_process_with_a_hive_of_its_own_adopts_too(void **state)
{
    struct store *store;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    store = open_store(app());
    put_record(store, 100, 1);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME);
    check_adopted(&adopted, 0, SOME);
    assert_int_equal(count_files(transfers(), ".hive"), 1);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    store_close(store);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME + 1);
    store_close(store);
}

static void a_live_instance_is_left_alone(void **state)
{
    struct store *live = open_store(app()), *store = open_store(app());

    (void)state;
    put_records(live, 0, SOME);
    leave_records(app(), 100, 2, 1);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 2);
    check_adopted(&adopted, 100, 2);
    put_record(live, 0, 2);
    store_close(live);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME);
    assert_int_equal(adopted.versions[0], 2);
    store_close(store);
}

static void an_empty_hive_goes(void **state)
{
    struct store *store = open_store(app());
    struct store_id id;

    (void)state;
    put_record(store, 1, 1);
    record_id(1, &id);
    assert_int_equal(store_remove(store, &id), PORT_OK);
    store_close(store);
    assert_int_equal(count_files(transfers(), ".hive"), 1);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    assert_int_equal(count_files(transfers(), ".hive"), 0);
    assert_int_equal(count_files(transfers(), ".lock"), 1);
    store_close(store);
}

static void of_two_the_higher_generation_wins(void **state)
{
    struct store *store;

    (void)state;
    /* The older versions are in the copy. */
    leave_records(app(), 0, SOME, 1);
    copy_hive(only_file(transfers(), ".hive"));
    store = open_store(app());
    put_record(store, 100, 1);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME);
    check_adopted(&adopted, 0, SOME);
    for (unsigned i = 0; i < SOME; i += 2)
        put_record(store, i, 2);
    store_close(store);
    copy_hive(only_file(transfers(), ".hive"));
    /* And the newest in what is opened last. */
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME + 1);
    for (unsigned i = 0; i < SOME; i++) {
        assert_int_equal(adopted.times[i], 1);
        assert_int_equal(adopted.versions[i], i % 2 ? 1 : 2);
    }
    assert_int_equal(count_files(transfers(), ".hive"), 1);
    store_close(store);
}

static void put_with_generation(const char *name, unsigned number, unsigned version,
                                uint64_t generation)
{
    struct value_set *values = record_values(number, version);
    const char *path = ring_format("%s/%s", transfers(), name);
    struct hive *hive;

    assert_int_equal(file_make_folders(transfers(), true), PORT_OK);
    assert_int_equal(value_set_put_qword(values, DOWNLOAD_GENERATION, generation), PORT_OK);
    assert_int_equal(hive_open(path, &hive), PORT_OK);
    assert_int_equal(hive_set_values(hive,
                                     ring_format(KEY_DOWNLOADS "\\{%08x-5a5a-5a5a-5a5a-"
                                                               "5a5a5a5a5a5a}",
                                                 number),
                                     values),
                     PORT_OK);
    hive_close(hive);
    value_set_free(values);
}

/* Whichever of the hives comes first: the largest does. */
static void the_order_of_hives_does_not_matter(void **state)
{
    struct store *store;

    (void)state;
    put_with_generation("00000000000000aa.hive", 1, 10, 5);
    put_with_generation("00000000000000bb.hive", 1, 20, 6);
    put_with_generation("00000000000000aa.hive", 2, 10, 6);
    put_with_generation("00000000000000bb.hive", 2, 20, 5);
    put_with_generation("00000000000000cc.hive", 2, 30, 4);
    put_with_generation("00000000000000cc.hive", 3, 30, 1);
    put_with_generation("00000000000000cc.hive", 4, 30, 1);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 4);
    check_adopted(&adopted, 1, 4);
    assert_int_equal(adopted.versions[1], 20);
    assert_int_equal(adopted.versions[2], 10);
    /* What we write from now on is newer than all that was seen. */
    put_record(store, 1, 21);
    store_close(store);
    put_with_generation("00000000000000dd.hive", 1, 20, 6);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.versions[1], 21);
    store_close(store);
}

struct few {
    struct adopted adopted;
    unsigned most;
};

static bool note_few(void *context, const struct store_id *id, const struct value_set *values)
{
    struct few *few = context;

    return few->adopted.count < few->most && note_adopted(&few->adopted, id, values);
}

static void the_rest_can_wait(void **state)
{
    static struct few few;
    struct store *store;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    leave_records(app(), SOME, SOME, 1);
    store = open_store(app());
    for (few.most = 7; few.adopted.count < 2 * SOME; few.most += 7) {
        unsigned before = few.adopted.count;

        assert_int_equal(store_adopt(store, note_few, &few), PORT_OK);
        assert_true(few.adopted.count > before && few.adopted.count <= few.most);
    }
    check_adopted(&few.adopted, 0, 2 * SOME);
    store_close(store);
}

/* As a program of the other platform would have it. */
static void a_record_of_the_other_platform_is_converted(void **state)
{
    bool posix = !strcmp(path_platform(), "posix");
    const char *theirs = posix ? "Z:/home/me/a" : "/home/me/a";
    const char *ours = posix ? "/home/me/a" : "Z:/home/me/a";
    const char *elsewhere = posix ? "C:/users/me/a" : "//server/share/a";
    struct value_set *values = record_values(1, 1);
    struct store *store = open_store(app());
    struct store_id id;

    (void)state;
    record_id(1, &id);
    assert_int_equal(value_set_put_text(values, DOWNLOAD_PLATFORM, posix ? "win32" : "posix"),
                     PORT_OK);
    assert_int_equal(value_set_put_text(values, DOWNLOAD_RESULT_FILE, theirs), PORT_OK);
    assert_int_equal(value_set_put_text(values, DOWNLOAD_BODY_FILE, elsewhere), PORT_OK);
    assert_int_equal(value_set_put_dword(values, DOWNLOAD_FILE_IDENTITY, 1), PORT_OK);
    assert_int_equal(store_put(store, &id, values), PORT_OK);
    value_set_free(values);
    store_close(store);
    for (int round = 0; round < 2; round++) {
        store = open_store(app());
        adopt_all(store, &adopted);
        assert_int_equal(adopted.count, 1);
        assert_int_equal(store_get(store, &id, &values), PORT_OK);
        assert_string_equal(value_set_get_text(values, DOWNLOAD_RESULT_FILE), ours);
        assert_string_equal(value_set_get_text(values, DOWNLOAD_BODY_FILE), elsewhere);
        assert_string_equal(value_set_get_text(values, DOWNLOAD_PLATFORM), path_platform());
        assert_int_equal(value_set_get_dword(values, DOWNLOAD_FILE_IDENTITY, 0), 0);
        value_set_free(values);
        store_close(store);
    }
}

/* A merge that fails tells nothing, and leaves the other hive to whoever can. */
static void check_failing_merge(_Atomic enum port_status *fault, enum port_status status)
{
    struct store *store, *other;

    leave_records(app(), 0, SOME, 1);
    store = open_store(app());
    put_record(store, 100, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    set_faults();
    *fault = status;
    memset(&adopted, 0, sizeof(adopted));
    assert_int_equal(store_adopt(store, note_adopted, &adopted), status);
    assert_int_equal(adopted.count, 0);
    assert_int_equal(count_files(transfers(), ".hive"), 2);
    *fault = PORT_OK;
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, SOME);
    check_adopted(&adopted, 0, SOME);
    assert_int_equal(count_files(transfers(), ".hive"), 1);
    store_close(store);
    other = open_store(app());
    adopt_all(other, &adopted);
    assert_int_equal(adopted.count, SOME + 1);
    store_close(other);
    file_set_ops(NULL);
}

static void a_full_disk_postpones_a_merge(void **state)
{
    (void)state;
    check_failing_merge(&faults.write, PORT_DISK_FULL);
}

/* Neither can the half that was copied be taken back. */
static void a_disk_that_fills_up_amid_a_merge_postpones_it(void **state)
{
    (void)state;
    faults.writes_before = SOME / 2;
    check_failing_merge(&faults.write, PORT_DISK_FULL);
}

static void a_failing_sync_postpones_a_merge(void **state)
{
    (void)state;
    check_failing_merge(&faults.sync, PORT_IO);
}

static void a_hive_that_cannot_be_removed_is_not_merged(void **state)
{
    (void)state;
    check_failing_merge(&faults.remove, PORT_DENIED);
}

/* Against a power cut: what a sync has not reached may be lost. */
static atomic_uint unsynced, removed_early, folder_unsynced, told_early;

static enum port_status note_write(file_handle file, uint64_t offset, const void *buffer,
                                   size_t size, size_t *ret)
{
    unsynced++;
    return file_real_ops.write_at(file, offset, buffer, size, ret);
}

static enum port_status note_sync(file_handle file)
{
    unsynced = 0;
    return file_real_ops.sync(file);
}

static enum port_status note_remove(const char *path)
{
    if (strlen(path) > 5 && !strcmp(path + strlen(path) - 5, ".hive")) {
        removed_early += unsynced;
        folder_unsynced++;
    }
    return file_real_ops.remove(path);
}

static enum port_status note_sync_folder(const char *path)
{
    folder_unsynced = 0;
    return file_real_ops.sync_folder(path);
}

static bool note_early(void *context, const struct store_id *id, const struct value_set *values)
{
    told_early += folder_unsynced;
    return note_adopted(context, id, values);
}

static void copies_are_durable_before_the_hive_goes(void **state)
{
    struct store *store;
    struct file_ops ops;

    (void)state;
    leave_records(app(), 0, SOME, 1);
    leave_records(app(), SOME, SOME, 1);
    store = open_store(app());
    put_record(store, 100, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    ops = file_real_ops;
    ops.write_at = note_write;
    ops.sync = note_sync;
    ops.remove = note_remove;
    ops.sync_folder = note_sync_folder;
    file_set_ops(&ops);
    memset(&adopted, 0, sizeof(adopted));
    assert_int_equal(store_adopt(store, note_early, &adopted), PORT_OK);
    assert_int_equal(adopted.count, 2 * SOME);
    assert_int_equal(removed_early, 0);
    assert_int_equal(told_early, 0);
    store_close(store);
    file_set_ops(NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_hive_becomes_ours_as_it_is),
    cmocka_unit_test(several_become_one),
    cmocka_unit_test(a_process_with_a_hive_of_its_own_adopts_too),
    cmocka_unit_test(a_live_instance_is_left_alone),
    cmocka_unit_test(an_empty_hive_goes),
    cmocka_unit_test(of_two_the_higher_generation_wins),
    cmocka_unit_test(the_order_of_hives_does_not_matter),
    cmocka_unit_test(the_rest_can_wait),
    cmocka_unit_test(a_record_of_the_other_platform_is_converted),
    cmocka_unit_test(a_full_disk_postpones_a_merge),
    cmocka_unit_test(a_disk_that_fills_up_amid_a_merge_postpones_it),
    cmocka_unit_test(a_failing_sync_postpones_a_merge),
    cmocka_unit_test(a_hive_that_cannot_be_removed_is_not_merged),
    cmocka_unit_test(copies_are_durable_before_the_hive_goes),
};

TEST_MAIN_UNIT(tests)
