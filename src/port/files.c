/* SPDX-License-Identifier: MIT */
#include "files.h"

#include <string.h>

#include "memory.h"
#include "paths.h"

static const struct file_ops *current_ops = &file_real_ops;

const struct file_ops *file_set_ops(const struct file_ops *ops)
{
    const struct file_ops *before = current_ops;

    current_ops = ops ? ops : &file_real_ops;
    return before;
}

enum port_status file_open(const char *path, unsigned flags, file_handle *ret)
{
    *ret = FILE_HANDLE_NONE;
    return current_ops->open(path, flags, ret);
}

bool file_open_is_in_the_way(void)
{
    return current_ops->open_is_in_the_way;
}

void file_close(file_handle file)
{
    if (file != FILE_HANDLE_NONE)
        current_ops->close(file);
}

enum port_status file_read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                              size_t *ret)
{
    size_t done = 0;

    *ret = 0;
    while (done < size) {
        size_t count = 0;
        enum port_status status =
            current_ops->read_at(file, offset + done, (char *)buffer + done, size - done, &count);

        if (status)
            return status;
        if (!count)
            break;
        done += count;
    }
    *ret = done;
    return PORT_OK;
}

enum port_status file_write_at(file_handle file, uint64_t offset, const void *buffer, size_t size)
{
    size_t done = 0;

    while (done < size) {
        size_t count = 0;
        enum port_status status =
            current_ops->write_at(file, offset + done, (const char *)buffer + done, size - done,
                                  &count);

        if (status)
            return status;
        if (!count)
            return PORT_IO;
        done += count;
    }
    return PORT_OK;
}

enum port_status file_get_info(file_handle file, struct file_info *ret)
{
    memset(ret, 0, sizeof(*ret));
    return current_ops->info(file, ret);
}

enum port_status file_resize(file_handle file, uint64_t size)
{
    return current_ops->resize(file, size);
}

enum port_status file_sync(file_handle file)
{
    return current_ops->sync(file);
}

enum port_status file_sync_times(file_handle file)
{
    return current_ops->sync_times(file);
}

enum port_status file_sync_volume(file_handle file)
{
    return current_ops->sync_volume(file);
}

enum port_status file_check_synced(file_handle file)
{
    return current_ops->check_synced(file);
}

enum port_status file_copy_access(file_handle from, file_handle to)
{
    return current_ops->copy_access(from, to);
}

enum port_status file_path_info(const char *path, struct file_info *ret)
{
    memset(ret, 0, sizeof(*ret));
    return current_ops->path_info(path, ret);
}

enum port_status file_rename(const char *from, const char *to, bool replace)
{
    return current_ops->rename(from, to, replace);
}

enum port_status file_remove(const char *path)
{
    return current_ops->remove(path);
}

enum port_status file_make_folder(const char *path, bool private)
{
    return current_ops->make_folder(path, private);
}

enum port_status file_make_folders(const char *path, bool private)
{
    enum port_status status = file_make_folder(path, private);
    char *parent = NULL;
    struct file_info info;
    char *slash;

    if (status == PORT_NOT_FOUND) {
        parent = memory_strdup(path);
        if (!parent)
            return PORT_NO_MEMORY;
        slash = strrchr(parent, '/');
        if (!slash || slash < parent + path_root_length(parent))
            goto done;
        *slash = 0;
        status = file_make_folders(parent, private);
        if (status)
            goto done;
        status = file_make_folder(path, private);
    }
    if (status == PORT_EXISTS) {
        status = file_path_info(path, &info);
        if (!status && info.kind != FILE_KIND_FOLDER)
            status = PORT_NOT_A_FOLDER;
    }

done:
    memory_free(parent);
    return status;
}

enum port_status file_remove_folder(const char *path)
{
    return current_ops->remove_folder(path);
}

enum port_status file_visit(const char *path, file_visitor visitor, void *context)
{
    return current_ops->visit(path, visitor, context);
}

enum port_status file_sync_folder(const char *path)
{
    return current_ops->sync_folder(path);
}

enum port_status file_real_path(const char *path, char **ret)
{
    *ret = NULL;
    return current_ops->real_path(path, ret);
}

enum port_status file_load(const char *path, size_t limit, void **ret, size_t *ret_size)
{
    file_handle file = FILE_HANDLE_NONE;
    struct file_info info;
    enum port_status status;
    char *block = NULL;
    size_t count = 0;

    *ret = NULL;
    *ret_size = 0;
    status = file_open(path, FILE_OPEN_READ, &file);
    if (status)
        return status;
    status = file_get_info(file, &info);
    if (status)
        goto done;
    if (info.kind == FILE_KIND_FOLDER || info.size > limit) {
        status = info.kind == FILE_KIND_FOLDER ? PORT_IS_A_FOLDER : PORT_FILE_TOO_BIG;
        goto done;
    }
    block = memory_alloc((size_t)info.size + 1);
    if (!block) {
        status = PORT_NO_MEMORY;
        goto done;
    }
    status = file_read_at(file, 0, block, (size_t)info.size, &count);
    if (status)
        goto done;
    block[count] = 0;
    *ret = block;
    *ret_size = count;
    block = NULL;

done:
    memory_free(block);
    file_close(file);
    return status;
}
