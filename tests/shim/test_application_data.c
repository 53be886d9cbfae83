/* SPDX-License-Identifier: MIT */
/* ApplicationData: the app's own folders, and ms-appdata: Uris. */
#include "items.h"

#include <shobjidl.h>

#include "environment.h"
#include "file_access.h"
#include "paths.h"
#include "platform.h"

static IApplicationData *get_current(void)
{
    IApplicationDataStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_ApplicationData, &IID_IApplicationDataStatics);
    IApplicationData *data = NULL;

    check_ok(IApplicationDataStatics_get_Current(statics, &data));
    check_last_release(statics);
    return data;
}

/* The state's root is the folder `state` of the test's. */
static void use_app(const char *id)
{
    test_setenv("WINRT_STATE_DIR", item_path("state"));
    test_setenv("WINRT_APP_ID", id);
}

static void the_folders_are_below_the_apps_state(void **state)
{
    IApplicationData2 *data2;
    IStorageFolder *folder = NULL;
    IApplicationData *data;

    (void)state;
    use_app("My App/1");
    data = get_current();
    data2 = query(data, &IID_IApplicationData2);
    check_ok(IApplicationData_get_LocalFolder(data, &folder));
    check_place("state/My%20App%2F1/LocalState", folder);
    check_last_release(folder);
    check_ok(IApplicationData_get_RoamingFolder(data, &folder));
    check_place("state/My%20App%2F1/RoamingState", folder);
    check_last_release(folder);
    check_ok(IApplicationData_get_TemporaryFolder(data, &folder));
    check_place("state/My%20App%2F1/TempState", folder);
    check_last_release(folder);
    check_ok(IApplicationData2_get_LocalCacheFolder(data2, &folder));
    check_place("state/My%20App%2F1/LocalCache", folder);
    check_last_release(folder);
    assert_int_equal(4, count_entries("state/My%20App%2F1"));
    assert_true(is_private(test_path("state/My%20App%2F1/LocalState")));
    assert_true(is_private(test_path("state/My%20App%2F1")));
    release_ref(data2);
    check_last_release(data);
}

static void the_explicit_identity_counts_without_the_variable(void **state)
{
    IStorageFolder *folder = NULL;
    IApplicationData *data;

    (void)state;
    skip_under_wine("an explicit AppUserModelID is not kept");
    use_app(NULL);
    check_ok(SetCurrentProcessExplicitAppUserModelID(u"Contoso.Reader"));
    data = get_current();
    check_ok(IApplicationData_get_LocalFolder(data, &folder));
    check_place("state/Contoso.Reader/LocalState", folder);
    check_last_release(folder);
    use_app("Other");
    check_ok(IApplicationData_get_LocalFolder(data, &folder));
    check_place("state/Other/LocalState", folder);
    check_last_release(folder);
    check_last_release(data);
}

static void without_either_the_program_is_the_app(void **state)
{
    IStorageFolder *folder = NULL;
    IApplicationData *data;

    (void)state;
    use_app(NULL);
    data = get_current();
    check_ok(IApplicationData_get_LocalFolder(data, &folder));
    assert_int_equal(1, count_entries("state"));
    check_name("LocalState", folder);
    check_last_release(folder);
    check_last_release(data);
}

static void clearing_empties_the_folders(void **state)
{
    IStorageFolder *local = NULL, *temporary = NULL;
    IApplicationData *data;
    IAsyncAction *action = NULL;

    (void)state;
    use_app("app");
    data = get_current();
    check_ok(IApplicationData_get_LocalFolder(data, &local));
    check_ok(IApplicationData_get_TemporaryFolder(data, &temporary));
    put_file("state/app/LocalState/a", "");
    put_folder("state/app/LocalState/f");
    put_file("state/app/LocalState/f/b", "");
    put_file("state/app/TempState/t", "");
    check_ok(IApplicationData_ClearAsync(data, ApplicationDataLocality_Temporary, &action));
    await_results(action, NULL);
    assert_int_equal(0, count_entries("state/app/TempState"));
    assert_int_equal(2, count_entries("state/app/LocalState"));
    check_ok(IApplicationData_ClearAllAsync(data, &action));
    await_results(action, NULL);
    assert_int_equal(0, count_entries("state/app/LocalState"));
    check_ok(IApplicationData_ClearAsync(data, ApplicationDataLocality_SharedLocal, &action));
    await_error(E_NOTIMPL, action);
    check_hresult(E_INVALIDARG, IApplicationData_ClearAsync(data, 5, &action));
    check_last_release(temporary);
    check_last_release(local);
    check_last_release(data);
}

static IUriRuntimeClass *create_uri(const char *text)
{
    IUriRuntimeClassFactory *factory =
        get_statics(RuntimeClass_Windows_Foundation_Uri, &IID_IUriRuntimeClassFactory);
    IUriRuntimeClass *uri = NULL;

    check_ok(IUriRuntimeClassFactory_CreateUri(factory, string_of(text), &uri));
    release_ref(factory);
    return uri;
}

