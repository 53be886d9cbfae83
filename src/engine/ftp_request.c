/* SPDX-License-Identifier: MIT */
/* What a request of ftp has. */
#include <string.h>

#include "callbacks.h"
#include "exchange.h"
#include "ftp_request.h"
#include "limits.h"
#include "request_setup.h"
#include "token.h"
#include "transfer_speed.h"

#define SECOND_MS 1000

/* RFC 1738, 3.2.2: a last path segment, and the type, which is "image" where it is not given. */
static bool names_file(const char *path)
{
    const char *type = strstr(path, ";type=");
    size_t length = type ? (size_t)(type - path) : strlen(path);

    if (type && !token_equal(type, ";type=i"))
        return false;
    return length && path[length - 1] != '/';
}

bool ftp_request_is_possible(const struct url *url, const char *method, bool with_body)
{
    const char *path = strchr(url->text + strlen("ftp://"), '/');

    return !with_body && (!strcmp(method, "GET") || !strcmp(method, "RETR")) && path &&
           names_file(path);
}

static void set_policy(struct request_setup *setup, const struct exchange *exchange)
{
    static const struct request_option policy[] = {
        { CURLOPT_NOSIGNAL, 1 },
        { CURLOPT_QUICK_EXIT, 1 },
        { CURLOPT_NOPROGRESS, 0 }, /* callback_ftp_progress */
        { CURLOPT_VERBOSE, 1 },    /* callback_ftp_talk */
        { CURLOPT_TCP_KEEPALIVE, 1 },
        { CURLOPT_NETRC, CURL_NETRC_IGNORED },
        { CURLOPT_DISALLOW_USERNAME_IN_URL, 1 },
        { CURLOPT_USE_SSL, CURLUSESSL_NONE },
        { CURLOPT_FTP_SKIP_PASV_IP, 1 }, /* data come from the host that was asked */
        { CURLOPT_FILETIME, 1 },         /* MDTM: the version */
        { CURLOPT_HTTPPROXYTUNNEL, 1 },  /* else an HTTP proxy would answer in HTTP */
        { CURLOPT_SUPPRESS_CONNECT_HEADERS, 1 },
        { CURLOPT_PROXYAUTH, (long)CURLAUTH_ANY },
        { CURLOPT_PROXY_SSL_VERIFYPEER, 1 },
        { CURLOPT_PROXY_SSL_VERIFYHOST, 2 },
        /* A kept connection would have to be taken leave of later, for which libcurl waits. */
        { CURLOPT_FRESH_CONNECT, 1 },
        { CURLOPT_FORBID_REUSE, 1 },
    };

    request_set_longs(setup, policy, sizeof(policy) / sizeof(*policy));
    network()->set_long(setup->easy, CURLOPT_BUFFERSIZE, transfer_buffer_size(exchange));
    request_set_pointer(setup, CURLOPT_PROTOCOLS_STR, "ftp");
}

/* ServerCredential is not for ftp; without user info libcurl is anonymous. */
static void set_credentials(struct request_setup *setup, const struct exchange *exchange)
{
    const struct url *url = &exchange->url;
    const struct secret_pair *proxy = &exchange->transfer->proxy;

    if (proxy->user) {
        request_set_pointer(setup, CURLOPT_PROXYUSERNAME, proxy->user);
        request_set_pointer(setup, CURLOPT_PROXYPASSWORD, proxy->password);
    }
    if (url->user || url->password) {
        request_set_pointer(setup, CURLOPT_USERNAME, url->user ? url->user : "");
        request_set_pointer(setup, CURLOPT_PASSWORD, url->password ? url->password : "");
    }
}

static void set_callbacks(struct request_setup *setup, struct exchange *exchange)
{
    request_set_function(setup, CURLOPT_HEADERFUNCTION, (void (*)(void))callback_ftp_line);
    request_set_function(setup, CURLOPT_DEBUGFUNCTION, (void (*)(void))callback_ftp_talk);
    request_set_pointer(setup, CURLOPT_DEBUGDATA, exchange);
    request_set_function(setup, CURLOPT_XFERINFOFUNCTION, (void (*)(void))callback_ftp_progress);
    request_set_pointer(setup, CURLOPT_XFERINFODATA, exchange);
    request_set_function(setup, CURLOPT_WRITEFUNCTION, (void (*)(void))callback_ftp_write);
    request_set_pointer(setup, CURLOPT_WRITEDATA, exchange);
    request_set_function(setup, CURLOPT_SOCKOPTFUNCTION, (void (*)(void))callback_socket);
    request_set_pointer(setup, CURLOPT_SOCKOPTDATA, exchange);
    request_set_function(setup, CURLOPT_PREREQFUNCTION, (void (*)(void))callback_request);
    request_set_pointer(setup, CURLOPT_PREREQDATA, exchange);
    request_set_pointer(setup, CURLOPT_ERRORBUFFER, exchange->detail);
}

bool ftp_request_prepare(struct exchange *exchange)
{
    const struct engine_settings *settings = &exchange->engine->settings;
    struct request_setup setup = { exchange->easy, CURLE_OK };

    ftp_talk_begin(&exchange->ftp);
    exchange->ftp_all_there = false;
    exchange->alone = exchange->http1 = true;
    set_policy(&setup, exchange);
    if (!request_set_certificates(exchange)) /* a proxy's */
        return false;
    set_credentials(&setup, exchange);
    request_set_long(&setup, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout_ms);
    request_set_long(&setup, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                     (long)((settings->response_timeout_ms + SECOND_MS - 1) / SECOND_MS));
    request_set_pointer(&setup, CURLOPT_URL, exchange->hop.url.text);
    if (exchange->range_text[0])
        request_set_pointer(&setup, CURLOPT_RANGE, exchange->range_text);
    set_callbacks(&setup, exchange);
    return request_setup_finish(&setup, exchange);
}
