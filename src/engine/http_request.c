/* SPDX-License-Identifier: MIT */
/* What every request has, and what depends on the hop. docs/engine.md has the reasons. */
#include <string.h>

#include "callbacks.h"
#include "exchange.h"
#include "http_request.h"
#include "limits.h"
#include "request_headers.h"

/* Collects the first failure of many calls. */
struct setup {
    CURL *easy;
    CURLcode code;
};

static void set_long(struct setup *setup, CURLoption option, long value)
{
    if (!setup->code)
        setup->code = network()->set_long(setup->easy, option, value);
}

static void set_size(struct setup *setup, CURLoption option, uint64_t value)
{
    if (!setup->code)
        setup->code = network()->set_size(setup->easy, option, (curl_off_t)value);
}

static void set_pointer(struct setup *setup, CURLoption option, const void *value)
{
    if (!setup->code)
        setup->code = network()->set_pointer(setup->easy, option, value);
}

static void set_function(struct setup *setup, CURLoption option, void (*value)(void))
{
    if (!setup->code)
        setup->code = network()->set_function(setup->easy, option, value);
}

/* The same for every request. */
static void set_policy(struct setup *setup)
{
    static const struct {
        CURLoption option;
        long value;
    } policy[] = {
        { CURLOPT_NOSIGNAL, 1 },
        { CURLOPT_QUICK_EXIT, 1 }, /* else a cancel waits for the resolver */
        { CURLOPT_NOPROGRESS, 1 },
        { CURLOPT_TCP_KEEPALIVE, 1 },
        { CURLOPT_FOLLOWLOCATION, 0 }, /* redirect.c does */
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

    for (size_t i = 0; i < sizeof(policy) / sizeof(*policy); i++)
        set_long(setup, policy[i].option, policy[i].value);
    /* Refused by a used handle that still has a buffer, as after a stream of a shared connection.
     */
    network()->set_long(setup->easy, CURLOPT_BUFFERSIZE, NETWORK_BUFFER_SIZE);
    set_pointer(setup, CURLOPT_PROTOCOLS_STR, "http,https");
    set_pointer(setup, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set_pointer(setup, CURLOPT_USERAGENT, "winrt-backgroundtransfer/0.1");
}

/* False with exchange->failure filled in: better no request than one to anybody. */
static bool set_certificate_store(struct exchange *exchange)
{
    struct engine *engine = exchange->engine;
    CURLcode code = certificate_store_apply(&engine->certificates, &engine->settings,
                                            exchange->easy, exchange->hop.url.secure);

    engine_park_if_abandoned(); /* it may have taken its time */
    if (code)
        exchange_fail_libcurl(exchange, code, "the certificate store is empty or cannot be read");
    return !code;
}

/*
 * RFC 9110, 9.2.2. libcurl repeats a request by itself when a kept connection turns out to be dead;
 * one that does something twice must therefore not go out on such a connection.
 */
static bool is_idempotent(const char *method)
{
    return !strcmp(method, "GET") || !strcmp(method, "HEAD") || !strcmp(method, "PUT") ||
           !strcmp(method, "DELETE") || !strcmp(method, "OPTIONS") || !strcmp(method, "TRACE");
}

/*
 * Credentials are the first origin's; no other one gets them, also not on the way back. libcurl
 * keeps connections that were authenticated (NTLM, Negotiate, a proxy's tunnel) apart by user and
 * password only in some cases, and had holes there more than once; so a request with credentials
 * gets a connection that nobody else has had or will have, and HTTP/1.1, whose connections carry
 * one request at a time.
 */
static void set_credentials(struct setup *setup, const struct exchange *exchange)
{
    const struct transfer *transfer = exchange->transfer;
    bool authenticated = transfer->proxy.user;

    set_long(setup, CURLOPT_PROXYAUTH, (long)CURLAUTH_ANY);
    if (transfer->proxy.user) {
        set_pointer(setup, CURLOPT_PROXYUSERNAME, transfer->proxy.user);
        set_pointer(setup, CURLOPT_PROXYPASSWORD, transfer->proxy.password);
    }
    if (!exchange->hop.left_origin && transfer->server.user) {
        set_long(setup, CURLOPT_HTTPAUTH, (long)CURLAUTH_ANY);
        set_pointer(setup, CURLOPT_USERNAME, transfer->server.user);
        set_pointer(setup, CURLOPT_PASSWORD, transfer->server.password);
        authenticated = true;
    } else if (!exchange->hop.left_origin && (transfer->url.user || transfer->url.password)) {
        set_long(setup, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        set_pointer(setup, CURLOPT_USERNAME, transfer->url.user ? transfer->url.user : "");
        set_pointer(setup, CURLOPT_PASSWORD, transfer->url.password ? transfer->url.password : "");
        authenticated = true;
    }
    set_long(setup, CURLOPT_FRESH_CONNECT, authenticated || !is_idempotent(exchange->hop.method));
    set_long(setup, CURLOPT_FORBID_REUSE, authenticated);
    set_long(setup, CURLOPT_HTTP_VERSION,
             authenticated ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS);
}

/* Opens the request's body. Its length is what the file has now. */
static bool open_body(struct exchange *exchange)
{
    const char *path = exchange->transfer->body_path;
    struct file_info info;
    enum port_status status = file_open(path, FILE_OPEN_READ, &exchange->body);

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
static bool set_method(struct setup *setup, struct exchange *exchange)
{
    const struct hop *hop = &exchange->hop;

    if (hop->with_body && !open_body(exchange))
        return false;
    if (hop->with_body || expects_body(hop->method)) {
        set_long(setup, CURLOPT_UPLOAD, 1);
        set_size(setup, CURLOPT_INFILESIZE_LARGE, hop->with_body ? exchange->body_size : 0);
    } else if (!strcmp(hop->method, "HEAD")) {
        set_long(setup, CURLOPT_NOBODY, 1);
    }
    if (strcmp(hop->method, "GET") || hop->with_body)
        set_pointer(setup, CURLOPT_CUSTOMREQUEST, hop->method);
    return true;
}

static void set_callbacks(struct setup *setup, struct exchange *exchange)
{
    set_function(setup, CURLOPT_HEADERFUNCTION, (void (*)(void))callback_header);
    set_pointer(setup, CURLOPT_HEADERDATA, exchange);
    set_function(setup, CURLOPT_WRITEFUNCTION, (void (*)(void))callback_write);
    set_pointer(setup, CURLOPT_WRITEDATA, exchange);
    set_function(setup, CURLOPT_READFUNCTION, (void (*)(void))callback_read);
    set_pointer(setup, CURLOPT_READDATA, exchange);
    set_function(setup, CURLOPT_SEEKFUNCTION, (void (*)(void))callback_seek);
    set_pointer(setup, CURLOPT_SEEKDATA, exchange);
    set_function(setup, CURLOPT_SOCKOPTFUNCTION, (void (*)(void))callback_socket);
    set_function(setup, CURLOPT_PREREQFUNCTION, (void (*)(void))callback_request);
    set_pointer(setup, CURLOPT_PREREQDATA, exchange);
    set_pointer(setup, CURLOPT_ERRORBUFFER, exchange->detail);
}

/* Without "Expect" a small body is sent at once: a server that does not know it costs a second. */
static enum port_status make_headers(struct exchange *exchange)
{
    const struct hop *hop = &exchange->hop;
    enum port_status status =
        request_headers_make(exchange->transfer->headers, hop, &exchange->headers);

    if (!status && hop->with_body && exchange->body_size <= LIMIT_UNASKED_BODY)
        status = request_headers_omit(&exchange->headers, "Expect");
    return status;
}

bool http_request_prepare(struct exchange *exchange)
{
    const struct engine_settings *settings = &exchange->engine->settings;
    struct setup setup = { exchange->easy, CURLE_OK };
    enum port_status status;

    set_policy(&setup);
    if (!set_certificate_store(exchange))
        return false;
    set_credentials(&setup, exchange);
    set_long(&setup, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout_ms);
    set_pointer(&setup, CURLOPT_URL, exchange->hop.url.text);
    if (!set_method(&setup, exchange))
        return false;
    status = make_headers(exchange);
    if (status) {
        exchange_fail(exchange, TRANSFER_ERROR_NO_MEMORY);
        return false;
    }
    set_pointer(&setup, CURLOPT_HTTPHEADER, exchange->headers);
    set_callbacks(&setup, exchange);
    if (setup.code) {
        exchange_fail(exchange, setup.code == CURLE_OUT_OF_MEMORY ? TRANSFER_ERROR_NO_MEMORY
                                                                  : TRANSFER_ERROR_INTERNAL);
        return false;
    }
    return true;
}
