/* SPDX-License-Identifier: MIT */
/*
 * Who runs next. Three queues, High before Default before Low, first in first out within one, and a
 * number of slots. libcurl never sees more than what runs: 10,000 handles added to it take 174 MiB
 * and two to four times as long as a queue of plain records. Engine's thread only.
 */
#ifndef WINRT_ENGINE_SCHEDULER_H
#define WINRT_ENGINE_SCHEDULER_H

#include <stdbool.h>

#include "transfer.h"

#define SCHEDULER_QUEUES 3

/* Embedded in what waits. */
struct scheduler_item {
    struct scheduler_item *next, *previous;
    unsigned queue;
    bool queued;
};

struct scheduler {
    struct {
        struct scheduler_item *head, *tail;
    } queues[SCHEDULER_QUEUES];
    unsigned slots, running;
};

void scheduler_init(struct scheduler *scheduler, unsigned slots);

/* Behind all of the same priority. */
void scheduler_add(struct scheduler *scheduler, struct scheduler_item *item,
                   enum transfer_priority priority);

/* No effect on what is not queued. */
void scheduler_remove(struct scheduler *scheduler, struct scheduler_item *item);

/* As added now, unless it has that priority already. No effect on what is not queued: nothing
 * running is pre-empted. */
void scheduler_change(struct scheduler *scheduler, struct scheduler_item *item,
                      enum transfer_priority priority);

/* The next one, with a slot, which scheduler_free_slot gives back. NULL: nobody waits, or no slot
 * is free. */
struct scheduler_item *scheduler_take(struct scheduler *scheduler);
void scheduler_free_slot(struct scheduler *scheduler);

/* The first that waits, slot or not; NULL if none does. */
struct scheduler_item *scheduler_first(const struct scheduler *scheduler);

#endif
