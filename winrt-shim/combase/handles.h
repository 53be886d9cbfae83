/* SPDX-License-Identifier: MIT */
/*
 * Handles: numbers that stand for objects, so that a handle that is closed or made up is refused
 * instead of followed. All of it under the runtime's lock (runtime.h).
 */
#ifndef WINRT_COMBASE_HANDLES_H
#define WINRT_COMBASE_HANDLES_H

#include "winrt-shim/combase/runtime.h"

struct wait_block;

/* What can be waited for. A wait that ends takes the signal, unless that stays until
 * it is reset. */
struct waitable {
    LONG ref;
    bool signaled;
    bool manual_reset;
    struct wait_block *head, **tail; /* who waits, in order */
};

/* A new object with one reference; NULL when there is no memory. */
struct waitable *waitable_create(bool manual_reset, bool signaled);
void waitable_addref(struct waitable *object);
void waitable_release(struct waitable *object);

/*
 * A handle that holds a reference of its own. NULL when there is no memory, or when there are as
 * many handles as there can be.
 */
HANDLE handle_create(struct runtime *runtime, struct waitable *object);

/* NULL for what is no handle. No reference is added. */
struct waitable *handle_find(const struct runtime *runtime, HANDLE handle);

/* False for what is no handle. */
bool handle_close(struct runtime *runtime, HANDLE handle);

#endif
