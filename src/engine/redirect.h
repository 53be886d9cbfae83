/* SPDX-License-Identifier: MIT */
/*
 * Redirects, one hop at a time and by our own rules. libcurl's FOLLOWLOCATION would send every
 * header of the caller except Authorization and Cookie to whatever host an answer names.
 * docs/engine.md, "Redirects"
 */
#ifndef WINRT_ENGINE_REDIRECT_H
#define WINRT_ENGINE_REDIRECT_H

#include <stdbool.h>

#include "limits.h"
#include "origin.h"
#include "transfer_error.h"

/* What is to be requested next. */
struct hop {
    struct url url;
    char *method;
    bool with_body;   /* the request's body goes along */
    bool left_origin; /* some hop was of another origin than the first: caller's headers and
                         credentials stay behind */
    unsigned count;   /* redirects followed so far */
    char *visited[LIMIT_REDIRECTS + 1]; /* "GET http://…" of this hop and those before */
};

/* The first hop. Copies. PORT_NO_MEMORY */
enum port_status hop_init(struct hop *hop, const struct url *url, const char *method,
                          bool with_body);
void hop_free(struct hop *hop);

/* 301, 302, 303, 307 and 308. The other ones of 3xx are answers, not redirects. */
bool redirect_is_status(int status);

/*
 * Goes on to where an answer with `status` points. `location` may be NULL. On failure the hop stays
 * as it was: TRANSFER_ERROR_REDIRECT_FAILED, _HTTPS_TO_HTTP or _NO_MEMORY.
 *
 * Fetch and RFC 9110, 15.4: 301 and 302 turn POST into GET, 303 all but HEAD, 307 and 308 keep
 * method and body. A body never goes to another origin; a request that would have to go there
 * without its body is not sent at all, since a PUT of nothing that succeeds would be worse than an
 * error.
 */
enum transfer_error_code redirect_follow(struct hop *hop, int status, const char *location);

/* Whether a caller's header may go along to another origin. */
bool redirect_keeps_header(const char *name);

/* Whether a header tells about the request's body, and so goes with it. */
bool redirect_header_is_of_body(const char *name);

#endif
