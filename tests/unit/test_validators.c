/* SPDX-License-Identifier: MIT */
/* Entity tags and HTTP dates. RFC 9110, 5.6.7 and 8.8. */
#include "test_main.h"

#include "src/engine/validators.h"

static void strong_and_other_tags(void **state)
{
    static const struct {
        const char *tag;
        bool strong;
    } rows[] = {
        { "\"a\"", true },
        { "\"SampleETag\"", true },
        { "\"5e-1:2/gz!\"", true },
        { "\"\xc3\xa4\"", true }, /* obs-text */
        { "\"'W/'\"", true },
        { "W/\"a\"", false },
        { "w/\"a\"", false },
        { "\"\"", false }, /* nothing to say */
        { "\"", false },
        { "", false },
        { "a", false },
        { "abc", false },
        { "'abc'", false },
        { "\"abc", false },
        { "abc\"", false },
        { "\"a\"b\"", false },
        { "\"a\", \"b\"", false }, /* two fields, joined */
        { "\"a b\"", false },
        { "\"a\tb\"", false },
        { "\"a\x7f\"", false },
        { " \"a\"", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(entity_tag_is_strong(rows[i].tag), rows[i].strong);
}

static void the_three_forms_of_a_date(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } rows[] = {
        { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
        { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
        { "Sun Nov  6 08:49:37 1994", 784111777 },
        { "Wed Nov 16 08:49:37 1994", 784975777 },
        { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
        { "Thu, 29 Feb 2024 23:59:59 GMT", 1709251199 },
        { "Tue, 19 Jan 2038 03:14:08 GMT", INT64_C(2147483648) },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        int64_t seconds = -1;

        assert_true(http_date_parse(rows[i].text, &seconds));
        assert_true(seconds == rows[i].seconds);
    }
}

static void what_is_no_http_date(void **state)
{
    static const char *const texts[] = {
        "",
        "0",
        "now",
        "784111777",
        "1994-11-06 08:49:37",
        "1994-11-06T08:49:37Z",
        "06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 ",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:49:37 GMT+1",
        "Sun, 06 Nov 1994 08:49:37 +0100",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nox 1994 08:49:37 GMT",
        "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Su_, 06 Nov 1994 08:49:37 GMT",
        "Su{, 06 Nov 1994 08:49:37 GMT",
        "Sun, 46 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 28:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:3x GMT",
        "Sun Nov x6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        int64_t seconds = 7;

        if (http_date_parse(texts[i], &seconds))
            fail_msg("taken: %s", texts[i]);
        assert_true(seconds == 0);
    }
}

static void a_date_is_strong_a_second_later(void **state)
{
    static const struct {
        const char *last_modified, *date;
        bool strong;
    } rows[] = {
        { "Sun, 06 Nov 1994 08:49:36 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", true },
        { "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", false },
        { "Sun, 06 Nov 1994 08:49:38 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", false },
        { "Sun Nov  6 08:49:36 1994", "Sun, 06 Nov 1994 08:49:37 GMT", true },
        { "Sun, 06 Nov 1994 08:49:36 GMT", NULL, false },
        { NULL, "Sun, 06 Nov 1994 08:49:37 GMT", false },
        { NULL, NULL, false },
        { "yesterday", "Sun, 06 Nov 1994 08:49:37 GMT", false },
        { "Sun, 06 Nov 1994 08:49:36 GMT", "today", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(http_date_is_strong(rows[i].last_modified, rows[i].date), rows[i].strong);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(strong_and_other_tags),
    cmocka_unit_test(the_three_forms_of_a_date),
    cmocka_unit_test(what_is_no_http_date),
    cmocka_unit_test(a_date_is_strong_a_second_later),
};

TEST_MAIN_UNIT(tests)
