/* SPDX-License-Identifier: MIT */
/* Making and ending the engine, and the queue of commands to it. docs/engine.md */
#include <stddef.h>

#include "engine_store.h"
#include "limits.h"
#include "runtime.h"
#include "src/port/clock.h"
#include "src/port/process.h"
#include "transfer_internal.h"

/* CURLOPT_QUICK_EXIT, the fixes of connection reuse that this engine builds on, and those
 * of 7.88.1: before, transfers that shared an HTTP/2 connection could get one another's bytes. */
#define LIBCURL_VERSION_LEAST 0x075801u

/* One that fails would leave the thread asleep amid its work. */
#define WAKE_ATTEMPTS 3

/* The only object of the engine that is not on the heap, so that nobody has to ask whether it is
 * still there. */
static struct engine the_engine = { .mutex = MUTEX_INITIALIZER,
                                    .store_mutex = MUTEX_INITIALIZER,
                                    .scheduler_mutex = MUTEX_INITIALIZER,
                                    .end_of_commands = &the_engine.first_command };

static void prepare_once(void)
{
    condition_init(&the_engine.changed);
}

struct engine *engine_get(void)
{
    static struct once prepared = ONCE_INITIALIZER;

    once_run(&prepared, prepare_once);
    return &the_engine;
}

/*
 * The first part, which needs no undoing. The exit handler is registered after libcurl, and through
 * it the TLS library, has registered its own: handlers run in reverse, so the engine's thread has
 * left libcurl when OpenSSL tears itself down.
 */
static enum port_status start_library(struct engine *engine)
{
    if (engine->ever_prepared)
        return PORT_OK;
    process_watch_fork();
    if (network()->start())
        return PORT_NO_MEMORY;
    if (network()->version() < LIBCURL_VERSION_LEAST)
        return PORT_NOT_SUPPORTED;
    if (process_at_exit(engine_stop))
        return PORT_NO_MEMORY;
    engine->ever_prepared = true;
    return PORT_OK;
}

/* With the lock, which is given up meanwhile: libcurl is not called under it. Wake-ups coalesce. */
static void wake(struct engine *engine)
{
    if (engine->awake)
        return;
    engine->awake = true;
    engine->wakers++;
    mutex_unlock(&engine->mutex);
    for (unsigned i = 0; i < WAKE_ATTEMPTS && network()->multi_wakeup(engine->multi); i++)
        continue;
    mutex_lock(&engine->mutex);
    engine->wakers--;
    if (!engine->wakers)
        condition_broadcast(&engine->changed);
}

void engine_let_go_of_library(struct engine *engine)
{
    network()->multi_cleanup(engine->multi);
    if (engine->share)
        network()->share_cleanup(engine->share);
    engine->multi = NULL;
    engine->share = NULL;
}

static void on_network_changed(void *context)
{
    struct engine *engine = context;

    mutex_lock(&engine->mutex);
    engine->network_changed = true;
    if (engine->phase == ENGINE_RUNNING)
        wake(engine);
    mutex_unlock(&engine->mutex);
}

/*
 * What libcurl shares among all transfers beside its connections and the names it has looked up. It
 * would keep fewer connections the fewer transfers there are at the moment. Without memory for the
 * TLS sessions each easy handle keeps its own.
 */
static void share_among_transfers(struct engine *engine)
{
    CURLSH *share = network()->share_init();

    if (share && network()->share_set_long(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION)) {
        network()->share_cleanup(share);
        share = NULL;
    }
    engine->share = share;
    network()->multi_set_long(engine->multi, CURLMOPT_MAXCONNECTS,
                              (long)engine->settings.slots * LIMIT_KEPT_EACH);
}

/* Only one thread at a time is in here (ENGINE_STARTING), without the lock. */
static enum port_status bring_up(struct engine *engine)
{
    enum port_status status = start_library(engine);

