/* SPDX-License-Identifier: MIT */
/*
 * The stream may be the client's own and take its time, so no thread waits for it: its Completed
 * handler queues the next step on the handler pool, which also keeps a stream that completes at
 * once from nesting call in call.
 */
#include "request_body.h"

#include <oleauto.h>
#include <robuffer.h>
#include <roapi.h>

#include "async_types.h"
#include "runtime.h"
#include "src/engine/transfer.h"
#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

#define BLOCK_SIZE (256 * 1024)

#define ReadHandler     IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32
#define ReadHandlerVtbl IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32Vtbl
#define ReadOperation   IAsyncOperationWithProgress_IBuffer_UINT32

struct body_copy {
    IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32
        IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32_iface;
    struct object
        object; /* references: the async object's, the copying's own, the read's handler */
    struct download_draft *draft;
    struct async *async;
    struct pool *pool;
    IInputStream *stream;
    IBuffer *buffer;
    char *path;
    file_handle file;
    UINT64 size;

    struct mutex mutex;     /* of what follows */
    ReadOperation *reading; /* NULL between two reads */
    bool waiting;           /* for the handler's call */
    AsyncStatus outcome;
    struct pool_task task;
};

DEFINE_UNKNOWN(body_copy, IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32)

static ReadHandler *copy_handler(struct body_copy *copy)
{
    return &copy->IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32_iface;
}

/* The end of the copying, in whatever way; gives up its own reference. */
static void copy_end(struct body_copy *copy, HRESULT error, IDownloadOperation *operation)
{
    union value value = { .unknown = (IUnknown *)operation };
    char *message = FAILED(error) ? error_current_message(error) : NULL;

    SetErrorInfo(0, NULL); /* the thread's next work has nothing to do with it */
    if (FAILED(error) && copy->path)
        file_remove(copy->path);
    if (SUCCEEDED(error))
        async_complete(copy->async, &value);
    else if (async_is_cancelled(copy->async))
        async_cancelled(copy->async);
    else
        async_fail(copy->async, error, message);
    memory_free(message);
    async_release(copy->async);
    object_release(&copy->object);
}

/* The body is whole. */
static void copy_finish(struct body_copy *copy)
{
    IDownloadOperation *operation = NULL;
    HRESULT hr;

    file_close(copy->file);
    copy->file = FILE_HANDLE_NONE;
    if (async_is_cancelled(copy->async)) {
        copy_end(copy, HRESULT_CANCELLED, NULL);
        return;
    }
    hr = download_draft_finish(copy->draft, copy->path, true, &operation);
    copy_end(copy, hr, operation);
    if (operation)
        IDownloadOperation_Release(operation);
}

static void cancel_reading(struct body_copy *copy)
{
    ReadOperation *reading;
    IAsyncInfo *info;

    mutex_lock(&copy->mutex);
    reading = copy->reading;
    if (reading)
        IUnknown_AddRef((IUnknown *)reading);
    mutex_unlock(&copy->mutex);
    if (!reading)
        return;
    if (SUCCEEDED(IUnknown_QueryInterface((IUnknown *)reading, &IID_IAsyncInfo, (void **)&info))) {
        IAsyncInfo_Cancel(info);
        IAsyncInfo_Release(info);
    }
    IUnknown_Release((IUnknown *)reading);
}

static ReadOperation *take_reading(struct body_copy *copy)
{
    ReadOperation *reading;

    mutex_lock(&copy->mutex);
    reading = copy->reading;
    copy->reading = NULL;
    copy->waiting = false;
    mutex_unlock(&copy->mutex);
    return reading;
}

/* Starts the next read. Cancel either finds it, or came before the look at async_is_cancelled. */
static void copy_read(struct body_copy *copy)
{
    ReadOperation *reading = NULL;
    HRESULT hr;

    hr = IInputStream_ReadAsync(copy->stream, copy->buffer, BLOCK_SIZE, InputStreamOptions_Partial,
                                &reading);
    if (FAILED(hr)) {
        copy_end(copy, hr, NULL);
        return;
    }
    mutex_lock(&copy->mutex);
    copy->reading = reading;
    copy->waiting = true;
    mutex_unlock(&copy->mutex);
    if (async_is_cancelled(copy->async))
        cancel_reading(copy);

    /* What is copied may be over as soon as this returns, so nothing is touched then. */
    IUnknown_AddRef((IUnknown *)reading);
    hr = IAsyncOperationWithProgress_IBuffer_UINT32_put_Completed(reading, copy_handler(copy));
    if (FAILED(hr) && take_reading(copy)) {
        IUnknown_Release((IUnknown *)reading);
        copy_end(copy, hr, NULL);
    }
    IUnknown_Release((IUnknown *)reading);
}

/* Appends what the read brought; *ret_end if that was nothing, the end of the stream. */
static HRESULT copy_write(struct body_copy *copy, IBuffer *buffer, bool *ret_end)
{
    IBufferByteAccess *access;
    UINT32 length = 0;
    BYTE *bytes = NULL;
    HRESULT hr;

    *ret_end = false;
    hr = IBuffer_get_Length(buffer, &length);
    if (FAILED(hr) || !length) {
        *ret_end = SUCCEEDED(hr);
        return hr;
    }
    hr = IBuffer_QueryInterface(buffer, &IID_IBufferByteAccess, (void **)&access);
    if (FAILED(hr))
        return hr;
    hr = IBufferByteAccess_Buffer(access, &bytes);
    if (SUCCEEDED(hr))
        hr = hresult_from_status(file_write_at(copy->file, copy->size, bytes, length));
    copy->size += length;
    IBufferByteAccess_Release(access);
    return hr;
}

