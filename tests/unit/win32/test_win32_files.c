/* SPDX-License-Identifier: MIT */
/* What of the files seam only Windows can get wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include "test_main.h"

#include "test_files.h"
#include "file_access.h"
#include "src/port/files.h"

#define LONG_PART \
    "a-part-of-a-path-that-will-be-longer-than-what-programs-of-old-could-open-in-the-end"

static void assert_content(const char *path, const char *expected)
{
    char *content = test_file_read(path, NULL);

    assert_non_null(content);
    assert_string_equal(content, expected);
    free(content);
}

static void long_paths_are_paths(void **state)
{
    char folder[2048], file[2100], other[2100];
    struct file_info info;

    (void)state;
    assert_true(snprintf(folder, sizeof(folder),
                         "%s/" LONG_PART "/" LONG_PART "/" LONG_PART "/" LONG_PART,
                         test_scratch()) > MAX_PATH);
    snprintf(file, sizeof(file), "%s/file", folder);
    snprintf(other, sizeof(other), "%s/other", folder);
    assert_int_equal(file_make_folders(folder, true), PORT_OK);
    test_file_write(file, "far", 3);
    assert_int_equal(file_rename(file, other, false), PORT_OK);
    assert_int_equal(file_path_info(other, &info), PORT_OK);
    assert_int_equal(info.size, 3);
    assert_content(other, "far");
    assert_int_equal(file_remove(other), PORT_OK);
    assert_int_equal(file_sync_folder(folder), PORT_OK);
    assert_int_equal(file_remove_folder(folder), PORT_OK);
}

static void names_of_devices_are_no_files(void **state)
{
    static const char *const names[] = {
        "NUL", "con", "COM1.txt", "file:stream", "a\\b", "..", "."
    };
    struct file_info info;
    file_handle file;
    size_t i;

    (void)state;
    test_file_write(test_path("file"), "x", 1);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *path = test_path(names[i]);

        assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file), PORT_INVALID);
        assert_int_equal(file_path_info(path, &info), PORT_INVALID);
        assert_int_equal(file_make_folder(path, false), PORT_INVALID);
        assert_int_equal(file_rename(test_path("file"), path, true), PORT_INVALID);
        assert_int_equal(file_remove(path), PORT_INVALID);
    }
    assert_int_equal(file_open("file", FILE_OPEN_READ, &file), PORT_INVALID);
    assert_int_equal(file_open("C:file", FILE_OPEN_READ, &file), PORT_INVALID);
    assert_int_equal(file_open("//./NUL", FILE_OPEN_READ, &file), PORT_INVALID);
    assert_content(test_path("file"), "x");
}

static void a_part_has_255_units(void **state)
{
    char name[512];
    file_handle file;

    (void)state;
    memset(name, 'x', 256);
    name[256] = 0;
    assert_int_equal(file_open(test_path(name), FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file),
                     PORT_NAME_TOO_LONG);
    name[255] = 0;
    assert_int_equal(file_open(test_path(name), FILE_OPEN_WRITE | FILE_OPEN_CREATE, &file),
                     PORT_OK);
    file_close(file);
}

static void an_open_file_can_be_renamed_and_removed(void **state)
{
    file_handle file;
    char buffer[8];
    size_t count;

    (void)state;
    test_file_write(test_path("file"), "open", 4);
    assert_int_equal(file_open(test_path("file"), FILE_OPEN_READ | FILE_OPEN_WRITE, &file),
                     PORT_OK);
    assert_int_equal(file_rename(test_path("file"), test_path("other"), false), PORT_OK);
    assert_content(test_path("other"), "open");
    assert_int_equal(file_remove(test_path("other")), PORT_OK);
    assert_int_equal(file_read_at(file, 0, buffer, sizeof(buffer), &count), PORT_OK);
    assert_int_equal(count, 4);
    file_close(file);
    assert_int_equal(file_open(test_path("other"), FILE_OPEN_READ, &file), PORT_NOT_FOUND);
}

/* In one step if the system can, else not at all. */
static void an_open_file_is_replaced_or_busy(void **state)
{
    enum port_status status;
    file_handle file;

    (void)state;
    test_file_write(test_path("old"), "old", 3);
    test_file_write(test_path("new"), "new", 3);
    assert_int_equal(file_open(test_path("old"), FILE_OPEN_READ, &file), PORT_OK);
    status = file_rename(test_path("new"), test_path("old"), true);
    assert_true(status == PORT_OK || status == PORT_BUSY);
    assert_content(test_path("old"), status ? "old" : "new");
    file_close(file);
    if (status)
        assert_int_equal(file_rename(test_path("new"), test_path("old"), true), PORT_OK);
    assert_content(test_path("old"), "new");
}

static void a_folder_never_takes_the_place_of_a_file(void **state)
{
    (void)state;
    test_file_write(test_path("file"), "x", 1);
    assert_int_equal(file_make_folder(test_path("folder"), false), PORT_OK);
    assert_int_equal(file_rename(test_path("folder"), test_path("file"), true), PORT_NOT_A_FOLDER);
    assert_int_equal(file_rename(test_path("file"), test_path("folder"), true), PORT_IS_A_FOLDER);
    assert_content(test_path("file"), "x");
}

static void a_read_only_file_can_be_removed(void **state)
{
    struct file_info info;

    (void)state;
    test_file_write(test_path("file"), "x", 1);
    deny_writing(test_path("file"));
    assert_int_equal(file_path_info(test_path("file"), &info), PORT_OK);
    assert_true(info.read_only);
    assert_int_equal(file_remove(test_path("file")), PORT_OK);
    assert_int_equal(file_path_info(test_path("file"), &info), PORT_NOT_FOUND);
}

static void folders_on_no_drive_are_not_found(void **state)
{
    char path[] = "?:/folder/below";
    DWORD drives = GetLogicalDrives();

    (void)state;
    for (path[0] = 'Z'; drives & 1u << (path[0] - 'A'); path[0]--)
        assert_int_not_equal(path[0], 'A');
    assert_int_equal(file_make_folders(path, false), PORT_NOT_FOUND);
    path[3] = 0;
    assert_int_equal(file_make_folders(path, false), PORT_NOT_FOUND);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(long_paths_are_paths),
    cmocka_unit_test(names_of_devices_are_no_files),
    cmocka_unit_test(a_part_has_255_units),
    cmocka_unit_test(an_open_file_can_be_renamed_and_removed),
    cmocka_unit_test(an_open_file_is_replaced_or_busy),
    cmocka_unit_test(a_folder_never_takes_the_place_of_a_file),
    cmocka_unit_test(a_read_only_file_can_be_removed),
    cmocka_unit_test(folders_on_no_drive_are_not_found),
};

TEST_MAIN_UNIT(tests)
