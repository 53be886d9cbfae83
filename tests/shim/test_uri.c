/* SPDX-License-Identifier: MIT */
/* Windows.Foundation.Uri: which texts it takes, and what its parts are (docs/uri.md). */
#include <stdio.h>
#include <string.h>

#include <windows.h>
#include <windows.foundation.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"
#include "uri_support.h"

#define ROWS(...)                                         \
    static const struct uri_row rows[] = { __VA_ARGS__ }; \
    (void)state;                                          \
    check_uris(rows, sizeof(rows) / sizeof(rows[0]))

static void plain_uris_have_their_parts(void **state)
{
    ROWS({ .text = "http://www.example.com/a/b.txt?q=1#part",
           .absolute = "http://www.example.com/a/b.txt?q=1#part",
           .display = "http://www.example.com/a/b.txt?q=1#part",
           .scheme = "http",
           .host = "www.example.com",
           .domain = "example.com",
           .path = "/a/b.txt",
           .extension = ".txt",
           .query = "?q=1",
           .fragment = "#part",
           .port = 80 },
         { .text = "http://a/b/c?d#e",
           .absolute = "http://a/b/c?d#e",
           .display = "http://a/b/c?d#e",
           .scheme = "http",
           .host = "a",
           .path = "/b/c",
           .query = "?d",
           .fragment = "#e",
           .port = 80 },
         { .text = "http://example.com?q=a?b",
           .absolute = "http://example.com/?q=a?b",
           .display = "http://example.com/?q=a?b",
           .scheme = "http",
           .host = "example.com",
           .domain = "example.com",
           .path = "/",
           .query = "?q=a?b",
           .port = 80 },
         { .text = "HTTP://EXAMPLE.COM/Data",
           .absolute = "http://example.com/Data",
           .display = "http://example.com/Data",
           .scheme = "http",
           .host = "example.com",
           .domain = "example.com",
           .path = "/Data",
           .port = 80 },
         { .text = "http://example.com/data/",
           .absolute = "http://example.com/data/",
           .display = "http://example.com/data/",
           .scheme = "http",
           .host = "example.com",
           .domain = "example.com",
           .path = "/data/",
           .port = 80 },
         { .text = "http://example.com/\xc3\xa4\xc3\xb6",
           .absolute = "http://example.com/\xc3\xa4\xc3\xb6",
           .display = "http://example.com/\xc3\xa4\xc3\xb6",
           .scheme = "http",
           .host = "example.com",
           .domain = "example.com",
           .path = "/\xc3\xa4\xc3\xb6",
           .port = 80 });
}

static void default_ports_are_known_and_removed(void **state)
{
#define PORT_ROW(uri_scheme, written, shown, number)       \
    { .text = uri_scheme "://h.example.com" written,       \
      .absolute = uri_scheme "://h.example.com" shown "/", \
      .display = uri_scheme "://h.example.com" shown "/",  \
      .scheme = uri_scheme,                                \
      .host = "h.example.com",                             \
      .domain = "example.com",                             \
      .path = "/",                                         \
      .port = number }
    ROWS(PORT_ROW("http", "", "", 80), PORT_ROW("http", ":80", "", 80),
         PORT_ROW("http", ":80/", "", 80), PORT_ROW("http", ":/", "", 80),
         PORT_ROW("http", ":443", ":443", 443), PORT_ROW("https", "", "", 443),
         PORT_ROW("https", ":443", "", 443), PORT_ROW("https", ":0", ":0", 0),
         PORT_ROW("ftp", "", "", 21), PORT_ROW("telnet", "", "", 23),
         PORT_ROW("telnet", ":80/", ":80", 80), PORT_ROW("dummy", "", "", -1),
         PORT_ROW("dummy", ":0", ":0", 0), PORT_ROW("dummy", ":65535", ":65535", 65535));
}

