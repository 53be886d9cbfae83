/* SPDX-License-Identifier: MIT */
/* URLs as the engine takes them apart, and which of them are of one origin. */
#include <stddef.h>

#include "test_main.h"

#include "src/engine/origin.h"

static void a_url_loses_its_user_info(void **state)
{
    struct url url;

    (void)state;
    assert_int_equal(url_parse(NULL, "HTTPS://us%65r:p%40ss@Example.COM:8443/a?b=c#d", &url),
                     PORT_OK);
    assert_string_equal(url.text, "https://Example.COM:8443/a?b=c#d");
    assert_string_equal(url.host, "example.com");
    assert_string_equal(url.origin, "https://example.com:8443");
    assert_string_equal(url.user, "user");
    assert_string_equal(url.password, "p@ss");
    assert_true(url.secure);
    url_free(&url);
    url_free(&url);
}

static void what_is_no_http_url_is_refused(void **state)
{
    static const struct {
        const char *text;
        enum port_status status;
    } rows[] = {
        { "", PORT_INVALID },
        { "/path", PORT_INVALID },
        { "example.com/x", PORT_INVALID },
        { "http://", PORT_INVALID },
        { "http://a:99999/", PORT_INVALID },
        { "http://a b/", PORT_INVALID },
        { "http://a/\r\nX: y", PORT_INVALID },
        { "http://user%0d%0a@a/", PORT_INVALID },
        { "ftp://", PORT_INVALID },
        { "ftps://a/", PORT_NOT_SUPPORTED },
        { "file:///etc/passwd", PORT_NOT_SUPPORTED },
        { "gopher://a/", PORT_NOT_SUPPORTED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct url url;

        assert_int_equal(url_parse(NULL, rows[i].text, &url), rows[i].status);
        assert_null(url.text);
    }
}

static void an_ftp_url_is_taken_apart(void **state)
{
    struct url url;

    (void)state;
    assert_int_equal(url_parse(NULL, "FTP://us%65r:p%40ss@Example.COM/a%20b;type=i", &url),
                     PORT_OK);
    assert_string_equal(url.text, "ftp://Example.COM/a%20b;type=i");
    assert_string_equal(url.origin, "ftp://example.com:21");
    assert_string_equal(url.user, "user");
    assert_string_equal(url.password, "p@ss");
    assert_true(url.ftp && !url.secure);
    url_free(&url);
}

/* It is what the request is made of. */
static void nothing_is_lost_or_added(void **state)
{
    static const struct {
        const char *text, *result;
    } rows[] = {
        { "http://a", "http://a/" },
        { "http://a?b", "http://a/?b" },
        { "http://a/?", "http://a/?" },
        { "http://a/b?#", "http://a/b?" },
        { "http://a/b?c?d#e#f", "http://a/b?c?d#e#f" },
        { "http://a:80/b//c", "http://a:80/b//c" },
        { "http://a:0080/", "http://a:80/" },
        { "http://a//b", "http://a//b" },
        { "http://a/b;c=d%2f%C3%a4", "http://a/b;c=d%2f%C3%a4" },
        { "http://[::1]:8080/a?b", "http://[::1]:8080/a?b" },
        { "http://[fe80::1%25eth0]/a", "http://[fe80::1%25eth0]/a" },
        { "http://u:p@1.2.3.4/a", "http://1.2.3.4/a" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct url url;

        assert_int_equal(url_parse(NULL, rows[i].text, &url), PORT_OK);
        assert_string_equal(url.text, rows[i].result);
        url_free(&url);
    }
}

static void relative_references_are_resolved(void **state)
{
    static const struct {
        const char *base, *text, *result;
    } rows[] = {
        { "http://a/b/c?d", "e", "http://a/b/e" },
        { "http://a/b/c?d", "/e", "http://a/e" },
        { "http://a/b/c?d", "?e", "http://a/b/c?e" },
        { "https://a/b/c", "//e/f", "https://e/f" },
        { "http://a/b/c", "../e", "http://a/e" },
        { "http://a/", "https://e", "https://e/" },
        { "http://a/", "b c\xc3\xa4", "http://a/b%20c%c3%a4" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct url url;

        assert_int_equal(url_parse(rows[i].base, rows[i].text, &url), PORT_OK);
        assert_string_equal(url.text, rows[i].result);
        url_free(&url);
    }
}

static void origins_are_scheme_host_and_port(void **state)
{
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        { "http://a/x", "http://A:80/y?z", true },
        { "https://a", "https://a:443/", true },
        { "http://a", "https://a", false },
        { "http://a:443", "https://a:443", false },
        { "http://a", "http://a:81", false },
        { "http://a", "http://b", false },
        { "http://a.example", "http://example", false },
        { "http://u:p@a", "http://a", true },
        { "http://a@b", "http://a", false },
        { "http://[::1]/", "http://[::1]:80/", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct url one, other;

        assert_int_equal(url_parse(NULL, rows[i].one, &one), PORT_OK);
        assert_int_equal(url_parse(NULL, rows[i].other, &other), PORT_OK);
        assert_int_equal(origin_equal(&one, &other), rows[i].same);
        url_free(&one);
        url_free(&other);
    }
}

static void a_copy_has_everything(void **state)
{
    struct url url, copy;

    (void)state;
    assert_int_equal(url_parse(NULL, "https://u@h/p", &url), PORT_OK);
    assert_int_equal(url_copy(&url, &copy), PORT_OK);
    url_free(&url);
    assert_string_equal(copy.text, "https://h/p");
    assert_string_equal(copy.origin, "https://h:443");
    assert_string_equal(copy.user, "u");
    assert_null(copy.password);
    assert_true(copy.secure);
    url_free(&copy);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_url_loses_its_user_info),
    cmocka_unit_test(what_is_no_http_url_is_refused),
    cmocka_unit_test(an_ftp_url_is_taken_apart),
    cmocka_unit_test(nothing_is_lost_or_added),
    cmocka_unit_test(relative_references_are_resolved),
    cmocka_unit_test(origins_are_scheme_host_and_port),
    cmocka_unit_test(a_copy_has_everything),
};

TEST_MAIN_UNIT(tests)
