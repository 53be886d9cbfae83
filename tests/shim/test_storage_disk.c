/* SPDX-License-Identifier: MIT */
/* What only POSIX has: links, names that are not UTF-8, permission bits, other volumes, fork. */
#include "items.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void skip_as_root(void)
{
    if (!geteuid()) {
        print_message("root is denied nothing\n");
        skip();
    }
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
    put_folder("real");
    put_file("real/a.txt", "kept");
    assert_int_equal(0, symlink("real", test_path("folder-link")));
    assert_int_equal(0, symlink("real/a.txt", test_path("file-link.txt")));
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
    put_folder("outside");
    put_file("outside/a", "kept");
    put_folder("inside");
    assert_int_equal(0, symlink("../outside", test_path("inside/link")));
    assert_int_equal(0, symlink("nowhere", test_path("inside/dangling")));
    folder = get_folder(test_path("inside"));
    await_results(start_delete(folder), NULL);
    assert_false(exists("inside"));
    check_content("kept", "outside/a");
    check_last_release_soon(folder);
}

static void creating_never_writes_through_a_link(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file;
    struct stat info;

    (void)state;
    put_file("target", "kept");
    assert_int_equal(0, symlink("target", test_path("link")));
    assert_int_equal(0, symlink("nowhere", test_path("dangling")));
    file = create_file(scratch, "link", CreationCollisionOption_ReplaceExisting);
    check_content("kept", "target");
    check_content("", "link");
    assert_int_equal(0, lstat(test_path("link"), &info));
    assert_true(S_ISREG(info.st_mode));
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
    IFileIOStatics *statics = get_statics(RuntimeClass_Windows_Storage_FileIO, &IID_IFileIOStatics);
    IAsyncAction *action = NULL;
    struct stat info;
    IStorageFile *file;

    (void)state;
    put_folder("real");
    put_file("real/a", "old");
    assert_int_equal(0, symlink("real/a", test_path("link")));
    file = get_file(test_path("link"));
    check_ok(IFileIOStatics_WriteTextAsync(statics, file, string_of("new"), &action));
    await_results(action, NULL);
    check_content("new", "real/a");
    assert_int_equal(0, lstat(test_path("link"), &info));
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(1, count_entries("real"));
    check_last_release_soon(file);
    release_ref(statics);
}

static void a_new_file_is_as_private_as_the_one_it_replaces(void **state)
{
    IStorageFolder *folder = get_scratch();
    struct stat info;
    IStorageFile *file;

    (void)state;
    put_file("a", "old");
    assert_int_equal(0, chmod(test_path("a"), 0600));
    file = create_file(folder, "a", CreationCollisionOption_ReplaceExisting);
    check_content("", "a");
    assert_int_equal(0, stat(test_path("a"), &info));
    assert_int_equal(0600, info.st_mode & 07777);
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void names_that_are_not_utf8_can_be_listed_and_used(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IAsyncOperation_IVectorView_StorageFile *operation = NULL;
    IAsyncOperation_StorageFile *copying = NULL;
    IVectorView_StorageFile *files = NULL;
    IStorageFile *file = NULL, *copy = NULL;
    UINT32 size = 0;

    (void)state;
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
    skip_as_root();
    put_folder("locked");
    put_file("locked/a", "kept");
    folder = get_folder(test_path("locked"));
    file = get_file(test_path("locked/a"));
    item = query(file, &IID_IStorageItem);
    assert_int_equal(0, chmod(test_path("locked"), 0555));
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of("b"), 0, &operation));
    await_error(E_ACCESSDENIED, operation);
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of("a"),
                                            CreationCollisionOption_ReplaceExisting, &operation));
    await_error(E_ACCESSDENIED, operation);
    check_ok(IStorageFolder_CreateFolderAsync(folder, string_of("b"), 0, &folder_operation));
    await_error(E_ACCESSDENIED, folder_operation);
    await_error(E_ACCESSDENIED, start_delete(file));
    check_ok(IStorageItem_RenameAsyncOverloadDefaultOptions(item, string_of("b"), &action));
    await_error(E_ACCESSDENIED, action);
    check_place("locked/a", file);
    assert_int_equal(0, chmod(test_path("locked"), 0755));
    check_content("kept", "locked/a");
    release_ref(item);
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void an_unreadable_folder_denies_its_list(void **state)
{
    IAsyncOperation_IVectorView_IStorageItem *operation = NULL;
    IStorageFolder *folder;

    (void)state;
    skip_as_root();
    put_folder("locked");
    folder = get_folder(test_path("locked"));
    assert_int_equal(0, chmod(test_path("locked"), 0));
    check_ok(IStorageFolder_GetItemsAsyncOverloadDefaultStartAndCount(folder, &operation));
    await_error(E_ACCESSDENIED, operation);
    assert_int_equal(0, chmod(test_path("locked"), 0755));
    check_last_release_soon(folder);
}

