/* SPDX-License-Identifier: MIT */
/* The engine's thread. */
#include "src/port/clock.h"
#include "transfer_group.h"
#include "transfer_run.h"
#include "transfer_speed.h"
#include "vanguard.h"

/* Nothing to do but to wait for a command. */
#define IDLE_WAIT_MS 60000

/* Between attempts to wait, or to get on, when that itself fails; and after how many of these
 * nobody believes any more that libcurl will get on. */
#define BROKEN_WAIT_MS 50
#define BROKEN_TURNS   20

static struct transfer *transfer_from_item(struct scheduler_item *item)
{
    return (struct transfer *)((char *)item - offsetof(struct transfer, item));
}

static struct transfer *transfer_from_timer(struct timer *timer)
{
    return (struct transfer *)((char *)timer - offsetof(struct transfer, timer));
}

static void take_pause(struct engine *engine, struct transfer *transfer)
{
    bool wanted;

    mutex_lock(&transfer->mutex);
    wanted = transfer->pause_wanted;
    mutex_unlock(&transfer->mutex);
    transfer_handle(engine, transfer, wanted ? STATE_EVENT_PAUSE : STATE_EVENT_RESUME);
}

static void take_priority(struct engine *engine, struct transfer *transfer)
{
    mutex_lock(&engine->scheduler_mutex);
    scheduler_change(&engine->scheduler, &transfer->item, transfer_get_priority(transfer));
    mutex_unlock(&engine->scheduler_mutex);
}

static void take_make_current(struct engine *engine, struct transfer *transfer)
{
    struct scheduler_item *running;

    mutex_lock(&engine->scheduler_mutex);
    running =
        transfer->item.queued ? scheduler_make_current(&engine->scheduler, &transfer->item) : NULL;
    mutex_unlock(&engine->scheduler_mutex);
    if (running && transfer_may_be_interrupted(transfer_from_item(running)))
        transfer_handle(engine, transfer_from_item(running), STATE_EVENT_YIELD);
}

static void take_demand(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;

    (void)engine;
    if (exchange && (exchange->added || exchange->rests))
        transfer_steer(exchange);
}

static void take_start(struct engine *engine, struct transfer *transfer)
{
    transfer_handle(engine, transfer, STATE_EVENT_START);
}

static void take_attach(struct engine *engine, struct transfer *transfer)
{
    transfer_handle(engine, transfer, STATE_EVENT_ATTACH);
}

static void take_cancel(struct engine *engine, struct transfer *transfer)
{
    transfer_handle(engine, transfer, STATE_EVENT_CANCEL);
}

/* In this order, whatever the order in which they were asked for. */
static const struct {
    enum transfer_command command;
    void (*take)(struct engine *engine, struct transfer *transfer);
} commands[] = {
    { COMMAND_START, take_start },       { COMMAND_ATTACH, take_attach },
    { COMMAND_PRIORITY, take_priority }, { COMMAND_NETWORK, transfer_judge_network },
    { COMMAND_PAUSE, take_pause },       { COMMAND_MAKE_CURRENT, take_make_current },
    { COMMAND_DEMAND, take_demand },     { COMMAND_SYNC_FAILED, transfer_lost_bytes },
    { COMMAND_CANCEL, take_cancel },     { COMMAND_SAVED, transfer_tell_end },
};

/* True: the process ends. */
static bool take_commands(struct engine *engine)
{
    struct transfer *transfer;
    struct engine_news news;
    unsigned command;

    do {
        while ((transfer = engine_next_command(engine, &command, &news))) {
            for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
                if (command & commands[i].command)
                    commands[i].take(engine, transfer);
            }
            transfer_release(transfer);
        }
        if (news.groups) {
            mutex_lock(&engine->scheduler_mutex);
            transfer_groups_apply(&engine->scheduler);
            mutex_unlock(&engine->scheduler_mutex);
        }
        if (news.limits)
            transfer_limits_changed(engine);
        if (news.network) {
            network_state_get(&engine->network);
            engine_command_engaged(engine, COMMAND_NETWORK);
        }
    } while (news.network);
    return news.stop;
}

/* Those whose time to try again has come. */
static void take_timers(struct engine *engine)
{
    struct timer *timer;

    while ((timer = timers_take(&engine->timers, engine->now_ms)))
        transfer_handle(engine, transfer_from_timer(timer), STATE_EVENT_TIME);
}

static struct scheduler_item *take_next(struct engine *engine)
{
    struct scheduler_item *item;

    mutex_lock(&engine->scheduler_mutex);
    item = scheduler_take(&engine->scheduler);
    mutex_unlock(&engine->scheduler_mutex);
    return item;
}

static void fill_slots(struct engine *engine)
{
    struct scheduler_item *item;

    while ((item = take_next(engine))) {
        struct transfer *transfer = transfer_from_item(item);

        transfer->holds_slot = true;
        transfer_handle(engine, transfer, STATE_EVENT_SLOT);
    }
}

static struct exchange *exchange_of(struct engine *engine, CURL *easy)
{
    struct exchange *exchange = engine->running;

    while (exchange && exchange->easy != easy)
        exchange = exchange->next;
    return exchange;
}

/* True if some exchange has ended, so that a slot or the next hop is to be seen to at once. */
static bool take_messages(struct engine *engine)
{
    bool any = false;
    CURLMsg *message;

    while ((message = network()->multi_message(engine->multi))) {
        struct exchange *exchange = exchange_of(engine, message->easy_handle);

        if (message->msg == CURLMSG_DONE && exchange) {
            transfer_take_end(exchange, message->data.result);
            any = true;
        }
    }
    return any;
}

