/* SPDX-License-Identifier: MIT */
/* Response heads: from lines, within limits, and what follows from them. */
#include <stdio.h>
#include <string.h>

#include "test_main.h"

#include "src/engine/header_list.h"
#include "src/engine/limits.h"
#include "src/engine/response.h"
#include "src/engine/response_parser.h"
#include "src/port/memory.h"

static enum port_status add(struct response_parser *parser, const char *line)
{
    return response_parser_add(parser, line, strlen(line));
}

/* Lines of a head, without their ends; the empty line follows by itself. */
static enum port_status add_head(struct response_parser *parser, const char *const *lines)
{
    enum port_status status = PORT_OK;

    for (; !status && *lines; lines++)
        status = add(parser, *lines);
    return status ? status : add(parser, "\r\n");
}

#define HEAD(...)         \
    (const char *const[]) \
    {                     \
        __VA_ARGS__, NULL \
    }

static void a_head_is_taken_apart(void **state)
{
    struct response_parser parser;

    (void)state;
    response_parser_init(&parser);
    assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 200 Fine\r\n", "A:b\r\n", "C :  d e \t\r\n",
                                            "a: f\r\n", "Empty:\r\n", "G: h\r\n", "  i\r\n")),
                     PORT_OK);
    assert_true(parser.complete);
    assert_int_equal(parser.status, 200);
    assert_int_equal(header_list_count(parser.headers), 4);
    assert_string_equal(header_list_find(parser.headers, "A"), "b, f");
    assert_string_equal(header_list_find(parser.headers, "c"), "d e");
    assert_string_equal(header_list_find(parser.headers, "empty"), "");
    assert_string_equal(header_list_find(parser.headers, "g"), "h i");
    /* A trailer changes nothing. */
    assert_int_equal(add(&parser, "A: later\r\n"), PORT_OK);
    assert_string_equal(header_list_find(parser.headers, "A"), "b, f");
    response_parser_destroy(&parser);
}

static void informational_heads_are_passed_over(void **state)
{
    struct response_parser parser;

    (void)state;
    response_parser_init(&parser);
    assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 100 Continue")), PORT_OK);
    assert_false(parser.complete);
    assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 103 Early", "X-Early: 1")), PORT_OK);
    assert_false(parser.complete);
    assert_int_equal(add_head(&parser, HEAD("HTTP/2 204", "X: 1")), PORT_OK);
    assert_true(parser.complete);
    assert_int_equal(parser.status, 204);
    assert_null(header_list_find(parser.headers, "X-Early"));
    response_parser_destroy(&parser);
}

static void a_second_head_takes_the_place_of_the_first(void **state)
{
    struct response_parser parser;

    (void)state;
    response_parser_init(&parser);
    assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 401 No", "WWW-Authenticate: Basic")),
                     PORT_OK);
    assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 200 Yes")), PORT_OK);
    assert_int_equal(parser.status, 200);
    assert_int_equal(header_list_count(parser.headers), 0);
    response_parser_destroy(&parser);
}

