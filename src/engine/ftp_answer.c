/* SPDX-License-Identifier: MIT */
/*
 * An answer of ftp in HTTP's words: size and time of the file become a Content-Range and an ETag,
 * so that the rules for both are the same ones.
 */
#include <inttypes.h>

#include "ftp_request.h"
#include "src/port/memory.h"
#include "transfer_run.h"

/* Takes `value` over. */
static enum port_status add(struct header_list *headers, const char *name, char *value)
{
    enum port_status status = value ? header_list_append(headers, name, value) : PORT_NO_MEMORY;

    memory_free(value);
    return status;
}

/* "FIRST-LAST/TOTAL" of what comes now. */
static char *make_range(const struct range_request *range, uint64_t total)
{
    uint64_t last = total - 1;

    if (range->length && range->length < total - range->offset)
        last = range->offset + range->length - 1;
    return memory_format("bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, range->offset, last, total);
}

static bool asks_range(const struct range_request *range)
{
    return range->offset || range->length || range->random_access;
}

static enum port_status make_headers(const struct exchange *exchange, bool part,
                                     struct header_list *headers)
{
    const struct ftp_talk *talk = &exchange->ftp;
    enum port_status status = PORT_OK;

    if (!talk->has_size)
        return PORT_OK;
    if (part)
        status = add(headers, "Content-Range", make_range(&exchange->range, talk->size));
    else
        status = add(headers, "Content-Length", memory_format("%" PRIu64, talk->size));
    if (!status)
        status = header_list_append(headers, "Accept-Ranges", "bytes");
    /* Both together are the version; without a time there is none, and it begins anew each time. */
    if (!status && talk->time[0])
        status = add(headers, "ETag", memory_format("\"%s-%" PRIu64 "\"", talk->time, talk->size));
    return status;
}

bool ftp_take_head(struct exchange *exchange)
{
    const struct ftp_talk *talk = &exchange->ftp;
    bool part =
        talk->has_size && exchange->range.offset < talk->size && asks_range(&exchange->range);
    struct header_list *headers = NULL;
    struct response *response;
    enum port_status status;

    /* libcurl would stop after "213 -5" at five bytes, and all would look well. */
    if (talk->wrong_size) {
        exchange->head_final = true;
        exchange_fail(exchange, TRANSFER_ERROR_INVALID_RESPONSE);
        return false;
    }
    /* Bytes that begin somewhere, of a file of which nothing is known. */
    if (exchange->range.offset && !part) {
        exchange->head_final = true;
        exchange->again = true;
        return false;
    }
    status = header_list_create(&headers);
    if (!status)
        status = make_headers(exchange, part, headers);
    if (status)
        header_list_free(headers);
    else
        status =
            response_create(part ? 206 : 200, exchange->hop.url.text, "GET", headers, &response);
    if (status) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    return transfer_take_response(exchange, response);
}

/* What was asked for has come, as far as anybody knows how much that is. */
static bool is_all_there(const struct exchange *exchange)
{
    uint64_t at = exchange->writer.offset + exchange->writer.used - exchange->begun_at;

    return exchange->length && at >= exchange->length;
}

/*
 * libcurl would wait for the server's last reply without letting the others run, for a minute if
 * need be. With all bytes at hand there is nothing to hear.
 */
bool ftp_take_body(struct exchange *exchange, const char *data, size_t size)
{
    if (!transfer_take_body(exchange, data, size))
        return false;
    exchange->ftp_all_there = is_all_there(exchange);
    return !exchange->ftp_all_there;
}

/* RFC 959, 4.2: 4yz asks to begin again later. 430 is a wrong password, where it is used at all. */
static bool is_passing(int code)
{
    return code >= 400 && code <= 499 && code != 430;
}

CURLcode ftp_take_end(struct exchange *exchange, CURLcode code)
{
    if (exchange->ftp_all_there)
        return CURLE_OK;
    switch (code) {
    case CURLE_OK:
        if (!exchange->head_final)
            ftp_take_head(exchange); /* a file without a byte */
        return code;
    case CURLE_FTP_COULDNT_USE_REST:
        if (exchange->range.random_access)
            exchange_fail(exchange, TRANSFER_ERROR_INSUFFICIENT_RANGES);
        else
            exchange->again = true;
        return code;
    case CURLE_BAD_DOWNLOAD_RESUME: /* the file has become shorter */
        exchange->again = true;
        return code;
    default:
        if (!exchange->head_final && is_passing(exchange->ftp.code))
            exchange_fail(exchange, TRANSFER_ERROR_CONNECTION_ABORTED);
        return code;
    }
}
