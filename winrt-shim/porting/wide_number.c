/* SPDX-License-Identifier: MIT */
/* Numbers of wide strings: the system reads the ASCII that they consist of. */
#include "winrt_porting_functions.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "ascii.h"

/* The system's functions do not say where they stopped when there is no such base. */
static bool check_base(int base)
{
    if (base == 0 || (base >= 2 && base <= 36))
        return true;
    errno = EINVAL;
    return false;
}

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
    stop = ascii.text;
    value = check_base(base) ? strtol(ascii.text, &stop, base) : 0;
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
    stop = ascii.text;
    value = check_base(base) ? strtoul(ascii.text, &stop, base) : 0;
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
    stop = ascii.text;
    value = check_base(base) ? strtoll(ascii.text, &stop, base) : 0;
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
    stop = ascii.text;
    value = check_base(base) ? strtoull(ascii.text, &stop, base) : 0;
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

/* "atoi, _wtoi" (C runtime): beyond an int's range it is the nearest int, and ERANGE. */
int winrt_wtoi(const winrt_wchar *text)
{
    long value = winrt_wcstol(text, NULL, 10);

    if (value >= INT_MIN && value <= INT_MAX)
        return (int)value;
    errno = ERANGE;
    return value < 0 ? INT_MIN : INT_MAX;
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
