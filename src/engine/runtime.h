/* SPDX-License-Identifier: MIT */
/* The engine itself: the one object that all of it hangs on. engine.c makes and ends it,
 * engine_loop.c is its thread. */
#ifndef WINRT_ENGINE_RUNTIME_H
#define WINRT_ENGINE_RUNTIME_H

#include <stdatomic.h>

#include "certificate_store.h"
#include "engine.h"
#include "event_queue.h"
#include "network.h"
#include "range_refusals.h"
#include "scheduler.h"
#include "settings.h"
#include "src/port/network_state.h"
#include "src/port/threads.h"
#include "throttle.h"
#include "timers.h"
#include "transfer.h"

struct store;
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
    bool groups_changed, network_changed, limits_changed;
    bool limits_read;            /* what the environment says of the process's limits */
    unsigned stated_connections; /* then; what 0 brings back */
    struct transfer *first_known, *last_known; /* the table: transfer_table.c */
    struct transfer *observed;                 /* whose observer is being called */

    struct mutex store_mutex; /* over this */
    struct store *store;

    struct mutex scheduler_mutex; /* over what other threads may ask the scheduler */
    uintptr_t thread;             /* the engine's; constant once it runs */

    CURLM *multi;  /* engine's thread; multi_wakeup: any thread that counts in `wakers` */
    CURLSH *share; /* TLS sessions; NULL if there is no memory for it. Engine's thread */

    /* Engine's thread only. */
    struct thread_end end;
    struct engine_settings settings;
    struct certificate_store certificates;
    uint64_t now_ms;           /* the one reading of the clock of this turn */
    uint64_t check_due_ms;     /* when some exchange has to be looked at */
    unsigned broken_turns;     /* in a row in which libcurl has done nothing */
    struct timers timers;      /* of transfers that wait for a time */
    struct event_queue events; /* of this turn */
    struct network_state network;
    struct scheduler scheduler;
    struct speed_limit speed; /* the process's */
    atomic_uint connections;  /* the process's; set with the mutex. Any thread */
    struct throttle throttle;
    struct range_refusals range_refusals;
    struct exchange *running, *idle;
    unsigned followers; /* of the running: vanguard.c */
    bool way_changed;   /* and what they wait for may have happened */
};

struct engine *engine_get(void);

/* Starts it if need be. Fails as transfer_start. Any thread. */
enum port_status engine_ensure(void);

/*
 * Queues a command, and starts the engine if need be. A queued transfer is referenced. Fails as
 * transfer_start. Any thread; not for a transfer that the caller has no reference to.
 */
enum port_status engine_submit(struct transfer *transfer, unsigned command);

/* Some group's behaviour is another now: the engine's thread looks at all of them. Any thread. */
void engine_groups_changed(void);

/* Some limit of speed or connections is another now. Any thread. */
void engine_limits_changed(void);

/* What the environment says of the process's limits, once. With the mutex. PORT_NO_MEMORY */
enum port_status engine_read_limits(struct engine *engine);

/* How many are queued before it. Any thread. */
unsigned engine_count_ahead(struct transfer *transfer);

/* Calls the observer, if there is one: then true. Engine's thread. */
bool engine_call_observer(struct transfer *transfer, enum transfer_event event);

/* Frees what libcurl has for the engine, after the last easy handle. */
void engine_let_go_of_library(struct engine *engine);

/* The thread's body; `argument` is the engine. */
void engine_loop(void *argument);

/* Waits until nobody is about to wake the thread: before the multi handle goes. */
void engine_await_wakers(struct engine *engine);

/* The engine's thread has let go of libcurl, and what that kept for the thread is freed. */
void engine_report_stopped(struct thread_end *end);

struct engine_news {
    bool stop;                    /* the process ends */
    bool groups, network, limits; /* something has changed there */
};

/* The next command, or NULL when there is none; *ret_news has the rest. The reference goes over to
 * the caller. */
struct transfer *engine_next_command(struct engine *engine, unsigned *ret_command,
                                     struct engine_news *ret_news);

/* Whether there is nothing to look at: then whoever has something for it wakes the thread up, which
 * is to wait now. Engine's thread. */
bool engine_may_sleep(struct engine *engine);

/* Queues a command for every transfer that the engine has in hand; engine_next_command has them
 * then. Engine's thread. */
void engine_command_engaged(struct engine *engine, unsigned command);

/* Blocks for ever if exit has given up waiting: called after everything that may take long inside a
 * callback. */
void engine_park_if_abandoned(void);

#endif
