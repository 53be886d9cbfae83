/* SPDX-License-Identifier: MIT */
/*
 * A lock of LockFileEx, which the system drops with the process's last handle. Under Wine it is one
 * of fcntl on the same byte, so that native programs see it, and we theirs.
 */
#include "src/port/file_lock.h"

#include <string.h>

#include <windows.h>

#include "src/port/memory.h"
#include "status.h"

/* Somebody removes the file between our open and our lock: again. So often in a row is no race. */
#define MAX_TRIES 100

struct file_lock {
    file_handle file;
    char path[];
};

static bool is_at_path(file_handle file, const char *path)
{
    struct file_info ours, there;

    return !file_real_ops.info(file, &ours) && !file_real_ops.path_info(path, &there) &&
           ours.device == there.device && ours.inode == there.inode;
}

/* PORT_FILE_CHANGED: the file that was locked is not at the path any more. */
static enum port_status try_lock(const char *path, unsigned flags, file_handle *ret)
{
    OVERLAPPED first_byte = { .Offset = 0 };
    enum port_status status;
    file_handle file;

    status = file_real_ops.open(path, flags, &file);
    if (status)
        return status;
    if (!LockFileEx((HANDLE)file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                    &first_byte))
        status = status_from_error(GetLastError());
    else if (!is_at_path(file, path))
        status = PORT_FILE_CHANGED;
    if (status)
        file_real_ops.close(file);
    else
        *ret = file;
    return status;
}

enum port_status file_lock_take(const char *path, bool create, struct file_lock **ret)
{
    unsigned flags = FILE_OPEN_READ | FILE_OPEN_WRITE | FILE_OPEN_NO_FOLLOW |
                     (create ? FILE_OPEN_CREATE | FILE_OPEN_PRIVATE : 0);
    enum port_status status = PORT_FILE_CHANGED;
    size_t size = strlen(path) + 1;
    struct file_lock *lock;
    int tries;

    *ret = NULL;
    lock = memory_alloc(sizeof(*lock) + size);
    if (!lock)
        return PORT_NO_MEMORY;
    memcpy(lock->path, path, size);
    for (tries = 0; status == PORT_FILE_CHANGED && tries < MAX_TRIES; tries++)
        status = try_lock(path, flags, &lock->file);
    if (status) {
        memory_free(lock);
        return status == PORT_FILE_CHANGED ? PORT_BUSY : status;
    }
    *ret = lock;
    return PORT_OK;
}

void file_lock_release(struct file_lock *lock, bool remove)
{
    if (!lock)
        return;
    /* A file that is open stays until it is closed, in the same step as its lock goes. */
    if (remove)
        file_remove(lock->path);
    file_real_ops.close(lock->file);
    memory_free(lock);
}
