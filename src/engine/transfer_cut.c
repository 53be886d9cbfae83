/* SPDX-License-Identifier: MIT */
#include "transfer_cut.h"

#include "engine_store.h"

static uint64_t end_of(const struct range_set *ranges)
{
    const struct byte_range *last = ranges->count ? &ranges->ranges[ranges->count - 1] : NULL;

    return last ? last->offset + last->length : 0;
}

/* One that somebody has changed meanwhile is not touched. */
static struct open_file *open_parts(struct transfer *transfer)
{
    const struct body_state *body = transfer->body;
    struct open_file *file = transfer->exchange ? transfer->exchange->file : NULL;

    if (file)
        open_file_addref(file);
    else if (transfer->path)
        result_file_reopen(transfer->path, &body->left, end_of(&body->ranges), &file);
    return file;
}

/* No allocation: there is a range that begins with these. */
static void keep_first(struct range_set *ranges, uint64_t size)
{
    range_set_clear(ranges);
    if (size)
        range_set_add(ranges, 0, size);
}

void transfer_cut_begin(struct transfer *transfer, struct transfer_cut *cut)
{
    struct body_state *body = transfer->body;

    *cut = (struct transfer_cut){ 0 };
    if (!transfer->ranged)
        return;
    cut->file = open_parts(transfer);
    engine_park_if_abandoned();
    if (!cut->file)
        return;
    cut->size = range_set_end_at(&body->ranges, 0);
    mutex_lock(&transfer->mutex);
    keep_first(&body->ranges, cut->size);
    range_set_clear(&body->saved_ranges);
    body->saved_bytes = cut->size;
    body->cut = true;
    /* What checkpoints are under way speak of what was there before. */
    body->losses_seen = ++body->losses;
    mutex_unlock(&transfer->mutex);
}

void transfer_cut_finish(struct transfer_cut *cut)
{
    struct store *store = engine_store(NULL);

    if (cut->file && store && !store_commit(store))
        file_resize(cut->file->handle, cut->size);
    open_file_release(cut->file);
    engine_park_if_abandoned();
}

void transfer_cut_show_locked(struct transfer *transfer)
{
    struct body_state *body = transfer->body;

    if (!body || !body->cut)
        return;
    body->cut = false;
    range_set_clear(&body->ranges);
    transfer->ranged = false;
    transfer->progress.bytes_received = body->saved_bytes;
}
