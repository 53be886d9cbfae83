/* SPDX-License-Identifier: MIT */
/* Files and folders of Windows.Storage when the disk fails: through the files seam. */
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "src/port/files.h"
#include "src/port/memory.h"
#include "winrt-shim/storage/item_disk.h"

static struct file_ops failing;
static unsigned calls_before_failure;
static enum port_status failure;

static bool fails_now(void)
{
    return !calls_before_failure || !--calls_before_failure;
}

static enum port_status failing_write(file_handle file, uint64_t offset, const void *buffer,
                                      size_t size, size_t *ret)
{
    return fails_now() ? failure : file_real_ops.write_at(file, offset, buffer, size, ret);
}

static enum port_status failing_rename(const char *from, const char *to, bool replace)
{
    return fails_now() ? failure : file_real_ops.rename(from, to, replace);
}

static enum port_status failing_make_folder(const char *path, bool private)
{
    return fails_now() ? failure : file_real_ops.make_folder(path, private);
}

/* From now on: the call of that number fails, and those after it. */
static void begin_failing(unsigned number, enum port_status status)
{
    failing = file_real_ops;
    calls_before_failure = number;
    failure = status;
    file_set_ops(&failing);
}

static void put(const char *relative, const char *content)
{
    file_handle file;

    assert_int_equal(PORT_OK,
                     file_open(test_path(relative), FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file));
    assert_int_equal(PORT_OK, file_write_at(file, 0, content, strlen(content)));
    file_close(file);
}

static void check(const char *relative, const char *expected)
{
    void *content = NULL;
    size_t size;

    assert_int_equal(PORT_OK, file_load(test_path(relative), 1 << 20, &content, &size));
    assert_string_equal(expected, content);
    memory_free(content);
}

static unsigned count(void)
{
    struct item_list list;
    unsigned entries;

    assert_int_equal(S_OK, item_list_load(test_scratch(), &list));
    entries = (unsigned)list.count;
    item_list_free(&list);
    return entries;
}

static void a_copy_on_a_full_disk_leaves_nothing(void **state)
{
    char *path = NULL;

    (void)state;
    put("a", "content");
    begin_failing(1, PORT_DISK_FULL);
    failing.write_at = failing_write;
    assert_int_equal(HRESULT_FROM_WIN32(ERROR_DISK_FULL),
                     item_copy_file(NULL, test_path("a"), test_scratch(), "b",
                                    NameCollisionOption_FailIfExists, &path));
    file_set_ops(NULL);
    assert_null(path);
    assert_int_equal(1, count());
}

static void a_replacement_on_a_full_disk_keeps_the_old(void **state)
{
    char *path = NULL;

    (void)state;
    put("a", "content");
    put("b", "old");
    begin_failing(1, PORT_DISK_FULL);
    failing.write_at = failing_write;
    assert_int_equal(HRESULT_FROM_WIN32(ERROR_DISK_FULL),
                     item_copy_file(NULL, test_path("a"), test_scratch(), "b",
                                    NameCollisionOption_ReplaceExisting, &path));
    file_set_ops(NULL);
    check("b", "old");
    assert_int_equal(2, count());
}

static void a_copy_whose_rename_fails_leaves_nothing(void **state)
{
    char *path = NULL;

    (void)state;
    put("a", "content");
    begin_failing(1, PORT_IO);
    failing.rename = failing_rename;
    assert_int_equal(HRESULT_FROM_WIN32(ERROR_IO_DEVICE),
                     item_copy_file(NULL, test_path("a"), test_scratch(), "b",
                                    NameCollisionOption_GenerateUniqueName, &path));
    file_set_ops(NULL);
    assert_null(path);
    assert_int_equal(1, count());
}

static void a_file_that_cannot_be_replaced_stays(void **state)
{
    char *path = NULL;

    (void)state;
    put("a", "old");
    begin_failing(1, PORT_DENIED);
    failing.rename = failing_rename;
    assert_int_equal(E_ACCESSDENIED,
                     item_create_file(test_scratch(), "a", CreationCollisionOption_ReplaceExisting,
                                      &path));
    file_set_ops(NULL);
    check("a", "old");
    assert_int_equal(1, count());
}

static void a_folder_comes_back_if_its_place_cannot_be_taken(void **state)
{
    char *path = NULL;

    (void)state;
    assert_int_equal(PORT_OK, file_make_folder(test_path("a"), false));
    put("a/inside", "old");
    begin_failing(2, PORT_DISK_FULL); /* the first finds that the name is taken */
    failing.make_folder = failing_make_folder;
    assert_int_equal(HRESULT_FROM_WIN32(ERROR_DISK_FULL),
                     item_create_folder(test_scratch(), "a",
                                        CreationCollisionOption_ReplaceExisting, &path));
    file_set_ops(NULL);
    check("a/inside", "old");
    assert_int_equal(1, count());
}