static void a_host_may_be_absent(void **state)
{
    ROWS({ .text = "http:", .display = "http:", .scheme = "http", .port = 80 },
         { .text = "http:/", .display = "http:/", .scheme = "http", .path = "/", .port = 80 },
         { .text = "http://",
           .absolute = "http:///",
           .display = "http:///",
           .scheme = "http",
           .path = "/",
           .port = 80 },
         { .text = "https://",
           .absolute = "https:///",
           .display = "https:///",
           .scheme = "https",
           .path = "/",
           .port = 443 },
         { .text = "ftp://",
           .absolute = "ftp:///",
           .display = "ftp:///",
           .scheme = "ftp",
           .path = "/",
           .port = 21 },
         { .text = "telnet://",
           .absolute = "telnet:///",
           .display = "telnet:///",
           .scheme = "telnet",
           .path = "/",
           .port = 23 },
         { .text = "http://u:p@",
           .absolute = "http://u:p@/",
           .display = "http:///",
           .scheme = "http",
           .user = "u",
           .password = "p",
           .path = "/",
           .port = 80 },
         { .text = "dummy:",
           .absolute = "dummy:",
           .display = "dummy:",
           .scheme = "dummy",
           .port = -1 });
}

static void user_info_is_split_at_the_first_colon(void **state)
{
#define USER_ROW(info, kept, user_name, word)    \
    { .text = "http://" info "@example.com",     \
      .absolute = "http://" kept "example.com/", \
      .display = "http://example.com/",          \
      .scheme = "http",                          \
      .user = user_name,                         \
      .password = word,                          \
      .host = "example.com",                     \
      .domain = "example.com",                   \
      .path = "/",                               \
      .port = 80 }
    ROWS(USER_ROW("u:p", "u:p@", "u", "p"), USER_ROW("u", "u@", "u", NULL),
         USER_ROW("u:p:a", "u:p:a@", "u", "p:a"), USER_ROW("u:p;a", "u:p;a@", "u", "p;a"),
         USER_ROW("u;a:p", "u;a:p@", "u;a", "p"), USER_ROW("user:", "user:@", "user", NULL),
         USER_ROW(":pass", ":pass@", NULL, "pass"), USER_ROW(":", "", NULL, NULL),
         USER_ROW("", "", NULL, NULL), USER_ROW("a@b:c", "a@b:c@", "a@b", "c"));
}

static void ipv4_hosts_are_expanded_for_known_schemes(void **state)
{
#define IPV4_ROW(written, address)       \
    { .text = "http://" written "/",     \
      .absolute = "http://" address "/", \
      .display = "http://" address "/",  \
      .scheme = "http",                  \
      .host = address,                   \
      .path = "/",                       \
      .port = 80 }
    ROWS(IPV4_ROW("1", "0.0.0.1"), IPV4_ROW("1.2", "1.0.0.2"), IPV4_ROW("1.2.3", "1.2.0.3"),
         IPV4_ROW("1.2.3.4", "1.2.3.4"), IPV4_ROW("4294967296", "4294967296"),
         { .text = "dummy://1.2/",
           .absolute = "dummy://1.2/",
           .display = "dummy://1.2/",
           .scheme = "dummy",
           .host = "1.2",
           .path = "/",
           .port = -1 });
}

static void ipv6_hosts_have_no_brackets(void **state)
{
#define IPV6_ROW(written, address, rest, number) \
    { .text = "http://[" written "]" rest,       \
      .absolute = "http://[" address "]" rest,   \
      .display = "http://[" address "]" rest,    \
      .scheme = "http",                          \
      .host = address,                           \
      .path = "/",                               \
      .port = number }
    ROWS(IPV6_ROW("::1", "::1", "/", 80), IPV6_ROW("::1", "::1", ":8080/", 8080),
         IPV6_ROW("::ffff:127.0.0.1", "::ffff:127.0.0.1", "/", 80),
         IPV6_ROW("2001:DB8::7", "2001:db8::7", "/", 80));
}

