/* SPDX-License-Identifier: MIT */
/* String buffers, and strings made of other strings. */
#include <windows.h>
#include <winstring.h>

#include <string.h>

#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"

static HSTRING make(const WCHAR *text)
{
    HSTRING string = NULL;

    check_ok(WindowsCreateString(text, text ? lstrlenW(text) : 0, &string));
    return string;
}

/* Takes the string. */
static void assert_is(const WCHAR *expected, HSTRING string)
{
    UINT32 length;
    const WCHAR *text = WindowsGetStringRawBuffer(string, &length);

    assert_int_equal(length, lstrlenW(expected));
    assert_memory_equal(text, expected, (length + 1) * sizeof(WCHAR));
    check_ok(WindowsDeleteString(string));
}

static void buffer_becomes_a_string(void **state)
{
    HSTRING_BUFFER buffer = NULL;
    HSTRING string = NULL;
    WCHAR *text = NULL;

    (void)state;
    check_ok(WindowsPreallocateStringBuffer(3, &text, &buffer));
    assert_non_null(buffer);
    assert_int_equal(text[3], 0);
    memcpy(text, u"abc", 3 * sizeof(WCHAR));
    check_ok(WindowsPromoteStringBuffer(buffer, &string));
    assert_ptr_equal(WindowsGetStringRawBuffer(string, NULL), text);
    assert_is(u"abc", string);
}

static void buffer_can_be_deleted(void **state)
{
    HSTRING_BUFFER buffer = NULL;
    WCHAR *text = NULL;

    (void)state;
    check_ok(WindowsPreallocateStringBuffer(10, &text, &buffer));
    check_ok(WindowsDeleteStringBuffer(buffer));
    check_ok(WindowsDeleteStringBuffer(NULL));
}

static void empty_buffer_is_null(void **state)
{
    HSTRING_BUFFER buffer = (HSTRING_BUFFER)0xdead;
    HSTRING string = (HSTRING)0xdead;
    WCHAR *text = NULL;

    (void)state;
    check_ok(WindowsPreallocateStringBuffer(0, &text, &buffer));
    assert_non_null(text);
    assert_null(buffer);
    assert_int_equal(text[0], 0);
    check_ok(WindowsPromoteStringBuffer(buffer, &string));
    assert_null(string);
}

static void buffer_refuses_null_pointers(void **state)
{
    HSTRING_BUFFER buffer = NULL;
    WCHAR *text = NULL;

    (void)state;
    check_hresult(E_POINTER, WindowsPreallocateStringBuffer(1, NULL, &buffer));
    check_hresult(E_POINTER, WindowsPreallocateStringBuffer(1, &text, NULL));
    check_hresult(E_POINTER, WindowsPreallocateStringBuffer(0, NULL, NULL));
    check_ok(WindowsPreallocateStringBuffer(1, &text, &buffer));
    check_hresult(E_POINTER, WindowsPromoteStringBuffer(buffer, NULL));
    check_ok(WindowsDeleteStringBuffer(buffer));
}

static void buffer_refuses_what_is_too_big(void **state)
{
    HSTRING_BUFFER buffer = (HSTRING_BUFFER)0xdead;
    WCHAR *text = (WCHAR *)0xdead;

    (void)state;
    skip_under_wine("sizes near the limit overflow");
    check_hresult(MEM_E_INVALID_SIZE, WindowsPreallocateStringBuffer(UINT32_MAX, &text, &buffer));
    assert_null(buffer);
    assert_null(text);
}

static void promote_needs_the_terminator(void **state)
{
    HSTRING string = NULL;
    HSTRING_BUFFER buffer = NULL;
    WCHAR *text = NULL;

    (void)state;
    check_ok(WindowsPreallocateStringBuffer(2, &text, &buffer));
    memcpy(text, u"abc", 3 * sizeof(WCHAR));
    check_hresult(E_INVALIDARG, WindowsPromoteStringBuffer(buffer, &string));
    check_ok(WindowsDeleteStringBuffer(buffer));
}

