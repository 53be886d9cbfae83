/* SPDX-License-Identifier: MIT */
/* Who runs next: lanes of members, the first of each in a heap. docs/scheduling.md */
#include <stddef.h>

#include "scheduler.h"

enum queue {
    QUEUE_HIGH,
    QUEUE_DEFAULT,
    QUEUE_LOW
};

static const uint8_t queue_of[] = {
    [TRANSFER_PRIORITY_DEFAULT] = QUEUE_DEFAULT,
    [TRANSFER_PRIORITY_HIGH] = QUEUE_HIGH,
    [TRANSFER_PRIORITY_LOW] = QUEUE_LOW,
};

static struct scheduler_lane *lane_from_node(struct place_node *node)
{
    return (struct scheduler_lane *)((char *)node - offsetof(struct scheduler_lane, node));
}

static struct scheduler_group *group_of(struct scheduler *scheduler, struct scheduler_item *item)
{
    return item->group ? item->group : &scheduler->ungrouped;
}

static struct scheduler_lane *lane_of(struct scheduler *scheduler, struct scheduler_item *item)
{
    return &group_of(scheduler, item)->lanes[item->queue];
}

static bool is_limited(const struct scheduler_group *group, unsigned queue)
{
    return queue == QUEUE_DEFAULT && group->serialized;
}

/* A lane that has members is in its queue's list, and in the heap if the first of them may run.
 * Called after whatever may have changed that. */
static void lane_update(struct scheduler *scheduler, struct scheduler_group *group, unsigned queue)
{
    struct scheduler_lane *lane = &group->lanes[queue];
    bool listed = lane->first != NULL;
    bool ready = listed && !(is_limited(group, queue) && group->running);

    if (lane->node.in_heap && !(ready && lane->node.place == lane->first_place->place))
        place_heap_remove(&scheduler->queues[queue].ready, &lane->node);
    if (ready && !lane->node.in_heap)
        place_heap_add(&scheduler->queues[queue].ready, &lane->node, lane->first_place->place);

    if (listed == lane->listed)
        return;
    lane->listed = listed;
    if (listed) {
        lane->previous = NULL;
        lane->next = scheduler->queues[queue].lanes;
        scheduler->queues[queue].lanes = lane;
        if (lane->next)
            lane->next->previous = lane;
        return;
    }
    if (lane->previous)
        lane->previous->next = lane->next;
    else
        scheduler->queues[queue].lanes = lane->next;
    if (lane->next)
        lane->next->previous = lane->previous;
}

/* Among the members behind `before`, or as the first (NULL). */
static void insert_member(struct scheduler_lane *lane, struct scheduler_item *item,
                          struct scheduler_item *before)
{
    item->previous = before;
    item->next = before ? before->next : lane->first;
    *(before ? &before->next : &lane->first) = item;
    *(item->next ? &item->next->previous : &lane->last) = item;
}

static void insert_place(struct scheduler_lane *lane, struct scheduler_item *item,
                         struct scheduler_item *before)
{
    item->previous_place = before;
    item->next_place = before ? before->next_place : lane->first_place;
    *(before ? &before->next_place : &lane->first_place) = item;
    *(item->next_place ? &item->next_place->previous_place : &lane->last_place) = item;
}

static void remove_member(struct scheduler_lane *lane, struct scheduler_item *item)
{
    if (lane->moved == item)
        lane->moved = item->previous;
    *(item->previous ? &item->previous->next : &lane->first) = item->next;
    *(item->next ? &item->next->previous : &lane->last) = item->previous;
}

static void remove_place(struct scheduler_lane *lane, struct scheduler_item *item)
{
    *(item->previous_place ? &item->previous_place->next_place : &lane->first_place) =
        item->next_place;
    *(item->next_place ? &item->next_place->previous_place : &lane->last_place) =
        item->previous_place;
}

/* The first member is about to leave by the first place: if that is another's, they swap. */
static void take_first_place(struct scheduler_lane *lane, struct scheduler_item *item)
{
    struct scheduler_item *owner = lane->first_place, *before = item->previous_place;
    uint64_t place = owner->place;

    if (owner == item)
        return;
    remove_place(lane, item);
    remove_place(lane, owner);
    owner->place = item->place;
    item->place = place;
    insert_place(lane, owner, before == owner ? NULL : before);
    insert_place(lane, item, NULL);
}

static void enqueue(struct scheduler *scheduler, struct scheduler_item *item,
                    struct scheduler_item *before, struct scheduler_item *before_place)
{
    struct scheduler_lane *lane = lane_of(scheduler, item);

    insert_member(lane, item, before);
    insert_place(lane, item, before_place);
    item->queued = true;
    scheduler->queues[item->queue].waiting++;
    lane_update(scheduler, group_of(scheduler, item), item->queue);
}

static void add_last(struct scheduler *scheduler, struct scheduler_item *item)
{
    struct scheduler_lane *lane = lane_of(scheduler, item);

    item->place = ++scheduler->places;
    enqueue(scheduler, item, lane->last, lane->last_place);
}

static void dequeue(struct scheduler *scheduler, struct scheduler_item *item)
{
    struct scheduler_lane *lane = lane_of(scheduler, item);

    remove_member(lane, item);
    remove_place(lane, item);
    item->queued = false;
    scheduler->queues[item->queue].waiting--;
}

/* Only members with default priority are counted: only they wait for one another. */
static void begin_turn(struct scheduler *scheduler, struct scheduler_item *item)
{
    struct scheduler_group *group = group_of(scheduler, item);

    if (item->queue != QUEUE_DEFAULT)
        return;
    item->previous = NULL;
    item->next = group->running;
    if (item->next)
        item->next->previous = item;
    group->running = item;
}

