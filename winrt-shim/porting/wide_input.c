/* SPDX-License-Identifier: MIT */
/* Wide characters and lines from a stream of UTF-8. */
#include "winrt_porting_functions.h"

#include <stdbool.h>

#include <unistr.h>

#define END         ((wint_t)0xFFFF)
#define REPLACEMENT 0xFFFD

/* The second half of a pair waits to be what its thread reads next. */
static _Thread_local struct {
    FILE *stream;
    winrt_wchar low;
} waiting;

/* How many bytes a character has that begins with this one; 1 for what begins none. */
static size_t bytes_of(int first)
{
    if (first >= 0xF0 && first <= 0xF4)
        return 4;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xC2 && first < 0xE0 ? 2 : 1;
}

/* The caller has locked the stream: nobody else gets a part of the character. */
static bool read_point(FILE *stream, ucs4_t *point)
{
    uint8_t bytes[4];
    int next = getc_unlocked(stream);
    size_t count = 1, all = bytes_of(next);

    if (next == EOF)
        return false;
    bytes[0] = (uint8_t)next;
    while (count < all && (next = getc_unlocked(stream)) != EOF) {
        if ((next & 0xC0) != 0x80) {
            ungetc(next, stream);
            break;
        }
        bytes[count++] = (uint8_t)next;
    }
    if (u8_mbtoucr(point, bytes, count) < 0)
        *point = REPLACEMENT;
    return true;
}

static wint_t read_unit(FILE *stream)
{
    ucs4_t point;

    if (waiting.stream == stream) {
        waiting.stream = NULL;
        return waiting.low;
    }
    if (!read_point(stream, &point))
        return END;
    if (point < 0x10000)
        return point;
    waiting.stream = stream;
    waiting.low = (winrt_wchar)(0xDC00 + ((point - 0x10000) & 0x3FF));
    return 0xD800 + ((point - 0x10000) >> 10);
}

wint_t winrt_fgetwc(FILE *stream)
{
    wint_t unit;

    flockfile(stream);
    unit = read_unit(stream);
    funlockfile(stream);
    return unit;
}

wint_t winrt_getwchar(void)
{
    return winrt_fgetwc(stdin);
}

winrt_wchar *winrt_fgetws(winrt_wchar *buffer, int size, FILE *stream)
{
    int length = 0;
    wint_t unit = 0;

    if (!buffer || size <= 0)
        return NULL;
    flockfile(stream); /* nobody else reads a part of the line */
    while (length < size - 1 && unit != '\n' && (unit = read_unit(stream)) != END)
        buffer[length++] = (winrt_wchar)unit;
    funlockfile(stream);
    buffer[length] = 0;
    return length || size == 1 ? buffer : NULL;
}
