/* SPDX-License-Identifier: MIT */
/* The functions themselves, not under their usual names, when there is no memory. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "src/port/memory.h"
#include "winrt_porting_functions.h"

static void *refuse(size_t size)
{
    (void)size;
    return NULL;
}

static void *refuse_to_resize(void *block, size_t size)
{
    (void)block;
    (void)size;
    return NULL;
}

static void release_nothing(void *block)
{
    assert_null(block);
}

static const struct memory_ops no_memory = { refuse, refuse_to_resize, release_nothing };

static int take_memory(void **state)
{
    (void)state;
    memory_set_ops(&no_memory);
    return 0;
}

static int give_memory_back(void **state)
{
    (void)state;
    memory_set_ops(NULL);
    return 0;
}

#define check_refused(expression)        \
    do {                                 \
        errno = 0;                       \
        assert_true(expression);         \
        assert_int_equal(errno, ENOMEM); \
    } while (0)

static void formatting_fails(void **state)
{
    char16_t wide[8] = u"before!";
    char narrow[8];

    (void)state;
    check_refused(winrt_swprintf(wide, 8, u"%300d", 1) == -1);
    assert_int_equal(wide[0], 0);
    check_refused(winrt_swprintf(wide, 8, u"%.200f", 1.0) == -1);
    check_refused(winrt_swprintf(wide, 8, u"%S", "\xC3\xA9") == -1);
    check_refused(winrt_snprintf(narrow, 8, "%S", u"x") == -1);
    check_refused(winrt_wprintf(u"x") == -1);
    assert_int_equal(winrt_swprintf(wide, 8, u"%s %d", u"ab", 5), 4); /* needs none */
}

static void the_rest_fails_as_well(void **state)
{
    char *arguments[] = { (char *)"x", NULL };
    char16_t digits[100], *end;
    char narrow[8] = "before";

    (void)state;
    for (size_t i = 0; i < 99; i++)
        digits[i] = '0';
    digits[99] = 0;
    check_refused(winrt_wcstol(digits, &end, 10) == 0);
    assert_ptr_equal(end, digits);
    check_refused(winrt_swscanf(u"x", u"%S", narrow) == EOF);
    assert_string_equal(narrow, "before");
    check_refused(winrt_wfopen(u"x", u"r") == NULL);
    check_refused(winrt_wremove(u"x") == -1);
    assert_true(winrt_fputws(u"x", stdout) != 0);
    assert_null(winrt_wcsdup(u"x"));
    assert_null(winrt_porting_arguments(arguments));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(formatting_fails, take_memory, give_memory_back),
    cmocka_unit_test_setup_teardown(the_rest_fails_as_well, take_memory, give_memory_back),
};
TEST_MAIN_UNIT(tests)
