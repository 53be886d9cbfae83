/* SPDX-License-Identifier: MIT */
/* Making, sharing, reading and dropping HSTRINGs: every rule of winstring.h, with odd arguments. */
#include <windows.h>
#include <winstring.h>

#include <string.h>

#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"

#define SAMPLE        u"Windows.Foundation"
#define SAMPLE_LENGTH 18

/* What a language projection reads of a string. */
struct header {
    UINT32 flags;
    UINT32 length;
    UINT32 padding[2];
    const WCHAR *text;
};

/* A created string goes on with its count and its characters. */
struct layout {
    struct header header;
    LONG ref;
    WCHAR first;
};

static HSTRING make(const WCHAR *text, UINT32 length)
{
    HSTRING string = NULL;

    check_ok(WindowsCreateString(text, length, &string));
    return string;
}

static void assert_text(const WCHAR *expected, UINT32 expected_length, HSTRING string)
{
    UINT32 length = 12345;
    const WCHAR *text = WindowsGetStringRawBuffer(string, &length);

    assert_int_equal(length, expected_length);
    assert_memory_equal(text, expected, expected_length * sizeof(WCHAR));
    assert_int_equal(text[length], 0);
}

static void create_copies(void **state)
{
    WCHAR source[] = SAMPLE;
    HSTRING string = make(source, SAMPLE_LENGTH);

    (void)state;
    source[0] = 'X';
    assert_text(SAMPLE, SAMPLE_LENGTH, string);
    assert_ptr_not_equal(WindowsGetStringRawBuffer(string, NULL), source);
    assert_int_equal(WindowsGetStringLen(string), SAMPLE_LENGTH);
    check_ok(WindowsDeleteString(string));
}

static void create_needs_no_terminator(void **state)
{
    const WCHAR source[] = { 'a', 'b', 'c', 'd' };
    HSTRING string = make(source, 2);

    (void)state;
    assert_text(u"ab", 2, string);
    check_ok(WindowsDeleteString(string));
}

static void create_keeps_embedded_nuls(void **state)
{
    HSTRING string = make(u"a\0b\0", 4);
    BOOL has_nul = FALSE;

    (void)state;
    assert_text(u"a\0b\0", 4, string);
    check_ok(WindowsStringHasEmbeddedNull(string, &has_nul));
    assert_true(has_nul);
    check_ok(WindowsDeleteString(string));
}

static void create_of_nothing_is_null(void **state)
{
    HSTRING string = (HSTRING)0xdead;

    (void)state;
    check_ok(WindowsCreateString(NULL, 0, &string));
    assert_null(string);
    string = (HSTRING)0xdead;
    check_ok(WindowsCreateString(SAMPLE, 0, &string));
    assert_null(string);
}

static void create_refuses_null_pointers(void **state)
{
    HSTRING string = NULL;

    (void)state;
    check_hresult(E_POINTER, WindowsCreateString(NULL, 1, &string));
    check_hresult(E_INVALIDARG, WindowsCreateString(SAMPLE, SAMPLE_LENGTH, NULL));
    check_hresult(E_INVALIDARG, WindowsCreateString(NULL, 0, NULL));
}

static void failures_clear_the_string(void **state)
{
    HSTRING string = (HSTRING)0xdead;
    HSTRING_HEADER header;

    (void)state;
    skip_under_wine("a function that fails leaves its out string as it was");
    check_hresult(E_POINTER, WindowsCreateString(NULL, 1, &string));
    assert_null(string);
    string = (HSTRING)0xdead;
    check_hresult(E_POINTER, WindowsCreateStringReference(NULL, 1, &header, &string));
    assert_null(string);
}

static void create_refuses_what_is_too_long(void **state)
{
    HSTRING string = (HSTRING)0xdead;

    (void)state;
    skip_under_wine("sizes near the limit overflow");
    check_hresult(MEM_E_INVALID_SIZE, WindowsCreateString(SAMPLE, UINT32_MAX, &string));
    assert_null(string);
}

