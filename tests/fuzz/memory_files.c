/* SPDX-License-Identifier: MIT */
#include "memory_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define FILES 4

struct memory_file {
    char path[256]; /* "": none */
    uint8_t *bytes;
    size_t size, room;
};

static struct memory_file files[FILES];
static const char *prefix;
static bool no_filling;

/* More zeros than this at once are room for what comes later. */
#define FILLING 1024

/* Handles of ours are those of no system. */
#define FIRST_HANDLE ((file_handle)0x7f000000)

static struct memory_file *of_handle(file_handle handle)
{
    return handle >= FIRST_HANDLE && handle < FIRST_HANDLE + FILES ? &files[handle - FIRST_HANDLE]
                                                                   : NULL;
}

static bool is_ours(const char *path)
{
    return !strncmp(path, prefix, strlen(prefix));
}

static struct memory_file *find(const char *path)
{
    for (size_t i = 0; i < FILES; i++) {
        if (!strcmp(files[i].path, path))
            return &files[i];
    }
    return NULL;
}

static void set_path(struct memory_file *file, const char *path)
{
    snprintf(file->path, sizeof(file->path), "%s", path);
}

static struct memory_file *make(const char *path)
{
    struct memory_file *file = find("");

    REQUIRE(file && strlen(path) < sizeof(file->path));
    set_path(file, path);
    return file;
}

/* Its memory stays for the next one of that slot. */
static void drop(struct memory_file *file)
{
    file->path[0] = 0;
    file->size = 0;
}

static void reserve(struct memory_file *file, size_t size)
{
    if (size > file->room) {
        file->room = size + (128u << 10);
        file->bytes = realloc(file->bytes, file->room);
        REQUIRE(file->bytes);
    }
    if (size > file->size) {
        memset(file->bytes + file->size, 0, size - file->size);
        file->size = size;
    }
}

static enum port_status open_file(const char *path, unsigned flags, file_handle *ret)
{
    struct memory_file *file;

    if (!is_ours(path))
        return file_real_ops.open(path, flags, ret);
    file = find(path);
    *ret = FILE_HANDLE_NONE;
    if (file && flags & FILE_OPEN_EXCLUSIVE)
        return PORT_EXISTS;
    if (!file && !(flags & FILE_OPEN_CREATE))
        return PORT_NOT_FOUND;
    if (!file)
        file = make(path);
    if (flags & FILE_OPEN_TRUNCATE)
        file->size = 0;
    *ret = FIRST_HANDLE + (file - files);
    return PORT_OK;
}

static void close_file(file_handle handle)
{
    if (!of_handle(handle))
        file_real_ops.close(handle);
}

static enum port_status read_at(file_handle handle, uint64_t offset, void *buffer, size_t size,
                                size_t *ret)
{
    struct memory_file *file = of_handle(handle);

    if (!file)
        return file_real_ops.read_at(handle, offset, buffer, size, ret);
    *ret = offset >= file->size         ? 0
           : size > file->size - offset ? (size_t)(file->size - offset)
                                        : size;
    if (*ret)
        memcpy(buffer, file->bytes + offset, *ret);
    return PORT_OK;
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
    return !bytes[0] && !memcmp(bytes, bytes + 1, size - 1);
}

static enum port_status write_at(file_handle handle, uint64_t offset, const void *buffer,
                                 size_t size, size_t *ret)
{
    struct memory_file *file = of_handle(handle);

    if (!file)
        return file_real_ops.write_at(handle, offset, buffer, size, ret);
    if (no_filling && size >= FILLING && is_zero(buffer, size))
        return PORT_DISK_FULL;
    reserve(file, (size_t)offset + size);
    memcpy(file->bytes + offset, buffer, size);
    *ret = size;
    return PORT_OK;
}

static enum port_status info(file_handle handle, struct file_info *ret)
{
    struct memory_file *file = of_handle(handle);

    if (!file)
        return file_real_ops.info(handle, ret);
    *ret =
        (struct file_info){ .kind = FILE_KIND_FILE, .size = file->size, .device = 1, .inode = 1 };
    return PORT_OK;
}

static enum port_status resize(file_handle handle, uint64_t size)
{
    struct memory_file *file = of_handle(handle);

    if (!file)
        return file_real_ops.resize(handle, size);
    reserve(file, (size_t)size);
    file->size = (size_t)size;
    return PORT_OK;
}

/* Nothing is synced, also of the system's files: no input outlives the machine. */
static enum port_status sync_file(file_handle handle)
{
    (void)handle;
    return PORT_OK;
}

static enum port_status rename_file(const char *from, const char *to, bool replace)
{
    struct memory_file *file, *old;

    if (!is_ours(from))
        return file_real_ops.rename(from, to, replace);
    file = find(from);
    old = find(to);
    if (!file)
        return PORT_NOT_FOUND;
    if (old && !replace)
        return PORT_EXISTS;
    /* Handles of either go on meaning what they meant: the caller closes the old file's. */
    if (old)
        set_path(old, "?");
    set_path(file, to);
    return PORT_OK;
}

static enum port_status remove_file(const char *path)
{
    struct memory_file *file;

    if (!is_ours(path))
        return file_real_ops.remove(path);
    file = find(path);
    if (file)
        drop(file);
    return file ? PORT_OK : PORT_NOT_FOUND;
}

static enum port_status sync_folder(const char *path)
{
    (void)path;
    return PORT_OK;
}

void memory_files_use(const char *path)
{
    static struct file_ops ops;

    prefix = path;
    ops = file_real_ops;
    ops.open = open_file;
    ops.close = close_file;
    ops.read_at = read_at;
    ops.write_at = write_at;
    ops.info = info;
    ops.resize = resize;
    ops.sync = ops.sync_times = ops.sync_volume = ops.check_synced = sync_file;
    ops.rename = rename_file;
    ops.remove = remove_file;
    ops.sync_folder = sync_folder;
    file_set_ops(&ops);
}

void memory_files_refuse_filling(bool refuse)
{
    no_filling = refuse;
}

void memory_file_put(const char *path, const void *bytes, size_t size)
{
    struct memory_file *file = find(path);

    if (!file)
        file = make(path);
    file->size = 0;
    reserve(file, size);
    if (size)
        memcpy(file->bytes, bytes, size);
}

const uint8_t *memory_file_get(const char *path, size_t *ret_size)
{
    struct memory_file *file = find(path);

    *ret_size = file ? file->size : 0;
    return file ? file->bytes : NULL;
}

void memory_files_clear(void)
{
    for (size_t i = 0; i < FILES; i++)
        drop(&files[i]);
}
