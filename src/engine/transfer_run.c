/* SPDX-License-Identifier: MIT */
/* The actions of the state table, and what is due while a transfer runs. */
#include "branch.h"
#include "checkpoint.h"
#include "curl_error.h"
#include "limits.h"
#include "network_policy.h"
#include "src/port/clock.h"
#include "src/port/sockets.h"
#include "transfer_cut.h"
#include "transfer_run.h"
#include "vanguard.h"

/* Bytes that came into the file, for readers. */
void transfer_tell_written(struct exchange *exchange, uint64_t from)
{
    struct transfer *transfer = exchange->transfer;
    struct exchange *trunk = exchange_trunk(exchange);
    uint64_t length = exchange->writer.offset - from, received = exchange->writer.offset;

    trunk->saved_bytes += length;
    rate_add(&trunk->rate, length, exchange->engine->now_ms);
    if (transfer_has_ranges(transfer)) {
        mutex_lock(&transfer->mutex);
        /* Without memory for it this piece is fetched again. */
        range_set_add(&transfer->body->ranges, from, length);
        received = range_set_total(&transfer->body->ranges);
        if (transfer->demands)
            exchange_check_by(exchange, exchange->engine->now_ms);
        mutex_unlock(&transfer->mutex);
    }
    transfer_publish_bytes(transfer, received);
    transfer_notify(transfer, TRANSFER_EVENT_RECEIVED);
}

enum port_status transfer_flush(struct exchange *exchange)
{
    uint64_t before = exchange->writer.offset;
    enum port_status status = body_writer_flush(&exchange->writer);

    engine_park_if_abandoned();
    if (status)
        exchange_fail_file(exchange, status, exchange->transfer->path);
    if (exchange->writer.offset != before)
        transfer_tell_written(exchange, before);
    return status;
}

static void report(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    uint64_t now = exchange->engine->now_ms;

    exchange->report_due_ms = now + PROGRESS_INTERVAL_MS;
    transfer->reported = transfer->progress.bytes_received;
    transfer_publish_rate(transfer, rate_per_second(&exchange->rate, now));
    transfer_notify(transfer, TRANSFER_EVENT_PROGRESS);
}

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
        report(transfer->exchange);
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
    struct transfer_cut cut;

    transfer->ends_with_news = flush_last(transfer);
    transfer_cut_begin(transfer, &cut);
    transfer_record_outcome(transfer);
    transfer_cut_finish(&cut);
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

bool transfer_go_back(struct transfer *transfer)
{
    struct body_state *body = transfer->body;
    struct range_set ranges = { 0 };
    bool good = true;

    if (!body)
        return true;
    mutex_lock(&transfer->mutex);
    if (body->losses != body->losses_seen) {
        good = !range_set_copy(&body->saved_ranges, &ranges);
        if (good) {
            range_set_destroy(&body->ranges);
            body->ranges = ranges;
            body->losses_seen = body->losses;
            transfer->progress.bytes_received =
                transfer_has_ranges(transfer) ? range_set_total(&ranges) : body->saved_bytes;
        }
    }
    mutex_unlock(&transfer->mutex);
    return good;
}

/* Counts as an attempt without progress: a disk that always fails ends the transfer. */
static bool may_go_back(struct transfer *transfer)
{
    bool may;

    mutex_lock(&transfer->mutex);
    may = transfer->retry.retries < RETRY_LIMIT;
    if (may)
        transfer->retry.retries++;
    mutex_unlock(&transfer->mutex);
    return may && transfer_go_back(transfer);
}

