/* SPDX-License-Identifier: MIT */
/*
 * What DownloadOperation.GetResultRandomAccessStreamReference leads to: an IRandomAccessStream over
 * a body that is still being fetched. A read pulls its part of the body before all others
 * (IRandomAccessStream Interface, Windows.Storage.Streams; DownloadOperation
 * .IsRandomAccessRequired). It can be read alone: what would write answers as it does for a file
 * that was opened for reading.
 */
#include "result_random_stream.h"

#include <roerrorapi.h>

#include "async_types.h"
#include "read_queue.h"
#include "result_stream.h"
#include "runtime.h"
#include "src/engine/header_list.h"
#include "src/engine/transfer.h"
#include "src/port/process.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

struct random_stream {
    IRandomAccessStreamWithContentType IRandomAccessStreamWithContentType_iface;
    IRandomAccessStream IRandomAccessStream_iface;
    IClosable IClosable_iface;
    IInputStream IInputStream_iface;
    IOutputStream IOutputStream_iface;
    IContentTypeProvider IContentTypeProvider_iface;
    struct object object;
    struct read_queue queue;
};

DEFINE_INSPECTABLE(random_stream, IRandomAccessStreamWithContentType)
DEFINE_INSPECTABLE(random_stream, IRandomAccessStream)
DEFINE_INSPECTABLE(random_stream, IClosable)
DEFINE_INSPECTABLE(random_stream, IInputStream)
DEFINE_INSPECTABLE(random_stream, IOutputStream)
DEFINE_INSPECTABLE(random_stream, IContentTypeProvider)

static struct read_queue *queue_of(IRandomAccessStream *iface)
{
    return &impl_from_IRandomAccessStream(iface)->queue;
}

/* S_OK is never the answer: RO_E_CLOSED, or E_ACCESSDENIED. */
static HRESULT refuse_writing(struct read_queue *queue)
{
    HRESULT hr = read_queue_check_open(queue);

    if (FAILED(hr))
        return hr;
    return error_originate(E_ACCESSDENIED, "The stream over a download can only be read");
}

/* Of the whole body; 0 as long as no response has told it. */
static HRESULT WINAPI random_stream_get_Size(IRandomAccessStream *iface, UINT64 *value)
{
    struct read_queue *queue = queue_of(iface);
    struct transfer_progress progress;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    hr = read_queue_check_open(queue);
    if (FAILED(hr))
        return hr;
    transfer_get_progress(queue->transfer, &progress);
    *value = progress.total_bytes;
    return S_OK;
}

static HRESULT WINAPI random_stream_put_Size(IRandomAccessStream *iface, UINT64 value)
{
    (void)value;
    return refuse_writing(queue_of(iface));
}

static HRESULT WINAPI random_stream_GetInputStreamAt(IRandomAccessStream *iface, UINT64 position,
                                                     IInputStream **stream)
{
    struct read_queue *queue = queue_of(iface);
    HRESULT hr;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    hr = read_queue_check_open(queue);
    if (FAILED(hr))
        return hr;
    return result_stream_create(queue->transfer, queue->hub, position, READ_QUEUE_BODY_ONLY,
                                stream);
}

static HRESULT WINAPI random_stream_GetOutputStreamAt(IRandomAccessStream *iface, UINT64 position,
                                                      IOutputStream **stream)
{
    (void)position;
    if (!stream)
        return E_POINTER;
    *stream = NULL;
    return refuse_writing(queue_of(iface));
}

static HRESULT WINAPI random_stream_get_Position(IRandomAccessStream *iface, UINT64 *value)
{
    if (!value)
        return E_POINTER;
    *value = 0;
    return read_queue_get_position(queue_of(iface), value);
}

/* Any position is taken; what it means shows when something is read there. */
static HRESULT WINAPI random_stream_Seek(IRandomAccessStream *iface, UINT64 position)
{
    return read_queue_seek(queue_of(iface), position);
}

/* At position 0, as all clones. */
static HRESULT WINAPI random_stream_CloneStream(IRandomAccessStream *iface,
                                                IRandomAccessStream **stream)
{
    struct read_queue *queue = queue_of(iface);
    IRandomAccessStreamWithContentType *clone;
    HRESULT hr;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    hr = read_queue_check_open(queue);
    if (FAILED(hr))
        return hr;
    hr = result_random_stream_create(queue->transfer, queue->hub, &clone);
    if (FAILED(hr))
        return hr;
    hr = IRandomAccessStreamWithContentType_QueryInterface(clone, &IID_IRandomAccessStream,
                                                           (void **)stream);
    IRandomAccessStreamWithContentType_Release(clone);
    return hr;
}

static HRESULT WINAPI random_stream_get_CanRead(IRandomAccessStream *iface, boolean *value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = TRUE;
    return S_OK;
}

static HRESULT WINAPI random_stream_get_CanWrite(IRandomAccessStream *iface, boolean *value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = FALSE;
    return S_OK;
}

static HRESULT WINAPI random_stream_Close(IClosable *iface)
{
    return read_queue_close(&impl_from_IClosable(iface)->queue);
}

static HRESULT WINAPI random_stream_ReadAsync(IInputStream *iface, IBuffer *buffer, UINT32 count,
                                              InputStreamOptions options,
                                              IAsyncOperationWithProgress_IBuffer_UINT32 **out)
{
    return read_queue_read_async(&impl_from_IInputStream(iface)->queue, buffer, count, options,
                                 out);
}

