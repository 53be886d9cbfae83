/* SPDX-License-Identifier: MIT */
#include "src/port/user_folders.h"

#include <initguid.h>

#include <knownfolders.h>

#include "known_folder.h"

enum port_status user_folder_path(enum user_folder folder, char **ret)
{
    static const GUID *const table[USER_FOLDER_MAX] = {
        [USER_FOLDER_DOCUMENTS] = &FOLDERID_Documents,
        [USER_FOLDER_DOWNLOADS] = &FOLDERID_Downloads,
        [USER_FOLDER_MUSIC] = &FOLDERID_Music,
        [USER_FOLDER_PICTURES] = &FOLDERID_Pictures,
        [USER_FOLDER_VIDEOS] = &FOLDERID_Videos,
    };

    return known_folder_get(table[folder], ret);
}
