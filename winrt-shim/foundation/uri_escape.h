/* SPDX-License-Identifier: MIT */
/* Percent encoding of UTF-8 text. Results are new strings that the caller
 * frees with memory_free. */
#ifndef WINRT_FOUNDATION_URI_ESCAPE_H
#define WINRT_FOUNDATION_URI_ESCAPE_H

#include <stdbool.h>
#include <stdint.h>

#include <windows.h>

/* Every '%' is followed by two hexadecimal digits. */
bool uri_triplets_are_valid(const char *text);

/* Encodes the bytes that `wanted` names; triplets that are there stay. NULL when there is no
 * memory. */
char *uri_escape(const char *text, bool (*wanted)(unsigned char byte));

/* What may stand in no URI: controls, space and "<>\^`{|}. */
bool uri_is_forbidden(unsigned char byte);

/* The same and bytes beyond ASCII. */
bool uri_is_forbidden_or_not_ascii(unsigned char byte);

/*
 * Decodes the triplets of well-formed UTF-8 whose character `wanted` names, and leaves all others.
 * NULL when there is no memory.
 */
char *uri_unescape(const char *text, bool (*wanted)(uint32_t character));

/* All characters but NUL. */
bool uri_is_any(uint32_t character);

/* What ToString decodes: all but # ? % and controls (Uri.ToString). */
bool uri_is_unreserved_for_text(uint32_t character);

/* What an IRI shows: characters beyond ASCII that do not steer the text's direction (RFC
 * 3987, 3.2). */
bool uri_is_displayable(uint32_t character);

/* Triplets in upper case, and those of unreserved characters decoded: a form to compare (RFC
 * 3986, 6.2.2). */
char *uri_normalize_triplets(const char *text);

#endif
