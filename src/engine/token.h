/* SPDX-License-Identifier: MIT */
/* Tokens of HTTP (RFC 9110, 5.6.2): methods and field names. */
#ifndef WINRT_ENGINE_TOKEN_H
#define WINRT_ENGINE_TOKEN_H

#include <stdbool.h>

/* At least one character, and none but those that a token may have. */
bool token_is_valid(const char *text);

/* Without regard to the case of ASCII letters, and without regard to the locale. */
bool token_equal(const char *one, const char *other);

/* Whether a text, such as a media type with parameters, begins so; likewise. */
bool token_begins(const char *text, const char *start);

/* Whether a comma-separated list, such as the value of Accept-Ranges, has that member. */
bool token_in_list(const char *list, const char *token);

#endif
