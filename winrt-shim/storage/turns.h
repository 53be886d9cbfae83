/* SPDX-License-Identifier: MIT */
/*
 * The order of a stream's operations. Each takes a turn when it is called, and does its work when
 * all that were called before it have left: so two writes that a client starts without waiting land
 * in the order of the calls, though they run on different workers.
 */
#ifndef WINRT_STORAGE_TURNS_H
#define WINRT_STORAGE_TURNS_H

#include <stdbool.h>

#include "src/port/threads.h"

struct turn {
    struct turn *next;
    bool queued;
};

struct turns {
    struct mutex mutex;
    struct condition changed;
    struct turn *head;
    struct turn **tail;
};

void turns_init(struct turns *turns);

/* Nobody may hold a turn any more. */
void turns_destroy(struct turns *turns);

/* Queues behind the others. `turn` is the caller's and stays where it is until turn_leave. */
void turn_take(struct turns *turns, struct turn *turn);

/* Blocks until it is the first. */
void turn_wait(struct turns *turns, struct turn *turn);

/* Gives it up, whether waited for or not; a second time does nothing. */
void turn_leave(struct turns *turns, struct turn *turn);

#endif
