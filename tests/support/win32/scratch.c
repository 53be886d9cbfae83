/* SPDX-License-Identifier: MIT */
#include "../scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>
#include <aclapi.h>

#include "wide.h"

#define LONGEST_PATH 1024

/* An item without a list may be opened by everybody: what a test locked can be emptied again. */
static void unlock(WCHAR *path)
{
    SetNamedSecurityInfoW(path, SE_FILE_OBJECT,
                          DACL_SECURITY_INFORMATION | UNPROTECTED_DACL_SECURITY_INFORMATION, NULL,
                          NULL, NULL, NULL);
    SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
}

static bool join(WCHAR *path, const WCHAR *folder, const WCHAR *name)
{
    int folder_length = lstrlenW(folder), name_length = lstrlenW(name);

    if (folder_length + name_length + 2 > LONGEST_PATH)
        return false;
    memcpy(path, folder, (size_t)folder_length * sizeof(*path));
    path[folder_length] = '\\';
    memcpy(path + folder_length + 1, name, ((size_t)name_length + 1) * sizeof(*path));
    return true;
}

static bool is_itself_or_parent(const WCHAR *name)
{
    return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static bool remove_item(WCHAR *path, DWORD attributes);

static bool empty_folder(const WCHAR *folder)
{
    WCHAR path[LONGEST_PATH];
    WIN32_FIND_DATAW found;
    bool ok = join(path, folder, u"*");
    HANDLE search;

    if (!ok)
        return false;
    search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE)
        return GetLastError() == ERROR_FILE_NOT_FOUND;
    do {
        if (!is_itself_or_parent(found.cFileName))
            ok = join(path, folder, found.cFileName) && remove_item(path, found.dwFileAttributes) &&
                 ok;
    } while (FindNextFileW(search, &found));
    FindClose(search);
    return ok;
}

static bool remove_item(WCHAR *path, DWORD attributes)
{
    unlock(path);
    if (!(attributes & FILE_ATTRIBUTE_DIRECTORY))
        return DeleteFileW(path);
    if (!(attributes & FILE_ATTRIBUTE_REPARSE_POINT) && !empty_folder(path))
        return false;
    return RemoveDirectoryW(path);
}

static bool make_folders(WCHAR *path)
{
    for (WCHAR *c = path; *c; c++) {
        if (*c != '\\' || c == path || c[-1] == ':')
            continue;
        *c = 0;
        CreateDirectoryW(path, NULL); /* whether it is there, the last one tells */
        *c = '\\';
    }
    return CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS;
}

bool scratch_prepare(const char *path)
{
    WCHAR *wide = test_wide_path(path);
    DWORD attributes = GetFileAttributesW(wide);
    bool ok = (attributes == INVALID_FILE_ATTRIBUTES || remove_item(wide, attributes)) &&
              make_folders(wide);

    free(wide);
    return ok;
}