static void uris_of_the_apps_data_give_files(void **state)
{
    static const struct {
        const char *uri, *file;
    } table[] = {
        { "ms-appdata:///local/a.txt", "state/app/LocalState/a.txt" },
        { "ms-appdata:///local/sub/b%20c.txt", "state/app/LocalState/sub/b c.txt" },
        { "ms-appdata:///roaming/a.txt", "state/app/RoamingState/a.txt" },
        { "ms-appdata:///temp/a.txt", "state/app/TempState/a.txt" },
        { "ms-appdata:///localcache/a.txt", "state/app/LocalCache/a.txt" },
    };
    IStorageFileStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation = NULL;
    IApplicationData *data;
    IAsyncAction *action = NULL;
    IUriRuntimeClass *uri;
    IStorageFile *file = NULL;
    size_t i;

    (void)state;
    use_app("app");
    data = get_current();
    check_ok(IApplicationData_ClearAllAsync(data, &action)); /* makes the folders */
    await_results(action, NULL);
    check_last_release(data);
    put_folder("state/app/LocalState/sub");
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        put_file(table[i].file, "");
        uri = create_uri(table[i].uri);
        check_ok(IStorageFileStatics_GetFileFromApplicationUriAsync(statics, uri, &operation));
        await_results(operation, &file);
        check_place(table[i].file, file);
        check_last_release_soon(file);
        check_last_release(uri);
    }
    uri = create_uri("ms-appdata:///local/missing");
    check_ok(IStorageFileStatics_GetFileFromApplicationUriAsync(statics, uri, &operation));
    await_error(HRESULT_NOT_FOUND, operation);
    check_last_release(uri);
    check_last_release(statics);
}

static void uris_of_anything_else_are_refused(void **state)
{
    static const char *const uris[] = {
        "ms-appx:///a.txt",          "http://localhost/local/a",
        "file:///etc/passwd",        "ms-appdata:///other/a",
        "ms-appdata:///local",       "ms-appdata:///local/",
        "ms-appdata://host/local/a", "ms-appdata:///local/%2e%2e/%2e%2e/a",
        "ms-appdata:///local/a%2fb", "ms-appdata:///local/a%00b"
    };
    IStorageFileStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation = NULL;
    IUriRuntimeClass *uri;
    size_t i;

    (void)state;
    use_app("app");
    for (i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
        uri = create_uri(uris[i]);
        operation = (void *)1;
        check_hresult(E_INVALIDARG,
                      IStorageFileStatics_GetFileFromApplicationUriAsync(statics, uri, &operation));
        assert_null(operation);
        check_last_release(uri);
    }
    check_hresult(E_POINTER,
                  IStorageFileStatics_GetFileFromApplicationUriAsync(statics, NULL, &operation));
    uri = create_uri("ms-appdata:///local/a");
    check_hresult(E_POINTER,
                  IStorageFileStatics_GetFileFromApplicationUriAsync(statics, uri, NULL));
    check_last_release(uri);
    check_last_release(statics);
}

static void what_comes_later_says_so(void **state)
{
    IStorageFileStatics *files =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation = (void *)1;
    IApplicationDataContainer *container = (void *)1;
    EventRegistrationToken token = { 1 };
    IStorageFolder *folder = (void *)1;
    IApplicationData3 *data3;
    IApplicationData *data;
    IAsyncAction *action = (void *)1;
    UINT32 version = 1;
    UINT64 quota = 1;

    (void)state;
    use_app("app");
    data = get_current();
    data3 = query(data, &IID_IApplicationData3);
    check_hresult(E_NOTIMPL, IApplicationData_get_LocalSettings(data, &container));
    assert_null(container);
    check_hresult(E_NOTIMPL, IApplicationData_get_RoamingSettings(data, &container));
    check_hresult(E_NOTIMPL, IApplicationData_SetVersionAsync(data, 1, NULL, &action));
    assert_null(action);
    check_hresult(E_NOTIMPL, IApplicationData_add_DataChanged(data, NULL, &token));
    assert_int_equal(0, token.value);
    check_hresult(E_NOTIMPL, IApplicationData_remove_DataChanged(data, token));
    check_hresult(E_NOTIMPL, IApplicationData_SignalDataChanged(data));
    check_hresult(E_NOTIMPL,
                  IApplicationData3_GetPublisherCacheFolder(data3, string_of("a"), &folder));
    assert_null(folder);
    check_hresult(E_NOTIMPL,
                  IApplicationData3_ClearPublisherCacheFolderAsync(data3, string_of("a"), &action));
    check_hresult(E_NOTIMPL, IApplicationData3_get_SharedLocalFolder(data3, &folder));
    check_hresult(E_NOTIMPL,
                  IStorageFileStatics_CreateStreamedFileAsync(files, NULL, NULL, NULL, &operation));
    assert_null(operation);
    check_hresult(E_NOTIMPL, IStorageFileStatics_ReplaceWithStreamedFileAsync(files, NULL, NULL,
                                                                              NULL, &operation));
    check_hresult(E_NOTIMPL, IStorageFileStatics_CreateStreamedFileFromUriAsync(files, NULL, NULL,
                                                                                NULL, &operation));
    check_hresult(E_NOTIMPL,
                  IStorageFileStatics_ReplaceWithStreamedFileFromUriAsync(files, NULL, NULL, NULL,
                                                                          &operation));
    check_ok(IApplicationData_get_Version(data, &version));
    assert_int_equal(0, version);
    check_ok(IApplicationData_get_RoamingStorageQuota(data, &quota));
    assert_int_equal(0, quota);
    release_ref(data3);
    check_last_release(data);
    check_last_release(files);
}