static void copy_received(struct body_copy *copy, ReadOperation *reading)
{
    IBuffer *buffer = NULL;
    bool end = false;
    HRESULT hr;

    if (async_is_cancelled(copy->async) || copy->outcome == Canceled)
        hr = HRESULT_CANCELLED;
    else
        hr = IAsyncOperationWithProgress_IBuffer_UINT32_GetResults(reading, &buffer);
    if (SUCCEEDED(hr) && buffer) {
        hr = copy_write(copy, buffer, &end);
        IBuffer_Release(buffer);
    } else if (SUCCEEDED(hr)) {
        hr = E_UNEXPECTED;
    }
    if (FAILED(hr))
        copy_end(copy, hr, NULL);
    else if (end)
        copy_finish(copy);
    else
        copy_read(copy);
}

static void run_step(struct pool_task *task)
{
    struct body_copy *copy = CONTAINING_RECORD(task, struct body_copy, task);
    ReadOperation *reading = take_reading(copy);

    if (reading) {
        copy_received(copy, reading);
        IUnknown_Release((IUnknown *)reading);
    } else if (async_is_cancelled(copy->async)) {
        copy_end(copy, HRESULT_CANCELLED, NULL);
    } else {
        copy_read(copy);
    }
}

static HRESULT WINAPI body_copy_Invoke(ReadHandler *iface, ReadOperation *reading,
                                       AsyncStatus status)
{
    struct body_copy *copy =
        impl_from_IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32(iface);
    bool expected;

    (void)reading;
    mutex_lock(&copy->mutex);
    expected = copy->waiting; /* a stream that calls twice is heard once */
    copy->waiting = false;
    copy->outcome = status;
    mutex_unlock(&copy->mutex);
    if (expected)
        pool_submit(copy->pool, &copy->task);
    return S_OK;
}

static const struct ReadHandlerVtbl body_copy_vtbl = {
    UNKNOWN_SLOTS(body_copy, IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32),
    body_copy_Invoke,
};

static void body_copy_destroy(void *instance)
{
    struct body_copy *copy = instance;

    mutex_destroy(&copy->mutex);
    file_close(copy->file);
    memory_free(copy->path);
    if (copy->buffer)
        IBuffer_Release(copy->buffer);
    IInputStream_Release(copy->stream);
    download_draft_free(copy->draft);
}

static const struct object_interface body_copy_interfaces[] = {
    OBJECT_INTERFACE(body_copy, IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32),
};

static const struct object_class body_copy_class = OBJECT_CLASS(body_copy, NULL, body_copy_destroy);

static void copy_cancel(void *context)
{
    cancel_reading(context);
}

static void copy_async_destroyed(void *context)
{
    struct body_copy *copy = context;

    object_release(&copy->object);
}

static const struct async_work copy_work = {
    .cancel = copy_cancel,
    .destroy = copy_async_destroyed,
};

/* By activation, as the client's streams may expect a buffer of the system's. */
static HRESULT create_buffer(UINT32 capacity, IBuffer **ret)
{
    IBufferFactory *factory = NULL;
    HSTRING class_name = NULL;
    HRESULT hr;

    *ret = NULL;
    hr = hstring_from_utf16(RuntimeClass_Windows_Storage_Streams_Buffer, &class_name);
    if (SUCCEEDED(hr))
        hr = RoGetActivationFactory(class_name, &IID_IBufferFactory, (void **)&factory);
    if (SUCCEEDED(hr))
        hr = IBufferFactory_Create(factory, capacity, ret);
    if (factory)
        IBufferFactory_Release(factory);
    WindowsDeleteString(class_name);
    return hr;
}

HRESULT request_body_copy(struct download_draft *draft, IInputStream *stream,
                          IAsyncOperation_DownloadOperation **out)
{
    struct body_copy *copy = object_alloc(&body_copy_class);
    HRESULT hr;

    if (!copy) {
        download_draft_free(draft);
        return E_OUTOFMEMORY;
    }
    copy_handler(copy)->lpVtbl = &body_copy_vtbl;
    mutex_init(&copy->mutex);
    copy->task.run = run_step;
    copy->file = FILE_HANDLE_NONE;
    copy->draft = draft;
    copy->stream = stream;
    IInputStream_AddRef(stream);
    hr = runtime_get_handler_pool(&copy->pool);
    if (SUCCEEDED(hr))
        hr = create_buffer(BLOCK_SIZE, &copy->buffer);
    if (SUCCEEDED(hr))
        hr = hresult_from_status(transfers_make_private_file(&copy->path, &copy->file));
    if (SUCCEEDED(hr))
        hr = async_create(async_type_create_download, &copy_work, copy, &copy->async);
    if (FAILED(hr)) {
        if (copy->path)
            file_remove(copy->path);
        object_release(&copy->object);
        return hr;
    }
    object_addref(&copy->object); /* see copy_async_destroyed */
    *out = async_interface(copy->async);
    pool_submit(copy->pool, &copy->task);
    return S_OK;
}
