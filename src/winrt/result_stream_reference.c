/* SPDX-License-Identifier: MIT */
/*
 * RandomAccessStreamReference (Windows.Storage.Streams) to a download. Opening never waits: clients
 * open before the start and await that (Microsoft's background transfer sample, scenario 5), so
 * what only a response can tell is not there yet then.
 */
#include "result_stream_reference.h"

#include "async_types.h"
#include "read_hub.h"
#include "result_random_stream.h"
#include "runtime.h"
#include "src/engine/transfer.h"
#include "src/port/process.h"
#include "winrt-shim/base/object.h"

struct stream_reference {
    IRandomAccessStreamReference IRandomAccessStreamReference_iface;
    struct object object;
    struct transfer *transfer;
    struct read_hub *hub;
};

DEFINE_INSPECTABLE(stream_reference, IRandomAccessStreamReference)

/* Each call gives a stream with a position of its own. */
static HRESULT WINAPI
stream_reference_OpenReadAsync(IRandomAccessStreamReference *iface,
                               IAsyncOperation_IRandomAccessStreamWithContentType **operation)
{
    static const struct async_work no_work;
    struct stream_reference *reference = impl_from_IRandomAccessStreamReference(iface);
    IRandomAccessStreamWithContentType *stream;
    struct async *async;
    union value value;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    hr = result_random_stream_create(reference->transfer, reference->hub, &stream);
    if (FAILED(hr))
        return hr;
    hr = async_create(async_type_open_stream, &no_work, NULL, &async);
    if (SUCCEEDED(hr)) {
        value.unknown = (IUnknown *)stream;
        *operation = async_interface(async);
        async_complete(async, &value);
        async_release(async);
    }
    IRandomAccessStreamWithContentType_Release(stream);
    return hr;
}

static const struct IRandomAccessStreamReferenceVtbl stream_reference_vtbl = {
    INSPECTABLE_SLOTS(stream_reference, IRandomAccessStreamReference),
    stream_reference_OpenReadAsync,
};

static void stream_reference_destroy(void *instance)
{
    struct stream_reference *reference = instance;

    if (process_is_forked_child())
        return;
    read_hub_release(reference->hub);
    transfer_release(reference->transfer);
}

static const struct object_interface stream_reference_interfaces[] = {
    OBJECT_INTERFACE(stream_reference, IRandomAccessStreamReference),
};

static const struct object_class stream_reference_class =
    OBJECT_CLASS(stream_reference, RuntimeClass_Windows_Storage_Streams_RandomAccessStreamReference,
                 stream_reference_destroy);

HRESULT result_stream_reference_create(struct transfer *transfer, struct read_hub *hub,
                                       IRandomAccessStreamReference **out)
{
    struct stream_reference *reference = object_alloc(&stream_reference_class);

    *out = NULL;
    if (!reference)
        return E_OUTOFMEMORY;
    reference->IRandomAccessStreamReference_iface.lpVtbl = &stream_reference_vtbl;
    reference->transfer = transfer;
    transfer_addref(transfer);
    reference->hub = hub;
    read_hub_addref(hub);
    *out = &reference->IRandomAccessStreamReference_iface;
    return S_OK;
}
