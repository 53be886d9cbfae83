/* SPDX-License-Identifier: MIT */
/* Whether files and folders of ours are for the user alone. docs/store.md */
#ifndef WINRT_PORT_PRIVATE_ITEM_H
#define WINRT_PORT_PRIVATE_ITEM_H

#include "status.h"

/*
 * PORT_DENIED if the file or folder at the path is a link, another user's, or one that others may
 * read or write (the system and its administrators may on Windows, who can anyway; on POSIX systems
 * a group that has the user's name and nobody else in it is nobody else). As file_path_info
 * otherwise.
 */
enum port_status private_item_check(const char *path);

/* Makes the folder, and what is missing above it, for the user alone. One that is there has to pass
 * the check. PORT_NOT_A_FOLDER, as file_make_folders. */
enum port_status private_item_make_folder(const char *path);

#endif
