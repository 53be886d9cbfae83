/* SPDX-License-Identifier: MIT */
/* What the functions of a hive do. Damage and failures are in test_hive_damage.c and _faults.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "file_access.h"
#include "hive_dump.h"
#include "links.h"
#include "platform.h"
#include "src/port/memory.h"
#include "test_thread.h"

#define PATH test_path("app.hive")

static struct hive *open_hive(void)
{
    struct hive *hive;

    assert_int_equal(hive_open(PATH, &hive), PORT_OK);
    return hive;
}

static struct hive *reopen(struct hive *hive)
{
    hive_close(hive);
    return open_hive();
}

static void values_are_kept(void **state)
{
    static const char expected[] = "Downloads\n"
                                   "Downloads\\{1}\n"
                                   "  Text (1) one\n"
                                   "  Number (11) <01><00><00><00><00><00><00><00>\n"
                                   "Downloads\\{2}\n"
                                   "  Text (1) two\n"
                                   "  Number (11) <02><00><00><00><00><00><00><00>\n";
    struct hive *hive = open_hive();

    (void)state;
    assert_hive(hive, "");
    assert_int_equal(set_text(hive, "Downloads\\{1}", "one", 1), PORT_OK);
    assert_int_equal(set_text(hive, "Downloads\\{2}", "two", 2), PORT_OK);
    assert_hive(hive, expected);
    hive = reopen(hive);
    assert_hive(hive, expected);
    assert_int_equal(hive_count_keys(hive, "Downloads"), 2);
    assert_int_equal(hive_count_keys(hive, ""), 1);
    assert_int_equal(hive_count_keys(hive, "None"), 0);
    hive_close(hive);
    hive_close(NULL);
}

static void the_last_values_win_and_the_order_stays(void **state)
{
    static const char expected[] =
        "a\n  Text (1) three\n  Number (11) <00><00><00><00><00><00><00><00>\n"
        "b\n  Text (1) two\n  Number (11) <00><00><00><00><00><00><00><00>\n";
    struct hive *hive = open_hive();

    (void)state;
    assert_int_equal(set_text(hive, "a", "one", 0), PORT_OK);
    assert_int_equal(set_text(hive, "b", "two", 0), PORT_OK);
    assert_int_equal(set_text(hive, "A", "three", 0), PORT_OK);
    assert_hive(hive, expected);
    hive = reopen(hive);
    assert_hive(hive, expected);
    assert_int_equal(hive_compact(hive), PORT_OK);
    assert_hive(hive, expected);
    hive = reopen(hive);
    assert_hive(hive, expected);
    hive_close(hive);
}

static void a_key_without_values_is_one(void **state)
{
    struct value_set *values;
    struct hive *hive = open_hive();

    (void)state;
    assert_int_equal(hive_create_key(hive, "a\\b"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "A\\B"), PORT_OK);
    assert_int_equal(hive_query_values(hive, "a", &values), PORT_OK);
    assert_int_equal(value_set_count(values), 0);
    value_set_free(values);
    hive = reopen(hive);
    assert_hive(hive, "a\na\\b\n");
    assert_int_equal(hive_compact(hive), PORT_OK);
    hive = reopen(hive);
    assert_hive(hive, "a\na\\b\n");
    hive_close(hive);
}

static void making_a_key_again_keeps_its_values(void **state)
{
    struct hive *hive = open_hive();
    uint64_t size, again, live;

    (void)state;
    assert_int_equal(set_text(hive, "a", "one", 0), PORT_OK);
    hive_get_size(hive, &size, &live);
    assert_int_equal(hive_create_key(hive, "a"), PORT_OK);
    hive_get_size(hive, &again, &live);
    assert_true(size == again);
    assert_true(live == size);
    hive_close(hive);
}

static void a_tree_that_is_gone_stays_gone(void **state)
{
    struct hive *hive = open_hive();

    (void)state;
    assert_int_equal(hive_create_key(hive, "a\\b\\c"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "a\\b\\d"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "a\\e"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "ab"), PORT_OK);
    assert_int_equal(hive_delete_tree(hive, "a\\B"), PORT_OK);
    assert_false(hive_has_key(hive, "a\\b\\c"));
    assert_int_equal(hive_delete_tree(hive, "none\\there"), PORT_OK);
    assert_int_equal(hive_delete_tree(hive, ""), PORT_INVALID);
    hive = reopen(hive);
    assert_hive(hive, "a\na\\e\nab\n");
    assert_int_equal(hive_create_key(hive, "a\\b"), PORT_OK);
    assert_int_equal(hive_delete_tree(hive, "ab"), PORT_OK);
    assert_int_equal(hive_delete_tree(hive, "a"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "a"), PORT_OK);
    hive = reopen(hive);
    assert_hive(hive, "a\n");
    hive_close(hive);
}

static void single_values(void **state)
{
    struct hive *hive = open_hive();
    char buffer[8] = "";
    size_t size = 0;

    (void)state;
    assert_int_equal(hive_query_value(hive, "a", "v", REGISTRY_SZ, NULL, &size), PORT_NOT_FOUND);
    assert_int_equal(hive_set_value(hive, "a", "v", REGISTRY_SZ, "text", 4), PORT_OK);
    assert_int_equal(hive_set_value(hive, "a", "w", REGISTRY_DWORD, "\1\0\0\0", 4), PORT_OK);
    hive = reopen(hive);
    assert_int_equal(hive_query_value(hive, "a", "V", REGISTRY_SZ, NULL, &size), PORT_OK);
    assert_int_equal(size, 4);
    size = sizeof(buffer);
    assert_int_equal(hive_query_value(hive, "A", "v", REGISTRY_SZ, buffer, &size), PORT_OK);
    assert_int_equal(size, 4);
    assert_memory_equal(buffer, "text", 4);
    size = 3;
    assert_int_equal(hive_query_value(hive, "a", "v", REGISTRY_SZ, buffer, &size),
                     PORT_FILE_TOO_BIG);
    assert_int_equal(size, 4);
    assert_int_equal(hive_query_value(hive, "a", "v", REGISTRY_DWORD, buffer, &size),
                     PORT_NOT_FOUND);
    assert_int_equal(hive_query_value(hive, "a", "x", REGISTRY_SZ, buffer, &size), PORT_NOT_FOUND);
    assert_int_equal(hive_set_value(hive, "a", "v", REGISTRY_DWORD, "text!", 5), PORT_INVALID);
    hive_close(hive);
}

static void paths_that_are_none_are_refused(void **state)
{
    static const char *const bad[] = { "", "\\", "a\\", "\\a", "a\\\\b" };
    struct value_set *values;
    struct hive *hive = open_hive();
    char deep[1100];

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (i)
            assert_false(hive_has_key(hive, bad[i]));
        assert_int_equal(set_text(hive, bad[i], "", 0), PORT_INVALID);
        assert_int_equal(hive_delete_tree(hive, bad[i]), PORT_INVALID);
        assert_int_equal(hive_delete_tree_later(hive, bad[i]), PORT_INVALID);
    }
    memset(deep, 'n', sizeof(deep));
    deep[256] = 0;
    assert_int_equal(hive_create_key(hive, deep), PORT_INVALID);
    deep[255] = 0;
    assert_int_equal(hive_create_key(hive, deep), PORT_OK);
    for (size_t i = 0; i < sizeof(deep); i++)
        deep[i] = i % 2 ? '\\' : 'd';
    deep[1025] = 0;
    assert_int_equal(hive_create_key(hive, deep), PORT_INVALID);
    deep[1023] = 0;
    assert_int_equal(hive_create_key(hive, deep), PORT_OK);
    assert_true(hive_has_key(hive, deep));
    assert_int_equal(hive_query_values(hive, "none", &values), PORT_NOT_FOUND);
    assert_null(values);
    assert_int_equal(hive_compact(hive), PORT_OK);
    hive = reopen(hive);
    assert_true(hive_has_key(hive, deep));
    assert_int_equal(hive_delete_tree(hive, "d"), PORT_OK);
    assert_false(hive_has_key(hive, deep));
    hive_close(hive);
}

struct visit {
    int left;
    char text[64];
};

static bool add_name(void *context, const char *name)
{
    struct visit *visit = context;

    strncat(visit->text, name, sizeof(visit->text) - strlen(visit->text) - 1);
    return --visit->left != 0;
}

static void children_come_in_the_order_of_their_making(void **state)
{
    struct visit all = { .left = 10 }, two = { .left = 2 };
    struct hive *hive = open_hive();

    (void)state;
    assert_int_equal(hive_create_key(hive, "k\\c"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "k\\a"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "k\\b"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "k\\d"), PORT_OK);
    assert_int_equal(hive_delete_tree(hive, "k\\a"), PORT_OK);
    assert_int_equal(hive_create_key(hive, "k\\a"), PORT_OK);
    assert_int_equal(hive_enum_keys(hive, "K", add_name, &all), PORT_OK);
    assert_string_equal(all.text, "cbda");
    hive = reopen(hive);
    assert_int_equal(hive_enum_keys(hive, "k", add_name, &two), PORT_OK);
    assert_string_equal(two.text, "cb");
    assert_int_equal(hive_enum_keys(hive, "none", add_name, &two), PORT_NOT_FOUND);
    hive_close(hive);
}

static void a_reader_sees_what_was_written_and_changes_nothing(void **state)
{
    struct hive *hive, *reader;

    (void)state;
    assert_int_equal(hive_open_read_only(PATH, &reader), PORT_NOT_FOUND);
    assert_null(reader);
    hive = open_hive();
    assert_int_equal(set_text(hive, "a", "one", 0), PORT_OK);
    assert_int_equal(hive_open_read_only(PATH, &reader), PORT_OK);
    assert_int_equal(set_text(hive, "b", "two", 0), PORT_OK);
    assert_true(hive_has_key(reader, "a"));
    assert_false(hive_has_key(reader, "b"));
    assert_int_equal(set_text(reader, "c", "three", 0), PORT_DENIED);
    assert_int_equal(hive_delete_tree(reader, "a"), PORT_DENIED);
    assert_int_equal(hive_compact(reader), PORT_DENIED);
    assert_true(hive_has_key(reader, "a"));
    assert_false(hive_has_key(reader, "c"));
    hive_close(reader);
    hive_close(hive);
}

/* Writes and rewrites while others read. */
static void write_on(void *argument)
{
    struct hive *hive = argument;
    char path[32];

    for (int i = 0; i < 3000; i++) {
        snprintf(path, sizeof(path), "Downloads\\%04d", i);
        if (set_text(hive, path, "a text of about thirty characters", (uint64_t)i))
            return;
        if (i % 500 == 499)
            hive_compact(hive); /* or not now */
    }
}

