/* SPDX-License-Identifier: MIT */
/*
 * Serves the reads of a result stream (result_stream.c) in turn, on the stream's strand. It runs
 * when there is something new: a read, bytes, the transfer's end, a cancelled read, a closed
 * stream.
 */
#include "result_stream_pump.h"

#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"

void result_stream_addref(struct result_stream *stream)
{
    object_addref(&stream->object);
}

void result_stream_release(struct result_stream *stream)
{
    object_release(&stream->object);
}

/* With the mutex held: the pump runs once more, and gives up the reference that the caller hands
   over. If it is queued already it holds one itself and cannot have run yet, so that the release
   here is never the last. */
static void hand_to_pump(struct result_stream *stream)
{
    if (stream->pump_queued) {
        result_stream_release(stream);
        return;
    }
    stream->pump_queued = true;
    strand_submit(stream->strand, &stream->pump);
}

void result_stream_queue_pump(struct result_stream *stream)
{
    result_stream_addref(stream);
    mutex_lock(&stream->mutex);
    hand_to_pump(stream);
    mutex_unlock(&stream->mutex);
}

static void wake_stream(struct read_waiter *waiter)
{
    struct result_stream *stream = CONTAINING_RECORD(waiter, struct result_stream, waiter);

    mutex_lock(&stream->mutex);
    hand_to_pump(stream);
    mutex_unlock(&stream->mutex);
}

/* To wait and to be woken hand a reference back and forth. */
static bool start_waiting(struct result_stream *stream)
{
    result_stream_addref(stream);
    if (read_hub_wait(stream->hub, &stream->waiter))
        return true;
    result_stream_release(stream);
    return false;
}

static void stop_waiting(struct result_stream *stream)
{
    if (read_hub_stop_waiting(stream->hub, &stream->waiter))
        result_stream_release(stream);
}

/* One read's end */

static void pending_free(struct pending_read *read)
{
    async_release(read->async);
    IBuffer_Release(read->buffer);
    memory_free(read);
}

void result_stream_fail_read(struct pending_read *read, HRESULT error, const char *message)
{
    if (async_is_cancelled(read->async))
        async_cancelled(read->async);
    else
        async_fail(read->async, error, message);
    pending_free(read);
}

static void pending_complete(struct pending_read *read)
{
    union value value;
    HRESULT hr = IBuffer_put_Length(read->buffer, read->done);

    if (FAILED(hr)) {
        result_stream_fail_read(read, hr, NULL);
        return;
    }
    value.unknown = (IUnknown *)read->buffer;
    async_complete(read->async, &value);
    pending_free(read);
}

/* The queue */

static struct pending_read *unlink_read(struct result_stream *stream, struct pending_read **link)
{
    struct pending_read *read = *link;

    *link = read->next;
    if (!*link)
        stream->tail = link;
    return read;
}

/* The first of the queue that is not wanted any more, taken out of it; NULL if there is none. */
static struct pending_read *take_unwanted(struct result_stream *stream, bool *ret_closed)
{
    struct pending_read *read = NULL;

    mutex_lock(&stream->mutex);
    *ret_closed = stream->closed;
    for (struct pending_read **link = &stream->head; *link; link = &(*link)->next) {
        if (stream->closed || async_is_cancelled((*link)->async)) {
            read = unlink_read(stream, link);
            break;
        }
    }
    mutex_unlock(&stream->mutex);
    return read;
}

static void drop_unwanted(struct result_stream *stream)
{
    struct pending_read *read;
    bool closed;

    while ((read = take_unwanted(stream, &closed)))
        result_stream_fail_read(read, RO_E_CLOSED, "The stream was closed during the read");
}

static struct pending_read *first_read(struct result_stream *stream, UINT64 *ret_position)
{
    struct pending_read *read;

    mutex_lock(&stream->mutex);
    read = stream->head;
    *ret_position = stream->position;
    mutex_unlock(&stream->mutex);
    return read;
}

/* Takes the first read out and moves on by what it got. Only the pump takes reads out, so it is the
 * same as before. */
static void finish_first(struct result_stream *stream)
{
    mutex_lock(&stream->mutex);
    stream->position += stream->head->done;
    unlink_read(stream, &stream->head);
    mutex_unlock(&stream->mutex);
}

static void complete_first(struct result_stream *stream, struct pending_read *read)
{
    finish_first(stream);
    pending_complete(read);
}

static void fail_first(struct result_stream *stream, struct pending_read *read, HRESULT error,
                       const char *message)
{
    read->done = 0;
    finish_first(stream);
    result_stream_fail_read(read, error, message);
}

/* What a read meets at the end of what was received: the end of the body, or why there is no more
 * of it. */
static void end_first(struct result_stream *stream, struct pending_read *read)
{
    struct transfer_progress progress;
    struct transfer_error error;

    transfer_get_progress(stream->transfer, &progress);
    transfer_get_error(stream->transfer, &error);
    if (progress.status == TRANSFER_COMPLETED ||
        (progress.status == TRANSFER_FAILED && error.code == TRANSFER_ERROR_HTTP_STATUS))
        complete_first(stream, read);
    else if (progress.status == TRANSFER_FAILED)
        fail_first(stream, read, hresult_from_transfer_error(&error), error.message);
    else if (progress.status == TRANSFER_CANCELED)
        fail_first(stream, read, HRESULT_CANCELLED, "The transfer was cancelled");
    else
        fail_first(stream, read, E_ABORT, "The transfer was never started");
}

/*
 * Reads what is there for the first read of the queue. True if that ended it, false if the stream
 * now waits for more. It begins to wait before it looks, so that what arrives in between is not
 * missed.
 */
static bool serve_first(struct result_stream *stream, struct pending_read *read, UINT64 position)
{
    enum port_status status;
    union value value;
    size_t count = 0;
    bool more = false, waits;

    if (!read->wanted) {
        complete_first(stream, read);
        return true;
    }
    waits = start_waiting(stream);
    status = transfer_read(stream->transfer, position + read->done, read->bytes + read->done,
                           read->wanted - read->done, &count, &more);
    if (!status && !count && more && waits)
        return false;
    stop_waiting(stream);

    if (status) {
        fail_first(stream, read, hresult_from_status(status), "The received bytes cannot be read");
        return true;
    }
    read->done += (UINT32)count;
    if (!count)
        end_first(stream, read);
    else if (read->done == read->wanted || read->partial)
        complete_first(stream, read);
    else {
        value.uint32 = read->done;
        async_report(read->async, &value);
    }
    return true;
}

static void run_pump(struct pool_task *task)
{
    struct result_stream *stream = CONTAINING_RECORD(task, struct result_stream, pump);
    struct pending_read *read;
    UINT64 position;

    mutex_lock(&stream->mutex);
    stream->pump_queued = false;
    mutex_unlock(&stream->mutex);
    stop_waiting(stream);
    do {
        drop_unwanted(stream);
        read = first_read(stream, &position);
    } while (read && serve_first(stream, read, position));
    result_stream_release(stream);
}

void result_stream_init_pump(struct result_stream *stream)
{
    stream->waiter.wake = wake_stream;
    stream->pump.run = run_pump;
}
