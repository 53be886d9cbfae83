/* SPDX-License-Identifier: MIT */
#include "store_faults.h"

struct store_faults faults;

static enum port_status write_or_fail(file_handle file, uint64_t offset, const void *buffer,
                                      size_t size, size_t *ret)
{
    enum port_status status = faults.write;

    faults.writes++;
    if (status && atomic_fetch_sub(&faults.writes_before, 1) > 0)
        status = PORT_OK;
    return status ? status : file_real_ops.write_at(file, offset, buffer, size, ret);
}

static enum port_status sync_or_fail(file_handle file)
{
    enum port_status status = faults.sync;

    faults.syncs++;
    return status || faults.quick ? status : file_real_ops.sync(file);
}

static enum port_status sync_volume_or_fail(file_handle file)
{
    (void)file;
    faults.volume_syncs++;
    return faults.sync_volume;
}

static enum port_status check_or_fail(file_handle file)
{
    faults.checks++;
    return file == faults.unwritten ? PORT_IO : PORT_OK;
}

static enum port_status sync_folder_or_fail(const char *path)
{
    enum port_status status = faults.sync_folder;

    faults.folder_syncs++;
    return status ? status : file_real_ops.sync_folder(path);
}

static enum port_status remove_or_fail(const char *path)
{
    enum port_status status = faults.remove;

    return status ? status : file_real_ops.remove(path);
}

void set_faults(void)
{
    static struct file_ops ops;

    ops = file_real_ops;
    ops.write_at = write_or_fail;
    ops.sync = sync_or_fail;
    ops.sync_volume = sync_volume_or_fail;
    ops.check_synced = check_or_fail;
    ops.sync_folder = sync_folder_or_fail;
    ops.remove = remove_or_fail;
    file_set_ops(&ops);
}