static void what_is_no_head_is_refused(void **state)
{
    static const char *const heads[][3] = {
        { "hello" },
        { "HTTP/1.1" },
        { "HTTP/1.1 abc" },
        { "HTTP/1.1 99 Few" },
        { "HTTP/1.1 2000 Many" },
        { "HTTP/1.1 200 OK", "no colon" },
        { "HTTP/1.1 200 OK", ": no name" },
        { "HTTP/1.1 200 OK", "a b: c" },
        { "HTTP/1.1 200 OK", " folds nothing" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
        struct response_parser parser;

        response_parser_init(&parser);
        assert_int_equal(add_head(&parser, heads[i]), PORT_INVALID);
        response_parser_destroy(&parser);
    }
}

/* Where libcurl would see another end of the body than others do. docs/hostile-servers.md */
static void ambiguous_ends_of_the_body_are_refused(void **state)
{
    static const char *const fields[][3] = {
        { "Content-Length: 1000abc" },
        { "Content-Length: 0x3e8" },
        { "Content-Length: +1000" },
        { "Content-Length: 1000.5" },
        { "Content-Length: 5, 1000" },
        { "Content-Length: 10, 1000" },
        { "Content-Length: 1000," },
        { "Content-Length:" },
        { "Content-Length : 1000" },
        { "Content-Length: 10", " 00" },
        { "Content-Length:", "\t1000" },
        { "Transfer-Encoding: gzip, chunked" },
        { "Transfer-Encoding: chunked, chunked" },
        { "Transfer-Encoding: nonsense" },
        { "Transfer-Encoding:" },
        { "Transfer-Encoding\t: chunked" },
        { "Transfer-Encoding:", " chunked" },
        { "X-A: b\rTransfer-Encoding: chunked" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
        struct response_parser parser;

        response_parser_init(&parser);
        if (add_head(&parser, HEAD("HTTP/1.1 200 OK", fields[i][0],
                                   fields[i][1] ? fields[i][1] : "X: y")) != PORT_INVALID)
            fail_msg("%s", fields[i][0]);
        response_parser_destroy(&parser);
    }
}

static void unambiguous_ends_of_the_body_are_not(void **state)
{
    static const char *const fields[] = {
        "Content-Length: 1000",
        "Content-Length: 1000, 1000",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: Chunked",
        "Transfer-Encoding: identity",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
        struct response_parser parser;

        response_parser_init(&parser);
        assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 200 OK", fields[i], "X :y", " z")),
                         PORT_OK);
        assert_string_equal(header_list_find(parser.headers, "X"), "y z");
        response_parser_destroy(&parser);
    }
}

static void contradictions_are_refused(void **state)
{
    struct response_parser parser;

    (void)state;
    response_parser_init(&parser);
    assert_int_equal(add_head(&parser,
                              HEAD("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 6")),
                     PORT_INVALID);
    response_parser_destroy(&parser);
    assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 302 Go", "Location: /a", "location: /b")),
                     PORT_INVALID);
    response_parser_destroy(&parser);
    assert_int_equal(add_head(&parser, HEAD("HTTP/1.1 302 Go", "Location: /a", "location: /a")),
                     PORT_OK);
    assert_string_equal(header_list_find(parser.headers, "Location"), "/a");
    response_parser_destroy(&parser);
}

static void a_nul_is_refused(void **state)
{
    struct response_parser parser;

    (void)state;
    response_parser_init(&parser);
    assert_int_equal(add(&parser, "HTTP/1.1 200 OK"), PORT_OK);
    assert_int_equal(response_parser_add(&parser, "a: b\0c\r\n", 8), PORT_INVALID);
    response_parser_destroy(&parser);
}

static void floods_end_at_the_limits(void **state)
{
    struct response_parser parser;
    enum port_status status;
    unsigned count;
    char *line;

    (void)state;
    response_parser_init(&parser);
    assert_int_equal(add(&parser, "HTTP/1.1 200 OK"), PORT_OK);
    for (count = 0; !(status = add(&parser, "A: b")); count++)
        continue;
    assert_int_equal(status, PORT_INVALID);
    assert_int_equal(count, LIMIT_HEADER_FIELDS);
    response_parser_destroy(&parser);

    line = memory_alloc(10001);
    assert_non_null(line);
    memset(line, 'a', 10000);
    memcpy(line, "X: ", 3);
    line[10000] = 0;
    assert_int_equal(add(&parser, "HTTP/1.1 200 OK"), PORT_OK);
    for (count = 0; !(status = add(&parser, line)); count++)
        continue;
    assert_int_equal(status, PORT_INVALID);
    assert_int_equal(count, LIMIT_HEADER_BYTES / 10000);
    response_parser_destroy(&parser);
    memory_free(line);

    for (count = 0; !(status = add_head(&parser, HEAD("HTTP/1.1 103 Early"))); count++)
        continue;
    assert_int_equal(count, LIMIT_INFORMATIONAL);
    response_parser_destroy(&parser);
}

