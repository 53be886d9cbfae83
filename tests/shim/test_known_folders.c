/* SPDX-License-Identifier: MIT */
/* KnownFolders and DownloadsFolder: below a home folder of the test's own. */
#include "user_libraries.h"
#include "user_home.h"

static void without_settings_the_english_names_are_used(void **state)
{
    (void)state;
    use_home();
    check_library(music_library, "Music");
    check_library(pictures_library, "Pictures");
    check_library(videos_library, "Videos");
    check_library(documents_library, "Documents");
    check_library(documents_library, "Documents");
}

static void what_has_no_place_is_not_implemented(void **state)
{
    IKnownFoldersStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_KnownFolders, &IID_IKnownFoldersStatics);
    IStorageFolder *folder = (void *)1;

    (void)state;
    use_home();
    check_hresult(E_NOTIMPL, IKnownFoldersStatics_get_HomeGroup(statics, &folder));
    assert_null(folder);
    check_hresult(E_NOTIMPL, IKnownFoldersStatics_get_RemovableDevices(statics, &folder));
    check_hresult(E_NOTIMPL, IKnownFoldersStatics_get_MediaServerDevices(statics, &folder));
    check_last_release(statics);
}

static void the_newer_ones_are_below_the_libraries(void **state)
{
    IKnownFoldersStatics2 *statics =
        get_statics(RuntimeClass_Windows_Storage_KnownFolders, &IID_IKnownFoldersStatics2);
    IStorageFolder *folder = NULL;

    (void)state;
    use_home();
    check_ok(IKnownFoldersStatics2_get_AppCaptures(statics, &folder));
    check_place("Videos/Captures", folder);
    check_last_release(folder);
    check_ok(IKnownFoldersStatics2_get_Objects3D(statics, &folder));
    check_place("Documents/3D Objects", folder);
    check_last_release(folder);
    check_ok(IKnownFoldersStatics2_get_RecordedCalls(statics, &folder));
    check_place("Documents/Recorded Calls", folder);
    check_last_release(folder);
    check_last_release(statics);
}

static void each_identifier_gives_its_folder(void **state)
{
    static const struct {
        KnownFolderId id;
        const char *expected; /* NULL: none */
    } table[] = {
        { KnownFolderId_AppCaptures, "Videos/Captures" },
        { KnownFolderId_CameraRoll, "Pictures/Camera Roll" },
        { KnownFolderId_DocumentsLibrary, "Documents" },
        { KnownFolderId_HomeGroup, NULL },
        { KnownFolderId_MediaServerDevices, NULL },
        { KnownFolderId_MusicLibrary, "Music" },
        { KnownFolderId_Objects3D, "Documents/3D Objects" },
        { KnownFolderId_PicturesLibrary, "Pictures" },
        { KnownFolderId_Playlists, "Music/Playlists" },
        { KnownFolderId_RecordedCalls, "Documents/Recorded Calls" },
        { KnownFolderId_RemovableDevices, NULL },
        { KnownFolderId_SavedPictures, "Pictures/Saved Pictures" },
        { KnownFolderId_Screenshots, "Pictures/Screenshots" },
        { KnownFolderId_VideosLibrary, "Videos" },
        { KnownFolderId_AllAppMods, NULL },
        { KnownFolderId_CurrentAppMods, NULL },
        { KnownFolderId_DownloadsFolder, "Downloads" },
    };
    IKnownFoldersStatics3 *statics =
        get_statics(RuntimeClass_Windows_Storage_KnownFolders, &IID_IKnownFoldersStatics3);
    IAsyncOperation_StorageFolder *operation = NULL;
    size_t i;

    (void)state;
    use_home();
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        IStorageFolder *folder = NULL;

        check_ok(
            IKnownFoldersStatics3_GetFolderForUserAsync(statics, NULL, table[i].id, &operation));
        if (table[i].expected) {
            await_results(operation, &folder);
            check_place(table[i].expected, folder);
            check_last_release_soon(folder);
        } else {
            await_error(E_NOTIMPL, operation);
        }
    }
    check_hresult(E_INVALIDARG, IKnownFoldersStatics3_GetFolderForUserAsync(
                                    statics, NULL, KnownFolderId_DownloadsFolder + 1, &operation));
    assert_null(operation);
    check_hresult(E_POINTER, IKnownFoldersStatics3_GetFolderForUserAsync(statics, NULL, 0, NULL));
    check_last_release(statics);
}

