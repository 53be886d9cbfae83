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
#include "result_stream_pump.h"
#include "runtime.h"
#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "winrt-shim/base/error.h"

DEFINE_INSPECTABLE(result_stream, IInputStream)
DEFINE_INSPECTABLE(result_stream, IClosable)

/* The reads as the client sees them */

static void cancel_read(void *context)
{
    result_stream_queue_pump(context);
}

static void read_destroyed(void *context)
{
    result_stream_release(context);
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
    result_stream_addref(stream); /* the async object's, see read_destroyed */
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
        result_stream_fail_read(read, hr, "The buffer cannot take that many bytes");
    else if (append_read(stream, read))
        result_stream_queue_pump(stream);
    else
        result_stream_fail_read(read, RO_E_CLOSED, "The stream is closed");
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
        result_stream_queue_pump(stream);
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
    result_stream_init_pump(stream);
    stream->tail = &stream->head;
    stream->position = position;
    stream->transfer = transfer;
    transfer_addref(transfer);
    stream->hub = hub;
    read_hub_addref(hub);
    *out = &stream->IInputStream_iface;
    return S_OK;
}
