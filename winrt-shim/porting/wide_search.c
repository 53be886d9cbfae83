/* SPDX-License-Identifier: MIT */
/* Looking for units and parts in a string. */
#include "winrt_porting_functions.h"

winrt_wchar *winrt_wcschr(const winrt_wchar *text, winrt_wchar unit)
{
    while (*text != unit) {
        if (!*text++)
            return NULL;
    }
    return (winrt_wchar *)text;
}

winrt_wchar *winrt_wcsrchr(const winrt_wchar *text, winrt_wchar unit)
{
    const winrt_wchar *at = text + winrt_wcslen(text);

    while (*at != unit) {
        if (at-- == text)
            return NULL;
    }
    return (winrt_wchar *)at;
}

winrt_wchar *winrt_wcsstr(const winrt_wchar *text, const winrt_wchar *part)
{
    size_t length = winrt_wcslen(part);

    while (winrt_wcsncmp(text, part, length)) {
        if (!*text++)
            return NULL;
    }
    return (winrt_wchar *)text;
}

/* How many units at the start are, or are not, among `units`. */
static size_t span(const winrt_wchar *text, const winrt_wchar *units, int among)
{
    size_t count = 0;

    while (text[count] && (winrt_wcschr(units, text[count]) != NULL) == among)
        count++;
    return count;
}

size_t winrt_wcsspn(const winrt_wchar *text, const winrt_wchar *units)
{
    return span(text, units, 1);
}

size_t winrt_wcscspn(const winrt_wchar *text, const winrt_wchar *units)
{
    return span(text, units, 0);
}

winrt_wchar *winrt_wcspbrk(const winrt_wchar *text, const winrt_wchar *units)
{
    text += winrt_wcscspn(text, units);
    return *text ? (winrt_wchar *)text : NULL;
}

winrt_wchar *winrt_wcstok(winrt_wchar *text, const winrt_wchar *delimiters, winrt_wchar **state)
{
    winrt_wchar *token = text ? text : *state;

    if (!token)
        return NULL;
    token += winrt_wcsspn(token, delimiters);
    *state = token + winrt_wcscspn(token, delimiters);
    if (**state)
        *(*state)++ = 0;
    return *token ? token : NULL;
}

winrt_wchar *winrt_wcstok_old(winrt_wchar *text, const winrt_wchar *delimiters)
{
    static _Thread_local winrt_wchar *state;

    return winrt_wcstok(text, delimiters, &state);
}