/* A prefix of the keys, all of them whole. */
static int check_prefix(struct hive *reader)
{
    int count = (int)hive_count_keys(reader, "Downloads");
    struct value_set *values;
    char path[32];

    for (int i = 0; i < count; i += 1 + count / 20) {
        snprintf(path, sizeof(path), "Downloads\\%04d", i);
        assert_int_equal(hive_query_values(reader, path, &values), PORT_OK);
        assert_true(value_set_get_qword(values, "Number", 9999) == (uint64_t)i);
        value_set_free(values);
    }
    return count;
}

static void readers_see_whole_records_while_it_grows(void **state)
{
    struct hive *hive = open_hive(), *reader;
    struct test_thread *thread;
    int count = 0;

    (void)state;
    assert_int_equal(hive_create_key(hive, "Downloads"), PORT_OK);
    thread = test_thread_start(write_on, hive);
    while (count < 3000) {
        enum port_status status = hive_open_read_only(PATH, &reader);
        struct hive_damage damage;
        int now;

        if (status == PORT_NOT_FOUND) /* Windows: between two names */
            continue;
        assert_int_equal(status, PORT_OK);
        hive_get_damage(reader, &damage);
        assert_int_equal(damage.bad_records, 0);
        now = check_prefix(reader);
        assert_true(now >= count);
        count = now;
        hive_close(reader);
    }
    test_thread_join(thread);
    hive_close(hive);
}

