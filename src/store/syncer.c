/* SPDX-License-Identifier: MIT */
/*
 * The syncer: a thread that makes things durable in batches. It begins at once when there is work,
 * and what comes meanwhile is the next batch, so a disk's own speed decides how much is synced
 * together, not a timer. Order within a batch: the data, then the records that say so (`durable`
 * writes them), then the log, then `committed`. docs/store.md
 */
#include <string.h>

#include "src/port/memory.h"
#include "src/port/process.h"
#include "store_internal.h"

/* With the mutex. */
static bool has_work(const struct store *store)
{
    return store->first || store->written != store->committed || store->watch_wanted;
}

/* What has a `committed` stays ours; the rest is its owner's again with the call. */
static struct store_job *tell_durable(struct store_job *job)
{
    struct store_job *kept = NULL, **last = &kept, *next;

    for (; job; job = next) {
        bool stays = job->committed;

        next = job->next;
        if (stays) {
            *last = job;
            last = &job->next;
        }
        job->durable(job, job->status);
    }
    *last = NULL;
    return kept;
}

static void tell_committed(struct store_job *job, enum port_status status)
{
    struct store_job *next;

    for (; job; job = next) {
        next = job->next;
        job->committed(job, status);
    }
}

/* The names of our folders, in that of the app and in the one above; the hive knows of its own. */
static enum port_status sync_new_folders(const struct store *store)
{
    enum port_status status = file_sync_folder(store->folders.app);
    char *above;

    if (status)
        return status;
    above = memory_strdup(store->folders.app);
    if (!above)
        return PORT_NO_MEMORY;
    if (strrchr(above, '/') > above) {
        *strrchr(above, '/') = 0;
        status = file_sync_folder(above);
    }
    memory_free(above);
    return status;
}

static enum port_status sync_groups(const struct store *store)
{
    char *path = hive_name_path(&store->folders, "", GROUPS_FILE);
    enum port_status status = PORT_NO_MEMORY;
    file_handle file;

    if (path) {
        status = file_open(path, FILE_OPEN_READ | FILE_OPEN_WRITE, &file);
        if (!status)
            status = file_sync(file);
        file_close(file);
    }
    memory_free(path);
    return status;
}

/* With the mutex: a log that is mostly dead is written anew. One that cannot be, since somebody has
 * it open or the disk is full, goes on, and gets its next chance when it has grown. */
static void compact(struct store *store)
{
    uint64_t size, live;

    if (!hive_wants_compaction(store->hive))
        return;
    hive_get_size(store->hive, &size, &live);
    if (size <= store->compact_above)
        return;
    store->compact_above = hive_compact(store->hive) ? size + size / 4 : 0;
}

/* With the mutex, which is given up while the disk works. */
static enum port_status sync_log(struct store *store)
{
    file_handle log = hive_begin_sync(store->hive);
    enum port_status status = PORT_OK;

    mutex_unlock(&store->mutex);
    if (log != FILE_HANDLE_NONE)
        status = file_sync(log);
    mutex_lock(&store->mutex);
    return hive_end_sync(store->hive, log, status);
}

/* With the mutex, which is given up while the disk works. */
static enum port_status commit(struct store *store)
{
    bool new_folders = store->new_folders, groups = store->groups_written;
    uint64_t target = store->written;
    enum port_status status = PORT_OK;

    if (target == store->committed && !store->undone)
        return PORT_OK;
    store->new_folders = store->groups_written = false;
    if (store->hive)
        status = sync_log(store);
    if (new_folders || groups) {
        mutex_unlock(&store->mutex);
        if (!status && new_folders)
            status = sync_new_folders(store);
        if (!status && groups)
            status = sync_groups(store);
        mutex_lock(&store->mutex);
    }
    store->undone = status;
    if (status) {
        store->new_folders |= new_folders;
        store->groups_written |= groups;
        store->failures++;
        store->failure = status;
    } else if (store->hive) {
        compact(store);
    }
    store->committed = target;
    return status;
}

/* With the mutex; until nothing is left. Only one thread at a time. */
static void work(struct store *store)
{
    store->syncing = true;
    while (has_work(store)) {
        struct store_job *job = store->first;
        uint64_t target = store->submitted;
        enum port_status status;

        store->first = NULL;
        store->last = &store->first;
        if (job) {
            mutex_unlock(&store->mutex);
            store_sync_batch(&store->volume_syncs, job);
            job = tell_durable(job);
            mutex_lock(&store->mutex);
        }
        status = commit(store);
        if (job) {
            mutex_unlock(&store->mutex);
            tell_committed(job, status);
            mutex_lock(&store->mutex);
        }
        if (store->watch_wanted) {
            store->watch_wanted = false;
            mutex_unlock(&store->mutex);
            store_begin_watch(store);
            mutex_lock(&store->mutex);
        }
        store->finished = target;
        condition_broadcast(&store->changed);
    }
    store->syncing = false;
}

static void syncer_thread(void *argument)
{
    struct store *store = argument;

    mutex_lock(&store->mutex);
    while (!store->closing || has_work(store)) {
        /* Somebody may be at it who could not start a thread before this one was. */
        if (has_work(store) && !store->syncing)
            work(store);
        else
            condition_wait(&store->changed, &store->mutex);
    }
    store->threaded = false;
    condition_broadcast(&store->changed);
    mutex_unlock(&store->mutex);
}

/* With the mutex, which may be given up for a while. */
static void wake(struct store *store)
{
    if (!store->threaded)
        store->threaded = !thread_start("winrt-syncer", syncer_thread, store);
    if (store->threaded)
        condition_broadcast(&store->changed);
    else if (!store->syncing)
        work(store);
}

void store_wake_syncer(struct store *store)
{
    if (has_work(store))
        wake(store);
}

void store_submit(struct store *store, struct store_job *job)
{
    job->next = NULL;
    if (process_is_forked_child()) {
        job->status = PORT_NOT_SUPPORTED;
        tell_committed(tell_durable(job), PORT_NOT_SUPPORTED);
        return;
    }
    mutex_lock(&store->mutex);
    *store->last = job;
    store->last = &job->next;
    store->submitted++;
    wake(store);
    mutex_unlock(&store->mutex);
}

enum port_status store_flush(struct store *store)
{
    return store_flush_until(store, UINT64_MAX);
}

enum port_status store_flush_until(struct store *store, uint64_t deadline_ns)
{
    uint64_t submitted, written, failures;
    enum port_status status;
    bool in_time = true;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&store->mutex);
    if (store->undone)
        store->written++;
    submitted = store->submitted;
    written = store->written;
    failures = store->failures;
    if (has_work(store))
        wake(store);
    while (in_time && (store->finished < submitted || store->committed < written))
        in_time = condition_wait_until(&store->changed, &store->mutex, deadline_ns);
    status = !in_time ? PORT_BUSY : store->failures == failures ? PORT_OK : store->failure;
    mutex_unlock(&store->mutex);
    return status;
}
