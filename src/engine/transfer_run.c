/* SPDX-License-Identifier: MIT */
/* The actions of the state table, and what leads to its events. */
#include "curl_error.h"
#include "limits.h"
#include "src/port/sockets.h"
#include "transfer_run.h"

/* Bytes that came into the file, for readers. */
static void publish_written(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;

    transfer_publish_bytes(transfer, exchange->writer.offset);
    transfer_notify(transfer, TRANSFER_EVENT_RECEIVED);
}

static enum port_status flush(struct exchange *exchange)
{
    uint64_t before = exchange->writer.offset;
    enum port_status status = body_writer_flush(&exchange->writer);

    engine_park_if_abandoned();
    if (status)
        exchange_fail_file(exchange, status, exchange->transfer->file.path);
    if (exchange->writer.offset != before)
        publish_written(exchange);
    return status;
}

static void report(struct exchange *exchange)
{
    exchange->report_due_ms = exchange->engine->now_ms + PROGRESS_INTERVAL_MS;
    exchange->transfer->reported = exchange->writer.offset;
    transfer_notify(exchange->transfer, TRANSFER_EVENT_PROGRESS);
}

/* Takes everything away that a running transfer has, the slot too. */
static void let_go(struct engine *engine, struct transfer *transfer)
{
    scheduler_remove(&engine->scheduler, &transfer->item);
    result_file_close(&transfer->file);
    if (!transfer->exchange)
        return;
    engine_park_if_abandoned(); /* the file may have taken its time */
    exchange_put_back(transfer->exchange);
    transfer->exchange = NULL;
    scheduler_free_slot(&engine->scheduler);
}

/* What has arrived goes to the file in any case, and is told before the end is. */
static void last_report(struct transfer *transfer, bool always)
{
    struct exchange *exchange = transfer->exchange;

    if (!exchange)
        return;
    flush(exchange);
    if (always || exchange->writer.offset != transfer->reported)
        report(exchange);
}

static void finish(struct engine *engine, struct transfer *transfer)
{
    let_go(engine, transfer);
    transfer_remove_body(transfer);
    transfer_notify(transfer, TRANSFER_EVENT_FINISHED);
    transfer_release(transfer);
}

static void act_enqueue(struct engine *engine, struct transfer *transfer)
{
    transfer_addref(transfer); /* until it has ended */
    scheduler_add(&engine->scheduler, &transfer->item, transfer_get_priority(transfer));
}

static void act_send_next(struct engine *engine, struct transfer *transfer)
{
    exchange_abort(transfer->exchange);
    if (!exchange_send(transfer->exchange))
        transfer_handle(engine, transfer, STATE_EVENT_FAIL);
}

static void act_send(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange;

    transfer_publish_status(transfer, TRANSFER_RUNNING);
    transfer_notify(transfer, TRANSFER_EVENT_STATUS);

    if (exchange_take(engine, transfer, &exchange)) {
        scheduler_free_slot(&engine->scheduler);
        transfer_handle(engine, transfer, STATE_EVENT_FAIL);
        return;
    }
    transfer->exchange = exchange;
    if (hop_init(&exchange->hop, &transfer->url, transfer->method, transfer->body_path)) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        transfer_handle(engine, transfer, STATE_EVENT_FAIL);
        return;
    }
    if (!exchange_send(exchange))
        transfer_handle(engine, transfer, STATE_EVENT_FAIL);
}

static void act_accept(struct engine *engine, struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;
    uint64_t size = response_body_size(transfer->response);
    enum port_status status = result_file_open(&transfer->file, size);

    engine_park_if_abandoned();
    if (status) {
        exchange_fail_file(exchange, status, transfer->file.path);
        return;
    }
    body_writer_begin(&exchange->writer, transfer->file.writer);
    exchange->report_due_ms = engine->now_ms + PROGRESS_INTERVAL_MS;
    transfer_publish_total(transfer, size);
}

static void act_complete(struct engine *engine, struct transfer *transfer)
{
    last_report(transfer, true);
    transfer_publish_status(transfer, TRANSFER_COMPLETED);
    finish(engine, transfer);
}

