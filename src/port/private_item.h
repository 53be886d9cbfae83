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

/*
 * For the outermost folder of ours: that, and that nobody else can put another one in its place.
 * PORT_DENIED also if a folder above it is another user's (the system's may be), or one in which
 * everybody may rename what is not theirs (writable for all, and not sticky as /tmp is). On Windows
 * as private_item_check: above the user's profile folders nobody else may write.
 */
enum port_status private_item_check_root(const char *path);

/* Makes the folder, and what is missing above it, for the user alone. One that is there has to pass
 * the check of a root. PORT_NOT_A_FOLDER, as file_make_folders. */
enum port_status private_item_make_folder(const char *path);

#endif
