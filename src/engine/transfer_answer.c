/* SPDX-License-Identifier: MIT */
/* An answer, from its head to its end: what it is worth, and where its bytes go. */
#include "branch.h"
#include "curl_error.h"
#include "ftp_request.h"
#include "limits.h"
#include "transfer_run.h"

/* What ftp says is not a response to the application (GetResponseInformation). */
static void publish_head(struct exchange *exchange, struct response *response)
{
    struct transfer *transfer = exchange->transfer;

    if (exchange->hop.url.ftp)
        return;
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
        publish_head(exchange, response);
        exchange_fail(exchange, error);
        return false;
    }
    transfer_handle(exchange->engine, transfer, STATE_EVENT_REDIRECT);
    return true;
}

static bool take_success(struct exchange *exchange, struct response *response)
{
    publish_head(exchange, response);
    transfer_handle(exchange->engine, exchange->transfer, STATE_EVENT_SUCCESS);
    return !exchange->failure.code;
}

/* The body that is there is the whole one. The answer that told so is about no byte of it, so the
 * one before stays what the application sees. */
static bool take_done(struct exchange *exchange, struct response *response)
{
    (void)response;
    transfer_handle(exchange->engine, exchange->transfer, STATE_EVENT_SUCCESS);
    return true;
}

static bool take_again(struct exchange *exchange, struct response *response)
{
    (void)response;
    exchange->again = true;
    return false;
}

static bool take_refused(struct exchange *exchange, struct response *response)
{
    publish_head(exchange, response);
    return false; /* the failure is there already */
}

static bool take_error(struct exchange *exchange, struct response *response)
{
    publish_head(exchange, response);
    transfer_error_describe_status(response_get_status(response), exchange->hop.url.host,
                                   &exchange->failure);
    transfer_handle(exchange->engine, exchange->transfer, STATE_EVENT_REFUSAL);
    return true;
}

static enum range_verdict judge(struct exchange *exchange, struct response *response)
{
    static const struct body_version nothing;
    struct transfer *transfer = exchange->transfer;
    const struct body_version *version =
        transfer->body && !exchange->ask_whole ? &transfer->body->version : &nothing;
    enum transfer_error_code error = TRANSFER_ERROR_INVALID_RESPONSE;
    enum range_verdict verdict =
        resume_judge(version, &exchange->range, response, &exchange->length, &error);

    if (verdict == RANGE_REFUSED)
        exchange_fail(exchange, error);
    return verdict;
}

static bool is_about_ranges(const struct exchange *exchange, int status)
{
    return status == 206 || (status == 416 && exchange->range_text[0]);
}

static bool take_answer(struct exchange *exchange, struct response *response)
{
    static bool (*const takers[])(struct exchange *, struct response *) = {
        [RANGE_CONTINUE] = take_success, [RANGE_WHOLE] = take_success,   [RANGE_DONE] = take_done,
        [RANGE_AGAIN] = take_again,      [RANGE_REFUSED] = take_refused,
    };
    int status = response_get_status(response);

    if (redirect_is_status(status))
        return take_redirect(exchange, response);
    if (!response_is_success(response) && !is_about_ranges(exchange, status))
        return take_error(exchange, response);
    exchange->verdict = RANGE_WHOLE;
    exchange->length = 0;
    if (status == 200 || is_about_ranges(exchange, status))
        exchange->verdict = judge(exchange, response);
    return takers[exchange->verdict](exchange, response);
}

bool transfer_take_response(struct exchange *exchange, struct response *response)
{
    bool good;

    exchange->head_final = true;
    exchange->active_ms = exchange->engine->now_ms;
    exchange_check_by(exchange, exchange->active_ms + exchange->engine->settings.stall_timeout_ms);
    exchange->answer = response;
    good = take_answer(exchange, response);
    exchange->answer = NULL;
    response_release(response);
    return good;
}

bool transfer_take_head(struct exchange *exchange)
{
    struct response_parser *parser = &exchange->parser;
    struct header_list *headers = parser->headers;
    struct response *response;

    if (exchange->trunk)
        return branch_take_head(exchange);
    parser->headers = NULL;
    exchange->head_final = true;
    if (response_create(parser->status, exchange->hop.url.text, exchange->hop.method, headers,
                        &response)) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    return transfer_take_response(exchange, response);
}

