/* SPDX-License-Identifier: MIT */
/* Checkpoints: jobs for the syncer. */
#include <string.h>

#include "checkpoint.h"
#include "engine_store.h"
#include "runtime.h"
#include "src/port/memory.h"

struct checkpoint {
    struct store_job job;
    struct transfer *transfer;
    struct open_file *file;
    char *folder;
    enum checkpoint_kind kind;
    uint32_t session, restart_number, losses; /* of the body, as they were */
    uint64_t bytes;
    struct range_set ranges;
    struct file_mark mark;
};

static void checkpoint_free(struct checkpoint *checkpoint)
{
    range_set_destroy(&checkpoint->ranges);
    memory_free(checkpoint->folder);
    open_file_release(checkpoint->file);
    transfer_release(checkpoint->transfer);
    memory_free(checkpoint);
}

/* The bytes are on the disk; now the record may say so. With the transfer's mutex. */
static void take(struct checkpoint *checkpoint)
{
    struct transfer *transfer = checkpoint->transfer;
    struct store_id id = transfer_store_id(transfer);
    struct body_state *body = transfer->body;
    struct range_set previous = body->saved_ranges;

    /* The body has begun again since: these bytes are of another one. Or an earlier sync has
     * failed: this one says nothing about what that one lost. */
    if (checkpoint->restart_number != transfer->progress.restart_number ||
        checkpoint->losses != body->losses)
        return;
    body->saved_bytes = checkpoint->bytes;
    body->saved_ranges = checkpoint->ranges;
    checkpoint->ranges = previous;
    body->mark = checkpoint->mark;
    if (checkpoint->session != body->session)
        body->mark.settled = false;
    body->settled_stored |= body->mark.settled;
    if (checkpoint->kind == CHECKPOINT_WHOLE) {
        transfer->stored_state = DOWNLOAD_COMPLETED;
        transfer->unsaved = false;
        if (transfer->collected)
            store_remove_in_commit(engine_store(NULL), &id);
    }
    transfer_save_locked(transfer);
}

/* The syncer has let go of one thing. With the mutex; the command for the engine, if that was the
 * last one that it waits for, else 0. */
static unsigned end_saving(struct transfer *transfer)
{
    bool awaited = !--transfer->saving && transfer->end_waits;

    transfer->end_waits &= !awaited;
    return awaited ? COMMAND_SAVED : 0;
}

static void on_durable(struct store_job *job, enum port_status status)
{
    struct checkpoint *checkpoint =
        (struct checkpoint *)((char *)job - offsetof(struct checkpoint, job));
    struct transfer *transfer = checkpoint->transfer;
    unsigned commands;

    /* Before anybody can know that it is synced. */
    open_file_release(checkpoint->file);
    checkpoint->file = NULL;
    mutex_lock(&transfer->mutex);
    if (status) {
        transfer->body->losses++;
        transfer->body->loss_of_room = status == PORT_DISK_FULL;
    } else {
        take(checkpoint);
    }
    commands = end_saving(transfer);
    mutex_unlock(&transfer->mutex);
    /* A completed one keeps the record that fetches it again. */
    if (status)
        commands |= COMMAND_SYNC_FAILED;
    if (commands)
        engine_submit(transfer, commands);
    checkpoint_free(checkpoint);
}

/* The folder of a new file has to be on the disk too. */
static char *folder_of(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    size_t root = path ? path_root_length(path) : 0;

    if (!slash)
        return NULL;
    return memory_strndup(path, (size_t)(slash - path) < root ? root : (size_t)(slash - path));
}

/* A sync of a folder alone. */
struct folder_job {
    struct store_job job;
    struct transfer *transfer;
    char *folder;
};

static void on_folder_synced(struct store_job *job, enum port_status status)
{
    struct folder_job *folder_job = (struct folder_job *)job;
    struct transfer *transfer = folder_job->transfer;
    unsigned command;

    /* That it failed the file itself will tell, if it is not there. */
    (void)status;
    mutex_lock(&transfer->mutex);
    command = end_saving(transfer);
    mutex_unlock(&transfer->mutex);
    if (command)
        engine_submit(transfer, command);
    transfer_release(transfer);
    memory_free(folder_job->folder);
    memory_free(folder_job);
}

void checkpoint_file_name(struct transfer *transfer)
{
    struct store *store = engine_store(NULL);
    char *folder = transfer->result_is_private ? NULL : folder_of(transfer->path);
    struct folder_job *folder_job = folder ? memory_zalloc(sizeof(*folder_job)) : NULL;

    if (!store || !folder_job) {
        memory_free(folder);
        return;
    }
    transfer_addref(transfer);
    folder_job->transfer = transfer;
    folder_job->folder = folder;
    folder_job->job.file = FILE_HANDLE_NONE;
    folder_job->job.folder = folder;
    folder_job->job.durable = on_folder_synced;
    mutex_lock(&transfer->mutex);
    transfer->saving++;
    mutex_unlock(&transfer->mutex);
    store_submit(store, &folder_job->job);
}

