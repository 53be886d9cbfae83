/* SPDX-License-Identifier: MIT */
/* Following redirects. */
#include <stddef.h>
#include <string.h>

#include "redirect.h"
#include "src/port/memory.h"
#include "token.h"

enum port_status hop_init(struct hop *hop, const struct url *url, const char *method,
                          bool with_body)
{
    *hop = (struct hop){ .with_body = with_body };
    hop->method = memory_strdup(method);
    hop->visited[0] = memory_join(method, " ", url->text);
    if (!hop->method || !hop->visited[0] || url_copy(url, &hop->url)) {
        hop_free(hop);
        return PORT_NO_MEMORY;
    }
    return PORT_OK;
}

void hop_free(struct hop *hop)
{
    url_free(&hop->url);
    memory_free(hop->method);
    for (size_t i = 0; i < sizeof(hop->visited) / sizeof(*hop->visited); i++)
        memory_free(hop->visited[i]);
    *hop = (struct hop){ 0 };
}

bool redirect_is_status(int status)
{
    return (status >= 301 && status <= 303) || status == 307 || status == 308;
}

static bool becomes_get(int status, const char *method)
{
    if (status == 303)
        return strcmp(method, "HEAD");
    return (status == 301 || status == 302) && !strcmp(method, "POST");
}

static bool was_visited(const struct hop *hop, const char *visit)
{
    for (unsigned i = 0; i <= hop->count; i++) {
        if (!strcmp(hop->visited[i], visit))
            return true;
    }
    return false;
}

/* A backslash amid host and port is a slash to some parsers (Uri's among them), so that they and
 * libcurl's name different hosts. */
static bool is_ambiguous(const char *location)
{
    const char *slashes = location + strcspn(location, "/?#\\");

    if (strncmp(slashes, "//", 2) || (slashes > location && slashes[-1] != ':'))
        return false;
    return slashes[2 + strcspn(slashes + 2, "/?#\\")] == '\\';
}

enum transfer_error_code redirect_follow(struct hop *hop, int status, const char *location)
{
    enum transfer_error_code error = TRANSFER_ERROR_REDIRECT_FAILED;
    bool to_get = becomes_get(status, hop->method), with_body = hop->with_body && !to_get;
    char *method = NULL, *visit = NULL;
    enum port_status parsed;
    struct url url = { 0 };

    if (!location || !*location || is_ambiguous(location) || hop->count >= LIMIT_REDIRECTS)
        return error;

    parsed = url_parse(hop->url.text, location, &url);
    if (parsed) {
        if (parsed == PORT_NO_MEMORY)
            error = TRANSFER_ERROR_NO_MEMORY;
        goto done;
    }
    if (url.ftp) /* nothing of one protocol is ever sent with another */
        goto done;
    if (hop->url.secure && !url.secure) {
        error = TRANSFER_ERROR_HTTPS_TO_HTTP;
        goto done;
    }
    if (with_body && !origin_equal(&hop->url, &url))
        goto done;

    method = memory_strdup(to_get ? "GET" : hop->method);
    visit = memory_join(to_get ? "GET" : hop->method, " ", url.text);
    if (!method || !visit) {
        error = TRANSFER_ERROR_NO_MEMORY;
        goto done;
    }
    if (was_visited(hop, visit))
        goto done;

    if (!origin_equal(&hop->url, &url))
        hop->left_origin = true;
    url_free(&hop->url);
    hop->url = url;
    memory_free(hop->method);
    hop->method = method;
    hop->with_body = with_body;
    hop->visited[++hop->count] = visit;
    return TRANSFER_ERROR_NONE;

done:
    memory_free(method);
    memory_free(visit);
    url_free(&url);
    return error;
}

bool redirect_keeps_header(const char *name)
{
    return token_equal(name, "User-Agent") || token_equal(name, "Accept") ||
           token_equal(name, "Accept-Language");
}

bool redirect_header_is_of_body(const char *name)
{
    return token_equal(name, "Content-Type") || token_equal(name, "Content-Encoding") ||
           token_equal(name, "Content-Language") || token_equal(name, "Content-Location");
}
