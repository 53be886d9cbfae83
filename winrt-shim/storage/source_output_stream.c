/* SPDX-License-Identifier: MIT */
/* FileOutputStream (Windows.Storage.Streams), and its like over memory. */
#include "source_streams.h"

#include "winrt-shim/base/object.h"

struct source_output_stream {
    IOutputStream IOutputStream_iface;
    IClosable IClosable_iface;
    struct object object;
    struct stream_core *core;
};

DEFINE_INSPECTABLE(source_output_stream, IOutputStream)
DEFINE_INSPECTABLE(source_output_stream, IClosable)

static HRESULT WINAPI source_output_stream_WriteAsync(
    IOutputStream *iface, IBuffer *buffer, IAsyncOperationWithProgress_UINT32_UINT32 **operation)
{
    return stream_core_write_async(impl_from_IOutputStream(iface)->core, buffer, operation);
}

static HRESULT WINAPI source_output_stream_FlushAsync(IOutputStream *iface,
                                                      IAsyncOperation_boolean **operation)
{
    return stream_core_flush_async(impl_from_IOutputStream(iface)->core, operation);
}

static HRESULT WINAPI source_output_stream_Close(IClosable *iface)
{
    return stream_core_close(impl_from_IClosable(iface)->core);
}

static const struct IOutputStreamVtbl source_output_stream_vtbl = {
    INSPECTABLE_SLOTS(source_output_stream, IOutputStream),
    source_output_stream_WriteAsync,
    source_output_stream_FlushAsync,
};

static const struct IClosableVtbl source_output_stream_closable_vtbl = {
    INSPECTABLE_SLOTS(source_output_stream, IClosable),
    source_output_stream_Close,
};

static void source_output_stream_destroy(void *instance)
{
    struct source_output_stream *stream = instance;

    stream_core_release(stream->core);
}

static const struct object_interface source_output_stream_interfaces[] = {
    OBJECT_INTERFACE(source_output_stream, IOutputStream),
    OBJECT_INTERFACE(source_output_stream, IClosable),
};

/* There is no runtime class for an output stream over memory: it bears the interface's name. */
static const struct object_class source_output_stream_classes[STREAM_KIND_MAX] = {
    [STREAM_KIND_MEMORY] =
        OBJECT_CLASS(source_output_stream, u"Windows.Storage.Streams.IOutputStream",
                     source_output_stream_destroy),
    [STREAM_KIND_FILE] =
        OBJECT_CLASS(source_output_stream, RuntimeClass_Windows_Storage_Streams_FileOutputStream,
                     source_output_stream_destroy),
};

HRESULT source_output_stream_create(struct stream_source *source, UINT64 position,
                                    IOutputStream **out)
{
    struct source_output_stream *stream;

    *out = NULL;
    if (!(stream = object_alloc(&source_output_stream_classes[source->ops->kind])))
        return E_OUTOFMEMORY;
    stream->IOutputStream_iface.lpVtbl = &source_output_stream_vtbl;
    stream->IClosable_iface.lpVtbl = &source_output_stream_closable_vtbl;
    stream->core = stream_core_create(source, false, true, position);
    if (!stream->core) {
        IOutputStream_Release(&stream->IOutputStream_iface);
        return E_OUTOFMEMORY;
    }
    *out = &stream->IOutputStream_iface;
    return S_OK;
}
