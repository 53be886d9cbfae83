/* SPDX-License-Identifier: MIT */
/*
 * Waiting for handles (synchapi.h). Who signals an object looks for the waits it satisfies, takes
 * the signals they wait for and wakes them; so a wait for all takes either all signals or none, and
 * a signal that was taken is never lost to a time-out.
 */
#include "winrt-shim/combase/wait.h"

#include "winrt-shim/combase/deadline.h"

/* One object's place in a wait. */
struct wait_block {
    struct wait_block *next, **link; /* in the object's queue */
    struct waiter *waiter;
    struct waitable *object;
};

/* Lives on the waiting thread's stack; under the runtime's lock. */
struct waiter {
    struct condition condition;
    struct wait_block blocks[MAXIMUM_WAIT_OBJECTS];
    DWORD count;
    bool all;
    bool done;
    DWORD result; /* index of the object that ended the wait */
};

static void take_signal(struct waitable *object)
{
    if (!object->manual_reset)
        object->signaled = false;
}

static bool satisfy(struct waiter *waiter)
{
    DWORD signaled = 0, i;

    for (i = 0; i < waiter->count; i++) {
        if (!waiter->blocks[i].object->signaled)
            continue;
        if (!waiter->all) {
            take_signal(waiter->blocks[i].object);
            waiter->result = i;
            return true;
        }
        signaled++;
    }
    if (signaled < waiter->count)
        return false;
    for (i = 0; i < waiter->count; i++)
        take_signal(waiter->blocks[i].object);
    waiter->result = 0;
    return true;
}

void waitable_signal(struct waitable *object)
{
    struct wait_block *block;

    object->signaled = true;
    for (block = object->head; block && object->signaled; block = block->next) {
        if (block->waiter->done || !satisfy(block->waiter))
            continue;
        block->waiter->done = true;
        condition_signal(&block->waiter->condition);
    }
}

static void enqueue(struct wait_block *block)
{
    struct waitable *object = block->object;

    waitable_addref(object);
    block->next = NULL;
    block->link = object->tail;
    *object->tail = block;
    object->tail = &block->next;
}

static void dequeue(struct wait_block *block)
{
    *block->link = block->next;
    if (block->next)
        block->next->link = block->link;
    else
        block->object->tail = block->link;
    waitable_release(block->object);
}

static void block_until(struct runtime *runtime, struct waiter *waiter, uint64_t deadline)
{
    bool in_time = true;
    DWORD i;

    condition_init(&waiter->condition);
    for (i = 0; i < waiter->count; i++)
        enqueue(&waiter->blocks[i]);
    while (!waiter->done && in_time) {
        if (deadline == DEADLINE_NEVER)
            condition_wait(&waiter->condition, &runtime->lock);
        else
            in_time = condition_wait_until(&waiter->condition, &runtime->lock, deadline);
    }
    for (i = 0; i < waiter->count; i++)
        dequeue(&waiter->blocks[i]);
    condition_destroy(&waiter->condition);
}

/* Finds the objects. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER. */
static DWORD prepare(const struct runtime *runtime, struct waiter *waiter, const HANDLE *handles)
{
    DWORD i, j;

    for (i = 0; i < waiter->count; i++) {
        waiter->blocks[i].waiter = waiter;
        if (!(waiter->blocks[i].object = handle_find(runtime, handles[i])))
            return ERROR_INVALID_HANDLE;
        for (j = 0; waiter->all && j < i; j++)
            if (waiter->blocks[j].object == waiter->blocks[i].object)
                return ERROR_INVALID_PARAMETER;
    }
    return ERROR_SUCCESS;
}

static DWORD fail(DWORD error)
{
    SetLastError(error);
    return WAIT_FAILED;
}

/*
 * WaitForMultipleObjectsEx: WAIT_OBJECT_0 plus the index of the first object that is signaled, or
 * WAIT_OBJECT_0 when all are; WAIT_TIMEOUT. WAIT_FAILED and ERROR_INVALID_HANDLE, or
 * ERROR_INVALID_PARAMETER for 0 or more than MAXIMUM_WAIT_OBJECTS handles and for two of one object
 * in a wait for all. Nothing is ever queued to a thread that an alertable wait could run.
 */
DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, const HANDLE *handles, BOOL all,
                                      DWORD milliseconds, BOOL alertable)
{
    struct waiter waiter = { .count = count, .all = all && count > 1 };
    struct runtime *runtime;
    DWORD error;

    (void)alertable;
    if (!handles || !count || count > MAXIMUM_WAIT_OBJECTS)
        return fail(ERROR_INVALID_PARAMETER);

    runtime = runtime_lock();
    error = prepare(runtime, &waiter, handles);
    if (!error) {
        waiter.done = satisfy(&waiter);
        if (!waiter.done && milliseconds)
            block_until(runtime, &waiter, deadline_after(milliseconds));
    }
    runtime_unlock();

    if (error)
        return fail(error);
    return waiter.done ? WAIT_OBJECT_0 + waiter.result : WAIT_TIMEOUT;
}

/* WaitForMultipleObjects */
DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE *handles, BOOL all,
                                    DWORD milliseconds)
{
    return WaitForMultipleObjectsEx(count, handles, all, milliseconds, FALSE);
}

/* WaitForSingleObjectEx */
DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD milliseconds, BOOL alertable)
{
    return WaitForMultipleObjectsEx(1, &handle, FALSE, milliseconds, alertable);
}

/* WaitForSingleObject */
DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD milliseconds)
{
    return WaitForMultipleObjectsEx(1, &handle, FALSE, milliseconds, FALSE);
}
