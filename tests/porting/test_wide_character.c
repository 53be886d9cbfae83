/* SPDX-License-Identifier: MIT */
/* <wctype.h>. The same source is a PE program on msvcrt, which asks the system once a locale is
 * set. */
#include <windows.h>

#include <locale.h>
#include <stdbool.h>
#include <wctype.h>

#include "wide_check.h"

#define LATIN_A_UMLAUT L'\xC4'
#define LATIN_a_UMLAUT L'\xE4'
#define CYRILLIC_ZHE   L'\x416'
#define CYRILLIC_zhe   L'\x436'
#define ARABIC_ONE     L'\x661'
#define EM_SPACE       L'\x2003'
#define HIGH_SURROGATE L'\xD83D'

static int set_locale(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "");
    return 0;
}

static void classes_are_by_unicode(void **state)
{
    static const struct {
        wchar_t unit;
        bool alpha, digit, space, upper, lower, punct, alnum;
    } rows[] = {
        { L'a', true, false, false, false, true, false, true },
        { L'Z', true, false, false, true, false, false, true },
        { L'7', false, true, false, false, false, false, true },
        { L'_', false, false, false, false, false, true, false },
        { L' ', false, false, true, false, false, false, false },
        { L'\t', false, false, true, false, false, false, false },
        { L'\0', false, false, false, false, false, false, false },
        { L'\xA0', false, false, true, false, false, false, false },
        { LATIN_A_UMLAUT, true, false, false, true, false, false, true },
        { CYRILLIC_zhe, true, false, false, false, true, false, true },
        { ARABIC_ONE, false, true, false, false, false, false, true },
        { EM_SPACE, false, false, true, false, false, false, false },
        { L'\x4E2D', true, false, false, false, false, false, true },
        { HIGH_SURROGATE, false, false, false, false, false, false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        wchar_t unit = rows[i].unit;

        print_message("U+%04X\n", unit);
        assert_int_equal(iswalpha(unit) != 0, rows[i].alpha);
        assert_int_equal(iswdigit(unit) != 0, rows[i].digit);
        assert_int_equal(iswspace(unit) != 0, rows[i].space);
        assert_int_equal(iswupper(unit) != 0, rows[i].upper);
        assert_int_equal(iswlower(unit) != 0, rows[i].lower);
        assert_int_equal(iswpunct(unit) != 0, rows[i].punct);
        assert_int_equal(iswalnum(unit) != 0, rows[i].alnum);
    }
}

static void other_classes(void **state)
{
    (void)state;
    assert_true(iswcntrl(L'\n'));
    assert_false(iswcntrl(L'a'));
    assert_true(iswprint(L' '));
    assert_false(iswprint(L'\n'));
    assert_true(iswgraph(L'!'));
    assert_false(iswgraph(L' '));
    assert_true(iswxdigit(L'f') && iswxdigit(L'F') && iswxdigit(L'0'));
    assert_false(iswxdigit(L'g'));
}

static void the_end_of_a_file_is_in_no_class(void **state)
{
    (void)state;
    assert_false(iswalpha(WEOF));
    assert_false(iswdigit(WEOF));
    assert_false(iswspace(WEOF));
    assert_int_equal(towlower(WEOF), WEOF);
}

static void case_is_changed(void **state)
{
    (void)state;
    assert_int_equal(towlower(L'Q'), L'q');
    assert_int_equal(towupper(L'q'), L'Q');
    assert_int_equal(towlower(L'1'), L'1');
    assert_int_equal(towlower(LATIN_A_UMLAUT), LATIN_a_UMLAUT);
    assert_int_equal(towupper(CYRILLIC_zhe), CYRILLIC_ZHE);
    assert_int_equal(towupper(L'\xDF'), L'\xDF'); /* sharp s is no single letter in upper case */
    assert_int_equal(towlower(HIGH_SURROGATE), HIGH_SURROGATE);
    assert_int_equal(_wcsicmp(L"\xC4RGER \x416", L"\xE4rger \x436"), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(classes_are_by_unicode, set_locale),
    cmocka_unit_test_setup(other_classes, set_locale),
    cmocka_unit_test_setup(the_end_of_a_file_is_in_no_class, set_locale),
    cmocka_unit_test_setup(case_is_changed, set_locale),
};
TEST_MAIN_UNIT(tests)