static void promoted_buffer_is_no_buffer(void **state)
{
    HSTRING string = NULL, again = (HSTRING)0xdead;
    HSTRING_BUFFER buffer = NULL;
    WCHAR *text = NULL;

    (void)state;
    skip_under_wine("a buffer does not know that it was promoted");
    check_ok(WindowsPreallocateStringBuffer(2, &text, &buffer));
    memcpy(text, u"ab", 2 * sizeof(WCHAR));
    check_ok(WindowsPromoteStringBuffer(buffer, &string));
    check_hresult(E_INVALIDARG, WindowsPromoteStringBuffer(buffer, &again));
    assert_null(again);
    check_hresult(E_INVALIDARG, WindowsDeleteStringBuffer(buffer));
    assert_is(u"ab", string);
}

static void substring_cuts(void **state)
{
    HSTRING string = make(u"abcdef"), part = NULL;

    (void)state;
    check_ok(WindowsSubstring(string, 2, &part));
    assert_is(u"cdef", part);
    check_ok(WindowsSubstringWithSpecifiedLength(string, 2, 3, &part));
    assert_is(u"cde", part);
    check_ok(WindowsDeleteString(string));
}

static void substring_of_all_is_a_new_string(void **state)
{
    HSTRING string = make(u"abc"), part = NULL;

    (void)state;
    check_ok(WindowsSubstring(string, 0, &part));
    assert_ptr_not_equal(part, string);
    assert_is(u"abc", part);
    check_ok(WindowsSubstringWithSpecifiedLength(string, 0, 3, &part));
    assert_ptr_not_equal(part, string);
    assert_is(u"abc", part);
    check_ok(WindowsDeleteString(string));
}

static void substring_at_the_end_is_null(void **state)
{
    HSTRING string = make(u"abc"), part = (HSTRING)0xdead;

    (void)state;
    check_ok(WindowsSubstring(string, 3, &part));
    assert_null(part);
    part = (HSTRING)0xdead;
    check_ok(WindowsSubstringWithSpecifiedLength(string, 3, 0, &part));
    assert_null(part);
    part = (HSTRING)0xdead;
    check_ok(WindowsSubstringWithSpecifiedLength(string, 1, 0, &part));
    assert_null(part);
    part = (HSTRING)0xdead;
    check_ok(WindowsSubstring(NULL, 0, &part));
    assert_null(part);
    check_ok(WindowsDeleteString(string));
}

static void substring_checks_bounds(void **state)
{
    HSTRING string = make(u"abc"), part = NULL;

    (void)state;
    check_hresult(E_BOUNDS, WindowsSubstring(string, 4, &part));
    check_hresult(E_BOUNDS, WindowsSubstring(NULL, 1, &part));
    check_hresult(E_BOUNDS, WindowsSubstringWithSpecifiedLength(string, 1, 3, &part));
    check_hresult(E_BOUNDS, WindowsSubstringWithSpecifiedLength(string, 4, 0, &part));
    check_hresult(E_BOUNDS, WindowsSubstringWithSpecifiedLength(string, 2, UINT32_MAX, &part));
    check_hresult(E_INVALIDARG, WindowsSubstring(string, 0, NULL));
    check_hresult(E_INVALIDARG, WindowsSubstringWithSpecifiedLength(string, 0, 1, NULL));
    check_ok(WindowsDeleteString(string));
}

static void failures_clear_the_string(void **state)
{
    HSTRING string = make(u"abc"), result = (HSTRING)0xdead;
    HSTRING_BUFFER buffer = NULL;
    WCHAR *text = NULL;

    (void)state;
    skip_under_wine("a function that fails leaves its out string as it was");
    check_hresult(E_BOUNDS, WindowsSubstring(string, 4, &result));
    assert_null(result);
    result = (HSTRING)0xdead;
    check_hresult(E_INVALIDARG, WindowsTrimStringStart(string, NULL, &result));
    assert_null(result);
    result = (HSTRING)0xdead;
    check_ok(WindowsPreallocateStringBuffer(2, &text, &buffer));
    memcpy(text, u"abc", 3 * sizeof(WCHAR));
    check_hresult(E_INVALIDARG, WindowsPromoteStringBuffer(buffer, &result));
    assert_null(result);
    check_ok(WindowsDeleteStringBuffer(buffer));
    check_ok(WindowsDeleteString(string));
}

