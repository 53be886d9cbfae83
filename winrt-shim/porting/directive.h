/* SPDX-License-Identifier: MIT */
/*
 * A directive of a format, from '%' to its conversion, as "Format specification syntax: printf and
 * wprintf functions" and "Format Specification Fields: scanf and wscanf functions" (C runtime
 * library) write it. One parser for narrow and wide formats, and for output and input.
 */
#ifndef WINRT_PORTING_DIRECTIVE_H
#define WINRT_PORTING_DIRECTIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

struct format {
    bool wide;
    const void *text;
};

/* The unit at `at`; narrow ones as unsigned char. */
static inline char16_t format_unit(const struct format *format, size_t at)
{
    return format->wide ? ((const char16_t *)format->text)[at]
                        : ((const unsigned char *)format->text)[at];
}

/* What is said of text by an h, or by an l or w, before the conversion. */
enum text_kind {
    TEXT_AS_CONVERSION,
    TEXT_NARROW,
    TEXT_WIDE
};

struct length_modifier {
    const char *name;
    size_t integer; /* bytes of an integer argument */
    enum text_kind text;
    bool long_double;
};

struct directive {
    bool left, plus, space, zero, alternative; /* flags - + space 0 # */
    bool suppress;                             /* in a scan: a leading * */
    bool width_argument, precision_argument;   /* * in place of a number */
    int width;                                 /* -1: none */
    int precision;                             /* -1: none */
    const struct length_modifier *modifier;
    char16_t conversion; /* 0: the format ended */
};

/* Both parse what follows the '%' at `at` - 1 and return where the rest of the format begins. A
 * number beyond an int's range is the greatest int. */
size_t directive_of_print(const struct format *format, size_t at, struct directive *directive);
size_t directive_of_scan(const struct format *format, size_t at, struct directive *directive);

/* Is the text that the directive takes or stores wide, in a function for `wide_format` formats? S
 * and C are the other kind than s and c. */
bool directive_text_is_wide(const struct directive *directive, bool wide_format);

#endif
