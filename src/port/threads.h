/* SPDX-License-Identifier: MIT */
/*
 * Threads, locks and waiting. What struct mutex, struct condition and struct once are, and their
 * initializers, the platform's <native_threads.h> says.
 */
#ifndef WINRT_PORT_THREADS_H
#define WINRT_PORT_THREADS_H

#include <stdbool.h>
#include <stdint.h>

#include <native_threads.h>

#include "status.h"

/* Static ones are set to MUTEX_INITIALIZER. */
void mutex_init(struct mutex *mutex);
void mutex_destroy(struct mutex *mutex);
void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);

/* A condition variable on the monotonic clock. */
void condition_init(struct condition *condition);
void condition_destroy(struct condition *condition);
void condition_signal(struct condition *condition);
void condition_broadcast(struct condition *condition);
void condition_wait(struct condition *condition, struct mutex *mutex);

/*
 * Waits at most until clock_monotonic_ns() of the real clock is `deadline_ns`. Returns false when
 * that was reached. As with condition_wait, the caller checks its predicate again.
 */
bool condition_wait_until(struct condition *condition, struct mutex *mutex, uint64_t deadline_ns);

/*
 * Starts a detached thread that blocks every signal, so that the program's handlers run on the
 * program's own threads. `name` has at most 15 characters and is what a debugger shows. The library
 * that this code is in stays loaded from then on. PORT_NO_MEMORY, PORT_NO_HANDLES
 */
enum port_status thread_start(const char *name, void (*run)(void *argument), void *argument);

/* Tells the thread that calls from every other one that lives. */
uintptr_t thread_self(void);

/*
 * Has `run` called on this thread, which thread_start made, when it ends; on POSIX systems after
 * what libraries do there to free what they keep for a thread. One a thread; `end` must live until
 * then. PORT_NO_MEMORY
 */
struct thread_end {
    void (*run)(struct thread_end *end);
    bool passed; /* the platform's */
};

enum port_status thread_at_end(struct thread_end *end);

/* Runs `init` once, even when called from several threads at a time; `once` is set to
   ONCE_INITIALIZER. */
void once_run(struct once *once, void (*init)(void));

#endif