static void concat_joins(void **state)
{
    HSTRING one = make(u"ab"), other = make(u"cd"), both = NULL;

    (void)state;
    check_ok(WindowsConcatString(one, other, &both));
    assert_is(u"abcd", both);
    check_hresult(E_INVALIDARG, WindowsConcatString(one, other, NULL));
    check_ok(WindowsDeleteString(one));
    check_ok(WindowsDeleteString(other));
}

static void concat_with_nothing_is_the_same_string(void **state)
{
    HSTRING string = make(u"ab"), result = NULL;

    (void)state;
    check_ok(WindowsConcatString(string, NULL, &result));
    assert_ptr_equal(result, string);
    check_ok(WindowsDeleteString(result));
    check_ok(WindowsConcatString(NULL, string, &result));
    assert_ptr_equal(result, string);
    check_ok(WindowsDeleteString(result));
    check_ok(WindowsConcatString(NULL, NULL, &result));
    assert_null(result);
    check_ok(WindowsDeleteString(string));
}

static void concat_copies_a_reference(void **state)
{
    HSTRING string = NULL, result = NULL;
    HSTRING_HEADER header;

    (void)state;
    check_ok(WindowsCreateStringReference(u"ab", 2, &header, &string));
    check_ok(WindowsConcatString(string, NULL, &result));
    assert_ptr_not_equal(result, string);
    assert_is(u"ab", result);
}

static void trim_takes_both_ends(void **state)
{
    HSTRING string = make(u"  .a b. "), set = make(u" ."), result = NULL;

    (void)state;
    check_ok(WindowsTrimStringStart(string, set, &result));
    assert_is(u"a b. ", result);
    check_ok(WindowsTrimStringEnd(string, set, &result));
    assert_is(u"  .a b", result);
    check_ok(WindowsDeleteString(string));
    check_ok(WindowsDeleteString(set));
}

static void trim_of_everything_is_null(void **state)
{
    HSTRING string = make(u"aaa"), set = make(u"a"), result = (HSTRING)0xdead;

    (void)state;
    check_ok(WindowsTrimStringStart(string, set, &result));
    assert_null(result);
    result = (HSTRING)0xdead;
    check_ok(WindowsTrimStringEnd(string, set, &result));
    assert_null(result);
    result = (HSTRING)0xdead;
    check_ok(WindowsTrimStringEnd(NULL, set, &result));
    assert_null(result);
    check_ok(WindowsDeleteString(string));
    check_ok(WindowsDeleteString(set));
}

static void trim_of_nothing_is_the_same_string(void **state)
{
    HSTRING string = make(u"abc"), set = make(u"x"), reference = NULL, result = NULL;
    HSTRING_HEADER header;

    (void)state;
    check_ok(WindowsTrimStringStart(string, set, &result));
    assert_ptr_equal(result, string);
    check_ok(WindowsDeleteString(result));
    check_ok(WindowsTrimStringEnd(string, set, &result));
    assert_ptr_equal(result, string);
    check_ok(WindowsDeleteString(result));
    check_ok(WindowsCreateStringReference(u"abc", 3, &header, &reference));
    check_ok(WindowsTrimStringEnd(reference, set, &result));
    assert_ptr_not_equal(result, reference);
    assert_is(u"abc", result);
    check_ok(WindowsDeleteString(string));
    check_ok(WindowsDeleteString(set));
}

