/* SPDX-License-Identifier: MIT */
/* The files seam: what the real calls do, and that its wrappers cope with short calls. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "file_access.h"
#include "links.h"
#include "platform.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "test_thread.h"

static void write_text(const char *path, const char *text)
{
    file_handle file;

    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE,
                               &file),
                     PORT_OK);
    assert_int_equal(file_write_at(file, 0, text, strlen(text)), PORT_OK);
    file_close(file);
}

static void assert_text(const char *path, const char *text)
{
    void *content = NULL;
    size_t size = 0;

    assert_int_equal(file_load(path, 1 << 20, &content, &size), PORT_OK);
    assert_string_equal(content, text);
    assert_int_equal(size, strlen(text));
    memory_free(content);
}

static void what_was_written_is_read(void **state)
{
    const char *path = test_path("a");
    struct file_info info;
    file_handle file;
    char buffer[16];
    size_t count;

    (void)state;
    write_text(path, "0123456789");
    assert_int_equal(file_open(path, FILE_OPEN_READ, &file), PORT_OK);
    assert_int_equal(file_read_at(file, 4, buffer, sizeof(buffer), &count), PORT_OK);
    assert_int_equal(count, 6);
    assert_memory_equal(buffer, "456789", 6);
    assert_int_equal(file_read_at(file, 10, buffer, sizeof(buffer), &count), PORT_OK);
    assert_int_equal(count, 0);
    assert_int_equal(file_get_info(file, &info), PORT_OK);
    assert_int_equal(info.size, 10);
    assert_int_equal(info.kind, FILE_KIND_FILE);
    file_close(file);
}

static void a_private_item_is_private_whatever_others_are(void **state)
{
    const char *path = test_path("private"), *folder = test_path("folder");
    file_handle file;

    (void)state;
    share_new_items();
    write_text(test_path("shared"), "");
    assert_false(is_private(test_path("shared")));
    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file),
                     PORT_OK);
    file_close(file);
    assert_true(is_private(path));
    assert_int_equal(file_make_folders(test_path("folder/below"), true), PORT_OK);
    assert_true(is_private(folder));
    assert_true(is_private(test_path("folder/below")));
}

static void rename_keeps_what_is_there_unless_told(void **state)
{
    const char *from = test_path("from"), *to = test_path("to");

    (void)state;
    write_text(from, "new");
    write_text(to, "old");
    assert_int_equal(file_rename(from, to, false), PORT_EXISTS);
    assert_text(to, "old");
    assert_int_equal(file_rename(from, to, true), PORT_OK);
    assert_text(to, "new");
    assert_int_equal(file_rename(from, to, true), PORT_NOT_FOUND);
}

#define RENAMES 300

struct reader {
    const char *path;
    atomic_bool ends;
};

static void open_and_close(void *argument)
{
    struct reader *reader = argument;
    file_handle file;

    while (!atomic_load(&reader->ends)) {
        if (!file_open(reader->path, FILE_OPEN_READ, &file))
            file_close(file);
    }
}

/* It may be in the way for a moment where open files cannot be replaced; permission it is not. */
static void rename_over_what_others_open_and_close(void **state)
{
    struct reader reader = { .path = test_path("to") };
    struct test_thread *thread;
    enum port_status status;

    (void)state;
    write_text(reader.path, "old");
    thread = test_thread_start(open_and_close, &reader);
    for (unsigned i = 0; i < RENAMES; i++) {
        write_text(test_path("from"), "new");
        do
            status = file_rename(test_path("from"), reader.path, true);
        while (status == PORT_BUSY);
        assert_int_equal(status, PORT_OK);
    }
    atomic_store(&reader.ends, true);
    test_thread_join(thread);
    assert_text(reader.path, "new");
}

static void failures_have_their_status(void **state)
{
    struct file_info info;
    file_handle file;

    (void)state;
    write_text(test_path("file"), "");
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_OK);
    write_text(test_path("folder/inside"), "");

    assert_int_equal(file_open(test_path("none"), FILE_OPEN_READ, &file), PORT_NOT_FOUND);
    assert_int_equal(file_open(test_path("file/below"), FILE_OPEN_READ, &file), PORT_NOT_A_FOLDER);
    assert_int_equal(file_open(test_path("folder"), FILE_OPEN_WRITE, &file), PORT_IS_A_FOLDER);
    assert_int_equal(file_open(test_path("file"),
                               FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_EXCLUSIVE, &file),
                     PORT_EXISTS);
    assert_int_equal(file_path_info(test_path("none"), &info), PORT_NOT_FOUND);
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_EXISTS);
    assert_int_equal(file_make_folders(test_path("file"), false), PORT_NOT_A_FOLDER);
    assert_int_equal(file_remove_folder(test_path("folder")), PORT_NOT_EMPTY);
    assert_int_equal(file_remove(test_path("none")), PORT_NOT_FOUND);
}