static void fill(struct hive *hive, int count)
{
    char path[32];

    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof(path), "Downloads\\%d", i % 100);
        assert_int_equal(set_text(hive, path, "a text of about thirty characters", (uint64_t)i),
                         PORT_OK);
    }
}

static void a_log_that_is_mostly_dead_is_rewritten(void **state)
{
    uint64_t size, live, size_after, live_after;
    struct hive *hive = open_hive();
    char *before;

    (void)state;
    fill(hive, 200);
    assert_false(hive_wants_compaction(hive)); /* too small to matter */
    fill(hive, 5000);
    assert_true(hive_wants_compaction(hive));
    before = hive_dump(hive);
    hive_get_size(hive, &size, &live);
    assert_true(live < size / 2);
    assert_int_equal(hive_compact(hive), PORT_OK);
    assert_false(hive_wants_compaction(hive));
    hive_get_size(hive, &size_after, &live_after);
    assert_true(size_after == live_after);
    assert_hive(hive, before);
    assert_true(hive_has_key(hive, "Downloads\\99"));
    /* And it goes on from there. */
    assert_int_equal(set_text(hive, "Downloads\\0", "new", 1), PORT_OK);
    assert_int_equal(set_text(hive, "Downloads\\0", "a text of about thirty characters", 4900),
                     PORT_OK);
    assert_hive(hive, before);
    hive = reopen(hive);
    assert_hive(hive, before);
    hive_close(hive);
    free(before);
}

