/* SPDX-License-Identifier: MIT */
#include "directive.h"

#include <limits.h>

/* Longer names stand before their beginnings. `l` is a long of Windows, which has 32 bits. */
static const struct length_modifier modifiers[] = {
    { "I64", 8, TEXT_AS_CONVERSION, false },
    { "I32", 4, TEXT_AS_CONVERSION, false },
    { "I", sizeof(size_t), TEXT_AS_CONVERSION, false },
    { "hh", 1, TEXT_NARROW, false },
    { "h", 2, TEXT_NARROW, false },
    { "ll", 8, TEXT_WIDE, false },
    { "l", 4, TEXT_WIDE, false },
    { "w", 4, TEXT_WIDE, false },
    { "j", 8, TEXT_AS_CONVERSION, false },
    { "t", sizeof(ptrdiff_t), TEXT_AS_CONVERSION, false },
    { "z", sizeof(size_t), TEXT_AS_CONVERSION, false },
    { "L", 8, TEXT_AS_CONVERSION, true },
    { "", 4, TEXT_AS_CONVERSION, false }, /* fits everything, so it is last */
};

static size_t parse_modifier(const struct format *format, size_t at,
                             const struct length_modifier **ret)
{
    const struct length_modifier *modifier = modifiers;
    size_t length = 0;

    while (modifier->name[length]) {
        if (format_unit(format, at + length) == (unsigned char)modifier->name[length]) {
            length++;
        } else {
            modifier++;
            length = 0;
        }
    }
    *ret = modifier;
    return at + length;
}

static size_t parse_number(const struct format *format, size_t at, int *ret)
{
    char16_t unit;

    *ret = 0;
    while ((unit = format_unit(format, at)) >= '0' && unit <= '9') {
        *ret = *ret > (INT_MAX - 9) / 10 ? INT_MAX : *ret * 10 + (unit - '0');
        at++;
    }
    return at;
}

static size_t parse_conversion(const struct format *format, size_t at, struct directive *directive)
{
    at = parse_modifier(format, at, &directive->modifier);
    directive->conversion = format_unit(format, at);
    return directive->conversion ? at + 1 : at;
}

static bool *flag_of(struct directive *directive, char16_t unit)
{
    const struct {
        char unit;
        bool *flag;
    } flags[] = {
        { '-', &directive->left }, { '+', &directive->plus },        { ' ', &directive->space },
        { '0', &directive->zero }, { '#', &directive->alternative },
    };

    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if (unit == (unsigned char)flags[i].unit)
            return flags[i].flag;
    }
    return NULL;
}

size_t directive_of_print(const struct format *format, size_t at, struct directive *directive)
{
    bool *flag;

    *directive = (struct directive){ .width = -1, .precision = -1 };
    while ((flag = flag_of(directive, format_unit(format, at)))) {
        *flag = true;
        at++;
    }
    directive->width_argument = format_unit(format, at) == '*';
    if (directive->width_argument)
        at++;
    else
        at = parse_number(format, at, &directive->width);
    if (format_unit(format, at) == '.') {
        at++;
        directive->precision_argument = format_unit(format, at) == '*';
        if (directive->precision_argument)
            at++;
        else
            at = parse_number(format, at, &directive->precision);
    }
    return parse_conversion(format, at, directive);
}

size_t directive_of_scan(const struct format *format, size_t at, struct directive *directive)
{
    size_t digits;

    *directive = (struct directive){ .width = -1, .precision = -1 };
    directive->suppress = format_unit(format, at) == '*';
    digits = directive->suppress ? at + 1 : at;
    at = parse_number(format, digits, &directive->width);
    if (at == digits)
        directive->width = -1;
    return parse_conversion(format, at, directive);
}

bool directive_text_is_wide(const struct directive *directive, bool wide_format)
{
    bool opposite = directive->conversion == 'S' || directive->conversion == 'C';

    if (directive->modifier->text != TEXT_AS_CONVERSION)
        return directive->modifier->text == TEXT_WIDE;
    return wide_format != opposite;
}
