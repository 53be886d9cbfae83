/* SPDX-License-Identifier: MIT */
/* What is due while a transfer runs: bytes for the file, reports, checkpoints, time limits. */
#include "branch.h"
#include "checkpoint.h"
#include "limits.h"
#include "src/port/sockets.h"
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

void transfer_report(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    uint64_t now = exchange->engine->now_ms;

    exchange->report_due_ms = now + PROGRESS_INTERVAL_MS;
    transfer->reported = transfer->progress.bytes_received;
    transfer_publish_rate(transfer, rate_per_second(&exchange->rate, now));
    transfer_notify(transfer, TRANSFER_EVENT_PROGRESS);
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
        transfer_report(exchange);
        news = false;
    }
    save_due = save_if_due(exchange);
    return earlier(earlier(earlier(next_look(exchange), save_due), branches_due),
                   news ? exchange->report_due_ms : UINT64_MAX);
}
