/* SPDX-License-Identifier: MIT */
/* The engine's thread. */
#include "src/port/clock.h"
#include "transfer_run.h"

/* Nothing to do but to wait for a command. */
#define IDLE_WAIT_MS 60000

/* Between attempts to wait when waiting itself fails. */
#define BROKEN_WAIT_MS 50

static struct transfer *transfer_from_item(struct scheduler_item *item)
{
    return (struct transfer *)((char *)item - offsetof(struct transfer, item));
}

/* True: the process ends. */
static bool take_commands(struct engine *engine)
{
    struct transfer *transfer;
    unsigned command;
    bool stop;

    while ((transfer = engine_next_command(engine, &command, &stop))) {
        if (command & COMMAND_START)
            transfer_handle(engine, transfer, STATE_EVENT_START);
        if (command & COMMAND_PRIORITY)
            scheduler_change(&engine->scheduler, &transfer->item, transfer_get_priority(transfer));
        if (command & COMMAND_CANCEL)
            transfer_handle(engine, transfer, STATE_EVENT_CANCEL);
        transfer_release(transfer);
    }
    return stop;
}

static void fill_slots(struct engine *engine)
{
    struct scheduler_item *item;

    while ((item = scheduler_take(&engine->scheduler)))
        transfer_handle(engine, transfer_from_item(item), STATE_EVENT_SLOT);
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

/* True if that ended some. */
static bool check_all(struct engine *engine)
{
    unsigned before = engine->scheduler.running;
    struct exchange *exchange = engine->running, *next;
    uint64_t due = UINT64_MAX;

    engine->check_due_ms = UINT64_MAX;
    for (; exchange; exchange = next) {
        next = exchange->next;
        uint64_t time = transfer_check(exchange);

        if (time < due)
            due = time;
    }
    if (due < engine->check_due_ms)
        engine->check_due_ms = due;
    return engine->scheduler.running < before;
}

static int time_to_wait(const struct engine *engine)
{
    if (engine->check_due_ms <= engine->now_ms)
        return 0;
    if (engine->check_due_ms - engine->now_ms > IDLE_WAIT_MS)
        return IDLE_WAIT_MS;
    return (int)(engine->check_due_ms - engine->now_ms);
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

/* One turn. False: the process ends. */
static bool turn(struct engine *engine)
{
    bool busy;
    int running;

    engine->now_ms = clock_monotonic_ms();
    if (take_commands(engine))
        return false;
    fill_slots(engine);
    network()->multi_perform(engine->multi, &running);
    busy = take_messages(engine);
    if (engine->now_ms >= engine->check_due_ms)
        busy = check_all(engine) || busy;
    /* What has ended makes room, and what takes its place shall not wait. */
    if (!busy && network()->multi_poll(engine->multi, time_to_wait(engine)))
        wait_a_moment();
    return true;
}

static void drop_everything(struct engine *engine)
{
    struct scheduler_item *item;

    while (engine->running)
        transfer_handle(engine, engine->running->transfer, STATE_EVENT_SHUTDOWN);
    while ((item = scheduler_first(&engine->scheduler)))
        transfer_handle(engine, transfer_from_item(item), STATE_EVENT_SHUTDOWN);
}

void engine_loop(void *argument)
{
    struct engine *engine = argument;

    engine->end.run = engine_report_stopped;
    engine->check_due_ms = UINT64_MAX;
    while (turn(engine))
        continue;

    drop_everything(engine);
    exchange_free_idle(engine);
    engine_await_wakers(engine);
    network()->multi_cleanup(engine->multi);
    certificate_store_free(&engine->certificates);
    settings_free(&engine->settings);
    /* OpenSSL keeps things for each thread; exit shall find them freed. */
    if (thread_at_end(&engine->end))
        engine_report_stopped(&engine->end);
}