static void read_only_files_say_so(void **state)
{
    FileAttributes attributes = 0;
    IStorageFile *file;
    IStorageItem *item;

    (void)state;
    put_file("a", "");
    assert_int_equal(0, chmod(test_path("a"), 0444));
    file = get_file(test_path("a"));
    item = query(file, &IID_IStorageItem);
    check_ok(IStorageItem_get_Attributes(item, &attributes));
    assert_int_equal(FileAttributes_Archive | FileAttributes_ReadOnly, attributes);
    release_ref(item);
    check_last_release_soon(file);
}

static void a_move_goes_to_another_volume(void **state)
{
    char path[64];
    IStorageFolder *other;
    IAsyncAction *action = NULL;
    struct stat here, there;
    IStorageFile *file;
    HSTRING text = NULL;
    IStorageItem *item;
    char expected[80];

    (void)state;
    snprintf(path, sizeof(path), "/dev/shm/winrt-test-XXXXXX");
    if (!mkdtemp(path) || stat(path, &there) || stat(test_scratch(), &here) ||
        here.st_dev == there.st_dev) {
        rmdir(path);
        print_message("there is no other volume to write to\n");
        skip();
    }
    put_file("a.txt", "content");
    file = get_file(test_path("a.txt"));
    item = query(file, &IID_IStorageItem);
    other = get_folder(path);
    check_ok(IStorageFile_MoveOverloadDefaultNameAndOptions(file, other, &action));
    await_results(action, NULL);
    assert_false(exists("a.txt"));
    check_ok(IStorageItem_get_Path(item, &text));
    snprintf(expected, sizeof(expected), "%s/a.txt", path);
    check_string(expected, text);
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
    struct stat native;

    (void)state;
    put_file("secret", "content");
    assert_int_equal(0, chmod(test_path("secret"), 0600));
    file = get_file(test_path("secret"));
    folder = get_folder(test_scratch());
    check_ok(IStorageFile_CopyOverloadDefaultOptions(file, folder, string_of("copy"), &operation));
    await_results(operation, &copy);
    assert_int_equal(0, stat(test_path("copy"), &native));
    assert_int_equal(0600, native.st_mode & 0777);
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
    skip_as_root();
    put_folder("target");
    put_file("a", "content");
    assert_int_equal(0, chmod(test_path("a"), 0));
    file = get_file(test_path("a"));
    target = get_folder(test_path("target"));
    check_ok(IStorageFile_CopyOverloadDefaultNameAndOptions(file, target, &operation));
    await_error(E_ACCESSDENIED, operation);
    assert_int_equal(0, count_entries("target"));
    check_last_release_soon(target);
    check_last_release_soon(file);
}

/* The workers that would do it are not in the child. Answers its exit code. */
static int use_items_in_child(IStorageFolder *folder, IStorageFile *file)
{
    IFileIOStatics *statics = NULL;
    void *operation = folder;

    if (IStorageFolder_GetFileAsync(folder, string_of("a"), (void *)&operation) !=
            RPC_E_DISCONNECTED ||
        operation)
        return 1;
    operation = folder;
    if (IStorageFile_OpenAsync(file, FileAccessMode_Read, (void *)&operation) !=
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
    IStorageFolder *folder = get_scratch();
    IStorageFile *file = create_file(folder, "a", CreationCollisionOption_FailIfExists);
    int status = -1;
    pid_t child;

    (void)state;
    child = fork();
    if (!child)
        _exit(use_items_in_child(folder, file));
    assert_true(child > 0);
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_true(WIFEXITED(status));
    assert_int_equal(0, WEXITSTATUS(status));
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(links_are_followed_for_reading_and_deleted_as_links),
    cmocka_unit_test(deleting_a_folder_does_not_follow_links_in_it),
    cmocka_unit_test(creating_never_writes_through_a_link),
    cmocka_unit_test(writing_goes_through_a_link),
    cmocka_unit_test(a_new_file_is_as_private_as_the_one_it_replaces),
    cmocka_unit_test(names_that_are_not_utf8_can_be_listed_and_used),
    cmocka_unit_test(a_read_only_folder_denies),
    cmocka_unit_test(an_unreadable_folder_denies_its_list),
    cmocka_unit_test(read_only_files_say_so),
    cmocka_unit_test(a_move_goes_to_another_volume),
    cmocka_unit_test(a_copy_is_as_private_as_its_original),
    cmocka_unit_test(a_copy_that_fails_leaves_nothing),
    cmocka_unit_test(a_forked_child_is_told_that_the_workers_are_gone),
};

TEST_MAIN(tests)
