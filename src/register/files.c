/* SPDX-License-Identifier: MIT */
#include "files.h"

#include "src/port/memory.h"

/* Longer than any path that the system takes. */
enum {
    PATH_SIZE = 32768
};

bool file_exists(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

static bool file_identity(const WCHAR *path, BY_HANDLE_FILE_INFORMATION *information)
{
    HANDLE file = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    bool known;

    if (file == INVALID_HANDLE_VALUE)
        return false;
    known = GetFileInformationByHandle(file, information);
    CloseHandle(file);
    return known;
}

bool file_same(const WCHAR *path, const WCHAR *other)
{
    BY_HANDLE_FILE_INFORMATION one, two;

    return file_identity(path, &one) && file_identity(other, &two) &&
           one.dwVolumeSerialNumber == two.dwVolumeSerialNumber &&
           one.nFileIndexHigh == two.nFileIndexHigh && one.nFileIndexLow == two.nFileIndexLow;
}

static bool is_bare_name(const WCHAR *name)
{
    for (; *name; name++)
        if (*name == '\\' || *name == '/' || *name == ':')
            return false;
    return true;
}

WCHAR *dll_full_path(const WCHAR *name)
{
    WCHAR *path = memory_alloc(PATH_SIZE * sizeof(*path));
    DWORD length = 0;

    if (!path)
        return NULL;
    if (is_bare_name(name)) /* the folder of this program, the system's, the current one, PATH */
        length = SearchPathW(NULL, name, NULL, PATH_SIZE, path, NULL);
    if (!length || length >= PATH_SIZE)
        length = GetFullPathNameW(name, PATH_SIZE, path, NULL);
    if (length && length < PATH_SIZE)
        return path;
    memory_free(path);
    return NULL;
}

WCHAR *dll_beside_program(const WCHAR *name)
{
    WCHAR *path = memory_alloc(PATH_SIZE * sizeof(*path));
    DWORD length = path ? GetModuleFileNameW(NULL, path, PATH_SIZE) : 0;

    while (length && path[length - 1] != '\\')
        length--;
    if (length && length + lstrlenW(name) < PATH_SIZE) {
        lstrcpyW(path + length, name);
        return path;
    }
    memory_free(path);
    return NULL;
}
