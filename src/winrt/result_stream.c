/* SPDX-License-Identifier: MIT */
/*
 * What DownloadOperation.GetResultStreamAt returns: an IInputStream over what has been received,
 * that waits for more as long as the transfer runs (IInputStream.ReadAsync Method,
 * Windows.Storage.Streams). No thread waits: reads stand in a queue, and a task on the stream's
 * strand (the pump) goes through it when bytes arrive, when the transfer ends, and when a read is
 * cancelled or the stream closed.
 */
#include "result_stream.h"

#include <robuffer.h>

#include "async_types.h"
#include "read_hub.h"
#include "runtime.h"
#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/object.h"

struct pending_read {
    struct pending_read *next;
    struct async *async;
    IBuffer *buffer;
    BYTE *bytes; /* of the buffer */
    UINT32 wanted, done;
    bool partial; /* one byte is enough */
};

struct result_stream {
    IInputStream IInputStream_iface;
    IClosable IClosable_iface;
    struct object object;
    struct transfer *transfer;
    struct read_hub *hub;
    struct strand *strand;
    struct read_waiter waiter; /* while it waits, the stream holds a reference to itself */

    struct mutex mutex; /* of what follows */
    UINT64 position;    /* of the first read in the queue; only the pump moves it */
    struct pending_read *head, **tail;
    bool closed;
    bool pump_queued;
    struct pool_task pump; /* holds a reference while it is queued */
};

DEFINE_INSPECTABLE(result_stream, IInputStream)
DEFINE_INSPECTABLE(result_stream, IClosable)

static void stream_addref(struct result_stream *stream)
{
    object_addref(&stream->object);
}

static void stream_release(struct result_stream *stream)
{
    object_release(&stream->object);
}

/* With the mutex held: the pump runs once more, and gives up the reference that the caller hands
   over. If it is queued already it holds one itself and cannot have run yet, so that the release
   here is never the last. */
static void hand_to_pump(struct result_stream *stream)
{
    if (stream->pump_queued) {
        stream_release(stream);
        return;
    }
    stream->pump_queued = true;
    strand_submit(stream->strand, &stream->pump);
}

static void queue_pump(struct result_stream *stream)
{
    stream_addref(stream);
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
    stream_addref(stream);
    if (read_hub_wait(stream->hub, &stream->waiter))
        return true;
    stream_release(stream);
    return false;
}

static void stop_waiting(struct result_stream *stream)
{
    if (read_hub_stop_waiting(stream->hub, &stream->waiter))
        stream_release(stream);
}

/* One read's end */

static void pending_free(struct pending_read *read)
{
    async_release(read->async);
    IBuffer_Release(read->buffer);
    memory_free(read);
}

static void pending_fail(struct pending_read *read, HRESULT error, const char *message)
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
        pending_fail(read, hr, NULL);
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
        pending_fail(read, RO_E_CLOSED, "The stream was closed during the read");
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
    pending_fail(read, error, message);
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
    stream_release(stream);
}

/* The reads as the client sees them */

static void cancel_read(void *context)
{
    queue_pump(context);
}

static void read_destroyed(void *context)
{
    stream_release(context);
}

static const struct async_work read_work = {
    .cancel = cancel_read,
    .destroy = read_destroyed,
};

/* S_OK if the buffer has room for `count` bytes, and where they go. */
static HRESULT get_bytes(IBuffer *buffer, UINT32 count, BYTE **ret)
{
    IBufferByteAccess *access;
    UINT32 capacity;
    HRESULT hr;

    *ret = NULL;
    hr = IBuffer_get_Capacity(buffer, &capacity);
    if (FAILED(hr))
        return hr;
    if (count > capacity)
        return E_INVALIDARG;
    hr = IBuffer_QueryInterface(buffer, &IID_IBufferByteAccess, (void **)&access);
    if (FAILED(hr))
        return hr;
    hr = IBufferByteAccess_Buffer(access, ret);
    IBufferByteAccess_Release(access);
    return hr;
}

static HRESULT pending_create(struct result_stream *stream, IBuffer *buffer, UINT32 count,
                              InputStreamOptions options, struct pending_read **ret)
{
    struct pending_read *read = memory_zalloc(sizeof(*read));
    HRESULT hr;

    *ret = NULL;
    if (!read)
        return E_OUTOFMEMORY;
    hr = async_create(async_type_read, &read_work, stream, &read->async);
    if (FAILED(hr)) {
        memory_free(read);
        return hr;
    }
    stream_addref(stream); /* the async object's, see read_destroyed */
    read->buffer = buffer;
    IBuffer_AddRef(buffer);
    read->wanted = count;
    read->partial = (options & InputStreamOptions_Partial) != 0;
    *ret = read;
    return S_OK;
}