static void act_fail(struct engine *engine, struct transfer *transfer)
{
    struct transfer_error error;

    last_report(transfer, false);
    if (transfer->exchange) {
        /* libcurl is content with a connection that ends amid the head. */
        exchange_fail(transfer->exchange, transfer->exchange->parser.in_head
                                              ? TRANSFER_ERROR_CONNECTION_ABORTED
                                              : TRANSFER_ERROR_INVALID_RESPONSE);
        error = transfer->exchange->failure;
    } else {
        transfer_error_describe(TRANSFER_ERROR_NO_MEMORY, transfer->url.host, &error);
    }
    transfer_publish_error(transfer, &error);
    finish(engine, transfer);
}

static void act_cancel(struct engine *engine, struct transfer *transfer)
{
    last_report(transfer, false);
    transfer_publish_status(transfer, TRANSFER_CANCELED);
    finish(engine, transfer);
}

static void act_drop(struct engine *engine, struct transfer *transfer)
{
    struct transfer_error error;

    if (transfer->exchange && !body_writer_flush(&transfer->exchange->writer))
        transfer_publish_bytes(transfer, transfer->exchange->writer.offset);
    transfer_error_describe(TRANSFER_ERROR_SHUTDOWN, transfer->url.host, &error);
    transfer_publish_error(transfer, &error);
    let_go(engine, transfer);
    transfer_release(transfer);
}

void transfer_handle(struct engine *engine, struct transfer *transfer, enum state_event event)
{
    static void (*const actions[ACTION_MAX])(struct engine *, struct transfer *) = {
        [ACTION_ENQUEUE] = act_enqueue,     [ACTION_SEND] = act_send,
        [ACTION_SEND_NEXT] = act_send_next, [ACTION_ACCEPT] = act_accept,
        [ACTION_COMPLETE] = act_complete,   [ACTION_FAIL] = act_fail,
        [ACTION_CANCEL] = act_cancel,       [ACTION_DROP] = act_drop,
    };
    struct state_step step = state_step(transfer->state, event);

    transfer->state = step.next;
    if (actions[step.action])
        actions[step.action](engine, transfer);
}

static void publish_head(struct transfer *transfer, struct response *response)
{
    transfer_publish_response(transfer, response);
    transfer_notify(transfer, TRANSFER_EVENT_RESPONSE);
}

/* A redirect that is followed is no answer yet; one that cannot be followed is. */
static bool take_redirect(struct exchange *exchange, struct response *response)
{
    struct transfer *transfer = exchange->transfer;
    const char *location = header_list_find(response_get_headers(response), "Location");
    enum transfer_error_code error;

    error = redirect_follow(&exchange->hop, response_get_status(response), location);
    if (error) {
        publish_head(transfer, response);
        exchange_fail(exchange, error);
        return false;
    }
    transfer_handle(exchange->engine, transfer, STATE_EVENT_REDIRECT);
    return true;
}

bool transfer_take_head(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    struct response_parser *parser = &exchange->parser;
    struct header_list *headers = parser->headers;
    bool good = true;
    struct response *response;

    parser->headers = NULL;
    exchange->head_final = true;
    if (response_create(parser->status, exchange->hop.url.text, exchange->hop.method, headers,
                        &response)) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    exchange->active_ms = exchange->engine->now_ms;
    exchange_check_by(exchange, exchange->active_ms + exchange->engine->settings.stall_timeout_ms);

    if (redirect_is_status(parser->status)) {
        good = take_redirect(exchange, response);
    } else if (!response_is_whole(response)) {
        publish_head(transfer, response);
        exchange_fail(exchange, TRANSFER_ERROR_INVALID_RESPONSE);
        good = false;
    } else if (response_is_success(response)) {
        publish_head(transfer, response);
        transfer_handle(exchange->engine, transfer, STATE_EVENT_SUCCESS);
        good = !exchange->failure.code;
    } else {
        publish_head(transfer, response);
        transfer_error_describe_status(parser->status, exchange->hop.url.host, &exchange->failure);
        transfer_handle(exchange->engine, transfer, STATE_EVENT_REFUSAL);
    }
    response_release(response);
    return good;
}

