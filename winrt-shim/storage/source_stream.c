/* SPDX-License-Identifier: MIT */
/* FileRandomAccessStream and InMemoryRandomAccessStream (Windows.Storage.Streams). */
#include <windows.storage.h>

#include "source_streams.h"

#include <roerrorapi.h>

#include "winrt-shim/base/object.h"

struct source_stream {
    IRandomAccessStream IRandomAccessStream_iface;
    IOutputStream IOutputStream_iface;
    IClosable IClosable_iface;
    IInputStream IInputStream_iface;
    struct object object;
    struct stream_core *core;
};

DEFINE_INSPECTABLE(source_stream, IRandomAccessStream)
DEFINE_INSPECTABLE(source_stream, IOutputStream)
DEFINE_INSPECTABLE(source_stream, IClosable)
DEFINE_INSPECTABLE(source_stream, IInputStream)

static HRESULT WINAPI source_stream_get_Size(IRandomAccessStream *iface, UINT64 *value)
{
    struct stream_core *core = impl_from_IRandomAccessStream(iface)->core;
    struct stream_source *source;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    if (FAILED(hr = stream_core_source(core, &source)))
        return hr;
    hr = source->ops->get_size(source, value);
    stream_source_release(source);
    return hr;
}

static HRESULT WINAPI source_stream_put_Size(IRandomAccessStream *iface, UINT64 value)
{
    struct stream_core *core = impl_from_IRandomAccessStream(iface)->core;
    struct stream_source *source;
    HRESULT hr;

    if (FAILED(hr = stream_core_source(core, &source)))
        return hr;
    hr = core->can_write ? source->ops->set_size(source, value) : E_ACCESSDENIED;
    stream_source_release(source);
    return hr;
}

static HRESULT WINAPI source_stream_GetInputStreamAt(IRandomAccessStream *iface, UINT64 position,
                                                     IInputStream **stream)
{
    struct stream_core *core = impl_from_IRandomAccessStream(iface)->core;
    struct stream_source *source;
    HRESULT hr;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    if (FAILED(hr = stream_core_source(core, &source)))
        return hr;
    hr = source_input_stream_create(source, position, stream);
    stream_source_release(source);
    return hr;
}

static HRESULT WINAPI source_stream_GetOutputStreamAt(IRandomAccessStream *iface, UINT64 position,
                                                      IOutputStream **stream)
{
    struct stream_core *core = impl_from_IRandomAccessStream(iface)->core;
    struct stream_source *source;
    HRESULT hr;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    if (FAILED(hr = stream_core_source(core, &source)))
        return hr;
    hr = core->can_write ? source_output_stream_create(source, position, stream) : E_ACCESSDENIED;
    stream_source_release(source);
    return hr;
}

static HRESULT WINAPI source_stream_get_Position(IRandomAccessStream *iface, UINT64 *value)
{
    struct stream_core *core = impl_from_IRandomAccessStream(iface)->core;
    HRESULT hr = S_OK;

    if (!value)
        return E_POINTER;
    *value = 0;
    mutex_lock(&core->mutex);
    if (core->source)
        *value = core->position;
    else
        hr = RO_E_CLOSED;
    mutex_unlock(&core->mutex);
    return hr;
}

/* Any position is taken; what it means shows when something is read or written there. */
static HRESULT WINAPI source_stream_Seek(IRandomAccessStream *iface, UINT64 position)
{
    struct stream_core *core = impl_from_IRandomAccessStream(iface)->core;
    HRESULT hr = S_OK;

    mutex_lock(&core->mutex);
    if (core->source)
        core->position = position;
    else
        hr = RO_E_CLOSED;
    mutex_unlock(&core->mutex);
    return hr;
}

static HRESULT WINAPI source_stream_CloneStream(IRandomAccessStream *iface,
                                                IRandomAccessStream **stream)
{
    struct stream_core *core = impl_from_IRandomAccessStream(iface)->core;
    struct stream_source *source;
    struct stream_core *clone;
    HRESULT hr;

    if (!stream)
        return E_POINTER;
    *stream = NULL;
    if (FAILED(hr = stream_core_source(core, &source)))
        return hr;
    clone = stream_core_create(source, core->can_read, core->can_write, 0);
    stream_source_release(source);
    if (!clone)
        return E_OUTOFMEMORY;
    hr = source_stream_create(clone, stream);
    stream_core_release(clone);
    return hr;
}