static void the_domain_is_the_registrable_one(void **state)
{
#define DOMAIN_ROW(name, registrable)  \
    { .text = "https://" name "/",     \
      .absolute = "https://" name "/", \
      .display = "https://" name "/",  \
      .scheme = "https",               \
      .host = name,                    \
      .domain = registrable,           \
      .path = "/",                     \
      .port = 443 }
    ROWS(DOMAIN_ROW("www.example.com", "example.com"), DOMAIN_ROW("example.com", "example.com"),
         DOMAIN_ROW("a.b.example.co.uk", "example.co.uk"), DOMAIN_ROW("localhost", NULL),
         DOMAIN_ROW("com", NULL), DOMAIN_ROW("192.0.2.16", NULL));
}

static void the_extension_begins_at_the_last_dot(void **state)
{
#define PATH_ROW(written, normal, suffix)      \
    { .text = "http://example.com" written,    \
      .absolute = "http://example.com" normal, \
      .display = "http://example.com" normal,  \
      .scheme = "http",                        \
      .host = "example.com",                   \
      .domain = "example.com",                 \
      .path = normal,                          \
      .extension = suffix,                     \
      .port = 80 }
    ROWS(PATH_ROW("/.txt", "/.txt", ".txt"), PATH_ROW("/1.txt", "/1.txt", ".txt"),
         PATH_ROW("/1..txt", "/1..txt", ".txt"), PATH_ROW("/1.2.txt", "/1.2.txt", ".txt"),
         PATH_ROW("/...", "/...", "."), PATH_ROW("/a.b/c", "/a.b/c", NULL));
}

static void dot_segments_are_removed(void **state)
{
    ROWS(PATH_ROW("/.", "/", NULL), PATH_ROW("/..", "/", NULL), PATH_ROW("/a/.", "/a/", NULL),
         PATH_ROW("/a/..", "/", NULL), PATH_ROW("/a/b/../../c", "/c", NULL),
         PATH_ROW("/a/b/.././c", "/a/c", NULL), PATH_ROW("/a/b/..", "/a/", NULL),
         PATH_ROW("/a/b/.", "/a/b/", NULL), PATH_ROW("/../../a", "/a", NULL));
}

static void triplets_keep_their_case_except_in_hosts(void **state)
{
    ROWS(PATH_ROW("/a%20b", "/a%20b", NULL), PATH_ROW("/a%2f/b", "/a%2f/b", NULL),
         PATH_ROW("/a%2F/b", "/a%2F/b", NULL),
         { .text = "http://%FF%FF%FF.com",
           .absolute = "http://%ff%ff%ff.com/",
           .display = "http://%ff%ff%ff.com/",
           .scheme = "http",
           .host = "%ff%ff%ff.com",
           .domain = "%ff%ff%ff.com",
           .path = "/",
           .port = 80 });
}

static void backslashes_are_slashes_before_the_query(void **state)
{
    ROWS({ .text = "http://a\\b//c\\d?e\\f#g\\h",
           .absolute = "http://a/b//c/d?e\\f#g\\h",
           .display = "http://a/b//c/d?e\\f#g\\h",
           .scheme = "http",
           .host = "a",
           .path = "/b//c/d",
           .query = "?e\\f",
           .fragment = "#g\\h",
           .port = 80 },
         { .text = "dummy://a\\b//c\\d?e\\f#g\\h",
           .absolute = "dummy://a\\b//c\\d?e\\f#g\\h",
           .display = "dummy://a\\b//c\\d?e\\f#g\\h",
           .scheme = "dummy",
           .host = "a\\b",
           .path = "//c\\d",
           .query = "?e\\f",
           .fragment = "#g\\h",
           .port = -1 },
         { .text = "file://\\sample\\sample.bundle",
           .absolute = "file:///sample/sample.bundle",
           .display = "file:///sample/sample.bundle",
           .scheme = "file",
           .path = "/sample/sample.bundle",
           .extension = ".bundle",
           .port = -1 });
}

