/* SPDX-License-Identifier: MIT */
/*
 * The C library formats the numbers. Text, whose meaning is what differs, is done here, and so is
 * fetching each argument, since only the directive tells its type.
 */
#include "format.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/port/memory.h"

#include "directive.h"

/* A va_list cannot be passed on by its address where it is a parameter; in a struct it can. */
struct arguments {
    va_list list;
};

typedef bool conversion(struct text_sink *sink, const struct directive *directive,
                        struct arguments *arguments);

/* What a directive says of a number, for snprintf, with the width and the precision as arguments.
 */
#define NUMBER_FORMAT_SIZE 16

static void number_format(const struct directive *directive, const char *modifier,
                          char format[NUMBER_FORMAT_SIZE])
{
    snprintf(format, NUMBER_FORMAT_SIZE, "%%%s%s%s%s%s*.*%s%c", directive->left ? "-" : "",
             directive->plus ? "+" : "", directive->space ? " " : "", directive->zero ? "0" : "",
             directive->alternative ? "#" : "", modifier, (char)directive->conversion);
}

/* Appends what the C library makes of a format and its arguments. */
static bool append_native(struct text_sink *sink, const char *format, ...)
{
    char fixed[128], *text = fixed;
    bool done = false;
    va_list args, again;
    int length;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(fixed, sizeof(fixed), format, args);
    if (length < 0)
        goto done;
    if ((size_t)length >= sizeof(fixed)) {
        text = memory_alloc((size_t)length + 1);
        if (!text) {
            errno = ENOMEM;
            goto done;
        }
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    done = text_sink_bytes(sink, text, (size_t)length);
done:
    if (text != fixed)
        memory_free(text);
    va_end(again);
    va_end(args);
    return done;
}

static int width_of(const struct directive *directive)
{
    return directive->width < 0 ? 0 : directive->width;
}

static bool append_signed(struct text_sink *sink, const struct directive *directive,
                          struct arguments *arguments)
{
    size_t size = directive->modifier->integer;
    long long value = size == 8 ? va_arg(arguments->list, long long) : va_arg(arguments->list, int);
    char format[NUMBER_FORMAT_SIZE];

    if (size == 2)
        value = (short)value;
    else if (size == 1)
        value = (signed char)value;
    number_format(directive, "ll", format);
    return append_native(sink, format, width_of(directive), directive->precision, value);
}

static bool append_unsigned(struct text_sink *sink, const struct directive *directive,
                            struct arguments *arguments)
{
    size_t size = directive->modifier->integer;
    unsigned long long value = size == 8 ? va_arg(arguments->list, unsigned long long)
                                         : va_arg(arguments->list, unsigned int);
    char format[NUMBER_FORMAT_SIZE];

    if (size == 2)
        value = (unsigned short)value;
    else if (size == 1)
        value = (unsigned char)value;
    number_format(directive, "ll", format);
    return append_native(sink, format, width_of(directive), directive->precision, value);
}

static bool append_real(struct text_sink *sink, const struct directive *directive,
                        struct arguments *arguments)
{
    char format[NUMBER_FORMAT_SIZE];
    int width = width_of(directive);

    if (directive->modifier->long_double) {
        number_format(directive, "L", format);
        return append_native(sink, format, width, directive->precision,
                             va_arg(arguments->list, long double));
    }
    number_format(directive, "", format);
    return append_native(sink, format, width, directive->precision,
                         va_arg(arguments->list, double));
}

/* All digits of an address, in capitals. */
static bool append_pointer(struct text_sink *sink, const struct directive *directive,
                           struct arguments *arguments)
{
    struct directive digits = *directive;
    char format[NUMBER_FORMAT_SIZE];

    digits.conversion = 'X';
    digits.zero = false;
    number_format(&digits, "ll", format);
    return append_native(sink, format, width_of(directive), (int)(2 * sizeof(void *)),
                         (unsigned long long)(uintptr_t)va_arg(arguments->list, void *));
}

/* Microsoft fills with zeros where the flag says so, text as well. */
static bool pad(struct text_sink *sink, size_t start, const struct directive *directive)
{
    return directive->width < 0 ||
           text_sink_pad(sink, start, (size_t)directive->width,
                         directive->zero && !directive->left ? '0' : ' ', directive->left);
}

static size_t bounded_length(const void *text, bool wide, int bound)
{
    size_t length = 0, limit = bound < 0 ? SIZE_MAX : (size_t)bound;

    if (!wide)
        return strnlen(text, limit);
    while (length < limit && ((const char16_t *)text)[length])
        length++;
    return length;
}

/* A precision counts what the argument consists of, a width what is printed. */
static bool append_string(struct text_sink *sink, const struct directive *directive,
                          struct arguments *arguments)
{
    bool wide = directive_text_is_wide(directive, sink->wide);
    const void *text = va_arg(arguments->list, const void *);
    size_t start = sink->length, length;

    if (!text) {
        text = "(null)";
        wide = false;
    }
    length = bounded_length(text, wide, directive->precision);
    if (wide ? !text_sink_units(sink, text, length) : !text_sink_bytes(sink, text, length))
        return false;
    return pad(sink, start, directive);
}

static bool append_character(struct text_sink *sink, const struct directive *directive,
                             struct arguments *arguments)
{
    int value = va_arg(arguments->list, int);
    char16_t unit = (char16_t)value;
    char byte = (char)value;
    size_t start = sink->length;

    if (directive_text_is_wide(directive, sink->wide) ? !text_sink_units(sink, &unit, 1)
                                                      : !text_sink_bytes(sink, &byte, 1))
        return false;
    return pad(sink, start, directive);
}

static const struct {
    const char *letters;
    conversion *append;
} conversions[] = {
    { "di", append_signed },    { "ouxX", append_unsigned }, { "aAeEfFgG", append_real },
    { "cC", append_character }, { "sS", append_string },     { "p", append_pointer },
};

static conversion *find_conversion(char16_t unit)
{
    if (!unit || unit > 'z')
        return NULL;
    for (size_t i = 0; i < sizeof(conversions) / sizeof(conversions[0]); i++) {
        if (strchr(conversions[i].letters, unit))
            return conversions[i].append;
    }
    return NULL;
}

/* Fetches what stands as * in the format: a negative width means left, a negative precision none.
 */
static bool fetch_numbers(struct directive *directive, struct arguments *arguments)
{
    if (directive->width_argument) {
        int width = va_arg(arguments->list, int);

        directive->left |= width < 0;
        directive->width = width == INT_MIN ? INT_MAX : abs(width);
    }
    if (directive->precision_argument) {
        int precision = va_arg(arguments->list, int);

        directive->precision = precision < 0 ? -1 : precision;
    }
    if (directive->width == INT_MAX) {
        errno = EOVERFLOW;
        return false;
    }
    return true;
}

static bool append_directive(struct text_sink *sink, struct directive *directive,
                             struct arguments *arguments)
{
    conversion *append = find_conversion(directive->conversion);

    if (directive->conversion == '%')
        return text_sink_bytes(sink, "%", 1);
    if (!append) {
        errno = EINVAL;
        return false;
    }
    return fetch_numbers(directive, arguments) && append(sink, directive, arguments);
}

/* The text up to the next directive, or to the end. */
static bool append_literal(struct text_sink *sink, const struct format *format, size_t from,
                           size_t to)
{
    if (format->wide)
        return text_sink_units(sink, (const char16_t *)format->text + from, to - from);
    return text_sink_bytes(sink, (const char *)format->text + from, to - from);
}

bool format_text(struct text_sink *sink, const void *text, va_list args)
{
    struct format format = { sink->wide, text };
    struct arguments arguments;
    struct directive directive;
    size_t from = 0, to;
    bool done = true;
    char16_t unit;

    va_copy(arguments.list, args);
    do {
        for (to = from; (unit = format_unit(&format, to)) && unit != '%'; to++)
            ;
        done = append_literal(sink, &format, from, to);
        if (unit && done) {
            from = directive_of_print(&format, to + 1, &directive);
            done = append_directive(sink, &directive, &arguments);
        }
    } while (unit && done);
    va_end(arguments.list);
    return done;
}
