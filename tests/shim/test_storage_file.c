/* SPDX-License-Identifier: MIT */
/* Renaming, copying, moving and deleting items. */
#include "items.h"

#include <stdio.h>
#include <string.h>

#include "src/port/files.h"

static IAsyncAction *start_rename(void *object, const char *name, NameCollisionOption option)
{
    IStorageItem *item = query(object, &IID_IStorageItem);
    IAsyncAction *action = NULL;

    check_ok(IStorageItem_RenameAsync(item, string_of(name), option, &action));
    release_ref(item);
    return action;
}

static IAsyncAction *start_delete(void *object)
{
    IStorageItem *item = query(object, &IID_IStorageItem);
    IAsyncAction *action = NULL;

    check_ok(IStorageItem_DeleteAsync(item, StorageDeleteOption_PermanentDelete, &action));
    release_ref(item);
    return action;
}

static void the_object_follows_its_file(void **state)
{
    IStorageFile *file;
    IAsyncAction *action = NULL;
    IStorageItem *item;

    (void)state;
    put_file("a.txt", "content");
    file = get_file(test_path("a.txt"));
    item = query(file, &IID_IStorageItem);
    check_ok(IStorageItem_RenameAsyncOverloadDefaultOptions(item, string_of("b.md"), &action));
    await_results(action, NULL);
    check_name("b.md", file);
    check_place("b.md", file);
    check_content("content", "b.md");
    assert_false(exists("a.txt"));
    release_ref(item);
    check_last_release_soon(file);
}

static void a_rename_follows_each_option(void **state)
{
    IStorageFile *file;

    (void)state;
    put_file("a.txt", "mine");
    put_file("b.txt", "other");
    file = get_file(test_path("a.txt"));
    await_error(HRESULT_ALREADY_EXISTS,
                start_rename(file, "b.txt", NameCollisionOption_FailIfExists));
    check_place("a.txt", file);
    check_content("other", "b.txt");
    await_results(start_rename(file, "b.txt", NameCollisionOption_GenerateUniqueName), NULL);
    check_place("b (2).txt", file);
    check_content("other", "b.txt");
    await_results(start_rename(file, "b.txt", NameCollisionOption_ReplaceExisting), NULL);
    check_place("b.txt", file);
    check_content("mine", "b.txt");
    assert_int_equal(1, count_entries(""));
    await_results(start_rename(file, "b.txt", NameCollisionOption_FailIfExists), NULL);
    check_place("b.txt", file);
    check_last_release_soon(file);
}

static void a_folder_is_renamed_with_what_is_in_it(void **state)
{
    IStorageFolder *folder;

    (void)state;
    put_folder("a");
    put_file("a/inside", "mine");
    put_folder("b");
    put_file("b/other", "other");
    put_file("file", "kept");
    folder = get_folder(test_path("a"));
    await_error(HRESULT_ALREADY_EXISTS,
                start_rename(folder, "b", NameCollisionOption_FailIfExists));
    await_error(HRESULT_ALREADY_EXISTS,
                start_rename(folder, "file", NameCollisionOption_ReplaceExisting));
    check_content("kept", "file");
    await_results(start_rename(folder, "b", NameCollisionOption_GenerateUniqueName), NULL);
    check_place("b (2)", folder);
    await_results(start_rename(folder, "b", NameCollisionOption_ReplaceExisting), NULL);
    check_place("b", folder);
    check_content("mine", "b/inside");
    assert_false(exists("b/other"));
    assert_int_equal(2, count_entries(""));
    check_last_release_soon(folder);
}

static void a_file_is_never_renamed_over_a_folder(void **state)
{
    IStorageFile *file;

    (void)state;
    put_file("a", "mine");
    put_folder("folder");
    file = get_file(test_path("a"));
    await_error(HRESULT_ALREADY_EXISTS,
                start_rename(file, "folder", NameCollisionOption_ReplaceExisting));
    check_place("a", file);
    check_content("mine", "a");
    check_last_release_soon(file);
}

static void bad_names_leave_the_file(void **state)
{
    IStorageFile *file;
    IStorageItem *item;
    IAsyncAction *action = (void *)1;
    char name[300];

    (void)state;
    put_file("a", "mine");
    file = get_file(test_path("a"));
    item = query(file, &IID_IStorageItem);
    await_error(HRESULT_INVALID_NAME, start_rename(file, "x/y", 0));
    await_error(HRESULT_INVALID_NAME, start_rename(file, "..", 0));
    memset(name, 'n', sizeof(name));
    name[256] = 0;
    await_error(HRESULT_NAME_TOO_LONG, start_rename(file, name, NameCollisionOption_FailIfExists));
    check_hresult(E_INVALIDARG, IStorageItem_RenameAsync(item, NULL, 0, &action));
    assert_null(action);
    check_hresult(E_INVALIDARG, IStorageItem_RenameAsync(item, string_of("b"), 3, &action));
    check_hresult(E_INVALIDARG, IStorageItem_DeleteAsync(item, 2, &action));
    check_place("a", file);
    check_content("mine", "a");
    release_ref(item);
    check_last_release_soon(file);
}

