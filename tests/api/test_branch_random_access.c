/* SPDX-License-Identifier: MIT */
/* Downloads for random access from a server that limits each connection: reads pull their part of
 * the file first, whoever brings the rest. docs/ranges.md, docs/random-access.md */
#include "branches.h"

#include <stdlib.h>
#include <string.h>

#include "reads.h"

#define READ 20000

static void random_start(struct watch *watch, const char *name, const char *options)
{
    limited_create(watch, NULL, name, options);
    require_random_access(watch->operation);
    watch_start(watch);
}

/* Several connections bring it. */
static void random_limited(struct watch *watch, const char *name)
{
    random_start(watch, name, "rate=500000");
    script_control(watch, "arrived?count=4");
}

static void the_whole_file_comes_without_reads(void **state)
{
    struct watch watch;

    (void)state;
    random_start(&watch, "whole", "");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_in_range(most_at_once(&watch, 0), 2, 16);
    assert_int_equal(watch_restarts(&watch), 0);
    assert_int_equal(progress_of(watch.operation).BytesReceived, LIMITED_SIZE);
    check_pattern_file(test_path(watch.file), LIMITED_SIZE);
    watch_close(&watch);
}

/* From the back, so that what is read has not come on the way. */
static void reads_pull_their_part_first(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    UINT64 place = LIMITED_SIZE;

    (void)state;
    random_limited(&watch, "pulls");
    stream = random_open(watch.operation);
    while (place > LIMITED_SIZE / 2) {
        place -= 487123;
        check_ok(IRandomAccessStream_Seek(stream, place));
        assert_int_equal(read_and_check(stream, place, READ, InputStreamOptions_None), READ);
    }
    check_last_release_soon(stream);
    limited_end(&watch, 1);
}

/* They wait at the same time, and each gets its bytes. */
static void several_readers_at_a_time(void **state)
{
    enum {
        READERS = 6
    };
    struct watch watch;
    IRandomAccessStream *streams[READERS];
    IBuffer *buffers[READERS];
    read_async *reads[READERS];

    (void)state;
    random_limited(&watch, "several");
    for (unsigned i = 0; i < READERS; i++) {
        streams[i] = random_open(watch.operation);
        buffers[i] = buffer_new(READ);
        check_ok(IRandomAccessStream_Seek(streams[i], LIMITED_SIZE - (i + 1) * 1300001));
        reads[i] = read_start(streams[i], buffers[i], READ, InputStreamOptions_None);
    }
    for (unsigned i = 0; i < READERS; i++) {
        assert_int_equal(read_end(reads[i], buffers[i]), READ);
        check_bytes(buffers[i], LIMITED_SIZE - (i + 1) * 1300001, READ);
        check_last_release_soon(buffers[i]);
        check_last_release_soon(streams[i]);
    }
    limited_end(&watch, 1);
}

static void a_pause_keeps_what_is_there(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    UINT64 before;

    (void)state;
    random_limited(&watch, "pause");
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, LIMITED_SIZE - READ));
    assert_int_equal(read_and_check(stream, LIMITED_SIZE - READ, READ, InputStreamOptions_None),
                     READ);
    watch_pause(&watch);
    before = progress_of(watch.operation).BytesReceived;
    check_ok(IRandomAccessStream_Seek(stream, LIMITED_SIZE - READ));
    assert_int_equal(read_and_check(stream, LIMITED_SIZE - READ, READ, InputStreamOptions_None),
                     READ);
    assert_int_equal(progress_of(watch.operation).BytesReceived, before);
    watch_resume(&watch);
    check_ok(IRandomAccessStream_Seek(stream, LIMITED_SIZE / 2));
    assert_int_equal(read_and_check(stream, LIMITED_SIZE / 2, READ, InputStreamOptions_None), READ);
    assert_int_equal(watch_restarts(&watch), 0);
    check_last_release_soon(stream);
    limited_end(&watch, 1);
}

/* Unlike that of other downloads it has its full size from the start, and keeps what is there. */
static void a_cancelled_one_keeps_what_is_there(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;
    UINT64 before;

    (void)state;
    random_limited(&watch, "cancelled");
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, LIMITED_SIZE - READ));
    assert_int_equal(read_and_check(stream, LIMITED_SIZE - READ, READ, InputStreamOptions_None),
                     READ);
    before = progress_of(watch.operation).BytesReceived;
    operation_cancel(watch.async);
    assert_int_equal(watch_end(&watch, NULL), Canceled);
    assert_in_range(progress_of(watch.operation).BytesReceived, before, LIMITED_SIZE - 1);
    assert_int_equal(file_size(test_path(watch.file)), LIMITED_SIZE);
    check_ok(IRandomAccessStream_Seek(stream, LIMITED_SIZE - READ));
    assert_int_equal(read_and_check(stream, LIMITED_SIZE - READ, READ, InputStreamOptions_None),
                     READ);
    check_last_release_soon(stream);
    watch_close(&watch);
}

/* A branch's answer is bad, and reads are served all the same. */
static void a_bad_answer_to_a_branch_harms_no_reader(void **state)
{
    struct watch watch;
    IRandomAccessStream *stream;

    (void)state;
    random_start(&watch, "bad", "steps=ok,no-content-range,ok&rate=2000000");
    script_control(&watch, "arrived?count=2");
    stream = random_open(watch.operation);
    check_ok(IRandomAccessStream_Seek(stream, LIMITED_SIZE - READ));
    assert_int_equal(read_and_check(stream, LIMITED_SIZE - READ, READ, InputStreamOptions_None),
                     READ);
    check_last_release_soon(stream);
    limited_end(&watch, 1);
}

static void the_body_changes(void **state)
{
    struct watch watch;

    (void)state;
    random_start(&watch, "changes", "steps=cut:1000000,ok*2,ok@2&rate=1600000");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_true(watch_restarts(&watch) > 0);
    check_version_file(test_path(watch.file), 2, LIMITED_SIZE);
    watch_close(&watch);
}

/* RangesDownloaded and GetDownloadedRanges know of all that is there. */
static void downloaded_ranges_are_in_order(void **state)
{
    struct watch watch;
    UINT64 end = 0, total = 0;
    const char *text;

    (void)state;
    random_limited(&watch, "ranges");
    watch_for_bytes(&watch, LIMITED_SIZE / 4);
    text = downloaded_ranges(watch.operation);
    assert_non_null(strchr(text, ' '));
    for (char *rest; *text; text = rest + (*rest == ' ')) {
        UINT64 offset = strtoull(text, &rest, 10), length = strtoull(rest + 1, &rest, 10);

        assert_true(!end || offset > end);
        end = offset + length;
        total += length;
    }
    assert_in_range(end, 1, LIMITED_SIZE);
    assert_in_range(total, LIMITED_SIZE / 4, progress_of(watch.operation).BytesReceived);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_string_equal(downloaded_ranges(watch.operation), "0+8000000");
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_whole_file_comes_without_reads),
    cmocka_unit_test(reads_pull_their_part_first),
    cmocka_unit_test(several_readers_at_a_time),
    cmocka_unit_test(a_pause_keeps_what_is_there),
    cmocka_unit_test(a_cancelled_one_keeps_what_is_there),
    cmocka_unit_test(a_bad_answer_to_a_branch_harms_no_reader),
    cmocka_unit_test(the_body_changes),
    cmocka_unit_test(downloaded_ranges_are_in_order),
};

TEST_MAIN(tests)
