/* SPDX-License-Identifier: MIT */
/* Numbers of wide strings. The same source is a PE program on msvcrt. */
#include <windows.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "wide_check.h"

static void integers_end_where_they_should(void **state)
{
    static const struct {
        const wchar_t *text;
        int base;
        long value;
        size_t end;
    } rows[] = {
        { L"42", 10, 42, 2 },   { L"  -17x", 10, -17, 5 }, { L"+8", 10, 8, 2 },
        { L"0x1Fg", 0, 31, 4 }, { L"0x1F", 16, 31, 4 },    { L"010", 0, 8, 3 },
        { L"ff", 16, 255, 2 },  { L"zz", 36, 1295, 2 },    { L"12\x20AC", 10, 12, 2 },
        { L"abc", 10, 0, 0 },   { L"", 10, 0, 0 },         { L"  ", 10, 0, 0 },
        { L"-", 10, 0, 0 },     { L"1 2", 10, 1, 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        wchar_t *end = NULL;

        assert_int_equal(wcstol(rows[i].text, &end, rows[i].base), rows[i].value);
        assert_ptr_equal(end, rows[i].text + rows[i].end);
        assert_int_equal(wcstol(rows[i].text, NULL, rows[i].base), rows[i].value);
        assert_int_equal(wcstoul(rows[i].text, &end, rows[i].base), (unsigned long)rows[i].value);
        assert_ptr_equal(end, rows[i].text + rows[i].end);
    }
}

static void a_long_is_the_platforms(void **state)
{
    (void)state;
    errno = 0;
    assert_true(wcstol(L"99999999999999999999", NULL, 10) == LONG_MAX);
    assert_int_equal(errno, ERANGE);
    errno = 0;
    assert_true(wcstol(L"-99999999999999999999", NULL, 10) == LONG_MIN);
    assert_int_equal(errno, ERANGE);
    errno = 0;
    assert_true(wcstoul(L"99999999999999999999", NULL, 10) == ULONG_MAX);
    assert_int_equal(errno, ERANGE);
}

static void long_longs_have_64_bits(void **state)
{
    wchar_t *end;

    (void)state;
    assert_true(_wcstoi64(L"-9223372036854775808", &end, 10) == LLONG_MIN);
    assert_int_equal(*end, 0);
    assert_true(_wcstoui64(L"18446744073709551615", &end, 10) == ULLONG_MAX);
    assert_true(wcstoull(L"0xFFFFFFFFFF", NULL, 0) == 0xFFFFFFFFFFULL);
    assert_true(wcstoll(L"-5", NULL, 10) == -5);
    assert_true(_wtoi64(L"123456789012") == 123456789012LL);
    assert_int_equal(_wtoi(L" 12abc"), 12);
    assert_int_equal(_wtoi(L"x"), 0);
    assert_int_equal(_wtol(L"-7"), -7);
}

static void many_digits_are_read_to_their_end(void **state)
{
    wchar_t text[301], *end;

    (void)state;
    for (int i = 0; i < 300; i++)
        text[i] = L'0';
    text[299] = L'7';
    text[300] = 0;
    assert_int_equal(wcstol(text, &end, 10), 7);
    assert_ptr_equal(end, text + 300);
}

static void reals_are_read(void **state)
{
    const wchar_t *text = L" -1.5e3;";
    wchar_t *end;

    (void)state;
    assert_true(wcstod(text, &end) == -1500.0);
    assert_ptr_equal(end, text + 7);
    assert_true(wcstod(L".5", NULL) == 0.5);
    assert_true(wcstod(L"x", &end) == 0.0);
    assert_int_equal(*end, L'x');
    assert_true(_wtof(L"2.25abc") == 2.25);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(integers_end_where_they_should),
    cmocka_unit_test(a_long_is_the_platforms),
    cmocka_unit_test(long_longs_have_64_bits),
    cmocka_unit_test(many_digits_are_read_to_their_end),
    cmocka_unit_test(reals_are_read),
};
TEST_MAIN_UNIT(tests)