static void a_file_that_went_away_is_not_found(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IStorageFile *file, *copy = NULL;
    IAsyncOperation_StorageFile *copying = NULL;
    IAsyncOperation_BasicProperties *properties = NULL;
    IAsyncOperation_IRandomAccessStream *opening = NULL;
    IAsyncAction *moving = NULL;
    FileAttributes attributes = FileAttributes_Directory;
    IStorageItem *item;
    DateTime created;

    (void)state;
    put_file("a", "");
    file = get_file(test_path("a"));
    item = query(file, &IID_IStorageItem);
    await_results(start_delete(file), NULL);
    assert_false(exists("a"));
    await_error(HRESULT_NOT_FOUND, start_delete(file));
    await_error(HRESULT_NOT_FOUND, start_rename(file, "b", 0));
    await_error(HRESULT_NOT_FOUND, start_rename(file, "a", 0));
    check_ok(IStorageFile_CopyOverloadDefaultOptions(file, scratch, string_of("c"), &copying));
    await_error(HRESULT_NOT_FOUND, copying);
    check_ok(IStorageFile_MoveOverloadDefaultOptions(file, scratch, string_of("c"), &moving));
    await_error(HRESULT_NOT_FOUND, moving);
    check_ok(IStorageItem_GetBasicPropertiesAsync(item, &properties));
    await_error(HRESULT_NOT_FOUND, properties);
    check_ok(IStorageFile_OpenAsync(file, FileAccessMode_Read, &opening));
    await_error(HRESULT_NOT_FOUND, opening);
    check_hresult(HRESULT_NOT_FOUND, IStorageItem_get_Attributes(item, &attributes));
    check_hresult(HRESULT_NOT_FOUND, IStorageItem_get_DateCreated(item, &created));
    assert_int_equal(0, count_entries(""));
    assert_null(copy);
    release_ref(item);
    check_last_release_soon(file);
    check_last_release_soon(scratch);
}

