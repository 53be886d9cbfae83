/* SPDX-License-Identifier: MIT */
#include "turns.h"

#include <stdbool.h>
#include <stddef.h>

void turns_init(struct turns *turns)
{
    mutex_init(&turns->mutex);
    turns->head = NULL;
    turns->tail = &turns->head;
}

void turns_destroy(struct turns *turns)
{
    mutex_destroy(&turns->mutex);
}

void turn_take(struct turns *turns, struct turn *turn)
{
    bool first;

    mutex_lock(&turns->mutex);
    turn->next = NULL;
    *turns->tail = turn;
    turns->tail = &turn->next;
    first = turns->head == turn;
    mutex_unlock(&turns->mutex);
    if (first)
        turn->ready(turn);
}

void turn_leave(struct turns *turns, struct turn *turn)
{
    struct turn *next;

    mutex_lock(&turns->mutex);
    next = turns->head = turn->next;
    if (!next)
        turns->tail = &turns->head;
    mutex_unlock(&turns->mutex);
    if (next)
        next->ready(next);
}