static void null_pointers_are_refused(void **state)
{
    IKnownFoldersStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_KnownFolders, &IID_IKnownFoldersStatics);
    IKnownFoldersStatics2 *statics2 = query(statics, &IID_IKnownFoldersStatics2);

    (void)state;
    use_home();
    check_hresult(E_POINTER, IKnownFoldersStatics_get_MusicLibrary(statics, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics_get_PicturesLibrary(statics, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics_get_VideosLibrary(statics, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics_get_DocumentsLibrary(statics, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics_get_HomeGroup(statics, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics_get_RemovableDevices(statics, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics_get_MediaServerDevices(statics, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics2_get_Objects3D(statics2, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics2_get_AppCaptures(statics2, NULL));
    check_hresult(E_POINTER, IKnownFoldersStatics2_get_RecordedCalls(statics2, NULL));
    release_ref(statics2);
    check_last_release(statics);
}

static void downloads_get_a_number_when_the_name_is_taken(void **state)
{
    IDownloadsFolderStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_DownloadsFolder, &IID_IDownloadsFolderStatics);
    IAsyncOperation_StorageFolder *folder_operation = NULL;
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFolder *folder = NULL;
    IStorageFile *file = NULL;

    (void)state;
    use_home();
    check_ok(IDownloadsFolderStatics_CreateFileAsync(statics, string_of("a.txt"), &operation));
    await_results(operation, &file);
    check_place("Downloads/a.txt", file);
    check_last_release_soon(file);
    check_ok(IDownloadsFolderStatics_CreateFileAsync(statics, string_of("a.txt"), &operation));
    await_results(operation, &file);
    check_place("Downloads/a (2).txt", file);
    check_last_release_soon(file);
    check_ok(IDownloadsFolderStatics_CreateFileWithCollisionOptionAsync(
        statics, string_of("a.txt"), CreationCollisionOption_FailIfExists, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);
    check_ok(IDownloadsFolderStatics_CreateFolderAsync(statics, string_of("f"), &folder_operation));
    await_results(folder_operation, &folder);
    check_place("Downloads/f", folder);
    check_last_release_soon(folder);
    check_ok(IDownloadsFolderStatics_CreateFolderWithCollisionOptionAsync(
        statics, string_of("f"), CreationCollisionOption_OpenIfExists, &folder_operation));
    await_results(folder_operation, &folder);
    check_place("Downloads/f", folder);
    check_last_release_soon(folder);

    check_hresult(E_POINTER,
                  IDownloadsFolderStatics_CreateFileAsync(statics, string_of("a"), NULL));
    check_hresult(E_POINTER,
                  IDownloadsFolderStatics_CreateFolderAsync(statics, string_of("a"), NULL));
    check_hresult(E_POINTER, IDownloadsFolderStatics_CreateFileWithCollisionOptionAsync(
                                 statics, string_of("a"), 0, NULL));
    check_hresult(E_POINTER, IDownloadsFolderStatics_CreateFolderWithCollisionOptionAsync(
                                 statics, string_of("a"), 0, NULL));
    check_hresult(E_INVALIDARG, IDownloadsFolderStatics_CreateFileAsync(statics, NULL, &operation));
    check_hresult(E_INVALIDARG, IDownloadsFolderStatics_CreateFileWithCollisionOptionAsync(
                                    statics, string_of("a"), 4, &operation));
    check_last_release(statics);
}

/* As every error of the disk that comes from an asynchronous method. */
static void downloads_that_cannot_be_made_are_the_operations_error(void **state)
{
    IDownloadsFolderStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_DownloadsFolder, &IID_IDownloadsFolderStatics);
    IAsyncOperation_StorageFile *operation = NULL;

    (void)state;
    use_home();
    put_file("Downloads", "a file");
    check_ok(IDownloadsFolderStatics_CreateFileAsync(statics, string_of("a"), &operation));
    await_error(__HRESULT_FROM_WIN32(ERROR_DIRECTORY), operation);
    check_last_release(statics);
}

static void a_library_that_cannot_be_made_is_an_error(void **state)
{
    IKnownFoldersStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_KnownFolders, &IID_IKnownFoldersStatics);
    IStorageFolder *folder = (void *)1;

    (void)state;
    use_home();
    put_file("Music", "a file");
    check_hresult(__HRESULT_FROM_WIN32(ERROR_DIRECTORY),
                  IKnownFoldersStatics_get_MusicLibrary(statics, &folder));
    assert_null(folder);
    check_last_release(statics);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(without_settings_the_english_names_are_used),
    cmocka_unit_test(what_has_no_place_is_not_implemented),
    cmocka_unit_test(the_newer_ones_are_below_the_libraries),
    cmocka_unit_test(each_identifier_gives_its_folder),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(downloads_get_a_number_when_the_name_is_taken),
    cmocka_unit_test(a_library_that_cannot_be_made_is_an_error),
    cmocka_unit_test(downloads_that_cannot_be_made_are_the_operations_error),
};

TEST_MAIN(tests)
