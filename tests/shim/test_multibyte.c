/* SPDX-License-Identifier: MIT */
/* UTF-8 to UTF-16 and back, with the documented rules for lengths and flags. */
#include <windows.h>

#include <limits.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"

#define UTF8_TEXT  "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"
#define UTF16_TEXT u"a\u00e4\u20ac\U0001f600"
#define UTF8_SIZE  10
#define UTF16_SIZE 5

static void assert_fails(DWORD error, INT result)
{
    assert_int_equal(result, 0);
    assert_int_equal(GetLastError(), error);
    SetLastError(0);
}

static void check_both_ways(UINT code_page)
{
    WCHAR wide[16];
    char narrow[16];

    assert_int_equal(MultiByteToWideChar(code_page, 0, UTF8_TEXT, UTF8_SIZE, wide, 16), UTF16_SIZE);
    assert_memory_equal(wide, UTF16_TEXT, UTF16_SIZE * sizeof(WCHAR));
    assert_int_equal(WideCharToMultiByte(code_page, 0, UTF16_TEXT, UTF16_SIZE, narrow, 16, NULL,
                                         NULL),
                     UTF8_SIZE);
    assert_memory_equal(narrow, UTF8_TEXT, UTF8_SIZE);
}

static void text_goes_both_ways(void **state)
{
    (void)state;
    check_both_ways(CP_UTF8);
}

static void the_systems_code_pages_are_utf8(void **state)
{
    (void)state;
    skip_but_natively("the system's code page is the user's choice");
    check_both_ways(CP_ACP);
    check_both_ways(CP_OEMCP);
    check_both_ways(CP_THREAD_ACP);
}

static void terminated_text_brings_its_terminator(void **state)
{
    WCHAR wide[16];
    char narrow[16];

    (void)state;
    memset(wide, 0xff, sizeof(wide));
    memset(narrow, 0xff, sizeof(narrow));
    assert_int_equal(MultiByteToWideChar(CP_UTF8, 0, UTF8_TEXT, -1, wide, 16), UTF16_SIZE + 1);
    assert_int_equal(wide[UTF16_SIZE], 0);
    assert_int_equal(WideCharToMultiByte(CP_UTF8, 0, UTF16_TEXT, -1, narrow, 16, NULL, NULL),
                     UTF8_SIZE + 1);
    assert_int_equal(narrow[UTF8_SIZE], 0);
    assert_int_equal(MultiByteToWideChar(CP_UTF8, 0, "", -1, wide, 16), 1);
    assert_int_equal(MultiByteToWideChar(CP_UTF8, 0, "a\0b", 3, wide, 16), 3);
    assert_memory_equal(wide, u"a\0b", 6);
}

static void room_is_asked_for_and_kept(void **state)
{
    WCHAR wide[16];
    char narrow[16];

    (void)state;
    assert_int_equal(MultiByteToWideChar(CP_UTF8, 0, UTF8_TEXT, -1, NULL, 0), UTF16_SIZE + 1);
    assert_int_equal(WideCharToMultiByte(CP_UTF8, 0, UTF16_TEXT, -1, NULL, 0, NULL, NULL),
                     UTF8_SIZE + 1);
    assert_int_equal(MultiByteToWideChar(CP_UTF8, 0, UTF8_TEXT, UTF8_SIZE, wide, UTF16_SIZE),
                     UTF16_SIZE);
    assert_fails(ERROR_INSUFFICIENT_BUFFER,
                 MultiByteToWideChar(CP_UTF8, 0, UTF8_TEXT, UTF8_SIZE, wide, UTF16_SIZE - 3));
    assert_fails(ERROR_INSUFFICIENT_BUFFER, WideCharToMultiByte(CP_UTF8, 0, UTF16_TEXT, UTF16_SIZE,
                                                                narrow, UTF8_SIZE - 1, NULL, NULL));
}

static void half_a_pair_is_no_result(void **state)
{
    WCHAR wide[16];

    (void)state;
    skip_under_wine("MultiByteToWideChar leaves out a pair that does not fit at the end");
    assert_fails(ERROR_INSUFFICIENT_BUFFER,
                 MultiByteToWideChar(CP_UTF8, 0, UTF8_TEXT, UTF8_SIZE, wide, UTF16_SIZE - 1));
}