static void what_a_dead_process_left_of_a_rewriting_goes(void **state)
{
    const char *left = test_path("app.hive" HIVE_NEW_SUFFIX);
    struct file_info info;
    struct hive *hive = open_hive();
    file_handle file;

    (void)state;
    assert_int_equal(file_open(left, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file), PORT_OK);
    file_close(file);
    hive = reopen(hive);
    assert_int_equal(file_path_info(left, &info), PORT_NOT_FOUND);
    assert_int_equal(file_open(left, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file), PORT_OK);
    file_close(file);
    assert_int_equal(hive_compact(hive), PORT_OK);
    assert_int_equal(file_path_info(left, &info), PORT_NOT_FOUND);
    assert_true(is_private(PATH));
    hive_close(hive);
}

static void a_sync_goes_on_while_the_log_is_replaced(void **state)
{
    file_handle first, second, third;
    struct hive *hive = open_hive();
    enum port_status status;

    (void)state;
    assert_int_equal(set_text(hive, "a", "one", 0), PORT_OK);
    first = hive_begin_sync(hive);
    second = hive_begin_sync(hive);
    status = hive_compact(hive);
    if (status == PORT_BUSY) { /* Wine replaces no file that is open */
        assert_int_equal(hive_end_sync(hive, second, file_sync(second)), PORT_OK);
        assert_int_equal(hive_end_sync(hive, first, file_sync(first)), PORT_OK);
        assert_int_equal(hive_compact(hive), PORT_OK);
        hive_close(hive);
        return;
    }
    assert_int_equal(status, PORT_OK);
    third = hive_begin_sync(hive);
    assert_int_equal(file_sync(first), PORT_OK);
    assert_int_equal(hive_compact(hive), PORT_OK);
    assert_int_equal(file_sync(third), PORT_OK);
    assert_int_equal(hive_end_sync(hive, first, PORT_OK), PORT_OK);
    assert_int_equal(hive_end_sync(hive, third, PORT_OK), PORT_OK);
    /* That the old one failed is of no interest: the new one was synced. */
    assert_int_equal(file_sync(second), PORT_OK);
    assert_int_equal(hive_end_sync(hive, second, PORT_IO), PORT_OK);
    assert_int_equal(set_text(hive, "b", "two", 0), PORT_OK);
    assert_int_equal(hive_sync(hive), PORT_OK);
    first = hive_begin_sync(hive); /* never ended */
    assert_int_equal(hive_compact(hive), PORT_OK);
    hive = reopen(hive);
    assert_true(hive_has_key(hive, "a"));
    assert_true(hive_has_key(hive, "b"));
    hive_close(hive);
}

static void a_hive_is_for_the_user_alone(void **state)
{
    struct hive *hive;

    (void)state;
    share_new_items();
    hive = open_hive();
    assert_true(is_private(PATH));
    hive_close(hive);
}

