/* SPDX-License-Identifier: MIT */
/*
 * The order of a stream's operations. Each takes a turn when it is called, and does its work when
 * all that were called before it have left: so two writes that a client starts without waiting land
 * in the order of the calls, though they run on different workers. No worker waits for a turn:
 * `ready` starts the work.
 */
#ifndef WINRT_STORAGE_TURNS_H
#define WINRT_STORAGE_TURNS_H

#include "src/port/threads.h"

struct turn {
    struct turn *next;
    void (*ready)(struct turn *turn); /* it is the first now; called without a lock */
};

struct turns {
    struct mutex mutex; /* a leaf lock */
    struct turn *head;
    struct turn **tail;
};

void turns_init(struct turns *turns);

/* Nobody may hold a turn any more. */
void turns_destroy(struct turns *turns);

/* Queues behind the others, and calls `ready` at once if there are none. `turn` stays where it is
 * until turn_leave. */
void turn_take(struct turns *turns, struct turn *turn);

/* Gives up the turn that is ready; the next becomes so. */
void turn_leave(struct turns *turns, struct turn *turn);

#endif
