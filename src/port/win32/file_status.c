/* SPDX-License-Identifier: MIT */
#include "file_status.h"

#include <string.h>

#include "src/port/memory.h"
#include "status.h"

#define ROOT_LENGTH 7 /* of "\\?\C:\"; nothing above it can be a file */

bool file_is_folder(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) &&
           !(attributes & FILE_ATTRIBUTE_REPARSE_POINT);
}

/* Whether the nearest thing above it that is there is no folder. */
static bool is_below_file(const WCHAR *path)
{
    size_t length = 0;
    bool found = false;
    WCHAR *copy;

    while (path[length])
        length++;
    copy = memory_dup(path, (length + 1) * sizeof(*path));
    while (copy && !found && length > ROOT_LENGTH) {
        DWORD attributes;

        while (length > ROOT_LENGTH && copy[length - 1] != '\\')
            length--;
        copy[--length] = 0;
        attributes = GetFileAttributesW(copy);
        found = attributes != INVALID_FILE_ATTRIBUTES;
        if (found && !(attributes & FILE_ATTRIBUTE_DIRECTORY)) {
            memory_free(copy);
            return true;
        }
    }
    memory_free(copy);
    return false;
}

enum port_status file_status(DWORD error, const WCHAR *path)
{
    if (error == ERROR_ACCESS_DENIED && file_is_folder(path))
        return PORT_IS_A_FOLDER;
    if (error == ERROR_PATH_NOT_FOUND && is_below_file(path))
        return PORT_NOT_A_FOLDER;
    return status_from_error(error);
}
