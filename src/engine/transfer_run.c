/* SPDX-License-Identifier: MIT */
/* The actions of the state table. */
#include "branch.h"
#include "checkpoint.h"
#include "curl_error.h"
#include "limits.h"
#include "network_policy.h"
#include "transfer_cut.h"
#include "transfer_run.h"

static void free_slot(struct engine *engine, struct transfer *transfer)
{
    if (!transfer->holds_slot)
        return;
    transfer->holds_slot = false;
    mutex_lock(&engine->scheduler_mutex);
    scheduler_free_slot(&engine->scheduler, &transfer->item);
    mutex_unlock(&engine->scheduler_mutex);
}

static void put_back(struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;

    if (!exchange)
        return;
    branch_close_all(exchange);
    exchange_close_file(exchange);
    engine_park_if_abandoned(); /* the file may have taken its time */
    exchange_put_back(exchange);
    transfer->exchange = NULL;
}

/* Takes everything away that a running or queued transfer has, the slot too. */
static void let_go(struct engine *engine, struct transfer *transfer)
{
    timers_clear(&engine->timers, &transfer->timer);
    mutex_lock(&engine->scheduler_mutex);
    scheduler_remove(&engine->scheduler, &transfer->item);
    mutex_unlock(&engine->scheduler_mutex);
    free_slot(engine, transfer);
    put_back(transfer);
}

/* What has arrived goes to the file in any case. True if it is to be reported. */
static bool flush_last(struct transfer *transfer)
{
    if (!transfer->exchange)
        return false;
    branch_drop_all(transfer->exchange);
    transfer_flush(transfer->exchange);
    return transfer->progress.bytes_received != transfer->reported;
}

static void last_report(struct transfer *transfer)
{
    if (flush_last(transfer))
        transfer_report(transfer->exchange);
}

/* The end is told when nobody of ours is in the way of an application that has heard of it. */
static void finish(struct engine *engine, struct transfer *transfer)
{
    transfer_record_outcome(transfer);
    let_go(engine, transfer);
    transfer_remove_body(transfer);
    if (!checkpoint_holds_end(transfer))
        transfer_tell_end(engine, transfer);
}

static enum network_verdict judge_network(struct engine *engine, struct transfer *transfer)
{
    enum network_verdict verdict = NETWORK_ALLOWED;
    enum transfer_cost_policy policy;
    struct url url;

    mutex_lock(&transfer->mutex);
    policy = (enum transfer_cost_policy)transfer->cost_policy;
    if (!network_allows_all(&engine->network, policy) && !url_parse(NULL, transfer->url, &url)) {
        verdict = network_judge(&engine->network, policy, url.host);
        url_free(&url);
    }
    mutex_unlock(&transfer->mutex);
    return verdict;
}

void transfer_judge_network(struct engine *engine, struct transfer *transfer)
{
    static const enum state_event events[] = {
        [NETWORK_ALLOWED] = STATE_EVENT_NETWORK,
        [NETWORK_MISSING] = STATE_EVENT_OFFLINE,
        [NETWORK_COSTS] = STATE_EVENT_COSTED,
    };

    transfer_handle(engine, transfer, events[judge_network(engine, transfer)]);
}

static void act_enqueue(struct engine *engine, struct transfer *transfer)
{
    struct transfer_group *group = transfer->transfer_group;

    timers_clear(&engine->timers, &transfer->timer);
    if (judge_network(engine, transfer) != NETWORK_ALLOWED) {
        transfer_judge_network(engine, transfer);
        return;
    }
    mutex_lock(&engine->scheduler_mutex);
    scheduler_add(&engine->scheduler, &transfer->item, transfer_get_priority(transfer),
                  group ? transfer_group_scheduling(group) : NULL);
    mutex_unlock(&engine->scheduler_mutex);
    transfer_change_status(transfer, DOWNLOAD_ACTIVE, TRANSFER_WAIT_QUEUE);
}

/* The exchange ends, and what has arrived is kept for when it goes on. */
static void suspend(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;

    last_report(transfer);
    if (exchange && exchange->file && transfer->body)
        checkpoint_submit(transfer, exchange->file, CHECKPOINT_SETTLED);
    let_go(engine, transfer);
}

static void act_requeue(struct engine *engine, struct transfer *transfer)
{
    last_report(transfer);
    if (transfer->exchange && transfer->exchange->file)
        checkpoint_submit(transfer, transfer->exchange->file, CHECKPOINT_SETTLED);
    /* Before the slot is free, so that the group still has its turn. */
    put_back(transfer);
    free_slot(engine, transfer);
    mutex_lock(&engine->scheduler_mutex);
    scheduler_requeue(&engine->scheduler, &transfer->item);
    mutex_unlock(&engine->scheduler_mutex);
    transfer_change_status(transfer, DOWNLOAD_ACTIVE, TRANSFER_WAIT_QUEUE);
}

static void act_wait(struct engine *engine, struct transfer *transfer)
{
    static const struct {
        enum download_state stored;
        enum transfer_wait wait;
    } rows[STATE_MAX] = {
        [STATE_WAITING] = { DOWNLOAD_ACTIVE, TRANSFER_WAIT_RETRY },
        [STATE_OFFLINE] = { DOWNLOAD_ACTIVE, TRANSFER_WAIT_NETWORK },
        [STATE_COSTED] = { DOWNLOAD_ACTIVE, TRANSFER_WAIT_COST },
        [STATE_FULL] = { DOWNLOAD_ACTIVE, TRANSFER_WAIT_ROOM },
        [STATE_PAUSED] = { DOWNLOAD_PAUSED, TRANSFER_WAIT_APPLICATION },
        [STATE_PARKED] = { DOWNLOAD_PARKED, TRANSFER_WAIT_APPLICATION },
    };

    suspend(engine, transfer);
    if (transfer->state == STATE_WAITING || transfer->state == STATE_FULL)
        timers_set(&engine->timers, &transfer->timer, transfer->retry_due_ms);
    transfer_change_status(transfer, rows[transfer->state].stored, rows[transfer->state].wait);
}

