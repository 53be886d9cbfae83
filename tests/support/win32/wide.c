/* SPDX-License-Identifier: MIT */
#include "wide.h"

#include <stdio.h>
#include <stdlib.h>

WCHAR *test_wide(const char *utf8)
{
    int units = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, NULL, 0);
    WCHAR *wide = units > 0 ? malloc((size_t)units * sizeof(*wide)) : NULL;

    if (!wide) {
        fprintf(stderr, "no UTF-8: %s\n", utf8);
        abort();
    }
    MultiByteToWideChar(CP_UTF8, 0, utf8, -1, wide, units);
    return wide;
}

WCHAR *test_wide_path(const char *path)
{
    WCHAR *wide = test_wide(path);

    for (WCHAR *c = wide; *c; c++) {
        if (*c == '/')
            *c = '\\';
    }
    return wide;
}