static void a_link_is_refused(void **state)
{
    struct hive *hive;

    (void)state;
    need(NEED_LINKS);
    hive_close(open_hive());
    make_link("app.hive", test_path("link.hive"));
    assert_int_equal(hive_open(test_path("link.hive"), &hive), PORT_DENIED);
    assert_null(hive);
    assert_int_equal(hive_open_read_only(test_path("link.hive"), &hive), PORT_DENIED);
    make_link("none.hive", test_path("dangling.hive"));
    assert_int_not_equal(hive_open(test_path("dangling.hive"), &hive), PORT_OK);
    assert_int_equal(hive_open_read_only(test_path("none.hive"), &hive), PORT_NOT_FOUND);
}

static void a_hive_that_others_may_open_is_refused(void **state)
{
    file_handle file;
    struct hive *hive;

    (void)state;
    need(NEED_MODES);
    share_new_items();
    assert_int_equal(file_open(PATH, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file), PORT_OK);
    file_close(file);
    assert_int_equal(hive_open(PATH, &hive), PORT_DENIED);
    assert_int_equal(hive_open_read_only(PATH, &hive), PORT_DENIED);
    assert_null(hive);
}

static void a_folder_where_nobody_may_write_is_told(void **state)
{
    struct hive *hive;

    (void)state;
    need(NEED_PERMISSIONS);
    assert_int_equal(file_make_folder(test_path("locked"), true), PORT_OK);
    deny_writing(test_path("locked"));
    assert_int_equal(hive_open(test_path("locked/app.hive"), &hive), PORT_DENIED);
    allow_everything(test_path("locked"));
    assert_int_equal(hive_open(test_path("none/app.hive"), &hive), PORT_NOT_FOUND);
    assert_int_equal(hive_open(test_path("locked"), &hive), PORT_IS_A_FOLDER);
    assert_int_equal(hive_open_read_only(test_path("locked"), &hive), PORT_IS_A_FOLDER);
}

static void delete_later(struct hive *hive, const char *path)
{
    assert_int_equal(hive_delete_tree_later(hive, path), PORT_OK);
    assert_false(hive_has_key(hive, path));
}

/* What others see is what is in the file. */
static void what_goes_later_goes_with_what_comes_next(void **state)
{
    static const char *const names[] = { "a", "b", "c", "d" };
    struct hive *hive = open_hive();

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_int_equal(hive_create_key(hive, names[i]), PORT_OK);
    delete_later(hive, "none");
    delete_later(hive, "a");
    delete_later(hive, "b");
    assert_hive_file(PATH, "a\nb\nc\nd\n");
    assert_int_equal(hive_create_key(hive, "a"), PORT_OK);
    assert_hive_file(PATH, "c\nd\na\n");
    delete_later(hive, "c");
    assert_int_equal(hive_sync(hive), PORT_OK);
    assert_hive_file(PATH, "d\na\n");
    delete_later(hive, "d");
    assert_int_equal(hive_compact(hive), PORT_OK);
    assert_hive_file(PATH, "a\n");
    delete_later(hive, "a");
    hive_close(hive);
    assert_hive_file(PATH, "");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(values_are_kept),
    cmocka_unit_test(the_last_values_win_and_the_order_stays),
    cmocka_unit_test(a_key_without_values_is_one),
    cmocka_unit_test(making_a_key_again_keeps_its_values),
    cmocka_unit_test(a_tree_that_is_gone_stays_gone),
    cmocka_unit_test(what_goes_later_goes_with_what_comes_next),
    cmocka_unit_test(single_values),
    cmocka_unit_test(paths_that_are_none_are_refused),
    cmocka_unit_test(children_come_in_the_order_of_their_making),
    cmocka_unit_test(a_reader_sees_what_was_written_and_changes_nothing),
    cmocka_unit_test(readers_see_whole_records_while_it_grows),
    cmocka_unit_test(a_log_that_is_mostly_dead_is_rewritten),
    cmocka_unit_test(what_a_dead_process_left_of_a_rewriting_goes),
    cmocka_unit_test(a_sync_goes_on_while_the_log_is_replaced),
    cmocka_unit_test(a_hive_is_for_the_user_alone),
    cmocka_unit_test(a_link_is_refused),
    cmocka_unit_test(a_hive_that_others_may_open_is_refused),
    cmocka_unit_test(a_folder_where_nobody_may_write_is_told),
};
TEST_MAIN_UNIT(tests)