static void a_copy_has_the_content_and_the_name(void **state)
{
    IStorageFolder *target;
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file, *copy = NULL;

    (void)state;
    put_folder("target");
    put_file("a.txt", "content");
    file = get_file(test_path("a.txt"));
    target = get_folder(test_path("target"));
    check_ok(IStorageFile_CopyOverloadDefaultNameAndOptions(file, target, &operation));
    await_results(operation, &copy);
    check_place("target/a.txt", copy);
    check_place("a.txt", file);
    check_content("content", "target/a.txt");
    check_content("content", "a.txt");
    check_last_release_soon(copy);

    check_ok(IStorageFile_CopyOverloadDefaultNameAndOptions(file, target, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);
    check_ok(IStorageFile_CopyOverloadDefaultOptions(file, target, string_of("b"), &operation));
    await_results(operation, &copy);
    check_place("target/b", copy);
    check_last_release_soon(copy);
    assert_int_equal(2, count_entries("target"));
    check_last_release_soon(target);
    check_last_release_soon(file);
}

static void a_copy_follows_each_option(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file, *copy = NULL;

    (void)state;
    put_file("a.txt", "mine");
    put_file("b.txt", "other");
    put_folder("folder");
    file = get_file(test_path("a.txt"));
    check_ok(IStorageFile_CopyOverload(file, scratch, string_of("b.txt"),
                                       NameCollisionOption_FailIfExists, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);
    check_content("other", "b.txt");
    check_ok(IStorageFile_CopyOverload(file, scratch, string_of("b.txt"),
                                       NameCollisionOption_GenerateUniqueName, &operation));
    await_results(operation, &copy);
    check_place("b (2).txt", copy);
    check_content("mine", "b (2).txt");
    check_last_release_soon(copy);
    check_ok(IStorageFile_CopyOverload(file, scratch, string_of("b.txt"),
                                       NameCollisionOption_ReplaceExisting, &operation));
    await_results(operation, &copy);
    check_place("b.txt", copy);
    check_content("mine", "b.txt");
    check_last_release_soon(copy);
    check_ok(IStorageFile_CopyOverload(file, scratch, string_of("folder"),
                                       NameCollisionOption_ReplaceExisting, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);
    /* Onto itself. */
    check_ok(IStorageFile_CopyOverload(file, scratch, string_of("a.txt"),
                                       NameCollisionOption_ReplaceExisting, &operation));
    await_results(operation, &copy);
    check_content("mine", "a.txt");
    check_last_release_soon(copy);
    assert_int_equal(4, count_entries(""));
    check_last_release_soon(file);
    check_last_release_soon(scratch);
}

static void a_move_takes_the_object_along(void **state)
{
    IStorageFolder *target;
    IAsyncAction *action = NULL;
    IStorageFile *file;

    (void)state;
    put_folder("target");
    put_file("a.txt", "mine");
    put_file("target/b.txt", "other");
    file = get_file(test_path("a.txt"));
    target = get_folder(test_path("target"));
    check_ok(IStorageFile_MoveOverloadDefaultNameAndOptions(file, target, &action));
    await_results(action, NULL);
    check_place("target/a.txt", file);
    assert_false(exists("a.txt"));
    check_ok(IStorageFile_MoveOverloadDefaultOptions(file, target, string_of("b.txt"), &action));
    await_error(HRESULT_ALREADY_EXISTS, action);
    check_place("target/a.txt", file);
    check_ok(IStorageFile_MoveOverload(file, target, string_of("b.txt"),
                                       NameCollisionOption_GenerateUniqueName, &action));
    await_results(action, NULL);
    check_place("target/b (2).txt", file);
    check_ok(IStorageFile_MoveOverload(file, target, string_of("b.txt"),
                                       NameCollisionOption_ReplaceExisting, &action));
    await_results(action, NULL);
    check_place("target/b.txt", file);
    check_content("mine", "target/b.txt");
    assert_int_equal(1, count_entries("target"));
    check_last_release_soon(target);
    check_last_release_soon(file);
}

static void another_file_is_replaced_by_copy_and_by_move(void **state)
{
    IStorageFile *file, *other;
    IAsyncAction *action = NULL;

    (void)state;
    put_folder("sub");
    put_file("a.txt", "mine");
    put_file("sub/b.txt", "other");
    file = get_file(test_path("a.txt"));
    other = get_file(test_path("sub/b.txt"));
    check_ok(IStorageFile_CopyAndReplaceAsync(file, other, &action));
    await_results(action, NULL);
    check_content("mine", "sub/b.txt");
    check_place("a.txt", file);
    put_file("a.txt", "newer");
    check_ok(IStorageFile_MoveAndReplaceAsync(file, other, &action));
    await_results(action, NULL);
    check_content("newer", "sub/b.txt");
    check_place("sub/b.txt", file);
    check_place("sub/b.txt", other);
    assert_false(exists("a.txt"));
    assert_int_equal(1, count_entries("sub"));
    check_last_release_soon(other);
    check_last_release_soon(file);
}

static void a_folder_is_deleted_with_all_that_is_in_it(void **state)
{
    IStorageFolder *folder;
    IAsyncAction *action = NULL;
    IStorageItem *item;
    unsigned i;

    (void)state;
    put_folder("a");
    put_folder("a/b");
    put_folder("a/b/c");
    for (i = 0; i < 100; i++) {
        char name[32];

        snprintf(name, sizeof(name), "a/b/c/%u", i);
        put_file(name, "x");
    }
    put_file("stays", "");
    folder = get_folder(test_path("a"));
    item = query(folder, &IID_IStorageItem);
    check_ok(IStorageItem_DeleteAsyncOverloadDefaultOptions(item, &action));
    await_results(action, NULL);
    assert_false(exists("a"));
    assert_int_equal(1, count_entries(""));
    release_ref(item);
    check_last_release_soon(folder);
}

static void a_foreign_or_missing_target_is_told(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IStorageFileStatics *not_an_item =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation = (void *)1;
    IAsyncAction *action = (void *)1;
    IStorageFile *file;

    (void)state;
    put_file("a", "");
    file = get_file(test_path("a"));
    check_hresult(E_POINTER,
                  IStorageFile_CopyOverloadDefaultNameAndOptions(file, NULL, &operation));
    assert_null(operation);
    check_hresult(E_POINTER,
                  IStorageFile_CopyOverloadDefaultOptions(file, NULL, string_of("b"), &operation));
    check_hresult(E_POINTER, IStorageFile_CopyOverload(file, NULL, string_of("b"), 0, &operation));
    check_hresult(E_POINTER, IStorageFile_CopyAndReplaceAsync(file, NULL, &action));
    assert_null(action);
    check_hresult(E_POINTER, IStorageFile_MoveOverloadDefaultNameAndOptions(file, NULL, &action));
    check_hresult(E_POINTER,
                  IStorageFile_MoveOverloadDefaultOptions(file, NULL, string_of("b"), &action));
    check_hresult(E_POINTER, IStorageFile_MoveOverload(file, NULL, string_of("b"), 0, &action));
    check_hresult(E_POINTER, IStorageFile_MoveAndReplaceAsync(file, NULL, &action));
    check_hresult(E_NOINTERFACE, IStorageFile_CopyOverloadDefaultNameAndOptions(
                                     file, (IStorageFolder *)not_an_item, &operation));
    check_hresult(E_INVALIDARG, IStorageFile_CopyOverload(file, scratch, NULL, 0, &operation));
    check_hresult(E_INVALIDARG,
                  IStorageFile_CopyOverload(file, scratch, string_of("b"), 3, &operation));
    check_hresult(E_INVALIDARG, IStorageFile_MoveOverload(file, scratch, NULL, 0, &action));
    check_hresult(E_INVALIDARG,
                  IStorageFile_MoveOverload(file, scratch, string_of("b"), 3, &action));
    check_last_release(not_an_item);
    check_last_release_soon(file);
    check_last_release_soon(scratch);
}

static void renames_of_one_object_happen_one_by_one(void **state)
{
    IAsyncAction *actions[40] = { NULL };
    IStorageFile *file;
    char name[16];
    unsigned i;

    (void)state;
    put_file("start", "content");
    file = get_file(test_path("start"));
    for (i = 0; i < 40; i++) {
        snprintf(name, sizeof(name), "name%u", i);
        actions[i] = start_rename(file, name, NameCollisionOption_FailIfExists);
    }
    for (i = 0; i < 40; i++)
        await_results(actions[i], NULL);
    assert_int_equal(1, count_entries(""));
    {
        IStorageItem *item = query(file, &IID_IStorageItem);
        IAsyncOperation_BasicProperties *operation = NULL;
        IBasicProperties *properties = NULL;
        UINT64 size = 0;

        check_ok(IStorageItem_GetBasicPropertiesAsync(item, &operation));
        await_results(operation, &properties);
        check_ok(IBasicProperties_get_Size(properties, &size));
        assert_int_equal(7, size);
        check_last_release_soon(properties);
        release_ref(item);
    }
    check_last_release_soon(file);
}

static void a_cancelled_copy_leaves_nothing(void **state)
{
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFolder *target;
    IStorageFile *file, *copy = (void *)1;
    file_handle sparse;

    (void)state;
    put_folder("target");
    put_file("big", "");
    assert_int_equal(PORT_OK, file_open(test_path("big"), FILE_OPEN_WRITE, &sparse));
    assert_int_equal(PORT_OK, file_resize(sparse, UINT64_C(8) << 30));
    file_close(sparse);
    file = get_file(test_path("big"));
    target = get_folder(test_path("target"));
    check_ok(IStorageFile_CopyOverloadDefaultNameAndOptions(file, target, &operation));
    operation_cancel(operation);
    assert_int_equal(Canceled, await_operation(operation));
    check_hresult(E_ILLEGAL_METHOD_CALL, IAsyncOperation_StorageFile_GetResults(operation, &copy));
    release_ref(operation);
    assert_int_equal(0, count_entries("target"));
    check_last_release_soon(target);
    check_last_release_soon(file);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_object_follows_its_file),
    cmocka_unit_test(a_rename_follows_each_option),
    cmocka_unit_test(a_folder_is_renamed_with_what_is_in_it),
    cmocka_unit_test(a_file_is_never_renamed_over_a_folder),
    cmocka_unit_test(bad_names_leave_the_file),
    cmocka_unit_test(a_file_that_went_away_is_not_found),
    cmocka_unit_test(a_copy_has_the_content_and_the_name),
    cmocka_unit_test(a_copy_follows_each_option),
    cmocka_unit_test(a_move_takes_the_object_along),
    cmocka_unit_test(another_file_is_replaced_by_copy_and_by_move),
    cmocka_unit_test(a_folder_is_deleted_with_all_that_is_in_it),
    cmocka_unit_test(a_foreign_or_missing_target_is_told),
    cmocka_unit_test(renames_of_one_object_happen_one_by_one),
    cmocka_unit_test(a_cancelled_copy_leaves_nothing),
};

TEST_MAIN(tests)
