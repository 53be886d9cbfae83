/* SPDX-License-Identifier: MIT */
/*
 * URLs, and what origin (scheme, host, port) they belong to. The only place that takes URLs apart,
 * with libcurl's parser, so that what is compared is what libcurl will connect to. Those calls are
 * pure text and not behind the network seam.
 */
#ifndef WINRT_ENGINE_ORIGIN_H
#define WINRT_ENGINE_ORIGIN_H

#include <stdbool.h>

#include "src/port/status.h"

struct url {
    char *text;            /* absolute, without user info */
    char *host;            /* for messages */
    char *origin;          /* "https://host:443", comparable with strcmp */
    char *user, *password; /* what user info it had, decoded; NULL if none */
    bool secure;           /* https */
    bool ftp;
};

/*
 * `base`, optional, is what a relative `text` refers to. PORT_INVALID for what is no http(s) or
 * ftp URL with a host, PORT_NOT_SUPPORTED for another scheme, PORT_NO_MEMORY. url_free afterwards.
 */
enum port_status url_parse(const char *base, const char *text, struct url *ret);
enum port_status url_copy(const struct url *url, struct url *ret);

/* Twice is fine, and so is a zeroed one. */
void url_free(struct url *url);

bool origin_equal(const struct url *one, const struct url *other);

#endif
