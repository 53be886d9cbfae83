/* SPDX-License-Identifier: MIT */
/* What not every system or file system has: links, names that are not UTF-8, permissions, other
 * volumes, fork. */
#include "items.h"

#include <stdio.h>

#include "file_access.h"
#include "forked.h"
#include "links.h"
#include "paths.h"
#include "platform.h"
#include "src/port/files.h"
#include "strings_ring.h"

static bool is_link(const char *relative)
{
    enum port_status status;
    file_handle file;

    status = file_open(test_path(relative), FILE_OPEN_READ | FILE_OPEN_NO_FOLLOW, &file);
    if (!status)
        file_close(file);
    return status == PORT_DENIED;
}

static IAsyncAction *start_delete(void *object)
{
    IStorageItem *item = query(object, &IID_IStorageItem);
    IAsyncAction *action = NULL;

    check_ok(IStorageItem_DeleteAsync(item, StorageDeleteOption_PermanentDelete, &action));
    release_ref(item);
    return action;
}

static void links_are_followed_for_reading_and_deleted_as_links(void **state)
{
    IStorageFolder *folder;
    IStorageFile *file;

    (void)state;
    need(NEED_LINKS);
    put_folder("real");
    put_file("real/a.txt", "kept");
    make_link("real", test_path("folder-link"));
    make_link("real/a.txt", test_path("file-link.txt"));
    file = get_file(test_path("file-link.txt"));
    check_place("file-link.txt", file);
    await_results(start_delete(file), NULL);
    assert_false(exists("file-link.txt"));
    check_content("kept", "real/a.txt");
    check_last_release_soon(file);
    folder = get_folder(test_path("folder-link"));
    await_results(start_delete(folder), NULL);
    assert_int_equal(1, count_entries(""));
    check_content("kept", "real/a.txt");
    check_last_release_soon(folder);
}

static void deleting_a_folder_does_not_follow_links_in_it(void **state)
{
    IStorageFolder *folder;

    (void)state;
    need(NEED_LINKS);
    put_folder("outside");
    put_file("outside/a", "kept");
    put_folder("inside");
    make_link("../outside", test_path("inside/link"));
    make_link("nowhere", test_path("inside/dangling"));
    folder = get_folder(test_path("inside"));
    await_results(start_delete(folder), NULL);
    assert_false(exists("inside"));
    check_content("kept", "outside/a");
    check_last_release_soon(folder);
}

