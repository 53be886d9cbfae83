/* SPDX-License-Identifier: MIT */
/* Numbers of wide strings: the system reads the ASCII that they consist of. */
#include "winrt_porting_functions.h"

#include <stdint.h>
#include <stdlib.h>

#include "ascii.h"

/* Where the number ended, in the wide string; its beginning if there was none. */
static void set_end(const winrt_wchar *text, winrt_wchar **end, const struct ascii *ascii,
                    const char *stop)
{
    if (end)
        *end = (winrt_wchar *)(stop == ascii->text
                                   ? text
                                   : text + ascii->skipped + (size_t)(stop - ascii->text));
}

long winrt_wcstol(const winrt_wchar *text, winrt_wchar **end, int base)
{
    struct ascii ascii;
    long value;
    char *stop;

    ascii_init(&ascii, text, SIZE_MAX);
    value = strtol(ascii.text, &stop, base);
    set_end(text, end, &ascii, stop);
    ascii_free(&ascii);
    return value;
}

unsigned long winrt_wcstoul(const winrt_wchar *text, winrt_wchar **end, int base)
{
    struct ascii ascii;
    unsigned long value;
    char *stop;

    ascii_init(&ascii, text, SIZE_MAX);
    value = strtoul(ascii.text, &stop, base);
    set_end(text, end, &ascii, stop);
    ascii_free(&ascii);
    return value;
}

long long winrt_wcstoll(const winrt_wchar *text, winrt_wchar **end, int base)
{
    struct ascii ascii;
    long long value;
    char *stop;

    ascii_init(&ascii, text, SIZE_MAX);
    value = strtoll(ascii.text, &stop, base);
    set_end(text, end, &ascii, stop);
    ascii_free(&ascii);
    return value;
}

unsigned long long winrt_wcstoull(const winrt_wchar *text, winrt_wchar **end, int base)
{
    struct ascii ascii;
    unsigned long long value;
    char *stop;

    ascii_init(&ascii, text, SIZE_MAX);
    value = strtoull(ascii.text, &stop, base);
    set_end(text, end, &ascii, stop);
    ascii_free(&ascii);
    return value;
}

float winrt_wcstof(const winrt_wchar *text, winrt_wchar **end)
{
    struct ascii ascii;
    float value;
    char *stop;

    ascii_init(&ascii, text, SIZE_MAX);
    value = strtof(ascii.text, &stop);
    set_end(text, end, &ascii, stop);
    ascii_free(&ascii);
    return value;
}

double winrt_wcstod(const winrt_wchar *text, winrt_wchar **end)
{
    struct ascii ascii;
    double value;
    char *stop;

    ascii_init(&ascii, text, SIZE_MAX);
    value = strtod(ascii.text, &stop);
    set_end(text, end, &ascii, stop);
    ascii_free(&ascii);
    return value;
}

long double winrt_wcstold(const winrt_wchar *text, winrt_wchar **end)
{
    struct ascii ascii;
    long double value;
    char *stop;

    ascii_init(&ascii, text, SIZE_MAX);
    value = strtold(ascii.text, &stop);
    set_end(text, end, &ascii, stop);
    ascii_free(&ascii);
    return value;
}

int winrt_wtoi(const winrt_wchar *text)
{
    return (int)winrt_wcstol(text, NULL, 10);
}

long winrt_wtol(const winrt_wchar *text)
{
    return winrt_wcstol(text, NULL, 10);
}

long long winrt_wtoi64(const winrt_wchar *text)
{
    return winrt_wcstoll(text, NULL, 10);
}

double winrt_wtof(const winrt_wchar *text)
{
    return winrt_wcstod(text, NULL);
}
