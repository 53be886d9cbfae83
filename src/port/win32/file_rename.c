/* SPDX-License-Identifier: MIT */
/*
 * Renaming and removing as POSIX systems do it: also what is open, and what is read-only. Windows
 * can since 10 1709, on NTFS; where it cannot (other volumes, Wine 8), the older calls do what they
 * can.
 */
#include "file_rename.h"

#include <string.h>

#include "file_status.h"
#include "src/port/memory.h"
#include "status.h"
#include "wide_path.h"

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* What the headers of MinGW have not yet (page FILE_DISPOSITION_INFORMATION_EX). */
#define INFO_DISPOSITION_EX ((FILE_INFO_BY_HANDLE_CLASS)21)
#define INFO_RENAME_EX      ((FILE_INFO_BY_HANDLE_CLASS)22)
#define RENAME_REPLACE_POSIX \
    0x43 /* FILE_RENAME_REPLACE_IF_EXISTS, _POSIX_SEMANTICS, _IGNORE_READONLY_ATTRIBUTE */
#define DISPOSITION_DELETE_POSIX \
    0x13 /* FILE_DISPOSITION_DELETE, _POSIX_SEMANTICS, _IGNORE_READONLY_ATTRIBUTE */

/* FILE_RENAME_INFO, whose first member MinGW knows as a BOOLEAN only. */
struct rename_info {
    DWORD flags;
    HANDLE root;
    DWORD size; /* of the name in bytes */
    WCHAR name[];
};

static HANDLE open_for_delete(const WCHAR *path)
{
    return CreateFileW(path, DELETE | FILE_READ_ATTRIBUTES, SHARE_ALL, NULL, OPEN_EXISTING,
                       FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
}

/* Wine 8 has links to folders that no call means itself: each would move or remove the folder. */
static bool is_unreachable_link(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);
    FILE_ATTRIBUTE_TAG_INFO info = { 0 };
    HANDLE item;

    if (attributes == INVALID_FILE_ATTRIBUTES || !(attributes & FILE_ATTRIBUTE_DIRECTORY) ||
        !(attributes & FILE_ATTRIBUTE_REPARSE_POINT))
        return false;
    item = open_for_delete(path);
    if (item == INVALID_HANDLE_VALUE)
        return false;
    if (!GetFileInformationByHandleEx(item, FileAttributeTagInfo, &info, sizeof(info)))
        info.FileAttributes = 0;
    CloseHandle(item);
    return !(info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT);
}

static size_t length_of(const WCHAR *text)
{
    size_t length = 0;

    while (text[length])
        length++;
    return length;
}

/* Over a file that may be open. False if the system cannot, or something is in the way. */
static bool replace_open_file(const WCHAR *from, const WCHAR *to)
{
    size_t size = length_of(to) * sizeof(*to);
    struct rename_info *info;
    bool done = false;
    HANDLE file;

    info = memory_zalloc(sizeof(*info) + size + sizeof(*to));
    if (!info)
        return false;
    file = open_for_delete(from);
    if (file != INVALID_HANDLE_VALUE) {
        info->flags = RENAME_REPLACE_POSIX;
        info->size = (DWORD)size;
        memcpy(info->name, to, size);
        done = SetFileInformationByHandle(file, INFO_RENAME_EX, info,
                                          (DWORD)(sizeof(*info) + size + sizeof(*to)));
        CloseHandle(file);
    }
    memory_free(info);
    return done;
}

static bool is_inside(const WCHAR *path, const WCHAR *folder)
{
    size_t length = length_of(folder);

    return length_of(path) > length && path[length] == '\\' &&
           CompareStringOrdinal(path, (int)length, folder, (int)length, TRUE) == CSTR_EQUAL;
}

static bool is_same(const WCHAR *one, const WCHAR *other)
{
    return CompareStringOrdinal(one, -1, other, -1, TRUE) == CSTR_EQUAL;
}

static bool is_there(const WCHAR *path)
{
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static bool is_open(const WCHAR *path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);

    if (file == INVALID_HANDLE_VALUE)
        return GetLastError() == ERROR_SHARING_VIOLATION;
    CloseHandle(file);
    return false;
}

/* Nothing is ever replaced by a folder (Wine would do that), nor a folder by anything. */
static enum port_status check_kinds(const WCHAR *from, const WCHAR *to)
{
    bool from_folder = file_is_folder(from), to_folder = file_is_folder(to);

