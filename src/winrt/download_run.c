/* SPDX-License-Identifier: MIT */
/*
 * The time from StartAsync to the end of a transfer. The engine calls the observer on its own
 * thread, which only queues; the client's handlers run on the operation's strand, one at a time and
 * in order (docs/threading.md).
 *
 * Who holds whom: the run has references to operation, transfer and async object and gives them up
 * when it has ended; the async object has one to the run, which it gives up with its own last. So
 * nothing outlives the end but what the client keeps.
 */
#include <stdatomic.h>

#include "download_operation.h"

#include "async_types.h"
#include "read_hub.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"

struct download_run {
    /* The engine's (until FINISHED), the async object's, one for each queued task. */
    atomic_uint ref;
    struct download_operation *operation; /* these four until the run has ended */
    struct transfer *transfer;
    struct async *async;
    struct strand *strand;

    struct mutex mutex;
    /* One notification; what happens while it is queued becomes part of it. */
    struct pool_task report;
    bool report_queued;
    bool report_missed; /* there was something to report and nobody to report it to */
    bool ended;
    struct pool_task end;
};

static void download_run_addref(struct download_run *run)
{
    atomic_fetch_add(&run->ref, 1);
}

static void download_run_release(struct download_run *run)
{
    if (atomic_fetch_sub(&run->ref, 1) != 1)
        return;
    mutex_destroy(&run->mutex);
    memory_free(run);
}

/* With the mutex held. */
static void queue_report(struct download_run *run)
{
    if (run->report_queued || run->ended)
        return;
    run->report_queued = true;
    download_run_addref(run);
    strand_submit(run->strand, &run->report);
}

static void set_report_missed(struct download_run *run, bool missed)
{
    mutex_lock(&run->mutex);
    run->report_missed = missed;
    mutex_unlock(&run->mutex);
}

/*
 * One notification. HasResponseChanged is true in the first one after a response head, and for
 * those who poll until a notification has shown it: so the number of the response is noted when the
 * handler has returned. Missed is set first, as a handler may be set at any moment.
 */
static void report(struct download_run *run)
{
    struct download_operation *operation = run->operation;
    union value value = { .unknown = (IUnknown *)&operation->IDownloadOperation_iface };
    struct transfer_progress progress;

    set_report_missed(run, true);
    transfer_get_progress(run->transfer, &progress);
    if (!async_report(run->async, &value))
        return;
    set_report_missed(run, false);
    mutex_lock(&operation->mutex);
    operation->response_shown = progress.response_number;
    mutex_unlock(&operation->mutex);
}

static void run_report(struct pool_task *task)
{
    struct download_run *run = CONTAINING_RECORD(task, struct download_run, report);
    bool ended;

    mutex_lock(&run->mutex);
    run->report_queued = false;
    ended = run->ended;
    mutex_unlock(&run->mutex);
    /* `ended` is set on this strand, so what the run holds stays for the time of this task. */
    if (!ended)
        report(run);
    download_run_release(run);
}

static void complete_async(struct download_run *run)
{
    struct transfer_progress progress;
    struct transfer_error error;
    union value value;

    transfer_get_progress(run->transfer, &progress);
    switch (progress.status) {
    case TRANSFER_COMPLETED:
        value.unknown = (IUnknown *)&run->operation->IDownloadOperation_iface;
        async_complete(run->async, &value);
        break;
    case TRANSFER_CANCELED:
        async_cancelled(run->async);
        break;
    default:
        transfer_get_error(run->transfer, &error);
        async_fail(run->async, hresult_from_transfer_error(&error), error.message);
        break;
    }
}

static void run_end(struct pool_task *task)
{
    struct download_run *run = CONTAINING_RECORD(task, struct download_run, end);
    bool late;

    /* One that was queued behind this task, for a handler that has just been set. */
    mutex_lock(&run->mutex);
    late = run->report_queued;
    mutex_unlock(&run->mutex);
    if (late)
        report(run);
    complete_async(run);

    /* progress_attached may come at any time as long as the async object lives, and looks at
     * `ended` first. */
    mutex_lock(&run->mutex);
    run->ended = true;
    mutex_unlock(&run->mutex);
    async_release(run->async);
    transfer_release(run->transfer);
    IDownloadOperation_Release(&run->operation->IDownloadOperation_iface);
    strand_release(run->strand);
    download_run_release(run);
}

