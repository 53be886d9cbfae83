/* SPDX-License-Identifier: MIT */
/*
 * Threads, locks and waiting. Thin over POSIX threads, which MinGW has too; what differs between
 * the platforms (signals, names, apartments) is in posix/ and win32/.
 */
#ifndef WINRT_PORT_THREADS_H
#define WINRT_PORT_THREADS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "status.h"

struct mutex {
    pthread_mutex_t native;
};

#define MUTEX_INITIALIZER         \
    {                             \
        PTHREAD_MUTEX_INITIALIZER \
    }

void mutex_init(struct mutex *mutex);
void mutex_destroy(struct mutex *mutex);
void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);

/* A condition variable on the monotonic clock. */
struct condition {
    pthread_cond_t native;
};

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
 * program's own threads. `name` has at most 15 characters and is what a debugger shows.
 */
enum port_status thread_start(const char *name, void (*run)(void *argument), void *argument);

/*
 * Has `run` called on this thread when it ends, after what libraries do there to free what they
 * keep for a thread. One a thread; `end` must live until then. PORT_NO_MEMORY
 */
struct thread_end {
    void (*run)(struct thread_end *end);
    bool passed;
};

enum port_status thread_at_end(struct thread_end *end);

/* Runs `init` once, even when called from several threads at a time. */
struct once {
    pthread_once_t native;
};

#define ONCE_INITIALIZER  \
    {                     \
        PTHREAD_ONCE_INIT \
    }

void once_run(struct once *once, void (*init)(void));

#endif
