/* SPDX-License-Identifier: MIT */
/*
 * What only the native functions promise: those that msvcrt lacks or answers otherwise than
 * documented, and refusals that Microsoft's library makes by ending the program.
 */
#include <windows.h>

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "wide_check.h"

#define FACE L"\xD83D\xDE00"

static wchar_t wide[64];

static void swprintf_ends_what_it_cut(void **state)
{
    (void)state;
    wmemset(wide, L'#', 64);
    assert_int_equal(swprintf(wide, 5, L"%d", 12345), -1);
    assert_memory_equal(wide, L"1234\0#", 12);
    assert_int_equal(swprintf(wide, 0, L"%d", 1), -1);
    assert_int_equal(wide[0], L'1');
    assert_int_equal(swprintf(NULL, 0, L"%d", 12345), 5);
}

static void swprintf_s_leaves_nothing_of_what_does_not_fit(void **state)
{
    (void)state;
    assert_int_equal(swprintf_s(wide, 6, L"%d", 12345), 5);
    check_wide(L"12345", wide);
    assert_int_equal(swprintf_s(wide, 5, L"%d", 12345), -1);
    check_wide(L"", wide);
    assert_int_equal(swprintf_s(NULL, 5, L"%d", 12345), -1);
}

static void secure_copies_that_do_not_fit(void **state)
{
    (void)state;
    assert_int_equal(wcscpy_s(wide, 3, L"abc"), ERANGE);
    check_wide(L"", wide);
    wcscpy(wide, L"ab");
    assert_int_equal(wcscat_s(wide, 4, L"cd"), ERANGE);
    check_wide(L"", wide);
    assert_int_equal(wcscpy_s(wide, 0, L"abc"), EINVAL);
    assert_int_equal(wcscpy_s(NULL, 3, L"abc"), EINVAL);
    assert_int_equal(wcscpy_s(wide, 3, NULL), EINVAL);
    wmemset(wide, L'#', 64);
    assert_int_equal(wcscat_s(wide, 4, L"x"), EINVAL);
    check_wide(L"", wide);
    wcscpy(wide, L"ab");
    assert_int_equal(wcsncat_s(wide, 4, L"cd", _TRUNCATE), 80);
    check_wide(L"abc", wide);
}

static void wcstok_of_three_arguments_has_its_own_state(void **state)
{
    wchar_t one[] = L"a b", other[] = L"c d", *place, *other_place;

    (void)state;
    check_wide(L"a", wcstok(one, L" ", &place));
    check_wide(L"c", wcstok(other, L" ", &other_place));
    check_wide(L"b", wcstok(NULL, L" ", &place));
    check_wide(L"d", wcstok(NULL, L" ", &other_place));
    assert_null(wcstok(NULL, L" ", &place));
}

static void a_format_that_means_nothing_is_refused(void **state)
{
    int count = 7;

    (void)state;
    wcscpy(wide, L"before");
    errno = 0;
    assert_int_equal(swprintf(wide, 64, L"abc%y", 1), -1);
    assert_int_equal(errno, EINVAL);
    check_wide(L"", wide);
    assert_int_equal(swprintf(wide, 64, L"abc%"), -1);
    assert_int_equal(swprintf(wide, 64, L"abc%n", &count), -1);
    assert_int_equal(count, 7);
}

static void a_length_beyond_an_int_is_refused(void **state)
{
    (void)state;
    errno = 0;
    assert_int_equal(_scwprintf(L"%99999999999d", 1), -1);
    assert_int_equal(errno, EOVERFLOW);
    assert_int_equal(_scwprintf(L"%2147483647s%s", L"a", L"b"), -1);
}

static void sizes_of_c99_are_known(void **state)
{
    (void)state;
    assert_int_equal(swprintf(wide, 64, L"%zu %td %jd %hhd", (size_t)5, (ptrdiff_t)-5, (intmax_t)-6,
                              300),
                     10);
    check_wide(L"5 -5 -6 44", wide);
    swprintf(wide, 64, L"%" PRIu64 " %" PRIxPTR " %" PRId32, UINT64_MAX, UINTPTR_MAX, -7);
    check_wide(L"18446744073709551615 ffffffffffffffff -7", wide);
    swprintf(wide, 64, L"%.3Lf", 1.5L);
    check_wide(L"1.500", wide);
}

static void narrow_text_is_utf8(void **state)
{
    const char unterminated[] = { '\xE2', '\x82', '\xAC', 'x' };
    char narrow[32];

    (void)state;
    swprintf(wide, 64, L"%S|%hs|%.4hs", "\xC3\xA9", "\xF0\x9F\x98\x80", unterminated);
    check_wide(L"\xE9|" FACE L"|\x20ACx", wide);
    swprintf(wide, 64, L"%S", "a\xFF"); /* not UTF-8 */
    check_wide(L"a\xFFFD", wide);
    snprintf(narrow, sizeof(narrow), "%ls %S %C", L"\xE9", FACE, L'\x20AC');
    assert_string_equal(narrow, "\xC3\xA9 \xF0\x9F\x98\x80 \xE2\x82\xAC");
    snprintf(narrow, sizeof(narrow), "%ls", L"\xD83D");
    assert_string_equal(narrow, "\xEF\xBF\xBD");
    snprintf(narrow, sizeof(narrow), "%s", "\xFF"); /* bytes are bytes */
    assert_string_equal(narrow, "\xFF");
}