/* The URL may be another one than the last time. */
static bool begin_hops(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    enum port_status status;

    url_free(&exchange->url);
    hop_free(&exchange->hop);
    mutex_lock(&transfer->mutex);
    status = url_parse(NULL, transfer->url, &exchange->url);
    mutex_unlock(&transfer->mutex);
    if (!status)
        status = hop_init(&exchange->hop, &exchange->url, transfer->method, transfer->body_path);
    if (status)
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
    return !status;
}

static void send_first(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;

    exchange->rests = false;
    if (!begin_hops(exchange) || !transfer_open_parts(exchange)) {
        transfer_fail(exchange);
        return;
    }
    if (!transfer_choose_range(exchange)) {
        if (branch_await_all(exchange))
            return;
        /* A kill came between the last byte and the record of the end. */
        exchange->verdict = RANGE_DONE;
        transfer_handle(engine, transfer, STATE_EVENT_SUCCESS);
        transfer_handle(engine, transfer, STATE_EVENT_END);
        return;
    }
    if (!exchange_send(exchange))
        transfer_fail(exchange);
}

static void act_send(struct engine *engine, struct transfer *transfer)
{
    struct transfer_error error;
    struct exchange *exchange;

    transfer_change_status(transfer, DOWNLOAD_ACTIVE, TRANSFER_WAIT_NONE);
    if (exchange_take(engine, transfer, &exchange)) {
        transfer_error_describe(TRANSFER_ERROR_NO_MEMORY, "", &error);
        transfer_publish_error(transfer, &error);
        transfer_handle(engine, transfer, STATE_EVENT_FAIL);
        return;
    }
    transfer->exchange = exchange;
    transfer->reported = transfer->progress.bytes_received;
    exchange->saved_at_ms = engine->now_ms;
    rate_begin(&exchange->rate, engine->now_ms);
    send_first(engine, transfer);
}

static void act_send_next(struct engine *engine, struct transfer *transfer)
{
    (void)engine;
    exchange_abort(transfer->exchange);
    if (!exchange_send(transfer->exchange))
        transfer_fail(transfer->exchange);
}

static void act_send_again(struct engine *engine, struct transfer *transfer)
{
    exchange_abort(transfer->exchange);
    transfer->exchange->ask_whole = true;
    send_first(engine, transfer);
}

static void act_send_range(struct engine *engine, struct transfer *transfer)
{
    exchange_abort(transfer->exchange);
    send_first(engine, transfer);
}

static void act_accept(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;

    if (!transfer_begin_body(exchange))
        return;
    exchange->ask_whole = false;
    exchange->report_due_ms = engine->now_ms + PROGRESS_INTERVAL_MS;
    branch_begin_all(exchange);
}

static void act_complete(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;

    flush_last(transfer);
    transfer->ends_with_news = true;
    mutex_lock(&transfer->mutex);
    transfer->unsaved = exchange->file;
    mutex_unlock(&transfer->mutex);
    checkpoint_submit(transfer, exchange->file, CHECKPOINT_WHOLE);
    finish(engine, transfer);
}

/* Failed or cancelled. */
static void act_end(struct engine *engine, struct transfer *transfer)
{
    transfer->ends_with_news = flush_last(transfer);
    transfer_cut(transfer);
    finish(engine, transfer);
}

/* The process ends: the record stays as the latest checkpoint left it, for the next one. */
static void act_drop(struct engine *engine, struct transfer *transfer)
{
    struct body_writer *writer = transfer->exchange ? &transfer->exchange->writer : NULL;
    uint64_t before = writer ? writer->offset : 0;
    struct transfer_error error;

    if (writer && !body_writer_flush(writer) && writer->offset != before &&
        !transfer_has_ranges(transfer))
        transfer_publish_bytes(transfer, writer->offset);
    transfer_error_describe(TRANSFER_ERROR_SHUTDOWN, "", &error);
    transfer_publish_error(transfer, &error);
    transfer_publish_status(transfer, TRANSFER_FAILED);
    let_go(engine, transfer);
}

void transfer_handle(struct engine *engine, struct transfer *transfer, enum state_event event)
{
    static void (*const actions[ACTION_MAX])(struct engine *, struct transfer *) = {
        [ACTION_ENQUEUE] = act_enqueue,
        [ACTION_REQUEUE] = act_requeue,
        [ACTION_SEND] = act_send,
        [ACTION_SEND_NEXT] = act_send_next,
        [ACTION_SEND_AGAIN] = act_send_again,
        [ACTION_SEND_RANGE] = act_send_range,
        [ACTION_ACCEPT] = act_accept,
        [ACTION_WAIT] = act_wait,
        [ACTION_COMPLETE] = act_complete,
        [ACTION_FAIL] = act_end,
        [ACTION_CANCEL] = act_end,
        [ACTION_DROP] = act_drop,
    };
    struct state_step step = state_step(transfer->state, event);

    /* An action may lead to the next event, and that to the end, before it returns. */
    transfer_addref(transfer);
    if (!transfer->engaged && !state_is_final(transfer->state)) {
        transfer_addref(transfer); /* until it has ended */
        transfer->engaged = true;
    }
    transfer->state = step.next;
    if (actions[step.action])
        actions[step.action](engine, transfer);
    if (transfer->engaged && state_is_final(transfer->state)) {
        transfer->engaged = false;
        transfer_release(transfer);
    }
    transfer_release(transfer);
}
