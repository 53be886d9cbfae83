/* SPDX-License-Identifier: MIT */
#include "event_queue.h"

#include "runtime.h"
#include "src/port/memory.h"

#define FIRST_ROOM 32
#define LOOK_BACK  8 /* as many as are looked at for the same transfer; twice is no harm */

struct event_queue_item {
    struct transfer *transfer;
    unsigned events; /* bits by enum transfer_event */
};

static const enum transfer_event order[] = {
    TRANSFER_EVENT_RESTART,  TRANSFER_EVENT_STATUS,   TRANSFER_EVENT_RESPONSE,
    TRANSFER_EVENT_RECEIVED, TRANSFER_EVENT_PROGRESS, TRANSFER_EVENT_FINISHED,
};

static void tell(struct transfer *transfer, unsigned events)
{
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        if (events & 1u << order[i] && engine_call_observer(transfer, order[i]))
            engine_park_if_abandoned();
    }
}

static struct event_queue_item *find(struct event_queue *queue, const struct transfer *transfer)
{
    size_t end = queue->count > LOOK_BACK ? queue->count - LOOK_BACK : 0;

    for (size_t i = queue->count; i > end; i--) {
        if (queue->items[i - 1].transfer == transfer)
            return &queue->items[i - 1];
    }
    return NULL;
}

static bool make_room(struct event_queue *queue)
{
    size_t room = queue->room ? queue->room * 2 : FIRST_ROOM;
    struct event_queue_item *items;

    if (queue->count < queue->room)
        return true;
    items = memory_resize(queue->items, room * sizeof(*items));
    if (!items)
        return false;
    queue->items = items;
    queue->room = room;
    return true;
}

void event_queue_add(struct event_queue *queue, struct transfer *transfer,
                     enum transfer_event event)
{
    struct event_queue_item *item = find(queue, transfer);

    if (!item && !make_room(queue)) {
        event_queue_deliver(queue);
        tell(transfer, 1u << event);
        return;
    }
    if (!item) {
        item = &queue->items[queue->count++];
        *item = (struct event_queue_item){ .transfer = transfer };
        transfer_addref(transfer);
    }
    item->events |= 1u << event;
}

void event_queue_deliver(struct event_queue *queue)
{
    for (size_t i = 0; i < queue->count; i++) {
        struct event_queue_item item = queue->items[i];

        tell(item.transfer, item.events);
        transfer_release(item.transfer);
    }
    queue->count = 0;
    queue->since_ms = 0;
}

void event_queue_free(struct event_queue *queue)
{
    while (queue->count)
        transfer_release(queue->items[--queue->count].transfer);
    memory_free(queue->items);
    *queue = (struct event_queue){ .items = NULL };
}
