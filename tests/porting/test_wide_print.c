/* SPDX-License-Identifier: MIT */
/*
 * Formatting with Microsoft's meaning. The same source is a PE program on msvcrt, whose answers
 * these are.
 */
#include <windows.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "wide_check.h"

#define FACE L"\xD83D\xDE00"

static wchar_t wide[128];
static char narrow[128];

#define check_print(expected, ...)                                              \
    do {                                                                        \
        assert_int_equal(_snwprintf(wide, 128, __VA_ARGS__), wcslen(expected)); \
        check_wide(expected, wide);                                             \
    } while (0)

#define check_narrow_print(expected, ...)                                        \
    do {                                                                         \
        assert_int_equal(_snprintf(narrow, 128, __VA_ARGS__), strlen(expected)); \
        assert_string_equal(narrow, expected);                                   \
    } while (0)

static void in_a_wide_function_s_is_wide(void **state)
{
    (void)state;
    check_print(L"wide narrow", L"%s %S", L"wide", "narrow");
    check_print(L"a b c d", L"%hs %ls %ws %hS", "a", L"b", L"c", "d");
    check_print(L"wide", L"%lS", L"wide");
    check_print(L"ab", L"%c%C", L'a', 'b');
    check_print(L"abc", L"%hc%lc%wc", 'a', L'b', L'c');
    check_print(L"\x20AC", L"%c", L'\x20AC');
    check_print(L"<" FACE L">", L"<%s>", FACE);
}

static void in_a_narrow_function_s_is_narrow(void **state)
{
    (void)state;
    check_narrow_print("narrow wide", "%s %S", "narrow", L"wide");
    check_narrow_print("a b c", "%hs %ls %ws", "a", L"b", L"c");
    check_narrow_print("ab", "%c%C", 'a', L'b');
    check_narrow_print("ab", "%hc%lc", 'a', L'b');
}

static void no_string_is_shown_as_null(void **state)
{
    (void)state;
    check_print(L"(null)", L"%s", (wchar_t *)NULL);
    check_print(L"(null)", L"%S", (char *)NULL);
    check_print(L"(nu", L"%.3s", (wchar_t *)NULL);
    check_narrow_print("(null)", "%s", (char *)NULL);
    check_narrow_print("(null)", "%S", (wchar_t *)NULL);
}

static void precision_and_width_count_units(void **state)
{
    const wchar_t unterminated[] = { L'x', L'y', L'z' };

    (void)state;
    check_print(L"[ab]", L"[%.2s]", L"abc");
    check_print(L"[xyz]", L"[%.3s]", unterminated);
    check_print(L"[]", L"[%.0s]", L"abc");
    check_print(L"[]", L"[%.s]", L"abc");
    check_print(L"[\xD83D]", L"[%.1s]", FACE);
    check_print(L"[  " FACE L"]", L"[%4s]", FACE);
    check_print(L"[   ab]", L"[%5s]", L"ab");
    check_print(L"[ab   ]", L"[%-5s]", L"ab");
    check_print(L"[    a]", L"[%5.1s]", L"abc");
    check_print(L"[   ab]", L"[%*s]", 5, L"ab");
    check_print(L"[ab   ]", L"[%*s]", -5, L"ab");
    check_print(L"[ab]", L"[%.*s]", 2, L"abc");
    check_print(L"[abc]", L"[%.*s]", -1, L"abc");
    check_print(L"[   a]", L"[%4c]", L'a');
    check_print(L"[a   ]", L"[%-4c]", L'a');
    check_print(L"[000ab]", L"[%05s]", L"ab"); /* zeros, as Microsoft's */
    check_narrow_print("[ab]", "[%.2S]", L"abc");
    check_narrow_print("[    d]", "[%5S]", L"d");
}

static void integers_have_the_size_that_windows_gives_them(void **state)
{
    (void)state;
    check_print(L"-1 4294967295", L"%d %u", -1, -1);
    check_print(L"-1", L"%I64d", -1LL);
    check_print(L"18446744073709551615", L"%I64u", UINT64_MAX);
    check_print(L"1099511627776", L"%Iu", (size_t)1 << 40);
    check_print(L"-1", L"%Id", (ptrdiff_t)-1);
    check_print(L"-5", L"%I32d", -5);
    check_print(L"-9223372036854775808", L"%lld", INT64_MIN);
    check_print(L"ffffffffffffffff", L"%llx", UINT64_MAX);
    check_print(L"-5 4294967291", L"%ld %lu", (LONG)-5, (ULONG)-5);
    check_print(L"0x80070002", L"0x%08lX", (HRESULT)0x80070002L);
    check_print(L"4464 65535", L"%hd %hu", 70000, -1);
    check_narrow_print("-5 -1 7", "%ld %I64d %Iu", (LONG)-5, -1LL, (size_t)7);
}

/* With more arguments than registers hold, what stands beside a 32-bit one is anything. */
static void arguments_keep_their_places(void **state)
{
    (void)state;
    check_print(L"1 -2 3 -4 5 -6 7 -8 x 1.5 -9", L"%ld %ld %ld %ld %ld %ld %ld %ld %s %.1f %I64d",
                (LONG)1, (LONG)-2, (LONG)3, (LONG)-4, (LONG)5, (LONG)-6, (LONG)7, (LONG)-8, L"x",
                1.5, -9LL);
}

