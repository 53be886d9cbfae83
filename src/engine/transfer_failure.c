/* SPDX-License-Identifier: MIT */
/* What becomes of a transfer whose exchange has failed. docs/retries.md */
#include "limits.h"
#include "network_policy.h"
#include "src/port/clock.h"
#include "src/port/system.h"
#include "transfer_run.h"

/* The application wants to mend this one. */
static bool is_recoverable(struct transfer *transfer, const struct transfer_error *error)
{
    const struct recoverable *list;
    bool found = false;

    mutex_lock(&transfer->mutex);
    list = transfer->recoverable;
    for (size_t i = 0; list && list->matches && i < list->count && !found; i++)
        found = list->matches(list->statuses[i], error);
    mutex_unlock(&transfer->mutex);
    return found;
}

/* There is no network: the failure says nothing about the server, and does not count. */
static enum state_event judge_network(struct exchange *exchange)
{
    static const enum state_event events[] = {
        [NETWORK_ALLOWED] = STATE_EVENT_MAX,
        [NETWORK_MISSING] = STATE_EVENT_OFFLINE,
        [NETWORK_COSTS] = STATE_EVENT_COSTED,
    };
    struct engine *engine = exchange->engine;

    network_state_get(&engine->network);
    return events[network_judge(&engine->network, transfer_get_cost_policy(exchange->transfer),
                                exchange->hop.url.host)];
}

static bool is_worth_another_attempt(struct exchange *exchange)
{
    struct engine *engine = exchange->engine;
    struct transfer *transfer = exchange->transfer;
    int64_t now = clock_universal_time();
    uint32_t random = 0;
    struct retry_question question = {
        .error = &exchange->failure,
        .method = exchange->hop.url.ftp ? "GET" : transfer->method,
        .request_sent = exchange->sent || exchange->hop.count,
        .response = exchange->head_final && !exchange->hop.url.ftp ? transfer->response : NULL,
        .now_ms = engine->now_ms,
        .universal_now = now,
        .base_ms = engine->settings.retry_base_ms,
    };
    uint64_t due_ms;
    bool again, server_asked;

    if (system_random(&random, sizeof(random)))
        random = 0;
    question.random = random;
    mutex_lock(&transfer->mutex);
    retry_note_progress(&transfer->retry, transfer->progress.bytes_received);
    again = retry_decide(&transfer->retry, &question, &due_ms, &server_asked);
    /* The count is in the store at once, so that ending the program gives no new tries. */
    if (again)
        transfer_save_locked(transfer);
    mutex_unlock(&transfer->mutex);
    if (!again)
        return false;
    transfer->retry_due_ms = due_ms;
    transfer_publish_wait(transfer, server_asked ? TRANSFER_WAIT_SERVER : TRANSFER_WAIT_RETRY,
                          now + (int64_t)(due_ms - engine->now_ms) * 10000);
    return true;
}

enum state_event transfer_wait_for_room(struct engine *engine, struct transfer *transfer)
{
    uint64_t received = transfer->progress.bytes_received, wait_ms;

    if (received >= transfer->full_bytes + RETRY_PROGRESS)
        transfer->full_waits = 0;
    transfer->full_bytes = received;
    wait_ms = engine->settings.retry_base_ms
              << (transfer->full_waits < FULL_DOUBLINGS ? transfer->full_waits : FULL_DOUBLINGS);
    transfer->full_waits++;
    transfer->retry_due_ms = engine->now_ms + wait_ms;
    transfer_publish_wait(transfer, TRANSFER_WAIT_ROOM,
                          clock_universal_time() + (int64_t)wait_ms * 10000);
    return STATE_EVENT_FULL;
}

/* A request that must not be sent twice cannot wait, once it is sent. */
static bool can_wait_for_room(const struct exchange *exchange)
{
    const struct transfer *transfer = exchange->transfer;

    return exchange->failure.code == TRANSFER_ERROR_FILE &&
           exchange->failure.file_status == PORT_DISK_FULL &&
           (exchange->hop.url.ftp || method_is_idempotent(transfer->method) ||
            (!exchange->sent && !exchange->hop.count));
}

static enum state_event decide(struct exchange *exchange)
{
    enum state_event event;

    if (is_recoverable(exchange->transfer, &exchange->failure))
        return STATE_EVENT_PARK;
    if (can_wait_for_room(exchange))
        return transfer_wait_for_room(exchange->engine, exchange->transfer);
    event = judge_network(exchange);
    if (event != STATE_EVENT_MAX && !exchange->head_final)
        return event;
    return is_worth_another_attempt(exchange) ? STATE_EVENT_RETRY : STATE_EVENT_FAIL;
}

void transfer_fail(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;

    /* libcurl is content with a connection that ends amid the head. */
    exchange_fail(exchange, exchange->parser.in_head ? TRANSFER_ERROR_CONNECTION_ABORTED
                                                     : TRANSFER_ERROR_INVALID_RESPONSE);
    /* What came before it counts as progress, once it is on the disk; what is not written by now
     * could not be. */
    if (transfer->state == STATE_RECEIVING)
        transfer_flush(exchange);
    transfer_publish_error(transfer, &exchange->failure);
    transfer_handle(exchange->engine, transfer, decide(exchange));
}
