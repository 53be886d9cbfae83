/* SPDX-License-Identifier: MIT */
/*
 * An IInputStream over what has been received, that waits for more as long as the transfer runs
 * (IInputStream.ReadAsync Method, Windows.Storage.Streams).
 */
#include "result_stream.h"

#include "read_queue.h"
#include "src/port/process.h"

struct result_stream {
    IInputStream IInputStream_iface;
    IClosable IClosable_iface;
    struct object object;
    struct read_queue queue;
};

DEFINE_INSPECTABLE(result_stream, IInputStream)
DEFINE_INSPECTABLE(result_stream, IClosable)

static HRESULT WINAPI result_stream_ReadAsync(IInputStream *iface, IBuffer *buffer, UINT32 count,
                                              InputStreamOptions options,
                                              IAsyncOperationWithProgress_IBuffer_UINT32 **out)
{
    return read_queue_read_async(&impl_from_IInputStream(iface)->queue, buffer, count, options,
                                 out);
}

static const struct IInputStreamVtbl result_stream_vtbl = {
    INSPECTABLE_SLOTS(result_stream, IInputStream),
    result_stream_ReadAsync,
};

static HRESULT WINAPI result_stream_Close(IClosable *iface)
{
    return read_queue_close(&impl_from_IClosable(iface)->queue);
}

static const struct IClosableVtbl result_stream_closable_vtbl = {
    INSPECTABLE_SLOTS(result_stream, IClosable),
    result_stream_Close,
};

static void result_stream_destroy(void *instance)
{
    struct result_stream *stream = instance;

    if (!process_is_forked_child())
        read_queue_destroy(&stream->queue);
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
                             unsigned flags, IInputStream **out)
{
    struct result_stream *stream = object_alloc(&result_stream_class);
    HRESULT hr;

    *out = NULL;
    if (!stream)
        return E_OUTOFMEMORY;
    stream->IInputStream_iface.lpVtbl = &result_stream_vtbl;
    stream->IClosable_iface.lpVtbl = &result_stream_closable_vtbl;
    hr = read_queue_init(&stream->queue, &stream->object, transfer, hub, position,
                         flags | READ_QUEUE_REWINDS);
    if (FAILED(hr)) {
        object_release(&stream->object);
        return hr;
    }
    *out = &stream->IInputStream_iface;
    return S_OK;
}
