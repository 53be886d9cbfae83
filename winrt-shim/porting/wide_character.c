/* SPDX-License-Identifier: MIT */
/*
 * Classes and case of characters, by Unicode: what Windows answers once a program has called
 * setlocale(LC_CTYPE, ""). Classes are those of GetStringTypeW (CT_CTYPE1).
 */
#include "winrt_porting_functions.h"

#include <stdbool.h>

#include <unicase.h>
#include <unictype.h>

/* Units that are a character by themselves; WEOF is none. */
static bool is_character(wint_t unit)
{
    return unit < 0xFFFF && (unit < 0xD800 || unit > 0xDFFF);
}

static bool is_category(wint_t unit, uc_general_category_t category)
{
    return is_character(unit) && uc_is_general_category(unit, category);
}

int winrt_iswalpha(wint_t unit)
{
    return is_category(unit, UC_LETTER);
}

int winrt_iswdigit(wint_t unit)
{
    return is_category(unit, UC_DECIMAL_DIGIT_NUMBER);
}

int winrt_iswalnum(wint_t unit)
{
    return winrt_iswalpha(unit) || winrt_iswdigit(unit);
}

int winrt_iswxdigit(wint_t unit)
{
    return (unit >= '0' && unit <= '9') || (unit >= 'a' && unit <= 'f') ||
           (unit >= 'A' && unit <= 'F');
}

int winrt_iswspace(wint_t unit)
{
    return is_character(unit) && uc_is_property_white_space(unit);
}

int winrt_iswblank(wint_t unit)
{
    return unit == '\t' || is_category(unit, UC_SPACE_SEPARATOR);
}

int winrt_iswcntrl(wint_t unit)
{
    return is_category(unit, UC_CONTROL);
}

int winrt_iswlower(wint_t unit)
{
    return is_character(unit) && uc_is_property_lowercase(unit);
}

int winrt_iswupper(wint_t unit)
{
    return is_character(unit) && uc_is_property_uppercase(unit);
}

int winrt_iswpunct(wint_t unit)
{
    return is_category(unit, UC_PUNCTUATION) || is_category(unit, UC_SYMBOL);
}

int winrt_iswgraph(wint_t unit)
{
    return winrt_iswalnum(unit) || winrt_iswpunct(unit) || is_category(unit, UC_MARK) ||
           is_category(unit, UC_NUMBER);
}

int winrt_iswprint(wint_t unit)
{
    return winrt_iswgraph(unit) || is_category(unit, UC_SPACE_SEPARATOR);
}

wint_t winrt_towlower(wint_t unit)
{
    return is_character(unit) ? uc_tolower(unit) : unit;
}

wint_t winrt_towupper(wint_t unit)
{
    return is_character(unit) ? uc_toupper(unit) : unit;
}
