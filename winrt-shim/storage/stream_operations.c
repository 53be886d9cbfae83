/* SPDX-License-Identifier: MIT */
/* ReadAsync, WriteAsync and FlushAsync of all streams over a source. */
#include "stream_core.h"

#include <roerrorapi.h>

#include "buffer_bytes.h"
#include "src/port/memory.h"
#include "winrt-shim/base/async.h"

/* Between two pieces an operation looks whether it was cancelled. */
#define STREAM_PIECE (1u << 20)

#define STREAM_OPTIONS ((unsigned)(InputStreamOptions_Partial | InputStreamOptions_ReadAhead))

ASYNC_TYPE(read_async, ASYNC_OPERATION_WITH_PROGRESS, IAsyncOperationWithProgress_IBuffer_UINT32,
           u"Windows.Foundation.IAsyncOperationWithProgress`2<Windows.Storage.Streams.IBuffer, "
           u"UInt32>",
           VALUE_INTERFACE, VALUE_UINT32);
ASYNC_TYPE(write_async, ASYNC_OPERATION_WITH_PROGRESS, IAsyncOperationWithProgress_UINT32_UINT32,
           u"Windows.Foundation.IAsyncOperationWithProgress`2<UInt32, UInt32>", VALUE_UINT32,
           VALUE_UINT32);
ASYNC_TYPE(flush_async, ASYNC_OPERATION, IAsyncOperation_boolean,
           u"Windows.Foundation.IAsyncOperation`1<Boolean>", VALUE_BOOLEAN, VALUE_NONE);

struct stream_job {
    struct stream_core *core;
    struct stream_source *source;
    struct turn turn;
    IBuffer *buffer; /* NULL to flush */
    UINT32 count;    /* to read */
};

static HRESULT stream_job_create(struct stream_core *core, IBuffer *buffer, struct stream_job **out)
{
    struct stream_source *source;
    struct stream_job *job;
    HRESULT hr;

    *out = NULL;
    if (FAILED(hr = stream_core_source(core, &source)))
        return hr;
    if (!(job = memory_zalloc(sizeof(*job)))) {
        stream_source_release(source);
        return E_OUTOFMEMORY;
    }
    job->core = stream_core_addref(core);
    job->source = source;
    if (buffer) {
        job->buffer = buffer;
        IBuffer_AddRef(buffer);
    }
    turn_take(&core->turns, &job->turn);
    *out = job;
    return S_OK;
}

static void stream_job_destroy(void *context)
{
    struct stream_job *job = context;

    turn_leave(&job->core->turns, &job->turn);
    if (job->buffer)
        IBuffer_Release(job->buffer);
    stream_source_release(job->source);
    stream_core_release(job->core);
    memory_free(job);
}

static UINT64 get_position(struct stream_core *core)
{
    UINT64 position;

    mutex_lock(&core->mutex);
    position = core->position;
    mutex_unlock(&core->mutex);
    return position;
}

static void move_position(struct stream_core *core, UINT64 from, UINT32 count)
{
    mutex_lock(&core->mutex);
    if (core->position == from)
        core->position = from + count;
    mutex_unlock(&core->mutex);
}

static UINT32 piece(UINT32 done, UINT32 count)
{
    return count - done < STREAM_PIECE ? count - done : STREAM_PIECE;
}

/* The work, in its turn. */
static HRESULT stream_read(struct stream_job *job, struct async *async, UINT32 *done)
{
    UINT64 position = get_position(job->core);
    UINT32 capacity, count;
    BYTE *bytes;
    HRESULT hr;

    *done = 0;
    if (FAILED(hr = IBuffer_get_Capacity(job->buffer, &capacity)))
        return hr;
    if (job->count > capacity)
        return E_INVALIDARG;
    if (FAILED(hr = buffer_bytes(job->buffer, &bytes)))
        return hr;

    while (*done < job->count) {
        if (async_is_cancelled(async))
            return HRESULT_FROM_WIN32(ERROR_CANCELLED);
        hr = job->source->ops->read(job->source, position + *done, bytes + *done,
                                    piece(*done, job->count), &count);
        if (FAILED(hr))
            return hr;
        if (!count)
            break;
        *done += count;
    }
    if (FAILED(hr = IBuffer_put_Length(job->buffer, *done)))
        return hr;
    move_position(job->core, position, *done);
    return S_OK;
}

