/* SPDX-License-Identifier: MIT */
#include "src/port/files.h"

#include <windows.h>

#include "file_access.h"
#include "file_rename.h"
#include "file_status.h"
#include "private_access.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/port/text.h"
#include "status.h"
#include "wide_path.h"

/* Others may do with an open file what they may on POSIX systems. */
#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* ReadFile and WriteFile count in 32 bits. */
#define MAX_TRANSFER (1u << 30)

static enum port_status status_of_call(BOOL result)
{
    return result ? PORT_OK : status_from_error(GetLastError());
}

static HANDLE handle_of(file_handle file)
{
    return (HANDLE)file;
}

static uint64_t join(DWORD high, DWORD low)
{
    return (uint64_t)high << 32 | low;
}

/* A file that gets bigger: sizes beyond what the volume has are invalid to Windows, and too much
   for its memory to Wine. */
static enum port_status status_of_size(DWORD error)
{
    return error == ERROR_INVALID_PARAMETER || error == ERROR_NOT_ENOUGH_MEMORY
               ? PORT_FILE_TOO_BIG
               : status_from_error(error);
}

static enum port_status real_resize(file_handle file, uint64_t size)
{
    FILE_END_OF_FILE_INFO info = { .EndOfFile.QuadPart = (LONGLONG)size };

    if (size > INT64_MAX)
        return PORT_INVALID;
    if (!SetFileInformationByHandle(handle_of(file), FileEndOfFileInfo, &info, sizeof(info)))
        return status_of_size(GetLastError());
    return PORT_OK;
}

static void real_close(file_handle file)
{
    CloseHandle(handle_of(file));
}

static bool is_link(HANDLE file)
{
    FILE_ATTRIBUTE_TAG_INFO info;

    return GetFileInformationByHandleEx(file, FileAttributeTagInfo, &info, sizeof(info)) &&
           (info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT);
}

static HANDLE create_file(const WCHAR *path, unsigned flags, SECURITY_ATTRIBUTES *attributes)
{
    DWORD access = 0, disposition = OPEN_EXISTING, native = FILE_ATTRIBUTE_NORMAL;

    if (flags & FILE_OPEN_WRITE)
        access |= GENERIC_WRITE;
    if (!(flags & FILE_OPEN_WRITE) || flags & FILE_OPEN_READ)
        access |= GENERIC_READ;
    if (flags & FILE_OPEN_CREATE)
        disposition = flags & FILE_OPEN_EXCLUSIVE ? CREATE_NEW : OPEN_ALWAYS;
    if (flags & FILE_OPEN_NO_FOLLOW)
        native |= FILE_FLAG_OPEN_REPARSE_POINT;
    return CreateFileW(path, access, SHARE_ALL, attributes, disposition, native, NULL);
}

static enum port_status open_wide(const WCHAR *path, unsigned flags, file_handle *ret)
{
    struct private_access access;
    enum port_status status;
    HANDLE file;

    if (flags & FILE_OPEN_PRIVATE) {
        status = private_access_init(&access, false);
        if (status)
            return status;
    }
    file = create_file(path, flags, flags & FILE_OPEN_PRIVATE ? &access.attributes : NULL);
    if (file == INVALID_HANDLE_VALUE)
        return file_status(GetLastError(), path);
    status = flags & FILE_OPEN_NO_FOLLOW && is_link(file) ? PORT_DENIED : PORT_OK;
    if (!status && flags & FILE_OPEN_TRUNCATE)
        status = real_resize((file_handle)file, 0);
    if (status)
        CloseHandle(file);
    else
        *ret = (file_handle)file;
    return status;
}

static enum port_status real_open(const char *path, unsigned flags, file_handle *ret)
{
    enum port_status status;
    struct wide_path wide;

    status = wide_path_init(&wide, path);
    if (!status)
        status = open_wide(wide.text, flags, ret);
    wide_path_free(&wide);
    return status;
}

static OVERLAPPED position_at(uint64_t offset)
{
    OVERLAPPED position = { .Offset = (DWORD)offset, .OffsetHigh = (DWORD)(offset >> 32) };

    return position;
}