/* False if the stream is closed. */
static bool append_read(struct result_stream *stream, struct pending_read *read)
{
    bool open;

    mutex_lock(&stream->mutex);
    open = !stream->closed;
    if (open) {
        *stream->tail = read;
        stream->tail = &read->next;
    }
    mutex_unlock(&stream->mutex);
    return open;
}

static bool is_closed(struct result_stream *stream)
{
    bool closed;

    mutex_lock(&stream->mutex);
    closed = stream->closed;
    mutex_unlock(&stream->mutex);
    return closed;
}

static HRESULT WINAPI result_stream_ReadAsync(IInputStream *iface, IBuffer *buffer, UINT32 count,
                                              InputStreamOptions options,
                                              IAsyncOperationWithProgress_IBuffer_UINT32 **out)
{
    struct result_stream *stream = impl_from_IInputStream(iface);
    struct pending_read *read;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!buffer)
        return E_POINTER;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    if (is_closed(stream))
        return error_originate(RO_E_CLOSED, "The stream is closed");
    hr = pending_create(stream, buffer, count, options, &read);
    if (FAILED(hr))
        return hr;
    *out = async_interface(read->async);

    /* A buffer that does not do is the operation's failure, not the call's. */
    hr = get_bytes(buffer, count, &read->bytes);
    if (FAILED(hr))
        pending_fail(read, hr, "The buffer cannot take that many bytes");
    else if (append_read(stream, read))
        queue_pump(stream);
    else
        pending_fail(read, RO_E_CLOSED, "The stream is closed");
    return S_OK;
}

static const struct IInputStreamVtbl result_stream_vtbl = {
    INSPECTABLE_SLOTS(result_stream, IInputStream),
    result_stream_ReadAsync,
};

static HRESULT WINAPI result_stream_Close(IClosable *iface)
{
    struct result_stream *stream = impl_from_IClosable(iface);
    HRESULT hr = runtime_check();
    bool reads;

    if (FAILED(hr))
        return hr;
    mutex_lock(&stream->mutex);
    stream->closed = true;
    reads = stream->head != NULL;
    mutex_unlock(&stream->mutex);
    if (reads)
        queue_pump(stream);
    return S_OK;
}

static const struct IClosableVtbl result_stream_closable_vtbl = {
    INSPECTABLE_SLOTS(result_stream, IClosable),
    result_stream_Close,
};

static void result_stream_destroy(void *instance)
{
    struct result_stream *stream = instance;

    if (process_is_forked_child())
        return;
    mutex_destroy(&stream->mutex);
    strand_release(stream->strand);
    read_hub_release(stream->hub);
    transfer_release(stream->transfer);
}

static const struct object_interface result_stream_interfaces[] = {
    OBJECT_INTERFACE(result_stream, IInputStream),
    OBJECT_INTERFACE(result_stream, IClosable),
};

/* The documented class of input streams over files. */
static const struct object_class result_stream_class =
    OBJECT_CLASS(result_stream, RuntimeClass_Windows_Storage_Streams_FileInputStream,
                 result_stream_destroy);

HRESULT result_stream_create(struct transfer *transfer, struct read_hub *hub, UINT64 position,
                             IInputStream **out)
{
    struct result_stream *stream;
    struct strand *strand;
    struct pool *pool;
    HRESULT hr;

    *out = NULL;
    hr = runtime_get_handler_pool(&pool);
    if (FAILED(hr))
        return hr;
    hr = hresult_from_status(strand_create(pool, &strand));
    if (FAILED(hr))
        return hr;
    stream = object_alloc(&result_stream_class);
    if (!stream) {
        strand_release(strand);
        return E_OUTOFMEMORY;
    }
    stream->IInputStream_iface.lpVtbl = &result_stream_vtbl;
    stream->IClosable_iface.lpVtbl = &result_stream_closable_vtbl;
    mutex_init(&stream->mutex);
    stream->strand = strand;
    stream->waiter.wake = wake_stream;
    stream->pump.run = run_pump;
    stream->tail = &stream->head;
    stream->position = position;
    stream->transfer = transfer;
    transfer_addref(transfer);
    stream->hub = hub;
    read_hub_addref(hub);
    *out = &stream->IInputStream_iface;
    return S_OK;
}
