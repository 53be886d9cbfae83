/* SPDX-License-Identifier: MIT */
#include "user_libraries.h"

void check_library(library_getter get, const char *expected)
{
    IKnownFoldersStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_KnownFolders, &IID_IKnownFoldersStatics);
    IStorageFolder *folder = NULL;

    check_ok(get(statics, &folder));
    check_place(expected, folder);
    assert_true(exists(expected));
    check_last_release(folder);
    release_ref(statics);
}

HRESULT music_library(IKnownFoldersStatics *statics, IStorageFolder **folder)
{
    return IKnownFoldersStatics_get_MusicLibrary(statics, folder);
}

HRESULT pictures_library(IKnownFoldersStatics *statics, IStorageFolder **folder)
{
    return IKnownFoldersStatics_get_PicturesLibrary(statics, folder);
}

HRESULT videos_library(IKnownFoldersStatics *statics, IStorageFolder **folder)
{
    return IKnownFoldersStatics_get_VideosLibrary(statics, folder);
}

HRESULT documents_library(IKnownFoldersStatics *statics, IStorageFolder **folder)
{
    return IKnownFoldersStatics_get_DocumentsLibrary(statics, folder);
}
