/* SPDX-License-Identifier: MIT */
/* Finding and listing with StorageFolder, and the statics that take a path. */
#include "items.h"

#include <string.h>

#include "path_samples.h"
#include "paths.h"
#include "platform.h"

static IAsyncOperation_StorageFile *start_get_file(const char *path)
{
    IStorageFileStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation = NULL;

    check_ok(
        IStorageFileStatics_GetFileFromPathAsync(statics, string_of(item_form(path)), &operation));
    release_ref(statics);
    return operation;
}

static IAsyncOperation_StorageFolder *start_get_folder(const char *path)
{
    IStorageFolderStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_StorageFolder, &IID_IStorageFolderStatics);
    IAsyncOperation_StorageFolder *operation = NULL;

    check_ok(IStorageFolderStatics_GetFolderFromPathAsync(statics, string_of(item_form(path)),
                                                          &operation));
    release_ref(statics);
    return operation;
}

static void a_path_gives_the_item(void **state)
{
    IStorageFile *file;
    IStorageFolder *folder;

    (void)state;
    put_folder("sub");
    put_file("sub/a.txt", "");
    file = get_file(test_path("sub/a.txt"));
    check_name("a.txt", file);
    check_place("sub/a.txt", file);
    check_last_release_soon(file);
    folder = get_folder(test_path("sub"));
    check_name("sub", folder);
    check_place("sub", folder);
    check_last_release_soon(folder);
}

static void a_path_is_tidied_as_text(void **state)
{
    IStorageFile *file;
    IStorageFolder *folder;

    (void)state;
    put_folder("sub");
    put_file("sub/a.txt", "");
    file = get_file(test_path("./missing/..//sub/./a.txt"));
    check_place("sub/a.txt", file);
    check_last_release_soon(file);
    folder = get_folder(test_path("sub//"));
    check_place("sub", folder);
    check_last_release_soon(folder);
    folder = get_folder(host_path("/../"));
    check_name(item_form(host_path("/")), folder);
    check_last_release_soon(folder);
}

static void what_is_missing_is_not_found(void **state)
{
    (void)state;
    await_error(HRESULT_NOT_FOUND, start_get_file(test_path("missing")));
    await_error(HRESULT_NOT_FOUND, start_get_file(test_path("missing/too")));
    await_error(HRESULT_NOT_FOUND, start_get_folder(test_path("missing")));
}

static void an_item_of_the_other_kind_is_an_invalid_argument(void **state)
{
    (void)state;
    put_file("file", "");
    put_folder("folder");
    await_error(E_INVALIDARG, start_get_folder(test_path("file")));
    await_error(E_INVALIDARG, start_get_file(test_path("folder")));
    await_error(E_INVALIDARG, start_get_file(host_path("/dev/null")));
    await_error(__HRESULT_FROM_WIN32(ERROR_DIRECTORY), start_get_file(test_path("file/below")));
}

static void texts_that_are_no_absolute_path_are_refused_at_once(void **state)
{
    IStorageFolderStatics *folders =
        get_statics(RuntimeClass_Windows_Storage_StorageFolder, &IID_IStorageFolderStatics);
    IStorageFileStatics *files =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IAsyncOperation_StorageFolder *folder = NULL;
    IAsyncOperation_StorageFile *file = NULL;
    HSTRING string = string_of(item_path("a"));
    UINT32 length = WindowsGetStringLen(string);
    WCHAR with_nul[1024] = { 0 };
    size_t i;

    (void)state;
    for (i = 0; relative_paths[i]; i++) {
        file = (void *)1;
        check_hresult(E_INVALIDARG,
                      IStorageFileStatics_GetFileFromPathAsync(files, string_of(relative_paths[i]),
                                                               &file));
        assert_null(file);
        folder = (void *)1;
        check_hresult(E_INVALIDARG, IStorageFolderStatics_GetFolderFromPathAsync(
                                        folders, string_of(relative_paths[i]), &folder));
        assert_null(folder);
    }
    assert_in_range(length, 1, 1022);
    memcpy(with_nul, WindowsGetStringRawBuffer(string, NULL), length * sizeof(WCHAR));
    with_nul[length + 1] = 'b';
    check_ok(WindowsCreateString(with_nul, length + 2, &string));
    check_hresult(E_INVALIDARG, IStorageFileStatics_GetFileFromPathAsync(files, string, &file));
    WindowsDeleteString(string);
    check_hresult(E_POINTER,
                  IStorageFileStatics_GetFileFromPathAsync(files, string_of(item_path("a")), NULL));
    check_hresult(E_POINTER,
                  IStorageFolderStatics_GetFolderFromPathAsync(folders, string_of(item_path("a")),
                                                               NULL));
    check_last_release(files);
    check_last_release(folders);
}

