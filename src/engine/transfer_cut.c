/* SPDX-License-Identifier: MIT */
#include "transfer_cut.h"

#include "checkpoint.h"
#include "exchange.h"

/* One that somebody has changed meanwhile is not touched. */
static struct open_file *open_parts(struct transfer *transfer)
{
    const struct body_state *body = transfer->body;
    struct open_file *file = transfer->exchange ? transfer->exchange->file : NULL;

    if (file)
        open_file_addref(file);
    else if (transfer->path)
        result_file_reopen(transfer->path, &body->left, range_set_end(&body->ranges), &file);
    return file;
}

/* No allocation: there is a range that begins with these. */
static void keep_first(struct range_set *ranges, uint64_t size)
{
    range_set_clear(ranges);
    if (size)
        range_set_add(ranges, 0, size);
}

/* What is left; of that the record goes on to have what is on the disk. */
static uint64_t forget_rest(struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    uint64_t size = range_set_end_at(&body->ranges, 0);

    body->left.settled = false;
    mutex_lock(&transfer->mutex);
    keep_first(&body->ranges, size);
    if (body->saved_ranges.count)
        body->saved_bytes = range_set_end_at(&body->saved_ranges, 0);
    range_set_clear(&body->saved_ranges);
    body->mark.settled = body->settled_stored = false;
    body->cut = true;
    /* What checkpoints are under way speak of what was there before. */
    body->losses_seen = ++body->losses;
    mutex_unlock(&transfer->mutex);
    return size;
}

void transfer_cut(struct transfer *transfer)
{
    struct open_file *file;
    uint64_t size;

    if (!transfer->ranged)
        return;
    file = open_parts(transfer);
    engine_park_if_abandoned();
    if (!file)
        return;
    size = forget_rest(transfer);
    if (!checkpoint_commit(transfer))
        file_resize(file->handle, size);
    open_file_release(file);
    engine_park_if_abandoned();
}

void transfer_cut_show_locked(struct transfer *transfer)
{
    struct body_state *body = transfer->body;

    if (!body || !body->cut)
        return;
    body->cut = false;
    transfer->progress.bytes_received = range_set_end_at(&body->ranges, 0);
    range_set_clear(&body->ranges);
    transfer->ranged = false;
}
