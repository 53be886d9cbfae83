/* SPDX-License-Identifier: MIT */
/*
 * Worker threads, and strands: queues whose tasks run one at a time and in order on those workers.
 *
 * A task may block, also on the outcome of another task of the same pool. So the pool starts with
 * few threads and grows whenever all are busy and the head of the queue has not moved for
 * POOL_PATIENCE_MS, up to POOL_MAX_THREADS. Threads that find nothing to do for a while end.
 * docs/threading.md
 */
#ifndef WINRT_PORT_POOL_H
#define WINRT_PORT_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "threads.h"

#define POOL_MIN_THREADS 4   /* started at once when there is work */
#define POOL_MAX_THREADS 512 /* beyond it work waits */
#define POOL_PATIENCE_MS 5

/* Embedded by its owner, who keeps it alive until `run` was entered. Not to be queued twice. */
struct pool_task {
    struct pool_task *next;
    void (*run)(struct pool_task *task);
};

struct pool;

/* `name` as of thread_start. `enter` and `leave`, which may be NULL, run at both ends of a thread.
 */
enum port_status pool_create(const char *name, void (*enter)(void), void (*leave)(void),
                             struct pool **ret);

/*
 * Queues the task; it runs as soon as a worker is free. Never fails and never runs the task in
 * the caller: when no thread can be started, that is tried again. Any thread.
 */
void pool_submit(struct pool *pool, struct pool_task *task);

/* Starts the first worker, and the thread that adds others, if they are not there, so that
   pool_submit can rely on them. Call it before the first pool_submit. */
enum port_status pool_prepare(struct pool *pool);

/* Number of threads now. For tests. */
size_t pool_thread_count(struct pool *pool);

/*
 * Waits until nothing is queued or running, ends the threads and frees the pool. Not from a task
 * of the pool itself.
 */
void pool_destroy(struct pool *pool);

/* Tasks of one strand never run at the same time, and run in the order of strand_submit. */
struct strand;

enum port_status strand_create(struct pool *pool, struct strand **ret);

/*
 * Gives the strand up; it is freed when what is queued has run. Nothing more may be submitted.
 * Allowed from inside its own tasks. NULL is fine.
 */
void strand_release(struct strand *strand);

/* As pool_submit. Never fails. Any thread, also from inside the strand's tasks. */
void strand_submit(struct strand *strand, struct pool_task *task);

#endif