static void a_drive_is_a_file(void **state)
{
#define DRIVE_ROW(written)            \
    { .text = written,                \
      .absolute = "file:///" written, \
      .display = "file:///" written,  \
      .scheme = "file",               \
      .path = "/" written,            \
      .port = -1 }
    ROWS(DRIVE_ROW("a:"), DRIVE_ROW("A:"), DRIVE_ROW("a:/"), DRIVE_ROW("z:/"), DRIVE_ROW("a://"),
         DRIVE_ROW("a:b/c"),
         { .text = "ab:c/d",
           .absolute = "ab:c/d",
           .display = "ab:c/d",
           .scheme = "ab",
           .path = "c/d",
           .port = -1 });
}

static void spaces_are_encoded_up_to_the_path(void **state)
{
    ROWS({ .text = "http://us er:pass word@exam ple.com/pa th?qu ery=val ue#frag ment",
           .absolute = "http://us%20er:pass%20word@exam%20ple.com/pa%20th?qu ery=val ue#frag ment",
           .display = "http://exam%20ple.com/pa%20th?qu ery=val ue#frag ment",
           .scheme = "http",
           .user = "us%20er",
           .password = "pass%20word",
           .host = "exam%20ple.com",
           .domain = "exam%20ple.com",
           .path = "/pa%20th",
           .query = "?qu ery=val ue",
           .fragment = "#frag ment",
           .port = 80 },
         { .text = "dummy://us er:pass word@exam ple.com/pa th?qu ery=val ue#frag ment",
           .absolute = "dummy://us er:pass word@exam ple.com/pa th?qu ery=val ue#frag ment",
           .display = "dummy://exam ple.com/pa th?qu ery=val ue#frag ment",
           .scheme = "dummy",
           .user = "us er",
           .password = "pass word",
           .host = "exam ple.com",
           .domain = "exam ple.com",
           .path = "/pa th",
           .query = "?qu ery=val ue",
           .fragment = "#frag ment",
           .port = -1 },
         { .text = "http:// example.com/",
           .absolute = "http://%20example.com/",
           .display = "http://%20example.com/",
           .scheme = "http",
           .host = "%20example.com",
           .domain = "%20example.com",
           .path = "/",
           .port = 80 },
         { .text = "file://a b/c d",
           .absolute = "file://a%20b/c%20d",
           .display = "file://a%20b/c%20d",
           .scheme = "file",
           .host = "a%20b",
           .path = "/c%20d",
           .port = -1 },
         PATH_ROW("/path/to /resource", "/path/to%20/resource", NULL));
}

static void tabs_and_line_ends_are_dropped(void **state)
{
    ROWS({ .text = "http://\texample.com/a\r\nb",
           .raw = "http://example.com/ab",
           .absolute = "http://example.com/ab",
           .display = "http://example.com/ab",
           .scheme = "http",
           .host = "example.com",
           .domain = "example.com",
           .path = "/ab",
           .port = 80 });
}

static void other_schemes_are_kept_as_they_are(void **state)
{
#define OPAQUE_ROW(uri_scheme, rest, suffix) \
    { .text = uri_scheme ":" rest,           \
      .absolute = uri_scheme ":" rest,       \
      .display = uri_scheme ":" rest,        \
      .scheme = uri_scheme,                  \
      .path = rest,                          \
      .extension = suffix,                   \
      .port = -1 }
    ROWS(OPAQUE_ROW("mailto", "John.Doe@example.com", ".com"),
         OPAQUE_ROW("news", "comp.infosystems.www.servers.unix", ".unix"),
         OPAQUE_ROW("tel", "+1-816-555-1212", NULL), OPAQUE_ROW("urn", "ietf:rfc:2648", NULL),
         OPAQUE_ROW("urn", "oasis:names:dtd:xml:4.1.2", ".2"),
         { .text = "1http://example.com",
           .absolute = "1http://example.com/",
           .display = "1http://example.com/",
           .scheme = "1http",
           .host = "example.com",
           .domain = "example.com",
           .path = "/",
           .port = -1 },
         { .text = "dummy://example.com:/",
           .absolute = "dummy://example.com:/",
           .display = "dummy://example.com:/",
           .scheme = "dummy",
           .host = "example.com:",
           .domain = "example.com:",
           .path = "/",
           .port = -1 },
         { .text = "ms-appdata:///local/file.ext",
           .absolute = "ms-appdata:///local/file.ext",
           .display = "ms-appdata:///local/file.ext",
           .scheme = "ms-appdata",
           .path = "/local/file.ext",
           .extension = ".ext",
           .port = -1 });
}

