/* SPDX-License-Identifier: MIT */
/* Our own hive and the syncer: docs/store.md, "Ownership, adoption, commits". */
#include <stdatomic.h>
#include <string.h>

#include "test_main.h"

#include "file_access.h"
#include "forked.h"
#include "links.h"
#include "platform.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "store_faults.h"
#include "store_records.h"
#include "test_event.h"
#include "test_files.h"
#include "test_thread.h"

enum {
    THREADS = 4,
    PUTS = 250
};

static const char *app(void)
{
    return test_path("app");
}

static const char *transfers(void)
{
    return test_path("app/transfers");
}

static void nothing_is_made_before_the_first_record(void **state)
{
    struct store *store = open_store(app());
    struct adopted adopted;
    struct file_info info;

    (void)state;
    assert_int_equal(stored_version(store, 1), 0);
    assert_int_equal(store_flush(store), PORT_OK);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    store_close(store);
    assert_int_equal(file_real_ops.path_info(app(), &info), PORT_NOT_FOUND);
}

static void a_record_is_what_was_put_last(void **state)
{
    struct store *store = open_store(app());
    struct store_id id;

    (void)state;
    put_record(store, 1, 7);
    put_record(store, 2, 8);
    put_record(store, 1, 9);
    assert_int_equal(stored_version(store, 1), 9);
    assert_int_equal(stored_version(store, 2), 8);
    record_id(2, &id);
    assert_int_equal(store_remove(store, &id), PORT_OK);
    assert_int_equal(store_remove(store, &id), PORT_OK);
    assert_int_equal(stored_version(store, 2), 0);
    assert_int_equal(stored_version(store, 1), 9);
    store_close(store);
}

static void a_generation_counts_up(void **state)
{
    struct store *store = open_store(app());
    uint64_t before = 0;

    (void)state;
    for (unsigned i = 0; i < 5; i++) {
        struct value_set *values;
        uint64_t generation;
        struct store_id id;

        put_record(store, i % 2, i);
        record_id(i % 2, &id);
        assert_int_equal(store_get(store, &id, &values), PORT_OK);
        generation = value_set_get_qword(values, DOWNLOAD_GENERATION, 0);
        assert_true(generation > before);
        before = generation;
        value_set_free(values);
    }
    store_close(store);
}

static void what_was_put_is_there_after_the_process(void **state)
{
    struct store *store = open_store(app());
    static struct adopted adopted;

    (void)state;
    put_records(store, 0, 100);
    put_record(store, 50, 2);
    store_close(store);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 100);
    check_adopted(&adopted, 0, 100);
    assert_int_equal(adopted.versions[50], 2);
    assert_int_equal(stored_version(store, 50), 2);
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 0);
    store_close(store);
}

static void files_are_private_whatever_the_umask(void **state)
{
    struct store *store;
    file_handle file;
    char *path;

    (void)state;
    share_new_items();
    store = open_store(app());
    put_record(store, 1, 1);
    assert_int_equal(store_private_file(store, "body", &path, &file), PORT_OK);
    assert_true(is_private(app()));
    assert_true(is_private(transfers()));
    assert_true(is_private(test_path("app/private")));
    assert_true(is_private(only_file(transfers(), ".hive")));
    assert_true(is_private(only_file(transfers(), ".lock")));
    assert_true(is_private(path));
    file_close(file);
    memory_free(path);
    store_close(store);
}

static enum port_status try_put(void)
{
    struct value_set *values = record_values(1, 1);
    struct store *store = open_store(app());
    enum port_status status;
    struct store_id id;

    record_id(1, &id);
    status = store_put(store, &id, values);
    value_set_free(values);
    store_close(store);
    return status;
}

static void a_folder_open_to_others_is_refused(void **state)
{
    struct store *store = open_store(app());
    struct adopted adopted;

    (void)state;
    assert_int_equal(file_real_ops.make_folder(app(), false), PORT_OK);
    if (is_private(app()))
        skip_because("what is made here is private anyway");
    assert_int_equal(try_put(), PORT_DENIED);
    assert_int_equal(store_adopt(store, note_adopted, &adopted), PORT_DENIED);
    store_close(store);
}

static void a_transfers_folder_open_to_others_is_refused(void **state)
{
    (void)state;
    assert_int_equal(file_real_ops.make_folder(app(), true), PORT_OK);
    assert_int_equal(file_real_ops.make_folder(transfers(), false), PORT_OK);
    if (is_private(transfers()))
        skip_because("what is made here is private anyway");
    assert_int_equal(try_put(), PORT_DENIED);
}

