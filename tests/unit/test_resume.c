/* SPDX-License-Identifier: MIT */
/* Resuming: what is asked, and what each kind of answer is worth. docs/resume.md */
#include <string.h>

#include "test_main.h"

#include "heads.h"
#include "src/engine/resume.h"
#include "src/port/memory.h"

#define MODIFIED "Sun, 06 Nov 1994 08:49:37 GMT"
#define LATER    "Sun, 06 Nov 1994 08:49:38 GMT"

/* --- Content-Range --- */

static void content_ranges_are_parsed(void **state)
{
    static const struct {
        const char *text;
        uint64_t first, last, total;
    } rows[] = {
        { "bytes 5-9/100", 5, 9, 100 },
        { "bytes 0-0/1", 0, 0, 1 },
        { "BYTES 0-99/100", 0, 99, 100 },
        { "bytes 5-9/*", 5, 9, 0 },
        { "bytes 0-9223372036854775806/9223372036854775807", 0, INT64_MAX - 1, INT64_MAX },
        { "bytes 05-09/0100", 5, 9, 100 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        uint64_t first, last, total;

        assert_true(content_range_parse(rows[i].text, &first, &last, &total));
        assert_true(first == rows[i].first && last == rows[i].last && total == rows[i].total);
    }
}

static void what_is_no_content_range(void **state)
{
    static const char *const texts[] = {
        "",
        "bytes",
        "bytes ",
        "bytes 5",
        "bytes 5-",
        "bytes 5-9",
        "bytes 5-9/",
        "bytes -9/100",
        "bytes 5 -9/100",
        "bytes 5-9/ 100",
        "bytes 5-9/100 ",
        "bytes 5-9/100x",
        "bytes 5-9/**",
        "bytes 5-9/*x",
        "bytes 5-9/-1",
        "bytes +5-9/100",
        "bytes 0x5-9/100",
        "bytes=5-9/100",
        "bytes  5-9/100",
        "lines 5-9/100",
        "5-9/100",
        "bytes 9-5/100",   /* backwards */
        "bytes 5-100/100", /* beyond its own total */
        "bytes 0-0/0",
        "bytes */100",
        "bytes */*",
        "bytes 5-9/9223372036854775808",
        "bytes 5-9/99999999999999999999",
        "bytes 5-18446744073709551625/*", /* 9, modulo 2^64 */
        "bytes 18446744073709551621-9/100",
        "bytes 5-9/100, bytes 5-9/100", /* two fields, joined */
        "bytes 5-9/100, 20-29/100",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        uint64_t first = 1, last = 1, total = 1;

        if (content_range_parse(texts[i], &first, &last, &total))
            fail_msg("taken: %s", texts[i]);
        assert_true(!first && !last && !total);
    }
}

static void unsatisfied_ranges_are_parsed(void **state)
{
    static const char *const bad[] = {
        "",           "bytes */",    "bytes */*",
        "bytes *",    "bytes */9x",  "bytes 5-9/9",
        "bytes*/100", "lines */100", "bytes */99999999999999999999"
    };
    uint64_t total = 1;

    (void)state;
    assert_true(content_range_parse_unsatisfied("bytes */100", &total));
    assert_int_equal(total, 100);
    assert_true(content_range_parse_unsatisfied("Bytes */0", &total));
    assert_int_equal(total, 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        if (content_range_parse_unsatisfied(bad[i], &total))
            fail_msg("taken: %s", bad[i]);
    }
}

/* --- Versions --- */

static void assert_text(const char *text, const char *expected)
{
    if (expected) {
        assert_non_null(text);
        assert_string_equal(text, expected);
    } else {
        assert_null(text);
    }
}

static void a_version_is_what_the_head_tells(void **state)
{
    static const struct {
        int status;
        const char *fields;
        struct body_version version;
    } rows[] = {
        { 200, NULL, { 0 } },
        { 200,
          "ETag: \"a\"\nLast-Modified: b\nDate: c\nContent-Length: 9\nAccept-Ranges: bytes",
          { "\"a\"", "b", "c", 9, true } },
        { 200, "Content-Length: 9\nAccept-Ranges: none", { .total = 9 } },
        { 200, "Content-Range: bytes 5-9/100", { 0 } }, /* means nothing there */
        { 206,
          "Content-Range: bytes 5-9/100\nContent-Length: 5",
          { .total = 100, .ranges_served = true } },
        { 206, "Content-Range: bytes 5-9/*\nContent-Length: 5", { .ranges_served = true } },
        { 206, "Content-Range: parts 5-9/100\nContent-Length: 5", { 0 } },
        { 206, "Content-Length: 5", { .total = 5 } },
        /* The plain one may have the same tag and date. */
        { 200,
          "Content-Encoding: gzip\nETag: \"a\"\nLast-Modified: b\nDate: c\nAccept-Ranges: bytes",
          { .ranges_served = true } },
        { 200, "Content-Encoding: Identity\nETag: \"a\"", { .etag = "\"a\"" } },
    };
    struct body_version version = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct response *response = make_head(rows[i].status, rows[i].fields);

        assert_int_equal(body_version_take(&version, response), PORT_OK);
        assert_text(version.etag, rows[i].version.etag);
        assert_text(version.last_modified, rows[i].version.last_modified);
        assert_text(version.date, rows[i].version.date);
        assert_int_equal(version.total, rows[i].version.total);
        assert_int_equal(version.ranges_served, rows[i].version.ranges_served);
        response_release(response);
    }
    body_version_destroy(&version);
    body_version_destroy(&version);
}

