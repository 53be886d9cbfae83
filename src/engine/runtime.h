/* SPDX-License-Identifier: MIT */
/* The engine itself: the one object that all of it hangs on. engine.c makes and ends it,
 * engine_loop.c is its thread. */
#ifndef WINRT_ENGINE_RUNTIME_H
#define WINRT_ENGINE_RUNTIME_H

#include "certificate_store.h"
#include "engine.h"
#include "network.h"
#include "scheduler.h"
#include "settings.h"
#include "src/port/threads.h"

struct transfer;
struct exchange;

enum engine_phase {
    ENGINE_NONE,
    ENGINE_STARTING, /* somebody is at it */
    ENGINE_RUNNING,
    ENGINE_STOPPING,
    ENGINE_STOPPED,   /* the thread has let go of libcurl, for good */
    ENGINE_ABANDONED, /* it has not in time: it must never go back into libcurl */
};

struct engine {
    struct mutex mutex; /* over these */
    struct condition changed;
    enum engine_phase phase;
    bool ever_prepared, ever_started; /* the library and the exit handler; the thread */
    bool awake;      /* the thread will look at the commands without another wake-up */
    unsigned wakers; /* threads that are inside multi_wakeup */
    struct transfer *first_command, **end_of_commands;

    CURLM *multi; /* engine's thread; multi_wakeup: any thread that counts in `wakers` */

    /* Engine's thread only. */
    struct thread_end end;
    struct engine_settings settings;
    struct certificate_store certificates;
    uint64_t now_ms;       /* the one reading of the clock of this turn */
    uint64_t check_due_ms; /* when some exchange has to be looked at */
    struct scheduler scheduler;
    struct exchange *running, *idle;
};

/*
 * Queues a command, and starts the engine for COMMAND_START if need be. A queued transfer is
 * referenced. Fails as transfer_start; the other commands are dropped where no engine runs. Any
 * thread; not for a transfer that the caller has no reference to.
 */
enum port_status engine_submit(struct transfer *transfer, unsigned command);

/* The thread's body; `argument` is the engine. */
void engine_loop(void *argument);

/* Waits until nobody is about to wake the thread: before the multi handle goes. */
void engine_await_wakers(struct engine *engine);

/* The engine's thread has let go of libcurl, and what that kept for the thread is freed. */
void engine_report_stopped(struct thread_end *end);

/*
 * The next command, or NULL when there is none (the thread may then wait) with *ret_stop telling
 * that the process ends. The reference goes over to the caller.
 */
struct transfer *engine_next_command(struct engine *engine, unsigned *ret_command, bool *ret_stop);

/* Blocks for ever if exit has given up waiting: called after everything that may take long inside a
 * callback. */
void engine_park_if_abandoned(void);

#endif
