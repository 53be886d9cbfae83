/* SPDX-License-Identifier: MIT */
/* A response head, counted and immutable. */
#include <stdatomic.h>
#include <string.h>

#include "header_list.h"
#include "response.h"
#include "src/port/memory.h"
#include "token.h"
#include "validators.h"

struct response {
    atomic_uint references;
    int status;
    char *url;
    struct header_list *headers;
    bool resumable;
    uint64_t body_size;
};

bool response_is_success(const struct response *response)
{
    return response->status >= 200 && response->status <= 299;
}

/*
 * A GET whose answer names its version (a strong entity tag, or a date) and whose server speaks
 * ranges. That this is what ResponseInformation.IsResumable shall mean is our decision; Microsoft's
 * page does not say.
 */
static bool is_resumable(const struct response *response, const char *method)
{
    const char *ranges = header_list_find(response->headers, "Accept-Ranges");
    const char *tag = header_list_find(response->headers, "ETag");

    if (strcmp(method, "GET") || !response_is_success(response))
        return false;
    if (response->status != 206 && !(ranges && token_in_list(ranges, "bytes")))
        return false;
    return (tag && entity_tag_is_strong(tag)) ||
           header_list_find(response->headers, "Last-Modified");
}

/* Digits only; the same number twice ("5, 5") is allowed, and libcurl has refused the rest. What is
   beyond counting is the largest number, which no file can have. */
static uint64_t parse_number(const char *text)
{
    uint64_t value = 0;

    for (; *text >= '0' && *text <= '9'; text++) {
        if (value > (UINT64_MAX - 9) / 10)
            return UINT64_MAX;
        value = value * 10 + (uint64_t)(*text - '0');
    }
    return *text && !strchr(", ", *text) ? 0 : value;
}

static uint64_t announced_size(const struct response *response, const char *method)
{
    const char *length = header_list_find(response->headers, "Content-Length");

    if (!length || header_list_find(response->headers, "Transfer-Encoding"))
        return 0;
    if (!strcmp(method, "HEAD") || response->status == 204 || response->status == 205 ||
        response->status == 304)
        return 0;
    return parse_number(length);
}

enum port_status response_create(int status, const char *url, const char *method,
                                 struct header_list *headers, struct response **ret)
{
    struct response *response = memory_zalloc(sizeof(*response));

    *ret = NULL;
    if (response)
        response->url = memory_strdup(url);
    if (!response || !response->url) {
        memory_free(response);
        header_list_free(headers);
        return PORT_NO_MEMORY;
    }
    atomic_init(&response->references, 1);
    response->status = status;
    response->headers = headers;
    response->resumable = is_resumable(response, method);
    response->body_size = announced_size(response, method);
    *ret = response;
    return PORT_OK;
}

int response_get_status(const struct response *response)
{
    return response->status;
}

const char *response_get_url(const struct response *response)
{
    return response->url;
}

const struct header_list *response_get_headers(const struct response *response)
{
    return response->headers;
}

bool response_is_resumable(const struct response *response)
{
    return response->resumable;
}

uint64_t response_body_size(const struct response *response)
{
    return response->body_size;
}

void response_addref(struct response *response)
{
    atomic_fetch_add(&response->references, 1);
}

void response_release(struct response *response)
{
    if (!response || atomic_fetch_sub(&response->references, 1) != 1)
        return;
    header_list_free(response->headers);
    memory_free(response->url);
    memory_free(response);
}
