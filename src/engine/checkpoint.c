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
    if (checkpoint->kind == CHECKPOINT_WHOLE) {
        transfer->stored_state = DOWNLOAD_COMPLETED;
        transfer->unsaved = false;
        if (transfer->collected)
            store_remove(engine_store(NULL), &id);
    }
    transfer_save_locked(transfer);
}

static void on_durable(struct store_job *job, enum port_status status)
{
    struct checkpoint *checkpoint =
        (struct checkpoint *)((char *)job - offsetof(struct checkpoint, job));
    struct transfer *transfer = checkpoint->transfer;

    mutex_lock(&transfer->mutex);
    if (status)
        transfer->body->losses++;
    else
        take(checkpoint);
    transfer->saving--;
    mutex_unlock(&transfer->mutex);
    /* A completed one keeps the record that fetches it again. */
    if (status)
        engine_submit(transfer, COMMAND_SYNC_FAILED);
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

bool checkpoint_is_pending(struct transfer *transfer)
{
    bool pending;

    mutex_lock(&transfer->mutex);
    pending = transfer->saving;
    mutex_unlock(&transfer->mutex);
    return pending;
}

void checkpoint_unsettle(struct transfer *transfer)
{
    struct body_state *body = transfer->body;

    body->left.settled = false;
    mutex_lock(&transfer->mutex);
    body->session++;
    if (body->mark.settled) {
        body->mark.settled = false;
        transfer_save_locked(transfer);
    }
    mutex_unlock(&transfer->mutex);
}

void checkpoint_forget(struct transfer *transfer)
{
    struct body_state *body = transfer->body;

    body->left.settled = false;
    mutex_lock(&transfer->mutex);
    body->session++;
    body->saved_bytes = 0;
    range_set_clear(&body->saved_ranges);
    range_set_clear(&body->ranges);
    body->mark.settled = false;
    transfer->progress.bytes_received = 0;
    transfer->progress.restart_number++;
    transfer_save_locked(transfer);
    mutex_unlock(&transfer->mutex);
}