    if (status)
        return status;
    mutex_lock(&engine->mutex);
    status = engine_read_limits(engine);
    mutex_unlock(&engine->mutex);
    if (!status)
        status = settings_read(&engine->settings);
    if (status)
        return status;
    engine->multi = network()->multi_init();
    if (!engine->multi) {
        status = PORT_NO_MEMORY;
        goto failed;
    }
    share_among_transfers(engine);
    scheduler_init(&engine->scheduler, (unsigned)engine->settings.slots);
    status = network_state_watch(on_network_changed, engine);
    network_state_get(&engine->network);
    if (!status)
        status = thread_start("winrt-engine", engine_loop, engine);
    if (!status)
        return PORT_OK;
    network_state_unwatch();
    engine_let_go_of_library(engine);
failed:
    settings_free(&engine->settings);
    return status;
}

/* With the lock, which is given up meanwhile. */
static enum port_status ensure_running(struct engine *engine)
{
    enum port_status status = PORT_OK;

    while (engine->phase == ENGINE_STARTING)
        condition_wait(&engine->changed, &engine->mutex);
    if (engine->phase == ENGINE_RUNNING)
        return PORT_OK;
    if (engine->phase != ENGINE_NONE)
        return PORT_NOT_SUPPORTED;

    engine->phase = ENGINE_STARTING;
    mutex_unlock(&engine->mutex);
    status = bring_up(engine);
    mutex_lock(&engine->mutex);
    engine->phase = status ? ENGINE_NONE : ENGINE_RUNNING;
    engine->ever_started = engine->ever_started || !status;
    condition_broadcast(&engine->changed);
    return status;
}

enum port_status engine_ensure(void)
{
    struct engine *engine = engine_get();
    enum port_status status;

    mutex_lock(&engine->mutex);
    status = ensure_running(engine);
    mutex_unlock(&engine->mutex);
    return status;
}

/* With the lock. */
static void queue_command(struct engine *engine, struct transfer *transfer, unsigned command)
{
    if (!transfer->commands) {
        transfer_addref(transfer);
        transfer->next_command = NULL;
        *engine->end_of_commands = transfer;
        engine->end_of_commands = &transfer->next_command;
    }
    transfer->commands |= command;
}

enum port_status engine_submit(struct transfer *transfer, unsigned command)
{
    struct engine *engine = engine_get();
    enum port_status status;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&engine->mutex);
    status = ensure_running(engine);
    if (!status) {
        queue_command(engine, transfer, command);
        wake(engine);
    }
    mutex_unlock(&engine->mutex);
    return status;
}

void engine_groups_changed(void)
{
    struct engine *engine = engine_get();

    mutex_lock(&engine->mutex);
    engine->groups_changed = true;
    if (engine->phase == ENGINE_RUNNING)
        wake(engine);
    mutex_unlock(&engine->mutex);
}

void engine_limits_changed(void)
{
    struct engine *engine = engine_get();

    mutex_lock(&engine->mutex);
    engine->limits_changed = true;
    if (engine->phase == ENGINE_RUNNING)
        wake(engine);
    mutex_unlock(&engine->mutex);
}

unsigned engine_count_ahead(struct transfer *transfer)
{
    struct engine *engine = engine_get();
    unsigned count = 0;

    mutex_lock(&engine->scheduler_mutex);
    if (transfer->item.queued)
        count = scheduler_count_ahead(&engine->scheduler, &transfer->item);
    mutex_unlock(&engine->scheduler_mutex);
    return count;
}

void engine_command_engaged(struct engine *engine, unsigned command)
{
    struct transfer *transfer;

    mutex_lock(&engine->mutex);
    for (transfer = engine->first_known; transfer; transfer = transfer->next_known) {
        if (transfer->engaged)
            queue_command(engine, transfer, command);
    }
    mutex_unlock(&engine->mutex);
}

bool engine_call_observer(struct transfer *transfer, enum transfer_event event)
{
    struct engine *engine = engine_get();
    transfer_observer observer;
    void *context;

    mutex_lock(&engine->mutex);
    observer = transfer->observer;
    context = transfer->context;
    engine->observed = observer ? transfer : NULL;
    mutex_unlock(&engine->mutex);
    if (!observer)
        return false;
    observer(context, event);
    mutex_lock(&engine->mutex);
    engine->observed = NULL;
    condition_broadcast(&engine->changed);
    mutex_unlock(&engine->mutex);
    return true;
}

