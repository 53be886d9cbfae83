/* SPDX-License-Identifier: MIT */
#include "throttle.h"

/* So many have a turn of 20 ms each; of more, everybody's is shorter, so that nobody's comes too
 * seldom to use what a limit of its own keeps for it. */
#define LINE_SHORT 6

/* The widest limit's, so that those who share it get the same. */
static uint64_t turn_of(const struct throttle *throttle, const struct throttled *throttled)
{
    uint64_t turn;

    if (!throttled->count)
        return UINT64_MAX;
    turn = speed_limit_turn(throttled->limits[throttled->count - 1]);
    if (throttle->waiting > LINE_SHORT)
        turn = turn * LINE_SHORT / throttle->waiting;
    return turn ? turn : 1;
}

static uint64_t smaller(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

size_t throttle_allow(struct throttled *throttled, size_t size)
{
    if (!throttled->count)
        return size;
    if (size > throttled->turn)
        size = (size_t)throttled->turn;
    throttled->turn -= size;
    return size;
}

void throttle_give_back(struct throttled *throttled)
{
    for (unsigned i = 0; i < throttled->count; i++)
        speed_limit_give_back(throttled->limits[i], throttled->turn);
    throttled->turn = 0;
}

/* What comes in all of its limits while it waits is for it, whichever has too little. */
static void await_all(struct throttled *throttled)
{
    for (unsigned i = 0; i < throttled->count; i++)
        speed_limit_await(throttled->limits[i]);
}

static void note_due(struct throttle *throttle, uint64_t due_ms)
{
    if (due_ms < throttle->due_ms)
        throttle->due_ms = due_ms;
}

void throttle_line_up(struct throttle *throttle, struct throttled *throttled, uint64_t now_ms)
{
    uint64_t least = turn_of(throttle, throttled), due_ms = now_ms;

    if (throttled->waits)
        return;
    throttled->waits = true;
    throttle->waiting++;
    throttled->since = throttle->round;
    throttled->next = NULL;
    throttled->previous = throttle->last;
    if (throttle->last)
        throttle->last->next = throttled;
    else
        throttle->first = throttled;
    throttle->last = throttled;
    for (unsigned i = 0; i < throttled->count; i++) {
        uint64_t time_ms;

        least = smaller(least, speed_limit_turn(throttled->limits[i]));
        time_ms = speed_limit_due(throttled->limits[i], least, now_ms);
        if (time_ms > due_ms)
            due_ms = time_ms;
    }
    note_due(throttle, due_ms);
    await_all(throttled);
}

void throttle_leave(struct throttle *throttle, struct throttled *throttled)
{
    if (!throttled->waits)
        return;
    throttled->waits = false;
    throttle->waiting--;
    if (throttle->cursor == throttled)
        throttle->cursor = throttled->next;
    if (throttled->previous)
        throttled->previous->next = throttled->next;
    else
        throttle->first = throttled->next;
    if (throttled->next)
        throttled->next->previous = throttled->previous;
    else
        throttle->last = throttled->previous;
    throttled->next = throttled->previous = NULL;
}

void throttle_begin_round(struct throttle *throttle)
{
    throttle->round++;
    throttle->cursor = throttle->first;
    throttle->due_ms = UINT64_MAX;
}

/*
 * What the narrower limits allow is what is wanted of the wider ones, up to a turn. Whoever waits
 * for a limit, since the narrower ones have enough, keeps those behind away from it: they may want
 * less, and would never leave enough. Who waits for a narrower one does not: others need not wait
 * for that.
 */
static bool is_its_turn(struct throttle *throttle, struct throttled *throttled, uint64_t now_ms)
{
    uint64_t wanted = turn_of(throttle, throttled);

    for (unsigned i = 0; i < throttled->count; i++) {
        struct speed_limit *limit = throttled->limits[i];
        uint64_t credit = speed_limit_credit(limit, now_ms);
        uint64_t needed = smaller(wanted, speed_limit_turn(limit));

        if (limit->held_in == throttle->round)
            return false;
        if (credit < needed) {
            limit->held_in = throttle->round;
            note_due(throttle, speed_limit_due(limit, needed, now_ms));
            return false;
        }
        wanted = smaller(wanted, credit);
    }
    for (unsigned i = 0; i < throttled->count; i++)
        speed_limit_use(throttled->limits[i], wanted);
    throttled->turn = wanted;
    return true;
}

struct throttled *throttle_next(struct throttle *throttle, uint64_t now_ms)
{
    struct throttled *throttled;

    while ((throttled = throttle->cursor) && throttled->since != throttle->round) {
        throttle->cursor = throttled->next;
        if (is_its_turn(throttle, throttled, now_ms)) {
            throttle_leave(throttle, throttled);
            return throttled;
        }
        await_all(throttled);
    }
    throttle->cursor = NULL;
    return NULL;
}
