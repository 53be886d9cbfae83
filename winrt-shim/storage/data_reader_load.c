/* SPDX-License-Identifier: MIT */
/* DataReader.LoadAsync: reads from the stream, behind what was not consumed yet. */
#include "data_reader.h"

#include <string.h>

#include <roerrorapi.h>

#include "buffer.h"
#include "composite.h"
#include "src/port/memory.h"

DEFINE_IMPL_FROM(data_reader, IDataReader)

ASYNC_TYPE(load_async, ASYNC_OPERATION, IAsyncOperation_UINT32,
           RuntimeClass_Windows_Storage_Streams_DataReaderLoadOperation, VALUE_UINT32, VALUE_NONE);

struct load_job {
    struct data_reader *reader;
    IInputStream *stream;
    UINT32 count;
    InputStreamOptions options;
};

static void load_destroy(void *context)
{
    struct load_job *job = context;

    mutex_lock(&job->reader->mutex);
    job->reader->loading = false;
    mutex_unlock(&job->reader->mutex);
    IInputStream_Release(job->stream);
    IDataReader_Release(&job->reader->IDataReader_iface);
    memory_free(job);
}

/* A block of the unconsumed bytes and the new ones. With the lock. */
static HRESULT join(struct data_reader *reader, const BYTE *bytes, UINT32 length, IBuffer **joined,
                    BYTE **block)
{
    UINT32 rest = reader->length - reader->position;
    HRESULT hr;

    if (length > BUFFER_MAX_CAPACITY - rest)
        return E_INVALIDARG;
    if (!(*block = memory_alloc((size_t)rest + length)))
        return E_OUTOFMEMORY;
    memcpy(*block, reader->bytes + reader->position, rest);
    memcpy(*block + rest, bytes, length);
    hr = buffer_adopt(*block, rest + length, rest + length, joined);
    if (FAILED(hr))
        memory_free(*block);
    return hr;
}

/* Takes over the reference of `loaded`. */
static HRESULT append(struct data_reader *reader, IBuffer *loaded, UINT32 *length)
{
    IBuffer *old = NULL, *kept = NULL;
    HRESULT hr;
    BYTE *bytes;

    hr = buffer_content(loaded, &bytes, length);
    if (SUCCEEDED(hr) && *length) {
        UINT32 rest;

        mutex_lock(&reader->mutex);
        rest = reader->length - reader->position;
        if (!reader->closed && !rest)
            kept = loaded;
        else if (!reader->closed)
            hr = join(reader, bytes, *length, &kept, &bytes);
        if (kept) {
            old = reader->buffer;
            data_reader_set_buffer(reader, kept, bytes, rest + *length);
        }
        mutex_unlock(&reader->mutex);
    }
    if (old)
        IBuffer_Release(old);
    if (kept != loaded)
        IBuffer_Release(loaded);
    return hr;
}

static HRESULT load_run(void *context, struct composite *composite, union value *result)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *operation;
    IBuffer *buffer, *loaded = NULL;
    struct load_job *job = context;
    HRESULT hr;

    if (FAILED(hr = buffer_create(job->count, &buffer)))
        return hr;
    hr = IInputStream_ReadAsync(job->stream, buffer, job->count, job->options, &operation);
    if (SUCCEEDED(hr))
        hr = composite_await_read(composite, operation, &loaded);
    if (SUCCEEDED(hr) && loaded)
        hr = append(job->reader, loaded, &result->uint32);
    IBuffer_Release(buffer);
    return hr;
}

static const struct composite_job load_job = { load_run, load_destroy };

HRESULT WINAPI data_reader_LoadAsync(IDataReader *iface, UINT32 count,
                                     IAsyncOperation_UINT32 **operation)
{
    struct data_reader *reader = impl_from_IDataReader(iface);
    struct load_job *job;
    HRESULT hr = S_OK;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (count > BUFFER_MAX_CAPACITY)
        return E_INVALIDARG;
    if (!(job = memory_zalloc(sizeof(*job))))
        return E_OUTOFMEMORY;

    mutex_lock(&reader->mutex);
    if (reader->closed)
        hr = RO_E_CLOSED;
    else if (!reader->stream || reader->loading)
        hr = E_ILLEGAL_METHOD_CALL;
    if (SUCCEEDED(hr)) {
        reader->loading = true;
        job->stream = reader->stream;
        job->options = reader->options;
        IInputStream_AddRef(job->stream);
    }
    mutex_unlock(&reader->mutex);
    if (FAILED(hr)) {
        memory_free(job);
        return hr;
    }

    IDataReader_AddRef(iface);
    job->reader = reader;
    job->count = count;
    return composite_run(&load_async, &load_job, job, (void **)operation);
}
