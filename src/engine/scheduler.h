/* SPDX-License-Identifier: MIT */
/*
 * Who runs next. Three queues, High before Default before Low, first in first out within one, a
 * number of slots, and groups of which some let only one of their default-priority members run at a
 * time. libcurl never sees more than what runs: 10,000 handles added to it take 174 MiB and two to
 * four times as long as a queue of plain records. Engine's thread only. Nothing here grows faster
 * than n log n, whatever is queued, serialized or changed. It allocates nothing. docs/scheduling.md
 */
#ifndef WINRT_ENGINE_SCHEDULER_H
#define WINRT_ENGINE_SCHEDULER_H

#include <stdbool.h>
#include <stdint.h>

#include "place_heap.h"
#include "transfer.h"

#define SCHEDULER_QUEUES 3

struct scheduler_item;

/*
 * The members of one group that wait in one queue. The group's places in the queue and the order of
 * its members are two lists, since the members can change places among themselves: the first member
 * stands in the first place, the second in the second. Either list has each of them once.
 */
struct scheduler_lane {
    struct place_node node; /* first, see scheduler.c; in the heap: the first member may be taken */
    struct scheduler_item *first, *last;
    struct scheduler_item *first_place, *last_place;
    struct scheduler_item *moved;           /* the last of the block that was moved to the front */
    struct scheduler_lane *next, *previous; /* of those with members */
    bool listed;
};

/* Embedded in a transfer group; zeroed is a parallel one without members. */
struct scheduler_group {
    bool serialized;                /* set by scheduler_set_serialized */
    struct scheduler_item *running; /* the default-priority members that run */
    struct scheduler_lane lanes[SCHEDULER_QUEUES];
};

/* Embedded in what waits. Zeroed is fine. */
struct scheduler_item {
    struct scheduler_item *next, *previous; /* among the members that wait, or that run */
    struct scheduler_item *next_place, *previous_place;
    struct scheduler_group *group; /* NULL: none */
    uint64_t place;
    uint8_t queue;
    bool queued, running;
};

struct scheduler {
    unsigned slots, running;
    uint64_t places; /* how many were given out */
    struct scheduler_group ungrouped;
    struct {
        struct place_heap ready;      /* lanes, by their first place */
        struct scheduler_lane *lanes; /* all that have members */
        unsigned waiting;
    } queues[SCHEDULER_QUEUES];
};

void scheduler_init(struct scheduler *scheduler, unsigned slots);

/* Behind all of the same priority. The item, which is neither queued nor running, and the group
 * must live until it is neither again. */
void scheduler_add(struct scheduler *scheduler, struct scheduler_item *item,
                   enum transfer_priority priority, struct scheduler_group *group);

/* No effect on what is not queued. */
void scheduler_remove(struct scheduler *scheduler, struct scheduler_item *item);

/* As added now, unless it has that priority already. What runs goes on; in a serialized group it
 * gives up or takes the turn with its new priority. */
void scheduler_change(struct scheduler *scheduler, struct scheduler_item *item,
                      enum transfer_priority priority);

/* What has the turn keeps it; several that run already go on together, and the next one waits for
 * the last of them. */
void scheduler_set_serialized(struct scheduler *scheduler, struct scheduler_group *group,
                              bool serialized);

/* The next one, with a slot, which scheduler_free_slot gives back. NULL: nobody waits who may run,
 * or no slot is free. */
struct scheduler_item *scheduler_take(struct scheduler *scheduler);

/* No effect on what has none. */
void scheduler_free_slot(struct scheduler *scheduler, struct scheduler_item *item);

/*
 * A queued member and those of its group and priority that are queued behind it move before those
 * that are queued before it, in their order; other groups' places stay. Returns the member that
 * has the turn of a serialized group and so has to make room: the caller takes its slot away and
 * calls scheduler_requeue; NULL if nobody has to, as when several run together still.
 */
struct scheduler_item *scheduler_make_current(struct scheduler *scheduler,
                                              struct scheduler_item *item);

/* What had to make room: queued behind the block that was moved before it. The group has its place
 * again. */
void scheduler_requeue(struct scheduler *scheduler, struct scheduler_item *item);

/* How many stand before this queued one: all of higher priority, and of its own those with an
 * earlier place, whether their group lets them run or not. Walks its queue. */
unsigned scheduler_count_ahead(const struct scheduler *scheduler,
                               const struct scheduler_item *item);

/* The first that waits, slot or not: one that may run if there is any. NULL if none waits. */
struct scheduler_item *scheduler_first(const struct scheduler *scheduler);

#endif
