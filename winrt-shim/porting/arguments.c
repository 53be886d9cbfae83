/* SPDX-License-Identifier: MIT */
/* The arguments and the environment of wmain. */
#include "winrt_porting_functions.h"

#include <string.h>

#include <unistr.h>

#include "src/port/memory.h"

static size_t count_units(char **strings, size_t *ret_count)
{
    size_t units = 0, count = 0;

    for (; strings[count]; count++)
        units += strlen(strings[count]) + 1; /* never more units than bytes */
    *ret_count = count;
    return units;
}

static winrt_wchar *copy_units(winrt_wchar *to, const char *string)
{
    const uint8_t *at = (const uint8_t *)string, *end = at + strlen(string);

    while (at < end) {
        ucs4_t point;

        at += u8_mbtouc(&point, at, (size_t)(end - at));
        to += u16_uctomb((uint16_t *)to, point, 2);
    }
    *to++ = 0;
    return to;
}

winrt_wchar **winrt_porting_arguments(char **strings)
{
    size_t count, units = count_units(strings, &count);
    winrt_wchar **list = memory_alloc((count + 1) * sizeof(*list) + units * sizeof(winrt_wchar));
    winrt_wchar *next;

    if (!list)
        return NULL;
    next = (winrt_wchar *)(list + count + 1);
    for (size_t i = 0; i < count; i++) {
        list[i] = next;
        next = copy_units(next, strings[i]);
    }
    list[count] = NULL;
    return list;
}
