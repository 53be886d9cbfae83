/* SPDX-License-Identifier: MIT */
/*
 * A body that goes on where it stopped, and never becomes a mixture: what is asked for, and what is
 * made of every answer to it. docs/resume.md; RFC 9110, 13.1.5 and 14.
 */
#include "watch.h"

#include <stdio.h>
#include <string.h>

#define HELD 400000

#define FIRST "GET - -\n"
#define REST  "GET bytes=400000- \"size-1000000\"\n"
#define DATED "GET bytes=400000- Mon, 02 Sep 2024 08:00:00 GMT\n"

struct row {
    const char *options;
    const char *requests; /* all of them */
    bool restarted;
    UINT32 status;    /* of the response that is shown in the end */
    unsigned version; /* of the file in the end */
};

/* Pauses after 400,000 bytes, resumes, and looks at everything. */
static void pause_resume_and_check(const struct row *row)
{
    static unsigned number;
    BackgroundDownloadProgress progress;
    struct watch watch;
    char name[20];
    HRESULT error;

    print_message("%s\n", row->options);
    snprintf(name, sizeof(name), "row%u", number++);
    watch_script(&watch, name, row->options);
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    watch_resume(&watch);
    if (watch_end(&watch, &error) != Completed)
        fail_msg("0x%08X", (unsigned)error);
    check_requests(&watch, row->requests);
    check_version_file(test_path(watch.file), row->version, SCRIPT_SIZE);
    progress = progress_of(watch.operation);
    assert_int_equal(progress.BytesReceived, SCRIPT_SIZE);
    assert_int_equal(progress.TotalBytesToReceive, SCRIPT_SIZE);
    assert_int_equal(watch_restarts(&watch), row->restarted ? 1 : 0);
    assert_int_equal(status_code_of(watch.operation), row->status);
    check_statuses(&watch, "Running PausedByApplication", "Completed");
    watch_close(&watch);
}

#define CHECK_ROWS(rows)                                            \
    do {                                                            \
        retry_at_once();                                            \
        for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++) \
            pause_resume_and_check(&(rows)[i]);                     \
    } while (0)