static enum port_status real_read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                                     size_t *ret)
{
    OVERLAPPED position = position_at(offset);
    DWORD count = 0;

    if (offset > INT64_MAX)
        return PORT_INVALID;
    if (!ReadFile(handle_of(file), buffer, size < MAX_TRANSFER ? (DWORD)size : MAX_TRANSFER, &count,
                  &position) &&
        GetLastError() != ERROR_HANDLE_EOF)
        return status_from_error(GetLastError());
    *ret = count;
    return PORT_OK;
}

static enum port_status real_write_at(file_handle file, uint64_t offset, const void *buffer,
                                      size_t size, size_t *ret)
{
    OVERLAPPED position = position_at(offset);
    DWORD count = 0;

    if (offset > INT64_MAX)
        return PORT_INVALID;
    if (!WriteFile(handle_of(file), buffer, size < MAX_TRANSFER ? (DWORD)size : MAX_TRANSFER,
                   &count, &position))
        return status_of_size(GetLastError());
    *ret = count;
    return PORT_OK;
}

static int64_t universal_time(const FILETIME *time)
{
    return (int64_t)join(time->dwHighDateTime, time->dwLowDateTime);
}

static void set_info(struct file_info *ret, DWORD attributes, const FILETIME *modified,
                     const FILETIME *created)
{
    ret->kind = attributes & FILE_ATTRIBUTE_DIRECTORY ? FILE_KIND_FOLDER : FILE_KIND_FILE;
    ret->read_only = attributes & FILE_ATTRIBUTE_READONLY;
    ret->modified = universal_time(modified);
    ret->created =
        created->dwHighDateTime || created->dwLowDateTime ? universal_time(created) : ret->modified;
}

static enum port_status real_info(file_handle file, struct file_info *ret)
{
    BY_HANDLE_FILE_INFORMATION info;

    if (GetFileType(handle_of(file)) != FILE_TYPE_DISK) {
        ret->kind = FILE_KIND_OTHER;
        return PORT_OK;
    }
    if (!GetFileInformationByHandle(handle_of(file), &info))
        return status_from_error(GetLastError());
    set_info(ret, info.dwFileAttributes, &info.ftLastWriteTime, &info.ftCreationTime);
    ret->size = join(info.nFileSizeHigh, info.nFileSizeLow);
    ret->device = info.dwVolumeSerialNumber;
    ret->inode = join(info.nFileIndexHigh, info.nFileIndexLow);
    return PORT_OK;
}

/* An item to look at, or a folder to sync. */
static HANDLE open_item(const WCHAR *path, DWORD access)
{
    return CreateFileW(path, access, SHARE_ALL, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS,
                       NULL);
}

/* What the folder tells of an item that may not be opened. */
static enum port_status info_by_name(const WCHAR *path, struct file_info *ret)
{
    WIN32_FILE_ATTRIBUTE_DATA info;

    if (!GetFileAttributesExW(path, GetFileExInfoStandard, &info))
        return file_status(GetLastError(), path);
    set_info(ret, info.dwFileAttributes, &info.ftLastWriteTime, &info.ftCreationTime);
    ret->size = join(info.nFileSizeHigh, info.nFileSizeLow);
    return PORT_OK;
}

static enum port_status info_wide(const WCHAR *path, struct file_info *ret)
{
    HANDLE item = open_item(path, FILE_READ_ATTRIBUTES);
    enum port_status status;
    DWORD error;

    if (item == INVALID_HANDLE_VALUE) {
        error = GetLastError();
        return error == ERROR_ACCESS_DENIED || error == ERROR_SHARING_VIOLATION
                   ? info_by_name(path, ret)
                   : file_status(error, path);
    }
    status = real_info((file_handle)item, ret);
    CloseHandle(item);
    return status;
}

static enum port_status real_path_info(const char *path, struct file_info *ret)
{
    enum port_status status;
    struct wide_path wide;

