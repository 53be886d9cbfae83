/* SPDX-License-Identifier: MIT */
/* What every request has, and what depends on the hop. docs/engine.md has the reasons. */
#include <string.h>

#include "callbacks.h"
#include "exchange.h"
#include "http_request.h"
#include "limits.h"
#include "request_headers.h"
#include "request_setup.h"
#include "transfer_speed.h"

/* The same for every request, but for the buffer. */
static void set_policy(struct request_setup *setup, const struct exchange *exchange)
{
    static const struct request_option policy[] = {
        { CURLOPT_NOSIGNAL, 1 },
        { CURLOPT_QUICK_EXIT, 1 }, /* else a cancel waits for the resolver */
        { CURLOPT_NOPROGRESS, 1 },
        { CURLOPT_TCP_KEEPALIVE, 1 },
        { CURLOPT_FOLLOWLOCATION, 0 },             /* redirect.c does */
        { CURLOPT_MAXREDIRS, LIMIT_LOGIN_ROUNDS }, /* which libcurl counts as redirects */
        { CURLOPT_AUTOREFERER, 0 },
        { CURLOPT_UNRESTRICTED_AUTH, 0 },
        { CURLOPT_NETRC, CURL_NETRC_IGNORED },
        { CURLOPT_DISALLOW_USERNAME_IN_URL, 1 },
        { CURLOPT_HTTP09_ALLOWED, 0 },
        { CURLOPT_HTTP_CONTENT_DECODING, 0 }, /* the file holds what the server sent and counted */
        { CURLOPT_SUPPRESS_CONNECT_HEADERS, 1 },
        { CURLOPT_HEADEROPT, CURLHEADER_SEPARATE }, /* the caller's headers are not the proxy's */
        { CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
        { CURLOPT_SSL_VERIFYPEER, 1 },
        { CURLOPT_SSL_VERIFYHOST, 2 },
        { CURLOPT_PROXY_SSL_VERIFYPEER, 1 },
        { CURLOPT_PROXY_SSL_VERIFYHOST, 2 },
    };

    request_set_longs(setup, policy, sizeof(policy) / sizeof(*policy));
    /* Refused by a used handle that still has a buffer, as after a stream of a shared connection.
     */
    network()->set_long(setup->easy, CURLOPT_BUFFERSIZE, transfer_buffer_size(exchange));
    request_set_pointer(setup, CURLOPT_PROTOCOLS_STR, "http,https");
    request_set_pointer(setup, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    request_set_pointer(setup, CURLOPT_USERAGENT, "winrt-backgroundtransfer/0.1");
}

/*
 * Credentials are the first origin's; no other one gets them, also not on the way back. libcurl
 * keeps connections that were authenticated (NTLM, Negotiate, a proxy's tunnel) apart by user and
 * password only in some cases, and had holes there more than once; so a request with credentials
 * gets a connection that nobody else has had or will have, and HTTP/1.1, whose connections carry
 * one request at a time.
 *
 * libcurl repeats a request by itself when a connection dies that was not made for it, or that
 * somebody else has joined since; one that does something twice must therefore be alone as well.
 */
static bool has_credentials(const struct exchange *exchange)
{
    const struct transfer *transfer = exchange->transfer;
    const struct url *url = &exchange->url;

    return transfer->proxy.user ||
           (!exchange->hop.left_origin && (transfer->server.user || url->user || url->password));
}

static void set_credentials(struct request_setup *setup, const struct exchange *exchange)
{
    const struct transfer *transfer = exchange->transfer;
    const struct url *url = &exchange->url;

    request_set_long(setup, CURLOPT_PROXYAUTH, (long)CURLAUTH_ANY);
    if (transfer->proxy.user) {
        request_set_pointer(setup, CURLOPT_PROXYUSERNAME, transfer->proxy.user);
        request_set_pointer(setup, CURLOPT_PROXYPASSWORD, transfer->proxy.password);
    }
    if (!exchange->hop.left_origin && transfer->server.user) {
        request_set_long(setup, CURLOPT_HTTPAUTH, (long)CURLAUTH_ANY);
        request_set_pointer(setup, CURLOPT_USERNAME, transfer->server.user);
        request_set_pointer(setup, CURLOPT_PASSWORD, transfer->server.password);
    } else if (!exchange->hop.left_origin && (url->user || url->password)) {
        request_set_long(setup, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        request_set_pointer(setup, CURLOPT_USERNAME, url->user ? url->user : "");
        request_set_pointer(setup, CURLOPT_PASSWORD, url->password ? url->password : "");
    }
    request_set_long(setup, CURLOPT_FRESH_CONNECT, exchange->alone);
    request_set_long(setup, CURLOPT_FORBID_REUSE, exchange->alone);
    request_set_long(setup, CURLOPT_HTTP_VERSION,
                     exchange->http1 ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS);
}

/* Opens the request's body. Its length is what the file has now. */
static bool open_body(struct exchange *exchange)
{
    const char *path = exchange->transfer->body_path;
    struct file_info info = { .kind = FILE_KIND_FILE };
    enum port_status status =
        file_open(path, FILE_OPEN_READ | FILE_OPEN_OWN_LINKS, &exchange->body);

    if (!status)
        status = file_get_info(exchange->body, &info);
    engine_park_if_abandoned();
    if (!status && info.kind != FILE_KIND_FILE)
        status = info.kind == FILE_KIND_FOLDER ? PORT_IS_A_FOLDER : PORT_NOT_SUPPORTED;
    if (status) {
        exchange_fail_file(exchange, status, path);
        return false;
    }
    exchange->body_size = info.size;
    exchange->body_position = 0;
    return true;
}

/* RFC 9110, 8.6: these say "Content-Length: 0" rather than nothing. */
static bool expects_body(const char *method)
{
    return !strcmp(method, "POST") || !strcmp(method, "PUT") || !strcmp(method, "PATCH");
}

/*
 * CURLOPT_UPLOAD rather than CURLOPT_POST, also for POST: it sends any method's body from a
 * callback and invents no Content-Type. libcurl then asks "Expect: 100-continue" and waits a second
 * at most, so that a refused large body need not be sent first; see make_headers for small ones.
 */
static bool set_method(struct request_setup *setup, struct exchange *exchange)
{
    const struct hop *hop = &exchange->hop;

    if (hop->with_body && !open_body(exchange))
        return false;
    if (hop->with_body || expects_body(hop->method)) {
        request_set_long(setup, CURLOPT_UPLOAD, 1);
        request_set_size(setup, CURLOPT_INFILESIZE_LARGE, hop->with_body ? exchange->body_size : 0);
    } else if (!strcmp(hop->method, "HEAD")) {
        request_set_long(setup, CURLOPT_NOBODY, 1);
    }
    if (strcmp(hop->method, "GET") || hop->with_body)
        request_set_pointer(setup, CURLOPT_CUSTOMREQUEST, hop->method);
    return true;
}

static void set_callbacks(struct request_setup *setup, struct exchange *exchange)
{
    request_set_function(setup, CURLOPT_HEADERFUNCTION, (void (*)(void))callback_header);
    request_set_pointer(setup, CURLOPT_HEADERDATA, exchange);
    request_set_function(setup, CURLOPT_WRITEFUNCTION, (void (*)(void))callback_write);
    request_set_pointer(setup, CURLOPT_WRITEDATA, exchange);
    request_set_function(setup, CURLOPT_READFUNCTION, (void (*)(void))callback_read);
    request_set_pointer(setup, CURLOPT_READDATA, exchange);
    request_set_function(setup, CURLOPT_SEEKFUNCTION, (void (*)(void))callback_seek);
    request_set_pointer(setup, CURLOPT_SEEKDATA, exchange);
    request_set_function(setup, CURLOPT_SOCKOPTFUNCTION, (void (*)(void))callback_socket);
    request_set_pointer(setup, CURLOPT_SOCKOPTDATA, exchange);
    request_set_function(setup, CURLOPT_PREREQFUNCTION, (void (*)(void))callback_request);
    request_set_pointer(setup, CURLOPT_PREREQDATA, exchange);
    request_set_pointer(setup, CURLOPT_ERRORBUFFER, exchange->detail);
}

/* What is to be the same body as the parts at hand (RFC 9110, 13.1.5). The documented servers of
 * random access have no tag and do not look at it. */
static enum port_status add_if_range(struct exchange *exchange)
{
    const struct range_request *range = &exchange->range;
    const char *value;

    if ((!range->offset && !range->length) || range->random_access)
        return PORT_OK;
    value = resume_if_range(&exchange->transfer->body->version);
    return value ? request_headers_add(&exchange->headers, "If-Range", value) : PORT_OK;
}

/* Without "Expect" a small body is sent at once: a server that does not know it costs a second. */
static enum port_status make_headers(struct exchange *exchange)
{
    const struct hop *hop = &exchange->hop;
    enum port_status status;

    mutex_lock(&exchange->transfer->mutex);
    status = request_headers_make(exchange->transfer->headers, hop, &exchange->headers);
    mutex_unlock(&exchange->transfer->mutex);
    if (!status)
        status = add_if_range(exchange);
    if (!status && hop->with_body && exchange->body_size <= LIMIT_UNASKED_BODY)
        status = request_headers_omit(&exchange->headers, "Expect");
    return status;
}

bool http_request_prepare(struct exchange *exchange)
{
    const struct engine_settings *settings = &exchange->engine->settings;
    struct request_setup setup = { exchange->easy, CURLE_OK };
    enum port_status status;

    exchange->alone = has_credentials(exchange) || !method_is_idempotent(exchange->hop.method);
    /* libcurl 7.88's HTTP/2: a stream that is held back holds up the others of its connection. */
    exchange->http1 = exchange->alone || exchange->trunk || transfer_is_limited(exchange);
    set_policy(&setup, exchange);
    if (!request_set_certificates(exchange))
        return false;
    set_credentials(&setup, exchange);
    request_set_long(&setup, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout_ms);
    request_set_pointer(&setup, CURLOPT_URL, exchange->hop.url.text);
    if (exchange->range_text[0])
        request_set_pointer(&setup, CURLOPT_RANGE, exchange->range_text);
    if (!set_method(&setup, exchange))
        return false;
    status = make_headers(exchange);
    if (status) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    request_set_pointer(&setup, CURLOPT_HTTPHEADER, exchange->headers);
    set_callbacks(&setup, exchange);
    return request_setup_finish(&setup, exchange);
}
