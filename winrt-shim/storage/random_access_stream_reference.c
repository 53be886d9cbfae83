/* SPDX-License-Identifier: MIT */
#include "random_access_stream_reference.h"

#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>
#include <winstring.h>

#include "item_async.h"
#include "random_access_stream_with_content_type.h"
#include "winrt-shim/base/async.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

/* From a file or a stream; the other is NULL. */
struct reference {
    IRandomAccessStreamReference IRandomAccessStreamReference_iface;
    struct object object;
    IRandomAccessStreamReference *file;
    IRandomAccessStream *stream;
};

DEFINE_INSPECTABLE(reference, IRandomAccessStreamReference)

/* Of a stream that has one, else empty. */
static HRESULT content_type_of(IRandomAccessStream *stream, HSTRING *content_type)
{
    IContentTypeProvider *provider;
    HRESULT hr;

    *content_type = NULL;
    if (FAILED(IRandomAccessStream_QueryInterface(stream, &IID_IContentTypeProvider,
                                                  (void **)&provider)))
        return S_OK;
    hr = IContentTypeProvider_get_ContentType(provider, content_type);
    IContentTypeProvider_Release(provider);
    return hr;
}

/* A clone, so that each opening has a position and a lifetime of its own. `context`
 * is the stream. */
static HRESULT open_run(void *context, struct async *async, union value *result)
{
    IRandomAccessStream *stream = context, *clone = NULL;
    HSTRING content_type = NULL;
    HRESULT hr;

    (void)async;
    hr = IRandomAccessStream_CloneStream(stream, &clone);
    if (SUCCEEDED(hr))
        hr = content_type_of(stream, &content_type);
    if (SUCCEEDED(hr))
        hr = random_access_stream_with_content_type_create(
            clone, content_type, (IRandomAccessStreamWithContentType **)&result->unknown);
    WindowsDeleteString(content_type);
    if (clone)
        IRandomAccessStream_Release(clone);
    return hr;
}

static void open_destroy(void *context)
{
    IRandomAccessStream_Release((IRandomAccessStream *)context);
}

static const struct async_job open_job = { open_run, open_destroy };

static HRESULT WINAPI
reference_OpenReadAsync(IRandomAccessStreamReference *iface,
                        IAsyncOperation_IRandomAccessStreamWithContentType **operation)
{
    struct reference *reference = impl_from_IRandomAccessStreamReference(iface);

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (reference->file)
        return IRandomAccessStreamReference_OpenReadAsync(reference->file, operation);
    IRandomAccessStream_AddRef(reference->stream);
    return async_run(item_async_stream_with_type, &open_job, reference->stream, (void **)operation);
}

static const struct IRandomAccessStreamReferenceVtbl reference_vtbl = {
    INSPECTABLE_SLOTS(reference, IRandomAccessStreamReference),
    reference_OpenReadAsync,
};

static void reference_destroy(void *instance)
{
    struct reference *reference = instance;

    if (reference->stream)
        IRandomAccessStream_Release(reference->stream);
    if (reference->file)
        IRandomAccessStreamReference_Release(reference->file);
}

static const struct object_interface reference_interfaces[] = {
    OBJECT_INTERFACE(reference, IRandomAccessStreamReference),
};

static const struct object_class reference_class =
    OBJECT_CLASS(reference, RuntimeClass_Windows_Storage_Streams_RandomAccessStreamReference,
                 reference_destroy);

static struct reference *reference_create(void)
{
    struct reference *reference = object_alloc(&reference_class);

    if (reference)
        reference->IRandomAccessStreamReference_iface.lpVtbl = &reference_vtbl;
    return reference;
}

struct factory {
    IActivationFactory IActivationFactory_iface;
    IRandomAccessStreamReferenceStatics IRandomAccessStreamReferenceStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)
DEFINE_INSPECTABLE(factory, IRandomAccessStreamReferenceStatics)

/* A file is a reference itself, which knows its content type; it is opened when it is asked for. */
static HRESULT WINAPI factory_CreateFromFile(IRandomAccessStreamReferenceStatics *iface,
                                             IStorageFile *file, IRandomAccessStreamReference **out)
{
    struct reference *reference;
    HRESULT hr;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!file)
        return E_POINTER;
    if (!(reference = reference_create()))
        return E_OUTOFMEMORY;
    hr = IStorageFile_QueryInterface(file, &IID_IRandomAccessStreamReference,
                                     (void **)&reference->file);
    if (FAILED(hr))
        object_release(&reference->object);
    else
        *out = &reference->IRandomAccessStreamReference_iface;
    return hr;
}

/* It would have to fetch the resource: there is no such
 * stream yet (tests/abi/not-implemented.tsv). */
static HRESULT WINAPI factory_CreateFromUri(IRandomAccessStreamReferenceStatics *iface,
                                            IUriRuntimeClass *uri,
                                            IRandomAccessStreamReference **out)
{
    (void)iface;
    (void)uri;
    if (!out)
        return E_POINTER;
    *out = NULL;
    return E_NOTIMPL;
}

static HRESULT WINAPI factory_CreateFromStream(IRandomAccessStreamReferenceStatics *iface,
                                               IRandomAccessStream *stream,
                                               IRandomAccessStreamReference **out)
{
    struct reference *reference;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!stream)
        return E_POINTER;
    if (!(reference = reference_create()))
        return E_OUTOFMEMORY;
    reference->stream = stream;
    IRandomAccessStream_AddRef(stream);
    *out = &reference->IRandomAccessStreamReference_iface;
    return S_OK;
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IRandomAccessStreamReferenceStaticsVtbl factory_statics_vtbl = {
    INSPECTABLE_SLOTS(factory, IRandomAccessStreamReferenceStatics),
    factory_CreateFromFile,
    factory_CreateFromUri,
    factory_CreateFromStream,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
    OBJECT_INTERFACE(factory, IRandomAccessStreamReferenceStatics),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Storage_Streams_RandomAccessStreamReference, NULL);

HRESULT random_access_stream_reference_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    factory->IRandomAccessStreamReferenceStatics_iface.lpVtbl = &factory_statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