    status = wide_path_init(&wide, path);
    if (!status)
        status = info_wide(wide.text, ret);
    wide_path_free(&wide);
    return status;
}

static enum port_status real_sync(file_handle file)
{
    return status_of_call(FlushFileBuffers(handle_of(file)));
}

/* FlushFileBuffers leaves nothing out. */
static enum port_status real_sync_times(file_handle file)
{
    (void)file;
    return PORT_OK;
}

/* It takes a handle of the volume, which only administrators get. */
static enum port_status real_sync_volume(file_handle file)
{
    (void)file;
    return PORT_NOT_SUPPORTED;
}

static enum port_status real_check_synced(file_handle file)
{
    return real_sync(file);
}

static enum port_status real_make_folder(const char *path, bool private)
{
    struct private_access access;
    enum port_status status;
    struct wide_path wide;

    if (private) {
        status = private_access_init(&access, true);
        if (status)
            return status;
    }
    status = wide_path_init(&wide, path);
    if (!status && !CreateDirectoryW(wide.text, private ? &access.attributes : NULL))
        status = file_status(GetLastError(), wide.text);
    wide_path_free(&wide);
    return status == PORT_IS_A_FOLDER ? PORT_EXISTS : status; /* a drive's root */
}

static enum port_status real_remove_folder(const char *path)
{
    enum port_status status;
    struct wide_path wide;

    status = wide_path_init(&wide, path);
    if (!status && !RemoveDirectoryW(wide.text))
        status = file_status(GetLastError(), wide.text);
    wide_path_free(&wide);
    return status == PORT_IS_A_FOLDER ? PORT_DENIED : status;
}

static enum file_kind kind_of_entry(const char *folder, const char *name, DWORD attributes)
{
    struct file_info info = { .kind = FILE_KIND_OTHER };
    char *path;

    if (!(attributes & (FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DEVICE)))
        return attributes & FILE_ATTRIBUTE_DIRECTORY ? FILE_KIND_FOLDER : FILE_KIND_FILE;
    path = memory_format("%s/%s", folder, name);
    if (!path || real_path_info(path, &info))
        info.kind = FILE_KIND_OTHER; /* a link that leads nowhere, or gone meanwhile */
    memory_free(path);
    return info.kind;
}

/* False to stop. A name that is no text cannot be said in any of our calls, so it is not told. */
static bool visit_entry(const char *folder, const WIN32_FIND_DATAW *entry, file_visitor visitor,
                        void *context, enum port_status *status)
{
    const WCHAR *wide = entry->cFileName;
    size_t length = 0;
    bool more = true;
    char *name;

    if (wide[0] == '.' && (!wide[1] || (wide[1] == '.' && !wide[2])))
        return true;
    while (length < MAX_PATH && wide[length])
        length++;
    *status = text_utf8_from_utf16(wide, length, &name, NULL);
    if (*status == PORT_INVALID) {
        *status = PORT_OK;
        return true;
    }
    if (!*status)
        more = visitor(context, name, kind_of_entry(folder, name, entry->dwFileAttributes));
    memory_free(name);
    return more && !*status;
}

/* Why nothing is found in it: an empty root has not even "." in it. */
static enum port_status unsearchable_status(DWORD error, const WCHAR *folder)
{
    DWORD attributes = GetFileAttributesW(folder);

    if (attributes == INVALID_FILE_ATTRIBUTES)
        return file_status(GetLastError(), folder);
    if (!(attributes & FILE_ATTRIBUTE_DIRECTORY))
        return PORT_NOT_A_FOLDER;
    return error == ERROR_FILE_NOT_FOUND ? PORT_OK : status_from_error(error);
}

static enum port_status visit_found(const char *path, HANDLE search, WIN32_FIND_DATAW *entry,
                                    file_visitor visitor, void *context)
{
    enum port_status status = PORT_OK;
    DWORD error;

    while (visit_entry(path, entry, visitor, context, &status)) {
        if (FindNextFileW(search, entry))
            continue;
        error = GetLastError();
        return error == ERROR_NO_MORE_FILES ? PORT_OK : status_from_error(error);
    }
    return status;
}

