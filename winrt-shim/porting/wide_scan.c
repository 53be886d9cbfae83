/* SPDX-License-Identifier: MIT */
/*
 * swscanf; see "Format Specification Fields: scanf and wscanf functions" (C runtime library). The
 * C library reads the numbers.
 */
#include "winrt_porting_functions.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <unistr.h>

#include "src/port/memory.h"
#include "src/port/text.h"

#include "ascii.h"
#include "directive.h"
#include "scan_set.h"

struct scan {
    const winrt_wchar *text, *at;
    va_list args;
    struct directive directive;
    struct scan_set set;
};

enum scanned {
    SCANNED_ASSIGNED,
    SCANNED_SKIPPED, /* matched, and not to be counted */
    SCANNED_MISMATCH,
    SCANNED_END, /* of the text, before anything of the directive */
    SCANNED_ERROR,
};

typedef enum scanned scanner(struct scan *scan);

static size_t width_of(const struct scan *scan)
{
    return scan->directive.width <= 0 ? SIZE_MAX : (size_t)scan->directive.width;
}

/* How many of the next `length` units fit into `limit` bytes of UTF-8, as whole characters. */
static size_t units_in_bytes(const winrt_wchar *text, size_t length, size_t limit)
{
    size_t units = 0, bytes = 0;

    while (units < length) {
        uint8_t encoded[4];
        ucs4_t point;
        int used = u16_mbtouc(&point, (const uint16_t *)text + units, length - units);

        bytes += (size_t)u8_uctomb(encoded, point, sizeof(encoded));
        if (bytes > limit)
            break;
        units += (size_t)used;
    }
    return units;
}

/* A width is what the client has room for, so of narrow text it counts the bytes. */
static size_t fitting(const struct scan *scan, size_t length)
{
    if (scan->directive.suppress || directive_text_is_wide(&scan->directive, true))
        return length;
    return units_in_bytes(scan->at, length, width_of(scan));
}

static void skip_space(struct scan *scan)
{
    while (winrt_iswspace(*scan->at))
        scan->at++;
}

static void store_integer(void *to, size_t size, long long value)
{
    switch (size) {
    case 1:
        *(int8_t *)to = (int8_t)value;
        break;
    case 2:
        *(int16_t *)to = (int16_t)value;
        break;
    case 4:
        *(int32_t *)to = (int32_t)value;
        break;
    default:
        *(int64_t *)to = value;
        break;
    }
}

/* Lets the C library read a number of the text into *value. */
static enum scanned read_number(struct scan *scan, const char *modifier, char letter, void *value)
{
    struct ascii ascii;
    char format[16];
    int used = 0, count;

    skip_space(scan);
    if (!*scan->at)
        return SCANNED_END;
    snprintf(format, sizeof(format), "%%%s%c%%n", modifier, letter);
    ascii_init(&ascii, scan->at, width_of(scan));
    count = sscanf(ascii.text, format, value, &used);
    ascii_free(&ascii);
    if (count != 1)
        return SCANNED_MISMATCH;
    scan->at += used;
    return scan->directive.suppress ? SCANNED_SKIPPED : SCANNED_ASSIGNED;
}

static enum scanned scan_integer(struct scan *scan)
{
    bool pointer = scan->directive.conversion == 'p';
    size_t size = pointer ? sizeof(void *) : scan->directive.modifier->integer;
    char letter = pointer ? 'x' : (char)scan->directive.conversion;
    long long value = 0;
    enum scanned result = read_number(scan, "ll", letter, &value);

    if (result == SCANNED_ASSIGNED)
        store_integer(va_arg(scan->args, void *), size, value);
    return result;
}

static enum scanned scan_real(struct scan *scan)
{
    bool is_long_double = scan->directive.modifier->long_double;
    bool is_double = scan->directive.modifier->text == TEXT_WIDE;
    const char *modifier = is_long_double ? "L" : is_double ? "l" : "";
    union {
        float single;
        double normal;
        long double extended;
    } value;
    size_t size = is_long_double ? sizeof(value.extended)
                  : is_double    ? sizeof(value.normal)
                                 : sizeof(value.single);
    enum scanned result = read_number(scan, modifier, (char)scan->directive.conversion, &value);

    if (result == SCANNED_ASSIGNED)
        memcpy(va_arg(scan->args, void *), &value, size);
    return result;
}

/* Stores `length` units from where the text is, as the directive wants them, and goes on after
 * them. */
static enum scanned store_text(struct scan *scan, size_t length, bool terminated)
{
    const winrt_wchar *text = scan->at;
    size_t count;
    char *bytes;
    void *to;

