/* SPDX-License-Identifier: MIT */
/* Task memory, the process heap and automation strings. */
#include <windows.h>
#include <objbase.h>
#include <oleauto.h>

#include <string.h>

#include "tests/support/check.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"

static void task_memory_grows_and_shrinks(void **state)
{
    char *block = CoTaskMemAlloc(4);

    (void)state;
    assert_non_null(block);
    memcpy(block, "abc", 4);
    block = CoTaskMemRealloc(block, 100000);
    assert_non_null(block);
    assert_string_equal(block, "abc");
    assert_null(CoTaskMemRealloc(block, 0));
}

static void task_memory_of_nothing(void **state)
{
    void *block = CoTaskMemAlloc(0);

    (void)state;
    assert_non_null(block);
    CoTaskMemFree(block);
    CoTaskMemFree(NULL);
    block = CoTaskMemRealloc(NULL, 8);
    assert_non_null(block);
    CoTaskMemFree(block);
}

static void heap_block_knows_its_size(void **state)
{
    const HANDLE heap = GetProcessHeap();
    char *block = HeapAlloc(heap, HEAP_ZERO_MEMORY, 33);
    size_t i;

    (void)state;
    assert_non_null(block);
    assert_int_equal(HeapSize(heap, 0, block), 33);
    for (i = 0; i < 33; i++)
        assert_int_equal(block[i], 0);
    assert_int_equal((ULONG_PTR)block % 16, 0);
    assert_true(HeapFree(heap, 0, block));
    assert_true(HeapFree(heap, 0, NULL));
    block = HeapAlloc(heap, 0, 0);
    assert_non_null(block);
    assert_int_equal(HeapSize(heap, 0, block), 0);
    assert_true(HeapFree(heap, 0, block));
}

static void heap_realloc_keeps_and_clears(void **state)
{
    const HANDLE heap = GetProcessHeap();
    char *block = HeapAlloc(heap, 0, 4);
    size_t i;

    (void)state;
    memcpy(block, "abc", 4);
    block = HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, 5000);
    assert_non_null(block);
    assert_string_equal(block, "abc");
    for (i = 4; i < 5000; i++)
        assert_int_equal(block[i], 0);
    assert_int_equal(HeapSize(heap, 0, block), 5000);
    assert_ptr_equal(HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 2), block);
    assert_int_equal(HeapSize(heap, 0, block), 2);
    assert_true(HeapFree(heap, 0, block));
}

static void heap_block_does_not_grow_in_place(void **state)
{
    const HANDLE heap = GetProcessHeap();
    void *block = HeapAlloc(heap, 0, 5000);

    (void)state;
    skip_but_natively("the system's heap may have room behind a block");
    assert_null(HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 5001));
    assert_true(HeapFree(heap, 0, block));
}

static void heap_refuses_other_heaps(void **state)
{
    const HANDLE none = (HANDLE)0x1234;
    void *block = HeapAlloc(GetProcessHeap(), 0, 4);

    (void)state;
    skip_but_natively("what a heap gets that is none is not documented");
    SetLastError(0);
    assert_null(HeapAlloc(none, 0, 4));
    assert_int_equal(GetLastError(), ERROR_INVALID_HANDLE);
    assert_null(HeapReAlloc(none, 0, block, 4));
    assert_true(HeapSize(none, 0, block) == (SIZE_T)-1);
    assert_false(HeapFree(none, 0, NULL));
    assert_true(HeapFree(GetProcessHeap(), 0, block));
}

static void heap_refuses_what_is_too_big(void **state)
{
    volatile SIZE_T too_much = SIZE_MAX; /* volatile: the compiler would refuse it */
    void *block = HeapAlloc(GetProcessHeap(), 0, 4);

    (void)state;
    assert_null(HeapAlloc(GetProcessHeap(), 0, too_much));
    assert_null(HeapReAlloc(GetProcessHeap(), 0, block, too_much));
    assert_true(HeapFree(GetProcessHeap(), 0, block));
}

static void bstr_has_its_length_in_front(void **state)
{
    BSTR text = SysAllocString(u"abc");
    DWORD size;

    (void)state;
    assert_non_null(text);
    memcpy(&size, (const char *)text - 4, sizeof(size));
    assert_int_equal(size, 6);
    assert_int_equal(SysStringLen(text), 3);
    assert_int_equal(SysStringByteLen(text), 6);
    assert_memory_equal(text, u"abc", 8);
    SysFreeString(text);
}

static void bstr_of_given_length(void **state)
{
    BSTR text = SysAllocStringLen(u"a\0cdef", 3);

    (void)state;
    assert_int_equal(SysStringLen(text), 3);
    assert_memory_equal(text, u"a\0c", 8);
    SysFreeString(text);
    text = SysAllocStringLen(NULL, 2);
    assert_memory_equal(text, u"\0\0", 6);
    SysFreeString(text);
    text = SysAllocStringByteLen("abc", 3);
    assert_int_equal(SysStringByteLen(text), 3);
    assert_int_equal(SysStringLen(text), 1);
    assert_memory_equal(text, "abc\0\0", 5);
    SysFreeString(text);
    assert_null(SysAllocStringLen(NULL, UINT32_MAX));
}

static void bstr_null_is_empty(void **state)
{
    (void)state;
    assert_null(SysAllocString(NULL));
    assert_int_equal(SysStringLen(NULL), 0);
    assert_int_equal(SysStringByteLen(NULL), 0);
    SysFreeString(NULL);
}

static void bstr_is_replaced(void **state)
{
    BSTR text = SysAllocString(u"abc");

    (void)state;
    assert_true(SysReAllocString(&text, u"defg"));
    assert_int_equal(SysStringLen(text), 4);
    assert_true(SysReAllocStringLen(&text, text + 1, 2));
    assert_memory_equal(text, u"ef", 6);
    assert_true(SysReAllocString(&text, NULL));
    assert_null(text);
}

static void bstr_needs_a_place(void **state)
{
    (void)state;
    skip_but_natively("what NULL pointers get is not documented");
    assert_false(SysReAllocString(NULL, u"a"));
    assert_false(SysReAllocStringLen(NULL, u"a", 1));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(task_memory_grows_and_shrinks),
    cmocka_unit_test(task_memory_of_nothing),
    cmocka_unit_test(heap_block_knows_its_size),
    cmocka_unit_test(heap_realloc_keeps_and_clears),
    cmocka_unit_test(heap_block_does_not_grow_in_place),
    cmocka_unit_test(heap_refuses_other_heaps),
    cmocka_unit_test(heap_refuses_what_is_too_big),
    cmocka_unit_test(bstr_has_its_length_in_front),
    cmocka_unit_test(bstr_of_given_length),
    cmocka_unit_test(bstr_null_is_empty),
    cmocka_unit_test(bstr_is_replaced),
    cmocka_unit_test(bstr_needs_a_place),
};

TEST_MAIN(tests)