static void ill_formed_text(void **state)
{
    WCHAR wide[16];
    char narrow[16];

    (void)state;
    assert_int_equal(MultiByteToWideChar(CP_UTF8, 0,
                                         "a\xff"
                                         "b",
                                         3, wide, 16),
                     3);
    assert_memory_equal(wide, u"a\ufffdb", 6);
    assert_fails(ERROR_NO_UNICODE_TRANSLATION,
                 MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "a\xff", 2, wide, 16));
    assert_fails(ERROR_NO_UNICODE_TRANSLATION,
                 MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xed\xa0\x80", 3, NULL, 0));
    assert_int_equal(WideCharToMultiByte(CP_UTF8, 0, u"a\xd800z", 3, narrow, 16, NULL, NULL), 5);
    assert_memory_equal(narrow, "a\xef\xbf\xbdz", 5);
    assert_fails(ERROR_NO_UNICODE_TRANSLATION,
                 WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, u"\xdc00", 1, narrow, 16, NULL,
                                     NULL));
}

static void bad_arguments(void **state)
{
    WCHAR wide[4] = u"abc";
    char narrow[4] = "abc";

    (void)state;
    assert_fails(ERROR_INVALID_PARAMETER, MultiByteToWideChar(CP_UTF8, 0, NULL, 1, wide, 4));
    assert_fails(ERROR_INVALID_PARAMETER, MultiByteToWideChar(CP_UTF8, 0, narrow, 0, wide, 4));
    assert_fails(ERROR_INVALID_PARAMETER, MultiByteToWideChar(CP_UTF8, 0, narrow, 1, NULL, 4));
    assert_fails(ERROR_INVALID_PARAMETER, MultiByteToWideChar(CP_UTF8, 0, narrow, 1, wide, -1));
    assert_fails(ERROR_INVALID_PARAMETER,
                 WideCharToMultiByte(CP_UTF8, 0, NULL, 1, narrow, 4, NULL, NULL));
}

static void arguments_that_utf8_must_not_have(void **state)
{
    WCHAR wide[4] = u"abc";
    char narrow[4] = "abc";
    BOOL used;

    (void)state;
    skip_under_wine("flags, default characters and shared buffers are not refused");
    assert_fails(ERROR_INVALID_PARAMETER,
                 MultiByteToWideChar(CP_UTF8, 0, (const char *)wide, 1, wide, 4));
    assert_fails(ERROR_INVALID_FLAGS,
                 MultiByteToWideChar(CP_UTF8, MB_PRECOMPOSED, narrow, 1, wide, 4));
    assert_fails(ERROR_INVALID_FLAGS,
                 WideCharToMultiByte(CP_UTF8, WC_COMPOSITECHECK, wide, 1, narrow, 4, NULL, NULL));
    assert_fails(ERROR_INVALID_PARAMETER,
                 WideCharToMultiByte(CP_UTF8, 0, wide, 1, narrow, 4, "?", NULL));
    assert_fails(ERROR_INVALID_PARAMETER,
                 WideCharToMultiByte(CP_UTF8, 0, wide, 1, narrow, 4, NULL, &used));
}

static void what_only_utf8_refuses(void **state)
{
    char narrow[4] = "abc";
    WCHAR wide[4];

    (void)state;
    skip_but_natively("Windows has other code pages, and takes any negative length for -1");
    assert_fails(ERROR_INVALID_PARAMETER, MultiByteToWideChar(1252, 0, narrow, 1, wide, 4));
    assert_fails(ERROR_INVALID_PARAMETER, MultiByteToWideChar(CP_UTF8, 0, narrow, -2, wide, 4));
}

static void lengths(void **state)
{
    (void)state;
    assert_int_equal(lstrlenW(u"abc"), 3);
    assert_int_equal(lstrlenW(u""), 0);
    assert_int_equal(lstrlenW(NULL), 0);
    assert_int_equal(lstrlenA("abc"), 3);
    assert_int_equal(lstrlenA(NULL), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(text_goes_both_ways),
    cmocka_unit_test(the_systems_code_pages_are_utf8),
    cmocka_unit_test(terminated_text_brings_its_terminator),
    cmocka_unit_test(room_is_asked_for_and_kept),
    cmocka_unit_test(half_a_pair_is_no_result),
    cmocka_unit_test(ill_formed_text),
    cmocka_unit_test(bad_arguments),
    cmocka_unit_test(arguments_that_utf8_must_not_have),
    cmocka_unit_test(what_only_utf8_refuses),
    cmocka_unit_test(lengths),
};

TEST_MAIN(tests)
