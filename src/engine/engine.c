/* SPDX-License-Identifier: MIT */
/* Making and ending the engine, and the queue of commands to it. docs/engine.md */
#include <stddef.h>

#include "limits.h"
#include "runtime.h"
#include "src/port/clock.h"
#include "src/port/process.h"
#include "transfer_internal.h"

/* CURLOPT_QUICK_EXIT, and the fixes of connection reuse that this engine builds on. */
#define LIBCURL_VERSION_LEAST 0x075700u

/* The only object of the engine that is not on the heap, so that nobody has to ask whether it is
 * still there. */
static struct engine the_engine = { .mutex = MUTEX_INITIALIZER,
                                    .end_of_commands = &the_engine.first_command };

static void prepare_once(void)
{
    condition_init(&the_engine.changed);
}

static struct engine *get_engine(void)
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

/* Only one thread at a time is in here (ENGINE_STARTING), without the lock. */
static enum port_status bring_up(struct engine *engine)
{
    enum port_status status = start_library(engine);

    if (status)
        return status;
    status = settings_read(&engine->settings);
    if (status)
        return status;
    engine->multi = network()->multi_init();
    if (!engine->multi) {
        status = PORT_NO_MEMORY;
        goto failed;
    }
    scheduler_init(&engine->scheduler, (unsigned)engine->settings.slots);
    status = thread_start("winrt-engine", engine_loop, engine);
    if (!status)
        return PORT_OK;
    network()->multi_cleanup(engine->multi);
    engine->multi = NULL;
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

/* With the lock, which is given up meanwhile: libcurl is not called under it. Wake-ups coalesce. */
static void wake(struct engine *engine)
{
    if (engine->awake)
        return;
    engine->awake = true;
    engine->wakers++;
    mutex_unlock(&engine->mutex);
    network()->multi_wakeup(engine->multi);
    mutex_lock(&engine->mutex);
    engine->wakers--;
    if (!engine->wakers)
        condition_broadcast(&engine->changed);
}

enum port_status engine_submit(struct transfer *transfer, unsigned command)
{
    struct engine *engine = get_engine();
    enum port_status status;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&engine->mutex);
    if (command & COMMAND_START)
        status = ensure_running(engine);
    else
        status = engine->phase == ENGINE_RUNNING ? PORT_OK : PORT_NOT_SUPPORTED;
    if (!status) {
        if (!transfer->commands) {
            transfer_addref(transfer);
            transfer->next_command = NULL;
            *engine->end_of_commands = transfer;
            engine->end_of_commands = &transfer->next_command;
        }
        transfer->commands |= command;
        wake(engine);
    }
    mutex_unlock(&engine->mutex);
    return status;
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
    struct engine *engine = get_engine();

    mutex_lock(&engine->mutex);
    park_if_abandoned(engine);
    mutex_unlock(&engine->mutex);
}

struct transfer *engine_next_command(struct engine *engine, unsigned *ret_command, bool *ret_stop)
{
    struct transfer *transfer;

    mutex_lock(&engine->mutex);
    park_if_abandoned(engine);
    transfer = engine->first_command;
    if (transfer) {
        engine->first_command = transfer->next_command;
        if (!engine->first_command)
            engine->end_of_commands = &engine->first_command;
        *ret_command = transfer->commands;
        transfer->commands = 0;
    } else {
        engine->awake = false;
    }
    *ret_stop = engine->phase == ENGINE_STOPPING;
    mutex_unlock(&engine->mutex);
    return transfer;
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
    struct engine *engine = get_engine();
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
}

bool engine_is_running(void)
{
    struct engine *engine = get_engine();
    bool started;

    if (process_is_forked_child())
        return true;
    mutex_lock(&engine->mutex);
    started = engine->ever_started;
    mutex_unlock(&engine->mutex);
    return started;
}