static void end_turn(struct scheduler *scheduler, struct scheduler_item *item)
{
    struct scheduler_group *group = group_of(scheduler, item);

    if (item->queue != QUEUE_DEFAULT)
        return;
    *(item->previous ? &item->previous->next : &group->running) = item->next;
    if (item->next)
        item->next->previous = item->previous;
}

void scheduler_init(struct scheduler *scheduler, unsigned slots)
{
    *scheduler = (struct scheduler){ .slots = slots };
}

void scheduler_add(struct scheduler *scheduler, struct scheduler_item *item,
                   enum transfer_priority priority, struct scheduler_group *group)
{
    item->queue = queue_of[priority];
    item->group = group;
    add_last(scheduler, item);
}

void scheduler_remove(struct scheduler *scheduler, struct scheduler_item *item)
{
    if (!item->queued)
        return;
    dequeue(scheduler, item);
    lane_update(scheduler, group_of(scheduler, item), item->queue);
}

void scheduler_change(struct scheduler *scheduler, struct scheduler_item *item,
                      enum transfer_priority priority)
{
    unsigned old = item->queue;

    if (old == queue_of[priority])
        return;
    if (item->queued) {
        scheduler_remove(scheduler, item);
        item->queue = queue_of[priority];
        add_last(scheduler, item);
    } else if (item->running) {
        end_turn(scheduler, item);
        item->queue = queue_of[priority];
        begin_turn(scheduler, item);
        lane_update(scheduler, group_of(scheduler, item), old);
        lane_update(scheduler, group_of(scheduler, item), item->queue);
    }
}

void scheduler_set_serialized(struct scheduler *scheduler, struct scheduler_group *group,
                              bool serialized)
{
    group->serialized = serialized;
    lane_update(scheduler, group, QUEUE_DEFAULT);
}

struct scheduler_item *scheduler_take(struct scheduler *scheduler)
{
    for (unsigned i = 0; i < SCHEDULER_QUEUES && scheduler->running < scheduler->slots; i++) {
        struct place_node *node = place_heap_first(&scheduler->queues[i].ready);
        struct scheduler_lane *lane = node ? lane_from_node(node) : NULL;
        struct scheduler_item *item = lane ? lane->first : NULL;

        if (!item)
            continue;
        take_first_place(lane, item);
        dequeue(scheduler, item);
        item->running = true;
        scheduler->running++;
        begin_turn(scheduler, item);
        lane_update(scheduler, group_of(scheduler, item), i);
        return item;
    }
    return NULL;
}

void scheduler_free_slot(struct scheduler *scheduler, struct scheduler_item *item)
{
    if (!item->running)
        return;
    item->running = false;
    scheduler->running--;
    end_turn(scheduler, item);
    lane_update(scheduler, group_of(scheduler, item), item->queue);
}

struct scheduler_item *scheduler_make_current(struct scheduler *scheduler,
                                              struct scheduler_item *item)
{
    struct scheduler_lane *lane = lane_of(scheduler, item);
    struct scheduler_item *previous = item->previous, *running = NULL;

    if (!item->queued || !item->group)
        return NULL;
    lane->moved = lane->last;
    if (previous) {
        previous->next = NULL;
        lane->last->next = lane->first;
        lane->first->previous = lane->last;
        item->previous = NULL;
        lane->first = item;
        lane->last = previous;
    }
    if (is_limited(item->group, item->queue))
        running = item->group->running;
    return running && !running->next ? running : NULL;
}

void scheduler_requeue(struct scheduler *scheduler, struct scheduler_item *item)
{
    struct scheduler_lane *lane = lane_of(scheduler, item);
    struct scheduler_item *first = lane->first_place;

    /* It was taken by the group's first place, unless it came from another queue since. The same
     * number twice is fine within a group, and never occurs in two. */
    if (first && item->place > first->place)
        item->place = first->place;
    enqueue(scheduler, item, lane->moved, NULL);
    lane->moved = item;
}

unsigned scheduler_count_ahead(const struct scheduler *scheduler, const struct scheduler_item *item)
{
    const struct scheduler_group *group = item->group ? item->group : &scheduler->ungrouped;
    const struct scheduler_lane *own = &group->lanes[item->queue];
    const struct scheduler_item *place = own->first_place;
    unsigned ahead = 0;

    for (const struct scheduler_item *i = item->previous; i; i = i->previous) {
        place = place->next_place;
        ahead++;
    }
    for (const struct scheduler_lane *lane = scheduler->queues[item->queue].lanes; lane;
         lane = lane->next) {
        if (lane == own)
            continue;
        for (const struct scheduler_item *i = lane->first_place; i && i->place < place->place;
             i = i->next_place)
            ahead++;
    }
    for (unsigned i = 0; i < item->queue; i++)
        ahead += scheduler->queues[i].waiting;
    return ahead;
}

struct scheduler_item *scheduler_first(const struct scheduler *scheduler)
{
    for (unsigned i = 0; i < SCHEDULER_QUEUES; i++) {
        struct place_node *node = place_heap_first(&scheduler->queues[i].ready);

        if (node)
            return lane_from_node(node)->first;
    }
    for (unsigned i = 0; i < SCHEDULER_QUEUES; i++) {
        if (scheduler->queues[i].lanes)
            return scheduler->queues[i].lanes->first;
    }
    return NULL;
}
