/* SPDX-License-Identifier: MIT */
/* DataWriter.StoreAsync and FlushAsync. */
#include "data_writer.h"

#include <string.h>

#include <roerrorapi.h>

#include "buffer.h"
#include "composite.h"
#include "src/port/memory.h"

DEFINE_IMPL_FROM(data_writer, IDataWriter)

ASYNC_TYPE(store_async, ASYNC_OPERATION, IAsyncOperation_UINT32,
           RuntimeClass_Windows_Storage_Streams_DataWriterStoreOperation, VALUE_UINT32, VALUE_NONE);

struct store_job {
    struct data_writer *writer;
    IOutputStream *stream;
    BYTE *bytes;
    UINT32 length;
};

/* What could not be stored goes back, so that a client may try again. */
static void store_destroy(void *context)
{
    struct store_job *job = context;

    mutex_lock(&job->writer->mutex);
    job->writer->storing = false;
    if (job->length)
        data_writer_put_back(job->writer, job->bytes, job->length);
    mutex_unlock(&job->writer->mutex);
    memory_free(job->bytes);
    IOutputStream_Release(job->stream);
    IDataWriter_Release(&job->writer->IDataWriter_iface);
    memory_free(job);
}

/* Writes what is left of the job, as often as the stream takes a part of it. */
static HRESULT store_all(struct store_job *job, struct composite *composite, UINT32 *stored)
{
    IAsyncOperationWithProgress_UINT32_UINT32 *operation;
    IBuffer *buffer;
    UINT32 count;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && job->length) {
        hr = buffer_create_copy(job->bytes + *stored, job->length, &buffer);
        if (FAILED(hr))
            break;
        count = 0;
        hr = IOutputStream_WriteAsync(job->stream, buffer, &operation);
        if (SUCCEEDED(hr))
            hr = composite_await_write(composite, operation, &count);
        IBuffer_Release(buffer);
        if (SUCCEEDED(hr) && (!count || count > job->length))
            hr = E_FAIL; /* a stream that takes nothing, or more than there was */
        if (SUCCEEDED(hr)) {
            *stored += count;
            job->length -= count;
        }
    }
    return hr;
}

static HRESULT store_run(void *context, struct composite *composite, union value *result)
{
    struct store_job *job = context;
    UINT32 stored = 0;
    HRESULT hr = store_all(job, composite, &stored);

    if (SUCCEEDED(hr))
        result->uint32 = stored;
    else if (stored)
        memmove(job->bytes, job->bytes + stored, job->length);
    return hr;
}

static const struct composite_job store_job = { store_run, store_destroy };

HRESULT WINAPI data_writer_StoreAsync(IDataWriter *iface, IAsyncOperation_UINT32 **operation)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    struct store_job *job;
    HRESULT hr = S_OK;
    UINT32 capacity;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!(job = memory_zalloc(sizeof(*job))))
        return E_OUTOFMEMORY;

    mutex_lock(&writer->mutex);
    if (writer->closed)
        hr = RO_E_CLOSED;
    else if (!writer->stream || writer->storing)
        hr = E_ILLEGAL_METHOD_CALL;
    if (SUCCEEDED(hr)) {
        writer->storing = true;
        job->stream = writer->stream;
        IOutputStream_AddRef(job->stream);
        data_writer_take(writer, &job->bytes, &job->length, &capacity);
    }
    mutex_unlock(&writer->mutex);
    if (FAILED(hr)) {
        memory_free(job);
        return hr;
    }

    IDataWriter_AddRef(iface);
    job->writer = writer;
    return composite_run(&store_async, &store_job, job, (void **)operation);
}

/* The stream's own operation. What is unstored stays unstored. */
HRESULT WINAPI data_writer_FlushAsync(IDataWriter *iface, IAsyncOperation_boolean **operation)
{
    struct data_writer *writer = impl_from_IDataWriter(iface);
    IOutputStream *stream = NULL;
    HRESULT hr = S_OK;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    mutex_lock(&writer->mutex);
    if (writer->closed) {
        hr = RO_E_CLOSED;
    } else if (!writer->stream) {
        hr = E_ILLEGAL_METHOD_CALL;
    } else {
        stream = writer->stream;
        IOutputStream_AddRef(stream);
    }
    mutex_unlock(&writer->mutex);
    if (FAILED(hr))
        return hr;
    hr = IOutputStream_FlushAsync(stream, operation);
    IOutputStream_Release(stream);
    return hr;
}
