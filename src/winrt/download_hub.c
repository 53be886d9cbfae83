/* SPDX-License-Identifier: MIT */
#include "download_hub.h"

#include "download_ranges.h"
#include "read_hub.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

/* One lock for all hubs, since there may be as many as there are transfers: it is held for a few
 * instructions at a time, and by those only whose transfers run. */
static struct mutex hubs = MUTEX_INITIALIZER;

struct download_hub {
    /* The operation's, one while the task is queued. */
    atomic_uint ref;
    /* While a notification goes out: the newest numbers that its handlers read, and their thread.
     */
    atomic_uint response_read, restart_read;
    _Atomic uintptr_t reporter;
    struct strand *strand;

    /* All that follows under the lock. */
    /* In the order they came. Only the strand's task takes them out, all at the end, so it
       goes through them one by one. */
    struct download_attachment *first, **tail;
    struct pool_task task; /* what happens while it is queued becomes part of it */
    bool queued;
    bool report;   /* all attachments want a notification */
    bool happened; /* there has been something to report at all */
    bool finished; /* the transfer has ended */
    bool ended;    /* and all attachments know */
};

static void hub_release(struct download_hub *hub)
{
    if (atomic_fetch_sub(&hub->ref, 1) != 1)
        return;
    strand_release(hub->strand);
    memory_free(hub);
}

void download_hub_submit(struct download_hub *hub, struct pool_task *task)
{
    strand_submit(hub->strand, task);
}

/* With the lock held. */
static void queue_task(struct download_hub *hub)
{
    if (hub->queued || hub->ended)
        return;
    hub->queued = true;
    atomic_fetch_add(&hub->ref, 1);
    strand_submit(hub->strand, &hub->task);
}

/* The strand's task */

/* Missed is set first, as a handler may be set at any moment. */
static bool report_to(struct download_attachment *attachment, bool all)
{
    bool wanted, shown;

    mutex_lock(&hubs);
    wanted = all || attachment->wanted;
    attachment->wanted = false;
    if (wanted)
        attachment->missed = true;
    mutex_unlock(&hubs);
    if (!wanted)
        return false;
    shown = download_attachment_report(attachment);
    if (!shown)
        return false;
    mutex_lock(&hubs);
    attachment->missed = false;
    mutex_unlock(&hubs);
    return true;
}

static struct download_attachment *next_of(struct download_attachment **link)
{
    struct download_attachment *attachment;

    mutex_lock(&hubs);
    attachment = *link;
    mutex_unlock(&hubs);
    return attachment;
}

void download_hub_note_read(struct download_operation *operation,
                            const struct transfer_progress *progress)
{
    struct download_hub *hub = SLOT_LOAD(&operation->hub);

    if (!hub || atomic_load(&hub->reporter) != thread_self())
        return;
    atomic_store(&hub->response_read, progress->response_number);
    atomic_store(&hub->restart_read, progress->restart_number);
}

/*
 * One notification to each who wants it. HasResponseChanged and HasRestarted are true in the first
 * one after the change, and for those who poll until a notification has shown it: so the numbers
 * are noted when the handlers have returned. Progress is a live value: what counts is what a
 * handler has read, which may be newer than the notification.
 */
static void report(struct download_hub *hub, bool all)
{
    struct download_attachment *attachment = next_of(&hub->first);
    struct download_operation *operation;
    struct transfer_progress progress;
    bool shown = false;

    if (!attachment)
        return;
    operation = attachment->operation;
    transfer_get_progress(operation->transfer, &progress);
    atomic_store(&hub->response_read, progress.response_number);
    atomic_store(&hub->restart_read, progress.restart_number);
    atomic_store(&hub->reporter, thread_self());
    for (; attachment; attachment = next_of(&attachment->next))
        shown |= report_to(attachment, all);
    atomic_store(&hub->reporter, 0);
    if (!shown)
        return;
    __atomic_store_n(&operation->response_shown, atomic_load(&hub->response_read),
                     __ATOMIC_RELAXED);
    __atomic_store_n(&operation->restart_shown, atomic_load(&hub->restart_read), __ATOMIC_RELAXED);
}

/* Before Completed, which is the last that most clients wait for. */
static void tell_last_ranges(struct download_attachment *attachment)
{
    struct download_ranges *ranges = attachment ? SLOT_LOAD(&attachment->operation->ranges) : NULL;

    if (ranges)
        download_ranges_finish(ranges);
}

