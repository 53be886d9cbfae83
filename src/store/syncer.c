/* SPDX-License-Identifier: MIT */
/*
 * The syncer: a thread that makes things durable in batches. After a while without work it begins
 * at once when there is some, and what comes meanwhile is the next batch; so a slow disk decides by
 * its own speed how much is synced together, and a fast one is asked a hundred times a second at
 * most. Order within a batch: the data, then the records that say so (`durable`
 * writes them), then the log, then `committed`. docs/store.md
 */
#include <string.h>

#include "download_values.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/port/process.h"
#include "store_internal.h"

/* From the beginning of a batch to that of the next one, unless somebody waits for it. */
#define BATCH_INTERVAL_NS UINT64_C(10000000)

/* With the mutex. */
static bool has_work(const struct store *store)
{
    return store->first || store->written != store->committed;
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

/* Of a folder: we may not open it, or its volume syncs none. */
static bool is_not_ours(enum port_status status)
{
    return status == PORT_DENIED || status == PORT_INVALID || status == PORT_NOT_SUPPORTED;
}

/*
 * The names of our folders, in that of the app and in those above it: the first program of a user
 * has made several, and may have died before it synced them. The hive knows of its own. What we may
 * not open we have made nothing in.
 */
static enum port_status sync_new_folders(const struct store *store)
{
    enum port_status status = file_sync_folder(store->folders.app);
    size_t root = path_root_length(store->folders.app);
    char *above, *slash;

    if (status)
        return status;
    above = memory_strdup(store->folders.app);
    if (!above)
        return PORT_NO_MEMORY;
    while (!status && strlen(above) > root && (slash = strrchr(above, '/'))) {
        above[slash < above + root ? root : (size_t)(slash - above)] = 0;
        status = file_sync_folder(above);
    }
    memory_free(above);
    return is_not_ours(status) ? PORT_OK : status;
}

/* With the mutex, which is given up meanwhile. */
static enum port_status need_folders(struct store *store)
{
    enum port_status status;

    if (!store->new_folders)
        return PORT_OK;
    store->new_folders = false;
    mutex_unlock(&store->mutex);
    status = sync_new_folders(store);
    mutex_lock(&store->mutex);
    store->new_folders |= status != PORT_OK;
    return status;
}

/* With the mutex: what is left of a hive whose downloads have all gone are their passwords. */
static bool has_only_dead_secrets(const struct store *store)
{
    return store->has_secrets && !hive_count_keys(store->hive, KEY_DOWNLOADS);
}

/* With the mutex: a log that is mostly dead is written anew. One that cannot be, since somebody has
 * it open or the disk is full, goes on, and gets its next chance when it has grown. */
static void compact(struct store *store)
{
    bool dead_secrets = has_only_dead_secrets(store);
    uint64_t size, live;

    if (!dead_secrets && !hive_wants_compaction(store->hive))
        return;
    hive_get_size(store->hive, &size, &live);
    if (size <= store->compact_above)
        return;
    store->compact_above = hive_compact(store->hive) ? size + size / 4 : 0;
    if (dead_secrets && !store->compact_above)
        store->has_secrets = false;
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
    bool groups = store->groups_written;
    uint64_t target = store->written;
    enum port_status status;

    if (target == store->committed && !store->undone)
        return PORT_OK;
    store->groups_written = false;
    status = need_folders(store);
    if (!status && store->hive)
        status = sync_log(store);
    if (!status && groups) {
        mutex_unlock(&store->mutex);
        status = store_sync_groups(store);
        mutex_lock(&store->mutex);
    }
    store->undone = status;
    if (status) {
        store->groups_written |= groups;
        store->failures++;
        store->failure = status;
    } else if (store->hive) {
        compact(store);
    }
    store->committed = target;
    return status;
}

/* With the mutex, which is given up meanwhile. The names of the folders come before the records
 * that `durable` writes, which may be on the disk at any time from then on. */
static void sync_jobs(struct store *store, struct store_job *first)
{
    enum port_status status = need_folders(store);
    struct store_job *job;

    mutex_unlock(&store->mutex);
    store_sync_batch(&store->volume_syncs, first);
    for (job = first; job; job = job->next)
        job->status = job->status ? job->status : status;
    mutex_lock(&store->mutex);
}

/* With the mutex. Only one thread at a time. */
static void do_batch(struct store *store)
{
    struct store_job *job = store->first;
    uint64_t target = store->submitted;
    enum port_status status;

    store->first = NULL;
    store->last = &store->first;
    if (job) {
        sync_jobs(store, job);
        mutex_unlock(&store->mutex);
        job = tell_durable(job);
        mutex_lock(&store->mutex);
    }
    status = commit(store);
    if (job) {
        mutex_unlock(&store->mutex);
        tell_committed(job, status);
        mutex_lock(&store->mutex);
    }
    store->finished = target;
    condition_broadcast(&store->changed);
}

/* With the mutex, which is given up meanwhile. */
static void begin_watch(struct store *store)
{
    store->watch_wanted = false;
    mutex_unlock(&store->mutex);
    store_begin_watch(store);
    mutex_lock(&store->mutex);
}

/* With the mutex, which is given up meanwhile: until the next batch may begin. */
static void rest(struct store *store)
{
    bool in_time = true;

    store->resting = true;
    while (in_time && !store->waiting && !store->closing)
        in_time = condition_wait_until(&store->changed, &store->mutex,
                                       store->batch_begun_ns + BATCH_INTERVAL_NS);
    store->resting = false;
    store->batch_begun_ns = clock_monotonic_ns();
}

/* With the mutex; until nothing is left. */
static void work(struct store *store, bool patient)
{
    store->syncing = true;
    while (has_work(store)) {
        if (patient)
            rest(store);
        do_batch(store);
        if (store->watch_wanted && clock_monotonic_ns() >= store->watch_due_ns)
            begin_watch(store);
    }
    store->syncing = false;
}

/* With the mutex, which is given up meanwhile. */
static void wait_for_work(struct store *store)
{
    if (!store->watch_wanted)
        condition_wait(&store->changed, &store->mutex);
    else if (!condition_wait_until(&store->changed, &store->mutex, store->watch_due_ns))
        begin_watch(store);
}

static void syncer_thread(void *argument)
{
    struct store *store = argument;

    mutex_lock(&store->mutex);
    while (!store->closing || has_work(store)) {
        /* Somebody may be at it who could not start a thread before this one was. */
        if (has_work(store) && !store->syncing)
            work(store, true);
        else
            wait_for_work(store);
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
    if (store->resting || (store->threaded && store->syncing))
        return; /* it looks again by itself */
    if (store->threaded)
        condition_broadcast(&store->changed);
    else if (!store->syncing)
        work(store, false);
}

void store_wake_syncer(struct store *store)
{
    if (has_work(store) || store->watch_wanted)
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

enum port_status store_commit(struct store *store)
{
    enum port_status status = PORT_OK;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&store->mutex);
    if (store->written != store->committed || store->undone) {
        status = need_folders(store);
        if (!status && store->hive)
            status = sync_log(store);
    }
    mutex_unlock(&store->mutex);
    return status;
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
    store->waiting++;
    if (store->resting)
        condition_broadcast(&store->changed);
    while (in_time && (store->finished < submitted || store->committed < written))
        in_time = condition_wait_until(&store->changed, &store->mutex, deadline_ns);
    store->waiting--;
    status = !in_time ? PORT_BUSY : store->failures == failures ? PORT_OK : store->failure;
    mutex_unlock(&store->mutex);
    return status;
}
