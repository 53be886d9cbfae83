/* SPDX-License-Identifier: MIT */
/* Running exchanges, and the idle ones that are used again. */
#include "branch.h"
#include "curl_error.h"
#include "exchange.h"
#include "ftp_request.h"
#include "http_request.h"
#include "src/port/memory.h"
#include "transfer_speed.h"
#include "vanguard.h"

static struct exchange *create(struct engine *engine)
{
    struct exchange *exchange = memory_zalloc(sizeof(*exchange));

    if (!exchange)
        return NULL;
    exchange->easy = network()->easy_init();
    if (!exchange->easy) {
        memory_free(exchange);
        return NULL;
    }
    exchange->engine = engine;
    /* Kept by easy_reset. What cannot share has TLS sessions of its own. */
    if (engine->share)
        network()->set_pointer(exchange->easy, CURLOPT_SHARE, engine->share);
    exchange->body = FILE_HANDLE_NONE;
    body_writer_init(&exchange->writer);
    response_parser_init(&exchange->parser);
    return exchange;
}

enum port_status exchange_take(struct engine *engine, struct transfer *transfer,
                               struct exchange **ret)
{
    struct exchange *exchange = engine->idle;

    *ret = NULL;
    if (exchange)
        engine->idle = exchange->next;
    else
        exchange = create(engine);
    if (!exchange)
        return PORT_NO_MEMORY;

    exchange->previous = NULL;
    exchange->next = engine->running;
    if (exchange->next)
        exchange->next->previous = exchange;
    engine->running = exchange;
    exchange->transfer = transfer;
    *ret = exchange;
    return PORT_OK;
}

/*
 * Of several HTTP/2 streams that are held back libcurl 7.88 does not free what it has kept when
 * they are removed; so it hands that over first.
 */
static void drain(struct exchange *exchange)
{
    exchange->drains = true;
    network()->easy_pause(exchange->easy, CURLPAUSE_CONT);
    exchange->drains = false;
}

void exchange_abort(struct exchange *exchange)
{
    if (exchange->added && exchange->throttled.waits)
        drain(exchange);
    if (exchange->added)
        network()->multi_remove(exchange->engine->multi, exchange->easy);
    exchange->added = false;
    vanguard_leave(exchange);
    throttle_leave(&exchange->engine->throttle, &exchange->throttled);
    throttle_give_back(&exchange->throttled);
    exchange->throttled = (struct throttled){ 0 };
    network()->easy_reset(exchange->easy);
    network()->list_free(exchange->headers);
    exchange->headers = NULL;
    file_close(exchange->body);
    exchange->body = FILE_HANDLE_NONE;
}

void exchange_close_file(struct exchange *exchange)
{
    open_file_release(exchange->file);
    exchange->file = NULL;
}

void exchange_put_back(struct exchange *exchange)
{
    struct engine *engine = exchange->engine;

    branch_drop_all(exchange);
    exchange_abort(exchange);
    exchange->trunk = NULL;
    exchange->rests = false;
    exchange->came = false;
    exchange->plan = (struct range_plan){ 0 };
    hop_free(&exchange->hop);
    url_free(&exchange->url);
    response_parser_destroy(&exchange->parser);
    exchange_close_file(exchange);
    body_writer_begin(&exchange->writer, FILE_HANDLE_NONE, 0);
    exchange->ask_whole = false;
    exchange->saved_bytes = 0;
    exchange->failure = (struct transfer_error){ 0 };
    exchange->transfer = NULL;

    if (exchange->previous)
        exchange->previous->next = exchange->next;
    else
        engine->running = exchange->next;
    if (exchange->next)
        exchange->next->previous = exchange->previous;
    exchange->next = engine->idle;
    engine->idle = exchange;
}

void exchange_free_idle(struct engine *engine)
{
    while (engine->idle) {
        struct exchange *exchange = engine->idle;

        engine->idle = exchange->next;
        network()->easy_cleanup(exchange->easy);
        body_writer_destroy(&exchange->writer);
        memory_free(exchange);
    }
}

/* A request that must not be sent twice is in the record before it is sent once. */
static enum port_status count_attempt(struct transfer *transfer)
{
    enum port_status status = PORT_OK;

    mutex_lock(&transfer->mutex);
    transfer->attempts++;
    if (!method_is_idempotent(transfer->method))
        status = transfer_save_locked(transfer);
    mutex_unlock(&transfer->mutex);
    return status;
}

bool exchange_send(struct exchange *exchange)
{
    struct engine *engine = exchange->engine;
    enum port_status status;

    response_parser_destroy(&exchange->parser);
    body_writer_begin(&exchange->writer, FILE_HANDLE_NONE, 0);
    exchange->head_final = false;
    exchange->again = false;
    exchange->length = 0;
    exchange->verdict = RANGE_WHOLE;
    exchange->named = false;
    exchange->sent = false;
    exchange->dropped = 0;
    exchange->stop_at = NO_STOP;
    exchange->met = false;
    exchange->asked_ms = exchange->active_ms = engine->now_ms;
    exchange->failure = (struct transfer_error){ 0 };
    exchange->detail[0] = 0;
    transfer_drop_error_body(exchange->transfer);
    transfer_find_limits(exchange);
    status = exchange->trunk ? PORT_OK : count_attempt(exchange->transfer);
    if (status) {
        exchange_fail_file(exchange, status, "the app's store");
        return false;
    }
    if (exchange->hop.url.ftp ? !ftp_request_prepare(exchange) : !http_request_prepare(exchange))
        return false;
    return vanguard_send(exchange);
}

void exchange_fail(struct exchange *exchange, enum transfer_error_code code)
{
    const char *host = exchange->hop.url.host;

    if (!exchange->failure.code)
        transfer_error_describe(code, host ? host : "", &exchange->failure);
}

void exchange_fail_libcurl(struct exchange *exchange, CURLcode code, const char *detail)
{
    struct curl_failure failure = {
        .code = code,
        .host = exchange->hop.url.host,
        .detail = detail,
    };

    if (!exchange->failure.code)
        curl_error_describe(&failure, &exchange->failure);
}

void exchange_fail_file(struct exchange *exchange, enum port_status status, const char *path)
{
    if (exchange->failure.code)
        return;
    if (status == PORT_NO_MEMORY)
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
    else
        transfer_error_describe_file(status, path ? path : "a private file", &exchange->failure);
}

void exchange_check_by(struct exchange *exchange, uint64_t time_ms)
{
    if (time_ms < exchange->engine->check_due_ms)
        exchange->engine->check_due_ms = time_ms;
}