static void creating_never_writes_through_a_link(void **state)
{
    IStorageFolder *scratch;
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file;

    (void)state;
    need(NEED_LINKS);
    scratch = get_scratch();
    put_file("target", "kept");
    make_link("target", test_path("link"));
    make_link("nowhere", test_path("dangling"));
    file = create_file(scratch, "link", CreationCollisionOption_ReplaceExisting);
    check_content("kept", "target");
    check_content("", "link");
    assert_false(is_link("link"));
    check_last_release_soon(file);

    check_ok(IStorageFolder_CreateFileAsync(scratch, string_of("dangling"),
                                            CreationCollisionOption_OpenIfExists, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);
    check_ok(IStorageFolder_CreateFileAsync(scratch, string_of("dangling"),
                                            CreationCollisionOption_FailIfExists, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);
    file = create_file(scratch, "dangling", CreationCollisionOption_GenerateUniqueName);
    check_name("dangling (2)", file);
    check_last_release_soon(file);
    assert_false(exists("nowhere"));
    check_ok(IStorageFolder_GetFileAsync(scratch, string_of("dangling"), &operation));
    await_error(HRESULT_NOT_FOUND, operation);
    check_last_release_soon(scratch);
}

/* FileIO replaces by a transaction. */
static void writing_goes_through_a_link(void **state)
{
    IFileIOStatics *statics;
    IAsyncAction *action = NULL;
    IStorageFile *file;

    (void)state;
    need(NEED_LINKS);
    statics = get_statics(RuntimeClass_Windows_Storage_FileIO, &IID_IFileIOStatics);
    put_folder("real");
    put_file("real/a", "old");
    make_link("real/a", test_path("link"));
    file = get_file(test_path("link"));
    check_ok(IFileIOStatics_WriteTextAsync(statics, file, string_of("new"), &action));
    await_results(action, NULL);
    check_content("new", "real/a");
    assert_true(is_link("link"));
    assert_int_equal(1, count_entries("real"));
    check_last_release_soon(file);
    release_ref(statics);
}

static void a_new_file_is_as_private_as_the_one_it_replaces(void **state)
{
    IStorageFolder *folder = get_scratch();
    IStorageFile *file;

    (void)state;
    put_private_file("a", "old");
    file = create_file(folder, "a", CreationCollisionOption_ReplaceExisting);
    check_content("", "a");
    assert_true(is_private(test_path("a")));
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void names_that_are_not_utf8_can_be_listed_and_used(void **state)
{
    IStorageFolder *scratch;
    IAsyncOperation_IVectorView_StorageFile *operation = NULL;
    IAsyncOperation_StorageFile *copying = NULL;
    IVectorView_StorageFile *files = NULL;
    IStorageFile *file = NULL, *copy = NULL;
    UINT32 size = 0;

    (void)state;
    need(NEED_BYTE_NAMES);
    scratch = get_scratch();
    put_file("caf\xe9.txt", "content");
    check_ok(IStorageFolder_GetFilesAsyncOverloadDefaultOptionsStartAndCount(scratch, &operation));
    await_results(operation, &files);
    check_ok(IVectorView_StorageFile_get_Size(files, &size));
    assert_int_equal(1, size);
    check_ok(IVectorView_StorageFile_GetAt(files, 0, &file));
    check_name("caf\xef\xbf\xbd.txt", file);
    check_ok(IStorageFile_CopyOverloadDefaultOptions(file, scratch, string_of("copy"), &copying));
    await_results(copying, &copy);
    check_content("content", "copy");
    await_results(start_delete(file), NULL);
    assert_false(exists("caf\xe9.txt"));
    check_last_release_soon(copy);
    check_last_release_soon(files);
    check_last_release_soon(file);
    check_last_release_soon(scratch);
}

static void a_read_only_folder_denies(void **state)
{
    IAsyncOperation_StorageFolder *folder_operation = NULL;
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFolder *folder;
    IStorageFile *file;
    IAsyncAction *action = NULL;
    IStorageItem *item;

    (void)state;
    need(NEED_PERMISSIONS);
    put_folder("locked");
    put_file("locked/a", "kept");
    folder = get_folder(test_path("locked"));
    file = get_file(test_path("locked/a"));
    item = query(file, &IID_IStorageItem);
    deny_writing(test_path("locked"));
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of("b"), 0, &operation));
    await_error(E_ACCESSDENIED, operation);
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of("a"),
                                            CreationCollisionOption_ReplaceExisting, &operation));
    await_error(E_ACCESSDENIED, operation);
    check_ok(IStorageFolder_CreateFolderAsync(folder, string_of("b"), 0, &folder_operation));
    await_error(E_ACCESSDENIED, folder_operation);
    check_ok(IStorageItem_RenameAsyncOverloadDefaultOptions(item, string_of("b"), &action));
    await_error(E_ACCESSDENIED, action);
    check_place("locked/a", file);
    allow_everything(test_path("locked"));
    check_content("kept", "locked/a");
    release_ref(item);
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void a_read_only_folder_keeps_its_files(void **state)
{
    IStorageFile *file;

    (void)state;
    need(NEED_PERMISSIONS);
    skip_under_wine("DeleteFile answers success where the folder denies it");
    put_folder("locked");
    put_file("locked/a", "kept");
    file = get_file(test_path("locked/a"));
    deny_writing(test_path("locked"));
    await_error(E_ACCESSDENIED, start_delete(file));
    allow_everything(test_path("locked"));
    check_content("kept", "locked/a");
    check_last_release_soon(file);
}

static void an_unreadable_folder_denies_its_list(void **state)
{
    IAsyncOperation_IVectorView_IStorageItem *operation = NULL;
    IStorageFolder *folder;

    (void)state;
    need(NEED_PERMISSIONS);
    put_folder("locked");
    folder = get_folder(test_path("locked"));
    deny_everything(test_path("locked"));
    check_ok(IStorageFolder_GetItemsAsyncOverloadDefaultStartAndCount(folder, &operation));
    await_error(E_ACCESSDENIED, operation);
    allow_everything(test_path("locked"));
    check_last_release_soon(folder);
}

static void read_only_files_say_so(void **state)
{
    FileAttributes attributes = 0;
    IStorageFile *file;
    IStorageItem *item;

    (void)state;
    put_file("a", "");
    deny_writing(test_path("a"));
    file = get_file(test_path("a"));
    item = query(file, &IID_IStorageItem);
    check_ok(IStorageItem_get_Attributes(item, &attributes));
    assert_int_equal(FileAttributes_Archive | FileAttributes_ReadOnly, attributes);
    release_ref(item);
    check_last_release_soon(file);
}

/* A new folder on another volume than the test's, as the files seam has it; NULL: none is known. */
static const char *folder_elsewhere(void)
{
    static char path[64];
    const char *probe;

    assert_in_range(snprintf(path, sizeof(path), "%s/winrt-test-%u", host_path("/dev/shm"),
                             (unsigned)GetCurrentProcessId()),
                    1, sizeof(path) - 1);
    if (file_make_folder(path, true))
        return NULL;
    probe = ring_format("%s/probe", path);
    put_file("probe", "");
    if (file_rename(test_path("probe"), probe, false) == PORT_OTHER_VOLUME) {
        assert_int_equal(PORT_OK, file_remove(test_path("probe")));
        return path;
    }
    file_remove(probe);
    file_remove_folder(path);
    return NULL;
}

