/* SPDX-License-Identifier: MIT */
/*
 * Serves the reads of a queue in turn, on the stream's strand. It runs when there is something new:
 * a read, bytes, the transfer's end or restart, a cancelled read, a closed stream.
 */
#include "read_queue.h"

#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"

/* With the mutex held: the pump runs once more, and gives up the reference that the caller hands
   over. If it is queued already it holds one itself and cannot have run yet, so that the release
   here is never the last. */
static void hand_to_pump(struct read_queue *queue)
{
    if (queue->pump_queued) {
        object_release(queue->owner);
        return;
    }
    queue->pump_queued = true;
    strand_submit(queue->strand, &queue->pump);
}

void read_queue_pump(struct read_queue *queue)
{
    object_addref(queue->owner);
    mutex_lock(&queue->mutex);
    hand_to_pump(queue);
    mutex_unlock(&queue->mutex);
}

static void wake_queue(struct read_waiter *waiter)
{
    struct read_queue *queue = CONTAINING_RECORD(waiter, struct read_queue, waiter);

    mutex_lock(&queue->mutex);
    hand_to_pump(queue);
    mutex_unlock(&queue->mutex);
}

/* To wait and to be woken hand a reference back and forth. */
static bool start_waiting(struct read_queue *queue)
{
    object_addref(queue->owner);
    if (read_hub_wait(queue->hub, &queue->waiter))
        return true;
    object_release(queue->owner);
    return false;
}

static void stop_waiting(struct read_queue *queue)
{
    if (read_hub_stop_waiting(queue->hub, &queue->waiter))
        object_release(queue->owner);
}

/* One read's end */

static void pending_free(struct pending_read *read)
{
    async_release(read->async);
    IBuffer_Release(read->buffer);
    memory_free(read->message);
    memory_free(read);
}

/* What was cancelled before it failed is cancelled. */
static void fail_async(struct pending_read *read, HRESULT error, const char *message)
{
    if (async_is_cancelled(read->async))
        async_cancelled(read->async);
    else
        async_fail(read->async, error, message);
}

void read_queue_refuse(struct pending_read *read, HRESULT error, const char *message)
{
    fail_async(read, error, message);
    pending_free(read);
}

void read_queue_run_end(struct pool_task *task)
{
    struct pending_read *read = CONTAINING_RECORD(task, struct pending_read, end);
    union value value;

    if (SUCCEEDED(read->outcome))
        read->outcome = IBuffer_put_Length(read->buffer, read->done);
    if (SUCCEEDED(read->outcome)) {
        value.unknown = (IUnknown *)read->buffer;
        async_complete(read->async, &value);
    } else {
        fail_async(read, read->outcome, read->message);
    }
    pending_free(read);
}

/* Of a read that is in the queue no more. A text for which there is no memory is missed. */
static void end_read(struct read_queue *queue, struct pending_read *read, HRESULT outcome,
                     const char *message)
{
    if (read->demanded)
        transfer_withdraw(queue->transfer, read->demand_position, read->demand_size);
    read->outcome = outcome;
    read->message = message ? memory_strdup(message) : NULL;
    pool_submit(queue->pool, &read->end);
}

/* The queue */

static struct pending_read *unlink_read(struct read_queue *queue, struct pending_read **link)
{
    struct pending_read *read = *link;

    *link = read->next;
    if (!*link)
        queue->tail = link;
    return read;
}

/* The first of the queue that is not wanted any more, taken out of it; NULL if there is none. */
static struct pending_read *take_unwanted(struct read_queue *queue)
{
    struct pending_read *read = NULL;

    mutex_lock(&queue->mutex);
    for (struct pending_read **link = &queue->head; *link; link = &(*link)->next) {
        if (queue->closed || async_is_cancelled((*link)->async)) {
            read = unlink_read(queue, link);
            break;
        }
    }
    mutex_unlock(&queue->mutex);
    return read;
}