static void a_part_leaves_the_version_as_it_is(void **state)
{
    static const struct {
        uint64_t before;
        const char *fields;
        uint64_t after;
        bool ranges_served;
    } rows[] = {
        { 100, "Content-Range: bytes 5-9/100", 100, true },
        { 0, "Content-Range: bytes 5-9/100\nETag: \"b\"", 100, true },
        { 100, "Content-Range: bytes 5-9/*", 100, true },
        { 100, "Content-Range: 5-9/100", 100, false },
        { 100, NULL, 100, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct body_version version = { .etag = "\"a\"",
                                        .last_modified = MODIFIED,
                                        .total = rows[i].before };
        struct response *response = make_head(206, rows[i].fields);

        body_version_continue(&version, response);
        assert_string_equal(version.etag, "\"a\"");
        assert_string_equal(version.last_modified, MODIFIED);
        assert_int_equal(version.total, rows[i].after);
        assert_int_equal(version.ranges_served, rows[i].ranges_served);
        response_release(response);
    }
}

static unsigned failing; /* the number of the allocation that fails, counted down */

static void *counted_allocate(size_t size)
{
    return failing && !--failing ? NULL : test_malloc(size);
}

static void *no_resize(void *block, size_t size)
{
    (void)block;
    (void)size;
    return NULL;
}

static void counted_release(void *block)
{
    test_free(block);
}

static void without_memory_the_version_stays(void **state)
{
    static const struct memory_ops counted = { counted_allocate, no_resize, counted_release };
    struct response *response =
        make_head(200, "ETag: \"a\"\nLast-Modified: b\nDate: c\nContent-Length: 9");
    struct body_version version = { .total = 7 };

    (void)state;
    memory_set_ops(&counted);
    for (unsigned number = 1; number <= 3; number++) {
        failing = number;
        assert_int_equal(body_version_take(&version, response), PORT_NO_MEMORY);
        assert_int_equal(version.total, 7);
        assert_null(version.etag);
    }
    assert_int_equal(body_version_take(&version, response), PORT_OK);
    assert_int_equal(version.total, 9);
    body_version_destroy(&version);
    memory_set_ops(NULL);
    response_release(response);
}

static void if_range_needs_proof(void **state)
{
    static const struct {
        struct body_version version;
        const char *value;
    } rows[] = {
        { { 0 }, NULL },
        { { .etag = "\"a\"" }, "\"a\"" },
        { { .etag = "\"a\"", .last_modified = MODIFIED, .date = LATER }, "\"a\"" },
        { { .etag = "W/\"a\"" }, NULL },
        { { .etag = "W/\"a\"", .last_modified = MODIFIED, .date = LATER }, MODIFIED },
        { { .etag = "a", .last_modified = MODIFIED, .date = LATER }, MODIFIED },
        { { .etag = "\"\"", .last_modified = MODIFIED, .date = LATER }, MODIFIED },
        { { .etag = "", .last_modified = MODIFIED, .date = LATER }, MODIFIED },
        { { .last_modified = MODIFIED, .date = LATER }, MODIFIED },
        { { .last_modified = MODIFIED, .date = MODIFIED }, NULL },
        { { .last_modified = LATER, .date = MODIFIED }, NULL },
        { { .last_modified = MODIFIED }, NULL },
        { { .last_modified = "yesterday", .date = LATER }, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_text(resume_if_range(&rows[i].version), rows[i].value);
}

/* --- Verdicts --- */

struct row {
    struct body_version version;
    struct range_request request;
    int status;
    const char *fields;
    enum range_verdict verdict;
    uint64_t length;
    enum transfer_error_code error;
};

static void judge_all(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct response *response = make_head(rows[i].status, rows[i].fields);
        enum transfer_error_code error = TRANSFER_ERROR_MAX;
        uint64_t length = 77;
        enum range_verdict verdict =
            resume_judge(&rows[i].version, &rows[i].request, response, &length, &error);

        if (verdict != rows[i].verdict || error != rows[i].error || length != rows[i].length)
            fail_msg("row %u: verdict %d, error %d, length %u", (unsigned)i, verdict, error,
                     (unsigned)length);
        response_release(response);
    }
}

#define TAGGED      .version = { .etag = "\"a\"", .total = 100 }
#define DATED       .version = { .last_modified = MODIFIED, .date = LATER, .total = 100 }
#define BOTH        .version = { .etag = "\"a\"", .last_modified = MODIFIED, .total = 100 }
#define WEAK        .version = { .etag = "W/\"a\"", .last_modified = MODIFIED, .total = 100 }
#define UNPROVED    .version = { .total = 100 }
#define UNSIZED     .version = { .etag = "\"a\"" }
#define NOTHING     .version = { 0 }
#define WITHOUT     .request = { 0 }
#define FROM_40     .request = { .offset = 40 }
#define PART        .request = { .offset = 40, .length = 20 }
#define RANDOM(...) .request = { .random_access = true, __VA_ARGS__ }
#define REST        "Content-Range: bytes 40-99/100"
#define AGAIN       .verdict = RANGE_AGAIN
#define CONTINUE(n) .verdict = RANGE_CONTINUE, .length = n
#define WHOLE(n)    .verdict = RANGE_WHOLE, .length = n
#define DONE        .verdict = RANGE_DONE
#define REFUSED(e)  .verdict = RANGE_REFUSED, .error = TRANSFER_ERROR_##e

static void the_rest_of_the_same_body_continues(void **state)
{
    static const struct row rows[] = {
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"", CONTINUE(60) },
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"\nContent-Length: 60", CONTINUE(60) },
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"\nContent-Encoding: identity", CONTINUE(60) },
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"\nContent-Encoding: ", CONTINUE(60) },
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"\nContent-Type: text/plain", CONTINUE(60) },
        /* A server that gives less at a time. */
        { TAGGED, FROM_40, 206, "Content-Range: bytes 40-49/100\nETag: \"a\"", CONTINUE(10) },
        { DATED, FROM_40, 206, REST "\nLast-Modified: " MODIFIED, CONTINUE(60) },
        { DATED, FROM_40, 206, REST "\nETag: \"a\"\nLast-Modified: " MODIFIED, CONTINUE(60) },
        { BOTH, FROM_40, 206, REST "\nETag: \"a\"", CONTINUE(60) },
        { BOTH, FROM_40, 206, REST "\nLast-Modified: " MODIFIED, CONTINUE(60) },
        { BOTH, FROM_40, 206, REST "\nETag: \"a\"\nLast-Modified: " LATER, CONTINUE(60) },
        { WEAK, FROM_40, 206, REST "\nETag: W/\"a\"\nLast-Modified: " MODIFIED, CONTINUE(60) },
        { UNSIZED, FROM_40, 206, REST "\nETag: \"a\"", CONTINUE(60) },
        { TAGGED, PART, 206, "Content-Range: bytes 40-59/100\nETag: \"a\"", CONTINUE(20) },
        { TAGGED, PART, 206, "Content-Range: bytes 40-41/100\nETag: \"a\"", CONTINUE(2) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void another_body_begins_again(void **state)
{
    static const struct row rows[] = {
        { TAGGED, FROM_40, 206, REST "\nETag: \"b\"", AGAIN },
        { TAGGED, FROM_40, 206, REST "\nETag: W/\"a\"", AGAIN },
        { TAGGED, FROM_40, 206, REST "\nETag: \"A\"", AGAIN },
        { TAGGED, FROM_40, 206, REST, AGAIN }, /* proves nothing */
        { TAGGED, FROM_40, 206, REST "\nLast-Modified: " MODIFIED, AGAIN },
        { DATED, FROM_40, 206, REST "\nLast-Modified: " LATER, AGAIN },
        { DATED, FROM_40, 206, REST "\nETag: \"a\"", AGAIN },
        { DATED, FROM_40, 206, REST, AGAIN },
        { BOTH, FROM_40, 206, REST "\nETag: \"b\"\nLast-Modified: " MODIFIED, AGAIN },
        { BOTH, FROM_40, 206, REST "\nLast-Modified: " LATER, AGAIN },
        { BOTH, FROM_40, 206, REST, AGAIN },
        { WEAK, FROM_40, 206, REST "\nETag: W/\"a\"", AGAIN },
        { WEAK, FROM_40, 206, REST "\nETag: W/\"a\"\nLast-Modified: " LATER, AGAIN },
        { UNPROVED, FROM_40, 206, REST "\nETag: \"a\"", AGAIN },
        { UNPROVED, FROM_40, 206, REST, AGAIN },
        { NOTHING, FROM_40, 206, REST "\nETag: \"a\"", AGAIN },
        /* Same tag, other length: the tag lies. */
        { TAGGED, FROM_40, 206, "Content-Range: bytes 40-100/101\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, "Content-Range: bytes 40-98/99\nETag: \"a\"", AGAIN },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void a_part_that_is_not_right_begins_again(void **state)
{
    static const struct row rows[] = {
        { TAGGED, FROM_40, 206, "ETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, "Content-Range: nonsense\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, REST "\n" REST "\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, "Content-Range: bytes 39-99/100\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, "Content-Range: bytes 41-99/100\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, "Content-Range: bytes 0-99/100\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, "Content-Range: bytes 40-100/100\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, "Content-Range: bytes 40-99/*\nETag: \"a\"", AGAIN },
        { UNSIZED, FROM_40, 206, "Content-Range: bytes 40-99/*\nETag: \"a\"", AGAIN },
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"\nContent-Length: 59", AGAIN },
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"\nContent-Length: 100", AGAIN },
        { TAGGED, FROM_40, 206, REST "\nETag: \"a\"\nContent-Encoding: gzip", AGAIN },
        { TAGGED, PART, 206, REST "\nETag: \"a\"", AGAIN }, /* more than was asked for */
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void several_parts_are_refused(void **state)
{
    static const struct row rows[] = {
        { TAGGED, FROM_40, 206, "Content-Type: multipart/byteranges; boundary=x\nETag: \"a\"",
          REFUSED(INVALID_RESPONSE) },
        { TAGGED, FROM_40, 206, "Content-Type: Multipart/ByteRanges\n" REST "\nETag: \"a\"",
          REFUSED(INVALID_RESPONSE) },
        { NOTHING, WITHOUT, 206, "Content-Type: multipart/byteranges; boundary=x",
          REFUSED(INVALID_RESPONSE) },
        { NOTHING, RANDOM(.offset = 0), 206, "Content-Type: multipart/byteranges; boundary=x",
          REFUSED(INVALID_RESPONSE) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void the_whole_begins_or_starts_over(void **state)
{
    static const struct row rows[] = {
        { NOTHING, WITHOUT, 200, NULL, WHOLE(0) },
        { NOTHING, WITHOUT, 200, "Content-Length: 100", WHOLE(100) },
        { NOTHING, WITHOUT, 200, "Content-Length: 100\nTransfer-Encoding: chunked", WHOLE(0) },
        { NOTHING, WITHOUT, 200, "Content-Range: bytes 5-9/10", WHOLE(0) },
        { NOTHING, WITHOUT, 200, "Content-Type: multipart/byteranges", WHOLE(0) },
        { NOTHING, WITHOUT, 203, "Content-Length: 100", WHOLE(100) },
        { TAGGED, FROM_40, 200, "Content-Length: 100\nETag: \"a\"", WHOLE(100) },
        { TAGGED, FROM_40, 200, "Content-Length: 7\nETag: \"b\"", WHOLE(7) },
        { TAGGED, FROM_40, 200, NULL, WHOLE(0) },
        { TAGGED, PART, 200, "Content-Length: 100\nETag: \"a\"", WHOLE(100) },
        { TAGGED, .request = { .length = 20 }, 200, "Content-Length: 100", WHOLE(100) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void a_part_that_nobody_asked_for(void **state)
{
    static const struct row rows[] = {
        { NOTHING, WITHOUT, 206, "Content-Range: bytes 0-99/100", WHOLE(100) },
        { NOTHING, WITHOUT, 206, "Content-Range: bytes 0-99/100\nContent-Length: 100", WHOLE(100) },
        { NOTHING, WITHOUT, 206, "Content-Length: 100", REFUSED(INVALID_RESPONSE) },
        { NOTHING, WITHOUT, 206, "Content-Type: multipart/mixed", REFUSED(INVALID_RESPONSE) },
        { NOTHING, WITHOUT, 206, "Content-Range: bytes 0-98/100", REFUSED(INVALID_RESPONSE) },
        { NOTHING, WITHOUT, 206, "Content-Range: bytes 1-99/100", REFUSED(INVALID_RESPONSE) },
        { NOTHING, WITHOUT, 206, "Content-Range: bytes 0-99/*", REFUSED(INVALID_RESPONSE) },
        { NOTHING, WITHOUT, 206, "Content-Range: lines 0-99/100", REFUSED(INVALID_RESPONSE) },
        { NOTHING, WITHOUT, 206, "Content-Range: bytes 0-99/100\nContent-Length: 99",
          REFUSED(INVALID_RESPONSE) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void a_416_is_done_only_where_all_is_there(void **state)
{
#define ALL .request = {.offset = 100 }
    static const struct row rows[] = {
        { TAGGED, ALL, 416, "Content-Range: bytes */100", DONE },
        { TAGGED, ALL, 416, "Content-Range: bytes */100\nETag: \"a\"", DONE },
        { UNSIZED, ALL, 416, "Content-Range: bytes */100\nETag: \"a\"", DONE },
        { .version = { .last_modified = MODIFIED },
          ALL,
          416,
          "Content-Range: bytes */100\nLast-Modified: " MODIFIED,
          DONE },
        { UNSIZED, ALL, 416, "Content-Range: bytes */100", AGAIN },
        { NOTHING, ALL, 416, "Content-Range: bytes */100", AGAIN },
        { TAGGED, ALL, 416, "Content-Range: bytes */100\nETag: \"b\"", AGAIN },
        { TAGGED, ALL, 416, "Content-Range: bytes */99\nETag: \"a\"", AGAIN },
        { TAGGED, ALL, 416, "Content-Range: bytes */99", AGAIN },
        { TAGGED, FROM_40, 416, "Content-Range: bytes */100", AGAIN },
        { TAGGED, FROM_40, 416, "Content-Range: bytes */10", AGAIN },
        { TAGGED, FROM_40, 416, "Content-Range: bytes 0-9/10", AGAIN },
        { TAGGED, FROM_40, 416, NULL, AGAIN },
        { TAGGED, PART, 416, NULL, AGAIN },
        { TAGGED, .request = { .length = 20 }, 416, NULL, AGAIN },
        { TAGGED, .request = { .length = 20 }, 416, "Content-Range: bytes */100", AGAIN },
        { NOTHING, WITHOUT, 416, "Content-Range: bytes */100", REFUSED(HTTP_STATUS) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

/* Size and Last-Modified are what the documented servers of random access have. */
static void random_access_goes_by_size_and_date(void **state)
{
#define R_DATED .version = {.last_modified = MODIFIED, .total = 100 }
#define R_PART  RANDOM(.offset = 40, .length = 20)
#define R_RANGE "Content-Range: bytes 40-59/100"
    static const struct row rows[] = {
        { NOTHING, RANDOM(.offset = 0), 206, "Content-Range: bytes 0-99/100", CONTINUE(100) },
        { NOTHING, R_PART, 206, R_RANGE, CONTINUE(20) },
        { R_DATED, R_PART, 206, R_RANGE "\nLast-Modified: " MODIFIED, CONTINUE(20) },
        { R_DATED, RANDOM(.offset = 40), 206, REST "\nLast-Modified: " MODIFIED, CONTINUE(60) },
        { TAGGED, R_PART, 206, R_RANGE "\nETag: \"a\"", CONTINUE(20) },
        { BOTH, R_PART, 206, R_RANGE "\nETag: \"b\"\nLast-Modified: " MODIFIED, AGAIN },
        { R_DATED, R_PART, 206, R_RANGE "\nLast-Modified: " LATER, AGAIN },
        { R_DATED, R_PART, 206, "Content-Range: bytes 40-59/101\nLast-Modified: " MODIFIED, AGAIN },
        { R_DATED, R_PART, 206, R_RANGE, REFUSED(INSUFFICIENT_RANGES) },
        { UNPROVED, R_PART, 206, R_RANGE, REFUSED(INSUFFICIENT_RANGES) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

/* RequestedUri was set to another: "if the timestamp and the size match". */
static void another_url_goes_by_the_date_first(void **state)
{
#define MOVED RANDOM(.offset = 40, .length = 20, .other_url = true)
    static const struct row rows[] = {
        { BOTH, MOVED, 206, R_RANGE "\nETag: \"b\"\nLast-Modified: " MODIFIED, CONTINUE(20) },
        { BOTH, MOVED, 206, R_RANGE "\nETag: \"a\"\nLast-Modified: " LATER, AGAIN },
        { BOTH, MOVED, 206, "Content-Range: bytes 40-59/101\nLast-Modified: " MODIFIED, AGAIN },
        { BOTH, MOVED, 206, R_RANGE "\nETag: \"a\"", CONTINUE(20) },
        { BOTH, MOVED, 206, R_RANGE "\nETag: \"b\"", AGAIN },
        { TAGGED, MOVED, 206, R_RANGE "\nETag: \"b\"\nLast-Modified: " MODIFIED, AGAIN },
        { TAGGED, MOVED, 206, R_RANGE "\nETag: \"a\"", CONTINUE(20) },
        { R_DATED, MOVED, 206, R_RANGE "\nLast-Modified: " MODIFIED, CONTINUE(20) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void random_access_needs_ranges_and_a_length(void **state)
{
    static const struct row rows[] = {
        { NOTHING, RANDOM(.offset = 0), 200, "Content-Length: 100\nAccept-Ranges: bytes",
          WHOLE(100) },
        { NOTHING, RANDOM(.length = 20), 200, "Content-Length: 9\nAccept-Ranges: bytes", WHOLE(9) },
        { R_DATED, RANDOM(.offset = 0), 200, "Content-Length: 9\nAccept-Ranges: bytes", WHOLE(9) },
        { NOTHING, RANDOM(.offset = 0), 200, "Content-Length: 0",
          WHOLE(0) }, /* nothing to jump in */
        { NOTHING, RANDOM(.offset = 0), 200, "Content-Length: 100", REFUSED(INSUFFICIENT_RANGES) },
        { NOTHING, RANDOM(.offset = 0), 200, "Content-Length: 100\nAccept-Ranges: none",
          REFUSED(INSUFFICIENT_RANGES) },
        { NOTHING, RANDOM(.offset = 0), 200, "Accept-Ranges: bytes", REFUSED(NO_LENGTH) },
        { NOTHING, RANDOM(.offset = 0), 200,
          "Content-Length: 9\nAccept-Ranges: bytes\nTransfer-Encoding: chunked",
          REFUSED(NO_LENGTH) },
        { R_DATED, R_PART, 200, "Content-Length: 100\nAccept-Ranges: bytes",
          REFUSED(INSUFFICIENT_RANGES) },
        { NOTHING, R_PART, 200, NULL, REFUSED(INSUFFICIENT_RANGES) },
        { NOTHING, RANDOM(.offset = 0), 206, "Content-Range: bytes 0-99/*", REFUSED(NO_LENGTH) },
        { NOTHING, RANDOM(.offset = 0), 206, NULL, REFUSED(INSUFFICIENT_RANGES) },
        { R_DATED, R_PART, 206, REST, REFUSED(INSUFFICIENT_RANGES) },
        { R_DATED, R_PART, 206, R_RANGE "\nContent-Encoding: br", REFUSED(INSUFFICIENT_RANGES) },
        { R_DATED, R_PART, 206, R_RANGE "\nContent-Length: 19", REFUSED(INSUFFICIENT_RANGES) },
        { R_DATED, R_PART, 206, "Content-Range: bytes 41-59/100", REFUSED(INSUFFICIENT_RANGES) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static void a_416_to_random_access(void **state)
{
    static const struct row rows[] = {
        { NOTHING, RANDOM(.offset = 0), 416, "Content-Range: bytes */0", DONE }, /* an empty body */
        { R_DATED, R_PART, 416, "Content-Range: bytes */10", AGAIN },            /* it shrank */
        { R_DATED, R_PART, 416, "Content-Range: bytes */100\nLast-Modified: " LATER, AGAIN },
        { R_DATED, R_PART, 416, "Content-Range: bytes */100", REFUSED(INSUFFICIENT_RANGES) },
        { R_DATED, R_PART, 416, NULL, REFUSED(INSUFFICIENT_RANGES) },
        { NOTHING, RANDOM(.offset = 0), 416, NULL, REFUSED(INSUFFICIENT_RANGES) },
        /* Or it would be asked for ever. */
        { NOTHING, RANDOM(.offset = 0), 416, "Content-Range: bytes */100", REFUSED(HTTP_STATUS) },
    };

    (void)state;
    judge_all(rows, sizeof(rows) / sizeof(*rows));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(content_ranges_are_parsed),
    cmocka_unit_test(what_is_no_content_range),
    cmocka_unit_test(unsatisfied_ranges_are_parsed),
    cmocka_unit_test(a_version_is_what_the_head_tells),
    cmocka_unit_test(a_part_leaves_the_version_as_it_is),
    cmocka_unit_test(without_memory_the_version_stays),
    cmocka_unit_test(if_range_needs_proof),
    cmocka_unit_test(the_rest_of_the_same_body_continues),
    cmocka_unit_test(another_body_begins_again),
    cmocka_unit_test(a_part_that_is_not_right_begins_again),
    cmocka_unit_test(several_parts_are_refused),
    cmocka_unit_test(the_whole_begins_or_starts_over),
    cmocka_unit_test(a_part_that_nobody_asked_for),
    cmocka_unit_test(a_416_is_done_only_where_all_is_there),
    cmocka_unit_test(random_access_goes_by_size_and_date),
    cmocka_unit_test(another_url_goes_by_the_date_first),
    cmocka_unit_test(random_access_needs_ranges_and_a_length),
    cmocka_unit_test(a_416_to_random_access),
};

TEST_MAIN_UNIT(tests)
