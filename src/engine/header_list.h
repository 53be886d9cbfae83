/* SPDX-License-Identifier: MIT */
/* An ordered list of HTTP header fields, names compared without regard to case. UTF-8; values go on
 * the wire as they are. */
#ifndef WINRT_ENGINE_HEADER_LIST_H
#define WINRT_ENGINE_HEADER_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "src/port/status.h"

struct header_list;

enum port_status header_list_create(struct header_list **ret);
enum port_status header_list_copy(const struct header_list *list, struct header_list **ret);
void header_list_free(struct header_list *list); /* NULL is fine */

/*
 * A caller's request header. Repeated names are joined with ", " (Cookie with "; "). PORT_INVALID
 * for a name that is no token, a value with CR, LF or NUL, and names that belong to the engine
 * (request_header_is_reserved). Accept-Encoding is taken and replaced by "identity".
 */
enum port_status header_list_set(struct header_list *list, const char *name, const char *value);

/* No effect if there is none. */
void header_list_remove(struct header_list *list, const char *name);

/* A response header as it came: joined with ", " if the name was there. */
enum port_status header_list_append(struct header_list *list, const char *name, const char *value);

/* A folded line (RFC 9112, 5.2): goes on with the field that was appended last. PORT_INVALID if
 * there is none. */
enum port_status header_list_continue(struct header_list *list, const char *value);

/* NULL if absent. */
const char *header_list_find(const struct header_list *list, const char *name);

size_t header_list_count(const struct header_list *list);
const char *header_list_name(const struct header_list *list, size_t index);
const char *header_list_value(const struct header_list *list, size_t index);

/* Host, Range, If-Range, Content-Length, Transfer-Encoding, Connection, TE, Trailer, Upgrade,
 * Expect, Proxy-Authorization. */
bool request_header_is_reserved(const char *name);

#endif
