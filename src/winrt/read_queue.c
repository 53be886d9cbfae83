/* SPDX-License-Identifier: MIT */
/* The client's side: reads are called, cancelled, sought between, and closed. */
#include "read_queue.h"

#include <robuffer.h>

#include "async_types.h"
#include "runtime.h"
#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

/* The reads as the client sees them. Each holds the stream until its async object is gone. */

static void cancel_read(void *context)
{
    read_queue_pump(context);
}

static void read_destroyed(void *context)
{
    struct read_queue *queue = context;

    object_release(queue->owner);
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

static HRESULT pending_create(struct read_queue *queue, IBuffer *buffer, UINT32 count,
                              InputStreamOptions options, struct pending_read **ret)
{
    struct pending_read *read = memory_zalloc(sizeof(*read));
    HRESULT hr;

    *ret = NULL;
    if (!read)
        return E_OUTOFMEMORY;
    hr = async_create(async_type_read, &read_work, queue, &read->async);
    if (FAILED(hr)) {
        memory_free(read);
        return hr;
    }
    object_addref(queue->owner); /* the async object's, see read_destroyed */
    read->buffer = buffer;
    IBuffer_AddRef(buffer);
    read->end.run = read_queue_run_end;
    read->wanted = count;
    read->partial = (options & InputStreamOptions_Partial) != 0;
    *ret = read;
    return S_OK;
}

/* False if the stream is closed. */
static bool append_read(struct read_queue *queue, struct pending_read *read)
{
    bool open;

    mutex_lock(&queue->mutex);
    open = !queue->closed;
    if (open) {
        read->seeks = queue->seeks;
        read->start = queue->position;
        *queue->tail = read;
        queue->tail = &read->next;
    }
    mutex_unlock(&queue->mutex);
    return open;
}

HRESULT read_queue_read_async(struct read_queue *queue, IBuffer *buffer, UINT32 count,
                              InputStreamOptions options,
                              IAsyncOperationWithProgress_IBuffer_UINT32 **out)
{
    struct pending_read *read;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!buffer)
        return E_POINTER;
    hr = read_queue_check_open(queue);
    if (FAILED(hr))
        return hr;
    hr = pending_create(queue, buffer, count, options, &read);
    if (FAILED(hr))
        return hr;
    *out = async_interface(read->async);

    /* A buffer that does not do is the operation's failure, not the call's. */
    hr = get_bytes(buffer, count, &read->bytes);
    if (FAILED(hr))
        read_queue_refuse(read, hr, "The buffer cannot take that many bytes");
    else if (append_read(queue, read))
        read_queue_pump(queue);
    else
        read_queue_refuse(read, RO_E_CLOSED, "The stream is closed");
    return S_OK;
}

HRESULT read_queue_close(struct read_queue *queue)
{
    HRESULT hr = runtime_check();
    bool reads;

    if (FAILED(hr))
        return hr;
    mutex_lock(&queue->mutex);
    queue->closed = true;
    reads = queue->head != NULL;
    mutex_unlock(&queue->mutex);
    if (reads)
        read_queue_pump(queue);
    return S_OK;
}

static HRESULT closed_unless(bool open)
{
    return open ? S_OK : error_originate(RO_E_CLOSED, "The stream is closed");
}

HRESULT read_queue_check_open(struct read_queue *queue)
{
    HRESULT hr = runtime_check();
    bool open;

    if (FAILED(hr))
        return hr;
    mutex_lock(&queue->mutex);
    open = !queue->closed;
    mutex_unlock(&queue->mutex);
    return closed_unless(open);
}

HRESULT read_queue_get_position(struct read_queue *queue, UINT64 *value)
{
    HRESULT hr = runtime_check();
    bool open;

    if (FAILED(hr))
        return hr;
    mutex_lock(&queue->mutex);
    open = !queue->closed;
    if (open)
        *value = queue->position;
    mutex_unlock(&queue->mutex);
    return closed_unless(open);
}

/* Where the reads end that are called already is nobody's Position any more. */
HRESULT read_queue_seek(struct read_queue *queue, UINT64 position)
{
    HRESULT hr = runtime_check();
    bool open;

    if (FAILED(hr))
        return hr;
    mutex_lock(&queue->mutex);
    open = !queue->closed;
    if (open) {
        queue->position = position;
        queue->seeks++;
    }
    mutex_unlock(&queue->mutex);
    return closed_unless(open);
}

HRESULT read_queue_init(struct read_queue *queue, struct object *owner, struct transfer *transfer,
                        struct read_hub *hub, UINT64 position, unsigned flags)
{
    struct pool *pool;
    HRESULT hr;

    hr = runtime_get_handler_pool(&pool);
    if (FAILED(hr))
        return hr;
    hr = hresult_from_status(strand_create(pool, &queue->strand));
    if (FAILED(hr))
        return hr;
    mutex_init(&queue->mutex);
    read_queue_init_pump(queue);
    queue->tail = &queue->head;
    queue->owner = owner;
    queue->pool = pool;
    queue->flags = flags;
    queue->origin = queue->position = queue->cursor = position;
    queue->transfer = transfer;
    transfer_addref(transfer);
    queue->hub = hub;
    read_hub_addref(hub);
    return S_OK;
}

void read_queue_destroy(struct read_queue *queue)
{
    if (!queue->transfer)
        return;
    mutex_destroy(&queue->mutex);
    strand_release(queue->strand);
    read_hub_release(queue->hub);
    transfer_release(queue->transfer);
}