static void the_rest_is_asked_for_with_the_strongest_validator(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,ok", FIRST REST, false, 206, 1 },
        { "steps=hold:400000,ok&modified=none", FIRST REST, false, 206, 1 },
        { "steps=hold:400000,ok&etag=weak", FIRST DATED, false, 206, 1 },
        { "steps=hold:400000,ok&etag=none", FIRST DATED, false, 206, 1 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void without_a_strong_validator_it_starts_over(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,ok&etag=weak&modified=none", FIRST FIRST, true, 200, 1 },
        { "steps=hold:400000,ok&etag=none&modified=none", FIRST FIRST, true, 200, 1 },
        /* A date is strong only if it is older than Date (RFC 9110, 8.8.2.2). */
        { "steps=hold:400000,ok&etag=none&date=modified", FIRST FIRST, true, 200, 1 },
        { "steps=hold:400000,ok&etag=none&date=none", FIRST FIRST, true, 200, 1 },
        { "steps=hold:400000,ok@2&etag=none&modified=none", FIRST FIRST, true, 200, 2 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void a_whole_answer_starts_over(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,whole", FIRST REST, true, 200, 1 },
        { "steps=hold:400000,ok@2", FIRST REST, true, 200, 2 },
        { "steps=hold:400000,whole@2", FIRST REST, true, 200, 2 },
        { "steps=hold:400000,ok@2&etag=none", FIRST DATED, true, 200, 2 },
        { "steps=hold:400000,ok@2&modified=none", FIRST REST, true, 200, 2 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

/* Nothing of such an answer is used: all of it is asked for anew. */
static void a_206_with_something_else_starts_over(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,wrong-start,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,from-zero,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,wrong-total,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,any-total,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,shorter,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,longer,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,encoded,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,other-etag,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,other-date,ok&etag=none", FIRST DATED FIRST, true, 200, 1 },
        { "steps=hold:400000,no-content-range,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,bad-content-range,ok", FIRST REST FIRST, true, 200, 1 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

/* The tag is the same, so the date does not matter. */
static void the_tag_decides_before_the_date(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,other-date", FIRST REST, false, 206, 1 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void a_416_with_another_total_starts_over(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,416:right,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,416:wrong,ok", FIRST REST FIRST, true, 200, 1 },
        { "steps=hold:400000,416:none,ok", FIRST REST FIRST, true, 200, 1 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void what_ends_early_goes_on_once_more(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,cut:100000,ok", FIRST REST "GET bytes=500000- \"size-1000000\"\n",
          false, 206, 1 },
        { "steps=hold:400000,close,ok", FIRST REST REST, false, 206, 1 },
        { "steps=hold:400000,status:503,ok", FIRST REST REST, false, 206, 1 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

/* Its Range is obeyed only with exactly its tag. */
static void the_server_of_the_sample_is_content(void **state)
{
    struct watch watch;

    (void)state;
    watch_create(&watch, NULL, "sample",
                 server_url("FAULT_HTTP", "/sample-download/%d?token=%s&steps=hold:400000,ok",
                            SCRIPT_SIZE, test_token("sample")));
    watch_start(&watch);
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST "GET bytes=400000- \"SampleETag\"\n");
    assert_int_equal(watch_restarts(&watch), 0);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

/* Fewer bytes than asked for are allowed (RFC 9110, 15.3.7): the rest is asked for. */
static void a_smaller_part_is_taken(void **state)
{
    static const struct row rows[] = {
        { "steps=hold:400000,wrong-end,ok", FIRST REST "GET bytes=999000- \"size-1000000\"\n",
          false, 206, 1 },
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void an_answer_with_several_parts_is_an_error(void **state)
{
    struct watch watch;
    HRESULT error;

    (void)state;
    retry_at_once();
    watch_script(&watch, "multipart", "steps=hold:400000,multipart,ok");
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, &error), Error);
    check_hresult((HRESULT)0x80072F78, error);
    check_requests(&watch, FIRST REST);
    check_pattern_file(test_path(watch.file), HELD);
    watch_close(&watch);
}

static void a_status_that_refuses_leaves_the_partial_file(void **state)
{
    static const struct {
        const char *options;
        HRESULT error;
    } rows[] = {
        { "steps=hold:400000,status:412", (HRESULT)0x8019019C },
        { "steps=hold:400000,status:404", (HRESULT)0x80190194 },
        { "steps=hold:400000,status:403", (HRESULT)0x80190193 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct watch watch;
        char name[20];
        HRESULT error;

        snprintf(name, sizeof(name), "refuse%zu", i);
        watch_script(&watch, name, rows[i].options);
        watch_for_bytes(&watch, HELD);
        watch_pause(&watch);
        watch_resume(&watch);
        assert_int_equal(watch_end(&watch, &error), Error);
        check_hresult(rows[i].error, error);
        check_requests(&watch, FIRST REST);
        check_pattern_file(test_path(watch.file), HELD);
        watch_close(&watch);
    }
}

/* Accept-Ranges: none, and a server that says nothing about ranges and ignores them. */
static void a_server_without_ranges_sends_all_of_it_again(void **state)
{
    static const char *const rows[] = { "steps=hold:400000,ok&ranges=none",
                                        "steps=hold:400000,ok&ranges=no",
                                        "steps=hold:400000,no-length&ranges=no" };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct watch watch;
        char name[20];

        snprintf(name, sizeof(name), "rangeless%zu", i);
        watch_script(&watch, name, rows[i]);
        watch_for_bytes(&watch, HELD);
        watch_pause(&watch);
        watch_resume(&watch);
        assert_int_equal(watch_end(&watch, NULL), Completed);
        assert_int_equal(request_count(&watch), 2);
        assert_int_equal(watch_restarts(&watch), 1);
        check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
        watch_close(&watch);
    }
}

/* Chunked: the size comes with the 206. */
static void a_body_of_unknown_length_goes_on(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "chunked", "steps=chunked:400000,ok");
    watch_for_bytes(&watch, HELD);
    assert_int_equal(progress_of(watch.operation).TotalBytesToReceive, 0);
    watch_pause(&watch);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST REST);
    assert_int_equal(watch_restarts(&watch), 0);
    assert_int_equal(progress_of(watch.operation).TotalBytesToReceive, SCRIPT_SIZE);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

/* All of it had come, which nobody knew: 416 says so. */
static void a_416_with_this_total_is_the_end(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "done", "steps=chunked:1000000,416:right");
    watch_for_bytes(&watch, SCRIPT_SIZE);
    watch_pause(&watch);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST "GET bytes=1000000- \"size-1000000\"\n");
    assert_int_equal(watch_restarts(&watch), 0);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void several_pauses_add_up(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "several", "steps=hold:100000*4,ok");
    for (unsigned i = 1; i <= 4; i++) {
        watch_for_bytes(&watch, 100000 * i);
        watch_pause(&watch);
        watch_resume(&watch);
    }
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST "GET bytes=100000- \"size-1000000\"\n"
                                 "GET bytes=200000- \"size-1000000\"\n"
                                 "GET bytes=300000- \"size-1000000\"\n" REST);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void the_response_is_the_latest_one(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "renewed", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    assert_int_equal(status_code_of(watch.operation), 200);
    assert_null(response_header(watch.operation, "Content-Range"));
    watch_pause(&watch);
    assert_int_equal(status_code_of(watch.operation), 200);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(status_code_of(watch.operation), 206);
    assert_string_equal(response_header(watch.operation, "Content-Range"),
                        "bytes 400000-999999/1000000");
    assert_int_equal(watch_responses(&watch), 2);
    watch_close(&watch);
}

static void over_tls_it_is_the_same(void **state)
{
    struct watch watch;

    (void)state;
    trust_test_authority();
    watch_create(&watch, NULL, "tls",
                 server_url("FAULT_HTTPS", "/script/%d?token=%s&steps=hold:400000,ok", SCRIPT_SIZE,
                            test_token("tls")));
    watch_start(&watch);
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST REST);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_rest_is_asked_for_with_the_strongest_validator),
    cmocka_unit_test(without_a_strong_validator_it_starts_over),
    cmocka_unit_test(a_whole_answer_starts_over),
    cmocka_unit_test(a_206_with_something_else_starts_over),
    cmocka_unit_test(the_tag_decides_before_the_date),
    cmocka_unit_test(a_416_with_another_total_starts_over),
    cmocka_unit_test(what_ends_early_goes_on_once_more),
    cmocka_unit_test(the_server_of_the_sample_is_content),
    cmocka_unit_test(a_smaller_part_is_taken),
    cmocka_unit_test(an_answer_with_several_parts_is_an_error),
    cmocka_unit_test(a_status_that_refuses_leaves_the_partial_file),
    cmocka_unit_test(a_server_without_ranges_sends_all_of_it_again),
    cmocka_unit_test(a_body_of_unknown_length_goes_on),
    cmocka_unit_test(a_416_with_this_total_is_the_end),
    cmocka_unit_test(several_pauses_add_up),
    cmocka_unit_test(the_response_is_the_latest_one),
    cmocka_unit_test(over_tls_it_is_the_same),
};

TEST_MAIN(tests)
