/* SPDX-License-Identifier: MIT */
/* Arrays of units, terminators being units as others. */
#include "winrt_porting_functions.h"

#include <string.h>

winrt_wchar *winrt_wmemcpy(winrt_wchar *to, const winrt_wchar *from, size_t count)
{
    return count ? memcpy(to, from, count * sizeof(*to)) : to;
}

winrt_wchar *winrt_wmemmove(winrt_wchar *to, const winrt_wchar *from, size_t count)
{
    return count ? memmove(to, from, count * sizeof(*to)) : to;
}

winrt_wchar *winrt_wmemset(winrt_wchar *to, winrt_wchar unit, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = unit;
    return to;
}

winrt_wchar *winrt_wmemchr(const winrt_wchar *text, winrt_wchar unit, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text[i] == unit)
            return (winrt_wchar *)text + i;
    }
    return NULL;
}

int winrt_wmemcmp(const winrt_wchar *one, const winrt_wchar *other, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (one[i] != other[i])
            return one[i] < other[i] ? -1 : 1;
    }
    return 0;
}
