/* SPDX-License-Identifier: MIT */
#include "winrt-shim/combase/thread_state.h"

#include <pthread.h>

#include "src/port/threads.h"
#include "winrt-shim/combase/apartment.h"
#include "winrt-shim/combase/error_info.h"

static _Thread_local struct thread_state state;
static pthread_key_t key;
static bool key_valid;
static struct once key_made = ONCE_INITIALIZER;

static void end(void *value)
{
    struct thread_state *ending = value;

    /* Releasing the error may call foreign code that comes back here. */
    ending->watched = false;
    apartment_leave_all(ending);
    error_info_set(ending, NULL);
}

static void make_key(void)
{
    key_valid = !pthread_key_create(&key, end);
}

struct thread_state *thread_state_get(void)
{
    if (!state.watched) {
        once_run(&key_made, make_key);
        state.watched = key_valid && !pthread_setspecific(key, &state);
    }
    return &state;
}