static struct response *make(int status, const char *method, const char *const *fields)
{
    struct header_list *headers;
    struct response *response;

    assert_int_equal(header_list_create(&headers), PORT_OK);
    for (; *fields; fields += 2)
        assert_int_equal(header_list_append(headers, fields[0], fields[1]), PORT_OK);
    assert_int_equal(response_create(status, "http://a/", method, headers, &response), PORT_OK);
    return response;
}

static void resumable_needs_ranges_and_a_version(void **state)
{
    static const struct {
        int status;
        const char *method;
        const char *fields[7];
        bool resumable;
    } rows[] = {
        { 200, "GET", { "Accept-Ranges", "bytes", "ETag", "\"1\"" }, true },
        { 200, "GET", { "Accept-Ranges", "Bytes", "Last-Modified", "x" }, true },
        { 206, "GET", { "ETag", "\"1\"" }, true },
        { 200, "GET", { "ETag", "\"1\"" }, false },
        { 200, "GET", { "Accept-Ranges", "none", "ETag", "\"1\"" }, false },
        { 200, "GET", { "Accept-Ranges", "bytes", "ETag", "W/\"1\"" }, false },
        { 200, "GET", { "Accept-Ranges", "bytes", "ETag", "W/\"1\"", "Last-Modified", "x" }, true },
        { 200, "GET", { "Accept-Ranges", "bytes", "ETag", "\"\"" }, false },
        { 200, "GET", { "Accept-Ranges", "bytes" }, false },
        { 200, "POST", { "Accept-Ranges", "bytes", "ETag", "\"1\"" }, false },
        { 404, "GET", { "Accept-Ranges", "bytes", "ETag", "\"1\"" }, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct response *response = make(rows[i].status, rows[i].method, rows[i].fields);

        assert_int_equal(response_is_resumable(response), rows[i].resumable);
        response_release(response);
    }
}

static void the_announced_size(void **state)
{
    static const struct {
        int status;
        const char *method;
        const char *fields[5];
        uint64_t size;
    } rows[] = {
        { 200, "GET", { "Content-Length", "1234" }, 1234 },
        { 200, "GET", { "Content-Length", "5, 5" }, 5 },
        { 200, "GET", { "Content-Length", "0" }, 0 },
        { 200, "GET", { "Content-Length", "12x" }, 0 },
        { 200, "GET", { "Content-Length", "99999999999999999999999" }, UINT64_MAX },
        { 200, "GET", { "Content-Length", "5", "Transfer-Encoding", "chunked" }, 0 },
        { 200, "HEAD", { "Content-Length", "5" }, 0 },
        { 204, "GET", { "Content-Length", "5" }, 0 },
        { 304, "GET", { "Content-Length", "5" }, 0 },
        { 200, "GET", { NULL }, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct response *response = make(rows[i].status, rows[i].method, rows[i].fields);

        assert_true(response_body_size(response) == rows[i].size);
        response_release(response);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_head_is_taken_apart),
    cmocka_unit_test(informational_heads_are_passed_over),
    cmocka_unit_test(a_second_head_takes_the_place_of_the_first),
    cmocka_unit_test(what_is_no_head_is_refused),
    cmocka_unit_test(ambiguous_ends_of_the_body_are_refused),
    cmocka_unit_test(unambiguous_ends_of_the_body_are_not),
    cmocka_unit_test(contradictions_are_refused),
    cmocka_unit_test(a_nul_is_refused),
    cmocka_unit_test(floods_end_at_the_limits),
    cmocka_unit_test(resumable_needs_ranges_and_a_version),
    cmocka_unit_test(the_announced_size),
};

TEST_MAIN_UNIT(tests)