static void a_link_is_no_folder_of_ours(void **state)
{
    (void)state;
    need(NEED_LINKS);
    assert_int_equal(file_real_ops.make_folder(test_path("elsewhere"), true), PORT_OK);
    make_link("elsewhere", app());
    assert_int_equal(try_put(), PORT_DENIED);
}

static void a_read_only_folder_is_said(void **state)
{
    (void)state;
    need(NEED_PERMISSIONS);
    assert_int_equal(file_real_ops.make_folder(app(), true), PORT_OK);
    deny_writing(app());
    assert_int_equal(try_put(), PORT_DENIED);
    allow_everything(app());
    if (is_private(app())) /* not under Wine, where everybody may everything then */
        assert_int_equal(try_put(), PORT_OK);
}

static void a_full_disk_is_said_and_harms_nothing(void **state)
{
    struct value_set *values = record_values(2, 2);
    struct store *store = open_store(app());
    struct store_id id;

    (void)state;
    set_faults();
    put_record(store, 1, 1);
    record_id(2, &id);
    faults.write = PORT_DISK_FULL;
    assert_int_equal(store_put(store, &id, values), PORT_DISK_FULL);
    assert_int_equal(stored_version(store, 1), 1);
    assert_int_equal(stored_version(store, 2), 0);
    faults.write = PORT_OK;
    assert_int_equal(store_put(store, &id, values), PORT_OK);
    assert_int_equal(stored_version(store, 2), 2);
    value_set_free(values);
    store_close(store);
    file_set_ops(NULL);
}

static void a_full_disk_at_the_first_record_leaves_nothing(void **state)
{
    (void)state;
    set_faults();
    faults.write = PORT_DISK_FULL;
    assert_int_equal(try_put(), PORT_DISK_FULL);
    assert_int_equal(count_files(transfers(), ""), 0);
    file_set_ops(NULL);
}

struct writer {
    struct store *store;
    unsigned first;
};

static void write_many(void *argument)
{
    struct writer *writer = argument;

    for (unsigned i = 0; i < PUTS; i++) {
        put_record(writer->store, writer->first + i, 1);
        put_record(writer->store, writer->first + i, 2);
        if (i % 50 == 0)
            assert_int_equal(store_flush(writer->store), PORT_OK);
    }
}

static void many_threads_write(void **state)
{
    struct store *store = open_store(app());
    struct test_thread *threads[THREADS];
    struct writer writers[THREADS];

    (void)state;
    for (unsigned i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){ .store = store, .first = i * PUTS };
        threads[i] = test_thread_start(write_many, &writers[i]);
    }
    for (unsigned i = 0; i < THREADS; i++)
        test_thread_join(threads[i]);
    for (unsigned i = 0; i < THREADS * PUTS; i++)
        assert_int_equal(stored_version(store, i), 2);
    store_close(store);
}

/* 0, or the number of what is wrong. */
static int live_as_a_child(void *argument)
{
    struct value_set *values = record_values(1, 2), *other;
    struct store *store = argument;
    struct store_id id;
    file_handle file;
    char *path;

    record_id(1, &id);
    if (store_put(store, &id, values) != PORT_NOT_SUPPORTED)
        return 1;
    if (store_remove(store, &id) != PORT_NOT_SUPPORTED)
        return 2;
    if (store_get(store, &id, &other) != PORT_NOT_SUPPORTED)
        return 3;
    if (store_flush(store) != PORT_NOT_SUPPORTED)
        return 4;
    if (store_adopt(store, note_adopted, NULL) != PORT_NOT_SUPPORTED)
        return 5;
    if (store_private_file(store, "body", &path, &file) != PORT_NOT_SUPPORTED)
        return 6;
    if (store_put_group(store, "a", values) != PORT_NOT_SUPPORTED)
        return 7;
    if (store_get_group(store, "a", &other) != PORT_NOT_SUPPORTED)
        return 8;
    store_set_request_handler(store, NULL, NULL);
    store_close(store);
    return 0;
}

static void a_forked_child_has_no_store(void **state)
{
    struct store *store = open_store(app());

    (void)state;
    need(NEED_FORK);
    put_record(store, 1, 1);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(run_forked(live_as_a_child, store), 0);
    assert_int_equal(stored_version(store, 1), 1);
    put_record(store, 1, 3);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_int_equal(stored_version(store, 1), 3);
    store_close(store);
}

