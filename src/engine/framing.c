/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "framing.h"
#include "header_list.h"
#include "token.h"

bool framing_is_field(const char *name)
{
    return token_equal(name, "Content-Length") || token_equal(name, "Transfer-Encoding");
}

/* "1000", and "1000, 1000" as several fields of one name are joined. */
static bool is_one_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    const char *next = text + digits;

    while (digits && *next) {
        if (strncmp(next, ", ", 2) || strncmp(next + 2, text, digits))
            return false;
        next += 2 + digits;
    }
    return digits > 0;
}

bool framing_is_sound(const struct header_list *headers)
{
    const char *coding = header_list_find(headers, "Transfer-Encoding");
    const char *length = header_list_find(headers, "Content-Length");

    if (coding && !token_equal(coding, "chunked") && !token_equal(coding, "identity"))
        return false;
    return !length || is_one_number(length);
}