static void trim_needs_a_set(void **state)
{
    HSTRING string = make(u"abc"), set = make(u"x"), result = NULL;

    (void)state;
    check_hresult(E_INVALIDARG, WindowsTrimStringStart(string, NULL, &result));
    check_hresult(E_INVALIDARG, WindowsTrimStringEnd(string, NULL, &result));
    check_hresult(E_INVALIDARG, WindowsTrimStringStart(string, set, NULL));
    check_hresult(E_INVALIDARG, WindowsTrimStringEnd(string, set, NULL));
    check_ok(WindowsDeleteString(string));
    check_ok(WindowsDeleteString(set));
}

static void replace_replaces_all(void **state)
{
    static const struct {
        const WCHAR *string, *part, *replacement, *expected;
    } cases[] = {
        { u"a-b-c", u"-", u"::", u"a::b::c" }, { u"-a-", u"-", u"", u"a" },
        { u"aaaa", u"aa", u"b", u"bb" },       { u"aaa", u"aa", u"b", u"ba" },
        { u"abc", u"abc", u"x", u"x" },        { u"abcabc", u"c", u"", u"abab" },
        { u"aab", u"ab", u"x", u"ax" },
    };
    size_t i;

    (void)state;
    skip_under_wine("WindowsReplaceString ends the program");
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        HSTRING string = make(cases[i].string), part = make(cases[i].part);
        HSTRING replacement = make(cases[i].replacement), result = NULL;

        check_ok(WindowsReplaceString(string, part, replacement, &result));
        assert_is(cases[i].expected, result);
        check_ok(WindowsDeleteString(string));
        check_ok(WindowsDeleteString(part));
        check_ok(WindowsDeleteString(replacement));
    }
}

static void replace_of_nothing_is_the_same_string(void **state)
{
    HSTRING string = make(u"abc"), part = make(u"abcd"), result = NULL;

    (void)state;
    skip_under_wine("WindowsReplaceString ends the program");
    check_ok(WindowsReplaceString(string, part, NULL, &result));
    assert_ptr_equal(result, string);
    check_ok(WindowsDeleteString(result));
    result = (HSTRING)0xdead;
    check_ok(WindowsReplaceString(NULL, part, NULL, &result));
    assert_null(result);
    result = (HSTRING)0xdead;
    check_ok(WindowsReplaceString(string, string, NULL, &result));
    assert_null(result);
    check_ok(WindowsDeleteString(string));
    check_ok(WindowsDeleteString(part));
}

static void replace_needs_a_part(void **state)
{
    HSTRING string = make(u"abc"), result = (HSTRING)0xdead;

    (void)state;
    skip_under_wine("WindowsReplaceString ends the program");
    check_hresult(E_INVALIDARG, WindowsReplaceString(string, NULL, string, &result));
    assert_null(result);
    check_hresult(E_INVALIDARG, WindowsReplaceString(string, string, string, NULL));
    check_ok(WindowsDeleteString(string));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(buffer_becomes_a_string),
    cmocka_unit_test(buffer_can_be_deleted),
    cmocka_unit_test(empty_buffer_is_null),
    cmocka_unit_test(buffer_refuses_null_pointers),
    cmocka_unit_test(buffer_refuses_what_is_too_big),
    cmocka_unit_test(promote_needs_the_terminator),
    cmocka_unit_test(promoted_buffer_is_no_buffer),
    cmocka_unit_test(substring_cuts),
    cmocka_unit_test(substring_of_all_is_a_new_string),
    cmocka_unit_test(substring_at_the_end_is_null),
    cmocka_unit_test(substring_checks_bounds),
    cmocka_unit_test(failures_clear_the_string),
    cmocka_unit_test(concat_joins),
    cmocka_unit_test(concat_with_nothing_is_the_same_string),
    cmocka_unit_test(concat_copies_a_reference),
    cmocka_unit_test(trim_takes_both_ends),
    cmocka_unit_test(trim_of_everything_is_null),
    cmocka_unit_test(trim_of_nothing_is_the_same_string),
    cmocka_unit_test(trim_needs_a_set),
    cmocka_unit_test(replace_replaces_all),
    cmocka_unit_test(replace_of_nothing_is_the_same_string),
    cmocka_unit_test(replace_needs_a_part),
};

TEST_MAIN(tests)
