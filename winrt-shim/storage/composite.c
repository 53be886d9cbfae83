/* SPDX-License-Identifier: MIT */
#include "composite.h"

#include <oleauto.h>

#include "completion.h"
#include "src/port/memory.h"
#include "src/port/pool.h"
#include "src/port/threads.h"
#include "winrt-shim/base/error.h"

/*
 * A composite holds a worker while it waits, and what it waits for needs one, too. So only so many
 * run at a time, well below the most that the pool has (POOL_MAX_THREADS); the others wait here,
 * without a worker.
 */
#define COMPOSITES_AT_A_TIME 128

static struct {
    struct mutex mutex; /* a leaf lock */
    unsigned running;
    struct composite *head, **tail;
} gate = { .mutex = MUTEX_INITIALIZER, .tail = &gate.head };

/* Two references: the asynchronous object's (for cancel) and that of the task. */
struct composite {
    LONG ref;
    struct composite *next; /* at the gate */
    struct pool *pool;
    struct pool_task task;
    struct async *async; /* the task's reference */
    const struct composite_job *job;
    void *context;
    struct mutex mutex; /* over the two below; a leaf lock */
    bool cancelled;
    IAsyncInfo *waited; /* for its end, NULL between two */
};

static void composite_release(struct composite *composite)
{
    if (InterlockedDecrement(&composite->ref))
        return;
    mutex_destroy(&composite->mutex);
    memory_free(composite);
}

static void composite_cancel(void *context)
{
    struct composite *composite = context;
    IAsyncInfo *waited;

    mutex_lock(&composite->mutex);
    composite->cancelled = true;
    waited = composite->waited;
    composite->waited = NULL;
    mutex_unlock(&composite->mutex);
    if (waited) {
        IAsyncInfo_Cancel(waited);
        IAsyncInfo_Release(waited);
    }
}

static void composite_destroy(void *context)
{
    composite_release(context);
}

static const struct async_work composite_work = {
    .cancel = composite_cancel,
    .destroy = composite_destroy,
};

void composite_report(struct composite *composite, const union value *progress)
{
    async_report(composite->async, progress);
}

bool composite_is_cancelled(struct composite *composite)
{
    return async_is_cancelled(composite->async);
}

static void gate_enter(struct composite *composite)
{
    bool run;

    mutex_lock(&gate.mutex);
    run = gate.running < COMPOSITES_AT_A_TIME;
    if (run) {
        gate.running++;
    } else {
        *gate.tail = composite;
        gate.tail = &composite->next;
    }
    mutex_unlock(&gate.mutex);
    if (run)
        pool_submit(composite->pool, &composite->task);
}

static void gate_leave(void)
{
    struct composite *next;

    mutex_lock(&gate.mutex);
    next = gate.head;
    if (next) {
        gate.head = next->next;
        if (!gate.head)
            gate.tail = &gate.head;
    } else {
        gate.running--;
    }
    mutex_unlock(&gate.mutex);
    if (next)
        pool_submit(next->pool, &next->task);
}

static void composite_task(struct pool_task *task)
{
    struct composite *composite = CONTAINING_RECORD(task, struct composite, task);
    struct async *async = composite->async;
    enum value_type type = async_result_type(async);
    HRESULT hr = HRESULT_FROM_WIN32(ERROR_CANCELLED);
    union value result = { 0 };
    char *message = NULL;

    if (!async_is_cancelled(async)) {
        SetErrorInfo(0, NULL);
        hr = composite->job->run(composite->context, composite, &result);
        if (FAILED(hr))
            message = error_current_message(hr);
        SetErrorInfo(0, NULL);
    }
    composite->job->destroy(composite->context);
    gate_leave(); /* before handlers run, which may wait for others */

    if (SUCCEEDED(hr))
        async_complete(async, &result);
    else if (hr == HRESULT_FROM_WIN32(ERROR_CANCELLED) && async_is_cancelled(async))
        async_cancelled(async);
    else
        async_fail(async, hr, message);
    value_clear(type, &result);
    memory_free(message);
    composite_release(composite);
    async_release(async);
}

HRESULT composite_run(const struct async_type *type, const struct composite_job *job, void *context,
                      void **out)
{
    struct composite *composite = NULL;
    struct pool *pool;
    HRESULT hr;

    if (!out) {
        hr = E_POINTER;
        goto failed;
    }
    *out = NULL;
    if (FAILED(hr = async_workers(&pool)))
        goto failed;
    if (!(composite = memory_zalloc(sizeof(*composite)))) {
        hr = E_OUTOFMEMORY;
        goto failed;
    }
    composite->ref = 2;
    composite->pool = pool;
    composite->task.run = composite_task;
    composite->job = job;
    composite->context = context;
    mutex_init(&composite->mutex);
    if (FAILED(hr = async_create(type, &composite_work, composite, &composite->async))) {
        mutex_destroy(&composite->mutex);
        memory_free(composite);
        goto failed;
    }
    *out = async_interface(composite->async);
    gate_enter(composite);
    return S_OK;

failed:
    job->destroy(context);
    return hr;
}

/* What Cancel cancels from now on, `info` itself if Cancel came first. Takes a reference. */
static void begin_wait(struct composite *composite, IAsyncInfo *info)
{
    bool cancelled;

    IAsyncInfo_AddRef(info);
    mutex_lock(&composite->mutex);
    cancelled = composite->cancelled;
    if (!cancelled)
        composite->waited = info;
    mutex_unlock(&composite->mutex);
    if (cancelled) {
        IAsyncInfo_Cancel(info);
        IAsyncInfo_Release(info);
    }
}

static void end_wait(struct composite *composite)
{
    IAsyncInfo *waited;

    mutex_lock(&composite->mutex);
    waited = composite->waited;
    composite->waited = NULL;
    mutex_unlock(&composite->mutex);
    if (waited)
        IAsyncInfo_Release(waited);
}

HRESULT composite_wait(struct composite *composite, void *operation, const GUID *handler_iid,
                       HRESULT (*put_completed)(void *operation, void *handler))
{
    struct completion *completion;
    IAsyncInfo *info = NULL;
    HRESULT hr;

    if (!(completion = completion_create(handler_iid)))
        return E_OUTOFMEMORY;
    hr = IUnknown_QueryInterface((IUnknown *)operation, &IID_IAsyncInfo, (void **)&info);
    if (FAILED(hr))
        goto done;

    begin_wait(composite, info);
    hr = put_completed(operation, completion_handler(completion));
    if (SUCCEEDED(hr) && completion_wait(completion) == Canceled)
        hr = HRESULT_FROM_WIN32(ERROR_CANCELLED);
    end_wait(composite);
done:
    if (info)
        IAsyncInfo_Release(info);
    completion_release(completion);
    return hr;
}
