/* SPDX-License-Identifier: MIT */
/* FileInputStream (Windows.Storage.Streams), and its like over memory. */
#include "source_streams.h"

#include "winrt-shim/base/object.h"

struct source_input_stream {
    IInputStream IInputStream_iface;
    IClosable IClosable_iface;
    struct object object;
    struct stream_core *core;
};

DEFINE_INSPECTABLE(source_input_stream, IInputStream)
DEFINE_INSPECTABLE(source_input_stream, IClosable)

static HRESULT WINAPI source_input_stream_ReadAsync(
    IInputStream *iface, IBuffer *buffer, UINT32 count, InputStreamOptions options,
    IAsyncOperationWithProgress_IBuffer_UINT32 **operation)
{
    return stream_core_read_async(impl_from_IInputStream(iface)->core, buffer, count, options,
                                  operation);
}

static HRESULT WINAPI source_input_stream_Close(IClosable *iface)
{
    return stream_core_close(impl_from_IClosable(iface)->core);
}

static const struct IInputStreamVtbl source_input_stream_vtbl = {
    INSPECTABLE_SLOTS(source_input_stream, IInputStream),
    source_input_stream_ReadAsync,
};

static const struct IClosableVtbl source_input_stream_closable_vtbl = {
    INSPECTABLE_SLOTS(source_input_stream, IClosable),
    source_input_stream_Close,
};

static void source_input_stream_destroy(void *instance)
{
    struct source_input_stream *stream = instance;

    stream_core_release(stream->core);
}

static const struct object_interface source_input_stream_interfaces[] = {
    OBJECT_INTERFACE(source_input_stream, IInputStream),
    OBJECT_INTERFACE(source_input_stream, IClosable),
};

/* There is no runtime class for an input stream over memory: it bears the interface's name. */
static const struct object_class source_input_stream_classes[STREAM_KIND_MAX] = {
    [STREAM_KIND_MEMORY] =
        OBJECT_CLASS(source_input_stream, u"Windows.Storage.Streams.IInputStream",
                     source_input_stream_destroy),
    [STREAM_KIND_FILE] =
        OBJECT_CLASS(source_input_stream, RuntimeClass_Windows_Storage_Streams_FileInputStream,
                     source_input_stream_destroy),
};

HRESULT source_input_stream_create(struct stream_source *source, UINT64 position,
                                   IInputStream **out)
{
    struct source_input_stream *stream;

    *out = NULL;
    if (!(stream = object_alloc(&source_input_stream_classes[source->ops->kind])))
        return E_OUTOFMEMORY;
    stream->IInputStream_iface.lpVtbl = &source_input_stream_vtbl;
    stream->IClosable_iface.lpVtbl = &source_input_stream_closable_vtbl;
    stream->core = stream_core_create(source, true, false, position);
    if (!stream->core) {
        IInputStream_Release(&stream->IInputStream_iface);
        return E_OUTOFMEMORY;
    }
    *out = &stream->IInputStream_iface;
    return S_OK;
}