static void flags_are_those_of_c(void **state)
{
    (void)state;
    check_print(L"+5| 5|00005|5    |    5", L"%+d|% d|%05d|%-5d|%5d", 5, 5, 5, 5, 5);
    check_print(L"0xff|0XFF|010", L"%#x|%#X|%#o", 255, 255, 8);
    check_print(L"|00005|   05", L"%.0d|%.5d|%5.2d", 0, 5, 5);
    check_print(L"    1|2    |", L"%*d|%-*d|", 5, 1, 5, 2);
    check_print(L"100%", L"%d%%", 100);
    check_print(L"1.50|2|1e+100|0.1", L"%.2f|%.0f|%g|%g", 1.5, 2.0, 1e100, 0.1);
    check_print(L"  3.142|-003.14", L"%7.3f|%07.2f", 3.14159, -3.14159);
}

static void a_pointer_shows_all_digits(void **state)
{
    (void)state;
    check_print(L"00000000000001AB", L"%p", (void *)0x1AB);
    check_print(L"0000000000000000", L"%p", NULL);
}

static void a_zero_character_is_printed(void **state)
{
    (void)state;
    assert_int_equal(_snwprintf(wide, 128, L"a%cb", 0), 3);
    assert_memory_equal(wide, L"a\0b", 8);
}

static void snwprintf_cuts_without_a_terminator(void **state)
{
    (void)state;
    wmemset(wide, L'#', 128);
    assert_int_equal(_snwprintf(wide, 5, L"%d", 1234), 4);
    check_wide(L"1234", wide);
    wmemset(wide, L'#', 128);
    assert_int_equal(_snwprintf(wide, 5, L"%d", 12345), 5);
    assert_memory_equal(wide, L"12345##", 14);
    wmemset(wide, L'#', 128);
    assert_true(_snwprintf(wide, 5, L"%d", 1234567) < 0);
    assert_memory_equal(wide, L"12345##", 14);
    assert_true(_snwprintf(wide, 0, L"%d", 1) < 0);
    assert_int_equal(wide[0], L'1');
}

static void snwprintf_of_no_buffer_counts(void **state)
{
    (void)state;
    assert_int_equal(_snwprintf(NULL, 0, L"%d%s", 12345, L"abc"), 8);
    assert_int_equal(_scwprintf(L"%s", L"abc"), 3);
    assert_int_equal(_scprintf("%S", L"abcd"), 4);
}

static void snprintf_of_microsoft_cuts_likewise(void **state)
{
    (void)state;
    memset(narrow, '#', sizeof(narrow));
    assert_int_equal(_snprintf(narrow, 5, "%d", 12345), 5);
    assert_memory_equal(narrow, "12345##", 7);
    assert_true(_snprintf(narrow, 5, "%d", 1234567) < 0);
    assert_memory_equal(narrow, "12345##", 7);
}

static void snprintf_is_that_of_c99(void **state)
{
    (void)state;
    assert_int_equal(snprintf(narrow, 5, "%d", 1234567), 7);
    assert_string_equal(narrow, "1234");
    assert_int_equal(snprintf(NULL, 0, "%d", 1234567), 7);
    assert_int_equal(sprintf(narrow, "%s-%d", "abc", 5), 5);
    assert_string_equal(narrow, "abc-5");
}

static void swprintf_takes_a_count(void **state)
{
    (void)state;
    assert_int_equal(swprintf(wide, 128, L"%d:%ls", 7, L"seven"), 7);
    check_wide(L"7:seven", wide);
    assert_int_equal(swprintf(wide, 5, L"%d", 1234), 4);
    check_wide(L"1234", wide);
}

static int print_list(wchar_t *buffer, size_t size, const wchar_t *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = _vsnwprintf(buffer, size, format, args);
    va_end(args);
    return result;
}

static int print_list_as_swprintf(wchar_t *buffer, size_t size, const wchar_t *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = vswprintf(buffer, size, format, args);
    va_end(args);
    return result;
}

static void argument_lists_are_taken(void **state)
{
    (void)state;
    assert_int_equal(print_list(wide, 128, L"%s %d", L"x", 5), 3);
    check_wide(L"x 5", wide);
    assert_true(print_list(wide, 2, L"%s %d", L"x", 5) < 0);
    assert_int_equal(print_list_as_swprintf(wide, 128, L"%ls %d", L"x", 5), 3);
    check_wide(L"x 5", wide);
}

/* Longer than what needs no memory of its own, several times. */
static void long_texts_are_whole(void **state)
{
    static wchar_t text[5000], buffer[12000];

    (void)state;
    wmemset(text, L'z', 4999);
    assert_int_equal(_snwprintf(buffer, 12000, L"%s|%5000s|%0600d", text, L"y", 7), 10601);
    assert_int_equal(wcslen(buffer), 10601);
    assert_int_equal(buffer[4998], L'z');
    assert_int_equal(buffer[9999], L'y');
    assert_int_equal(buffer[10600], L'7');
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(in_a_wide_function_s_is_wide),
    cmocka_unit_test(in_a_narrow_function_s_is_narrow),
    cmocka_unit_test(no_string_is_shown_as_null),
    cmocka_unit_test(precision_and_width_count_units),
    cmocka_unit_test(integers_have_the_size_that_windows_gives_them),
    cmocka_unit_test(arguments_keep_their_places),
    cmocka_unit_test(flags_are_those_of_c),
    cmocka_unit_test(a_pointer_shows_all_digits),
    cmocka_unit_test(a_zero_character_is_printed),
    cmocka_unit_test(snwprintf_cuts_without_a_terminator),
    cmocka_unit_test(snwprintf_of_no_buffer_counts),
    cmocka_unit_test(snprintf_of_microsoft_cuts_likewise),
    cmocka_unit_test(snprintf_is_that_of_c99),
    cmocka_unit_test(swprintf_takes_a_count),
    cmocka_unit_test(argument_lists_are_taken),
    cmocka_unit_test(long_texts_are_whole),
};
TEST_MAIN_UNIT(tests)