static void created_string_has_the_known_layout(void **state)
{
    HSTRING string = make(SAMPLE, SAMPLE_LENGTH), other = NULL;
    const struct layout *layout = (const struct layout *)string;

    (void)state;
    assert_int_equal(sizeof(HSTRING_HEADER), sizeof(void *) == 8 ? 24 : 20);
    assert_int_equal(layout->header.flags, 0);
    assert_int_equal(layout->header.length, SAMPLE_LENGTH);
    assert_ptr_equal(layout->header.text, WindowsGetStringRawBuffer(string, NULL));
    assert_ptr_equal(layout->header.text, &layout->first);
    assert_int_equal((const char *)&layout->first - (const char *)layout,
                     sizeof(HSTRING_HEADER) + 4);
    assert_int_equal(layout->ref, 1);
    check_ok(WindowsDuplicateString(string, &other));
    assert_int_equal(layout->ref, 2);
    check_ok(WindowsDeleteString(other));
    assert_int_equal(layout->ref, 1);
    check_ok(WindowsDeleteString(string));
}

/* C++/WinRT gives a string back with HeapFree once its own count is zero. */
static void created_string_is_a_heap_block(void **state)
{
    HSTRING string = make(SAMPLE, SAMPLE_LENGTH);

    (void)state;
    skip_under_wine("strings are on the C library's heap");
    assert_int_equal(HeapSize(GetProcessHeap(), 0, string),
                     sizeof(HSTRING_HEADER) + 4 + (SAMPLE_LENGTH + 1) * sizeof(WCHAR));
    assert_true(HeapFree(GetProcessHeap(), 0, string));
}

static void reference_uses_the_callers_memory(void **state)
{
    static const WCHAR source[] = SAMPLE;
    const struct header *layout;
    HSTRING_HEADER header;
    HSTRING string = NULL;

    (void)state;
    check_ok(WindowsCreateStringReference(source, SAMPLE_LENGTH, &header, &string));
    assert_ptr_equal(string, &header);
    assert_ptr_equal(WindowsGetStringRawBuffer(string, NULL), source);
    assert_text(SAMPLE, SAMPLE_LENGTH, string);
    layout = (const struct header *)&header;
    assert_int_equal(layout->flags, 1);
    assert_int_equal(layout->length, SAMPLE_LENGTH);
    assert_ptr_equal(layout->text, source);
    check_ok(WindowsDeleteString(string));
    check_ok(WindowsDeleteString(string));
    assert_text(SAMPLE, SAMPLE_LENGTH, string);
}

static void reference_needs_a_terminator(void **state)
{
    HSTRING string = NULL;
    HSTRING_HEADER header;

    (void)state;
    skip_under_wine("a text without terminator gets E_INVALIDARG");
    check_hresult(E_STRING_NOT_NULL_TERMINATED,
                  WindowsCreateStringReference(u"ab", 1, &header, &string));
    assert_null(string);
}

static void empty_reference_needs_a_terminator(void **state)
{
    HSTRING string = (HSTRING)0xdead;
    HSTRING_HEADER header;

    (void)state;
    skip_under_wine("WindowsCreateStringReference looks at no text of length 0");
    check_hresult(E_STRING_NOT_NULL_TERMINATED,
                  WindowsCreateStringReference(u"ab", 0, &header, &string));
    assert_null(string);
}

static void reference_keeps_embedded_nuls(void **state)
{
    HSTRING string = NULL;
    HSTRING_HEADER header;

    (void)state;
    check_ok(WindowsCreateStringReference(u"a\0b", 3, &header, &string));
    assert_text(u"a\0b", 3, string);
}

static void reference_to_nothing_is_null(void **state)
{
    HSTRING string = (HSTRING)0xdead;
    HSTRING_HEADER header;

    (void)state;
    check_ok(WindowsCreateStringReference(u"", 0, &header, &string));
    assert_null(string);
    string = (HSTRING)0xdead;
    check_ok(WindowsCreateStringReference(NULL, 0, &header, &string));
    assert_null(string);
}