static HRESULT WINAPI source_stream_get_CanRead(IRandomAccessStream *iface, boolean *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IRandomAccessStream(iface)->core->can_read;
    return S_OK;
}

static HRESULT WINAPI source_stream_get_CanWrite(IRandomAccessStream *iface, boolean *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IRandomAccessStream(iface)->core->can_write;
    return S_OK;
}

static HRESULT WINAPI source_stream_WriteAsync(
    IOutputStream *iface, IBuffer *buffer, IAsyncOperationWithProgress_UINT32_UINT32 **operation)
{
    return stream_core_write_async(impl_from_IOutputStream(iface)->core, buffer, operation);
}

static HRESULT WINAPI source_stream_FlushAsync(IOutputStream *iface,
                                               IAsyncOperation_boolean **operation)
{
    return stream_core_flush_async(impl_from_IOutputStream(iface)->core, operation);
}

static HRESULT WINAPI source_stream_Close(IClosable *iface)
{
    return stream_core_close(impl_from_IClosable(iface)->core);
}

static HRESULT WINAPI source_stream_ReadAsync(
    IInputStream *iface, IBuffer *buffer, UINT32 count, InputStreamOptions options,
    IAsyncOperationWithProgress_IBuffer_UINT32 **operation)
{
    return stream_core_read_async(impl_from_IInputStream(iface)->core, buffer, count, options,
                                  operation);
}

static const struct IRandomAccessStreamVtbl source_stream_vtbl = {
    INSPECTABLE_SLOTS(source_stream, IRandomAccessStream),
    source_stream_get_Size,
    source_stream_put_Size,
    source_stream_GetInputStreamAt,
    source_stream_GetOutputStreamAt,
    source_stream_get_Position,
    source_stream_Seek,
    source_stream_CloneStream,
    source_stream_get_CanRead,
    source_stream_get_CanWrite,
};

static const struct IOutputStreamVtbl source_stream_output_vtbl = {
    INSPECTABLE_SLOTS(source_stream, IOutputStream),
    source_stream_WriteAsync,
    source_stream_FlushAsync,
};

static const struct IClosableVtbl source_stream_closable_vtbl = {
    INSPECTABLE_SLOTS(source_stream, IClosable),
    source_stream_Close,
};

static const struct IInputStreamVtbl source_stream_input_vtbl = {
    INSPECTABLE_SLOTS(source_stream, IInputStream),
    source_stream_ReadAsync,
};

static void source_stream_destroy(void *instance)
{
    struct source_stream *stream = instance;

    stream_core_release(stream->core);
}

static const struct object_interface source_stream_interfaces[] = {
    OBJECT_INTERFACE(source_stream, IRandomAccessStream),
    OBJECT_INTERFACE(source_stream, IOutputStream),
    OBJECT_INTERFACE(source_stream, IClosable),
    OBJECT_INTERFACE(source_stream, IInputStream),
};

static const struct object_class source_stream_classes[STREAM_KIND_MAX] = {
    [STREAM_KIND_MEMORY] =
        OBJECT_CLASS(source_stream, RuntimeClass_Windows_Storage_Streams_InMemoryRandomAccessStream,
                     source_stream_destroy),
    [STREAM_KIND_FILE] =
        OBJECT_CLASS(source_stream, RuntimeClass_Windows_Storage_Streams_FileRandomAccessStream,
                     source_stream_destroy),
};

HRESULT source_stream_create(struct stream_core *core, IRandomAccessStream **out)
{
    struct source_stream *stream;

    *out = NULL;
    if (!(stream = object_alloc(&source_stream_classes[core->source->ops->kind])))
        return E_OUTOFMEMORY;
    stream->IRandomAccessStream_iface.lpVtbl = &source_stream_vtbl;
    stream->IOutputStream_iface.lpVtbl = &source_stream_output_vtbl;
    stream->IClosable_iface.lpVtbl = &source_stream_closable_vtbl;
    stream->IInputStream_iface.lpVtbl = &source_stream_input_vtbl;
    stream->core = stream_core_addref(core);
    *out = &stream->IRandomAccessStream_iface;
    return S_OK;
}
