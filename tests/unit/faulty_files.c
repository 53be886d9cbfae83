/* SPDX-License-Identifier: MIT */
#include "faulty_files.h"

static struct {
    unsigned calls;
    int left;
    enum port_status status;
    bool dead, failed;
} fault;

/* PORT_OK if the call may go on. */
static enum port_status check(enum faulty_call call)
{
    if (fault.failed && fault.dead)
        return fault.status;
    if (fault.failed || !(fault.calls & call) || fault.left-- > 0)
        return PORT_OK;
    fault.failed = true;
    return fault.status;
}

static enum port_status faulty_open(const char *path, unsigned flags, file_handle *ret)
{
    enum port_status status = check(FAULTY_OPEN);

    return status ? status : file_real_ops.open(path, flags, ret);
}

static enum port_status faulty_read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                                       size_t *ret)
{
    enum port_status status = check(FAULTY_READ);

    return status ? status : file_real_ops.read_at(file, offset, buffer, size, ret);
}

static enum port_status faulty_write_at(file_handle file, uint64_t offset, const void *buffer,
                                        size_t size, size_t *ret)
{
    bool failed_before = fault.failed;
    enum port_status status = check(FAULTY_WRITE);

    if (status && !failed_before && size > 1)
        file_real_ops.write_at(file, offset, buffer, size / 2, ret);
    return status ? status : file_real_ops.write_at(file, offset, buffer, size, ret);
}

static enum port_status faulty_resize(file_handle file, uint64_t size)
{
    enum port_status status = check(FAULTY_RESIZE);

    return status ? status : file_real_ops.resize(file, size);
}

static enum port_status faulty_sync(file_handle file)
{
    enum port_status status = check(FAULTY_SYNC);

    return status ? status : file_real_ops.sync(file);
}

static enum port_status faulty_rename(const char *from, const char *to, bool replace)
{
    enum port_status status = check(FAULTY_RENAME);

    return status ? status : file_real_ops.rename(from, to, replace);
}

static enum port_status faulty_remove(const char *path)
{
    enum port_status status = check(FAULTY_REMOVE);

    return status ? status : file_real_ops.remove(path);
}

static enum port_status faulty_sync_folder(const char *path)
{
    enum port_status status = check(FAULTY_SYNC_FOLDER);

    return status ? status : file_real_ops.sync_folder(path);
}

void faulty_files_begin(unsigned calls, int number, enum port_status status, bool dead)
{
    static struct file_ops ops;

    ops = file_real_ops;
    ops.open = faulty_open;
    ops.read_at = faulty_read_at;
    ops.write_at = faulty_write_at;
    ops.resize = faulty_resize;
    ops.sync = faulty_sync;
    ops.rename = faulty_rename;
    ops.remove = faulty_remove;
    ops.sync_folder = faulty_sync_folder;
    fault.calls = calls;
    fault.left = number;
    fault.status = status;
    fault.dead = dead;
    fault.failed = false;
    file_set_ops(&ops);
}

bool faulty_files_end(void)
{
    file_set_ops(NULL);
    return fault.failed;
}