static void null_pointers_are_refused(void **state)
{
    IApplicationDataStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_ApplicationData, &IID_IApplicationDataStatics);
    IStorageFileStatics *files =
        get_statics(RuntimeClass_Windows_Storage_StorageFile, &IID_IStorageFileStatics);
    IApplicationData2 *data2;
    IApplicationData3 *data3;
    IApplicationData *data;

    (void)state;
    use_app("app");
    data = get_current();
    data2 = query(data, &IID_IApplicationData2);
    data3 = query(data, &IID_IApplicationData3);
    check_hresult(E_POINTER, IApplicationDataStatics_get_Current(statics, NULL));
    check_hresult(E_POINTER, IApplicationData_get_Version(data, NULL));
    check_hresult(E_POINTER, IApplicationData_SetVersionAsync(data, 0, NULL, NULL));
    check_hresult(E_POINTER, IApplicationData_ClearAllAsync(data, NULL));
    check_hresult(E_POINTER, IApplicationData_ClearAsync(data, 0, NULL));
    check_hresult(E_POINTER, IApplicationData_get_LocalSettings(data, NULL));
    check_hresult(E_POINTER, IApplicationData_get_RoamingSettings(data, NULL));
    check_hresult(E_POINTER, IApplicationData_get_LocalFolder(data, NULL));
    check_hresult(E_POINTER, IApplicationData_get_RoamingFolder(data, NULL));
    check_hresult(E_POINTER, IApplicationData_get_TemporaryFolder(data, NULL));
    check_hresult(E_POINTER, IApplicationData_add_DataChanged(data, NULL, NULL));
    check_hresult(E_POINTER, IApplicationData_get_RoamingStorageQuota(data, NULL));
    check_hresult(E_POINTER, IApplicationData2_get_LocalCacheFolder(data2, NULL));
    check_hresult(E_POINTER, IApplicationData3_GetPublisherCacheFolder(data3, NULL, NULL));
    check_hresult(E_POINTER, IApplicationData3_ClearPublisherCacheFolderAsync(data3, NULL, NULL));
    check_hresult(E_POINTER, IApplicationData3_get_SharedLocalFolder(data3, NULL));
    check_hresult(E_POINTER,
                  IStorageFileStatics_CreateStreamedFileAsync(files, NULL, NULL, NULL, NULL));
    check_hresult(E_POINTER,
                  IStorageFileStatics_ReplaceWithStreamedFileAsync(files, NULL, NULL, NULL, NULL));
    check_hresult(E_POINTER, IStorageFileStatics_CreateStreamedFileFromUriAsync(files, NULL, NULL,
                                                                                NULL, NULL));
    check_hresult(E_POINTER,
                  IStorageFileStatics_ReplaceWithStreamedFileFromUriAsync(files, NULL, NULL, NULL,
                                                                          NULL));
    release_ref(data3);
    release_ref(data2);
    check_last_release(data);
    check_last_release(files);
    check_last_release(statics);
}

static void closing_is_harmless(void **state)
{
    IApplicationData *data;
    IClosable *closable;

    (void)state;
    use_app("app");
    data = get_current();
    closable = query(data, &IID_IClosable);
    check_ok(IClosable_Close(closable));
    check_ok(IClosable_Close(closable));
    release_ref(closable);
    check_last_release(data);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_folders_are_below_the_apps_state),
    cmocka_unit_test(the_explicit_identity_counts_without_the_variable),
    cmocka_unit_test(without_either_the_program_is_the_app),
    cmocka_unit_test(clearing_empties_the_folders),
    cmocka_unit_test(uris_of_the_apps_data_give_files),
    cmocka_unit_test(uris_of_anything_else_are_refused),
    cmocka_unit_test(what_comes_later_says_so),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(closing_is_harmless),
};

TEST_MAIN(tests)
