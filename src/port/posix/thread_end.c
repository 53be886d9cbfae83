/* SPDX-License-Identifier: MIT */
/*
 * The end of a thread, told by a thread-specific value's destructor. Destructors run in no stated
 * order, but in rounds as long as one of them sets a value again; so this one lets one round pass.
 */
#include "src/port/threads.h"

static pthread_key_t key;
static int key_error = -1;

static void run_end(void *value)
{
    struct thread_end *end = value;

    if (!end->passed) {
        end->passed = true;
        if (!pthread_setspecific(key, end))
            return;
    }
    end->run(end);
}

static void make_key(void)
{
    key_error = pthread_key_create(&key, run_end);
}

enum port_status thread_at_end(struct thread_end *end)
{
    static struct once made = ONCE_INITIALIZER;

    once_run(&made, make_key);
    end->passed = false;
    return key_error || pthread_setspecific(key, end) ? PORT_NO_MEMORY : PORT_OK;
}
