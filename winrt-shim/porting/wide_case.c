/* SPDX-License-Identifier: MIT */
/* Comparison without regard to case, and changes of it: unit by unit, by towlower and towupper. */
#include "winrt_porting_functions.h"

#include <stdint.h>

int winrt_wcsnicmp(const winrt_wchar *one, const winrt_wchar *other, size_t count)
{
    for (; count; one++, other++, count--) {
        int difference = (int)winrt_towlower(*one) - (int)winrt_towlower(*other);

        if (difference || !*one)
            return difference;
    }
    return 0;
}

int winrt_wcsicmp(const winrt_wchar *one, const winrt_wchar *other)
{
    return winrt_wcsnicmp(one, other, SIZE_MAX);
}

winrt_wchar *winrt_wcslwr(winrt_wchar *text)
{
    for (winrt_wchar *unit = text; *unit; unit++)
        *unit = (winrt_wchar)winrt_towlower(*unit);
    return text;
}

winrt_wchar *winrt_wcsupr(winrt_wchar *text)
{
    for (winrt_wchar *unit = text; *unit; unit++)
        *unit = (winrt_wchar)winrt_towupper(*unit);
    return text;
}
