/* SPDX-License-Identifier: MIT */
#include "known_folder_paths.h"

#include "item_error.h"
#include "item_paths.h"

#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/user_folders.h"
#include "winrt-shim/base/error.h"

/* Those that xdg has no name for are where Windows puts them: below another one. */
static const struct {
    bool exists;
    enum user_folder base;
    const char *name;
} table[] = {
    [KnownFolderId_AppCaptures] = { true, USER_FOLDER_VIDEOS, "Captures" },
    [KnownFolderId_CameraRoll] = { true, USER_FOLDER_PICTURES, "Camera Roll" },
    [KnownFolderId_DocumentsLibrary] = { true, USER_FOLDER_DOCUMENTS, NULL },
    [KnownFolderId_HomeGroup] = { .exists = false },
    [KnownFolderId_MediaServerDevices] = { .exists = false },
    [KnownFolderId_MusicLibrary] = { true, USER_FOLDER_MUSIC, NULL },
    [KnownFolderId_Objects3D] = { true, USER_FOLDER_DOCUMENTS, "3D Objects" },
    [KnownFolderId_PicturesLibrary] = { true, USER_FOLDER_PICTURES, NULL },
    [KnownFolderId_Playlists] = { true, USER_FOLDER_MUSIC, "Playlists" },
    [KnownFolderId_RecordedCalls] = { true, USER_FOLDER_DOCUMENTS, "Recorded Calls" },
    [KnownFolderId_RemovableDevices] = { .exists = false },
    [KnownFolderId_SavedPictures] = { true, USER_FOLDER_PICTURES, "Saved Pictures" },
    [KnownFolderId_Screenshots] = { true, USER_FOLDER_PICTURES, "Screenshots" },
    [KnownFolderId_VideosLibrary] = { true, USER_FOLDER_VIDEOS, NULL },
    [KnownFolderId_AllAppMods] = { .exists = false },
    [KnownFolderId_CurrentAppMods] = { .exists = false },
    [KnownFolderId_DownloadsFolder] = { true, USER_FOLDER_DOWNLOADS, NULL },
};

HRESULT known_folder_path(KnownFolderId id, char **path)
{
    char *base = NULL, *normal = NULL;
    enum port_status status;
    HRESULT hr;

    *path = NULL;
    if ((unsigned)id >= sizeof(table) / sizeof(table[0]))
        return E_INVALIDARG;
    if (!table[id].exists)
        return E_NOTIMPL;
    status = user_folder_path(table[id].base, &base);
    if (status)
        return error_originate(hresult_from_status(status), "The user has no home folder");
    hr = item_path_normalize(base, &normal);
    if (FAILED(hr))
        goto done;
    if (table[id].name) {
        *path = item_path_join(normal, table[id].name);
        hr = *path ? S_OK : E_OUTOFMEMORY;
    } else {
        *path = normal;
        normal = NULL;
    }
    if (SUCCEEDED(hr))
        hr = item_error(file_make_folders(*path, false), "make the folder", *path);
    if (FAILED(hr)) {
        memory_free(*path);
        *path = NULL;
    }

done:
    memory_free(normal);
    memory_free(base);
    return hr;
}
