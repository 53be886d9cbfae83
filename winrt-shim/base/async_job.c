/* SPDX-License-Identifier: MIT */
/* Work that is a function: async_run, and the workers of this library it runs on. */
#include "async.h"

#include <asyncinfo.h>
#include <oleauto.h>
#include <roapi.h>

#include "error.h"
#include "src/port/memory.h"
#include "src/port/process.h"

/* The one runtime object of the base layer: a pool a library. */
static struct {
    struct mutex mutex;
    struct pool *pool; /* NULL until it could be made */
} workers = { .mutex = MUTEX_INITIALIZER };

/* Handlers run on these threads, and may use the runtime there as on any of the client's. */
static void enter_apartment(void)
{
    RoInitialize(RO_INIT_MULTITHREADED);
}

static void leave_apartment(void)
{
    RoUninitialize();
}

HRESULT async_workers(struct pool **ret)
{
    enum port_status status = PORT_OK;
    struct pool *pool;

    *ret = NULL;
    process_watch_fork();
    if (process_is_forked_child())
        return HRESULT_IN_FORKED_CHILD;
    mutex_lock(&workers.mutex);
    if (!workers.pool)
        status = pool_create("winrt-worker", enter_apartment, leave_apartment, &workers.pool);
    pool = workers.pool;
    mutex_unlock(&workers.mutex);
    if (!status)
        status = pool_prepare(pool);
    if (!status)
        *ret = pool;
    return hresult_from_status(status);
}

struct job {
    struct pool_task task;
    struct async *async;
    const struct async_job *what;
    void *context;
};

static void job_free(struct job *job)
{
    if (job->what->destroy)
        job->what->destroy(job->context);
    memory_free(job);
}

static void job_run(struct pool_task *task)
{
    struct job *job = CONTAINING_RECORD(task, struct job, task);
    struct async *async = job->async;
    union value result = { 0 };
    char *message = NULL;
    HRESULT hr = __HRESULT_FROM_WIN32(ERROR_CANCELLED);
    enum value_type type = async_result_type(async);

    if (!async_is_cancelled(async)) {
        SetErrorInfo(0, NULL);
        hr = job->what->run(job->context, async, &result);
        if (FAILED(hr))
            message = error_current_message(hr);
        SetErrorInfo(0, NULL);
    }
    job_free(job);

    if (SUCCEEDED(hr))
        async_complete(async, &result);
    else if (hr == __HRESULT_FROM_WIN32(ERROR_CANCELLED) && async_is_cancelled(async))
        async_cancelled(async);
    else
        async_fail(async, hr, message);
    value_clear(type, &result);
    memory_free(message);
    async_release(async);
}

HRESULT async_run(const struct async_type *type, const struct async_job *what, void *context,
                  void **out)
{
    static const struct async_work no_work;
    struct pool *pool = NULL;
    struct job *job = NULL;
    HRESULT hr = E_POINTER;

    if (!out)
        goto failed;
    *out = NULL;
    hr = async_workers(&pool);
    if (FAILED(hr))
        goto failed;
    hr = E_OUTOFMEMORY;
    job = memory_zalloc(sizeof(*job));
    if (!job)
        goto failed;
    job->task.run = job_run;
    job->what = what;
    job->context = context;
    hr = async_create(type, &no_work, NULL, &job->async);
    if (FAILED(hr))
        goto failed;
    *out = async_interface(job->async);
    pool_submit(pool, &job->task);
    return S_OK;

failed:
    memory_free(job);
    if (what->destroy)
        what->destroy(context);
    return hr;
}
