/* SPDX-License-Identifier: MIT */
#include "turns.h"

#include <stddef.h>

void turns_init(struct turns *turns)
{
    mutex_init(&turns->mutex);
    condition_init(&turns->changed);
    turns->head = NULL;
    turns->tail = &turns->head;
}

void turns_destroy(struct turns *turns)
{
    condition_destroy(&turns->changed);
    mutex_destroy(&turns->mutex);
}

void turn_take(struct turns *turns, struct turn *turn)
{
    mutex_lock(&turns->mutex);
    turn->next = NULL;
    turn->queued = true;
    *turns->tail = turn;
    turns->tail = &turn->next;
    mutex_unlock(&turns->mutex);
}

void turn_wait(struct turns *turns, struct turn *turn)
{
    mutex_lock(&turns->mutex);
    while (turns->head != turn)
        condition_wait(&turns->changed, &turns->mutex);
    mutex_unlock(&turns->mutex);
}

void turn_leave(struct turns *turns, struct turn *turn)
{
    struct turn **link;

    mutex_lock(&turns->mutex);
    if (turn->queued) {
        for (link = &turns->head; *link != turn;)
            link = &(*link)->next;
        *link = turn->next;
        if (turns->tail == &turn->next)
            turns->tail = link;
        turn->queued = false;
        condition_broadcast(&turns->changed);
    }
    mutex_unlock(&turns->mutex);
}
