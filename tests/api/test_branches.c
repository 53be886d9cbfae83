/* SPDX-License-Identifier: MIT */
/* A large download from a server that limits each connection gets several, and stays what it is.
 * docs/ranges.md */
#include "branches.h"

#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "reads.h"
#include "speed.h"
#include "strings_ring.h"

#define MOST     16 /* to one server, unless WINRT_MAX_CONNECTIONS */
#define A_WHILE  2000000
#define NOTFOUND ((HRESULT)0x80190194)

static const struct asked whole = { "GET", "-", 0, LIMITED_SIZE - 1 };

static void check_first(const struct asked *asked)
{
    assert_string_equal(asked->method, whole.method);
    assert_string_equal(asked->condition, whole.condition);
    assert_int_equal(asked->first, whole.first);
    assert_int_equal(asked->last, whole.last);
}

/* Each asks for a part of the same body. */
static void check_asked(const struct watch *watch)
{
    struct asked asked[ASKED_MOST];
    size_t count = asked_all(watch, asked);

    assert_true(count > 1);
    check_first(&asked[0]);
    for (size_t i = 1; i < count; i++) {
        assert_string_equal(asked[i].method, "GET");
        assert_string_equal(asked[i].condition, LIMITED_TAG);
        assert_true(asked[i].first > 0);
        assert_in_range(asked[i].last, asked[i].first, LIMITED_SIZE - 1);
    }
}

static void a_limited_server_gets_further_connections(void **state)
{
    struct watch watch;
    unsigned most;

    (void)state;
    limited_start(&watch, "limited", "");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_asked(&watch);
    most = most_at_once(&watch, 0);
    print_message("%u at once\n", most);
    assert_in_range(most, 2, MOST);
    assert_true(connection_count(&watch) > 1);
    check_pattern_file(test_path(watch.file), LIMITED_SIZE);
    watch_close(&watch);
}

/* What a connection still had on its way when it was given up, is all that comes twice. */
static void no_byte_is_brought_twice(void **state)
{
    struct watch watch;
    UINT64 sent;

    (void)state;
    limited_start(&watch, "once", "");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    sent = sent_in_all(&watch);
    print_message("%llu bytes, %u requests\n", (unsigned long long)sent, request_count(&watch));
    assert_in_range(sent, LIMITED_SIZE, LIMITED_SIZE + request_count(&watch) * LIMITED_RATE / 5);
    watch_close(&watch);
}

static void progress_is_that_of_one_body(void **state)
{
    struct watch watch;
    UINT64 before = 0;

    (void)state;
    limited_start(&watch, "progress", "");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_true(request_count(&watch) > 1);
    assert_true(watch.count > 2);
    for (unsigned i = 0; i < watch.count; i++) {
        const BackgroundDownloadProgress *shown = &watch.shown[i];

        assert_in_range(shown->BytesReceived, before, LIMITED_SIZE);
        before = shown->BytesReceived;
        if (before)
            assert_int_equal(shown->TotalBytesToReceive, LIMITED_SIZE);
        assert_int_equal(shown->HasRestarted, FALSE);
    }
    assert_int_equal(progress_of(watch.operation).BytesReceived, LIMITED_SIZE);
    check_statuses(&watch, "Running", "Completed");
    watch_close(&watch);
}

static void the_environment_says_how_many(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_MAX_CONNECTIONS", "3");
    limited_start(&watch, "three", "");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_in_range(most_at_once(&watch, 0), 2, 3);
    check_pattern_file(test_path(watch.file), LIMITED_SIZE);
    watch_close(&watch);
}

static void the_environment_turns_them_off(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_MAX_CONNECTIONS", "1");
    limited_start(&watch, "one", "rate=2000000");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, "GET - -\n");
    check_pattern_file(test_path(watch.file), LIMITED_SIZE);
    watch_close(&watch);
}

/* --- Who gets none --- */

static IBackgroundDownloader *downloader_with_credentials(void)
{
    return downloader_with_credential(false, "user", "password");
}

static IBackgroundDownloader *downloader_that_posts(void)
{
    IBackgroundDownloader *downloader = downloader_new();

    downloader_set_method(downloader, "POST");
    return downloader;
}

