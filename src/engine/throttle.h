/* SPDX-License-Identifier: MIT */
/*
 * Who may take bytes, when several limits hold and several exchanges share them. Whoever finds too
 * little waits in line; when its turn has come it gets what the widest of its limits gives in 20
 * ms, as far as the others allow, and stands at the end again. So shares are even and nobody
 * starves. No libcurl in here. Engine's thread only. docs/speed-limits.md
 */
#ifndef WINRT_ENGINE_THROTTLE_H
#define WINRT_ENGINE_THROTTLE_H

#include <stddef.h>

#include "speed_limit.h"

#define THROTTLE_LEVELS 3 /* a transfer, its group, the process */

/* Zeroed: no limit. */
struct throttled {
    struct throttled *next, *previous; /* in line */
    bool waits;
    uint64_t since; /* the round in which it has lined up */

    /* Those that are set, the narrowest first: who shares the first one shares the others. */
    struct speed_limit *limits[THROTTLE_LEVELS];
    unsigned count;
    uint64_t turn; /* bytes that are left of it; its limits have given them already */

    size_t taken; /* from the beginning of the piece that will come again: transfer_speed.c's */
};

/* Zeroed, with due_ms at UINT64_MAX. */
struct throttle {
    struct throttled *first, *last;
    unsigned waiting;
    struct throttled *cursor; /* whom this round looks at next */
    uint64_t round;
    uint64_t due_ms; /* when somebody's turn may come */
};

/* No bytes that count, and none to be left out: all that a transfer without limits ever asks. */
static inline bool throttled_is_free(const struct throttled *throttled)
{
    return !throttled->count && !throttled->taken;
}

/* How many of these bytes it may take now, of what its turn has given it. */
size_t throttle_allow(struct throttled *throttled, size_t size);

/* What is left of its turn is the others'. */
void throttle_give_back(struct throttled *throttled);

/* It gets in line; no effect on one that is. */
void throttle_line_up(struct throttle *throttle, struct throttled *throttled, uint64_t now_ms);

/* It leaves the line, if it stands there. */
void throttle_leave(struct throttle *throttle, struct throttled *throttled);

/* A round: throttle_begin_round, then throttle_next until that is NULL. It hands out those whose
 * turn it is, who have left the line by then and may line up again, for the next round. */
void throttle_begin_round(struct throttle *throttle);
struct throttled *throttle_next(struct throttle *throttle, uint64_t now_ms);

#endif
