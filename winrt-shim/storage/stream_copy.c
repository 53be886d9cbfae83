/* SPDX-License-Identifier: MIT */
#include "stream_copy.h"

#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

#include "buffer.h"
#include "close_object.h"
#include "composite.h"
#include "src/port/memory.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

/* Read and written at a time; progress is reported after each. */
#define COPY_PIECE (256u * 1024)

struct factory {
    IActivationFactory IActivationFactory_iface;
    IRandomAccessStreamStatics IRandomAccessStreamStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)
DEFINE_INSPECTABLE(factory, IRandomAccessStreamStatics)

ASYNC_TYPE(copy_async, ASYNC_OPERATION_WITH_PROGRESS, IAsyncOperationWithProgress_UINT64_UINT64,
           u"Windows.Foundation.IAsyncOperationWithProgress`2<UInt64, UInt64>", VALUE_UINT64,
           VALUE_UINT64);

struct copy_job {
    IInputStream *source;
    IOutputStream *destination;
    UINT64 size; /* most to copy */
    bool close;
};

static void copy_destroy(void *context)
{
    struct copy_job *job = context;

    IOutputStream_Release(job->destination);
    IInputStream_Release(job->source);
    memory_free(job);
}

/* The bytes of `buffer` from `*done` on, which are all of them unless the stream took only a part
 * before. */
static HRESULT write_rest(struct copy_job *job, struct composite *composite, IBuffer *buffer,
                          UINT32 length, UINT32 *done)
{
    IAsyncOperationWithProgress_UINT32_UINT32 *operation;
    IBuffer *rest = NULL;
    UINT32 count = 0;
    BYTE *bytes;
    HRESULT hr;

    if (*done) {
        if (FAILED(hr = buffer_bytes(buffer, &bytes)))
            return hr;
        if (FAILED(hr = buffer_create_copy(bytes + *done, length - *done, &rest)))
            return hr;
    }
    hr = IOutputStream_WriteAsync(job->destination, rest ? rest : buffer, &operation);
    if (SUCCEEDED(hr))
        hr = composite_await_write(composite, operation, &count);
    if (SUCCEEDED(hr) && (!count || count > length - *done))
        hr = E_FAIL; /* a stream that takes nothing, or more than there was */
    *done += count;
    if (rest)
        IBuffer_Release(rest);
    return hr;
}

/* One piece; *length is 0 at the end of the source. */
static HRESULT copy_piece(struct copy_job *job, struct composite *composite, IBuffer *buffer,
                          UINT32 count, UINT32 *length)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *operation;
    IBuffer *read = NULL;
    UINT32 done = 0;
    HRESULT hr;

    *length = 0;
    hr = IInputStream_ReadAsync(job->source, buffer, count, InputStreamOptions_Partial, &operation);
    if (SUCCEEDED(hr))
        hr = composite_await_read(composite, operation, &read);
    if (SUCCEEDED(hr) && read)
        hr = IBuffer_get_Length(read, length);
    while (SUCCEEDED(hr) && done < *length)
        hr = write_rest(job, composite, read, *length, &done);
    if (read)
        IBuffer_Release(read);
    return hr;
}

static HRESULT copy_all(struct copy_job *job, struct composite *composite, UINT64 *copied)
{
    union value progress = { 0 };
    UINT32 count, length;
    IBuffer *buffer;
    HRESULT hr;

    *copied = 0;
    if (FAILED(hr = buffer_create(COPY_PIECE, &buffer)))
        return hr;
    while (*copied < job->size) {
        if (composite_is_cancelled(composite)) {
            hr = HRESULT_FROM_WIN32(ERROR_CANCELLED);
            break;
        }
        count = job->size - *copied < COPY_PIECE ? (UINT32)(job->size - *copied) : COPY_PIECE;
        hr = copy_piece(job, composite, buffer, count, &length);
        if (FAILED(hr) || !length)
            break;
        *copied += length;
        progress.uint64 = *copied;
        composite_report(composite, &progress);
    }
    IBuffer_Release(buffer);
    return hr;
}

static HRESULT flush(struct copy_job *job, struct composite *composite)
{
    IAsyncOperation_boolean *operation;
    boolean flushed;
    HRESULT hr;

    if (FAILED(hr = IOutputStream_FlushAsync(job->destination, &operation)))
        return hr;
    return composite_await_boolean(composite, operation, &flushed);
}

/* CopyAndCloseAsync closes both streams whatever became of the copy. */
static HRESULT copy_run(void *context, struct composite *composite, union value *result)
{
    struct copy_job *job = context;
    HRESULT hr = copy_all(job, composite, &result->uint64);

    if (job->close) {
        if (SUCCEEDED(hr))
            hr = flush(job, composite);
        close_object((IUnknown *)job->source);
        close_object((IUnknown *)job->destination);
    }
    return hr;
}

static const struct composite_job copy_job = { copy_run, copy_destroy };

static HRESULT start_copy(IInputStream *source, IOutputStream *destination, UINT64 size, bool close,
                          IAsyncOperationWithProgress_UINT64_UINT64 **operation)
{
    struct copy_job *job;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!source || !destination)
        return E_POINTER;
    if (!(job = memory_zalloc(sizeof(*job))))
        return E_OUTOFMEMORY;
    job->source = source;
    IInputStream_AddRef(source);
    job->destination = destination;
    IOutputStream_AddRef(destination);
    job->size = size;
    job->close = close;
    return composite_run(&copy_async, &copy_job, job, (void **)operation);
}

static HRESULT WINAPI factory_CopyAsync(IRandomAccessStreamStatics *iface, IInputStream *source,
                                        IOutputStream *destination,
                                        IAsyncOperationWithProgress_UINT64_UINT64 **operation)
{
    (void)iface;
    return start_copy(source, destination, UINT64_MAX, false, operation);
}

static HRESULT WINAPI factory_CopySizeAsync(IRandomAccessStreamStatics *iface, IInputStream *source,
                                            IOutputStream *destination, UINT64 size,
                                            IAsyncOperationWithProgress_UINT64_UINT64 **operation)
{
    (void)iface;
    return start_copy(source, destination, size, false, operation);
}

static HRESULT WINAPI factory_CopyAndCloseAsync(
    IRandomAccessStreamStatics *iface, IInputStream *source, IOutputStream *destination,
    IAsyncOperationWithProgress_UINT64_UINT64 **operation)
{
    (void)iface;
    return start_copy(source, destination, UINT64_MAX, true, operation);
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IRandomAccessStreamStaticsVtbl factory_statics_vtbl = {
    INSPECTABLE_SLOTS(factory, IRandomAccessStreamStatics),
    factory_CopyAsync,
    factory_CopySizeAsync,
    factory_CopyAndCloseAsync,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
    OBJECT_INTERFACE(factory, IRandomAccessStreamStatics),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Storage_Streams_RandomAccessStream, NULL);

HRESULT random_access_stream_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    factory->IRandomAccessStreamStatics_iface.lpVtbl = &factory_statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
