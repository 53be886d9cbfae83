/* SPDX-License-Identifier: MIT */
#include "winrt-shim/combase/runtime.h"

#include <pthread.h>

#include <roerrorapi.h>

#include "src/port/process.h"

#define GENERATION_STEP 300 /* of handles, from a parent to its child */

static struct runtime runtime = {
    .lock = MUTEX_INITIALIZER,
    .error_reporting = RO_ERROR_REPORTING_USESETERRORINFO,
};
static struct once prepared = ONCE_INITIALIZER;

static void before_fork(void)
{
    mutex_lock(&runtime.lock);
}

static void after_fork_in_parent(void)
{
    mutex_unlock(&runtime.lock);
}

/*
 * The parent's handles are none here, since threads that do not exist may be queued on their
 * objects; and new ones are different numbers.
 */
static void after_fork_in_child(void)
{
    runtime.first_generation += GENERATION_STEP;
    runtime.parent_slots = runtime.slots;
    runtime.slots = NULL;
    runtime.slot_count = 0;
    runtime.first_free = 0;
    mutex_unlock(&runtime.lock);
}

static void prepare(void)
{
    process_watch_fork();
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

struct runtime *runtime_lock(void)
{
    once_run(&prepared, prepare);
    mutex_lock(&runtime.lock);
    return &runtime;
}

void runtime_unlock(void)
{
    mutex_unlock(&runtime.lock);
}

bool runtime_is_dead_after_fork(void)
{
    return process_is_forked_child();
}
