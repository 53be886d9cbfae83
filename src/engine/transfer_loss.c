/* SPDX-License-Identifier: MIT */
/* Bytes that a sync did not get to the disk. */
#include "src/port/clock.h"
#include "transfer_run.h"

bool transfer_go_back(struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    struct range_set ranges = { 0 };
    bool good = true;

    if (!body)
        return true;
    mutex_lock(&transfer->mutex);
    if (body->losses != body->losses_seen) {
        good = !range_set_copy(&body->saved_ranges, &ranges);
        if (good) {
            range_set_destroy(&body->ranges);
            body->ranges = ranges;
            body->losses_seen = body->losses;
            transfer->progress.bytes_received =
                transfer_has_ranges(transfer) ? range_set_total(&ranges) : body->saved_bytes;
        }
    }
    mutex_unlock(&transfer->mutex);
    return good;
}

/* Counts as an attempt without progress: a disk that always fails ends the transfer. */
static bool may_go_back(struct transfer *transfer)
{
    bool may;

    mutex_lock(&transfer->mutex);
    may = transfer->retry.retries < RETRY_LIMIT;
    if (may)
        transfer->retry.retries++;
    mutex_unlock(&transfer->mutex);
    return may && transfer_go_back(transfer);
}

void transfer_lost_bytes(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;
    uint64_t due_ms = engine->now_ms + engine->settings.retry_base_ms;
    bool full;

    /* One that waits goes back when its turn comes. */
    if (!exchange || transfer->state != STATE_RECEIVING || !exchange->file)
        return;
    mutex_lock(&transfer->mutex);
    full = transfer->body->loss_of_room;
    mutex_unlock(&transfer->mutex);
    exchange_fail_file(exchange, full ? PORT_DISK_FULL : PORT_IO, transfer->path);
    transfer_publish_error(transfer, &exchange->failure);
    if (full ? !transfer_go_back(transfer) : !may_go_back(transfer)) {
        transfer_handle(engine, transfer, STATE_EVENT_FAIL);
        return;
    }
    body_writer_begin(&exchange->writer, exchange->file->handle, transfer->progress.bytes_received);
    if (full) {
        transfer_handle(engine, transfer, transfer_wait_for_room(engine, transfer));
        return;
    }
    transfer->retry_due_ms = due_ms;
    transfer_publish_wait(transfer, TRANSFER_WAIT_RETRY,
                          clock_universal_time() + (int64_t)engine->settings.retry_base_ms * 10000);
    transfer_handle(engine, transfer, STATE_EVENT_RETRY);
}