/* Branches are their trunk's, and may go when that is looked at. */
static struct exchange *next_trunk(struct exchange *exchange)
{
    while (exchange && exchange->trunk)
        exchange = exchange->next;
    return exchange;
}

/* True if that ended some. */
static bool check_all(struct engine *engine)
{
    unsigned before = engine->scheduler.running;
    struct exchange *exchange = engine->running, *next;
    uint64_t due = UINT64_MAX;

    engine->check_due_ms = UINT64_MAX;
    for (exchange = next_trunk(exchange); exchange; exchange = next) {
        next = next_trunk(exchange->next);
        uint64_t time = transfer_check(exchange);

        if (time < due)
            due = time;
    }
    if (due < engine->check_due_ms)
        engine->check_due_ms = due;
    return engine->scheduler.running < before;
}

/*
 * While several are at work the application is told once a millisecond: of many small files each
 * would wake it else. Of one that runs alone it is told at once, since what comes next may wait for
 * it.
 */
static bool may_tell_later(struct engine *engine)
{
    struct event_queue *events = &engine->events;

    if (!events->count || engine->scheduler.running < 2)
        return false;
    if (!events->since_ms)
        events->since_ms = engine->now_ms;
    return engine->now_ms == events->since_ms;
}

static int time_to_wait(const struct engine *engine)
{
    const struct timer *timer = engine->timers.first;
    uint64_t due = engine->check_due_ms;

    if (engine->throttle.due_ms < due)
        due = engine->throttle.due_ms;
    if (timer && timer->due_ms < due)
        due = timer->due_ms;
    if (due <= engine->now_ms)
        return 0;
    return due - engine->now_ms > IDLE_WAIT_MS ? IDLE_WAIT_MS : (int)(due - engine->now_ms);
}

static void wait_a_moment(void)
{
    struct mutex mutex = MUTEX_INITIALIZER;
    struct condition never;
    uint64_t until = clock_monotonic_ns() + BROKEN_WAIT_MS * UINT64_C(1000000);

    condition_init(&never);
    mutex_lock(&mutex);
    while (condition_wait_until(&never, &mutex, until))
        continue;
    mutex_unlock(&mutex);
    condition_destroy(&never);
    mutex_destroy(&mutex);
}

/* Also the time limit of connecting is libcurl's. */
static void give_up_all(struct engine *engine, CURLMcode code)
{
    while (engine->running) {
        struct exchange *exchange = engine->running->transfer->exchange;

        if (exchange->transfer->state == STATE_REDIRECTED) {
            transfer_handle(engine, exchange->transfer, STATE_EVENT_FAIL); /* on to the next hop */
            continue;
        }
        exchange_fail(exchange, code == CURLM_OUT_OF_MEMORY ? TRANSFER_ERROR_NO_MEMORY
                                                            : TRANSFER_ERROR_INTERNAL);
        transfer_fail(exchange);
    }
}

/* libcurl tells of what befalls one transfer in other ways. True if that ended all. */
static bool perform(struct engine *engine)
{
    CURLMcode code;
    int running;

    code = network()->multi_perform(engine->multi, &running);
    if (!code) {
        engine->broken_turns = 0;
        return false;
    }
    if (++engine->broken_turns < BROKEN_TURNS) {
        wait_a_moment();
        return false;
    }
    engine->broken_turns = 0;
    give_up_all(engine, code);
    return true;
}

/* One turn. False: the process ends. */
static bool turn(struct engine *engine)
{
    int wait_ms;
    bool busy;

    engine->now_ms = clock_monotonic_ms();
    if (take_commands(engine))
        return false;
    take_timers(engine);
    fill_slots(engine);
    busy = perform(engine);
    busy = take_messages(engine) || busy;
    if (engine->now_ms >= engine->throttle.due_ms)
        busy = transfer_go_on_throttled(engine) || busy;
    if (engine->now_ms >= engine->check_due_ms)
        busy = check_all(engine) || busy;
    busy = vanguard_follow(engine) || busy;
    wait_ms = time_to_wait(engine);
    if (!may_tell_later(engine))
        event_queue_deliver(&engine->events);
    else if (wait_ms > 1)
        wait_ms = 1;
    /* What has ended makes room, and what takes its place shall not wait. */
    if (!busy && engine_may_sleep(engine) && network()->multi_poll(engine->multi, wait_ms))
        wait_a_moment();
    return true;
}

static void drop_everything(struct engine *engine)
{
    struct scheduler_item *item;
    struct timer *timer;

    while (engine->running)
        transfer_handle(engine, engine->running->transfer, STATE_EVENT_SHUTDOWN);
    while ((item = scheduler_first(&engine->scheduler)))
        transfer_handle(engine, transfer_from_item(item), STATE_EVENT_SHUTDOWN);
    while ((timer = timers_take(&engine->timers, UINT64_MAX)))
        transfer_handle(engine, transfer_from_timer(timer), STATE_EVENT_SHUTDOWN);
}

void engine_loop(void *argument)
{
    struct engine *engine = argument;

    mutex_lock(&engine->mutex);
    engine->thread = thread_self();
    mutex_unlock(&engine->mutex);
    engine->end.run = engine_report_stopped;
    engine->check_due_ms = UINT64_MAX;
    engine->throttle.due_ms = UINT64_MAX;
    while (turn(engine))
        continue;

    drop_everything(engine);
    exchange_free_idle(engine);
    event_queue_free(&engine->events);
    engine_await_wakers(engine);
    engine_let_go_of_library(engine);
    certificate_store_free(&engine->certificates);
    range_refusals_free(&engine->range_refusals);
    settings_free(&engine->settings);
    /* OpenSSL keeps things for each thread; exit shall find them freed. */
    if (thread_at_end(&engine->end))
        engine_report_stopped(&engine->end);
}
