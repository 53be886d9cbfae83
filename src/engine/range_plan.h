/* SPDX-License-Identifier: MIT */
/*
 * Whether one connection more for the same body is worth it. One is added after the other as long
 * as all together get faster, and the latest goes when they do not. Pure: told what has come, and
 * when. docs/ranges.md
 *
 * What is compared is the speed of all in a short while before one was added with that of all after
 * its first byte has come. Servers may send a quick beginning with each answer; so after one that
 * was good for something another while is waited for, in which that is over.
 */
#ifndef WINRT_ENGINE_RANGE_PLAN_H
#define WINRT_ENGINE_RANGE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

enum range_advice {
    RANGE_ADVICE_KEEP,
    RANGE_ADVICE_ADD,       /* range_plan_added, or range_plan_refused, follows */
    RANGE_ADVICE_TAKE_BACK, /* the latest one */
};

enum range_plan_phase {
    RANGE_PLAN_NEW,      /* nothing has come */
    RANGE_PLAN_MEASURES, /* how fast all are */
    RANGE_PLAN_CALLS,    /* the one that was added has brought nothing yet */
    RANGE_PLAN_TRIES,    /* how fast all are with it */
    RANGE_PLAN_RESTS,    /* another was not worth it, or could not be had */
    RANGE_PLAN_OFF,      /* none is wanted any more */
};

/* A zeroed one is new. Times in ms, of a clock that never goes back; bytes of the whole body. */
struct range_plan {
    enum range_plan_phase phase;
    unsigned connections;      /* that bring bytes */
    uint64_t since_ms, before; /* of the phase: when it began, and how many bytes were there */
    uint64_t while_ms;         /* how long is measured: as long as the slowest call took */
    uint64_t per_second;       /* of all before the latest was added */
    unsigned patience;         /* whiles that one alone may be slow for, having been fast */
    uint64_t rest_ms;          /* how long the latest rest was; 0: none since one was worth it */
};

/* One connection's body begins, or goes on, so long after it was asked for. */
void range_plan_begin(struct range_plan *plan, uint64_t now_ms, uint64_t call_ms, uint64_t bytes);

/* `missing`: bytes of which another one could bring some. */
enum range_advice range_plan_look(struct range_plan *plan, uint64_t now_ms, uint64_t bytes,
                                  uint64_t missing);

/* It was added; its first byte has come; there is none to be had now; there shall be none. */
void range_plan_added(struct range_plan *plan, uint64_t now_ms);
void range_plan_came(struct range_plan *plan, uint64_t now_ms, uint64_t bytes);
void range_plan_refused(struct range_plan *plan, uint64_t now_ms);
void range_plan_give_up(struct range_plan *plan);

/* What was refused may be had now: there is no rest. */
void range_plan_rouse(struct range_plan *plan, uint64_t now_ms);

/* One that brought bytes is at its end. */
void range_plan_lost(struct range_plan *plan, uint64_t now_ms, uint64_t bytes);

/* When to look next, at the latest; UINT64_MAX: never. */
uint64_t range_plan_due(const struct range_plan *plan);

#endif
