/* SPDX-License-Identifier: MIT */
#include "vanguard.h"

#include "exchange.h"
#include "limits.h"
#include "transfer_run.h"

/* What nobody, somebody that is on the way, or somebody that has arrived knows. */
enum way {
    WAY_UNKNOWN,
    WAY_SOUGHT,
    WAY_FOUND
};

static enum way further(enum way one, enum way other)
{
    return one > other ? one : other;
}

/* Whether a connection may carry it together with others. */
static bool shares(const struct exchange *exchange)
{
    return exchange->hop.url.secure && !exchange->http1;
}

static bool has_to_follow(const struct exchange *exchange)
{
    enum way name = WAY_UNKNOWN, connection = WAY_UNKNOWN;
    const struct exchange *other;

    for (other = exchange->engine->running; other; other = other->next) {
        if (!other->added || !origin_equal(&other->hop.url, &exchange->hop.url))
            continue;
        name = further(name, other->named ? WAY_FOUND : WAY_SOUGHT);
        if (shares(other))
            connection = further(connection, other->sent ? WAY_FOUND : WAY_SOUGHT);
    }
    return shares(exchange) && connection ? connection == WAY_SOUGHT : name == WAY_SOUGHT;
}

static bool add(struct exchange *exchange)
{
    if (network()->multi_add(exchange->engine->multi, exchange->easy)) {
        exchange_fail(exchange, TRANSFER_ERROR_INTERNAL);
        return false;
    }
    exchange->added = true;
    return true;
}

bool vanguard_send(struct exchange *exchange)
{
    struct engine *engine = exchange->engine;

    /* Those of one transfer know the way. */
    if (exchange->trunk || exchange->branches || !has_to_follow(exchange))
        return add(exchange);
    exchange->follows = true;
    exchange->follows_until_ms = engine->now_ms + LIMIT_FOLLOW_MS;
    exchange_check_by(exchange, exchange->follows_until_ms);
    engine->followers++;
    return true;
}

void vanguard_named(struct exchange *exchange)
{
    exchange->named = true;
    exchange->engine->way_changed = true;
}

void vanguard_sent(struct exchange *exchange)
{
    exchange->sent = true;
    vanguard_named(exchange);
}

static void stop_following(struct exchange *exchange)
{
    if (!exchange->follows)
        return;
    exchange->follows = false;
    exchange->engine->followers--;
}

void vanguard_leave(struct exchange *exchange)
{
    stop_following(exchange);
    exchange->engine->way_changed = true;
}

static void follow(struct exchange *exchange)
{
    stop_following(exchange);
    exchange->active_ms = exchange->engine->now_ms;
    if (!add(exchange))
        transfer_fail(exchange);
}

/* In the order in which they were to be sent: the latest is the first of the list. */
bool vanguard_follow(struct engine *engine)
{
    struct exchange *exchange = engine->running, *earlier;
    bool any = false;

    if (!engine->followers || !engine->way_changed)
        return false;
    engine->way_changed = false;
    while (exchange && exchange->next)
        exchange = exchange->next;
    for (; exchange; exchange = earlier) {
        earlier = exchange->previous;
        if (!exchange->follows || has_to_follow(exchange))
            continue;
        follow(exchange);
        any = true;
    }
    return any;
}

uint64_t vanguard_check(struct exchange *exchange)
{
    if (exchange->engine->now_ms < exchange->follows_until_ms)
        return exchange->follows_until_ms;
    follow(exchange);
    return UINT64_MAX;
}