static enum port_status rename_on_two_volumes(const char *from, const char *to, bool replace)
{
    const char *name = strrchr(from, '/') + 1;

    /* What the copy itself makes is hidden, and on the other volume already. */
    return name[0] == '.' ? file_real_ops.rename(from, to, replace) : PORT_OTHER_VOLUME;
}

static void a_move_across_volumes_copies_and_deletes(void **state)
{
    char *path = NULL;

    (void)state;
    put("a", "content");
    begin_failing(0, PORT_OK);
    failing.rename = rename_on_two_volumes;
    assert_int_equal(S_OK, item_move_file(NULL, test_path("a"), test_scratch(), "b",
                                          NameCollisionOption_FailIfExists, &path));
    file_set_ops(NULL);
    assert_string_equal(test_path("b"), path);
    memory_free(path);
    check("b", "content");
    assert_int_equal(1, count());
}

static enum port_status keep_the_source(const char *path)
{
    const char *name = strrchr(path, '/') + 1;

    return strcmp(name, "a") ? file_real_ops.remove(path) : PORT_DENIED;
}

static void a_move_that_cannot_delete_leaves_the_file_where_it_was(void **state)
{
    char *path = NULL;

    (void)state;
    put("a", "content");
    begin_failing(0, PORT_OK);
    failing.rename = rename_on_two_volumes;
    failing.remove = keep_the_source;
    assert_int_equal(E_ACCESSDENIED, item_move_file(NULL, test_path("a"), test_scratch(), "b",
                                                    NameCollisionOption_FailIfExists, &path));
    file_set_ops(NULL);
    assert_null(path);
    check("a", "content");
    assert_int_equal(1, count());
}

static const struct memory_ops *real_memory;
static unsigned allocations_before_failure;

static void *failing_allocate(size_t size)
{
    return allocations_before_failure && --allocations_before_failure ? real_memory->allocate(size)
                                                                      : NULL;
}

static void *failing_resize(void *block, size_t size)
{
    return allocations_before_failure && --allocations_before_failure
               ? real_memory->resize(block, size)
               : NULL;
}

static void real_release(void *block)
{
    real_memory->release(block);
}

static const struct memory_ops failing_memory = { failing_allocate, failing_resize, real_release };

/* Each tells what it did to the folder, which has `a` with content and the folder
 * `f` with content. */
static HRESULT copy_over_folder_name(char **path)
{
    return item_copy_file(NULL, test_path("a"), test_scratch(), "f",
                          NameCollisionOption_GenerateUniqueName, path);
}

static HRESULT create_over_file(char **path)
{
    return item_create_file(test_scratch(), "a", CreationCollisionOption_GenerateUniqueName, path);
}

static HRESULT replace_folder(char **path)
{
    return item_create_folder(test_scratch(), "f", CreationCollisionOption_ReplaceExisting, path);
}

static HRESULT move_file(char **path)
{
    return item_move_file(NULL, test_path("a"), test_path("f"), "moved",
                          NameCollisionOption_FailIfExists, path);
}

static HRESULT delete_folder(char **path)
{
    *path = NULL;
    return item_delete(NULL, test_path("f"));
}

/* From the n-th on, all allocations fail: either it is done, or it says so and returns no path. */
static void every_allocation_may_fail(void **state)
{
    static HRESULT (*const actions[])(char **path) = { copy_over_folder_name, create_over_file,
                                                       replace_folder, move_file, delete_folder };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
        HRESULT hr = E_FAIL;
        unsigned number;

        for (number = 1; FAILED(hr); number++) {
            char *path = NULL;

            assert_int_equal(S_OK, item_delete_content(NULL, test_scratch()));
            put("a", "content");
            assert_int_equal(PORT_OK, file_make_folder(test_path("f"), false));
            put("f/inside", "old");

            allocations_before_failure = number;
            real_memory = memory_set_ops(&failing_memory);
            hr = actions[i](&path);
            memory_set_ops(NULL);

            assert_in_range(number, 1, 200);
            if (FAILED(hr)) {
                assert_int_equal(E_OUTOFMEMORY, hr);
                assert_null(path);
                check("a", "content");
                /* A replaced folder that could not be deleted stays under its hidden name. */
                assert_in_range(count(), 2, actions[i] == replace_folder ? 3 : 2);
            }
            memory_free(path);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_copy_on_a_full_disk_leaves_nothing),
    cmocka_unit_test(a_replacement_on_a_full_disk_keeps_the_old),
    cmocka_unit_test(a_copy_whose_rename_fails_leaves_nothing),
    cmocka_unit_test(a_file_that_cannot_be_replaced_stays),
    cmocka_unit_test(a_folder_comes_back_if_its_place_cannot_be_taken),
    cmocka_unit_test(a_move_across_volumes_copies_and_deletes),
    cmocka_unit_test(a_move_that_cannot_delete_leaves_the_file_where_it_was),
    cmocka_unit_test(every_allocation_may_fail),
};

TEST_MAIN_UNIT(tests)
