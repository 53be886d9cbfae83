/* SPDX-License-Identifier: MIT */
/* Request headers as a caller sets them, response headers as they come, and what libcurl is told of
 * them. */
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "src/engine/header_list.h"
#include "src/engine/network.h"
#include "src/engine/request_headers.h"

static struct header_list *new_list(void)
{
    struct header_list *list;

    assert_int_equal(header_list_create(&list), PORT_OK);
    return list;
}

static void values_of_one_name_are_joined(void **state)
{
    struct header_list *list = new_list();

    (void)state;
    assert_int_equal(header_list_set(list, "Accept", "text/html"), PORT_OK);
    assert_int_equal(header_list_set(list, "ACCEPT", "  text/plain\t"), PORT_OK);
    assert_int_equal(header_list_set(list, "Cookie", "a=1"), PORT_OK);
    assert_int_equal(header_list_set(list, "cookie", "b=2"), PORT_OK);
    assert_int_equal(header_list_set(list, "X-Empty", ""), PORT_OK);
    assert_int_equal(header_list_set(list, "X-Empty", "later"), PORT_OK);
    assert_int_equal(header_list_count(list), 3);
    assert_string_equal(header_list_name(list, 0), "Accept");
    assert_string_equal(header_list_value(list, 0), "text/html, text/plain");
    assert_string_equal(header_list_find(list, "COOKIE"), "a=1; b=2");
    assert_string_equal(header_list_find(list, "x-empty"), "later");
    assert_null(header_list_find(list, "Missing"));
    header_list_free(list);
}

static void accept_encoding_becomes_identity(void **state)
{
    struct header_list *list = new_list();

    (void)state;
    assert_int_equal(header_list_set(list, "accept-encoding", "gzip, br"), PORT_OK);
    assert_int_equal(header_list_set(list, "Accept-Encoding", "deflate"), PORT_OK);
    assert_int_equal(header_list_count(list), 1);
    assert_string_equal(header_list_value(list, 0), "identity");
    header_list_free(list);
}

static void what_could_smuggle_is_refused(void **state)
{
    static const struct {
        const char *name, *value;
    } bad[] = {
        { "", "x" },          { "a b", "x" },      { "a:", "x" },
        { "a\r\nb", "x" },    { "\xc3\xa4", "x" }, { "a\x7f", "x" },
        { "a", "b\r\nc: d" }, { "a", "b\nc" },     { "a", "b\r" },
    };
    static const char *const reserved[] = {
        "Host", "range",   "If-Range", "CONTENT-LENGTH", "Transfer-Encoding",   "Connection",
        "TE",   "Trailer", "Upgrade",  "Expect",         "proxy-authorization",
    };
    struct header_list *list = new_list();

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_int_equal(header_list_set(list, bad[i].name, bad[i].value), PORT_INVALID);
    for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); i++) {
        assert_true(request_header_is_reserved(reserved[i]));
        assert_int_equal(header_list_set(list, reserved[i], "1"), PORT_INVALID);
    }
    assert_false(request_header_is_reserved("Ranges"));
    assert_int_equal(header_list_count(list), 0);
    header_list_free(list);
}

static void a_copy_is_independent(void **state)
{
    struct header_list *list = new_list(), *copy;

    (void)state;
    for (int i = 0; i < 40; i++) {
        const char name[] = { 'X', '-', (char)('A' + i % 20), (char)('a' + i / 20), 0 };

        assert_int_equal(header_list_set(list, name, "1"), PORT_OK);
    }
    assert_int_equal(header_list_copy(list, &copy), PORT_OK);
    assert_int_equal(header_list_set(list, "X-Aa", "2"), PORT_OK);
    header_list_free(list);
    assert_int_equal(header_list_count(copy), 40);
    assert_string_equal(header_list_find(copy, "X-Aa"), "1");
    header_list_free(copy);
}