static void reference_refuses_null_pointers(void **state)
{
    HSTRING string = NULL;
    HSTRING_HEADER header;

    (void)state;
    check_hresult(E_POINTER, WindowsCreateStringReference(NULL, 1, &header, &string));
    check_hresult(E_INVALIDARG, WindowsCreateStringReference(SAMPLE, SAMPLE_LENGTH, NULL, &string));
    check_hresult(E_INVALIDARG, WindowsCreateStringReference(SAMPLE, SAMPLE_LENGTH, &header, NULL));
    check_hresult(E_INVALIDARG, WindowsCreateStringReference(NULL, 0, NULL, NULL));
}

static void duplicate_shares(void **state)
{
    HSTRING string = make(SAMPLE, SAMPLE_LENGTH), other = NULL;

    (void)state;
    check_ok(WindowsDuplicateString(string, &other));
    assert_ptr_equal(other, string);
    check_ok(WindowsDeleteString(string));
    assert_text(SAMPLE, SAMPLE_LENGTH, other);
    check_ok(WindowsDeleteString(other));
}

static void duplicate_of_a_reference_copies(void **state)
{
    WCHAR source[] = SAMPLE;
    HSTRING string = NULL, copy = NULL;
    HSTRING_HEADER header;

    (void)state;
    check_ok(WindowsCreateStringReference(source, SAMPLE_LENGTH, &header, &string));
    check_ok(WindowsDuplicateString(string, &copy));
    assert_ptr_not_equal(copy, string);
    source[0] = 'X';
    memset(&header, 0xff, sizeof(header));
    assert_text(SAMPLE, SAMPLE_LENGTH, copy);
    check_ok(WindowsDeleteString(copy));
}

static void duplicate_of_null_is_null(void **state)
{
    HSTRING copy = (HSTRING)0xdead;
    HSTRING string = make(SAMPLE, SAMPLE_LENGTH);

    (void)state;
    check_ok(WindowsDuplicateString(NULL, &copy));
    assert_null(copy);
    check_hresult(E_INVALIDARG, WindowsDuplicateString(string, NULL));
    check_hresult(E_INVALIDARG, WindowsDuplicateString(NULL, NULL));
    check_ok(WindowsDeleteString(string));
}

static void null_is_the_empty_string(void **state)
{
    UINT32 length = 12345;
    const WCHAR *text = WindowsGetStringRawBuffer(NULL, &length);
    BOOL has_nul = TRUE;

    (void)state;
    assert_non_null(text);
    assert_int_equal(text[0], 0);
    assert_int_equal(length, 0);
    assert_non_null(WindowsGetStringRawBuffer(NULL, NULL));
    assert_int_equal(WindowsGetStringLen(NULL), 0);
    assert_true(WindowsIsStringEmpty(NULL));
    check_ok(WindowsStringHasEmbeddedNull(NULL, &has_nul));
    assert_false(has_nul);
    check_ok(WindowsDeleteString(NULL));
}

static void embedded_null_is_looked_for_inside_only(void **state)
{
    HSTRING string = make(SAMPLE, SAMPLE_LENGTH);
    BOOL has_nul = TRUE;

    (void)state;
    check_ok(WindowsStringHasEmbeddedNull(string, &has_nul));
    assert_false(has_nul);
    assert_false(WindowsIsStringEmpty(string));
    check_hresult(E_INVALIDARG, WindowsStringHasEmbeddedNull(string, NULL));
    check_hresult(E_INVALIDARG, WindowsStringHasEmbeddedNull(NULL, NULL));
    check_ok(WindowsDeleteString(string));
}

