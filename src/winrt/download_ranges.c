/* SPDX-License-Identifier: MIT */
#include "download_ranges.h"

#include <stdatomic.h>

#include "download_hub.h"
#include "file_ranges.h"
#include "ranges_downloaded_args.h"
#include "src/port/memory.h"
#include "src/port/pool.h"
#include "src/port/threads.h"

struct subscription {
    struct subscription *next;
    INT64 token;
    RangesDownloadedHandler *handler;
};

struct download_ranges {
    atomic_uint ref; /* the operation's, those of arguments and deferrals */
    /* References to it are held while an event is queued or open; else it is the one who calls. */
    struct download_operation *operation;

    struct mutex mutex; /* of what follows */
    struct subscription *subscriptions;
    INT64 last_token;
    struct pool_task task;
    bool queued;
    bool missed;   /* something arrived while the event was open */
    UINT32 holds;  /* of the open event: one while handlers run, one for each deferral */
    UINT64 serial; /* of the newest event */

    /* Of whoever raises an event, and there is one at a time: what the app has been told. */
    struct byte_range *told;
    size_t told_count;
    uint32_t told_restarts;
};

void download_ranges_addref(struct download_ranges *ranges)
{
    atomic_fetch_add(&ranges->ref, 1);
}

void download_ranges_release(struct download_ranges *ranges)
{
    if (atomic_fetch_sub(&ranges->ref, 1) != 1)
        return;
    memory_free(ranges->told);
    mutex_destroy(&ranges->mutex);
    memory_free(ranges);
}

static void operation_release(struct download_ranges *ranges)
{
    IDownloadOperation_Release(&ranges->operation->IDownloadOperation_iface);
}

/* With the mutex held, and with a reference to the operation for the task. */
static void queue_event(struct download_ranges *ranges)
{
    ranges->queued = true;
    ranges->missed = false;
    download_hub_submit(SLOT_LOAD(&ranges->operation->hub), &ranges->task);
}

void download_ranges_notify(struct download_ranges *ranges)
{
    mutex_lock(&ranges->mutex);
    if (ranges->holds)
        ranges->missed = true;
    else if (ranges->subscriptions && !ranges->queued &&
             object_try_addref(&ranges->operation->object))
        queue_event(ranges);
    mutex_unlock(&ranges->mutex);
}

/* One event */

bool download_ranges_hold(struct download_ranges *ranges, UINT64 serial)
{
    bool open;

    mutex_lock(&ranges->mutex);
    open = ranges->holds && ranges->serial == serial;
    if (open)
        ranges->holds++;
    mutex_unlock(&ranges->mutex);
    return open;
}

/* With the last one the event is over, and its reference to the operation goes to the next. */
void download_ranges_let_go(struct download_ranges *ranges)
{
    bool over, next;

    mutex_lock(&ranges->mutex);
    over = !--ranges->holds;
    next = over && ranges->missed && ranges->subscriptions && !ranges->queued;
    if (next)
        queue_event(ranges);
    mutex_unlock(&ranges->mutex);
    if (over && !next)
        operation_release(ranges);
}

/* What the engine has, and of which body that is. */
static enum port_status get_ranges(struct transfer *transfer, struct byte_range **ret,
                                   size_t *ret_count, uint32_t *ret_restarts)
{
    struct transfer_progress before, after;
    enum port_status status;

    for (;;) {
        transfer_get_progress(transfer, &before);
        status = transfer_get_ranges(transfer, ret, ret_count);
        if (status)
            return status;
        transfer_get_progress(transfer, &after);
        *ret_restarts = after.restart_number;
        if (after.restart_number == before.restart_number)
            return PORT_OK;
        memory_free(*ret);
    }
}

/*
 * The arguments of the next event, S_FALSE if there is nothing to tell. Without memory nothing is
 * told: what was missed is part of a later event.
 */
static HRESULT take_news(struct download_ranges *ranges,
                         IBackgroundTransferRangesDownloadedEventArgs **ret)
{
    struct byte_range *now = NULL, *added = NULL;
    size_t count = 0, added_count = 0;
    uint32_t restarts;
    bool restarted;
    HRESULT hr;

    *ret = NULL;
    if (get_ranges(ranges->operation->transfer, &now, &count, &restarts))
        return E_OUTOFMEMORY;
    restarted = restarts != ranges->told_restarts;
    hr = file_ranges_added(ranges->told, restarted ? 0 : ranges->told_count, now, count, &added,
                           &added_count);
    if (SUCCEEDED(hr) && !restarted && !added_count)
        hr = S_FALSE;
    if (hr == S_OK)
        hr = ranges_downloaded_args_create(ranges, ranges->serial, restarted, added, added_count,
                                           ret);
    memory_free(added);
    if (hr != S_OK) {
        memory_free(now);
        return hr;
    }
    memory_free(ranges->told);
    ranges->told = now;
    ranges->told_count = count;
    ranges->told_restarts = restarts;
    return S_OK;
}

static void free_subscriptions(struct subscription *subscription)
{
    struct subscription *next;

    for (; subscription; subscription = next) {
        next = subscription->next;
        subscription->handler->lpVtbl->Release(subscription->handler);
        memory_free(subscription);
    }
}