static void drop_unwanted(struct read_queue *queue)
{
    struct pending_read *read;

    while ((read = take_unwanted(queue)))
        end_read(queue, read, RO_E_CLOSED, "The stream was closed during the read");
}

/* And where it begins. */
static struct pending_read *first_read(struct read_queue *queue, UINT64 *ret_start)
{
    struct pending_read *read;

    mutex_lock(&queue->mutex);
    read = queue->head;
    if (read)
        *ret_start = read->seeks == queue->cursor_seeks ? queue->cursor : read->start;
    mutex_unlock(&queue->mutex);
    return read;
}

/* Takes the first read out. Only the pump takes reads out, so it is the same as before. */
static void complete_first(struct read_queue *queue, struct pending_read *read, UINT64 start)
{
    mutex_lock(&queue->mutex);
    queue->cursor = start + read->done;
    queue->cursor_seeks = read->seeks;
    if (read->seeks == queue->seeks)
        queue->position = queue->cursor;
    unlink_read(queue, &queue->head);
    mutex_unlock(&queue->mutex);
    end_read(queue, read, S_OK, NULL);
}

static void fail_first(struct read_queue *queue, struct pending_read *read, HRESULT error,
                       const char *message)
{
    mutex_lock(&queue->mutex);
    unlink_read(queue, &queue->head);
    mutex_unlock(&queue->mutex);
    end_read(queue, read, error, message);
}

/* What this stream gave is not what the transfer has now. */
static void fail_changed(struct read_queue *queue, struct pending_read *read)
{
    queue->gave_bytes = false;
    if (queue->flags & READ_QUEUE_REWINDS) {
        mutex_lock(&queue->mutex);
        queue->cursor = queue->origin;
        mutex_unlock(&queue->mutex);
    }
    fail_first(queue, read, E_CHANGED_STATE,
               "The transfer has begun again: what was read before is void");
}

/* What a read meets at the end of what was received: the end of the body, or why there is no more
 * of it. */
static void end_first(struct read_queue *queue, struct pending_read *read, UINT64 start)
{
    const bool body_only = queue->flags & READ_QUEUE_BODY_ONLY;
    struct transfer_progress progress;
    struct transfer_error error;

    transfer_get_progress(queue->transfer, &progress);
    transfer_get_error(queue->transfer, &error);
    if (progress.status == TRANSFER_COMPLETED ||
        (progress.status == TRANSFER_FAILED && error.code == TRANSFER_ERROR_HTTP_STATUS &&
         !body_only))
        complete_first(queue, read, start);
    else if (progress.status == TRANSFER_FAILED)
        fail_first(queue, read, hresult_from_transfer_error(&error), error.message);
    else if (progress.status == TRANSFER_CANCELED)
        fail_first(queue, read, HRESULT_CANCELLED, "The transfer was cancelled");
    else
        fail_first(queue, read, E_ABORT, "Nobody follows the transfer any more");
}

/* What there is for a read now. */
enum piece {
    PIECE_BYTES,   /* `count` of them, into the buffer */
    PIECE_WAIT,    /* none yet */
    PIECE_END,     /* none, and no more will come here */
    PIECE_AT_SIZE, /* none, since the body ends here, though the transfer goes on elsewhere */
    PIECE_CHANGED, /* what was given before is void */
    PIECE_FAILED,  /* `status` */
};

static bool is_page_about_error(struct read_queue *queue, const struct transfer_progress *progress)
{
    struct transfer_error error;

    if (!(queue->flags & READ_QUEUE_BODY_ONLY) || progress->status != TRANSFER_FAILED)
        return false;
    transfer_get_error(queue->transfer, &error);
    return error.code == TRANSFER_ERROR_HTTP_STATUS;
}

/* A random access transfer can have the end of its body long before its middle. */
static bool is_at_size(struct read_queue *queue, const struct transfer_progress *progress,
                       UINT64 position)
{
    return progress->total_bytes && position >= progress->total_bytes &&
           transfer_get_random_access(queue->transfer);
}

