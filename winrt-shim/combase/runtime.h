/* SPDX-License-Identifier: MIT */
/*
 * The one object that holds what the process has once: handles, loaded components, who uses the
 * runtime. Its lock is a leaf: nothing else is locked, and nothing foreign called, while it is
 * held. It is held across fork, so that a child finds it free and consistent.
 */
#ifndef WINRT_COMBASE_RUNTIME_H
#define WINRT_COMBASE_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <windows.h>

#include "src/port/threads.h"

struct waitable;
struct module;

struct handle_slot {
    struct waitable *object; /* NULL: free */
    uint32_t generation;     /* tells a handle from an older one of the same slot */
    uint32_t next_free;      /* index + 1 of the next free slot, 0: none */
};

struct runtime {
    struct mutex lock;

    struct handle_slot *slots; /* handles.c */
    uint32_t slot_count;
    uint32_t first_free;              /* index + 1 */
    uint32_t first_generation;        /* of new slots */
    struct handle_slot *parent_slots; /* a forked child keeps its parent's, unused */

    struct module *modules; /* modules.c; never shrinks */

    unsigned mta_users;       /* apartment.c: threads in the multithreaded apartment, and cookies */
    unsigned mta_cookies;     /* those of CoIncrementMTAUsage among them */
    UINT32 error_reporting;   /* error_info.c: RO_ERROR_REPORTING_FLAGS */
    WCHAR *app_user_model_id; /* app_user_model_id.c */
};

/* Locks the process's runtime, after making it at the first call, and answers it. Never fails. */
struct runtime *runtime_lock(void);
void runtime_unlock(void);

/*
 * True in a process that was forked from one that used the runtime: none of the threads it relies
 * on exist here. Entering an apartment and activation answer RUNTIME_DEAD_ERROR then; the parent's
 * handles are invalid.
 */
bool runtime_is_dead_after_fork(void);

/* "The object invoked has disconnected from its clients": what COM says of a process
 * that is gone. */
#define RUNTIME_DEAD_ERROR RPC_E_DISCONNECTED

#endif