static void multibyte_text_is_utf8(void **state)
{
    char narrow[16];

    (void)state;
    assert_int_equal(mbstowcs(wide, "a\xF0\x9F\x98\x80", 64), 3);
    check_wide(L"a" FACE, wide);
    assert_int_equal(mbstowcs(NULL, "a\xF0\x9F\x98\x80", 0), 3);
    assert_int_equal(mbstowcs(wide, "\xFF", 64), (size_t)-1);
    wmemset(wide, L'#', 64);
    assert_int_equal(mbstowcs(wide, "ab\xF0\x9F\x98\x80", 3), 2); /* no half of a pair */
    assert_memory_equal(wide, L"ab#", 6);
    assert_int_equal(wcstombs(narrow, L"\x20AC" FACE, 16), 7);
    assert_string_equal(narrow, "\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_int_equal(wcstombs(NULL, L"\x20AC", 0), 3);
    assert_int_equal(wcstombs(narrow, L"\xD83D", 16), (size_t)-1);
    memset(narrow, '#', sizeof(narrow));
    assert_int_equal(wcstombs(narrow, L"a\x20AC", 3), 1);
    assert_memory_equal(narrow, "a##", 3);
}

static void a_scan_stores_utf8_in_narrow_text(void **state)
{
    char narrow[16];
    int count = 0;

    (void)state;
    assert_int_equal(swscanf(L"\x20AC! 5", L"%hs %d", narrow, &count), 2);
    assert_string_equal(narrow, "\xE2\x82\xAC!");
    errno = 0;
    assert_int_equal(swscanf(L"5", L"%y", &count), EOF);
    assert_int_equal(errno, EINVAL);
    assert_int_equal(swscanf(L"5", L"%[5", narrow), EOF);
    assert_int_equal(swscanf(L"   ", L"%d", &count), EOF); /* 0 in Wine's msvcrt */
}

/* The width is the room that there is, so a character that needs more of it is left. */
static void a_width_counts_the_bytes_of_narrow_text(void **state)
{
    char narrow[8];
    wchar_t rest[8];

    (void)state;
    memset(narrow, '#', sizeof(narrow));
    assert_int_equal(swscanf(L"a\x20AC\x20AC", L"%4S%s", narrow, rest), 2);
    assert_memory_equal(narrow, "a\xE2\x82\xAC\0###", 8);
    check_wide(L"\x20AC", rest);
    assert_int_equal(swscanf(L"ab" FACE, L"%5hs%s", narrow, rest), 2);
    assert_string_equal(narrow, "ab");
    check_wide(FACE, rest);
    assert_int_equal(swscanf(L"x\xE9\xE9", L"%2h[^0]%s", narrow, rest), 2);
    assert_string_equal(narrow, "x");
    check_wide(L"\xE9\xE9", rest);
    memset(narrow, '#', sizeof(narrow));
    assert_int_equal(swscanf(L"\xE9", L"%C", narrow), 0);
    assert_int_equal(swscanf(FACE, L"%C", narrow), 0);
    assert_int_equal(swscanf(L"a\xE9", L"%2hc", narrow), 0);
    assert_int_equal(swscanf(L"\x20AC", L"%2S", narrow), 0);
    assert_memory_equal(narrow, "########", 8);
    assert_int_equal(swscanf(L"\xE9z", L"%*C%C", narrow), 1);
    assert_memory_equal(narrow, "z#", 2);
}

static void a_number_beyond_an_int_is_the_nearest(void **state)
{
    (void)state;
    assert_int_equal(_wtoi(L"2147483647"), INT_MAX);
    errno = 0;
    assert_int_equal(_wtoi(L"2147483648"), INT_MAX);
    assert_int_equal(errno, ERANGE);
    assert_int_equal(_wtoi(L"-99999999999999999999"), INT_MIN);
}

static void a_base_that_does_not_exist_reads_nothing(void **state)
{
    const wchar_t *text = L" 12";
    wchar_t *end = NULL;

    (void)state;
    errno = 0;
    assert_int_equal(wcstol(text, &end, 1), 0);
    assert_int_equal(errno, EINVAL);
    assert_ptr_equal(end, text);
    assert_true(wcstoul(text, &end, 37) == 0 && wcstoll(text, &end, -1) == 0);
    assert_true(wcstoull(text, &end, 1) == 0);
    assert_ptr_equal(end, text);
}

static void functions_have_addresses(void **state)
{
    size_t (*length)(const wchar_t *) = wcslen;
    int (*print)(wchar_t *, size_t, const wchar_t *, ...) = swprintf;
    int (*print_narrow)(const char *, ...) = printf;

    (void)state;
    assert_int_equal(length(L"abc"), 3);
    assert_int_equal(print(wide, 64, L"%s", L"x"), 1);
    assert_int_equal(print_narrow("%S\n", L"x"), 2);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(swprintf_ends_what_it_cut),
    cmocka_unit_test(swprintf_s_leaves_nothing_of_what_does_not_fit),
    cmocka_unit_test(secure_copies_that_do_not_fit),
    cmocka_unit_test(wcstok_of_three_arguments_has_its_own_state),
    cmocka_unit_test(a_format_that_means_nothing_is_refused),
    cmocka_unit_test(a_length_beyond_an_int_is_refused),
    cmocka_unit_test(sizes_of_c99_are_known),
    cmocka_unit_test(narrow_text_is_utf8),
    cmocka_unit_test(multibyte_text_is_utf8),
    cmocka_unit_test(a_scan_stores_utf8_in_narrow_text),
    cmocka_unit_test(a_width_counts_the_bytes_of_narrow_text),
    cmocka_unit_test(a_number_beyond_an_int_is_the_nearest),
    cmocka_unit_test(a_base_that_does_not_exist_reads_nothing),
    cmocka_unit_test(functions_have_addresses),
};
TEST_MAIN_UNIT(tests)
