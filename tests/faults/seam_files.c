/* SPDX-License-Identifier: MIT */
/* The files seam. EINTR is no status of it: the port repeats such calls (src/port/posix/files.c).
 */
#include "seams_internal.h"

/* What the call is to fail with. `room`: it may need some; `opens`: it takes a descriptor. */
static enum port_status check(const char *call, bool room, bool opens)
{
    if (room && fault_is_due(FAULT_DISK_FULL, call))
        return PORT_DISK_FULL;
    if (opens && fault_is_due(FAULT_HANDLES, call))
        return PORT_NO_HANDLES;
    return fault_is_due(FAULT_IO, call) ? PORT_IO : PORT_OK;
}

static enum port_status open_file(const char *path, unsigned flags, file_handle *ret)
{
    enum port_status status = check("open", flags & FILE_OPEN_CREATE, true);

    if (!status)
        status = file_real_ops.open(path, flags, ret);
    if (!status)
        fault_note_files(1);
    return status;
}

static void close_file(file_handle file)
{
    fault_note_files(-1);
    file_real_ops.close(file);
}

static size_t half_of(size_t size)
{
    return size > 1 ? size / 2 : size;
}

static enum port_status read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                                size_t *ret)
{
    enum port_status status = check("read", false, false);

    if (status)
        return status;
    if (fault_is_due(FAULT_SHORT, "read"))
        size = half_of(size);
    return file_real_ops.read_at(file, offset, buffer, size, ret);
}

static enum port_status write_at(file_handle file, uint64_t offset, const void *buffer, size_t size,
                                 size_t *ret)
{
    enum port_status status = check("write", true, false);
    size_t written;

    if (status) {
        file_real_ops.write_at(file, offset, buffer, size / 2, &written);
        return status;
    }
    if (fault_is_due(FAULT_SHORT, "write"))
        size = half_of(size);
    return file_real_ops.write_at(file, offset, buffer, size, ret);
}

static enum port_status get_info(file_handle file, struct file_info *ret)
{
    enum port_status status = check("info", false, false);

    return status ? status : file_real_ops.info(file, ret);
}

static enum port_status resize(file_handle file, uint64_t size)
{
    enum port_status status = check("resize", size, false);

    return status ? status : file_real_ops.resize(file, size);
}

/* What is not synced is only lost with the machine, which no run here ends: thousands of runs shall
 * not wait for the disk. */
static enum port_status sync_file(file_handle file)
{
    (void)file;
    return check("sync", true, false);
}

static enum port_status sync_volume(file_handle file)
{
    (void)file;
    return check("sync_volume", true, false);
}

static enum port_status check_synced(file_handle file)
{
    (void)file;
    return check("check_synced", true, false);
}

static enum port_status sync_times(file_handle file)
{
    (void)file;
    return check("sync_times", true, false);
}

static enum port_status copy_access(file_handle from, file_handle to)
{
    enum port_status status = check("copy_access", false, false);

    return status ? status : file_real_ops.copy_access(from, to);
}

static enum port_status path_info(const char *path, struct file_info *ret)
{
    enum port_status status = check("path_info", false, false);

    return status ? status : file_real_ops.path_info(path, ret);
}

static enum port_status rename_file(const char *from, const char *to, bool replace)
{
    enum port_status status = check("rename", true, false);

    return status ? status : file_real_ops.rename(from, to, replace);
}

static enum port_status remove_file(const char *path)
{
    enum port_status status = check("remove", false, false);

    return status ? status : file_real_ops.remove(path);
}

static enum port_status make_folder(const char *path, bool private)
{
    enum port_status status = check("make_folder", true, false);

    return status ? status : file_real_ops.make_folder(path, private);
}

static enum port_status remove_folder(const char *path)
{
    enum port_status status = check("remove_folder", false, false);

    return status ? status : file_real_ops.remove_folder(path);
}

static enum port_status visit(const char *path, file_visitor visitor, void *context)
{
    enum port_status status = check("visit", false, true);

    return status ? status : file_real_ops.visit(path, visitor, context);
}

static enum port_status sync_folder(const char *path)
{
    (void)path;
    return check("sync_folder", true, true);
}

static enum port_status real_path(const char *path, char **ret)
{
    enum port_status status = check("real_path", false, false);

    return status ? status : file_real_ops.real_path(path, ret);
}

const struct file_ops faulty_files = {
    .open = open_file,
    .close = close_file,
    .read_at = read_at,
    .write_at = write_at,
    .info = get_info,
    .resize = resize,
    .sync = sync_file,
    .sync_times = sync_times,
    .sync_volume = sync_volume,
    .check_synced = check_synced,
    .copy_access = copy_access,
    .path_info = path_info,
    .rename = rename_file,
    .remove = remove_file,
    .make_folder = make_folder,
    .remove_folder = remove_folder,
    .visit = visit,
    .sync_folder = sync_folder,
    .real_path = real_path,
};