static HRESULT stream_write(struct stream_job *job, struct async *async, UINT32 *done)
{
    UINT64 position = get_position(job->core);
    UINT32 length, count;
    BYTE *bytes;
    HRESULT hr;

    *done = 0;
    if (FAILED(hr = buffer_content(job->buffer, &bytes, &length)))
        return hr;
    while (*done < length) {
        if (async_is_cancelled(async))
            return HRESULT_FROM_WIN32(ERROR_CANCELLED);
        count = piece(*done, length);
        hr = job->source->ops->write(job->source, position + *done, bytes + *done, count);
        if (FAILED(hr))
            return hr;
        *done += count;
    }
    move_position(job->core, position, *done);
    return S_OK;
}

static void report(struct async *async, UINT32 done)
{
    union value progress = { .uint32 = done };

    async_report(async, &progress);
}

static HRESULT read_run(void *context, struct async *async, union value *result)
{
    struct stream_job *job = context;
    UINT32 done;
    HRESULT hr;

    turn_wait(&job->core->turns, &job->turn);
    hr = stream_read(job, async, &done);
    turn_leave(&job->core->turns, &job->turn);
    if (FAILED(hr))
        return hr;

    report(async, done);
    result->unknown = (IUnknown *)job->buffer;
    job->buffer = NULL;
    return S_OK;
}

static HRESULT write_run(void *context, struct async *async, union value *result)
{
    struct stream_job *job = context;
    HRESULT hr;

    turn_wait(&job->core->turns, &job->turn);
    hr = stream_write(job, async, &result->uint32);
    turn_leave(&job->core->turns, &job->turn);
    if (SUCCEEDED(hr))
        report(async, result->uint32);
    return hr;
}

static HRESULT flush_run(void *context, struct async *async, union value *result)
{
    struct stream_job *job = context;
    HRESULT hr;

    (void)async;
    turn_wait(&job->core->turns, &job->turn);
    hr = job->source->ops->flush(job->source);
    turn_leave(&job->core->turns, &job->turn);
    result->boolean_ = SUCCEEDED(hr);
    return hr;
}

static const struct async_job read_job = { read_run, stream_job_destroy };
static const struct async_job write_job = { write_run, stream_job_destroy };
static const struct async_job flush_job = { flush_run, stream_job_destroy };

HRESULT stream_core_read_async(struct stream_core *core, IBuffer *buffer, UINT32 count,
                               InputStreamOptions options,
                               IAsyncOperationWithProgress_IBuffer_UINT32 **operation)
{
    struct stream_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!buffer)
        return E_POINTER;
    if ((unsigned)options & ~STREAM_OPTIONS)
        return E_INVALIDARG;

    if (FAILED(hr = stream_job_create(core, buffer, &job)))
        return hr;
    job->count = count;
    return async_run(&read_async, &read_job, job, (void **)operation);
}

HRESULT stream_core_write_async(struct stream_core *core, IBuffer *buffer,
                                IAsyncOperationWithProgress_UINT32_UINT32 **operation)
{
    struct stream_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!buffer)
        return E_POINTER;

    if (FAILED(hr = stream_job_create(core, buffer, &job)))
        return hr;
    if (!core->can_write) {
        stream_job_destroy(job);
        return E_ACCESSDENIED;
    }
    return async_run(&write_async, &write_job, job, (void **)operation);
}

HRESULT stream_core_flush_async(struct stream_core *core, IAsyncOperation_boolean **operation)
{
    struct stream_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (FAILED(hr = stream_job_create(core, NULL, &job)))
        return hr;
    return async_run(&flush_async, &flush_job, job, (void **)operation);
}
