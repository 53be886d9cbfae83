/* SPDX-License-Identifier: MIT */
/* Where an app's data is: folders below its state folder (src/port/app_identity.h). */
#ifndef WINRT_STORAGE_APPLICATION_DATA_FOLDERS_H
#define WINRT_STORAGE_APPLICATION_DATA_FOLDERS_H

#include <windows.h>
#include <windows.storage.h>

/*
 * The folder for local, roaming, temporary or cached data, made with access for this user alone if
 * it is missing; a new string that the caller frees. E_NOTIMPL for SharedLocal, E_INVALIDARG for
 * what is no locality.
 */
HRESULT application_data_path(ApplicationDataLocality locality, char **path);

#endif
