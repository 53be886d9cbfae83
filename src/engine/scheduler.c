/* SPDX-License-Identifier: MIT */
/* Three queues and a number of slots. */
#include <stddef.h>

#include "scheduler.h"

static unsigned queue_of(enum transfer_priority priority)
{
    switch (priority) {
    case TRANSFER_PRIORITY_HIGH:
        return 0;
    case TRANSFER_PRIORITY_LOW:
        return 2;
    default:
        return 1;
    }
}

void scheduler_init(struct scheduler *scheduler, unsigned slots)
{
    *scheduler = (struct scheduler){ .slots = slots };
}

void scheduler_add(struct scheduler *scheduler, struct scheduler_item *item,
                   enum transfer_priority priority)
{
    item->queue = queue_of(priority);
    item->queued = true;
    item->next = NULL;
    item->previous = scheduler->queues[item->queue].tail;
    if (item->previous)
        item->previous->next = item;
    else
        scheduler->queues[item->queue].head = item;
    scheduler->queues[item->queue].tail = item;
}

void scheduler_remove(struct scheduler *scheduler, struct scheduler_item *item)
{
    if (!item->queued)
        return;
    if (item->previous)
        item->previous->next = item->next;
    else
        scheduler->queues[item->queue].head = item->next;
    if (item->next)
        item->next->previous = item->previous;
    else
        scheduler->queues[item->queue].tail = item->previous;
    item->queued = false;
}

void scheduler_change(struct scheduler *scheduler, struct scheduler_item *item,
                      enum transfer_priority priority)
{
    if (!item->queued || item->queue == queue_of(priority))
        return;
    scheduler_remove(scheduler, item);
    scheduler_add(scheduler, item, priority);
}

struct scheduler_item *scheduler_first(const struct scheduler *scheduler)
{
    for (unsigned i = 0; i < SCHEDULER_QUEUES; i++) {
        if (scheduler->queues[i].head)
            return scheduler->queues[i].head;
    }
    return NULL;
}

struct scheduler_item *scheduler_take(struct scheduler *scheduler)
{
    struct scheduler_item *item = scheduler_first(scheduler);

    if (!item || scheduler->running >= scheduler->slots)
        return NULL;
    scheduler_remove(scheduler, item);
    scheduler->running++;
    return item;
}

void scheduler_free_slot(struct scheduler *scheduler)
{
    scheduler->running--;
}