/* More than the range that was asked for, or than the whole has, is of another body. */
static bool is_too_long(const struct exchange *exchange, size_t size)
{
    const struct body_version *version = &exchange->transfer->body->version;
    uint64_t at = exchange->writer.offset + exchange->writer.used;
    uint64_t end = exchange->length ? exchange->begun_at + exchange->length : version->total;

    return end && (at > end || size > end - at);
}

/* As many as there are before what others bring. */
static size_t up_to_stop(struct exchange *exchange, size_t size)
{
    uint64_t at = exchange->writer.offset + exchange->writer.used;

    if (exchange->stop_at > at && exchange->stop_at - at > size)
        return size;
    exchange->met = true;
    return exchange->stop_at > at ? (size_t)(exchange->stop_at - at) : 0;
}

bool transfer_write_body(struct exchange *exchange, const char *data, size_t size)
{
    uint64_t before = exchange->writer.offset;
    enum port_status status;

    if (exchange->verdict == RANGE_DONE)
        return true;
    if (is_too_long(exchange, size)) {
        exchange_fail(exchange, TRANSFER_ERROR_INVALID_RESPONSE);
        return false;
    }
    size = up_to_stop(exchange, size);
    status = body_writer_add(&exchange->writer, data, size);
    if (status || exchange->writer.offset != before)
        engine_park_if_abandoned();
    if (exchange->writer.offset != before)
        transfer_tell_written(exchange, before);
    if (status)
        exchange_fail_file(exchange, status, exchange->transfer->path);
    exchange_check_by(exchange, exchange_trunk(exchange)->report_due_ms);
    return !status && !exchange->met;
}

bool transfer_take_body(struct exchange *exchange, const char *data, size_t size)
{
    bool full;

    if (exchange->trunk)
        return branch_take_body(exchange, data, size);
    switch (exchange->transfer->state) {
    case STATE_RECEIVING:
        return transfer_write_body(exchange, data, size);
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

/* The exchange has ended well; whether all of the body is there is another question. */
static enum state_event judge_end(struct exchange *exchange)
{
    struct transfer *transfer = exchange->transfer;
    uint64_t have, total;

    if (exchange->verdict == RANGE_DONE)
        return STATE_EVENT_END;
    if (transfer_flush(exchange))
        return STATE_EVENT_FAIL;
    total = transfer->body->version.total;
    have = transfer->progress.bytes_received;
    if (!total || have == total)
        return STATE_EVENT_END;
    if (exchange->met ||
        (transfer_has_ranges(transfer) && exchange->writer.offset > exchange->begun_at))
        return STATE_EVENT_MORE;
    exchange_fail(exchange, TRANSFER_ERROR_CONNECTION_ABORTED);
    return STATE_EVENT_FAIL;
}

static enum state_event judge_exchange(struct exchange *exchange, bool good)
{
    switch (exchange->transfer->state) {
    case STATE_REDIRECTED:
        return STATE_EVENT_END;
    case STATE_RECEIVING:
        return good ? judge_end(exchange) : STATE_EVENT_FAIL;
    default:
        return STATE_EVENT_FAIL; /* no answer at all, or one that says no */
    }
}

void transfer_take_end(struct exchange *exchange, CURLcode code)
{
    struct transfer *transfer = exchange->transfer;
    enum state_event event;
    bool good;

    if (exchange->trunk) {
        branch_take_end(exchange, code);
        return;
    }
    if (exchange->met)
        code = CURLE_OK;
    if (exchange->hop.url.ftp)
        code = ftp_take_end(exchange, code);
    good = !code && !exchange->failure.code;
    if (!exchange->head_final && exchange->parser.complete &&
        (!code || code == CURLE_SEND_FAIL_REWIND || code == CURLE_TOO_MANY_REDIRECTS))
        good = transfer_take_head(exchange) && good;
    if (exchange->again) {
        transfer_handle(exchange->engine, transfer, STATE_EVENT_AGAIN);
        return;
    }
    if (code)
        take_failure(exchange, code);
    event = judge_exchange(exchange, good);
    if (event == STATE_EVENT_FAIL)
        transfer_fail(exchange);
    else
        transfer_handle(exchange->engine, transfer, event);
}