static void a_move_goes_to_another_volume(void **state)
{
    const char *path = folder_elsewhere();
    IStorageFolder *other;
    IAsyncAction *action = NULL;
    IStorageFile *file;
    HSTRING text = NULL;
    IStorageItem *item;

    (void)state;
    if (!path)
        skip_because("there is no other volume to write to");
    put_file("a.txt", "content");
    file = get_file(test_path("a.txt"));
    item = query(file, &IID_IStorageItem);
    other = get_folder(path);
    check_ok(IStorageFile_MoveOverloadDefaultNameAndOptions(file, other, &action));
    await_results(action, NULL);
    assert_false(exists("a.txt"));
    check_ok(IStorageItem_get_Path(item, &text));
    check_string(item_form(ring_format("%s/a.txt", path)), text);
    await_results(start_delete(file), NULL);
    await_results(start_delete(other), NULL);
    release_ref(item);
    check_last_release_soon(other);
    check_last_release_soon(file);
}

static void a_copy_is_as_private_as_its_original(void **state)
{
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file, *copy = NULL;
    IStorageFolder *folder;

    (void)state;
    put_private_file("secret", "content");
    file = get_file(test_path("secret"));
    folder = get_folder(test_scratch());
    check_ok(IStorageFile_CopyOverloadDefaultOptions(file, folder, string_of("copy"), &operation));
    await_results(operation, &copy);
    assert_true(is_private(test_path("copy")));
    check_last_release_soon(copy);
    check_last_release_soon(folder);
    check_last_release_soon(file);
}

static void a_copy_that_fails_leaves_nothing(void **state)
{
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFolder *target;
    IStorageFile *file;

    (void)state;
    need(NEED_PERMISSIONS);
    put_folder("target");
    put_file("a", "content");
    deny_everything(test_path("a"));
    file = get_file(test_path("a"));
    target = get_folder(test_path("target"));
    check_ok(IStorageFile_CopyOverloadDefaultNameAndOptions(file, target, &operation));
    await_error(E_ACCESSDENIED, operation);
    assert_int_equal(0, count_entries("target"));
    check_last_release_soon(target);
    check_last_release_soon(file);
}

struct items {
    IStorageFolder *folder;
    IStorageFile *file;
};

/* The workers that would do it are not in the child. */
static int use_items_in_child(void *argument)
{
    const struct items *items = argument;
    IFileIOStatics *statics = NULL;
    void *operation = argument;

    if (IStorageFolder_GetFileAsync(items->folder, string_of("a"), (void *)&operation) !=
            RPC_E_DISCONNECTED ||
        operation)
        return 1;
    operation = argument;
    if (IStorageFile_OpenAsync(items->file, FileAccessMode_Read, (void *)&operation) !=
            RPC_E_DISCONNECTED ||
        operation)
        return 2;
    if (RoGetActivationFactory(string_of("Windows.Storage.FileIO"), &IID_IFileIOStatics,
                               (void **)&statics) != RPC_E_DISCONNECTED ||
        statics)
        return 3;
    return 0;
}

static void a_forked_child_is_told_that_the_workers_are_gone(void **state)
{
    struct items items;

    (void)state;
    need(NEED_FORK);
    items.folder = get_scratch();
    items.file = create_file(items.folder, "a", CreationCollisionOption_FailIfExists);
    assert_int_equal(0, run_forked(use_items_in_child, &items));
    check_last_release_soon(items.file);
    check_last_release_soon(items.folder);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(links_are_followed_for_reading_and_deleted_as_links),
    cmocka_unit_test(deleting_a_folder_does_not_follow_links_in_it),
    cmocka_unit_test(creating_never_writes_through_a_link),
    cmocka_unit_test(writing_goes_through_a_link),
    cmocka_unit_test(a_new_file_is_as_private_as_the_one_it_replaces),
    cmocka_unit_test(names_that_are_not_utf8_can_be_listed_and_used),
    cmocka_unit_test(a_read_only_folder_denies),
    cmocka_unit_test(a_read_only_folder_keeps_its_files),
    cmocka_unit_test(an_unreadable_folder_denies_its_list),
    cmocka_unit_test(read_only_files_say_so),
    cmocka_unit_test(a_move_goes_to_another_volume),
    cmocka_unit_test(a_copy_is_as_private_as_its_original),
    cmocka_unit_test(a_copy_that_fails_leaves_nothing),
    cmocka_unit_test(a_forked_child_is_told_that_the_workers_are_gone),
};

TEST_MAIN(tests)