static void end(struct download_hub *hub)
{
    struct download_attachment *attachment;

    mutex_lock(&hubs);
    attachment = hub->first;
    hub->first = NULL;
    hub->tail = &hub->first;
    hub->ended = true;
    for (struct download_attachment *listed = attachment; listed; listed = listed->next)
        listed->listed = false;
    mutex_unlock(&hubs);
    tell_last_ranges(attachment);
    while (attachment) {
        struct download_attachment *next = attachment->next;

        download_attachment_end(attachment);
        attachment = next;
    }
}

static void run_task(struct pool_task *task)
{
    struct download_hub *hub = CONTAINING_RECORD(task, struct download_hub, task);
    bool all, finished;

    mutex_lock(&hubs);
    hub->queued = false;
    all = hub->report;
    hub->report = false;
    finished = hub->finished;
    mutex_unlock(&hubs);
    report(hub, all);
    if (finished)
        end(hub);
    hub_release(hub);
}

/* What happens */

static void tell_report(struct download_hub *hub)
{
    mutex_lock(&hubs);
    hub->happened = true;
    if (hub->first) {
        hub->report = true;
        queue_task(hub);
    }
    mutex_unlock(&hubs);
}

/* Once, whoever notices first. */
static void tell_finished(struct download_hub *hub)
{
    mutex_lock(&hubs);
    if (!hub->finished) {
        hub->finished = true;
        queue_task(hub);
    }
    mutex_unlock(&hubs);
}

/* On the engine's thread. The operation is there, be it on its way out, since download_hub_close
 * waits. */
static void observe(void *context, enum transfer_event event)
{
    struct download_operation *operation = context;
    struct download_hub *hub = SLOT_LOAD(&operation->hub);
    struct read_hub *readers = SLOT_LOAD(&operation->read_hub);
    struct download_ranges *ranges = SLOT_LOAD(&operation->ranges);

    switch (event) {
    case TRANSFER_EVENT_RECEIVED:
        if (readers)
            read_hub_wake(readers);
        if (ranges)
            download_ranges_notify(ranges);
        break;
    case TRANSFER_EVENT_FINISHED:
        if (readers)
            read_hub_close(readers);
        tell_finished(hub);
        break;
    case TRANSFER_EVENT_RESTART:
        if (readers)
            read_hub_wake(readers);
        if (ranges)
            download_ranges_notify(ranges);
        tell_report(hub);
        break;
    default:
        tell_report(hub);
        break;
    }
}

bool download_hub_add(struct download_hub *hub, struct download_attachment *attachment, bool late)
{
    bool added;

    mutex_lock(&hubs);
    added = !hub->ended;
    if (added) {
        attachment->listed = true;
        attachment->missed = late || hub->happened;
        *hub->tail = attachment;
        hub->tail = &attachment->next;
    }
    mutex_unlock(&hubs);
    return added;
}

void download_hub_progress_attached(struct download_attachment *attachment)
{
    mutex_lock(&hubs);
    if (attachment->listed && attachment->missed) {
        attachment->wanted = true;
        queue_task(attachment->operation->hub);
    }
    mutex_unlock(&hubs);
}

static HRESULT hub_create(struct download_hub **ret)
{
    struct download_hub *hub;
    struct pool *pool;
    HRESULT hr;

    *ret = NULL;
    hr = runtime_get_handler_pool(&pool);
    if (FAILED(hr))
        return hr;
    hub = memory_zalloc(sizeof(*hub));
    if (!hub)
        return E_OUTOFMEMORY;
    hr = hresult_from_status(strand_create(pool, &hub->strand));
    if (FAILED(hr)) {
        memory_free(hub);
        return hr;
    }
    atomic_init(&hub->ref, 1);
    hub->tail = &hub->first;
    hub->task.run = run_task;
    *ret = hub;
    return S_OK;
}

HRESULT download_hub_get(struct download_operation *operation, struct download_hub **ret)
{
    struct download_hub *hub = SLOT_LOAD(&operation->hub), *made;
    struct transfer_progress progress;
    HRESULT hr;

    *ret = hub;
    if (hub)
        return S_OK;
    hr = hub_create(&made);
    if (FAILED(hr))
        return hr;
    if (SLOT_PUBLISH(&operation->hub, &hub, made))
        hub = made;
    else
        hub_release(made);
    *ret = hub;

    /* Whoever was faster may not have come this far; the same observer twice is as good as once. */
    transfer_set_observer(operation->transfer, observe, operation);
    /* What has happened before comes as no event any more. */
    transfer_get_progress(operation->transfer, &progress);
    if (download_status_is_final(progress.status))
        tell_finished(hub);
    else if (progress.started)
        tell_report(hub);
    return S_OK;
}

void download_hub_close(struct download_operation *operation)
{
    if (!operation->hub)
        return;
    transfer_set_observer(operation->transfer, NULL, NULL);
    hub_release(operation->hub);
}
