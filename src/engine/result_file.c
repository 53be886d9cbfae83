/* SPDX-License-Identifier: MIT */
/* The file that gets the body. */
#include <string.h>

#include "limits.h"
#include "result_file.h"
#include "src/port/memory.h"

void open_file_addref(struct open_file *file)
{
    atomic_fetch_add(&file->references, 1);
}

void open_file_release(struct open_file *file)
{
    if (!file || atomic_fetch_sub(&file->references, 1) != 1)
        return;
    file_close(file->handle);
    memory_free(file);
}

enum port_status file_mark_take(file_handle file, bool settled, struct file_mark *ret)
{
    struct file_info info;
    enum port_status status = file_get_info(file, &info);

    *ret = (struct file_mark){ 0 };
    if (status)
        return status;
    *ret = (struct file_mark){
        .device = info.device,
        .inode = info.inode,
        .size = info.size,
        .modified = info.modified,
        .created = info.created,
        .settled = settled,
    };
    return PORT_OK;
}

static uint8_t *put_number(uint8_t *at, uint64_t number)
{
    for (unsigned i = 0; i < 8; i++)
        at[i] = (uint8_t)(number >> (8 * i));
    return at + 8;
}

static const uint8_t *get_number(const uint8_t *at, uint64_t *ret)
{
    *ret = 0;
    for (unsigned i = 0; i < 8; i++)
        *ret |= (uint64_t)at[i] << (8 * i);
    return at + 8;
}

void file_mark_encode(const struct file_mark *mark, uint8_t ret[FILE_MARK_SIZE])
{
    uint8_t *at = put_number(ret, mark->device);

    at = put_number(at, mark->inode);
    at = put_number(at, mark->size);
    at = put_number(at, (uint64_t)mark->modified);
    at = put_number(at, (uint64_t)mark->created);
    *at = mark->settled;
}

bool file_mark_decode(const void *bytes, size_t size, struct file_mark *ret)
{
    const uint8_t *at = bytes;
    uint64_t modified, created;

    *ret = (struct file_mark){ 0 };
    if (size != FILE_MARK_SIZE)
        return false;
    at = get_number(at, &ret->device);
    at = get_number(at, &ret->inode);
    at = get_number(at, &ret->size);
    at = get_number(at, &modified);
    at = get_number(at, &created);
    ret->modified = (int64_t)modified;
    ret->created = (int64_t)created;
    ret->settled = *at;
    return true;
}

/* An inode's number is given to a new file at once; the time of its making tells the two apart.
 * Where that is not known (under Wine, on some file systems) it is that of the last change. */
static bool is_same_making(const struct file_mark *mark, const struct file_info *info)
{
    return mark->created == mark->modified || info->created == mark->created;
}

static bool is_file_of(const struct file_mark *mark, const struct file_info *info, uint64_t least)
{
    if (info->kind != FILE_KIND_FILE || info->size < least)
        return false;
    if (!mark->inode)
        return true;
    if (info->device != mark->device || info->inode != mark->inode || !is_same_making(mark, info))
        return false;
    return !mark->settled || (info->size == mark->size && info->modified == mark->modified);
}

/* A sparse file of the final size costs two calls, so only sizes that some volume refuses are
 * tried. */
static enum port_status set_size(file_handle file, uint64_t size, bool keep_size)
{
    enum port_status status;

    if (size > INT64_MAX)
        return PORT_FILE_TOO_BIG;
    if (keep_size)
        return file_resize(file, size);
    if (size < LARGE_FILE_SIZE)
        return PORT_OK;
    status = file_resize(file, size);
    if (status == PORT_FILE_TOO_BIG)
        return status;
    return file_resize(file, 0);
}

enum port_status open_file_open(const char *path, unsigned flags, struct open_file **ret)
{
    struct open_file *file = memory_zalloc(sizeof(*file));
    enum port_status status = file ? PORT_OK : PORT_NO_MEMORY;

    *ret = NULL;
    if (!status)
        status = file_open(path, FILE_OPEN_OWN_LINKS | flags, &file->handle);
    if (status) {
        memory_free(file);
        return status;
    }
    atomic_init(&file->references, 1);
    *ret = file;
    return PORT_OK;
}

enum port_status result_file_open(const char *path, uint64_t size, bool keep_size,
                                  struct open_file **ret)
{
    enum port_status status = open_file_open(path, FILE_OPEN_WRITE | FILE_OPEN_TRUNCATE, ret);

    if (!status)
        status = set_size((*ret)->handle, size, keep_size);
    if (status) {
        open_file_release(*ret);
        *ret = NULL;
    }
    return status;
}

enum port_status result_file_reopen(const char *path, const struct file_mark *mark, uint64_t least,
                                    struct open_file **ret)
{
    enum port_status status = open_file_open(path, FILE_OPEN_WRITE, ret);
    struct file_info info;

    if (status)
        return status;
    status = file_get_info((*ret)->handle, &info);
    if (!status && !is_file_of(mark, &info, least))
        status = PORT_FILE_CHANGED;
    if (status) {
        open_file_release(*ret);
        *ret = NULL;
    }
    return status;
}

enum port_status result_file_restart(struct open_file *file, uint64_t size, bool keep_size)
{
    enum port_status status = file_resize(file->handle, 0);

    return status ? status : set_size(file->handle, size, keep_size);
}