static void run_observe(void *context, enum transfer_event event)
{
    struct download_run *run = context;

    switch (event) {
    case TRANSFER_EVENT_RECEIVED:
        read_hub_wake(run->operation->read_hub);
        break;
    case TRANSFER_EVENT_FINISHED:
        read_hub_close(run->operation->read_hub);
        strand_submit(run->strand, &run->end);
        break;
    default:
        mutex_lock(&run->mutex);
        queue_report(run);
        mutex_unlock(&run->mutex);
        break;
    }
}

static void run_cancel(void *context)
{
    struct download_run *run = context;
    struct transfer *transfer = NULL;

    mutex_lock(&run->mutex);
    if (!run->ended) {
        transfer = run->transfer;
        transfer_addref(transfer);
    }
    mutex_unlock(&run->mutex);
    if (!transfer)
        return;
    transfer_cancel(transfer);
    transfer_release(transfer);
}

static void run_progress_attached(void *context)
{
    struct download_run *run = context;

    mutex_lock(&run->mutex);
    if (run->report_missed)
        queue_report(run);
    mutex_unlock(&run->mutex);
}

static void run_async_destroyed(void *context)
{
    download_run_release(context);
}

static const struct async_work run_work = {
    .cancel = run_cancel,
    .progress_attached = run_progress_attached,
    .destroy = run_async_destroyed,
};

static HRESULT run_create(struct download_operation *operation, struct download_run **ret)
{
    struct download_run *run;
    struct pool *pool;
    enum port_status status;
    HRESULT hr;

    *ret = NULL;
    hr = runtime_get_handler_pool(&pool);
    if (FAILED(hr))
        return hr;
    run = memory_zalloc(sizeof(*run));
    if (!run)
        return E_OUTOFMEMORY;
    atomic_init(&run->ref, 2);
    mutex_init(&run->mutex);
    run->report.run = run_report;
    run->end.run = run_end;
    status = strand_create(pool, &run->strand);
    hr = hresult_from_status(status);
    if (SUCCEEDED(hr))
        hr = async_create(async_type_download, &run_work, run, &run->async);
    if (FAILED(hr)) {
        strand_release(run->strand);
        mutex_destroy(&run->mutex);
        memory_free(run);
        return hr;
    }
    run->operation = operation;
    IDownloadOperation_AddRef(&operation->IDownloadOperation_iface);
    run->transfer = operation->transfer;
    transfer_addref(run->transfer);
    *ret = run;
    return S_OK;
}

/* The engine did not take it: what run_end does, without a client who would hear of it. */
static void run_discard(struct download_run *run, HRESULT error)
{
    transfer_set_observer(run->transfer, NULL, NULL);
    async_fail(run->async, error, NULL);
    mutex_lock(&run->mutex);
    run->ended = true;
    mutex_unlock(&run->mutex);
    async_release(run->async);
    transfer_release(run->transfer);
    IDownloadOperation_Release(&run->operation->IDownloadOperation_iface);
    strand_release(run->strand);
    download_run_release(run);
}

HRESULT download_run_start(struct download_operation *operation, void **out)
{
    struct download_run *run;
    enum port_status status;
    void *async;
    HRESULT hr;

    *out = NULL;
    hr = run_create(operation, &run);
    if (FAILED(hr))
        return hr;
    /* Before the start, after which the run may end at any time. */
    async = async_interface(run->async);
    transfer_set_observer(run->transfer, run_observe, run);
    status = transfer_start(run->transfer);
    if (status) {
        IUnknown_Release((IUnknown *)async);
        hr = runtime_engine_error(status);
        run_discard(run, hr);
        return hr;
    }
    *out = async;
    return S_OK;
}