static void a_link_is_followed_unless_told(void **state)
{
    file_handle file;

    (void)state;
    need(NEED_LINKS);
    write_text(test_path("file"), "");
    make_link("file", test_path("link"));
    assert_int_equal(file_open(test_path("link"), FILE_OPEN_READ, &file), PORT_OK);
    file_close(file);
    assert_int_equal(file_open(test_path("link"), FILE_OPEN_READ | FILE_OPEN_NO_FOLLOW, &file),
                     PORT_DENIED);
}

static void permissions_are_copied(void **state)
{
    const char *secret = test_path("secret"), *copy = test_path("copy");
    file_handle from, to;

    (void)state;
    share_new_items();
    assert_int_equal(file_open(secret, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE,
                               &from),
                     PORT_OK);
    file_close(from);
    write_text(copy, "");
    assert_false(is_private(copy));
    assert_int_equal(file_open(secret, FILE_OPEN_READ, &from), PORT_OK);
    assert_int_equal(file_open(copy, FILE_OPEN_WRITE, &to), PORT_OK);
    assert_int_equal(file_copy_access(from, to), PORT_OK);
    file_close(to);
    file_close(from);
    assert_true(is_private(copy));
}

static bool count_entry(void *context, const char *name, enum file_kind kind)
{
    int *seen = context;

    if (!strcmp(name, "file") && kind == FILE_KIND_FILE)
        seen[0]++;
    else if (!strcmp(name, "folder") && kind == FILE_KIND_FOLDER)
        seen[1]++;
    else
        seen[2]++;
    return true;
}

static void a_folder_is_visited_entry_by_entry(void **state)
{
    int seen[3] = { 0 };

    (void)state;
    write_text(test_path("file"), "");
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_OK);
    assert_int_equal(file_visit(test_scratch(), count_entry, seen), PORT_OK);
    assert_int_equal(seen[0], 1);
    assert_int_equal(seen[1], 1);
    assert_int_equal(seen[2], 0);
}

static void a_link_is_visited_as_what_it_leads_to(void **state)
{
    int seen[3] = { 0 };

    (void)state;
    need(NEED_LINKS);
    assert_int_equal(file_make_folder(test_path("below"), false), PORT_OK);
    assert_int_equal(file_make_folder(test_path("target"), false), PORT_OK);
    make_link("../target", test_path("below/folder"));
    assert_int_equal(file_visit(test_path("below"), count_entry, seen), PORT_OK);
    assert_int_equal(seen[1], 1);
    assert_int_equal(seen[0] + seen[2], 0);
}

/* Behind the seam: one byte a call, and nothing at all when the budget is used up. */
static size_t budget;

static enum port_status short_write_at(file_handle file, uint64_t offset, const void *buffer,
                                       size_t size, size_t *ret)
{
    if (!budget)
        return PORT_DISK_FULL;
    budget--;
    return file_real_ops.write_at(file, offset, buffer, size ? 1 : 0, ret);
}

static enum port_status short_read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                                      size_t *ret)
{
    return file_real_ops.read_at(file, offset, buffer, size ? 1 : 0, ret);
}

static void short_calls_are_continued_and_failures_reported(void **state)
{
    struct file_ops ops = file_real_ops;
    const char *path = test_path("short");
    file_handle file;

    (void)state;
    ops.write_at = short_write_at;
    ops.read_at = short_read_at;
    file_set_ops(&ops);
    budget = 10;
    write_text(path, "0123456789");
    assert_text(path, "0123456789");
    budget = 3;
    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_TRUNCATE, &file), PORT_OK);
    assert_int_equal(file_write_at(file, 0, "abcdef", 6), PORT_DISK_FULL);
    file_close(file);
    assert_text(path, "abc");
    file_set_ops(NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_was_written_is_read),
    cmocka_unit_test(a_private_item_is_private_whatever_others_are),
    cmocka_unit_test(rename_keeps_what_is_there_unless_told),
    cmocka_unit_test(rename_over_what_others_open_and_close),
    cmocka_unit_test(failures_have_their_status),
    cmocka_unit_test(a_link_is_followed_unless_told),
    cmocka_unit_test(permissions_are_copied),
    cmocka_unit_test(a_folder_is_visited_entry_by_entry),
    cmocka_unit_test(a_link_is_visited_as_what_it_leads_to),
    cmocka_unit_test(short_calls_are_continued_and_failures_reported),
};

TEST_MAIN_UNIT(tests)
