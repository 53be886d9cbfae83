/* SPDX-License-Identifier: MIT */
/* Names of keys and values are compared without regard to the case of A to Z, and of nothing else:
 * what a hive means must not depend on the tables of a system. */
#ifndef WINRT_STORE_NAMES_H
#define WINRT_STORE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#define STORED_NAME_MAX 255 /* bytes, of a key's or value's name */

static inline unsigned char name_fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static inline bool name_equal(const char *one, const char *other, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (name_fold(one[i]) != name_fold(other[i]))
            return false;
    }
    return true;
}

#endif