static bool write_body(struct exchange *exchange, const char *data, size_t size)
{
    uint64_t before = exchange->writer.offset;
    enum port_status status = body_writer_add(&exchange->writer, data, size);

    if (status || exchange->writer.offset != before)
        engine_park_if_abandoned();
    if (exchange->writer.offset != before)
        publish_written(exchange);
    if (status)
        exchange_fail_file(exchange, status, exchange->transfer->file.path);
    exchange_check_by(exchange, exchange->report_due_ms);
    return !status;
}

bool transfer_take_body(struct exchange *exchange, const char *data, size_t size)
{
    bool full;

    switch (exchange->transfer->state) {
    case STATE_RECEIVING:
        return write_body(exchange, data, size);
    case STATE_REFUSED:
        return !transfer_keep_error_body(exchange->transfer, data, size, &full) && !full;
    case STATE_REDIRECTED:
        exchange->dropped += size;
        return exchange->dropped <= LIMIT_REDIRECT_BODY;
    default:
        return false;
    }
}

/* libcurl's reason, if there is none of our own that made it stop. */
static void take_failure(struct exchange *exchange, CURLcode code)
{
    struct curl_failure failure = {
        .code = code,
        .sent = exchange->sent,
        .head_missing = !exchange->head_final,
        .host = exchange->hop.url.host,
        .detail = exchange->detail,
    };
    long proxy_result = 0;

    if (exchange->failure.code)
        return;
    network()->get_long(exchange->easy, CURLINFO_OS_ERRNO, &failure.system_error);
    network()->get_long(exchange->easy, CURLINFO_SSL_VERIFYRESULT, &failure.verify_result);
    network()->get_long(exchange->easy, CURLINFO_PROXY_SSL_VERIFYRESULT, &proxy_result);
    network()->get_long(exchange->easy, CURLINFO_HTTP_CONNECTCODE, &failure.tunnel_status);
    if (!failure.verify_result)
        failure.verify_result = proxy_result;
    curl_error_describe(&failure, &exchange->failure);
}

void transfer_take_end(struct exchange *exchange, CURLcode code)
{
    struct transfer *transfer = exchange->transfer;
    bool good = !code;

    if (!exchange->head_final && exchange->parser.complete &&
        (!code || code == CURLE_SEND_FAIL_REWIND))
        good = transfer_take_head(exchange) && good;
    if (code)
        take_failure(exchange, code);
    if (good && transfer->state == STATE_RECEIVING)
        good = !flush(exchange);
    transfer_handle(exchange->engine, transfer, good ? STATE_EVENT_END : STATE_EVENT_FAIL);
}

static uint64_t wait_limit(const struct exchange *exchange)
{
    const struct engine_settings *settings = &exchange->engine->settings;

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

uint64_t transfer_check(struct exchange *exchange)
{
    uint64_t now = exchange->engine->now_ms, limit = wait_limit(exchange);
    struct transfer *transfer = exchange->transfer;
    const struct body_writer *writer = &exchange->writer;
    bool news = writer->used || writer->offset != transfer->reported;

    if (now >= limit) {
        /* A head that libcurl might have answered itself, had its body ended. */
        if (!exchange->head_final && exchange->parser.complete)
            transfer_take_head(exchange);
        exchange_fail(exchange, TRANSFER_ERROR_TIMEOUT);
        transfer_handle(exchange->engine, transfer, STATE_EVENT_FAIL);
        return UINT64_MAX;
    }
    if (!news)
        return next_look(exchange);
    if (now >= exchange->report_due_ms) {
        if (flush(exchange)) {
            transfer_handle(exchange->engine, transfer, STATE_EVENT_FAIL);
            return UINT64_MAX;
        }
        report(exchange);
        return limit;
    }
    return limit < exchange->report_due_ms ? limit : exchange->report_due_ms;
}