void transfer_lost_bytes(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;
    uint64_t due_ms = engine->now_ms + engine->settings.retry_base_ms;
    bool full;

    /* One that waits goes back when its turn comes. */
    if (!exchange || transfer->state != STATE_RECEIVING || !exchange->file)
        return;
    mutex_lock(&transfer->mutex);
    full = transfer->body->loss_of_room;
    mutex_unlock(&transfer->mutex);
    exchange_fail_file(exchange, full ? PORT_DISK_FULL : PORT_IO, transfer->path);
    transfer_publish_error(transfer, &exchange->failure);
    if (full ? !transfer_go_back(transfer) : !may_go_back(transfer)) {
        transfer_handle(engine, transfer, STATE_EVENT_FAIL);
        return;
    }
    body_writer_begin(&exchange->writer, exchange->file->handle, transfer->progress.bytes_received);
    if (full) {
        transfer_handle(engine, transfer, transfer_wait_for_room(engine, transfer));
        return;
    }
    transfer->retry_due_ms = due_ms;
    transfer_publish_wait(transfer, TRANSFER_WAIT_RETRY,
                          clock_universal_time() + (int64_t)engine->settings.retry_base_ms * 10000);
    transfer_handle(engine, transfer, STATE_EVENT_RETRY);
}

static uint64_t wait_limit(const struct exchange *exchange)
{
    const struct engine_settings *settings = &exchange->engine->settings;

    if (exchange->throttled.waits || exchange->rests)
        return UINT64_MAX; /* it is ours to go on */
    if (exchange->head_final)
        return exchange->active_ms + settings->stall_timeout_ms;
    if (exchange->sent)
        return exchange->active_ms + settings->response_timeout_ms;
    return UINT64_MAX; /* libcurl has the limit of connecting */
}

/* When to look again, if nothing happens: at the time limit, or sooner while a body is sent. */
static uint64_t next_look(const struct exchange *exchange)
{
    uint64_t limit = wait_limit(exchange);
    uint64_t again = socket_send_wait_until(exchange->engine->now_ms);

    return exchange->body_position && !exchange->head_final && again < limit ? again : limit;
}

/* Often enough that a kill costs little, and one at a time. Returns when the next one is due. */
static uint64_t save_if_due(struct exchange *exchange)
{
    uint64_t now = exchange->engine->now_ms;
    uint64_t due = exchange->saved_at_ms + CHECKPOINT_INTERVAL_MS;

    if (!exchange->saved_bytes)
        return UINT64_MAX;
    if (exchange->saved_bytes < CHECKPOINT_BYTES && now < due)
        return due;
    if (checkpoint_is_pending(exchange->transfer))
        return now + PROGRESS_INTERVAL_MS;
    exchange->saved_bytes = 0;
    exchange->saved_at_ms = now;
    checkpoint_submit(exchange->transfer, exchange->file, CHECKPOINT_RUNNING);
    return UINT64_MAX;
}

static bool is_out_of_time(struct exchange *exchange)
{
    if (exchange->engine->now_ms < wait_limit(exchange))
        return false;
    /* A head that libcurl might have answered itself, had its body ended. */
    if (!exchange->head_final && exchange->parser.complete)
        transfer_take_head(exchange);
    exchange_fail(exchange, TRANSFER_ERROR_TIMEOUT);
    return true;
}

static uint64_t earlier(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

uint64_t transfer_check(struct exchange *exchange)
{
    struct engine *engine = exchange->engine;
    struct transfer *transfer = exchange->transfer;
    uint64_t branches_due, save_due;
    bool news;

    if (exchange->follows)
        return vanguard_check(exchange);
    if (!branch_check_all(exchange, &branches_due)) {
        transfer_fail(exchange);
        return UINT64_MAX;
    }
    if (branch_move_trunk(exchange))
        return engine->now_ms;
    if (is_out_of_time(exchange)) {
        if (transfer->state == STATE_REDIRECTED)
            transfer_handle(engine, transfer, STATE_EVENT_FAIL);
        else
            transfer_fail(exchange);
        return UINT64_MAX;
    }
    if (transfer_steer(exchange))
        return UINT64_MAX;
    news = exchange->writer.used || transfer->progress.bytes_received != transfer->reported;
    if (news && engine->now_ms >= exchange->report_due_ms) {
        if (transfer_flush(exchange)) {
            transfer_fail(exchange);
            return UINT64_MAX;
        }
        report(exchange);
        news = false;
    }
    save_due = save_if_due(exchange);
    return earlier(earlier(earlier(next_look(exchange), save_due), branches_due),
                   news ? exchange->report_due_ms : UINT64_MAX);
}