/* One that gets some is beside them, so that the others would have, too. */
static void only_who_may_and_has_use_for_them(void **state)
{
    static const struct {
        const char *name, *options;
        IBackgroundDownloader *(*downloader)(void);
        UINT64 limit;
    } rows[] = {
        { "weak", "etag=weak", downloader_new, 0 },
        { "tagless", "etag=none", downloader_new, 0 },
        { "rangeless", "ranges=none", downloader_new, 0 },
        { "silent", "ranges=no", downloader_new, 0 },
        { "credentials", "", downloader_with_credentials, 0 },
        { "post", "", downloader_that_posts, 0 },
        { "limit", "", downloader_new, 100000000 },
    };
    enum {
        ROWS = sizeof(rows) / sizeof(rows[0])
    };
    static struct watch any, watches[ROWS];

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "20");
    for (size_t i = 0; i < ROWS; i++) {
        IBackgroundDownloader *downloader = rows[i].downloader();

        limited_create(&watches[i], downloader, rows[i].name, rows[i].options);
        if (rows[i].limit)
            speed_limit(watches[i].operation, rows[i].limit);
        watch_start(&watches[i]);
        release_ref(downloader);
    }
    limited_start(&any, "any", "");
    for (size_t i = 0; i < ROWS; i++) {
        print_message("%s\n", rows[i].name);
        watch_for_bytes(&watches[i], A_WHILE);
        assert_int_equal(request_count(&watches[i]), 1);
        limited_cancel(&watches[i]);
    }
    script_control(&any, "arrived?count=2");
    limited_end(&any, 1);
}

static void a_file_that_is_soon_there_gets_none(void **state)
{
    struct watch watch;

    (void)state;
    watch_script(&watch, "small", "rate=400000");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, "GET - -\n");
    watch_close(&watch);
}

/* --- What may happen meanwhile --- */

/* Nothing of what was there is asked for again. */
static void check_asked_since(const struct watch *watch, size_t since, const bool *there)
{
    struct asked asked[ASKED_MOST];
    size_t count = asked_all(watch, asked);

    assert_true(count > since);
    for (size_t i = since; i < count; i++) {
        UINT64 first = (asked[i].first + PLACE_SIZE - 1) / PLACE_SIZE;

        assert_string_equal(asked[i].condition, LIMITED_TAG);
        for (UINT64 place = first; (place + 1) * PLACE_SIZE <= asked[i].last + 1; place++) {
            if (there[place])
                fail_msg("%llu to %llu is asked for, and %llu was there",
                         (unsigned long long)asked[i].first, (unsigned long long)asked[i].last,
                         (unsigned long long)place * PLACE_SIZE);
        }
    }
}

static void a_pause_keeps_what_has_come(void **state)
{
    static bool there[PLACES];
    struct watch watch;
    size_t count = 0, asked;
    UINT64 bytes;

    (void)state;
    limited_to(&watch, "pause", A_WHILE);
    watch_pause(&watch);
    script_control(&watch, "few?count=0");
    asked = request_count(&watch);
    bytes = progress_of(watch.operation).BytesReceived;
    assert_in_range(bytes, A_WHILE, LIMITED_SIZE - 1);
    find_places(&watch, there);
    for (size_t i = 0; i < PLACES; i++)
        count += there[i];
    assert_in_range(count * PLACE_SIZE, bytes - 100 * PLACE_SIZE, bytes);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_asked_since(&watch, asked, there);
    assert_int_equal(watch_restarts(&watch), 0);
    check_pattern_file(test_path(watch.file), LIMITED_SIZE);
    watch_close(&watch);
}

static void one_that_is_paused_is_cancelled(void **state)
{
    static bool there[PLACES];
    struct watch watch;
    size_t in_order = 0;
    UINT64 bytes;

    (void)state;
    limited_to(&watch, "paused", A_WHILE);
    watch_pause(&watch);
    find_places(&watch, there);
    while (there[in_order])
        in_order++;
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    bytes = progress_of(watch.operation).BytesReceived;
    assert_in_range(bytes, in_order * PLACE_SIZE, (in_order + 1) * PLACE_SIZE);
    check_pattern_file(test_path(watch.file), bytes);
    watch_close(&watch);
}

