/* SPDX-License-Identifier: MIT */
#include "read_hub.h"

#include <stdatomic.h>

#include "src/port/memory.h"
#include "src/port/threads.h"

struct read_hub {
    atomic_uint ref;
    struct mutex mutex;
    struct read_waiter *waiters;
    bool closed;
};

HRESULT read_hub_create(struct read_hub **ret)
{
    struct read_hub *hub = memory_zalloc(sizeof(*hub));

    *ret = hub;
    if (!hub)
        return E_OUTOFMEMORY;
    atomic_init(&hub->ref, 1);
    mutex_init(&hub->mutex);
    return S_OK;
}

void read_hub_addref(struct read_hub *hub)
{
    atomic_fetch_add(&hub->ref, 1);
}

void read_hub_release(struct read_hub *hub)
{
    if (!hub || atomic_fetch_sub(&hub->ref, 1) != 1)
        return;
    mutex_destroy(&hub->mutex);
    memory_free(hub);
}

bool read_hub_wait(struct read_hub *hub, struct read_waiter *waiter)
{
    bool waits;

    mutex_lock(&hub->mutex);
    waits = !hub->closed;
    if (waits && !waiter->waiting) {
        waiter->waiting = true;
        waiter->next = hub->waiters;
        hub->waiters = waiter;
    }
    mutex_unlock(&hub->mutex);
    return waits;
}

bool read_hub_stop_waiting(struct read_hub *hub, struct read_waiter *waiter)
{
    bool was_waiting;

    mutex_lock(&hub->mutex);
    was_waiting = waiter->waiting;
    if (was_waiting) {
        struct read_waiter **link = &hub->waiters;

        while (*link != waiter)
            link = &(*link)->next;
        *link = waiter->next;
        waiter->waiting = false;
    }
    mutex_unlock(&hub->mutex);
    return was_waiting;
}

static void wake_all(struct read_hub *hub)
{
    while (hub->waiters) {
        struct read_waiter *waiter = hub->waiters;

        hub->waiters = waiter->next;
        waiter->waiting = false;
        waiter->wake(waiter);
    }
}

void read_hub_wake(struct read_hub *hub)
{
    mutex_lock(&hub->mutex);
    wake_all(hub);
    mutex_unlock(&hub->mutex);
}

void read_hub_close(struct read_hub *hub)
{
    mutex_lock(&hub->mutex);
    hub->closed = true;
    wake_all(hub);
    mutex_unlock(&hub->mutex);
}
