/* SPDX-License-Identifier: MIT */
#include "power_files.h"

#include <stdlib.h>
#include <string.h>

#include "src/port/clock.h"
#include "src/port/memory.h"

/* An open file. Handles of the system are small numbers. */
struct power_open {
    struct power_disk *disk;
    uint32_t node;
};

#define SYSTEM_HANDLES 65536

#define DEVICE 0x70776464

static bool is_ours(file_handle file)
{
    return file >= SYSTEM_HANDLES;
}

static struct power_open *open_of(file_handle file)
{
    return (struct power_open *)file;
}

bool power_is_below(const char *path)
{
    size_t length = strlen(POWER_ROOT);

    return power_disk_in_use() && !strncmp(path, POWER_ROOT, length) &&
           (!path[length] || path[length] == '/');
}

enum port_status power_resolve(struct power_disk *disk, const char *path, uint32_t *ret_folder,
                               const char **ret_name, uint32_t *ret_node)
{
    const char *at = path + strlen(POWER_ROOT);
    uint32_t node = POWER_ROOT_NODE;

    *ret_folder = POWER_NO_NODE;
    *ret_name = NULL;
    while (*at == '/') {
        const char *name = ++at;
        size_t length = strcspn(name, "/");

        at += length;
        if (node == POWER_NO_NODE)
            return PORT_NOT_FOUND;
        if (!disk->image.nodes[node].folder)
            return PORT_NOT_A_FOLDER;
        *ret_folder = node;
        *ret_name = name;
        node = power_image_find(&disk->image, node, name, length);
    }
    *ret_node = node;
    return PORT_OK;
}

/* The same for what must be there. */
static enum port_status find(struct power_disk *disk, const char *path, uint32_t *ret)
{
    enum port_status status;
    const char *name;
    uint32_t folder;

    status = power_resolve(disk, path, &folder, &name, ret);
    return !status && *ret == POWER_NO_NODE ? PORT_NOT_FOUND : status;
}

uint32_t power_make(struct power_disk *disk, uint32_t folder, const char *name, bool is_folder)
{
    uint32_t number = (uint32_t)disk->image.node_count;
    struct power_node *node = power_image_node(&disk->image, number);
    struct power_step *step = power_record(disk, POWER_MAKE);

    node->folder = is_folder;
    node->created = node->modified = node->latest = clock_universal_time();
    power_image_set(&disk->image, folder, name, number);
    if (step) {
        step->folder = folder;
        power_name(step->name, name);
        step->node = number;
        step->is_folder = is_folder;
        step->time = node->created;
    }
    return number;
}

static void change_size(struct power_disk *disk, uint32_t number, uint64_t size)
{
    struct power_node *node = &disk->image.nodes[number];
    struct power_step *step = power_record(disk, POWER_RESIZE);

    power_image_resize(&disk->image, number, size);
    node->modified = node->latest = clock_universal_time();
    if (step) {
        step->node = number;
        step->size = size;
        step->time = node->latest;
    }
}

static enum port_status open_locked(struct power_disk *disk, const char *path, unsigned flags,
                                    uint32_t *ret)
{
    enum port_status status;
    const char *name;
    uint32_t folder;

    status = power_resolve(disk, path, &folder, &name, ret);
    if (status)
        return status;
    if (*ret == POWER_NO_NODE) {
        if (!(flags & FILE_OPEN_CREATE))
            return PORT_NOT_FOUND;
        *ret = power_make(disk, folder, name, false);
        return PORT_OK;
    }
    if (flags & FILE_OPEN_CREATE && flags & FILE_OPEN_EXCLUSIVE)
        return PORT_EXISTS;
    if (disk->image.nodes[*ret].folder && flags & FILE_OPEN_WRITE)
        return PORT_IS_A_FOLDER;
    if (flags & FILE_OPEN_TRUNCATE)
        change_size(disk, *ret, 0);
    return PORT_OK;
}

static enum port_status power_open(const char *path, unsigned flags, file_handle *ret)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;
    uint32_t node;

    if (!power_is_below(path))
        return file_real_ops.open(path, flags, ret);
    mutex_lock(&disk->mutex);
    status = open_locked(disk, path, flags, &node);
    mutex_unlock(&disk->mutex);
    if (!status) {
        struct power_open *open = power_alloc(sizeof(*open));

        open->disk = disk;
        open->node = node;
        *ret = (file_handle)open;
    }
    return status;
}

static void power_close(file_handle file)
{
    if (is_ours(file))
        free(open_of(file));
    else
        file_real_ops.close(file);
}

static enum port_status power_read_at(file_handle file, uint64_t offset, void *buffer, size_t size,
                                      size_t *ret)
{
    struct power_open *open = open_of(file);

    if (!is_ours(file))
        return file_real_ops.read_at(file, offset, buffer, size, ret);
    mutex_lock(&open->disk->mutex);
    *ret = power_image_read(&open->disk->image, open->node, offset, buffer, size);
    mutex_unlock(&open->disk->mutex);
    return PORT_OK;
}

