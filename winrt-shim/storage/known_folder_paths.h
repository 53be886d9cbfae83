/* SPDX-License-Identifier: MIT */
/* Where KnownFolders and DownloadsFolder are. */
#ifndef WINRT_STORAGE_KNOWN_FOLDER_PATHS_H
#define WINRT_STORAGE_KNOWN_FOLDER_PATHS_H

#include <windows.h>
#include <windows.storage.h>

/*
 * The folder's absolute path in a new string that the caller frees; the folder is made if it is
 * missing. E_NOTIMPL for those that a Linux desktop has no place for (HomeGroup,
 * MediaServerDevices, RemovableDevices, AllAppMods, CurrentAppMods), E_INVALIDARG for what is no
 * KnownFolderId.
 */
HRESULT known_folder_path(KnownFolderId id, char **path);

#endif
