/* SPDX-License-Identifier: MIT */
/* <wchar.h> on strings of 16-bit units. The same source is a PE program on msvcrt. */
#include <windows.h>

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "wide_check.h"

/* U+1F600, two units. */
#define FACE L"\xD83D\xDE00"

static void literals_are_of_16_bit_units(void **state)
{
    const WCHAR *text = L"a\x20AC" FACE;

    (void)state;
    assert_int_equal(sizeof(L'x'), 2);
    assert_int_equal(sizeof(WCHAR), sizeof(wchar_t));
    assert_int_equal(text[2], 0xD83D);
    assert_int_equal(wcslen(text), 4);
    assert_int_equal(lstrlenW(text), 4);
}

static void lengths_count_units(void **state)
{
    (void)state;
    assert_int_equal(wcslen(L""), 0);
    assert_int_equal(wcslen(L"abc" FACE), 5);
    assert_int_equal(wcsnlen(L"abc", 2), 2);
    assert_int_equal(wcsnlen(L"abc", 9), 3);
    assert_int_equal(wcsnlen(L"abc", 0), 0);
}

static void copies_end_where_they_should(void **state)
{
    wchar_t buffer[8];

    (void)state;
    assert_ptr_equal(wcscpy(buffer, L"ab"), buffer);
    check_wide(L"ab", buffer);
    assert_ptr_equal(wcscat(buffer, FACE), buffer);
    check_wide(L"ab" FACE, buffer);
    assert_ptr_equal(wcsncat(buffer, L"xyz", 2), buffer);
    check_wide(L"ab" FACE L"xy", buffer);

    wmemset(buffer, L'#', 8);
    assert_ptr_equal(wcsncpy(buffer, L"abc", 2), buffer); /* no terminator */
    assert_memory_equal(buffer, L"ab######", 16);
    wcsncpy(buffer, L"a", 4); /* filled up with zeros */
    assert_memory_equal(buffer, L"a\0\0\0####", 16);
    wcsncpy(buffer, L"abc", 0);
    assert_int_equal(buffer[0], 'a');
}

