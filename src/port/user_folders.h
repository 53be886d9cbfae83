/* SPDX-License-Identifier: MIT */
/*
 * Where the user keeps music, pictures and the like. On POSIX systems the xdg user directories:
 * the environment (XDG_MUSIC_DIR ...), then user-dirs.dirs in the user's configuration folder, then
 * the folder of the English name in the home folder. Any thread.
 */
#ifndef WINRT_PORT_USER_FOLDERS_H
#define WINRT_PORT_USER_FOLDERS_H

#include "status.h"

enum user_folder {
    USER_FOLDER_DOCUMENTS,
    USER_FOLDER_DOWNLOADS,
    USER_FOLDER_MUSIC,
    USER_FOLDER_PICTURES,
    USER_FOLDER_VIDEOS,
    USER_FOLDER_MAX
};

/* The absolute path in a new string that the caller frees; whether the folder exists is not looked
   at. PORT_NOT_FOUND if the user has no home folder. */
enum port_status user_folder_path(enum user_folder folder, char **ret);

#endif
