/* SPDX-License-Identifier: MIT */
/* UTF-8 and UTF-16, strict and lossy (The Unicode Standard, 3.9 and 5.22). */
#include <string.h>

#include "test_main.h"

#include "src/port/memory.h"
#include "src/port/text.h"

static const struct {
    const char *utf8;
    char16_t utf16[8];
    size_t length;
} pairs[] = {
    { "", { 0 }, 0 },
    { "plain", u"plain", 5 },
    { "\xc3\xa9\xe2\x82\xac", u"\u00e9\u20ac", 2 },
    { "\xf0\x9f\x98\x80!", { 0xd83d, 0xde00, '!' }, 3 },
    { "\xef\xbf\xbf", { 0xffff }, 1 },
};

static void what_is_well_formed_goes_both_ways(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        char16_t *wide = NULL;
        char *narrow = NULL;
        size_t length = 99;

        assert_int_equal(text_utf16_from_utf8(pairs[i].utf8, strlen(pairs[i].utf8), &wide, &length),
                         PORT_OK);
        assert_int_equal(length, pairs[i].length);
        assert_memory_equal(wide, pairs[i].utf16, (length + 1) * sizeof(*wide));
        assert_int_equal(text_utf8_from_utf16(wide, length, &narrow, NULL), PORT_OK);
        assert_string_equal(narrow, pairs[i].utf8);
        memory_free(narrow);
        memory_free(wide);
    }
}

static void what_is_not_well_formed_is_refused(void **state)
{
    static const char *const narrow[] = {
        "\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"
    };
    static const char16_t wide[][2] = { { 0xd800, 'a' }, { 0xdc00, 'a' }, { 'a', 0xd800 } };
    char16_t *wide_out;
    char *narrow_out;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(narrow) / sizeof(narrow[0]); i++) {
        assert_int_equal(text_utf16_from_utf8(narrow[i], strlen(narrow[i]), &wide_out, NULL),
                         PORT_INVALID);
        assert_null(wide_out);
    }
    for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        assert_int_equal(text_utf8_from_utf16(wide[i], 2, &narrow_out, NULL), PORT_INVALID);
        assert_null(narrow_out);
    }
}

static void lossy_conversions_put_replacement_characters(void **state)
{
    static const char16_t lone[] = { 'a', 0xd800, 'b' };
    static const char16_t expected[] = { 'a', 0xfffd, 'b', 0 };
    char16_t *wide = NULL;
    char *narrow = NULL;
    size_t length;

    (void)state;
    assert_int_equal(text_utf8_from_utf16_lossy(lone, 3, &narrow, &length), PORT_OK);
    assert_string_equal(narrow, "a\xef\xbf\xbd"
                                "b");
    assert_int_equal(length, 5);
    memory_free(narrow);
    assert_int_equal(text_utf16_from_utf8_lossy("a\xff"
                                                "b",
                                                3, &wide, &length),
                     PORT_OK);
    assert_int_equal(length, 3);
    assert_memory_equal(wide, expected, sizeof(expected));
    memory_free(wide);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_well_formed_goes_both_ways),
    cmocka_unit_test(what_is_not_well_formed_is_refused),
    cmocka_unit_test(lossy_conversions_put_replacement_characters),
};

TEST_MAIN_UNIT(tests)