static void duplicates_are_freed_with_free(void **state)
{
    wchar_t *copy = _wcsdup(L"caf\xE9");

    (void)state;
    check_wide(L"caf\xE9", copy);
    free(copy);
    copy = wcsdup(L"");
    check_wide(L"", copy);
    free(copy);
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void comparisons_are_by_unit(void **state)
{
    (void)state;
    assert_int_equal(wcscmp(L"abc", L"abc"), 0);
    assert_int_equal(sign(wcscmp(L"abc", L"abd")), -1);
    assert_int_equal(sign(wcscmp(L"abc", L"ab")), 1);
    assert_int_equal(sign(wcscmp(L"", L"a")), -1);
    assert_int_equal(sign(wcscmp(L"\xFFFD", FACE)), 1); /* the pair begins with 0xD83D */
    assert_int_equal(wcsncmp(L"abc", L"abd", 2), 0);
    assert_int_equal(sign(wcsncmp(L"abc", L"abd", 3)), -1);
    assert_int_equal(wcsncmp(L"a", L"b", 0), 0);
    assert_int_equal(wcsncmp(L"ab\0x", L"ab\0y", 5), 0);
}

static void case_does_not_matter_to_icmp(void **state)
{
    (void)state;
    assert_int_equal(_wcsicmp(L"Content-Type", L"CONTENT-type"), 0);
    assert_int_equal(sign(_wcsicmp(L"a", L"B")), -1);
    assert_int_equal(sign(_wcsicmp(L"ab", L"A")), 1);
    assert_int_equal(sign(_wcsicmp(L"_", L"A")), -1); /* both are compared in lower case */
    assert_int_equal(_wcsnicmp(L"HTTP://x", L"http://y", 7), 0);
    assert_int_equal(sign(_wcsnicmp(L"HTTP://x", L"http://y", 8)), -1);
    assert_int_equal(_wcsnicmp(L"a", L"b", 0), 0);
}

static void case_and_order_change_in_place(void **state)
{
    wchar_t text[] = L"Abc9" FACE;

    (void)state;
    check_wide(L"ABC9" FACE, _wcsupr(text));
    check_wide(L"abc9" FACE, _wcslwr(text));
    text[4] = 0;
    check_wide(L"9cba", _wcsrev(text));
}

static void units_are_found(void **state)
{
    const wchar_t *text = L"a/b/c";

    (void)state;
    assert_ptr_equal(wcschr(text, L'/'), text + 1);
    assert_ptr_equal(wcsrchr(text, L'/'), text + 3);
    assert_null(wcschr(text, L'x'));
    assert_null(wcsrchr(text, L'x'));
    assert_ptr_equal(wcschr(text, 0), text + 5);
    assert_ptr_equal(wcsrchr(text, 0), text + 5);
    assert_ptr_equal(wcsrchr(text, L'a'), text);
    assert_null(wcsrchr(L"", L'a'));
}

static void parts_are_found(void **state)
{
    const wchar_t *text = L"aabaabc";

    (void)state;
    assert_ptr_equal(wcsstr(text, L"aabc"), text + 3);
    assert_ptr_equal(wcsstr(text, L""), text);
    assert_null(wcsstr(text, L"aabcd"));
    assert_null(wcsstr(L"", L"a"));
    assert_ptr_equal(wcspbrk(text, L"xcb"), text + 2);
    assert_null(wcspbrk(text, L"xyz"));
    assert_int_equal(wcsspn(text, L"ab"), 6);
    assert_int_equal(wcsspn(text, L""), 0);
    assert_int_equal(wcscspn(text, L"c"), 6);
    assert_int_equal(wcscspn(text, L"x"), 7);
}

static void tokens_are_what_is_between_delimiters(void **state)
{
    wchar_t text[] = L",,a;bc,,d;", empty[] = L";;";
    wchar_t *place = NULL;

    (void)state;
    check_wide(L"a", wcstok_s(text, L",;", &place));
    check_wide(L"bc", wcstok_s(NULL, L",;", &place));
    check_wide(L"d", wcstok_s(NULL, L",;", &place));
    assert_null(wcstok_s(NULL, L",;", &place));
    assert_null(wcstok_s(empty, L";", &place));
}

static void the_older_wcstok_remembers(void **state)
{
    wchar_t text[] = L"k=v=w";

    (void)state;
    check_wide(L"k", wcstok(text, L"="));
    check_wide(L"v=w", wcstok(NULL, L";"));
    assert_null(wcstok(NULL, L";"));
}

static void arrays_have_no_terminator(void **state)
{
    const wchar_t text[] = L"ab\0cd";
    wchar_t copy[6];

    (void)state;
    assert_ptr_equal(wmemcpy(copy, text, 6), copy);
    assert_int_equal(wmemcmp(copy, text, 6), 0);
    copy[4] = L'x';
    assert_int_equal(sign(wmemcmp(copy, text, 6)), 1);
    assert_int_equal(wmemcmp(copy, text, 4), 0);
    assert_ptr_equal(wmemchr(text, L'c', 6), text + 3);
    assert_null(wmemchr(text, L'd', 4));
    wmemmove(copy + 1, copy, 4);
    assert_memory_equal(copy, L"aab\0c", 10);
}

static void secure_copies_that_fit(void **state)
{
    wchar_t buffer[6];

    (void)state;
    assert_int_equal(wcscpy_s(buffer, 6, L"abc"), 0);
    check_wide(L"abc", buffer);
    assert_int_equal(wcscat_s(buffer, 6, L"de"), 0);
    check_wide(L"abcde", buffer);
    assert_int_equal(wcsncpy_s(buffer, 6, L"abcdefgh", 3), 0);
    check_wide(L"abc", buffer);
    assert_int_equal(wcsncpy_s(buffer, 6, L"abcdefgh", _TRUNCATE), 80); /* STRUNCATE */
    check_wide(L"abcde", buffer);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(literals_are_of_16_bit_units),
    cmocka_unit_test(lengths_count_units),
    cmocka_unit_test(copies_end_where_they_should),
    cmocka_unit_test(duplicates_are_freed_with_free),
    cmocka_unit_test(comparisons_are_by_unit),
    cmocka_unit_test(case_does_not_matter_to_icmp),
    cmocka_unit_test(case_and_order_change_in_place),
    cmocka_unit_test(units_are_found),
    cmocka_unit_test(parts_are_found),
    cmocka_unit_test(tokens_are_what_is_between_delimiters),
    cmocka_unit_test(the_older_wcstok_remembers),
    cmocka_unit_test(arrays_have_no_terminator),
    cmocka_unit_test(secure_copies_that_fit),
};
TEST_MAIN_UNIT(tests)