static enum port_status power_write_at(file_handle file, uint64_t offset, const void *buffer,
                                       size_t size, size_t *ret)
{
    struct power_open *open = open_of(file);
    struct power_node *node;
    struct power_step *step;

    if (!is_ours(file))
        return file_real_ops.write_at(file, offset, buffer, size, ret);
    mutex_lock(&open->disk->mutex);
    power_image_write(&open->disk->image, open->node, offset, buffer, size);
    node = &open->disk->image.nodes[open->node];
    node->modified = node->latest = clock_universal_time();
    step = power_record(open->disk, POWER_WRITE);
    if (step) {
        step->node = open->node;
        step->offset = offset;
        step->size = size;
        step->data = power_alloc(size);
        memcpy(step->data, buffer, size);
        step->time = node->latest;
    }
    mutex_unlock(&open->disk->mutex);
    *ret = size;
    return PORT_OK;
}

static void tell_info(const struct power_disk *disk, uint32_t number, struct file_info *ret)
{
    const struct power_node *node = &disk->image.nodes[number];

    ret->kind = node->folder ? FILE_KIND_FOLDER : FILE_KIND_FILE;
    ret->read_only = false;
    ret->size = node->size;
    ret->device = DEVICE;
    ret->inode = number + 1;
    ret->modified = node->modified;
    ret->created = node->created;
}

static enum port_status power_info(file_handle file, struct file_info *ret)
{
    struct power_open *open = open_of(file);

    if (!is_ours(file))
        return file_real_ops.info(file, ret);
    mutex_lock(&open->disk->mutex);
    tell_info(open->disk, open->node, ret);
    mutex_unlock(&open->disk->mutex);
    return PORT_OK;
}

static enum port_status power_path_info(const char *path, struct file_info *ret)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;
    uint32_t node;

    if (!power_is_below(path))
        return file_real_ops.path_info(path, ret);
    mutex_lock(&disk->mutex);
    status = find(disk, path, &node);
    if (!status)
        tell_info(disk, node, ret);
    mutex_unlock(&disk->mutex);
    return status;
}

static enum port_status power_resize(file_handle file, uint64_t size)
{
    struct power_open *open = open_of(file);

    if (!is_ours(file))
        return file_real_ops.resize(file, size);
    mutex_lock(&open->disk->mutex);
    change_size(open->disk, open->node, size);
    mutex_unlock(&open->disk->mutex);
    return PORT_OK;
}

static enum port_status sync_node(file_handle file, enum power_kind kind)
{
    struct power_open *open = open_of(file);

    mutex_lock(&open->disk->mutex);
    power_record_sync(open->disk, kind, open->node);
    mutex_unlock(&open->disk->mutex);
    return PORT_OK;
}

static enum port_status power_sync(file_handle file)
{
    return is_ours(file) ? sync_node(file, POWER_SYNC) : file_real_ops.sync(file);
}

static enum port_status power_sync_times(file_handle file)
{
    return is_ours(file) ? sync_node(file, POWER_SYNC_ALL) : file_real_ops.sync_times(file);
}

static enum port_status power_sync_volume(file_handle file)
{
    return is_ours(file) ? sync_node(file, POWER_SYNC_VOLUME) : file_real_ops.sync_volume(file);
}

static enum port_status power_check_synced(file_handle file)
{
    return is_ours(file) ? PORT_OK : file_real_ops.check_synced(file);
}

static enum port_status power_copy_access(file_handle from, file_handle to)
{
    return is_ours(from) || is_ours(to) ? PORT_OK : file_real_ops.copy_access(from, to);
}

static enum port_status rename_locked(struct power_disk *disk, const char *from, const char *to,
                                      bool replace)
{
    uint32_t folder, folder_to, node, there;
    const char *name, *name_to;
    enum port_status status;
    struct power_step *step;

    status = power_resolve(disk, from, &folder, &name, &node);
    if (!status)
        status = power_resolve(disk, to, &folder_to, &name_to, &there);
    if (status || node == POWER_NO_NODE)
        return status ? status : PORT_NOT_FOUND;
    if (there != POWER_NO_NODE && !replace)
        return PORT_EXISTS;
    power_image_remove(&disk->image, folder, name);
    power_image_set(&disk->image, folder_to, name_to, node);
    step = power_record(disk, POWER_RENAME);
    if (step) {
        step->folder = folder;
        power_name(step->name, name);
        step->folder_to = folder_to;
        power_name(step->name_to, name_to);
        step->node = node;
    }
    return PORT_OK;
}

static enum port_status power_rename(const char *from, const char *to, bool replace)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;

    if (!power_is_below(from) || !power_is_below(to))
        return file_real_ops.rename(from, to, replace);
    mutex_lock(&disk->mutex);
    status = rename_locked(disk, from, to, replace);
    mutex_unlock(&disk->mutex);
    return status;
}