static enum port_status real_visit(const char *path, file_visitor visitor, void *context)
{
    enum port_status status;
    WIN32_FIND_DATAW entry;
    struct wide_path wide;
    HANDLE search;

    status = wide_path_init(&wide, path);
    if (status)
        goto done;
    wide_path_add_star(&wide);
    search = FindFirstFileExW(wide.text, FindExInfoBasic, &entry, FindExSearchNameMatch, NULL,
                              FIND_FIRST_EX_LARGE_FETCH);
    if (search == INVALID_HANDLE_VALUE) {
        DWORD error = GetLastError();

        wide_path_free(&wide);
        status = wide_path_init(&wide, path);
        if (!status)
            status = unsearchable_status(error, wide.text);
        goto done;
    }
    status = visit_found(path, search, &entry, visitor, context);
    FindClose(search);

done:
    wide_path_free(&wide);
    return status;
}

/* Of open_item, to which a folder is as good as a file. */
static enum port_status item_status(DWORD error, const WCHAR *path)
{
    return error == ERROR_ACCESS_DENIED ? PORT_DENIED : file_status(error, path);
}

/* It takes the right to make files and more, and not every file system does it. Where it cannot be
   asked for, what was done in the folder is done nevertheless. */
static enum port_status real_sync_folder(const char *path)
{
    enum port_status status;
    struct wide_path wide;
    HANDLE folder;

    status = wide_path_init(&wide, path);
    if (status)
        goto done;
    folder = open_item(wide.text, GENERIC_WRITE);
    if (folder == INVALID_HANDLE_VALUE) {
        status = item_status(GetLastError(), wide.text);
    } else {
        status = status_of_call(FlushFileBuffers(folder));
        CloseHandle(folder);
    }
    if (status == PORT_DENIED || status == PORT_NOT_SUPPORTED)
        status = PORT_OK;

done:
    wide_path_free(&wide);
    return status;
}

/* Wine 8 cannot tell long ones; those are taken to have no links. */
static enum port_status final_path(HANDLE item, const char *path, char **ret)
{
    DWORD size = 0, length = MAX_PATH;
    enum port_status status;
    WCHAR *wide = NULL;

    do {
        WCHAR *larger = memory_resize(wide, (size = length + 1) * sizeof(*wide));

        if (!larger) {
            memory_free(wide);
            return PORT_NO_MEMORY;
        }
        wide = larger;
        length =
            GetFinalPathNameByHandleW(item, wide, size, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
    } while (length > size);
    if (length)
        status = wide_path_to_ours(wide, length, ret);
    else if (GetLastError() == ERROR_MORE_DATA)
        status = path_from_native(path, ret);
    else
        status = status_from_error(GetLastError());
    memory_free(wide);
    return status;
}

static enum port_status real_real_path(const char *path, char **ret)
{
    enum port_status status;
    struct wide_path wide;
    HANDLE item;

    status = wide_path_init(&wide, path);
    if (status)
        goto done;
    item = open_item(wide.text, FILE_READ_ATTRIBUTES);
    if (item == INVALID_HANDLE_VALUE) {
        status = item_status(GetLastError(), wide.text);
    } else {
        status = final_path(item, path, ret);
        CloseHandle(item);
    }

done:
    wide_path_free(&wide);
    return status;
}

const struct file_ops file_real_ops = {
    .open = real_open,
    .close = real_close,
    .read_at = real_read_at,
    .write_at = real_write_at,
    .info = real_info,
    .resize = real_resize,
    .sync = real_sync,
    .sync_times = real_sync_times,
    .sync_volume = real_sync_volume,
    .check_synced = real_check_synced,
    .copy_access = win32_copy_access,
    .path_info = real_path_info,
    .rename = win32_rename,
    .remove = win32_remove,
    .make_folder = real_make_folder,
    .remove_folder = real_remove_folder,
    .visit = real_visit,
    .sync_folder = real_sync_folder,
    .real_path = real_real_path,
    .open_is_in_the_way = true,
};