static void compare_is_ordinal(void **state)
{
    static const struct {
        const WCHAR *one;
        UINT32 one_length;
        const WCHAR *other;
        UINT32 other_length;
        INT32 order;
    } cases[] = {
        { u"abc", 3, u"abc", 3, 0 },       { u"abc", 3, u"abd", 3, -1 },
        { u"abd", 3, u"abc", 3, 1 },       { u"ab", 2, u"abc", 3, -1 },
        { u"abc", 3, u"ab", 2, 1 },        { u"a", 1, u"B", 1, 1 },
        { u"a\0a", 3, u"a\0b", 3, -1 },    { u"a", 1, u"a\0", 2, -1 },
        { u"\xffff", 1, u"\xd800", 1, 1 }, { NULL, 0, NULL, 0, 0 },
        { NULL, 0, u"a", 1, -1 },          { u"a", 1, NULL, 0, 1 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        HSTRING one = make(cases[i].one, cases[i].one_length);
        HSTRING other = make(cases[i].other, cases[i].other_length);
        INT32 order = 99;

        check_ok(WindowsCompareStringOrdinal(one, other, &order));
        assert_int_equal(order, cases[i].order);
        check_ok(WindowsDeleteString(one));
        check_ok(WindowsDeleteString(other));
    }
    check_hresult(E_INVALIDARG, WindowsCompareStringOrdinal(NULL, NULL, NULL));
}

struct target {
    int reads;
    HRESULT hr;
};

static HRESULT WINAPI read_memory(void *context, UINT_PTR address, UINT32 length, BYTE *buffer)
{
    struct target *target = context;

    target->reads++;
    if (SUCCEEDED(target->hr))
        memcpy(buffer, (const void *)address, length);
    return target->hr;
}

static void inspect_reads_another_process(void **state)
{
    HSTRING string = make(SAMPLE, SAMPLE_LENGTH);
    struct target target = { .hr = S_OK };
    const USHORT machine = sizeof(void *) == 8 ? IMAGE_FILE_MACHINE_AMD64 : IMAGE_FILE_MACHINE_I386;
    UINT_PTR address = 1;
    UINT32 length = 1;

    (void)state;
    skip_under_wine("WindowsInspectString ends the program");
    check_ok(
        WindowsInspectString((UINT_PTR)string, machine, read_memory, &target, &length, &address));
    assert_int_equal(length, SAMPLE_LENGTH);
    assert_ptr_equal(address, WindowsGetStringRawBuffer(string, NULL));
    assert_int_equal(target.reads, 1);

    check_ok(WindowsInspectString(0, machine, read_memory, &target, &length, &address));
    assert_int_equal(length, 0);
    assert_int_equal(address, 0);
    target.hr = E_ACCESSDENIED;
    check_hresult(E_ACCESSDENIED, WindowsInspectString((UINT_PTR)string, machine, read_memory,
                                                       &target, &length, &address));
    check_hresult(E_INVALIDARG, WindowsInspectString((UINT_PTR)string, 0x1234, read_memory, &target,
                                                     &length, &address));
    check_hresult(E_INVALIDARG, WindowsInspectString((UINT_PTR)string, machine, NULL, &target,
                                                     &length, &address));
    check_ok(WindowsDeleteString(string));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(create_copies),
    cmocka_unit_test(create_needs_no_terminator),
    cmocka_unit_test(create_keeps_embedded_nuls),
    cmocka_unit_test(create_of_nothing_is_null),
    cmocka_unit_test(create_refuses_null_pointers),
    cmocka_unit_test(failures_clear_the_string),
    cmocka_unit_test(create_refuses_what_is_too_long),
    cmocka_unit_test(created_string_has_the_known_layout),
    cmocka_unit_test(created_string_is_a_heap_block),
    cmocka_unit_test(reference_uses_the_callers_memory),
    cmocka_unit_test(reference_needs_a_terminator),
    cmocka_unit_test(empty_reference_needs_a_terminator),
    cmocka_unit_test(reference_keeps_embedded_nuls),
    cmocka_unit_test(reference_to_nothing_is_null),
    cmocka_unit_test(reference_refuses_null_pointers),
    cmocka_unit_test(duplicate_shares),
    cmocka_unit_test(duplicate_of_a_reference_copies),
    cmocka_unit_test(duplicate_of_null_is_null),
    cmocka_unit_test(null_is_the_empty_string),
    cmocka_unit_test(embedded_null_is_looked_for_inside_only),
    cmocka_unit_test(compare_is_ordinal),
    cmocka_unit_test(inspect_reads_another_process),
};

TEST_MAIN(tests)
