/* SPDX-License-Identifier: MIT */
/* Wide characters and strings to a stream, as UTF-8. */
#include "winrt_porting_functions.h"

#include <stdbool.h>
#include <string.h>

#include <unistr.h>

#include "src/port/memory.h"
#include "src/port/text.h"

#define END         ((wint_t)0xFFFF)
#define REPLACEMENT 0xFFFD

/* The first half of a pair waits for the second, which its thread writes next. */
static _Thread_local struct {
    FILE *stream;
    winrt_wchar high;
} waiting;

static bool write_point(ucs4_t point, FILE *stream)
{
    uint8_t bytes[4];
    int count = u8_uctomb(bytes, point, sizeof(bytes));

    if (count < 0)
        count = u8_uctomb(bytes, REPLACEMENT, sizeof(bytes));
    return fwrite(bytes, 1, (size_t)count, stream) == (size_t)count;
}

wint_t winrt_fputwc(winrt_wchar unit, FILE *stream)
{
    ucs4_t high = waiting.stream == stream ? waiting.high : 0;

    waiting.stream = NULL;
    if (high && unit >= 0xDC00 && unit <= 0xDFFF)
        return write_point(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00u), stream) ? unit
                                                                                         : END;
    if (high && !write_point(REPLACEMENT, stream))
        return END;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        waiting.stream = stream;
        waiting.high = unit;
        return unit;
    }
    return write_point(unit, stream) ? unit : END;
}

wint_t winrt_putwchar(winrt_wchar unit)
{
    return winrt_fputwc(unit, stdout);
}

static bool write_line(const winrt_wchar *text, const char *end, FILE *stream)
{
    size_t length, end_length = strlen(end);
    char *bytes;
    bool done;

    if (!text || text_utf8_from_utf16_lossy(text, winrt_wcslen(text), &bytes, &length) != PORT_OK)
        return false;
    flockfile(stream); /* nobody's text comes between the line and its end */
    done = fwrite(bytes, 1, length, stream) == length &&
           fwrite(end, 1, end_length, stream) == end_length;
    funlockfile(stream);
    memory_free(bytes);
    return done;
}

int winrt_fputws(const winrt_wchar *text, FILE *stream)
{
    return write_line(text, "", stream) ? 0 : (int)END;
}

int winrt_putws(const winrt_wchar *text)
{
    return write_line(text, "\n", stdout) ? 0 : (int)END;
}
