/* SPDX-License-Identifier: MIT */
/* Characters of tokens, and comparing them. */
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "token.h"

static unsigned char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : (unsigned char)c;
}

/* RFC 9110, 5.6.2 */
static const bool is_token_char[UCHAR_MAX + 1] = {
    ['!'] = true,         ['#'] = true,         ['$'] = true,         ['%'] = true, ['&'] = true,
    ['\''] = true,        ['*'] = true,         ['+'] = true,         ['-'] = true, ['.'] = true,
    ['^'] = true,         ['_'] = true,         ['`'] = true,         ['|'] = true, ['~'] = true,
    ['0' ... '9'] = true, ['a' ... 'z'] = true, ['A' ... 'Z'] = true,
};

bool token_is_valid(const char *text)
{
    const char *end = text;

    while (is_token_char[(unsigned char)*end])
        end++;
    return *text && !*end;
}

/* Most are alike as they stand, or differ at once. */
static bool is_equal(char one, char other)
{
    return one == other || lower(one) == lower(other);
}

static bool equal_bytes(const char *one, const char *other, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_equal(one[i], other[i]))
            return false;
    }
    return true;
}

bool token_equal(const char *one, const char *other)
{
    while (*one && is_equal(*one, *other)) {
        one++;
        other++;
    }
    return !*one && !*other;
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
