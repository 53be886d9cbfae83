/* SPDX-License-Identifier: MIT */
/*
 * The fields of a head that say where its body ends. libcurl reads them on its own, leniently, and
 * we read them too; a head that the two of us, or somebody in between, could take differently makes
 * a file with wrong bytes that nobody notices. Pure. RFC 9112, 5.1, 5.2, 6.1 and 6.3.
 */
#ifndef WINRT_ENGINE_FRAMING_H
#define WINRT_ENGINE_FRAMING_H

#include <stdbool.h>

struct header_list;

/* Whether a field is one of those. libcurl overlooks them when there is a blank before the colon,
 * or when the value stands on a second line. */
bool framing_is_field(const char *name);

/* Whether Transfer-Encoding, if there is one, is `chunked` (or the `identity` of old) and nothing
 * else, since no other one is asked for; and Content-Length, if there is one, a number, or the
 * same number several times. */
bool framing_is_sound(const struct header_list *headers);

#endif
