/* SPDX-License-Identifier: MIT */
/* Assertions about wide strings, for sources that are compiled as ported ones are. */
#ifndef WINRT_TEST_WIDE_CHECK_H
#define WINRT_TEST_WIDE_CHECK_H

#include <stddef.h>
#include <wchar.h>

#include "test_main.h"

/* The strings are equal; NULL is no string. */
#define check_wide(expected, actual) check_wide_at(expected, actual, #actual, __FILE__, __LINE__)

static inline void check_wide_at(const wchar_t *expected, const wchar_t *actual, const char *what,
                                 const char *file, int line)
{
    size_t i = 0;

    if (!actual)
        _fail(file, line);
    while (actual && expected[i] && expected[i] == actual[i])
        i++;
    if (actual && expected[i] == actual[i])
        return;
    print_error("%s: unit %u is U+%04X, not U+%04X\n", what, (unsigned)i, actual ? actual[i] : 0,
                expected[i]);
    _fail(file, line);
}

#endif