static void response_headers_keep_their_spelling(void **state)
{
    struct header_list *list = new_list();

    (void)state;
    assert_int_equal(header_list_continue(list, "x"), PORT_INVALID);
    assert_int_equal(header_list_append(list, "eTag", "\"1\""), PORT_OK);
    assert_int_equal(header_list_append(list, "Via", "a"), PORT_OK);
    assert_int_equal(header_list_append(list, "ETAG", "\"2\""), PORT_OK);
    assert_int_equal(header_list_append(list, "ETag", ""), PORT_OK);
    assert_int_equal(header_list_continue(list, "folded"), PORT_OK);
    assert_int_equal(header_list_continue(list, ""), PORT_OK);
    assert_string_equal(header_list_name(list, 0), "eTag");
    assert_string_equal(header_list_value(list, 0), "\"1\", \"2\" folded");
    header_list_free(list);
}

/* The lines that libcurl is given, joined by '|'. */
static const char *lines_of(const struct header_list *list, const struct hop *hop)
{
    static char text[512];
    struct curl_slist *lines = NULL;

    text[0] = 0;
    assert_int_equal(request_headers_make(list, hop, &lines), PORT_OK);
    for (struct curl_slist *line = lines; line; line = line->next) {
        size_t length = strlen(text);

        snprintf(text + length, sizeof(text) - length, "%s|", line->data);
    }
    network()->list_free(lines);
    return text;
}

static void libcurl_gets_lines_that_it_takes_as_meant(void **state)
{
    struct header_list *list = new_list();
    struct hop hop = { 0 };

    (void)state;
    assert_string_equal(lines_of(NULL, &hop), "Accept-Encoding: identity|");
    header_list_set(list, "X-Empty", "   ");
    header_list_set(list, "User-Agent", "me");
    header_list_set(list, "Accept-Encoding", "gzip");
    header_list_set(list, "X-Colon", ":");
    assert_string_equal(lines_of(list, &hop),
                        "Accept-Encoding: identity|X-Empty;|User-Agent: me|X-Colon: :|");
    header_list_free(list);
}

static void other_origins_get_three_headers_only(void **state)
{
    struct header_list *list = new_list();
    struct hop hop = { .left_origin = true, .count = 1 };

    (void)state;
    header_list_set(list, "Authorization", "secret");
    header_list_set(list, "X-Api-Key", "secret");
    header_list_set(list, "Cookie", "secret");
    header_list_set(list, "accept", "*/*");
    header_list_set(list, "User-agent", "me");
    header_list_set(list, "Accept-Language", "de");
    header_list_set(list, "Referer", "secret");
    assert_string_equal(lines_of(list, &hop), "Accept-Encoding: identity|accept: */*|User-agent: "
                                              "me|Accept-Language: de|");
    header_list_free(list);
}

static void headers_about_the_body_go_with_the_body(void **state)
{
    struct header_list *list = new_list();
    struct hop first = { .with_body = true }, repeated = { .with_body = true, .count = 1 };
    struct hop turned = { .count = 1 };

    (void)state;
    header_list_set(list, "Content-Type", "text/plain");
    header_list_set(list, "X-A", "1");
    assert_string_equal(lines_of(list, &first),
                        "Accept-Encoding: identity|Content-Type: text/plain|X-A: 1|");
    assert_string_equal(lines_of(list, &repeated),
                        "Accept-Encoding: identity|Content-Type: text/plain|X-A: 1|");
    assert_string_equal(lines_of(list, &turned), "Accept-Encoding: identity|X-A: 1|");
    header_list_free(list);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(values_of_one_name_are_joined),
    cmocka_unit_test(accept_encoding_becomes_identity),
    cmocka_unit_test(what_could_smuggle_is_refused),
    cmocka_unit_test(a_copy_is_independent),
    cmocka_unit_test(response_headers_keep_their_spelling),
    cmocka_unit_test(libcurl_gets_lines_that_it_takes_as_meant),
    cmocka_unit_test(other_origins_get_three_headers_only),
    cmocka_unit_test(headers_about_the_body_go_with_the_body),
};

TEST_MAIN_UNIT(tests)
