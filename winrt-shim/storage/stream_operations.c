/* SPDX-License-Identifier: MIT */
/* ReadAsync, WriteAsync and FlushAsync of all streams over a source. */
#include "stream_core.h"

#include <roerrorapi.h>

#include "buffer_bytes.h"
#include "data_property.h"
#include "src/port/memory.h"
#include "src/port/pool.h"
#include "winrt-shim/base/async.h"

/* Between two pieces an operation looks whether it was cancelled. */
#define STREAM_PIECE (1u << 20)

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
    struct turn turn;
    struct pool_task task;
    struct pool *pool;
    struct async *async;
    HRESULT (*run)(struct stream_job *job, UINT32 *done);
    struct stream_core *core;
    struct stream_source *source;
    IBuffer *buffer; /* NULL to flush */
    UINT32 count;    /* to read */
};

static void stream_job_destroy(struct stream_job *job)
{
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

/* The work, in its turn. `*done` is 0. */
static HRESULT stream_read(struct stream_job *job, UINT32 *done)
{
    UINT64 position = get_position(job->core);
    UINT32 capacity, count;
    BYTE *bytes;
    HRESULT hr;

    if (FAILED(hr = IBuffer_get_Capacity(job->buffer, &capacity)))
        return hr;
    if (job->count > capacity)
        return E_INVALIDARG;
    if (FAILED(hr = buffer_bytes(job->buffer, &bytes)))
        return hr;

    while (*done < job->count) {
        if (async_is_cancelled(job->async))
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

static HRESULT stream_write(struct stream_job *job, UINT32 *done)
{
    UINT64 position = get_position(job->core);
    UINT32 length, count;
    BYTE *bytes;
    HRESULT hr;

    if (FAILED(hr = buffer_content(job->buffer, &bytes, &length)))
        return hr;
    while (*done < length) {
        if (async_is_cancelled(job->async))
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

static HRESULT stream_flush(struct stream_job *job, UINT32 *done)
{
    (void)done;
    return job->source->ops->flush(job->source);
}

/* What the operation gives, with a reference. Nothing of the job is needed afterwards. */
static union value take_result(struct stream_job *job, UINT32 done)
{
    union value result = { 0 };

    if (job->run == stream_read) {
        result.unknown = (IUnknown *)job->buffer;
        job->buffer = NULL;
    } else if (job->run == stream_write) {
        result.uint32 = done;
    } else {
        result.boolean_ = true;
    }
    return result;
}

static void stream_job_run(struct pool_task *task)
{
    struct stream_job *job = CONTAINING_RECORD(task, struct stream_job, task);
    HRESULT hr = HRESULT_FROM_WIN32(ERROR_CANCELLED);
    struct async *async = job->async;
    union value result = { 0 }, progress;
    UINT32 done = 0;

    if (!async_is_cancelled(async))
        hr = job->run(job, &done);
    turn_leave(&job->core->turns, &job->turn);

    /* From here on it is handlers that run, which may use the stream. */
    if (SUCCEEDED(hr) && job->run != stream_flush) {
        progress.uint32 = done;
        async_report(async, &progress);
    }
    if (SUCCEEDED(hr))
        result = take_result(job, done);
    stream_job_destroy(job);

    if (SUCCEEDED(hr))
        async_complete(async, &result);
    else if (hr == HRESULT_FROM_WIN32(ERROR_CANCELLED) && async_is_cancelled(async))
        async_cancelled(async);
    else
        async_fail(async, hr, NULL);
    value_clear(async_result_type(async), &result);
    async_release(async);
}

static void stream_job_ready(struct turn *turn)
{
    struct stream_job *job = CONTAINING_RECORD(turn, struct stream_job, turn);

    pool_submit(job->pool, &job->task);
}

static HRESULT stream_job_start(struct stream_core *core, IBuffer *buffer, UINT32 count,
                                const struct async_type *type,
                                HRESULT (*run)(struct stream_job *, UINT32 *), void **operation)
{
    static const struct async_work no_work;
    struct stream_job *job;
    HRESULT hr;

    if (!(job = memory_zalloc(sizeof(*job))))
        return E_OUTOFMEMORY;
    job->turn.ready = stream_job_ready;
    job->task.run = stream_job_run;
    job->run = run;
    job->count = count;
    job->core = stream_core_addref(core);
    if ((job->buffer = buffer))
        IBuffer_AddRef(buffer);
    if (FAILED(hr = stream_core_source(core, &job->source)))
        goto failed;
    if (run == stream_write && !core->can_write) {
        hr = E_ACCESSDENIED;
        goto failed;
    }
    if (FAILED(hr = async_workers(&job->pool)) ||
        FAILED(hr = async_create(type, &no_work, NULL, &job->async)))
        goto failed;

    *operation = async_interface(job->async);
    turn_take(&core->turns, &job->turn);
    return S_OK;

failed:
    stream_job_destroy(job);
    return hr;
}

HRESULT stream_core_read_async(struct stream_core *core, IBuffer *buffer, UINT32 count,
                               InputStreamOptions options,
                               IAsyncOperationWithProgress_IBuffer_UINT32 **operation)
{
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!buffer)
        return E_POINTER;
    if (!input_stream_options_are_valid(options))
        return E_INVALIDARG;
    return stream_job_start(core, buffer, count, &read_async, stream_read, (void **)operation);
}

HRESULT stream_core_write_async(struct stream_core *core, IBuffer *buffer,
                                IAsyncOperationWithProgress_UINT32_UINT32 **operation)
{
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!buffer)
        return E_POINTER;
    return stream_job_start(core, buffer, 0, &write_async, stream_write, (void **)operation);
}

HRESULT stream_core_flush_async(struct stream_core *core, IAsyncOperation_boolean **operation)
{
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return stream_job_start(core, NULL, 0, &flush_async, stream_flush, (void **)operation);
}