/* Written over and over, the log does not grow for ever. */
static void the_log_is_compacted(void **state)
{
    struct store *store = open_store(app());
    static struct adopted adopted;

    (void)state;
    put_records(store, 0, 20);
    for (unsigned i = 0; i < 20000; i++)
        put_record(store, i % 20, i);
    assert_int_equal(store_flush(store), PORT_OK);
    assert_true(file_size(only_file(transfers(), ".hive")) < 2 << 20);
    store_close(store);
    store = open_store(app());
    adopt_all(store, &adopted);
    assert_int_equal(adopted.count, 20);
    for (unsigned i = 0; i < 20; i++)
        assert_int_equal(adopted.versions[i], 19980 + i);
    store_close(store);
}

static bool hive_has(const char *text)
{
    size_t length = strlen(text), size, i;
    bool found = false;
    void *bytes;

    assert_int_equal(file_load(only_file(transfers(), ".hive"), 1 << 20, &bytes, &size), PORT_OK);
    for (i = 0; i + length <= size && !found; i++)
        found = !memcmp((char *)bytes + i, text, length);
    memory_free(bytes);
    return found;
}

static void put_with(struct store *store, unsigned number, const char *name,
                     enum registry_type type, const char *text, size_t size)
{
    struct value_set *values = record_values(number, 1);
    struct store_id id;

    record_id(number, &id);
    assert_int_equal(value_set_put(values, name, type, text, size), PORT_OK);
    assert_int_equal(store_put(store, &id, values), PORT_OK);
    value_set_free(values);
}

static void remove_record(struct store *store, unsigned number)
{
    struct store_id id;

    record_id(number, &id);
    assert_int_equal(store_remove(store, &id), PORT_OK);
    assert_int_equal(store_flush(store), PORT_OK);
}

/* The log of a hive without records is written anew if it had secrets, and only then. */
static void secrets_go_with_the_last_record(void **state)
{
    static const struct {
        const char *name;
        enum registry_type type;
        const char *text;
        size_t size;
        bool secret;
    } rows[] = {
        { DOWNLOAD_SERVER_PASSWORD, REGISTRY_SZ, "canary", 6, true },
        { DOWNLOAD_PROXY_USER, REGISTRY_SZ, "canary", 6, true },
        { DOWNLOAD_HEADERS, REGISTRY_MULTI_SZ, "X: canary", 10, true },
        { DOWNLOAD_RESPONSE_HEADERS, REGISTRY_MULTI_SZ, "A: b\0set-COOKIE: canary", 24, true },
        { DOWNLOAD_RESPONSE_HEADERS, REGISTRY_MULTI_SZ, "A: canary\0Set: b", 17, false },
        { DOWNLOAD_URI, REGISTRY_SZ, "https://me:canary@host/", 23, true },
        { DOWNLOAD_URI, REGISTRY_SZ, "https://host/canary@b", 21, false },
        { DOWNLOAD_TAG, REGISTRY_SZ, "canary", 6, false },
        { "SomethingNew", REGISTRY_SZ, "canary", 6, true },
    };
    struct store *store = open_store(app());

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        put_with(store, 1, rows[i].name, rows[i].type, rows[i].text, rows[i].size);
        put_record(store, 2, 1);
        remove_record(store, 1);
        assert_true(hive_has("canary"));
        remove_record(store, 2);
        assert_int_equal(hive_has("canary"), !rows[i].secret);
        if (!rows[i].secret) { /* an empty one begins the next row */
            put_with(store, 1, DOWNLOAD_PROXY_PASSWORD, REGISTRY_SZ, "x", 1);
            remove_record(store, 1);
        }
    }
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_is_made_before_the_first_record),
    cmocka_unit_test(a_record_is_what_was_put_last),
    cmocka_unit_test(a_generation_counts_up),
    cmocka_unit_test(what_was_put_is_there_after_the_process),
    cmocka_unit_test(files_are_private_whatever_the_umask),
    cmocka_unit_test(a_folder_open_to_others_is_refused),
    cmocka_unit_test(a_transfers_folder_open_to_others_is_refused),
    cmocka_unit_test(a_link_is_no_folder_of_ours),
    cmocka_unit_test(a_read_only_folder_is_said),
    cmocka_unit_test(a_full_disk_is_said_and_harms_nothing),
    cmocka_unit_test(a_full_disk_at_the_first_record_leaves_nothing),
    cmocka_unit_test(many_threads_write),
    cmocka_unit_test(a_forked_child_has_no_store),
    cmocka_unit_test(the_log_is_compacted),
    cmocka_unit_test(secrets_go_with_the_last_record),
};

TEST_MAIN_UNIT(tests)
