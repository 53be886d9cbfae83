/* SPDX-License-Identifier: MIT */
#include "src/port/process.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "src/port/threads.h"

static atomic_bool forked_child;

static void mark_child(void)
{
    atomic_store(&forked_child, true);
}

static void watch(void)
{
    pthread_atfork(NULL, NULL, mark_child);
}

void process_watch_fork(void)
{
    static struct once watched = ONCE_INITIALIZER;

    once_run(&watched, watch);
}

bool process_is_forked_child(void)
{
    return atomic_load(&forked_child);
}

enum port_status process_at_exit(void (*run)(void))
{
    return atexit(run) ? PORT_NO_MEMORY : PORT_OK;
}
