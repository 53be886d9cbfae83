/* SPDX-License-Identifier: MIT */
/* Lengths, copies and comparisons. */
#include "winrt_porting_functions.h"

#include <string.h>

#include "src/port/memory.h"

size_t winrt_wcslen(const winrt_wchar *text)
{
    const winrt_wchar *end = text;

    while (*end)
        end++;
    return (size_t)(end - text);
}

size_t winrt_wcsnlen(const winrt_wchar *text, size_t count)
{
    size_t length = 0;

    while (length < count && text[length])
        length++;
    return length;
}

winrt_wchar *winrt_wcscpy(winrt_wchar *to, const winrt_wchar *from)
{
    return memcpy(to, from, (winrt_wcslen(from) + 1) * sizeof(*to));
}

winrt_wchar *winrt_wcsncpy(winrt_wchar *to, const winrt_wchar *from, size_t count)
{
    size_t length = winrt_wcsnlen(from, count);

    memcpy(to, from, length * sizeof(*to));
    memset(to + length, 0, (count - length) * sizeof(*to));
    return to;
}

winrt_wchar *winrt_wcscat(winrt_wchar *to, const winrt_wchar *from)
{
    winrt_wcscpy(to + winrt_wcslen(to), from);
    return to;
}

winrt_wchar *winrt_wcsncat(winrt_wchar *to, const winrt_wchar *from, size_t count)
{
    winrt_wchar *end = to + winrt_wcslen(to);
    size_t length = winrt_wcsnlen(from, count);

    memcpy(end, from, length * sizeof(*to));
    end[length] = 0;
    return to;
}

/* memory_alloc is malloc here: the one seam that tests replace, in a library of their own. */
winrt_wchar *winrt_wcsdup(const winrt_wchar *text)
{
    return text ? memory_dup(text, (winrt_wcslen(text) + 1) * sizeof(*text)) : NULL;
}

int winrt_wcscmp(const winrt_wchar *one, const winrt_wchar *other)
{
    while (*one && *one == *other) {
        one++;
        other++;
    }
    return (*one > *other) - (*one < *other);
}

int winrt_wcsncmp(const winrt_wchar *one, const winrt_wchar *other, size_t count)
{
    while (count && *one && *one == *other) {
        one++;
        other++;
        count--;
    }
    return count ? (*one > *other) - (*one < *other) : 0;
}

winrt_wchar *winrt_wcsrev(winrt_wchar *text)
{
    size_t length = winrt_wcslen(text);

    for (size_t i = 0; i < length / 2; i++) {
        winrt_wchar unit = text[i];

        text[i] = text[length - 1 - i];
        text[length - 1 - i] = unit;
    }
    return text;
}