    scan->at += length;
    if (scan->directive.suppress)
        return SCANNED_SKIPPED;
    to = va_arg(scan->args, void *);
    if (directive_text_is_wide(&scan->directive, true)) {
        winrt_wchar *wide = to;

        memcpy(wide, text, length * sizeof(*text));
        if (terminated)
            wide[length] = 0;
        return SCANNED_ASSIGNED;
    }
    if (text_utf8_from_utf16_lossy(text, length, &bytes, &count) != PORT_OK) {
        errno = ENOMEM;
        return SCANNED_ERROR;
    }
    memcpy(to, bytes, terminated ? count + 1 : count);
    memory_free(bytes);
    return SCANNED_ASSIGNED;
}

static enum scanned scan_string(struct scan *scan)
{
    size_t length = 0;

    skip_space(scan);
    if (!*scan->at)
        return SCANNED_END;
    while (length < width_of(scan) && scan->at[length] && !winrt_iswspace(scan->at[length]))
        length++;
    length = fitting(scan, length);
    return length ? store_text(scan, length, true) : SCANNED_MISMATCH;
}

static enum scanned scan_characters(struct scan *scan)
{
    size_t count;

    if (scan->directive.width <= 0)
        scan->directive.width = 1;
    count = width_of(scan);
    if (!*scan->at)
        return SCANNED_END;
    if (winrt_wcsnlen(scan->at, count) < count || fitting(scan, count) < count)
        return SCANNED_MISMATCH;
    return store_text(scan, count, false);
}

static enum scanned scan_of_set(struct scan *scan)
{
    size_t length = 0;

    if (!*scan->at)
        return SCANNED_END;
    while (length < width_of(scan) && scan->at[length] &&
           scan_set_has(&scan->set, scan->at[length]))
        length++;
    length = fitting(scan, length);
    return length ? store_text(scan, length, true) : SCANNED_MISMATCH;
}

static enum scanned scan_position(struct scan *scan)
{
    if (!scan->directive.suppress)
        store_integer(va_arg(scan->args, void *), scan->directive.modifier->integer,
                      scan->at - scan->text);
    return SCANNED_SKIPPED;
}

static enum scanned scan_percent(struct scan *scan)
{
    skip_space(scan);
    if (!*scan->at)
        return SCANNED_END;
    return *scan->at == '%' && scan->at++ ? SCANNED_SKIPPED : SCANNED_MISMATCH;
}

static const struct {
    const char *letters;
    scanner *scan;
} scanners[] = {
    { "diouxXp", scan_integer }, { "aAeEfFgG", scan_real }, { "sS", scan_string },
    { "cC", scan_characters },   { "[", scan_of_set },      { "n", scan_position },
    { "%", scan_percent },
};

static scanner *find_scanner(winrt_wchar unit)
{
    if (!unit || unit > 'z')
        return NULL;
    for (size_t i = 0; i < sizeof(scanners) / sizeof(scanners[0]); i++) {
        if (strchr(scanners[i].letters, unit))
            return scanners[i].scan;
    }
    return NULL;
}

static enum scanned scan_directive(struct scan *scan, const winrt_wchar **format)
{
    const struct format text = { true, *format };
    const winrt_wchar *rest = *format + directive_of_scan(&text, 0, &scan->directive);
    scanner *scan_one = find_scanner(scan->directive.conversion);

    if (scan->directive.conversion == '[')
        rest = scan_set_parse(rest, &scan->set);
    if (!rest || !scan_one) {
        errno = EINVAL;
        return SCANNED_ERROR;
    }
    *format = rest;
    return scan_one(scan);
}

/* What the format has between directives: white space, or a unit that has to be there. */
static enum scanned scan_literal(struct scan *scan, winrt_wchar unit)
{
    if (winrt_iswspace(unit)) {
        skip_space(scan);
        return SCANNED_SKIPPED;
    }
    if (!*scan->at)
        return SCANNED_END;
    return *scan->at == unit && scan->at++ ? SCANNED_SKIPPED : SCANNED_MISMATCH;
}

int winrt_vswscanf(const winrt_wchar *text, const winrt_wchar *format, va_list args)
{
    struct scan scan = { .text = text, .at = text };
    enum scanned scanned = SCANNED_SKIPPED;
    int assigned = 0;

    if (!text || !format) {
        errno = EINVAL;
        return EOF;
    }
    va_copy(scan.args, args);
    while (*format && scanned <= SCANNED_SKIPPED) {
        winrt_wchar unit = *format++;

        scanned = unit == '%' ? scan_directive(&scan, &format) : scan_literal(&scan, unit);
        assigned += scanned == SCANNED_ASSIGNED;
    }
    va_end(scan.args);
    if (scanned == SCANNED_ERROR || (scanned == SCANNED_END && !assigned))
        return EOF;
    return assigned;
}

int winrt_swscanf(const winrt_wchar *text, const winrt_wchar *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = winrt_vswscanf(text, format, args);
    va_end(args);
    return result;
}