void transfer_set_observer(struct transfer *transfer, transfer_observer observer, void *context)
{
    struct engine *engine = engine_get();

    if (process_is_forked_child())
        return;
    mutex_lock(&engine->mutex);
    transfer->observer = observer;
    transfer->context = context;
    while (engine->observed == transfer && engine->thread != thread_self())
        condition_wait(&engine->changed, &engine->mutex);
    mutex_unlock(&engine->mutex);
}

/* With the lock. Exit goes on while this thread never does, so that it cannot meet what exit has
 * torn down. */
static void park_if_abandoned(struct engine *engine)
{
    while (engine->phase == ENGINE_ABANDONED)
        condition_wait(&engine->changed, &engine->mutex);
}

void engine_park_if_abandoned(void)
{
    struct engine *engine = engine_get();

    mutex_lock(&engine->mutex);
    park_if_abandoned(engine);
    mutex_unlock(&engine->mutex);
}

struct transfer *engine_next_command(struct engine *engine, unsigned *ret_command,
                                     struct engine_news *ret_news)
{
    struct transfer *transfer;

    mutex_lock(&engine->mutex);
    park_if_abandoned(engine);
    engine->awake = true;
    transfer = engine->first_command;
    if (transfer) {
        engine->first_command = transfer->next_command;
        if (!engine->first_command)
            engine->end_of_commands = &engine->first_command;
        *ret_command = transfer->commands;
        transfer->commands = 0;
    }
    *ret_news = (struct engine_news){
        .stop = engine->phase == ENGINE_STOPPING,
        .groups = !transfer && engine->groups_changed,
        .network = !transfer && engine->network_changed,
        .limits = !transfer && engine->limits_changed,
    };
    if (!transfer)
        engine->groups_changed = engine->network_changed = engine->limits_changed = false;
    mutex_unlock(&engine->mutex);
    return transfer;
}

bool engine_may_sleep(struct engine *engine)
{
    bool may;

    mutex_lock(&engine->mutex);
    /* While the engine starts nobody would wake it up. */
    may = !engine->first_command && !engine->groups_changed && !engine->network_changed &&
          !engine->limits_changed && engine->phase == ENGINE_RUNNING;
    engine->awake = !may;
    mutex_unlock(&engine->mutex);
    return may;
}

void engine_await_wakers(struct engine *engine)
{
    mutex_lock(&engine->mutex);
    while (engine->wakers)
        condition_wait(&engine->changed, &engine->mutex);
    mutex_unlock(&engine->mutex);
}

void engine_report_stopped(struct thread_end *end)
{
    struct engine *engine = (struct engine *)((char *)end - offsetof(struct engine, end));

    mutex_lock(&engine->mutex);
    engine->phase = ENGINE_STOPPED;
    condition_broadcast(&engine->changed);
    mutex_unlock(&engine->mutex);
}

void engine_stop(void)
{
    struct engine *engine = engine_get();
    struct store *store;
    uint64_t deadline = clock_monotonic_ns() + STOP_TIMEOUT_NS;
    bool in_time = true;

    if (process_is_forked_child())
        return;
    mutex_lock(&engine->mutex);
    while (in_time && engine->phase == ENGINE_STARTING)
        in_time = condition_wait_until(&engine->changed, &engine->mutex, deadline);
    if (engine->phase == ENGINE_NONE)
        engine->phase = ENGINE_STOPPED;
    if (engine->phase == ENGINE_RUNNING) {
        engine->phase = ENGINE_STOPPING;
        wake(engine);
    }
    while (in_time && engine->phase == ENGINE_STOPPING)
        in_time = condition_wait_until(&engine->changed, &engine->mutex, deadline);
    if (engine->phase == ENGINE_STOPPING)
        engine->phase = ENGINE_ABANDONED;
    mutex_unlock(&engine->mutex);
    mutex_lock(&engine->store_mutex);
    store = engine->store;
    mutex_unlock(&engine->store_mutex);
    /* What has ended and was collected just now is else found again by the next process. */
    if (store)
        store_flush_until(store, deadline);
}

bool engine_is_running(void)
{
    struct engine *engine = engine_get();
    bool started;

    if (process_is_forked_child())
        return true;
    mutex_lock(&engine->mutex);
    started = engine->ever_started;
    mutex_unlock(&engine->mutex);
    return started;
}
