/* SPDX-License-Identifier: MIT */
/* mbstowcs and wcstombs: the multibyte text of this platform is UTF-8. */
#include "winrt_porting_functions.h"

#include <errno.h>
#include <string.h>

#include <unistr.h>

size_t winrt_mbstowcs(winrt_wchar *to, const char *from, size_t count)
{
    const uint8_t *at = (const uint8_t *)from, *end = at + strlen(from);
    size_t length = 0;

    while (at < end) {
        ucs4_t point;
        int used = u8_mbtoucr(&point, at, (size_t)(end - at));
        size_t units = point > 0xFFFF ? 2 : 1;

        if (used < 0) {
            errno = EILSEQ;
            return (size_t)-1;
        }
        if (to && units > count - length)
            return length;
        if (to)
            u16_uctomb((uint16_t *)to + length, point, (int)units);
        length += units;
        at += used;
    }
    if (to && length < count)
        to[length] = 0;
    return length;
}

size_t winrt_wcstombs(char *to, const winrt_wchar *from, size_t size)
{
    const uint16_t *at = (const uint16_t *)from, *end = at + winrt_wcslen(from);
    size_t length = 0;

    while (at < end) {
        uint8_t bytes[4];
        ucs4_t point;
        int used = u16_mbtoucr(&point, at, (size_t)(end - at));
        int count;

        if (used < 0) {
            errno = EILSEQ;
            return (size_t)-1;
        }
        count = u8_uctomb(bytes, point, sizeof(bytes));
        if (to && (size_t)count > size - length)
            return length;
        if (to)
            memcpy(to + length, bytes, (size_t)count);
        length += (size_t)count;
        at += used;
    }
    if (to && length < size)
        to[length] = 0;
    return length;
}