static struct checkpoint *checkpoint_create(struct transfer *transfer, struct open_file *file,
                                            enum checkpoint_kind kind)
{
    struct checkpoint *checkpoint = memory_zalloc(sizeof(*checkpoint));
    bool first;

    if (!checkpoint)
        return NULL;
    transfer_addref(transfer);
    checkpoint->transfer = transfer;
    open_file_addref(file);
    checkpoint->file = file;
    checkpoint->kind = kind;
    checkpoint->bytes = transfer->random_access ? 0 : transfer->progress.bytes_received;
    checkpoint->job.file = file->handle;
    /* A file that was left in peace has to have that time when it is gone on with. */
    checkpoint->job.times = kind == CHECKPOINT_SETTLED;
    checkpoint->job.durable = on_durable;
    mutex_lock(&transfer->mutex);
    checkpoint->session = transfer->body->session;
    checkpoint->restart_number = transfer->progress.restart_number;
    checkpoint->losses = transfer->body->losses;
    first = !transfer->body->saved_bytes && !transfer->body->saved_ranges.count;
    mutex_unlock(&transfer->mutex);
    if (kind == CHECKPOINT_WHOLE || first)
        checkpoint->folder = folder_of(transfer->path);
    checkpoint->job.folder = checkpoint->folder;
    if (range_set_copy(&transfer->body->ranges, &checkpoint->ranges) ||
        file_mark_take(file->handle, kind != CHECKPOINT_RUNNING, &checkpoint->mark)) {
        checkpoint_free(checkpoint);
        return NULL;
    }
    checkpoint->job.device = checkpoint->mark.device;
    return checkpoint;
}

void checkpoint_submit(struct transfer *transfer, struct open_file *file, enum checkpoint_kind kind)
{
    struct store *store = engine_store(NULL);
    struct checkpoint *checkpoint;

    if (!store || !file || !transfer->body)
        return;
    checkpoint = checkpoint_create(transfer, file, kind);
    if (!checkpoint)
        return;
    transfer->body->left = checkpoint->mark;
    mutex_lock(&transfer->mutex);
    transfer->saving++;
    /* Which file it is can be said at once, for a resume that comes before the sync has ended; how
     * it was left cannot. */
    transfer->body->mark = checkpoint->mark;
    transfer->body->mark.settled = false;
    mutex_unlock(&transfer->mutex);
    store_submit(store, &checkpoint->job);
}

bool checkpoint_holds_end(struct transfer *transfer)
{
    bool holds;

    if (!transfer_file_is_in_the_way(transfer))
        return false;
    mutex_lock(&transfer->mutex);
    holds = transfer->end_waits = transfer->saving;
    mutex_unlock(&transfer->mutex);
    return holds;
}

bool checkpoint_is_pending(struct transfer *transfer)
{
    bool pending;

    mutex_lock(&transfer->mutex);
    pending = transfer->saving;
    mutex_unlock(&transfer->mutex);
    return pending;
}

enum port_status checkpoint_commit(struct transfer *transfer)
{
    enum port_status status = transfer_save(transfer);
    struct store *store = engine_store(NULL);

    if (!status && store)
        status = store_commit(store);
    engine_park_if_abandoned();
    return status;
}

void checkpoint_unsettle(struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    bool settled;

    body->left.settled = false;
    mutex_lock(&transfer->mutex);
    body->session++;
    settled = body->settled_stored;
    body->mark.settled = body->settled_stored = false;
    mutex_unlock(&transfer->mutex);
    /* If that fails, and power too, the file is refused then. */
    if (settled)
        checkpoint_commit(transfer);
}

enum port_status checkpoint_forget(struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    bool stored;

    body->left.settled = false;
    mutex_lock(&transfer->mutex);
    body->session++;
    stored = body->saved_bytes || body->saved_ranges.count || body->settled_stored;
    body->saved_bytes = 0;
    range_set_clear(&body->saved_ranges);
    range_set_clear(&body->ranges);
    transfer->ranged = false;
    body->mark.settled = body->settled_stored = false;
    transfer->progress.bytes_received = 0;
    transfer->progress.restart_number++;
    mutex_unlock(&transfer->mutex);
    body->forgotten_stored |= stored;
    return body->forgotten_stored ? checkpoint_end_forgetting(transfer) : transfer_save(transfer);
}

enum port_status checkpoint_end_forgetting(struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    enum port_status status = PORT_OK;

    if (body->forgotten_stored)
        status = checkpoint_commit(transfer);
    if (!status)
        body->forgotten_stored = false;
    return status;
}