static void a_cancelled_one_has_what_came_in_order(void **state)
{
    struct watch watch;

    (void)state;
    limited_to(&watch, "cancelled", A_WHILE);
    limited_cancel(&watch);
}

/* The branch stands behind what the trunk has, and has brought something. */
static void a_failed_one_has_what_came_in_order(void **state)
{
    struct watch watch;

    (void)state;
    limited_start(&watch, "failed", "steps=cut:2000000,hold:300000,status:404");
    assert_int_equal(watch_end(&watch, NULL), Error);
    assert_int_equal(progress_of(watch.operation).BytesReceived, 2000000);
    check_hresult(NOTFOUND, operation_error(watch.async));
    check_pattern_file(test_path(watch.file), 2000000);
    watch_close(&watch);
}

static void a_speed_limit_ends_them(void **state)
{
    struct watch watch;
    unsigned asked;

    (void)state;
    limited_to(&watch, "limit", 1);
    speed_limit(watch.operation, 100000000);
    script_control(&watch, "few?count=1");
    asked = request_count(&watch);
    watch_for_bytes(&watch, progress_of(watch.operation).BytesReceived + A_WHILE / 2);
    assert_in_range(request_count(&watch), asked, asked + 1); /* the trunk may go to another gap */
    if (request_count(&watch) > asked)
        assert_int_equal(most_at_once(&watch, asked), 1);
    limited_cancel(&watch);
}

/* --- Who looks on --- */

static void a_reader_gets_all_in_order(void **state)
{
    struct watch watch;
    IInputStream *stream;
    UINT64 offset = 0;
    UINT32 count;

    (void)state;
    limited_start(&watch, "reader", "");
    stream = result_stream_at(watch.operation, 0);
    while ((count = read_and_check(stream, offset, 300000, InputStreamOptions_Partial)) > 0)
        offset += count;
    assert_int_equal(offset, LIMITED_SIZE);
    assert_true(request_count(&watch) > 1);
    check_last_release_soon(stream);
    limited_end(&watch, 1);
}

/* Sixteen bytes that are not there may look like it; so much is not left to chance. */
static void check_ranges(const char *text, const bool *there)
{
    UINT64 end = 0;

    for (char *rest; *text; text = rest + (*rest == ' ')) {
        UINT64 offset = strtoull(text, &rest, 10), length = strtoull(rest + 1, &rest, 10);

        assert_true(!end || offset > end);
        assert_in_range(length, 1, LIMITED_SIZE - offset);
        end = offset + length;
        for (UINT64 place = (offset + PLACE_SIZE - 1) / PLACE_SIZE; (place + 1) * PLACE_SIZE <= end;
             place++)
            assert_true(there[place]);
    }
}

static void downloaded_ranges_are_there(void **state)
{
    static bool there[PLACES];
    struct watch watch;
    const char *text;

    (void)state;
    limited_to(&watch, "ranges", A_WHILE);
    text = downloaded_ranges(watch.operation);
    find_places(&watch, there);
    assert_non_null(strchr(text, ' '));
    assert_int_equal(strncmp(text, "0+", 2), 0);
    check_ranges(text, there);
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    assert_string_equal(
        downloaded_ranges(watch.operation),
        ring_format("0+%llu", (unsigned long long)progress_of(watch.operation).BytesReceived));
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_limited_server_gets_further_connections),
    cmocka_unit_test(no_byte_is_brought_twice),
    cmocka_unit_test(progress_is_that_of_one_body),
    cmocka_unit_test(the_environment_says_how_many),
    cmocka_unit_test(the_environment_turns_them_off),
    cmocka_unit_test(only_who_may_and_has_use_for_them),
    cmocka_unit_test(a_file_that_is_soon_there_gets_none),
    cmocka_unit_test(a_pause_keeps_what_has_come),
    cmocka_unit_test(one_that_is_paused_is_cancelled),
    cmocka_unit_test(a_cancelled_one_has_what_came_in_order),
    cmocka_unit_test(a_failed_one_has_what_came_in_order),
    cmocka_unit_test(a_speed_limit_ends_them),
    cmocka_unit_test(a_reader_gets_all_in_order),
    cmocka_unit_test(downloaded_ranges_are_there),
};

TEST_MAIN(tests)
