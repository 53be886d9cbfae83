/* SPDX-License-Identifier: MIT */
/* Characters of tokens, and comparing them. */
#include <stddef.h>
#include <string.h>

#include "token.h"

static unsigned char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : (unsigned char)c;
}

bool token_is_valid(const char *text)
{
    static const char allowed[] = "!#$%&'*+-.^_`|~0123456789"
                                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return *text && !text[strspn(text, allowed)];
}

static bool equal_bytes(const char *one, const char *other, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (lower(one[i]) != lower(other[i]))
            return false;
    }
    return true;
}

bool token_equal(const char *one, const char *other)
{
    size_t length = strlen(one);

    return length == strlen(other) && equal_bytes(one, other, length);
}

bool token_begins(const char *text, const char *start)
{
    size_t length = strlen(start);

    return strlen(text) >= length && equal_bytes(text, start, length);
}

bool token_in_list(const char *list, const char *token)
{
    size_t length = strlen(token);

    for (;;) {
        list += strspn(list, " \t,");
        if (!*list)
            return false;
        size_t item = strcspn(list, " \t,");

        if (item == length && equal_bytes(list, token, length))
            return true;
        list += item;
    }
}