static void items_are_found_by_name_and_by_relative_path(void **state)
{
    IStorageFolder *scratch = get_scratch(), *folder = NULL;
    IAsyncOperation_StorageFolder *folder_operation = NULL;
    IAsyncOperation_IStorageItem *item_operation = NULL;
    IAsyncOperation_StorageFile *file_operation = NULL;
    IStorageItem *item = NULL;
    IStorageFile *file = NULL;
    void *typed;

    (void)state;
    put_folder("sub");
    put_file("sub/a.txt", "");
    check_ok(IStorageFolder_GetFileAsync(scratch, string_of("sub/a.txt"), &file_operation));
    await_results(file_operation, &file);
    check_place("sub/a.txt", file);
    check_last_release_soon(file);
    check_ok(IStorageFolder_GetFileAsync(scratch, string_of("sub\\a.txt"), &file_operation));
    await_results(file_operation, &file);
    check_place("sub/a.txt", file);
    check_last_release_soon(file);
    check_ok(IStorageFolder_GetFolderAsync(scratch, string_of("sub"), &folder_operation));
    await_results(folder_operation, &folder);
    check_place("sub", folder);
    check_last_release_soon(folder);

    check_ok(IStorageFolder_GetItemAsync(scratch, string_of("sub"), &item_operation));
    await_results(item_operation, &item);
    typed = query(item, &IID_IStorageFolder);
    release_ref(typed);
    check_last_release_soon(item);
    check_ok(IStorageFolder_GetItemAsync(scratch, string_of("sub/a.txt"), &item_operation));
    await_results(item_operation, &item);
    typed = query(item, &IID_IStorageFile);
    release_ref(typed);
    check_last_release_soon(item);
    check_last_release_soon(scratch);
}

static void a_backslash_in_a_name_is_met_as_such_first(void **state)
{
    IStorageFolder *scratch;
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file = NULL;

    (void)state;
    need(NEED_BACKSLASH_NAMES);
    scratch = get_scratch();
    put_folder("sub");
    put_file("sub/a.txt", "");
    put_file("sub\\a.txt", "");
    check_ok(IStorageFolder_GetFileAsync(scratch, string_of("sub\\a.txt"), &operation));
    await_results(operation, &file);
    check_place("sub\\a.txt", file);
    check_last_release_soon(file);
    check_ok(IStorageFolder_GetFileAsync(scratch, string_of("..\\a.txt"), &operation));
    await_error(E_INVALIDARG, operation);
    check_last_release_soon(scratch);
}

static void relative_paths_stay_inside(void **state)
{
    static const char *const names[] = {
        "", ".", "..", "../a", "a/../b", "/a", "a//b", "a/", "./a"
    };
    IStorageFolder *scratch = get_scratch();
    IStorageFolder2 *scratch2 = query(scratch, &IID_IStorageFolder2);
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        IAsyncOperation_StorageFile *file = (void *)1;
        IAsyncOperation_StorageFolder *folder = (void *)1;
        IAsyncOperation_IStorageItem *item = (void *)1;
        HSTRING name = string_of(names[i]);

        check_hresult(E_INVALIDARG, IStorageFolder_GetFileAsync(scratch, name, &file));
        assert_null(file);
        check_hresult(E_INVALIDARG, IStorageFolder_GetFolderAsync(scratch, name, &folder));
        assert_null(folder);
        check_hresult(E_INVALIDARG, IStorageFolder_GetItemAsync(scratch, name, &item));
        assert_null(item);
        check_hresult(E_INVALIDARG, IStorageFolder2_TryGetItemAsync(scratch2, name, &item));
    }
    release_ref(scratch2);
    check_last_release_soon(scratch);
}

