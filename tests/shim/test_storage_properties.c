/* SPDX-License-Identifier: MIT */
/* What files and folders tell about themselves, and opening files. */
#include "items.h"

#include <string.h>

#include <oleauto.h>

#include "paths.h"
#include "src/port/clock.h"
#include "src/port/paths.h"

static void check_texts(void *object, const char *display_name, const char *display_type,
                        const char *id)
{
    IStorageItemProperties *properties = query(object, &IID_IStorageItemProperties);
    HSTRING text = NULL;

    check_ok(IStorageItemProperties_get_DisplayName(properties, &text));
    check_string(display_name, text);
    check_ok(IStorageItemProperties_get_DisplayType(properties, &text));
    check_string(display_type, text);
    check_ok(IStorageItemProperties_get_FolderRelativeId(properties, &text));
    check_string(id, text);
    release_ref(properties);
}

static void types_come_from_the_extension(void **state)
{
    static const struct {
        const char *name, *file_type, *content_type, *display_name, *display_type;
    } table[] = {
        { "a.txt", ".txt", "text/plain", "a", "TXT File" },
        { "A.JPG", ".JPG", "image/jpeg", "A", "JPG File" },
        { "a.tar.gz", ".gz", "application/gzip", "a.tar", "GZ File" },
        { "plain", "", "application/octet-stream", "plain", "File" },
        { ".profile", "", "application/octet-stream", ".profile", "File" },
        { "dot.", "", "application/octet-stream", "dot.", "File" },
        { "odd.qqq", ".qqq", "application/octet-stream", "odd", "QQQ File" },
        { "3.3gp", ".3gp", "video/3gpp", "3", "3GP File" },
        { "z.zst", ".zst", "application/zstd", "z", "ZST File" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        HSTRING text = NULL;
        IStorageFile *file;

        if (!path_name_is_allowed(table[i].name)) /* by Windows, with a dot at the end */
            continue;
        put_file(table[i].name, "");
        file = get_file(test_path(table[i].name));
        check_ok(IStorageFile_get_FileType(file, &text));
        check_string(table[i].file_type, text);
        check_ok(IStorageFile_get_ContentType(file, &text));
        check_string(table[i].content_type, text);
        check_texts(file, table[i].display_name, table[i].display_type, table[i].name);
        check_last_release_soon(file);
    }
}

static void a_folder_keeps_its_whole_name(void **state)
{
    IStorageFolder *folder;

    (void)state;
    put_folder("folder.d");
    folder = get_folder(test_path("folder.d"));
    check_texts(folder, "folder.d", "File folder", "folder.d");
    check_last_release_soon(folder);
}

static void size_and_dates_are_those_of_the_disk(void **state)
{
    const INT64 minute = 60 * INT64_C(10000000);
    INT64 now = clock_universal_time();
    IAsyncOperation_BasicProperties *operation = NULL;
    IBasicProperties *properties = NULL;
    DateTime time = { 0 };
    IStorageFile *file;
    IStorageItem *item;
    UINT64 size = 0;

    (void)state;
    put_file("a", "12345");
    file = get_file(test_path("a"));
    item = query(file, &IID_IStorageItem);
    check_ok(IStorageItem_GetBasicPropertiesAsync(item, &operation));
    await_results(operation, &properties);
    check_ok(IBasicProperties_get_Size(properties, &size));
    assert_int_equal(5, size);
    check_ok(IBasicProperties_get_DateModified(properties, &time));
    assert_in_range(time.UniversalTime, now - minute, now + minute);
    check_ok(IBasicProperties_get_ItemDate(properties, &time));
    assert_in_range(time.UniversalTime, now - minute, now + minute);
    check_hresult(E_POINTER, IBasicProperties_get_Size(properties, NULL));
    check_hresult(E_POINTER, IBasicProperties_get_DateModified(properties, NULL));
    check_hresult(E_POINTER, IBasicProperties_get_ItemDate(properties, NULL));
    check_last_release_soon(properties);
    check_ok(IStorageItem_get_DateCreated(item, &time));
    assert_in_range(time.UniversalTime, now - minute, now + minute);
    release_ref(item);
    check_last_release_soon(file);
}

static void kind_and_attributes(void **state)
{
    FileAttributes attributes = FileAttributes_Temporary;
    boolean is = 2;
    IStorageFolder *folder;
    IStorageFile *file;
    IStorageItem *item;

    (void)state;
    put_file("a", "");
    file = get_file(test_path("a"));
    item = query(file, &IID_IStorageItem);
    check_ok(IStorageItem_get_Attributes(item, &attributes));
    assert_int_equal(FileAttributes_Archive, attributes);
    check_ok(IStorageItem_IsOfType(item, StorageItemTypes_File, &is));
    assert_int_equal(1, is);
    check_ok(IStorageItem_IsOfType(item, StorageItemTypes_Folder, &is));
    assert_int_equal(0, is);
    check_ok(IStorageItem_IsOfType(item, StorageItemTypes_None, &is));
    assert_int_equal(0, is);
    release_ref(item);
    check_last_release_soon(file);

    folder = get_scratch();
    item = query(folder, &IID_IStorageItem);
    check_ok(IStorageItem_get_Attributes(item, &attributes));
    assert_int_equal(FileAttributes_Directory, attributes);
    check_ok(IStorageItem_IsOfType(item, StorageItemTypes_Folder, &is));
    assert_int_equal(1, is);
    release_ref(item);
    check_last_release_soon(folder);
}

static void equal_means_the_same_path(void **state)
{
    IStorageFile *one, *same, *other;
    IStorageItem *item, *other_item;
    IStorageItem2 *item2;
    boolean equal = 2;

    (void)state;
    put_file("a", "");
    put_file("b", "");
    one = get_file(test_path("a"));
    same = get_file(test_path("./a"));
    other = get_file(test_path("b"));
    item2 = query(one, &IID_IStorageItem2);
    item = query(same, &IID_IStorageItem);
    other_item = query(other, &IID_IStorageItem);
    check_ok(IStorageItem2_IsEqual(item2, item, &equal));
    assert_int_equal(1, equal);
    check_ok(IStorageItem2_IsEqual(item2, other_item, &equal));
    assert_int_equal(0, equal);
    check_hresult(E_POINTER, IStorageItem2_IsEqual(item2, NULL, &equal));
    check_hresult(E_POINTER, IStorageItem2_IsEqual(item2, item, NULL));
    release_ref(other_item);
    release_ref(item);
    release_ref(item2);
    check_last_release_soon(other);
    check_last_release_soon(same);
    check_last_release_soon(one);
}

static void the_parent_is_the_folder_above(void **state)
{
    IAsyncOperation_StorageFolder *operation = NULL;
    IStorageFolder *parent = NULL, *root;
    IStorageItem2 *item;
    IStorageFile *file;

    (void)state;
    put_folder("sub");
    put_file("sub/a", "");
    file = get_file(test_path("sub/a"));
    item = query(file, &IID_IStorageItem2);
    check_ok(IStorageItem2_GetParentAsync(item, &operation));
    await_results(operation, &parent);
    check_place("sub", parent);
    check_last_release_soon(parent);
    check_hresult(E_POINTER, IStorageItem2_GetParentAsync(item, NULL));
    release_ref(item);
    check_last_release_soon(file);

    root = get_folder(host_path("/"));
    item = query(root, &IID_IStorageItem2);
    parent = (void *)1;
    check_ok(IStorageItem2_GetParentAsync(item, &operation));
    await_results(operation, &parent);
    assert_null(parent);
    release_ref(item);
    check_last_release_soon(root);
}

static void a_file_opens_for_reading_and_writing(void **state)
{
    IAsyncOperation_IRandomAccessStreamWithContentType *typed_operation = NULL;
    IAsyncOperation_StorageStreamTransaction *transaction_operation = NULL;
    IAsyncOperation_IRandomAccessStream *operation = NULL;
    IAsyncOperation_IInputStream *input_operation = NULL;
    IRandomAccessStreamWithContentType *typed = NULL;
    IStorageStreamTransaction *transaction = NULL;
    IRandomAccessStreamReference *reference;
    IInputStreamReference *input_reference;
    IContentTypeProvider *provider;
    IRandomAccessStream *stream = NULL;
    IInputStream *input = NULL;
    IStorageFile2 *file2;
    IStorageFile *file;
    UINT64 size = 0;
    HSTRING text = NULL;
    boolean can = 2;

    (void)state;
    put_file("a.txt", "12345");
    file = get_file(test_path("a.txt"));
    file2 = query(file, &IID_IStorageFile2);
    reference = query(file, &IID_IRandomAccessStreamReference);
    input_reference = query(file, &IID_IInputStreamReference);

    check_ok(IStorageFile_OpenAsync(file, FileAccessMode_Read, &operation));
    await_results(operation, &stream);
    check_ok(IRandomAccessStream_get_Size(stream, &size));
    assert_int_equal(5, size);
    check_ok(IRandomAccessStream_get_CanWrite(stream, &can));
    assert_int_equal(0, can);
    check_last_release_soon(stream);

    check_ok(IStorageFile2_OpenWithOptionsAsync(file2, FileAccessMode_ReadWrite,
                                                StorageOpenOptions_AllowReadersAndWriters,
                                                &operation));
    await_results(operation, &stream);
    check_ok(IRandomAccessStream_get_CanWrite(stream, &can));
    assert_int_equal(1, can);
    check_last_release_soon(stream);

    check_ok(IRandomAccessStreamReference_OpenReadAsync(reference, &typed_operation));
    await_results(typed_operation, &typed);
    provider = query(typed, &IID_IContentTypeProvider);
    check_ok(IContentTypeProvider_get_ContentType(provider, &text));
    check_string("text/plain", text);
    release_ref(provider);
    check_last_release_soon(typed);

    check_ok(IInputStreamReference_OpenSequentialReadAsync(input_reference, &input_operation));
    await_results(input_operation, &input);
    check_last_release_soon(input);

    check_ok(IStorageFile_OpenTransactedWriteAsync(file, &transaction_operation));
    await_results(transaction_operation, &transaction);
    check_last_release_soon(transaction);
    check_ok(IStorageFile2_OpenTransactedWriteWithOptionsAsync(file2, StorageOpenOptions_None,
                                                               &transaction_operation));
    await_results(transaction_operation, &transaction);
    check_last_release_soon(transaction);
    check_content("12345", "a.txt");
    assert_int_equal(1, count_entries(""));

    release_ref(input_reference);
    release_ref(reference);
    release_ref(file2);
    check_last_release_soon(file);
}

static void there_are_no_thumbnails(void **state)
{
    IAsyncOperation_StorageItemThumbnail *operation = NULL;
    IStorageItemProperties *properties;
    IStorageFolder *scratch = get_scratch();
    void *thumbnail = (void *)1;

    (void)state;
    properties = query(scratch, &IID_IStorageItemProperties);
    check_ok(IStorageItemProperties_GetThumbnailAsync(properties, ThumbnailMode_ListView, 32, 0,
                                                      &operation));
    await_results(operation, &thumbnail);
    assert_null(thumbnail);
    check_hresult(E_INVALIDARG,
                  IStorageItemProperties_GetThumbnailAsync(properties, 6, 32, 0, &operation));
    release_ref(properties);
    check_last_release_soon(scratch);
}

static void null_pointers_are_refused(void **state)
{
    IAsyncOperation_IRandomAccessStream *operation = (void *)1;
    IRandomAccessStreamReference *reference;
    IInputStreamReference *input_reference;
    IStorageItemProperties *properties;
    IStorageFolder *scratch;
    IStorageFile2 *file2;
    IStorageFile *file;
    IStorageItem *item;

    (void)state;
    put_file("a", "");
    scratch = get_scratch();
    file = get_file(test_path("a"));
    file2 = query(file, &IID_IStorageFile2);
    item = query(file, &IID_IStorageItem);
    reference = query(file, &IID_IRandomAccessStreamReference);
    input_reference = query(file, &IID_IInputStreamReference);
    properties = query(file, &IID_IStorageItemProperties);

    check_hresult(E_POINTER, IStorageItem_RenameAsyncOverloadDefaultOptions(item, NULL, NULL));
    check_hresult(E_POINTER, IStorageItem_RenameAsync(item, NULL, 0, NULL));
    check_hresult(E_POINTER, IStorageItem_DeleteAsyncOverloadDefaultOptions(item, NULL));
    check_hresult(E_POINTER, IStorageItem_DeleteAsync(item, 0, NULL));
    check_hresult(E_POINTER, IStorageItem_GetBasicPropertiesAsync(item, NULL));
    check_hresult(E_POINTER, IStorageItem_get_Name(item, NULL));
    check_hresult(E_POINTER, IStorageItem_get_Path(item, NULL));
    check_hresult(E_POINTER, IStorageItem_get_Attributes(item, NULL));
    check_hresult(E_POINTER, IStorageItem_get_DateCreated(item, NULL));
    check_hresult(E_POINTER, IStorageItem_IsOfType(item, 0, NULL));
    check_hresult(E_POINTER, IStorageFile_get_FileType(file, NULL));
    check_hresult(E_POINTER, IStorageFile_get_ContentType(file, NULL));
    check_hresult(E_POINTER, IStorageFile_OpenAsync(file, 0, NULL));
    check_hresult(E_POINTER, IStorageFile_OpenTransactedWriteAsync(file, NULL));
    check_hresult(E_POINTER, IStorageFile_CopyOverloadDefaultNameAndOptions(file, scratch, NULL));
    check_hresult(E_POINTER, IStorageFile_CopyOverloadDefaultOptions(file, scratch, NULL, NULL));
    check_hresult(E_POINTER, IStorageFile_CopyOverload(file, scratch, NULL, 0, NULL));
    check_hresult(E_POINTER, IStorageFile_CopyAndReplaceAsync(file, file, NULL));
    check_hresult(E_POINTER, IStorageFile_MoveOverloadDefaultNameAndOptions(file, scratch, NULL));
    check_hresult(E_POINTER, IStorageFile_MoveOverloadDefaultOptions(file, scratch, NULL, NULL));
    check_hresult(E_POINTER, IStorageFile_MoveOverload(file, scratch, NULL, 0, NULL));
    check_hresult(E_POINTER, IStorageFile_MoveAndReplaceAsync(file, file, NULL));
    check_hresult(E_POINTER, IStorageFile2_OpenWithOptionsAsync(file2, 0, 0, NULL));
    check_hresult(E_POINTER, IStorageFile2_OpenTransactedWriteWithOptionsAsync(file2, 0, NULL));
    check_hresult(E_POINTER, IRandomAccessStreamReference_OpenReadAsync(reference, NULL));
    check_hresult(E_POINTER, IInputStreamReference_OpenSequentialReadAsync(input_reference, NULL));
    check_hresult(E_POINTER,
                  IStorageItemProperties_GetThumbnailAsyncOverloadDefaultSizeDefaultOptions(
                      properties, 0, NULL));
    check_hresult(E_POINTER,
                  IStorageItemProperties_GetThumbnailAsyncOverloadDefaultOptions(properties, 0, 0,
                                                                                 NULL));
    check_hresult(E_POINTER, IStorageItemProperties_GetThumbnailAsync(properties, 0, 0, 0, NULL));
    check_hresult(E_POINTER, IStorageItemProperties_get_DisplayName(properties, NULL));
    check_hresult(E_POINTER, IStorageItemProperties_get_DisplayType(properties, NULL));
    check_hresult(E_POINTER, IStorageItemProperties_get_FolderRelativeId(properties, NULL));
    check_hresult(E_POINTER, IStorageItemProperties_get_Properties(properties, NULL));
    check_hresult(E_INVALIDARG, IStorageFile_OpenAsync(file, 2, &operation));
    assert_null(operation);
    check_hresult(E_INVALIDARG, IStorageFile2_OpenWithOptionsAsync(file2, 0, 4, &operation));

    release_ref(properties);
    release_ref(input_reference);
    release_ref(reference);
    release_ref(item);
    release_ref(file2);
    check_last_release_soon(file);
    check_last_release_soon(scratch);
}

static void all_interfaces_are_one_object(void **state)
{
    static const GUID *const iids[] = {
        &IID_IStorageFile,  &IID_IInputStreamReference,  &IID_IRandomAccessStreamReference,
        &IID_IStorageItem,  &IID_IStorageItemProperties, &IID_IStorageItem2,
        &IID_IStorageFile2, &IID_IInspectable,           &IID_IAgileObject
    };
    IStorageFile *file;
    HSTRING name = NULL;
    ULONG count = 0;
    IID *known = NULL;
    size_t i;

    (void)state;
    put_file("a", "");
    file = get_file(test_path("a"));
    for (i = 0; i < sizeof(iids) / sizeof(iids[0]); i++) {
        void *other = query(file, iids[i]);

        check_same_object(file, other);
        release_ref(other);
    }
    check_ok(IStorageFile_GetIids(file, &count, &known));
    assert_int_equal(7, count);
    CoTaskMemFree(known);
    check_ok(IStorageFile_GetRuntimeClassName(file, &name));
    check_string("Windows.Storage.StorageFile", name);
    check_last_release_soon(file);
}

static void an_error_text_names_the_file(void **state)
{
    IStorageFolder *scratch = get_scratch();
    IAsyncOperation_StorageFile *operation = NULL;
    IErrorInfo *info = NULL;
    IStorageFile *file = NULL;
    BSTR text = NULL;
    UINT i, length;
    char narrow[600];

    (void)state;
    check_ok(IStorageFolder_GetFileAsync(scratch, string_of("missing.txt"), &operation));
    assert_int_equal(Error, await_operation(operation));
    check_hresult(HRESULT_NOT_FOUND, IAsyncOperation_StorageFile_GetResults(operation, &file));
    check_ok(GetErrorInfo(0, &info));
    check_ok(IErrorInfo_GetDescription(info, &text));
    length = SysStringLen(text);
    assert_in_range(length, 12, sizeof(narrow) - 1);
    for (i = 0; i < length; i++)
        narrow[i] = (char)text[i];
    narrow[length] = 0;
    assert_non_null(strstr(narrow, "missing.txt\""));
    SysFreeString(text);
    IErrorInfo_Release(info);
    release_ref(operation);
    check_last_release_soon(scratch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(types_come_from_the_extension),
    cmocka_unit_test(a_folder_keeps_its_whole_name),
    cmocka_unit_test(size_and_dates_are_those_of_the_disk),
    cmocka_unit_test(kind_and_attributes),
    cmocka_unit_test(equal_means_the_same_path),
    cmocka_unit_test(the_parent_is_the_folder_above),
    cmocka_unit_test(a_file_opens_for_reading_and_writing),
    cmocka_unit_test(there_are_no_thumbnails),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(all_interfaces_are_one_object),
    cmocka_unit_test(an_error_text_names_the_file),
};

TEST_MAIN(tests)
