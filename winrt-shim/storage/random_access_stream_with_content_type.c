/* SPDX-License-Identifier: MIT */
#include "random_access_stream_with_content_type.h"

#include <winstring.h>

#include "winrt-shim/base/object.h"

struct typed_stream {
    IRandomAccessStreamWithContentType IRandomAccessStreamWithContentType_iface;
    IRandomAccessStream IRandomAccessStream_iface;
    IClosable IClosable_iface;
    IInputStream IInputStream_iface;
    IOutputStream IOutputStream_iface;
    IContentTypeProvider IContentTypeProvider_iface;
    struct object object;
    IRandomAccessStream *stream;
    IClosable *closable;
    IInputStream *input;
    IOutputStream *output;
    HSTRING content_type;
};

DEFINE_INSPECTABLE(typed_stream, IRandomAccessStreamWithContentType)
DEFINE_INSPECTABLE(typed_stream, IRandomAccessStream)
DEFINE_INSPECTABLE(typed_stream, IClosable)
DEFINE_INSPECTABLE(typed_stream, IInputStream)
DEFINE_INSPECTABLE(typed_stream, IOutputStream)
DEFINE_INSPECTABLE(typed_stream, IContentTypeProvider)

static IRandomAccessStream *inner(IRandomAccessStream *iface)
{
    return impl_from_IRandomAccessStream(iface)->stream;
}

static HRESULT WINAPI typed_stream_get_Size(IRandomAccessStream *iface, UINT64 *value)
{
    return IRandomAccessStream_get_Size(inner(iface), value);
}

static HRESULT WINAPI typed_stream_put_Size(IRandomAccessStream *iface, UINT64 value)
{
    return IRandomAccessStream_put_Size(inner(iface), value);
}

static HRESULT WINAPI typed_stream_GetInputStreamAt(IRandomAccessStream *iface, UINT64 position,
                                                    IInputStream **stream)
{
    return IRandomAccessStream_GetInputStreamAt(inner(iface), position, stream);
}

static HRESULT WINAPI typed_stream_GetOutputStreamAt(IRandomAccessStream *iface, UINT64 position,
                                                     IOutputStream **stream)
{
    return IRandomAccessStream_GetOutputStreamAt(inner(iface), position, stream);
}

static HRESULT WINAPI typed_stream_get_Position(IRandomAccessStream *iface, UINT64 *value)
{
    return IRandomAccessStream_get_Position(inner(iface), value);
}

static HRESULT WINAPI typed_stream_Seek(IRandomAccessStream *iface, UINT64 position)
{
    return IRandomAccessStream_Seek(inner(iface), position);
}

static HRESULT WINAPI typed_stream_CloneStream(IRandomAccessStream *iface,
                                               IRandomAccessStream **stream)
{
    return IRandomAccessStream_CloneStream(inner(iface), stream);
}

static HRESULT WINAPI typed_stream_get_CanRead(IRandomAccessStream *iface, boolean *value)
{
    return IRandomAccessStream_get_CanRead(inner(iface), value);
}

static HRESULT WINAPI typed_stream_get_CanWrite(IRandomAccessStream *iface, boolean *value)
{
    return IRandomAccessStream_get_CanWrite(inner(iface), value);
}

static HRESULT WINAPI typed_stream_Close(IClosable *iface)
{
    return IClosable_Close(impl_from_IClosable(iface)->closable);
}

static HRESULT WINAPI typed_stream_ReadAsync(IInputStream *iface, IBuffer *buffer, UINT32 count,
                                             InputStreamOptions options,
                                             IAsyncOperationWithProgress_IBuffer_UINT32 **operation)
{
    return IInputStream_ReadAsync(impl_from_IInputStream(iface)->input, buffer, count, options,
                                  operation);
}

static HRESULT WINAPI typed_stream_WriteAsync(IOutputStream *iface, IBuffer *buffer,
                                              IAsyncOperationWithProgress_UINT32_UINT32 **operation)
{
    return IOutputStream_WriteAsync(impl_from_IOutputStream(iface)->output, buffer, operation);
}

static HRESULT WINAPI typed_stream_FlushAsync(IOutputStream *iface,
                                              IAsyncOperation_boolean **operation)
{
    return IOutputStream_FlushAsync(impl_from_IOutputStream(iface)->output, operation);
}

static HRESULT WINAPI typed_stream_get_ContentType(IContentTypeProvider *iface, HSTRING *value)
{
    if (!value)
        return E_POINTER;
    *value = NULL;
    return WindowsDuplicateString(impl_from_IContentTypeProvider(iface)->content_type, value);
}

