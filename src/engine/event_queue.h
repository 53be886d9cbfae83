/* SPDX-License-Identifier: MIT */
/*
 * What happens to transfers within a turn of the loop, told at its end: a small file's response,
 * bytes and end come in one turn, and so reach the application's thread with one wake-up instead of
 * four. Engine's thread only. docs/threading.md
 */
#ifndef WINRT_ENGINE_EVENT_QUEUE_H
#define WINRT_ENGINE_EVENT_QUEUE_H

#include "transfer.h"

struct event_queue {
    struct event_queue_item *items; /* in the order of each transfer's first event */
    size_t count, room;
    uint64_t since_ms; /* when the first of them happened */
};

/* References the transfer. Without memory everything is told at once. */
void event_queue_add(struct event_queue *queue, struct transfer *transfer,
                     enum transfer_event event);

/* Tells and forgets: of each transfer each event once, FINISHED last. */
void event_queue_deliver(struct event_queue *queue);

/* Forgets what was not told. */
void event_queue_free(struct event_queue *queue);

#endif
