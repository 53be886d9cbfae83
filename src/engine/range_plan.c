/* SPDX-License-Identifier: MIT */
#include "range_plan.h"

#define WHILE_MS      10 /* at least */
#define WHILE_MOST_MS 2000
#define CALL_MOST_MS  10000
#define REST_MS       5000
#define REST_MOST_MS  60000
#define WORTH_IT_MS   2000              /* what is missing takes longer than that */
#define WORTH_IT      (4 * 1024 * 1024) /* and is at least so many bytes */

/* Of one connection alone nothing is known but its speed, most servers give two no more, and to try
 * it slows the first one down: so it has to be worth more, and a slow moment is no reason. */
#define WORTH_IT_ALONE_MS 3000
#define FIRST_WHILES      5 /* it is measured for at first */
#define PATIENCE          2 /* whiles in a row that it has to be slow for, once it was fast */

/* Of n that share evenly one more makes it 1/n faster: a quarter of that is worth it. */
#define GAIN_PART 4

static void enter(struct range_plan *plan, enum range_plan_phase phase, uint64_t now_ms,
                  uint64_t bytes)
{
    plan->phase = phase;
    plan->since_ms = now_ms;
    plan->before = bytes;
}

static void rest(struct range_plan *plan, uint64_t now_ms)
{
    if (plan->phase == RANGE_PLAN_OFF)
        return;
    enter(plan, RANGE_PLAN_RESTS, now_ms, 0);
    plan->rest_ms = plan->rest_ms ? plan->rest_ms * 2 : REST_MS;
    if (plan->rest_ms > REST_MOST_MS)
        plan->rest_ms = REST_MOST_MS;
}

/* Where a call takes long, so does it until a connection is at its full speed. */
static void measure_longer(struct range_plan *plan, uint64_t call_ms)
{
    if (call_ms > plan->while_ms)
        plan->while_ms = call_ms < WHILE_MOST_MS ? call_ms : WHILE_MOST_MS;
}

void range_plan_begin(struct range_plan *plan, uint64_t now_ms, uint64_t call_ms, uint64_t bytes)
{
    if (plan->phase == RANGE_PLAN_NEW) {
        plan->connections = 1;
        plan->while_ms = WHILE_MS;
        measure_longer(plan, call_ms);
        enter(plan, RANGE_PLAN_MEASURES, now_ms, bytes);
    } else if (plan->phase == RANGE_PLAN_MEASURES || plan->phase == RANGE_PLAN_TRIES) {
        enter(plan, RANGE_PLAN_MEASURES, now_ms, bytes);
    }
}

static uint64_t per_second(const struct range_plan *plan, uint64_t now_ms, uint64_t bytes)
{
    uint64_t more = bytes > plan->before ? bytes - plan->before : 0;

    return more * 1000 / (now_ms - plan->since_ms);
}

static bool is_worth_another(const struct range_plan *plan, uint64_t missing)
{
    uint64_t worth_it_ms = plan->connections > 1 ? WORTH_IT_MS : WORTH_IT_ALONE_MS;

    return missing >= WORTH_IT && missing / (plan->per_second + 1) * 1000 >= worth_it_ms;
}

static enum range_advice measure(struct range_plan *plan, uint64_t now_ms, uint64_t bytes,
                                 uint64_t missing)
{
    plan->per_second = per_second(plan, now_ms, bytes);
    if (!is_worth_another(plan, missing))
        plan->patience = plan->connections > 1 ? 0 : PATIENCE;
    else if (!plan->patience || !--plan->patience)
        return RANGE_ADVICE_ADD;
    enter(plan, RANGE_PLAN_MEASURES, now_ms, bytes);
    return RANGE_ADVICE_KEEP;
}

static enum range_advice judge(struct range_plan *plan, uint64_t now_ms, uint64_t bytes)
{
    uint64_t with = per_second(plan, now_ms, bytes);
    uint64_t gain = with > plan->per_second ? with - plan->per_second : 0;

    if (gain && gain * GAIN_PART * (plan->connections - 1) >= plan->per_second) {
        plan->rest_ms = 0;
        enter(plan, RANGE_PLAN_MEASURES, now_ms, bytes);
        return RANGE_ADVICE_KEEP;
    }
    rest(plan, now_ms);
    return RANGE_ADVICE_TAKE_BACK;
}

enum range_advice range_plan_look(struct range_plan *plan, uint64_t now_ms, uint64_t bytes,
                                  uint64_t missing)
{
    if (now_ms < range_plan_due(plan))
        return RANGE_ADVICE_KEEP;
    switch (plan->phase) {
    case RANGE_PLAN_MEASURES:
        return measure(plan, now_ms, bytes, missing);
    case RANGE_PLAN_TRIES:
        return judge(plan, now_ms, bytes);
    case RANGE_PLAN_CALLS:
        rest(plan, now_ms);
        return RANGE_ADVICE_TAKE_BACK;
    default:
        enter(plan, RANGE_PLAN_MEASURES, now_ms, bytes);
        return RANGE_ADVICE_KEEP;
    }
}

void range_plan_added(struct range_plan *plan, uint64_t now_ms)
{
    enter(plan, RANGE_PLAN_CALLS, now_ms, 0);
}

void range_plan_came(struct range_plan *plan, uint64_t now_ms, uint64_t bytes)
{
    plan->connections++;
    if (plan->phase != RANGE_PLAN_CALLS)
        return;
    measure_longer(plan, now_ms - plan->since_ms);
    enter(plan, RANGE_PLAN_TRIES, now_ms, bytes);
}

void range_plan_refused(struct range_plan *plan, uint64_t now_ms)
{
    rest(plan, now_ms);
}

void range_plan_give_up(struct range_plan *plan)
{
    plan->phase = RANGE_PLAN_OFF;
}

void range_plan_rouse(struct range_plan *plan, uint64_t now_ms)
{
    plan->rest_ms = 0;
    if (plan->phase == RANGE_PLAN_RESTS)
        plan->since_ms = now_ms;
}

void range_plan_lost(struct range_plan *plan, uint64_t now_ms, uint64_t bytes)
{
    plan->connections--;
    if (plan->phase == RANGE_PLAN_MEASURES || plan->phase == RANGE_PLAN_TRIES)
        enter(plan, RANGE_PLAN_MEASURES, now_ms, bytes);
}

/* One alone, of which it is not known whether it is fast: it may have begun slowly. */
static bool is_unknown(const struct range_plan *plan)
{
    return plan->connections == 1 && !plan->patience;
}

uint64_t range_plan_due(const struct range_plan *plan)
{
    switch (plan->phase) {
    case RANGE_PLAN_MEASURES:
        return plan->since_ms + plan->while_ms * (is_unknown(plan) ? FIRST_WHILES : 1);
    case RANGE_PLAN_TRIES:
        return plan->since_ms + plan->while_ms;
    case RANGE_PLAN_CALLS:
        return plan->since_ms + CALL_MOST_MS;
    case RANGE_PLAN_RESTS:
        return plan->since_ms + plan->rest_ms;
    default:
        return UINT64_MAX;
    }
}