static void get_fails_where_try_get_gives_null(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IStorageFolder2 *scratch2 = query(scratch, &IID_IStorageFolder2);
    IAsyncOperation_StorageFolder *folder = NULL;
    IAsyncOperation_IStorageItem *item = NULL;
    IAsyncOperation_StorageFile *file = NULL;
    IStorageItem *result = (void *)1;

    (void)state;
    put_file("file", "");
    check_ok(IStorageFolder_GetFileAsync(scratch, string_of("missing"), &file));
    await_error(HRESULT_NOT_FOUND, file);
    check_ok(IStorageFolder_GetFolderAsync(scratch, string_of("missing"), &folder));
    await_error(HRESULT_NOT_FOUND, folder);
    check_ok(IStorageFolder_GetFolderAsync(scratch, string_of("file"), &folder));
    await_error(E_INVALIDARG, folder);
    check_ok(IStorageFolder_GetItemAsync(scratch, string_of("missing"), &item));
    await_error(HRESULT_NOT_FOUND, item);
    check_ok(IStorageFolder2_TryGetItemAsync(scratch2, string_of("missing"), &item));
    await_results(item, &result);
    assert_null(result);
    result = (void *)1;
    check_ok(IStorageFolder2_TryGetItemAsync(scratch2, string_of("file/below"), &item));
    await_results(item, &result);
    assert_null(result);
    check_ok(IStorageFolder2_TryGetItemAsync(scratch2, string_of("file"), &item));
    await_results(item, &result);
    check_place("file", result);
    check_last_release_soon(result);
    release_ref(scratch2);
    check_last_release_soon(scratch);
}

static void lists_are_sorted_and_of_the_kind(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IAsyncOperation_IVectorView_StorageFolder *folders_operation = NULL;
    IAsyncOperation_IVectorView_IStorageItem *items_operation = NULL;
    IAsyncOperation_IVectorView_StorageFile *files_operation = NULL;
    IVectorView_StorageFolder *folders = NULL;
    IVectorView_IStorageItem *items = NULL;
    IVectorView_StorageFile *files = NULL;
    IStorageFolder *folder = NULL;
    IStorageItem *item = NULL;
    IStorageFile *file = NULL;
    UINT32 size = 0;

    (void)state;
    put_file("b", "");
    put_folder("c");
    put_file("a", "");
    put_file(".hidden", "");
    check_ok(
        IStorageFolder_GetFilesAsyncOverloadDefaultOptionsStartAndCount(scratch, &files_operation));
    await_results(files_operation, &files);
    check_ok(IVectorView_StorageFile_get_Size(files, &size));
    assert_int_equal(3, size);
    check_ok(IVectorView_StorageFile_GetAt(files, 0, &file));
    check_name(".hidden", file);
    release_ref(file);
    check_ok(IVectorView_StorageFile_GetAt(files, 2, &file));
    check_name("b", file);
    release_ref(file);
    check_last_release_soon(files);

    check_ok(IStorageFolder_GetFoldersAsyncOverloadDefaultOptionsStartAndCount(scratch,
                                                                               &folders_operation));
    await_results(folders_operation, &folders);
    check_ok(IVectorView_StorageFolder_get_Size(folders, &size));
    assert_int_equal(1, size);
    check_ok(IVectorView_StorageFolder_GetAt(folders, 0, &folder));
    check_place("c", folder);
    release_ref(folder);
    check_last_release_soon(folders);

    check_ok(IStorageFolder_GetItemsAsyncOverloadDefaultStartAndCount(scratch, &items_operation));
    await_results(items_operation, &items);
    check_ok(IVectorView_IStorageItem_get_Size(items, &size));
    assert_int_equal(4, size);
    check_ok(IVectorView_IStorageItem_GetAt(items, 3, &item));
    check_name("c", item);
    release_ref(item);
    check_last_release_soon(items);
    check_last_release_soon(scratch);
}

