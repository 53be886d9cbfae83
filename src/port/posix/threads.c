/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "src/port/threads.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "src/port/memory.h"
#include "status.h"

#define NAME_SIZE 16 /* what the kernel keeps of a thread's name, with its NUL */

/* The functions below fail only when they are misused, which is a bug that must not go unseen. */
static void must(int error)
{
    if (error)
        abort();
}

void mutex_init(struct mutex *mutex)
{
    must(pthread_mutex_init(&mutex->native, NULL));
}

void mutex_destroy(struct mutex *mutex)
{
    must(pthread_mutex_destroy(&mutex->native));
}

void mutex_lock(struct mutex *mutex)
{
    must(pthread_mutex_lock(&mutex->native));
}

void mutex_unlock(struct mutex *mutex)
{
    must(pthread_mutex_unlock(&mutex->native));
}

void condition_init(struct condition *condition)
{
    pthread_condattr_t attributes;

    must(pthread_condattr_init(&attributes));
    must(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
    must(pthread_cond_init(&condition->native, &attributes));
    must(pthread_condattr_destroy(&attributes));
}

void condition_destroy(struct condition *condition)
{
    must(pthread_cond_destroy(&condition->native));
}

void condition_signal(struct condition *condition)
{
    must(pthread_cond_signal(&condition->native));
}

void condition_broadcast(struct condition *condition)
{
    must(pthread_cond_broadcast(&condition->native));
}

void condition_wait(struct condition *condition, struct mutex *mutex)
{
    must(pthread_cond_wait(&condition->native, &mutex->native));
}

bool condition_wait_until(struct condition *condition, struct mutex *mutex, uint64_t deadline_ns)
{
    struct timespec deadline = { .tv_sec = (time_t)(deadline_ns / 1000000000u),
                                 .tv_nsec = (long)(deadline_ns % 1000000000u) };

    return pthread_cond_timedwait(&condition->native, &mutex->native, &deadline) == 0;
}

struct thread_start {
    void (*run)(void *argument);
    void *argument;
    char name[NAME_SIZE];
};

static void *thread_main(void *argument)
{
    struct thread_start start = *(struct thread_start *)argument;

    memory_free(argument);
    pthread_setname_np(pthread_self(), start.name);
    start.run(start.argument);
    return NULL;
}

enum port_status thread_start(const char *name, void (*run)(void *argument), void *argument)
{
    struct thread_start *start = memory_zalloc(sizeof(*start));
    pthread_attr_t attributes;
    sigset_t all, before;
    pthread_t thread;
    int error, i;

    if (!start)
        return PORT_NO_MEMORY;
    start->run = run;
    start->argument = argument;
    for (i = 0; i < NAME_SIZE - 1 && name[i]; i++)
        start->name[i] = name[i];

    must(pthread_attr_init(&attributes));
    must(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED));
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    error = pthread_create(&thread, &attributes, thread_main, start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (error) {
        memory_free(start);
        return error == EAGAIN ? PORT_NO_HANDLES : status_from_errno(error);
    }
    return PORT_OK;
}

void once_run(struct once *once, void (*init)(void))
{
    must(pthread_once(&once->native, init));
}

uintptr_t thread_self(void)
{
    return (uintptr_t)pthread_self();
}
