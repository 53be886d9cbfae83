/* SPDX-License-Identifier: MIT */
/* swscanf with Microsoft's meaning. The same source is a PE program on msvcrt. */
#include <windows.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "wide_check.h"

static void numbers_are_read(void **state)
{
    int decimal = 0, octal_or_hex = 0, position = 0;
    unsigned hex = 0, plain = 0;
    short small = 0;
    int64_t large = 0;
    DWORD word = 0;
    LONG number = 0;
    double real = 0;
    float single = 0;

    (void)state;
    assert_int_equal(swscanf(L" 12 0x1F ff 7", L"%d %i %x %u%n", &decimal, &octal_or_hex, &hex,
                             &plain, &position),
                     4);
    assert_int_equal(decimal, 12);
    assert_int_equal(octal_or_hex, 31);
    assert_int_equal(hex, 255);
    assert_int_equal(plain, 7);
    assert_int_equal(position, 13);
    assert_int_equal(swscanf(L"-5,-6000000000", L"%hd,%I64d", &small, &large), 2);
    assert_int_equal(small, -5);
    assert_true(large == -6000000000LL);
    assert_int_equal(swscanf(L"4000000000 -3", L"%lu %ld", &word, &number), 2);
    assert_true(word == 4000000000u);
    assert_true(number == -3);
    assert_int_equal(swscanf(L"1.5 -2.5e1", L"%lf %f", &real, &single), 2);
    assert_true(real == 1.5 && single == -25.0f);
}

static void in_a_wide_function_s_is_wide(void **state)
{
    wchar_t word[16], other[16], third[16];
    char bytes[16], more[16];

    (void)state;
    assert_int_equal(swscanf(L"caf\xE9 abc def ghi jkl", L"%s %S %ls %hs %ws", word, bytes, other,
                             more, third),
                     5);
    check_wide(L"caf\xE9", word);
    assert_string_equal(bytes, "abc");
    check_wide(L"def", other);
    assert_string_equal(more, "ghi");
    check_wide(L"jkl", third);
}

static void a_width_is_an_end(void **state)
{
    wchar_t word[8];
    int first = 0, second = 0;

    (void)state;
    assert_int_equal(swscanf(L"1234", L"%2d%d", &first, &second), 2);
    assert_int_equal(first, 12);
    assert_int_equal(second, 34);
    assert_int_equal(swscanf(L"abcdef", L"%3s", word), 1);
    check_wide(L"abc", word);
}

static void characters_include_spaces(void **state)
{
    wchar_t units[3] = L"##";
    char bytes[3] = "##";
    wchar_t unit = 0;

    (void)state;
    assert_int_equal(swscanf(L" x", L"%c", &unit), 1);
    assert_int_equal(unit, L' ');
    assert_int_equal(swscanf(L"a b", L"%2c", units), 1);
    assert_memory_equal(units, L"a ", 6);
    assert_int_equal(swscanf(L"xy", L"%2C", bytes), 1);
    assert_string_equal(bytes, "xy");
}

static void sets_choose(void **state)
{
    wchar_t first[16], second[16];

    (void)state;
    assert_int_equal(swscanf(L"key=value;", L"%[^=]=%[a-z]", first, second), 2);
    check_wide(L"key", first);
    check_wide(L"value", second);
    assert_int_equal(swscanf(L"]a-b", L"%[]a]%[-]", first, second), 2);
    check_wide(L"]a", first);
    check_wide(L"-", second);
    assert_int_equal(swscanf(L"x", L"%[0-9]", first), 0);
    assert_int_equal(swscanf(L"abc12", L"%*[a-z]%2[0-9]", first), 1);
    check_wide(L"12", first);
}

static void what_does_not_match_ends_it(void **state)
{
    int first = 0, second = -1;

    (void)state;
    assert_int_equal(swscanf(L"", L"%d", &first), EOF);
    assert_int_equal(swscanf(L"x", L"%d", &first), 0);
    assert_int_equal(swscanf(L"1 x", L"%d %d", &first, &second), 1);
    assert_int_equal(swscanf(L"1", L"%d %d", &first, &second), 1);
    assert_int_equal(swscanf(L"1-2", L"%d:%d", &first, &second), 1);
    assert_int_equal(second, -1);
}

static void some_is_skipped(void **state)
{
    int number = 0;

    (void)state;
    assert_int_equal(swscanf(L"12 ab 34", L"%*d %*s %d", &number), 1);
    assert_int_equal(number, 34);
    assert_int_equal(swscanf(L"50%", L"%d%%", &number), 1);
    assert_int_equal(swscanf(L"v  =\t7", L"v = %d", &number), 1);
    assert_int_equal(number, 7);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_are_read),  cmocka_unit_test(in_a_wide_function_s_is_wide),
    cmocka_unit_test(a_width_is_an_end), cmocka_unit_test(characters_include_spaces),
    cmocka_unit_test(sets_choose),       cmocka_unit_test(what_does_not_match_ends_it),
    cmocka_unit_test(some_is_skipped),
};
TEST_MAIN_UNIT(tests)