static void an_empty_folder_has_an_empty_list(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IAsyncOperation_IVectorView_IStorageItem *operation = NULL;
    IVectorView_IStorageItem *items = NULL;
    UINT32 size = 1;

    (void)state;
    check_ok(IStorageFolder_GetItemsAsyncOverloadDefaultStartAndCount(scratch, &operation));
    await_results(operation, &items);
    check_ok(IVectorView_IStorageItem_get_Size(items, &size));
    assert_int_equal(0, size);
    check_last_release_soon(items);
    check_last_release_soon(scratch);
}

static void null_pointers_are_refused(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IStorageFolder2 *scratch2 = query(scratch, &IID_IStorageFolder2);
    HSTRING name = string_of("a");

    (void)state;
    check_hresult(E_POINTER, IStorageFolder_GetFileAsync(scratch, name, NULL));
    check_hresult(E_POINTER, IStorageFolder_GetFolderAsync(scratch, name, NULL));
    check_hresult(E_POINTER, IStorageFolder_GetItemAsync(scratch, name, NULL));
    check_hresult(E_POINTER, IStorageFolder2_TryGetItemAsync(scratch2, name, NULL));
    check_hresult(E_POINTER,
                  IStorageFolder_GetFilesAsyncOverloadDefaultOptionsStartAndCount(scratch, NULL));
    check_hresult(E_POINTER,
                  IStorageFolder_GetFoldersAsyncOverloadDefaultOptionsStartAndCount(scratch, NULL));
    check_hresult(E_POINTER,
                  IStorageFolder_GetItemsAsyncOverloadDefaultStartAndCount(scratch, NULL));
    release_ref(scratch2);
    check_last_release_soon(scratch);
}

static void all_interfaces_are_one_object(void **state)
{
    static const GUID *const iids[] = {
        &IID_IStorageFolder, &IID_IStorageItem,    &IID_IStorageItemProperties,
        &IID_IStorageItem2,  &IID_IStorageFolder2, &IID_IInspectable,
        &IID_IAgileObject
    };
    IStorageFolder *scratch = get_scratch();
    HSTRING name = NULL;
    ULONG count = 0;
    IID *known = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(iids) / sizeof(iids[0]); i++) {
        void *other = query(scratch, iids[i]);

        check_same_object(scratch, other);
        release_ref(other);
    }
    check_ok(IStorageFolder_GetIids(scratch, &count, &known));
    assert_int_equal(5, count);
    CoTaskMemFree(known);
    check_ok(IStorageFolder_GetRuntimeClassName(scratch, &name));
    check_string("Windows.Storage.StorageFolder", name);
    check_last_release_soon(scratch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_path_gives_the_item),
    cmocka_unit_test(a_path_is_tidied_as_text),
    cmocka_unit_test(what_is_missing_is_not_found),
    cmocka_unit_test(an_item_of_the_other_kind_is_an_invalid_argument),
    cmocka_unit_test(texts_that_are_no_absolute_path_are_refused_at_once),
    cmocka_unit_test(items_are_found_by_name_and_by_relative_path),
    cmocka_unit_test(a_backslash_in_a_name_is_met_as_such_first),
    cmocka_unit_test(relative_paths_stay_inside),
    cmocka_unit_test(get_fails_where_try_get_gives_null),
    cmocka_unit_test(lists_are_sorted_and_of_the_kind),
    cmocka_unit_test(an_empty_folder_has_an_empty_list),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(all_interfaces_are_one_object),
};

TEST_MAIN(tests)
