/* SPDX-License-Identifier: MIT */
/* Looking up items that exist. Blocks: call it on a worker. */
#ifndef WINRT_STORAGE_ITEM_FIND_H
#define WINRT_STORAGE_ITEM_FIND_H

#include <windows.h>

#include "src/port/files.h"

/* What the caller will have. */
enum item_wanted {
    ITEM_WANTED_FILE,
    ITEM_WANTED_FOLDER,
    ITEM_WANTED_ANY,
};

/*
 * Whether there is such an item at `path`. ERROR_FILE_NOT_FOUND; E_INVALIDARG if it is of the other
 * kind, or neither a file nor a folder (a device, a socket).
 */
HRESULT item_find(const char *path, enum item_wanted wanted, enum file_kind *kind);

/*
 * The same for a relative path (item_paths.h) in a folder; *path is a new string that the caller
 * frees. A name with backslashes that is not there as such is looked for with '/' in their place:
 * ported programs write "Assets\logo.png".
 */
HRESULT item_find_in(const char *folder, const char *name, enum item_wanted wanted, char **path,
                     enum file_kind *kind);

#endif