/* What dot segments leave does not turn into an authority. */
static void a_path_does_not_become_a_host(void **state)
{
    ROWS({ .text = "dummy:/..//host/a",
           .absolute = "dummy:/.//host/a",
           .display = "dummy:/.//host/a",
           .scheme = "dummy",
           .path = "/.//host/a",
           .port = -1 },
         { .text = "file:..//host/a",
           .absolute = "file:///host/a",
           .display = "file:///host/a",
           .scheme = "file",
           .path = "/host/a",
           .port = -1 });
}

static void what_is_no_absolute_uri_is_refused(void **state)
{
    static const char *const texts[] = {
        "://example.com",
        "//",
        "//a",
        "///a",
        "a",
        "/a/b",
        "/a/b/c/./../../g",
        "mid/content=5/../6",
        "#frag",
        "?query",
        "http://www.host.com:port",
        "http://example.com:+80/",
        "http://example.com:-80/",
        "http://example.com:65536/",
        "http://example.com:999999/",
        "http://example.com:port:80/",
        "http://::1/",
        "http://::80/",
        "http_s://example.com",
        "http://example.com/a%2z",
        "http://example.com/a%z",
        "http://example.com/a%",
        "http://example.com/a%2",
        "http://example.com/?a%2z",
        "http://u:p?a@",
        "http://[1]/",
        "http://[::1/",
        "http://[::1]x/",
        "http://[]/",
        "http://[fe80::1ff:fe23:4567:890a%eth0]/",
        "http://[fe80::1ff:fe23:4567:890a%25eth0]/",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const HRESULT hr = uri_result(texts[i]);

        if (hr != E_INVALIDARG)
            fail_msg("%s: 0x%08x", texts[i], (unsigned)hr);
    }
}

static void an_empty_string_is_a_null_pointer(void **state)
{
    (void)state;
    check_hresult(E_POINTER, uri_result(""));
}

static void long_texts_are_no_problem(void **state)
{
    static char text[200000];
    size_t length;

    (void)state;
    length = (size_t)snprintf(text, sizeof(text), "http://example.com/");
    memset(text + length, 'z', sizeof(text) - 1 - length);
    check_hresult(S_OK, uri_result(text));
    text[length + 1] = '%';
    check_hresult(E_INVALIDARG, uri_result(text));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(plain_uris_have_their_parts),
    cmocka_unit_test(default_ports_are_known_and_removed),
    cmocka_unit_test(a_host_may_be_absent),
    cmocka_unit_test(user_info_is_split_at_the_first_colon),
    cmocka_unit_test(ipv4_hosts_are_expanded_for_known_schemes),
    cmocka_unit_test(ipv6_hosts_have_no_brackets),
    cmocka_unit_test(the_domain_is_the_registrable_one),
    cmocka_unit_test(the_extension_begins_at_the_last_dot),
    cmocka_unit_test(dot_segments_are_removed),
    cmocka_unit_test(triplets_keep_their_case_except_in_hosts),
    cmocka_unit_test(backslashes_are_slashes_before_the_query),
    cmocka_unit_test(a_drive_is_a_file),
    cmocka_unit_test(spaces_are_encoded_up_to_the_path),
    cmocka_unit_test(tabs_and_line_ends_are_dropped),
    cmocka_unit_test(other_schemes_are_kept_as_they_are),
    cmocka_unit_test(a_path_does_not_become_a_host),
    cmocka_unit_test(what_is_no_absolute_uri_is_refused),
    cmocka_unit_test(an_empty_string_is_a_null_pointer),
    cmocka_unit_test(long_texts_are_no_problem),
};

TEST_MAIN(tests)
