/* SPDX-License-Identifier: MIT */
/* The life of an async object: made, reported on, ended. */
#include "async_object.h"

#include <assert.h>
#include <stdint.h>

#include "src/port/memory.h"

static_assert(offsetof(struct async, operation_iface) == ASYNC_OFFSET_OPERATION, "async.h");
static_assert(offsetof(struct async, IAsyncInfo_iface) == ASYNC_OFFSET_INFO, "async.h");
static_assert(offsetof(struct async, object) == ASYNC_OFFSET_OBJECT, "async.h");
static_assert(sizeof(struct async) <= ASYNC_INSTANCE_SIZE, "async.h");

#define LOCKS 16 /* a power of two */

/* Zeroed is not enough everywhere, so the initializer is written out. */
#define FOUR_LOCKS MUTEX_INITIALIZER, MUTEX_INITIALIZER, MUTEX_INITIALIZER, MUTEX_INITIALIZER

static struct mutex locks[LOCKS] = { FOUR_LOCKS, FOUR_LOCKS, FOUR_LOCKS, FOUR_LOCKS };

static struct mutex *lock_of(const struct async *async)
{
    const uintptr_t address = (uintptr_t)async;

    return &locks[(address >> 5 ^ address >> 11) & (LOCKS - 1)];
}

void async_lock(struct async *async)
{
    mutex_lock(lock_of(async));
}

void async_unlock(struct async *async)
{
    mutex_unlock(lock_of(async));
}

void async_completed_release(struct completed_handler *handler)
{
    if (handler)
        handler->lpVtbl->Release(handler);
}

void async_progress_release(struct progress_handler *handler)
{
    if (handler)
        handler->lpVtbl->Release(handler);
}

void async_destroy(void *instance)
{
    struct async *async = instance;

    async_progress_release(async->progress);
    async_completed_release(async->completed);
    value_clear(async->type->result, &async->result);
    memory_free(async->message);
    if (async->work->destroy)
        async->work->destroy(async->context);
}

void async_deliver(struct async *async)
{
    bool first;

    async_lock(async);
    first = !async->delivered;
    async->delivered = true;
    async_unlock(async);
    if (first && async->work->delivered)
        async->work->delivered(async->context);
}

void async_fire_completed(struct async *async)
{
    struct completed_handler *handler = NULL;
    struct progress_handler *progress = NULL;
    AsyncStatus status;

    async_lock(async);
    if (async->ended) {
        handler = async->completed;
        progress = async->progress;
        async->completed = NULL;
        async->progress = NULL;
    }
    status = async->status;
    async_unlock(async);

    async_progress_release(progress);
    if (!handler)
        return;
    /* Its HRESULT is ignored: the outcome is what it is. */
    handler->lpVtbl->Invoke(handler, &async->operation_iface, status);
    async_completed_release(handler);
    async_deliver(async);
}

HRESULT async_create(const struct async_type *type, const struct async_work *work, void *context,
                     struct async **ret)
{
    struct async *async = object_alloc(&type->class);

    *ret = NULL;
    if (!async)
        return E_OUTOFMEMORY;
    async->operation_iface.lpVtbl = async_vtbls[type->form];
    async->IAsyncInfo_iface.lpVtbl = &async_info_vtbl;
    async->type = type;
    async->work = work;
    async->context = context;
    async->status = Started;
    *ret = async;
    return S_OK;
}

void *async_interface(struct async *async)
{
    async_addref(async);
    return &async->operation_iface;
}

void async_addref(struct async *async)
{
    object_addref(&async->object);
}

void async_release(struct async *async)
{
    if (async)
        object_release(&async->object);
}

static void end(struct async *async, AsyncStatus status)
{
    async_lock(async);
    async->status = status;
    async->ended = true;
    async_unlock(async);
    async_fire_completed(async);
}

void async_complete(struct async *async, const union value *result)
{
    HRESULT hr = S_OK;

    if (async->type->result != VALUE_NONE)
        hr = value_copy(async->type->result, result, &async->result);
    if (FAILED(hr)) {
        async_fail(async, hr, NULL);
        return;
    }
    end(async, Completed);
}

void async_fail(struct async *async, HRESULT error, const char *message)
{
    async->error = error;
    async->message = memory_strdup(message); /* without memory, the code must do */
    end(async, Error);
}

void async_cancelled(struct async *async)
{
    end(async, Canceled);
}

bool async_report(struct async *async, const union value *progress)
{
    struct progress_handler *handler = NULL;
    void *iface = &async->operation_iface;

    async_lock(async);
    if (!async->ended && async->progress) {
        handler = async->progress;
        handler->lpVtbl->AddRef(handler);
    }
    async_unlock(async);
    if (!handler)
        return false;
    if (async->type->progress == VALUE_INTERFACE)
        handler->lpVtbl->Invoke.object(handler, iface, progress->unknown);
    else if (async->type->progress == VALUE_UINT32)
        handler->lpVtbl->Invoke.uint32(handler, iface, progress->uint32);
    else
        handler->lpVtbl->Invoke.uint64(handler, iface, progress->uint64);
    async_progress_release(handler);
    return true;
}

bool async_is_cancelled(struct async *async)
{
    bool cancelled;

    async_lock(async);
    cancelled = async->status == Canceled;
    async_unlock(async);
    return cancelled;
}

enum value_type async_result_type(struct async *async)
{
    return async->type->result;
}
