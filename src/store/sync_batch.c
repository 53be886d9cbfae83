/* SPDX-License-Identifier: MIT */
/*
 * The syncs of a batch of jobs. A file's sync is a write of the file system's own log, 44 us; one
 * of the whole volume, for a hundred small files, came to 16 us a file. But it also writes what
 * others have there: where that took long it is not tried again for a while. docs/store.md
 */
#include "sync_batch.h"

#include <string.h>

#include "src/port/clock.h"

#define MAX_FOLDERS 8 /* that a batch remembers to have synced */

/* From so many files on, on one volume; a call that took longer than each file's own would have;
 * and how long not to try again then. */
#define MANY             24
#define PATIENCE_NS      UINT64_C(2000000) /* a file */
#define NOT_AGAIN_FOR_NS UINT64_C(60000000000)

struct synced_folders {
    const char *paths[MAX_FOLDERS];
    enum port_status status[MAX_FOLDERS];
    size_t count;
};

/* All jobs of a batch had done their work in the folder before it began, so once is enough. */
static enum port_status sync_folder(struct synced_folders *synced, const char *path)
{
    enum port_status status;
    size_t i;

    for (i = 0; i < synced->count; i++) {
        if (!strcmp(synced->paths[i], path))
            return synced->status[i];
    }
    status = file_sync_folder(path);
    if (synced->count < MAX_FOLDERS) {
        synced->paths[synced->count] = path;
        synced->status[synced->count++] = status;
    }
    return status;
}

/* The volume of the first file, and how many of the batch are on it. */
static size_t count_on_volume(const struct store_job *first, uint64_t *ret_device,
                              file_handle *ret_file)
{
    const struct store_job *job;
    size_t count = 0;

    *ret_file = FILE_HANDLE_NONE;
    for (job = first; job; job = job->next) {
        if (job->file == FILE_HANDLE_NONE)
            continue;
        if (*ret_file == FILE_HANDLE_NONE) {
            *ret_file = job->file;
            *ret_device = job->device;
        }
        count += job->device == *ret_device;
    }
    return count;
}

/* Whether it was done: the files on the volume need only be asked how it went. */
static bool sync_volume(struct volume_syncs *syncs, struct store_job *first, uint64_t *ret_device)
{
    uint64_t start = clock_monotonic_ns(), taken;
    enum port_status status;
    file_handle file;
    size_t count = count_on_volume(first, ret_device, &file);

    if (count < MANY || start < syncs->not_before_ns)
        return false;
    status = file_sync_volume(file);
    taken = clock_monotonic_ns() - start;
    if (status || taken > count * PATIENCE_NS)
        syncs->not_before_ns = start + taken + NOT_AGAIN_FOR_NS;
    return !status;
}

static enum port_status sync_file(const struct store_job *job, bool volume_synced, uint64_t device)
{
    enum port_status status;

    if (job->file == FILE_HANDLE_NONE)
        return PORT_OK;
    if (volume_synced && job->device == device)
        return file_check_synced(job->file);
    status = file_sync(job->file);
    return !status && job->times ? file_sync_times(job->file) : status;
}

void store_sync_batch(struct volume_syncs *syncs, struct store_job *first)
{
    struct synced_folders synced = { .count = 0 };
    bool volume_synced;
    struct store_job *job;
    uint64_t device = 0;

    volume_synced = sync_volume(syncs, first, &device);
    for (job = first; job; job = job->next)
        job->status = sync_file(job, volume_synced, device);
    for (job = first; job; job = job->next) {
        if (!job->status && job->folder)
            job->status = sync_folder(&synced, job->folder);
    }
}
