/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_WIDE_PATH_H
#define WINRT_PORT_WIN32_WIDE_PATH_H

#include <windows.h>

#include "src/port/status.h"

/* In units; longer paths go to the heap. Most need no memory that might not be there when something
   is to be cleaned up. */
#define WIDE_PATH_ROOM 520

/* A path of ours as the system gets it: "\\?\C:\...", which may be long and is taken as it is
   written. */
struct wide_path {
    WCHAR *text; /* `room`, or a block */
    WCHAR room[WIDE_PATH_ROOM];
};

/*
 * PORT_INVALID for what would mean something else than a file on a disk: a backslash, a colon (a
 * stream of a file), a device's name. PORT_NAME_TOO_LONG, PORT_NO_MEMORY. Not to be moved;
 * wide_path_free afterwards, also on failure.
 */
enum port_status wide_path_init(struct wide_path *wide, const char *path);
void wide_path_free(struct wide_path *wide);

/* Makes "folder\*" of it. There is room for that once. */
void wide_path_add_star(struct wide_path *wide);

/* The other way round, with and without that prefix. PORT_INVALID, PORT_NO_MEMORY */
enum port_status wide_path_to_ours(const WCHAR *path, size_t length, char **ret);

#endif
