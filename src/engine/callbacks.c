/* SPDX-License-Identifier: MIT */
/* libcurl's callbacks: they translate, and leave decisions to transfer_run.c. */
#include <stdio.h>

#include "callbacks.h"
#include "exchange.h"
#include "ftp_request.h"
#include "limits.h"
#include "src/port/clock.h"
#include "src/port/sockets.h"
#include "transfer_run.h"
#include "transfer_speed.h"
#include "vanguard.h"

int callback_socket(void *context, curl_socket_t socket, curlsocktype purpose)
{
    (void)purpose;
    vanguard_named(context);
    socket_keep_from_children((intptr_t)socket);
    return CURL_SOCKOPT_OK;
}

int callback_request(void *context, char *address, char *local, int port, int local_port)
{
    struct exchange *exchange = context;

    (void)address, (void)local, (void)port, (void)local_port;
    if (!certificate_store_allows(&exchange->engine->certificates, exchange->easy,
                                  exchange->hop.url.secure)) {
        exchange_fail(exchange, TRANSFER_ERROR_CERTIFICATE_INVALID);
        return CURL_PREREQFUNC_ABORT;
    }
    vanguard_sent(exchange);
    exchange->active_ms = exchange->engine->now_ms;
    exchange_check_by(exchange,
                      exchange->active_ms + exchange->engine->settings.response_timeout_ms);
    return CURL_PREREQFUNC_OK;
}

/*
 * Heads that libcurl may answer by itself with another request: to log in (401, 407), or without
 * Expect (417). Only a byte of body or the end of the exchange tells that it did not.
 */
static bool is_tentative(int status)
{
    return status == 401 || status == 407 || status == 417;
}

size_t callback_header(char *line, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    struct response_parser *parser = &exchange->parser;
    enum port_status status = response_parser_add(parser, line, size * count);

    if (status) {
        exchange_fail(exchange, status == PORT_NO_MEMORY ? TRANSFER_ERROR_NO_MEMORY
                                                         : TRANSFER_ERROR_INVALID_RESPONSE);
        return 0;
    }
    if (parser->complete && !exchange->head_final && !is_tentative(parser->status) &&
        !transfer_take_head(exchange))
        return 0;
    return size * count;
}

/* What the write callback answers. */
static size_t take_body(struct exchange *exchange, const char *data, size_t size, body_taker take)
{
    if (exchange->drains)
        return size;
    if (!throttled_is_free(&exchange->throttled))
        return transfer_take_at_speed(exchange, data, size, take);
    return take(exchange, data, size) ? size : 0;
}

size_t callback_write(char *data, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;

    exchange->active_ms = exchange->engine->now_ms;
    if (!exchange->head_final) {
        if (!exchange->parser.complete) {
            exchange_fail(exchange, TRANSFER_ERROR_INVALID_RESPONSE);
            return 0;
        }
        if (!transfer_take_head(exchange))
            return 0;
    }
    return take_body(exchange, data, size * count, transfer_take_body);
}

size_t callback_read(char *buffer, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    uint64_t left = exchange->body_size - exchange->body_position;
    size_t wanted = size * count, got = 0;
    enum port_status status;

    if (wanted > left)
        wanted = (size_t)left;
    if (!wanted)
        return 0;
    status = file_read_at(exchange->body, exchange->body_position, buffer, wanted, &got);
    engine_park_if_abandoned();
    /* Fewer bytes than were announced: somebody has cut the file. */
    if (!status && !got)
        status = PORT_IO;
    if (status) {
        exchange_fail_file(exchange, status, exchange->transfer->body_path);
        return CURL_READFUNC_ABORT;
    }
    exchange->body_position += got;
    exchange->active_ms = exchange->engine->now_ms;
    exchange_check_by(exchange, socket_send_wait_until(exchange->engine->now_ms));
    return got;
}

int callback_seek(void *context, curl_off_t offset, int origin)
{
    struct exchange *exchange = context;

    if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > exchange->body_size)
        return CURL_SEEKFUNC_FAIL;
    exchange->body_position = (uint64_t)offset;
    return CURL_SEEKFUNC_OK;
}

size_t callback_ftp_line(char *line, size_t size, size_t count, void *context)
{
    (void)line, (void)context;
    return size * count;
}

size_t callback_ftp_write(char *data, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;

    exchange->active_ms = exchange->engine->now_ms;
    if (!exchange->head_final && !ftp_take_head(exchange))
        return 0;
    return take_body(exchange, data, size * count, ftp_take_body);
}

int callback_ftp_talk(CURL *easy, curl_infotype type, char *data, size_t size, void *context)
{
    struct exchange *exchange = context;

    (void)easy;
    if (type == CURLINFO_HEADER_OUT) {
        ftp_talk_sent(&exchange->ftp, data, size);
    } else if (type == CURLINFO_HEADER_IN) {
        exchange->active_ms = exchange->engine->now_ms;
        ftp_talk_received(&exchange->ftp, data, size);
    }
    return 0;
}

/*
 * In one turn of the loop libcurl asks many times only while it waits: for the server's word that
 * the file has ended, or for its goodbye, which nobody needs. It looks once a second.
 */
int callback_ftp_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
                          curl_off_t up_now)
{
    struct exchange *exchange = context;
    uint64_t now_ms = clock_monotonic_ms();

    (void)total, (void)now, (void)up_total, (void)up_now;
    engine_park_if_abandoned();
    if (exchange->ftp.command == FTP_COMMAND_QUIT)
        return 1;
    if (exchange->ftp_turn_ms != exchange->engine->now_ms) {
        exchange->ftp_turn_ms = exchange->engine->now_ms;
        exchange->ftp_since_ms = now_ms;
    }
    if (now_ms - exchange->ftp_since_ms < LIMIT_FTP_WAIT_MS)
        return 0;
    exchange_fail(exchange, TRANSFER_ERROR_TIMEOUT);
    return 1;
}
