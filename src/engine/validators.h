/* SPDX-License-Identifier: MIT */
/* What tells versions of a body apart: entity tags and dates. Pure. RFC 9110, 5.6.7 and 8.8. */
#ifndef WINRT_ENGINE_VALIDATORS_H
#define WINRT_ENGINE_VALIDATORS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A tag that changes with every byte: quoted, not marked with W/, of the characters that a tag may
 * have. Not the empty one either, which is allowed, but what servers send that have nothing to say.
 */
bool entity_tag_is_strong(const char *tag);

/* Any of the three forms of an HTTP date, as seconds since 1970. */
bool http_date_parse(const char *text, int64_t *ret_seconds);

/* Whether a Last-Modified of that answer proves a version as a strong tag does: at least a second
 * before Date, so that the body cannot have changed twice within it. NULL is fine: no. */
bool http_date_is_strong(const char *last_modified, const char *date);

#endif
