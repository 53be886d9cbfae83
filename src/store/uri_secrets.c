/* SPDX-License-Identifier: MIT */
#include "uri_secrets.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "src/port/memory.h"

/* Letters, digits, "+-." and then "://" (RFC 3986, 3.1); NULL if there is no such beginning. */
static const char *after_scheme(const char *uri)
{
    size_t length = strspn(uri, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789+-.");

    return length && !strncmp(uri + length, "://", 3) ? uri + length + 3 : NULL;
}

/* Blanks, controls, and the backslash that some take for a slash and some do not. */
static bool has_odd_bytes(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] <= ' ' || text[i] == '\\' || text[i] == 0x7f)
            return true;
    }
    return false;
}

/*
 * Whether it is a host and at most a port of digits. "user:pass/word@host", a password with a slash
 * that was not written as %2F, has its "port" in the password.
 */
static bool is_host_and_port(const char *text, size_t length)
{
    const char *port = text;
    size_t i;

    if (length && *text == '[') {
        port = memchr(text, ']', length);
        if (!port)
            return false;
        port++;
    }
    for (i = (size_t)(port - text); i < length && text[i] != ':'; i++) {
        if (*text == '[')
            return false;
    }
    for (i++; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

char *uri_without_secrets(const char *uri)
{
    const char *authority = after_scheme(uri), *host, *end;

    if (!authority)
        return memory_strdup(REDACTED);
    host = authority;
    end = authority + strcspn(authority, "/?#");
    for (const char *c = authority; c < end; c++) {
        if (*c == '@')
            host = c + 1;
    }
    if (has_odd_bytes(uri, (size_t)(end - uri)) || !is_host_and_port(host, (size_t)(end - host)))
        return memory_strdup(REDACTED);
    return memory_format("%.*s%s", (int)(authority - uri), uri, host);
}