static bool is_empty(const struct power_disk *disk, uint32_t folder)
{
    for (size_t i = 0; i < disk->image.entry_count; i++) {
        if (disk->image.entries[i].folder == folder)
            return false;
    }
    return true;
}

static enum port_status remove_locked(struct power_disk *disk, const char *path, bool is_folder)
{
    enum port_status status;
    struct power_step *step;
    uint32_t folder, node;
    const char *name;

    status = power_resolve(disk, path, &folder, &name, &node);
    if (status || node == POWER_NO_NODE)
        return status ? status : PORT_NOT_FOUND;
    if (disk->image.nodes[node].folder != is_folder)
        return is_folder ? PORT_NOT_A_FOLDER : PORT_IS_A_FOLDER;
    if (is_folder && !is_empty(disk, node))
        return PORT_NOT_EMPTY;
    power_image_remove(&disk->image, folder, name);
    step = power_record(disk, POWER_REMOVE);
    if (step) {
        step->folder = folder;
        power_name(step->name, name);
        step->node = node;
    }
    return PORT_OK;
}

static enum port_status power_remove(const char *path)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;

    if (!power_is_below(path))
        return file_real_ops.remove(path);
    mutex_lock(&disk->mutex);
    status = remove_locked(disk, path, false);
    mutex_unlock(&disk->mutex);
    return status;
}

static enum port_status power_remove_folder(const char *path)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;

    if (!power_is_below(path))
        return file_real_ops.remove_folder(path);
    mutex_lock(&disk->mutex);
    status = remove_locked(disk, path, true);
    mutex_unlock(&disk->mutex);
    return status;
}

static enum port_status power_make_folder(const char *path, bool private)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;
    uint32_t folder, node;
    const char *name;

    if (!power_is_below(path))
        return file_real_ops.make_folder(path, private);
    mutex_lock(&disk->mutex);
    status = power_resolve(disk, path, &folder, &name, &node);
    if (!status && node != POWER_NO_NODE)
        status = PORT_EXISTS;
    if (!status)
        power_make(disk, folder, name, true);
    mutex_unlock(&disk->mutex);
    return status;
}

/* The names as they are now, in one block: the visitor may change the folder. */
static struct power_entry *copy_entries(struct power_disk *disk, uint32_t folder, size_t *ret_count)
{
    struct power_entry *copy = power_alloc(disk->image.entry_count * sizeof(*copy));
    size_t count = 0;

    for (size_t i = 0; i < disk->image.entry_count; i++) {
        if (disk->image.entries[i].folder == folder)
            copy[count++] = disk->image.entries[i];
    }
    *ret_count = count;
    return copy;
}

static enum port_status power_visit(const char *path, file_visitor visitor, void *context)
{
    struct power_disk *disk = power_disk_in_use();
    struct power_entry *entries = NULL;
    enum port_status status;
    size_t count = 0;
    uint32_t node;

    if (!power_is_below(path))
        return file_real_ops.visit(path, visitor, context);
    mutex_lock(&disk->mutex);
    status = find(disk, path, &node);
    if (!status && !disk->image.nodes[node].folder)
        status = PORT_NOT_A_FOLDER;
    if (!status) {
        entries = copy_entries(disk, node, &count);
        for (size_t i = 0; i < count; i++)
            entries[i].folder = disk->image.nodes[entries[i].node].folder;
    }
    mutex_unlock(&disk->mutex);
    for (size_t i = 0; i < count; i++) {
        if (!visitor(context, entries[i].name,
                     entries[i].folder ? FILE_KIND_FOLDER : FILE_KIND_FILE))
            break;
    }
    free(entries);
    return status;
}

static enum port_status power_sync_folder(const char *path)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;
    uint32_t node;

    if (!power_is_below(path))
        return file_real_ops.sync_folder(path);
    mutex_lock(&disk->mutex);
    status = find(disk, path, &node);
    if (!status)
        power_record_sync(disk, POWER_SYNC_FOLDER, node);
    mutex_unlock(&disk->mutex);
    return status;
}

static enum port_status power_real_path(const char *path, char **ret)
{
    if (!power_is_below(path))
        return file_real_ops.real_path(path, ret);
    *ret = memory_strdup(path);
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

const struct file_ops power_files = {
    .open = power_open,
    .close = power_close,
    .read_at = power_read_at,
    .write_at = power_write_at,
    .info = power_info,
    .resize = power_resize,
    .sync = power_sync,
    .sync_times = power_sync_times,
    .sync_volume = power_sync_volume,
    .check_synced = power_check_synced,
    .copy_access = power_copy_access,
    .path_info = power_path_info,
    .rename = power_rename,
    .remove = power_remove,
    .make_folder = power_make_folder,
    .remove_folder = power_remove_folder,
    .visit = power_visit,
    .sync_folder = power_sync_folder,
    .real_path = power_real_path,
};