/* Copies, since no lock is held while handlers run. NULL without memory. */
static struct subscription *copy_subscriptions(struct download_ranges *ranges)
{
    struct subscription *copies = NULL, **tail = &copies;

    mutex_lock(&ranges->mutex);
    for (struct subscription *each = ranges->subscriptions; each; each = each->next) {
        struct subscription *copy = memory_zalloc(sizeof(*copy));

        if (!copy)
            break;
        copy->handler = each->handler;
        copy->handler->lpVtbl->AddRef(copy->handler);
        *tail = copy;
        tail = &copy->next;
    }
    mutex_unlock(&ranges->mutex);
    return copies;
}

/* With the event open. What a handler answers is nobody's business. */
static void raise_event(struct download_ranges *ranges)
{
    struct subscription *handlers = copy_subscriptions(ranges);
    IBackgroundTransferRangesDownloadedEventArgs *args = NULL;

    if (handlers && take_news(ranges, &args) == S_OK) {
        for (struct subscription *each = handlers; each; each = each->next)
            each->handler->lpVtbl->Invoke(each->handler,
                                          &ranges->operation->IDownloadOperation_iface, args);
        IBackgroundTransferRangesDownloadedEventArgs_Release(args);
    }
    free_subscriptions(handlers);
}

/* With the mutex held. */
static void open_event(struct download_ranges *ranges)
{
    ranges->holds = 1;
    ranges->serial++;
}

static void run_event(struct pool_task *task)
{
    struct download_ranges *ranges = CONTAINING_RECORD(task, struct download_ranges, task);
    bool open;

    mutex_lock(&ranges->mutex);
    ranges->queued = false;
    /* One that download_ranges_finish has raised meanwhile may have deferrals. */
    open = !ranges->holds;
    if (open)
        open_event(ranges);
    else
        ranges->missed = true;
    mutex_unlock(&ranges->mutex);
    if (open) {
        raise_event(ranges);
        download_ranges_let_go(ranges);
    } else {
        operation_release(ranges);
    }
}

void download_ranges_finish(struct download_ranges *ranges)
{
    bool open;

    mutex_lock(&ranges->mutex);
    open = !ranges->holds && ranges->subscriptions;
    if (open)
        open_event(ranges);
    else if (ranges->holds)
        ranges->missed = true;
    mutex_unlock(&ranges->mutex);
    if (!open)
        return;
    IDownloadOperation_AddRef(&ranges->operation->IDownloadOperation_iface);
    raise_event(ranges);
    download_ranges_let_go(ranges);
}

/* Handlers */

static bool is_running(struct transfer *transfer)
{
    struct transfer_progress progress;

    transfer_get_progress(transfer, &progress);
    return progress.started && !download_status_is_final(progress.status);
}

HRESULT download_ranges_add(struct download_ranges *ranges, RangesDownloadedHandler *handler,
                            EventRegistrationToken *token)
{
    struct subscription *added, **link;
    struct download_hub *hub;
    HRESULT hr;

    token->value = 0;
    hr = download_hub_get(ranges->operation, &hub);
    if (FAILED(hr))
        return hr;
    added = memory_zalloc(sizeof(*added));
    if (!added)
        return E_OUTOFMEMORY;
    added->handler = handler;
    handler->lpVtbl->AddRef(handler);

    mutex_lock(&ranges->mutex);
    token->value = added->token = ++ranges->last_token;
    for (link = &ranges->subscriptions; *link;)
        link = &(*link)->next;
    *link = added;
    mutex_unlock(&ranges->mutex);

    /* What came before is told too, or else bytes that come while a client adds its handler would
       be lost to it. */
    if (is_running(ranges->operation->transfer))
        download_ranges_notify(ranges);
    return S_OK;
}

void download_ranges_remove(struct download_ranges *ranges, EventRegistrationToken token)
{
    struct subscription **link, *found;

    mutex_lock(&ranges->mutex);
    for (link = &ranges->subscriptions; *link && (*link)->token != token.value;)
        link = &(*link)->next;
    found = *link;
    if (found) {
        *link = found->next;
        found->next = NULL;
    }
    mutex_unlock(&ranges->mutex);
    free_subscriptions(found);
}

HRESULT download_ranges_get(struct download_operation *operation, struct download_ranges **ret)
{
    struct download_ranges *ranges = SLOT_LOAD(&operation->ranges), *made;
    struct transfer_progress progress;

    *ret = ranges;
    if (ranges)
        return S_OK;
    made = memory_zalloc(sizeof(*made));
    if (!made)
        return E_OUTOFMEMORY;
    atomic_init(&made->ref, 1);
    mutex_init(&made->mutex);
    made->task.run = run_event;
    made->operation = operation;
    /* Restarts that nobody was told the ranges of are no news. */
    transfer_get_progress(operation->transfer, &progress);
    made->told_restarts = progress.restart_number;
    if (SLOT_PUBLISH(&operation->ranges, &ranges, made))
        ranges = made;
    else
        download_ranges_release(made);
    *ret = ranges;
    return S_OK;
}

void download_ranges_free(struct download_ranges *ranges)
{
    if (!ranges)
        return;
    free_subscriptions(ranges->subscriptions);
    ranges->subscriptions = NULL;
    download_ranges_release(ranges);
}
