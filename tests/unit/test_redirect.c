/* SPDX-License-Identifier: MIT */
/* Where a redirect leads, with what method and what goes along. */
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "src/engine/redirect.h"

static struct hop start(const char *text, const char *method, bool with_body)
{
    struct hop hop;
    struct url url;

    assert_int_equal(url_parse(NULL, text, &url), PORT_OK);
    assert_int_equal(hop_init(&hop, &url, method, with_body), PORT_OK);
    url_free(&url);
    return hop;
}

static void only_five_statuses_are_redirects(void **state)
{
    (void)state;
    for (int status = 100; status < 600; status++) {
        bool expected =
            status == 301 || status == 302 || status == 303 || status == 307 || status == 308;

        assert_int_equal(redirect_is_status(status), expected);
    }
}

static void methods_change_as_documented(void **state)
{
    static const struct {
        int status;
        const char *method, *next;
        bool body;
    } rows[] = {
        { 301, "GET", "GET", false },    { 301, "POST", "GET", false },
        { 301, "PUT", "PUT", true },     { 302, "POST", "GET", false },
        { 302, "PUT", "PUT", true },     { 302, "HEAD", "HEAD", false },
        { 303, "POST", "GET", false },   { 303, "PUT", "GET", false },
        { 303, "HEAD", "HEAD", false },  { 303, "GET", "GET", false },
        { 307, "POST", "POST", true },   { 307, "PUT", "PUT", true },
        { 308, "POST", "POST", true },   { 308, "GET", "GET", false },
        { 303, "DELETE", "GET", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        bool with_body = !strcmp(rows[i].method, "POST") || !strcmp(rows[i].method, "PUT");
        struct hop hop = start("http://a/1", rows[i].method, with_body);

        assert_int_equal(redirect_follow(&hop, rows[i].status, "/2"), TRANSFER_ERROR_NONE);
        assert_string_equal(hop.method, rows[i].next);
        assert_int_equal(hop.with_body, rows[i].body);
        assert_string_equal(hop.url.text, "http://a/2");
        assert_false(hop.left_origin);
        hop_free(&hop);
    }
}

static void a_body_stays_with_its_origin(void **state)
{
    struct hop hop = start("http://a/1", "POST", true);

    (void)state;
    assert_int_equal(redirect_follow(&hop, 307, "http://b/"), TRANSFER_ERROR_REDIRECT_FAILED);
    assert_string_equal(hop.url.text, "http://a/1");
    assert_true(hop.with_body);
    /* Without it, as a GET, it may go. */
    assert_int_equal(redirect_follow(&hop, 302, "http://b/"), TRANSFER_ERROR_NONE);
    assert_true(hop.left_origin);
    hop_free(&hop);
}

static void an_origin_left_is_left_for_good(void **state)
{
    struct hop hop = start("http://a/1", "GET", false);

    (void)state;
    assert_int_equal(redirect_follow(&hop, 302, "http://a:80/2"), TRANSFER_ERROR_NONE);
    assert_false(hop.left_origin);
    assert_int_equal(redirect_follow(&hop, 302, "https://a/3"), TRANSFER_ERROR_NONE);
    assert_true(hop.left_origin);
    hop_free(&hop);

    hop = start("http://a/1", "GET", false);
    assert_int_equal(redirect_follow(&hop, 302, "http://b/"), TRANSFER_ERROR_NONE);
    assert_int_equal(redirect_follow(&hop, 302, "http://a/2"), TRANSFER_ERROR_NONE);
    assert_true(hop.left_origin);
    hop_free(&hop);
}

static void what_must_not_be_followed_is_not(void **state)
{
    static const struct {
        const char *from, *location;
        enum transfer_error_code error;
    } rows[] = {
        { "http://a/", NULL, TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/", "ftp://a/", TRANSFER_ERROR_REDIRECT_FAILED },
        { "https://a/", "ftp://a/", TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/", "file:///etc/passwd", TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/", "javascript:alert(1)", TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/", "http://", TRANSFER_ERROR_REDIRECT_FAILED },
        { "https://a/", "http://a/x", TRANSFER_ERROR_HTTPS_TO_HTTP },
        { "https://a/", "http://b/", TRANSFER_ERROR_HTTPS_TO_HTTP },
        { "http://a/x", "/x", TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/x", "", TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/", "http://a\\@b/", TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/", "http://b:80\\.a/", TRANSFER_ERROR_REDIRECT_FAILED },
        { "http://a/", "//b\\@a/", TRANSFER_ERROR_REDIRECT_FAILED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct hop hop = start(rows[i].from, "GET", false);

        assert_int_equal(redirect_follow(&hop, 302, rows[i].location), rows[i].error);
        assert_string_equal(hop.url.text, rows[i].from);
        assert_int_equal(hop.count, 0);
        hop_free(&hop);
    }
}

/* Behind the host a backslash confuses nobody about it. */
static void backslashes_elsewhere_are_followed(void **state)
{
    static const char *const locations[] = { "/x\\y", "x//y\\z", "/x?http://b\\@a", "http://b/\\c",
                                             "?a//b\\" };

    (void)state;
    for (size_t i = 0; i < sizeof(locations) / sizeof(*locations); i++) {
        struct hop hop = start("http://a/1", "GET", false);

        assert_int_equal(redirect_follow(&hop, 302, locations[i]), TRANSFER_ERROR_NONE);
        hop_free(&hop);
    }
}

static void user_info_of_a_location_is_dropped(void **state)
{
    struct hop hop = start("http://a/1", "GET", false);

    (void)state;
    assert_int_equal(redirect_follow(&hop, 302, "http://u:p@b/2"), TRANSFER_ERROR_NONE);
    assert_string_equal(hop.url.text, "http://b/2");
    assert_true(hop.left_origin);
    hop_free(&hop);
}

static void ten_are_followed_and_no_more(void **state)
{
    struct hop hop = start("http://a/start", "GET", false);
    char path[16];

    (void)state;
    for (int i = 1; i <= 10; i++) {
        snprintf(path, sizeof(path), "/%d", i);
        assert_int_equal(redirect_follow(&hop, 302, path), TRANSFER_ERROR_NONE);
    }
    assert_int_equal(redirect_follow(&hop, 302, "/11"), TRANSFER_ERROR_REDIRECT_FAILED);
    hop_free(&hop);
}

static void loops_are_noticed_at_once(void **state)
{
    struct hop hop = start("http://a/1", "POST", true);

    (void)state;
    /* The same place with another method is no loop: "303 See Other" to itself is usual. */
    assert_int_equal(redirect_follow(&hop, 303, "/1"), TRANSFER_ERROR_NONE);
    assert_int_equal(redirect_follow(&hop, 302, "/2"), TRANSFER_ERROR_NONE);
    assert_int_equal(redirect_follow(&hop, 302, "/1"), TRANSFER_ERROR_REDIRECT_FAILED);
    hop_free(&hop);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(only_five_statuses_are_redirects),
    cmocka_unit_test(methods_change_as_documented),
    cmocka_unit_test(a_body_stays_with_its_origin),
    cmocka_unit_test(an_origin_left_is_left_for_good),
    cmocka_unit_test(what_must_not_be_followed_is_not),
    cmocka_unit_test(backslashes_elsewhere_are_followed),
    cmocka_unit_test(user_info_of_a_location_is_dropped),
    cmocka_unit_test(ten_are_followed_and_no_more),
    cmocka_unit_test(loops_are_noticed_at_once),
};

TEST_MAIN_UNIT(tests)
