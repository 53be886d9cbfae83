/* SPDX-License-Identifier: MIT */
#include "items.h"

#include <string.h>

#include "paths.h"
#include "src/port/files.h"
#include "src/port/memory.h"

void *get_statics(const WCHAR *class_name, REFIID iid)
{
    HSTRING_HEADER header;
    HSTRING name = NULL;
    void *statics = NULL;

    check_ok(
        WindowsCreateStringReference(class_name, (UINT32)lstrlenW(class_name), &header, &name));
    check_ok(RoGetActivationFactory(name, iid, &statics));
    assert_non_null(statics);
    return statics;
}

IStorageFile *get_file(const char *path)
{
    IStorageFileStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file = NULL;

    check_ok(
        IStorageFileStatics_GetFileFromPathAsync(statics, string_of(item_form(path)), &operation));
    await_results(operation, &file);
    release_ref(statics);
    assert_non_null(file);
    return file;
}

IStorageFolder *get_folder(const char *path)
{
    IStorageFolderStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_StorageFolder, &IID_IStorageFolderStatics);
    IAsyncOperation_StorageFolder *operation = NULL;
    IStorageFolder *folder = NULL;

    check_ok(IStorageFolderStatics_GetFolderFromPathAsync(statics, string_of(item_form(path)),
                                                          &operation));
    await_results(operation, &folder);
    release_ref(statics);
    assert_non_null(folder);
    return folder;
}

IStorageFolder *get_scratch(void)
{
    return get_folder(test_scratch());
}

IStorageFile *create_file(IStorageFolder *folder, const char *name, CreationCollisionOption option)
{
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file = NULL;

    check_ok(IStorageFolder_CreateFileAsync(folder, string_of(name), option, &operation));
    await_results(operation, &file);
    assert_non_null(file);
    return file;
}

IStorageFolder *create_folder(IStorageFolder *folder, const char *name,
                              CreationCollisionOption option)
{
    IAsyncOperation_StorageFolder *operation = NULL;
    IStorageFolder *made = NULL;

    check_ok(IStorageFolder_CreateFolderAsync(folder, string_of(name), option, &operation));
    await_results(operation, &made);
    assert_non_null(made);
    return made;
}

void check_name(const char *expected, void *object)
{
    IStorageItem *item = query(object, &IID_IStorageItem);
    HSTRING name = NULL;

    check_ok(IStorageItem_get_Name(item, &name));
    check_string(expected, name);
    release_ref(item);
}

void check_place(const char *relative, void *object)
{
    IStorageItem *item = query(object, &IID_IStorageItem);
    HSTRING path = NULL;

    check_ok(IStorageItem_get_Path(item, &path));
    check_string(item_form(test_path(relative)), path);
    release_ref(item);
}

static void put(const char *relative, const char *content, unsigned flags)
{
    file_handle file;

    assert_int_equal(PORT_OK,
                     file_open(test_path(relative),
                               FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE | flags,
                               &file));
    assert_int_equal(PORT_OK, file_write_at(file, 0, content, strlen(content)));
    file_close(file);
}

void put_file(const char *relative, const char *content)
{
    put(relative, content, 0);
}

void put_private_file(const char *relative, const char *content)
{
    put(relative, content, FILE_OPEN_EXCLUSIVE | FILE_OPEN_PRIVATE);
}

void put_folder(const char *relative)
{
    assert_int_equal(PORT_OK, file_make_folder(test_path(relative), false));
}

void check_content(const char *expected, const char *relative)
{
    void *content = NULL;
    size_t size;

    assert_int_equal(PORT_OK, file_load(test_path(relative), 1 << 20, &content, &size));
    assert_string_equal(expected, content);
    memory_free(content);
}

int exists(const char *relative)
{
    struct file_info info;

    return !file_path_info(test_path(relative), &info);
}

static bool count_entry(void *context, const char *name, enum file_kind kind)
{
    (void)name;
    (void)kind;
    ++*(unsigned *)context;
    return true;
}

unsigned count_entries(const char *relative)
{
    unsigned count = 0;

    assert_int_equal(PORT_OK, file_visit(*relative ? test_path(relative) : test_scratch(),
                                         count_entry, &count));
    return count;
}