static enum piece read_piece(struct read_queue *queue, struct pending_read *read, UINT64 position,
                             UINT32 *ret_count, enum port_status *ret_status)
{
    struct transfer_progress before, after;
    size_t count;
    bool more;

    *ret_count = 0;
    do {
        count = 0;
        more = false;
        transfer_get_progress(queue->transfer, &before);
        if (queue->gave_bytes && before.restart_number != queue->version)
            return PIECE_CHANGED;
        if (is_at_size(queue, &before, position))
            return PIECE_AT_SIZE;
        *ret_status = transfer_read(queue->transfer, position, read->bytes + read->done,
                                    read->wanted - read->done, &count, &more);
        transfer_get_progress(queue->transfer, &after);
        /* Bytes of which body it was cannot be told, if it began again meanwhile. */
    } while (after.restart_number != before.restart_number);

    if (is_page_about_error(queue, &after))
        return PIECE_END;
    if (*ret_status)
        return PIECE_FAILED;
    if (!count)
        return more ? PIECE_WAIT : PIECE_END;
    queue->gave_bytes = true;
    queue->version = before.restart_number;
    *ret_count = (UINT32)count;
    return PIECE_BYTES;
}

/* Once a read, so that a newer one's place stays before it. */
static void demand_rest(struct read_queue *queue, struct pending_read *read, UINT64 position)
{
    if (read->demanded)
        return;
    read->demanded = true;
    read->demand_position = position;
    read->demand_size = read->wanted - read->done;
    transfer_demand(queue->transfer, read->demand_position, read->demand_size);
}

static void take_bytes(struct read_queue *queue, struct pending_read *read, UINT64 start,
                       UINT32 count)
{
    union value value;

    read->done += count;
    if (read->done == read->wanted || read->partial) {
        complete_first(queue, read, start);
        return;
    }
    value.uint32 = read->done;
    async_report(read->async, &value);
}

/*
 * Reads what is there for the first read of the queue. True if that was something, false if the
 * stream now waits for more. It begins to wait before it looks, so that what arrives in between is
 * not missed.
 */
static bool serve_first(struct read_queue *queue, struct pending_read *read, UINT64 start)
{
    enum port_status status = PORT_OK;
    enum piece piece;
    UINT32 count;
    bool waits;

    if (!read->wanted) {
        complete_first(queue, read, start);
        return true;
    }
    waits = start_waiting(queue);
    piece = read_piece(queue, read, start + read->done, &count, &status);
    if (piece == PIECE_WAIT && waits) {
        demand_rest(queue, read, start + read->done);
        return false;
    }
    stop_waiting(queue);

    switch (piece) {
    case PIECE_BYTES:
        take_bytes(queue, read, start, count);
        break;
    case PIECE_AT_SIZE:
        complete_first(queue, read, start);
        break;
    case PIECE_CHANGED:
        fail_changed(queue, read);
        break;
    case PIECE_FAILED:
        fail_first(queue, read, hresult_from_status(status), "The received bytes cannot be read");
        break;
    case PIECE_WAIT:
    case PIECE_END:
        end_first(queue, read, start);
        break;
    }
    return true;
}

static void run_pump(struct pool_task *task)
{
    struct read_queue *queue = CONTAINING_RECORD(task, struct read_queue, pump);
    struct pending_read *read;
    UINT64 start = 0;

    mutex_lock(&queue->mutex);
    queue->pump_queued = false;
    mutex_unlock(&queue->mutex);
    stop_waiting(queue);
    do {
        drop_unwanted(queue);
        read = first_read(queue, &start);
    } while (read && serve_first(queue, read, start));
    object_release(queue->owner);
}

void read_queue_init_pump(struct read_queue *queue)
{
    queue->waiter.wake = wake_queue;
    queue->pump.run = run_pump;
}
