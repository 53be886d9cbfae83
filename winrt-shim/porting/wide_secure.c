/* SPDX-License-Identifier: MIT */
/* The copies that know the size of their destination; see "wcsncpy_s" and "wcsncat_s" (C runtime).
 */
#include "winrt_porting_functions.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#define TRUNCATE  SIZE_MAX /* _TRUNCATE: what does not fit is left out, and STRUNCATE the answer */
#define STRUNCATE 80

/* Puts at most `count` units of `from` behind the first `used` ones. */
static int append(winrt_wchar *to, size_t size, size_t used, const winrt_wchar *from, size_t count)
{
    size_t room = size - used - 1, length = winrt_wcsnlen(from, count);
    int result = 0;

    if (length > room) {
        if (count != TRUNCATE) {
            to[0] = 0;
            return ERANGE;
        }
        length = room;
        result = STRUNCATE;
    }
    memcpy(to + used, from, length * sizeof(*to));
    to[used + length] = 0;
    return result;
}

static int check(winrt_wchar *to, size_t size, const winrt_wchar *from)
{
    if (!to || !size)
        return EINVAL;
    if (from)
        return 0;
    to[0] = 0;
    return EINVAL;
}

int winrt_wcsncpy_s(winrt_wchar *to, size_t size, const winrt_wchar *from, size_t count)
{
    int result = check(to, size, from);

    return result ? result : append(to, size, 0, from, count);
}

int winrt_wcsncat_s(winrt_wchar *to, size_t size, const winrt_wchar *from, size_t count)
{
    int result = check(to, size, from);
    size_t used;

    if (result)
        return result;
    used = winrt_wcsnlen(to, size);
    if (used == size) { /* not terminated */
        to[0] = 0;
        return EINVAL;
    }
    return append(to, size, used, from, count);
}

int winrt_wcscpy_s(winrt_wchar *to, size_t size, const winrt_wchar *from)
{
    return winrt_wcsncpy_s(to, size, from, TRUNCATE - 1);
}

int winrt_wcscat_s(winrt_wchar *to, size_t size, const winrt_wchar *from)
{
    return winrt_wcsncat_s(to, size, from, TRUNCATE - 1);
}
