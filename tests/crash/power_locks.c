/* SPDX-License-Identifier: MIT */
/*
 * Locks of the simulated disk, and who may see its files, in place of the port's: linked into the
 * program itself, these are found before those of the library.
 */
#include <stdlib.h>
#include <string.h>

#include "power_files.h"
#include "src/port/file_lock.h"
#include "src/port/private_item.h"

struct file_lock {
    struct power_disk *disk;
    uint32_t node;
    char path[];
};

enum port_status file_lock_take(const char *path, bool create, struct file_lock **ret)
{
    struct power_disk *disk = power_disk_in_use();
    enum port_status status;
    uint32_t folder, node;
    const char *name;

    *ret = NULL;
    mutex_lock(&disk->mutex);
    status = power_resolve(disk, path, &folder, &name, &node);
    if (!status && node == POWER_NO_NODE) {
        if (create)
            node = power_make(disk, folder, name, false);
        else
            status = PORT_NOT_FOUND;
    }
    if (!status && disk->image.nodes[node].locked)
        status = PORT_BUSY;
    if (!status) {
        disk->image.nodes[node].locked = true;
        *ret = power_alloc(sizeof(**ret) + strlen(path) + 1);
        (*ret)->disk = disk;
        (*ret)->node = node;
        memcpy((*ret)->path, path, strlen(path) + 1);
    }
    mutex_unlock(&disk->mutex);
    return status;
}

void file_lock_release(struct file_lock *lock, bool remove)
{
    if (!lock)
        return;
    if (remove)
        file_remove(lock->path);
    mutex_lock(&lock->disk->mutex);
    lock->disk->image.nodes[lock->node].locked = false;
    mutex_unlock(&lock->disk->mutex);
    free(lock);
}

/* Nobody else is there. */
enum port_status private_item_check(const char *path)
{
    struct file_info info;

    return file_path_info(path, &info);
}

enum port_status private_item_check_root(const char *path)
{
    return private_item_check(path);
}