static HRESULT WINAPI random_stream_WriteAsync(
    IOutputStream *iface, IBuffer *buffer, IAsyncOperationWithProgress_UINT32_UINT32 **operation)
{
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!buffer)
        return E_POINTER;
    return refuse_writing(&impl_from_IOutputStream(iface)->queue);
}

/* There is nothing to flush, which is no failure. */
static HRESULT WINAPI random_stream_FlushAsync(IOutputStream *iface,
                                               IAsyncOperation_boolean **operation)
{
    static const struct async_work no_work;
    const union value flushed = { .boolean_ = TRUE };
    struct async *async;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    hr = read_queue_check_open(&impl_from_IOutputStream(iface)->queue);
    if (SUCCEEDED(hr))
        hr = async_create(async_type_flush, &no_work, NULL, &async);
    if (FAILED(hr))
        return hr;
    *operation = async_interface(async);
    async_complete(async, &flushed);
    async_release(async);
    return S_OK;
}

/* The Content-Type of the newest response, as the server wrote it; empty if it has none, if there
 * was no response yet, and if the newest is about an error. */
static HRESULT WINAPI random_stream_get_ContentType(IContentTypeProvider *iface, HSTRING *value)
{
    struct random_stream *stream = impl_from_IContentTypeProvider(iface);
    struct response *response;
    const char *type = NULL;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    response = transfer_get_response(stream->queue.transfer);
    if (!response)
        return S_OK;
    if (response_get_status(response) / 100 == 2)
        type = header_list_find(response_get_headers(response), "Content-Type");
    hr = hstring_from_utf8(type, value);
    response_release(response);
    return hr;
}

static const struct IRandomAccessStreamWithContentTypeVtbl random_stream_vtbl = {
    INSPECTABLE_SLOTS(random_stream, IRandomAccessStreamWithContentType),
};

static const struct IRandomAccessStreamVtbl random_stream_stream_vtbl = {
    INSPECTABLE_SLOTS(random_stream, IRandomAccessStream),
    random_stream_get_Size,
    random_stream_put_Size,
    random_stream_GetInputStreamAt,
    random_stream_GetOutputStreamAt,
    random_stream_get_Position,
    random_stream_Seek,
    random_stream_CloneStream,
    random_stream_get_CanRead,
    random_stream_get_CanWrite,
};

static const struct IClosableVtbl random_stream_closable_vtbl = {
    INSPECTABLE_SLOTS(random_stream, IClosable),
    random_stream_Close,
};

static const struct IInputStreamVtbl random_stream_input_vtbl = {
    INSPECTABLE_SLOTS(random_stream, IInputStream),
    random_stream_ReadAsync,
};

static const struct IOutputStreamVtbl random_stream_output_vtbl = {
    INSPECTABLE_SLOTS(random_stream, IOutputStream),
    random_stream_WriteAsync,
    random_stream_FlushAsync,
};

static const struct IContentTypeProviderVtbl random_stream_content_type_vtbl = {
    INSPECTABLE_SLOTS(random_stream, IContentTypeProvider),
    random_stream_get_ContentType,
};

static void random_stream_destroy(void *instance)
{
    struct random_stream *stream = instance;

    if (!process_is_forked_child())
        read_queue_destroy(&stream->queue);
}

static const struct object_interface random_stream_interfaces[] = {
    OBJECT_INTERFACE(random_stream, IRandomAccessStreamWithContentType),
    OBJECT_INTERFACE(random_stream, IRandomAccessStream),
    OBJECT_INTERFACE(random_stream, IClosable),
    OBJECT_INTERFACE(random_stream, IInputStream),
    OBJECT_INTERFACE(random_stream, IOutputStream),
    OBJECT_INTERFACE(random_stream, IContentTypeProvider),
};

/* No runtime class is documented for it: it bears the interface's name. */
static const struct object_class random_stream_class =
    OBJECT_CLASS(random_stream, u"Windows.Storage.Streams.IRandomAccessStreamWithContentType",
                 random_stream_destroy);

HRESULT result_random_stream_create(struct transfer *transfer, struct read_hub *hub,
                                    IRandomAccessStreamWithContentType **out)
{
    struct random_stream *stream = object_alloc(&random_stream_class);
    HRESULT hr;

    *out = NULL;
    if (!stream)
        return E_OUTOFMEMORY;
    stream->IRandomAccessStreamWithContentType_iface.lpVtbl = &random_stream_vtbl;
    stream->IRandomAccessStream_iface.lpVtbl = &random_stream_stream_vtbl;
    stream->IClosable_iface.lpVtbl = &random_stream_closable_vtbl;
    stream->IInputStream_iface.lpVtbl = &random_stream_input_vtbl;
    stream->IOutputStream_iface.lpVtbl = &random_stream_output_vtbl;
    stream->IContentTypeProvider_iface.lpVtbl = &random_stream_content_type_vtbl;
    hr = read_queue_init(&stream->queue, &stream->object, transfer, hub, 0, READ_QUEUE_BODY_ONLY);
    if (FAILED(hr)) {
        object_release(&stream->object);
        return hr;
    }
    *out = &stream->IRandomAccessStreamWithContentType_iface;
    return S_OK;
}