    if (from_folder && is_inside(to, from))
        return PORT_INVALID;
    if (from_folder && to_folder)
        return PORT_EXISTS;
    if (from_folder && is_there(to))
        return PORT_NOT_A_FOLDER;
    return to_folder && is_there(from) ? PORT_IS_A_FOLDER : PORT_OK;
}

/* What was in the way may be gone by the time somebody looks: then it is tried again. */
static enum port_status replace(const WCHAR *from, const WCHAR *to)
{
    for (unsigned tries = 0; tries < 2; tries++) {
        DWORD error;

        if (MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING))
            return PORT_OK;
        error = GetLastError();
        if (error != ERROR_ACCESS_DENIED)
            return file_status(error, is_there(from) ? to : from);
        if (replace_open_file(from, to))
            return PORT_OK;
        if (is_open(to))
            return PORT_BUSY;
    }
    return PORT_DENIED;
}

static enum port_status rename_over(const WCHAR *from, const WCHAR *to)
{
    enum port_status status = PORT_OK;

    if (!is_same(from, to))
        status = check_kinds(from, to);
    return status ? status : replace(from, to);
}

static enum port_status rename_wide(const WCHAR *from, const WCHAR *to, bool replace)
{
    DWORD error;

    if (is_unreachable_link(from))
        return PORT_DENIED;
    if (replace)
        return rename_over(from, to);
    if (MoveFileExW(from, to, 0))
        return PORT_OK;
    error = GetLastError();
    if (file_is_folder(from) && is_inside(to, from))
        return PORT_INVALID;
    return file_status(error, is_there(from) ? to : from);
}

enum port_status win32_rename(const char *from, const char *to, bool replace)
{
    struct wide_path wide_from, wide_to;
    enum port_status status, status_to;

    status = wide_path_init(&wide_from, from);
    status_to = wide_path_init(&wide_to, to);
    if (!status)
        status = status_to;
    if (!status)
        status = rename_wide(wide_from.text, wide_to.text, replace);
    wide_path_free(&wide_to);
    wide_path_free(&wide_from);
    return status;
}

static bool remove_open_file(const WCHAR *path)
{
    DWORD flags = DISPOSITION_DELETE_POSIX;
    HANDLE file = open_for_delete(path);
    bool done;

    if (file == INVALID_HANDLE_VALUE)
        return false;
    done = SetFileInformationByHandle(file, INFO_DISPOSITION_EX, &flags, sizeof(flags));
    CloseHandle(file);
    return done;
}

/* Without the attribute that keeps it, which comes back if that was not what kept it. */
static bool remove_read_only(const WCHAR *path, DWORD attributes)
{
    DWORD without = attributes & ~(DWORD)FILE_ATTRIBUTE_READONLY;

    if (!SetFileAttributesW(path, without ? without : FILE_ATTRIBUTE_NORMAL))
        return false;
    if (DeleteFileW(path))
        return true;
    SetFileAttributesW(path, attributes);
    return false;
}

static enum port_status remove_wide(const WCHAR *path)
{
    DWORD error, attributes;

    if (DeleteFileW(path))
        return PORT_OK;
    error = GetLastError();
    if (error != ERROR_ACCESS_DENIED)
        return file_status(error, path);
    attributes = GetFileAttributesW(path);
    if (attributes == INVALID_FILE_ATTRIBUTES)
        return PORT_DENIED;
    if (attributes & FILE_ATTRIBUTE_DIRECTORY) {
        if (!(attributes & FILE_ATTRIBUTE_REPARSE_POINT))
            return PORT_IS_A_FOLDER;
        /* A link to a folder: itself, not what it leads to. */
        return !is_unreachable_link(path) && RemoveDirectoryW(path) ? PORT_OK : PORT_DENIED;
    }
    if (attributes & FILE_ATTRIBUTE_READONLY &&
        (remove_open_file(path) || remove_read_only(path, attributes)))
        return PORT_OK;
    return PORT_DENIED;
}

enum port_status win32_remove(const char *path)
{
    enum port_status status;
    struct wide_path wide;

    status = wide_path_init(&wide, path);
    if (!status)
        status = remove_wide(wide.text);
    wide_path_free(&wide);
    return status;
}
