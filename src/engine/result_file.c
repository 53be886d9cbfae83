/* SPDX-License-Identifier: MIT */
/* The file that gets the body. */
#include "limits.h"
#include "result_file.h"
#include "src/port/memory.h"
#include "src/port/private_file.h"

enum port_status result_file_init(struct result_file *file, const char *path)
{
    *file = (struct result_file){ .writer = FILE_HANDLE_NONE, .reader = FILE_HANDLE_NONE };
    file->path = memory_strdup(path);
    if (path && !file->path)
        return PORT_NO_MEMORY;
    mutex_init(&file->mutex);
    return PORT_OK;
}

void result_file_destroy(struct result_file *file)
{
    result_file_close(file);
    file_close(file->reader);
    mutex_destroy(&file->mutex);
    memory_free(file->path);
}

/* Without a name as soon as it is open. */
static enum port_status open_private(file_handle *ret)
{
    char *path;
    enum port_status status = private_file_create("result", &path, ret);

    if (!status)
        file_remove(path);
    memory_free(path);
    return status;
}

/* A sparse file of the final size costs two calls, so only sizes that some volume refuses are
 * tried. */
static enum port_status check_size(file_handle file, uint64_t size)
{
    enum port_status status;

    if (size < LARGE_FILE_SIZE)
        return PORT_OK;
    if (size > INT64_MAX)
        return PORT_FILE_TOO_BIG;
    status = file_resize(file, size);
    if (status == PORT_FILE_TOO_BIG)
        return status;
    return file_resize(file, 0);
}

enum port_status result_file_open(struct result_file *file, uint64_t size)
{
    enum port_status status;

    if (file->path) {
        status = file_open(file->path, FILE_OPEN_WRITE | FILE_OPEN_TRUNCATE, &file->writer);
    } else {
        status = open_private(&file->writer);
        if (!status) {
            mutex_lock(&file->mutex);
            file->reader = file->writer;
            mutex_unlock(&file->mutex);
        }
    }
    return status ? status : check_size(file->writer, size);
}

void result_file_close(struct result_file *file)
{
    if (file->path)
        file_close(file->writer);
    file->writer = FILE_HANDLE_NONE;
}

enum port_status result_file_read(struct result_file *file, uint64_t position, void *buffer,
                                  size_t size, size_t *ret_count)
{
    enum port_status status = PORT_OK;
    file_handle reader;

    *ret_count = 0;
    mutex_lock(&file->mutex);
    if (file->reader == FILE_HANDLE_NONE)
        status = file->path ? file_open(file->path, FILE_OPEN_READ, &file->reader) : PORT_NOT_FOUND;
    reader = file->reader;
    mutex_unlock(&file->mutex);
    return status ? status : file_read_at(reader, position, buffer, size, ret_count);
}
