/* SPDX-License-Identifier: MIT */
#include "transfer_speed.h"

#include "limits.h"
#include "transfer_group.h"
#include "transfer_run.h"

static void add_limit(struct exchange *exchange, struct speed_limit *limit)
{
    struct throttled *throttled = &exchange->throttled;

    if (speed_limit_adopt(limit, exchange->engine->now_ms))
        throttled->limits[throttled->count++] = limit;
}

void transfer_find_limits(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;

    throttle_give_back(&exchange->throttled);
    exchange->throttled.count = 0;
    add_limit(exchange, &transfer->speed);
    if (transfer->transfer_group)
        add_limit(exchange, transfer_group_speed(transfer->transfer_group));
    add_limit(exchange, &exchange->engine->speed);
    exchange->most_connections = atomic_load(&transfer->connections);
    if (!exchange->most_connections)
        exchange->most_connections = atomic_load(&exchange->engine->connections);
}

void transfer_limits_changed(struct engine *engine)
{
    struct exchange *exchange;

    for (exchange = engine->running; exchange; exchange = exchange->next) {
        unsigned previous = exchange->most_connections;

        transfer_find_limits(exchange);
        if (exchange->most_connections > previous)
            range_plan_rouse(&exchange->plan, engine->now_ms);
    }
    engine->check_due_ms = engine->now_ms;
    if (engine->throttle.first)
        engine->throttle.due_ms = engine->now_ms;
}

bool transfer_is_limited(const struct exchange *exchange)
{
    return exchange->throttled.count;
}

/* What is read and may not come yet is kept by libcurl, which copies it at each turn. */
long transfer_buffer_size(const struct exchange *exchange)
{
    const struct throttled *throttled = &exchange->throttled;
    uint64_t size = NETWORK_BUFFER_SIZE;

    for (unsigned i = 0; i < throttled->count; i++) {
        uint64_t turn = speed_limit_turn(throttled->limits[i]);

        if (turn < size)
            size = turn;
    }
    return size > NETWORK_BUFFER_LEAST ? (long)size : NETWORK_BUFFER_LEAST;
}

/* Errors and redirects are not what anybody has asked for, and are short. */
static bool is_counted(const struct exchange *exchange)
{
    return exchange->transfer->state == STATE_RECEIVING && exchange->verdict != RANGE_DONE;
}

size_t transfer_take_at_speed(struct exchange *exchange, const char *data, size_t size,
                              body_taker take)
{
    struct throttled *throttled = &exchange->throttled;
    struct engine *engine = exchange->engine;
    size_t known = throttled->taken < size ? throttled->taken : size;
    size_t left = size - known, now = left;

    if (is_counted(exchange))
        now = throttle_allow(throttled, left);
    if (now && !take(exchange, data + known, now))
        return 0;
    if (now == left) {
        throttled->taken -= known;
        return size;
    }
    throttled->taken = known + now;
    throttle_line_up(&engine->throttle, throttled, engine->now_ms);
    return CURL_WRITEFUNC_PAUSE;
}

static struct exchange *exchange_from_throttled(struct throttled *throttled)
{
    return (struct exchange *)((char *)throttled - offsetof(struct exchange, throttled));
}

/* libcurl hands over what it has kept before it returns; a failure of that is told by nobody else.
 */
static bool go_on(struct exchange *exchange)
{
    const struct engine *engine = exchange->engine;
    CURLcode code;

    /* Nothing has come meanwhile because nothing was let in. */
    exchange->active_ms = engine->now_ms;
    exchange_check_by(exchange, engine->now_ms + engine->settings.stall_timeout_ms);
    code = network()->easy_pause(exchange->easy, CURLPAUSE_CONT);
    if (code)
        transfer_take_end(exchange, code);
    return code;
}

bool transfer_go_on_throttled(struct engine *engine)
{
    struct throttled *throttled;
    bool any = false;

    throttle_begin_round(&engine->throttle);
    while ((throttled = throttle_next(&engine->throttle, engine->now_ms)))
        any |= go_on(exchange_from_throttled(throttled));
    return any;
}