static const struct IRandomAccessStreamWithContentTypeVtbl typed_stream_vtbl = {
    INSPECTABLE_SLOTS(typed_stream, IRandomAccessStreamWithContentType),
};

static const struct IRandomAccessStreamVtbl typed_stream_stream_vtbl = {
    INSPECTABLE_SLOTS(typed_stream, IRandomAccessStream),
    typed_stream_get_Size,
    typed_stream_put_Size,
    typed_stream_GetInputStreamAt,
    typed_stream_GetOutputStreamAt,
    typed_stream_get_Position,
    typed_stream_Seek,
    typed_stream_CloneStream,
    typed_stream_get_CanRead,
    typed_stream_get_CanWrite,
};

static const struct IClosableVtbl typed_stream_closable_vtbl = {
    INSPECTABLE_SLOTS(typed_stream, IClosable),
    typed_stream_Close,
};

static const struct IInputStreamVtbl typed_stream_input_vtbl = {
    INSPECTABLE_SLOTS(typed_stream, IInputStream),
    typed_stream_ReadAsync,
};

static const struct IOutputStreamVtbl typed_stream_output_vtbl = {
    INSPECTABLE_SLOTS(typed_stream, IOutputStream),
    typed_stream_WriteAsync,
    typed_stream_FlushAsync,
};

static const struct IContentTypeProviderVtbl typed_stream_content_type_vtbl = {
    INSPECTABLE_SLOTS(typed_stream, IContentTypeProvider),
    typed_stream_get_ContentType,
};

static void typed_stream_destroy(void *instance)
{
    struct typed_stream *stream = instance;

    WindowsDeleteString(stream->content_type);
    if (stream->output)
        IOutputStream_Release(stream->output);
    if (stream->input)
        IInputStream_Release(stream->input);
    if (stream->closable)
        IClosable_Release(stream->closable);
    if (stream->stream)
        IRandomAccessStream_Release(stream->stream);
}

static const struct object_interface typed_stream_interfaces[] = {
    OBJECT_INTERFACE(typed_stream, IRandomAccessStreamWithContentType),
    OBJECT_INTERFACE(typed_stream, IRandomAccessStream),
    OBJECT_INTERFACE(typed_stream, IClosable),
    OBJECT_INTERFACE(typed_stream, IInputStream),
    OBJECT_INTERFACE(typed_stream, IOutputStream),
    OBJECT_INTERFACE(typed_stream, IContentTypeProvider),
};

/* No runtime class is documented for it: it bears the interface's name. */
static const struct object_class typed_stream_class =
    OBJECT_CLASS(typed_stream, u"Windows.Storage.Streams.IRandomAccessStreamWithContentType",
                 typed_stream_destroy);

static HRESULT typed_stream_init(struct typed_stream *typed, IRandomAccessStream *stream,
                                 HSTRING content_type)
{
    HRESULT hr;

    typed->IRandomAccessStreamWithContentType_iface.lpVtbl = &typed_stream_vtbl;
    typed->IRandomAccessStream_iface.lpVtbl = &typed_stream_stream_vtbl;
    typed->IClosable_iface.lpVtbl = &typed_stream_closable_vtbl;
    typed->IInputStream_iface.lpVtbl = &typed_stream_input_vtbl;
    typed->IOutputStream_iface.lpVtbl = &typed_stream_output_vtbl;
    typed->IContentTypeProvider_iface.lpVtbl = &typed_stream_content_type_vtbl;

    typed->stream = stream;
    IRandomAccessStream_AddRef(stream);
    hr = IRandomAccessStream_QueryInterface(stream, &IID_IClosable, (void **)&typed->closable);
    if (FAILED(hr))
        return hr;
    hr = IRandomAccessStream_QueryInterface(stream, &IID_IInputStream, (void **)&typed->input);
    if (FAILED(hr))
        return hr;
    hr = IRandomAccessStream_QueryInterface(stream, &IID_IOutputStream, (void **)&typed->output);
    if (FAILED(hr))
        return hr;
    return WindowsDuplicateString(content_type, &typed->content_type);
}

HRESULT random_access_stream_with_content_type_create(IRandomAccessStream *stream,
                                                      HSTRING content_type,
                                                      IRandomAccessStreamWithContentType **out)
{
    struct typed_stream *typed;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!stream)
        return E_POINTER;
    if (!(typed = object_alloc(&typed_stream_class)))
        return E_OUTOFMEMORY;

    hr = typed_stream_init(typed, stream, content_type);
    if (FAILED(hr))
        object_release(&typed->object);
    else
        *out = &typed->IRandomAccessStreamWithContentType_iface;
    return hr;
}
