/* SPDX-License-Identifier: MIT */
/*
 * Whatever a server answers to a further connection, the download is whole and right. A server that
 * answers ranges badly is remembered, so each answer has a process of its own. docs/ranges.md
 */
#include "branches.h"

#include "environment.h"
#include "strings_ring.h"

/* The trunk alone takes four seconds, which is enough to be worth another one for a second. */
#define ALONE "rate=2000000"

/* The second request's answer is there, or has been cut short by the client. */
static void wait_for_answer(struct watch *watch)
{
    script_control(watch, "few?count=1&since=2");
}

static void check_whole(struct watch *watch)
{
    assert_int_equal(watch_end(watch, NULL), Completed);
    assert_int_equal(watch_restarts(watch), 0);
    check_pattern_file(test_path(watch->file), LIMITED_SIZE);
}

/* Nobody asks that server for ranges again, be the next download as good as can be. */
static void ask_no_more(const char *answer)
{
    struct watch first, next;

    limited_start(&first, "first", ring_format("steps=ok,%s,ok&" ALONE, answer));
    wait_for_answer(&first);
    limited_start(&next, "next", ALONE);
    check_whole(&first);
    assert_int_equal(request_count(&first), 2);
    check_whole(&next);
    check_requests(&next, "GET - -\n");
    watch_close(&first);
    watch_close(&next);
}

/* This download does not ask again; the next one does. */
static void ask_no_more_for_this(const char *answer)
{
    struct watch first, next;

    limited_start(&first, "first", ring_format("steps=ok,%s&" ALONE, answer));
    wait_for_answer(&first);
    limited_start(&next, "next", "");
    check_whole(&first);
    assert_int_equal(request_count(&first), 2);
    check_whole(&next);
    assert_true(request_count(&next) > 1);
    watch_close(&first);
    watch_close(&next);
}

/* It is of no consequence to either. */
static void ask_others(const char *answer)
{
    struct watch first, next;

    limited_start(&first, "first", ring_format("steps=ok,%s,ok&" ALONE, answer));
    script_control(&first, "arrived?count=2");
    limited_start(&next, "next", "");
    check_whole(&first);
    check_whole(&next);
    assert_true(request_count(&next) > 1);
    watch_close(&first);
    watch_close(&next);
}

#define ANSWER(name, check, step)  \
    static void name(void **state) \
    {                              \
        (void)state;               \
        check(step);               \
    }

ANSWER(the_whole, ask_no_more, "whole")
ANSWER(a_later_part, ask_no_more, "wrong-start")
ANSWER(all_of_it_as_a_part, ask_no_more, "from-zero")
ANSWER(of_a_larger_file, ask_no_more, "wrong-total")
ANSWER(less_than_asked_for, ask_no_more, "wrong-end")
ANSWER(of_no_known_total, ask_no_more, "any-total")
ANSWER(no_content_range, ask_no_more, "no-content-range")
ANSWER(a_bad_content_range, ask_no_more, "bad-content-range")
ANSWER(encoded, ask_no_more, "encoded")
ANSWER(a_shorter_body, ask_no_more, "shorter")
ANSWER(a_longer_body, ask_no_more, "longer")
ANSWER(several_parts, ask_no_more, "multipart")
ANSWER(no_such_range, ask_no_more, "416:right")
ANSWER(no_such_range_of_another, ask_no_more, "416:wrong")
ANSWER(no_such_range_of_any, ask_no_more, "416:none")
ANSWER(another_tag, ask_no_more_for_this, "other-etag")
ANSWER(another_body, ask_no_more_for_this, "ok@2")
ANSWER(another_date, ask_others, "other-date*100")
ANSWER(forbidden, ask_others, "status:403")
ANSWER(not_now, ask_others, "status:503")
ANSWER(no_answer, ask_others, "close")
ANSWER(an_early_end, ask_others, "cut:1000")
ANSWER(a_reset, ask_others, "reset:1000")
ANSWER(several_early_ends, ask_others, "cut:300000*5")

static void silence(void **state)
{
    (void)state;
    test_setenv("WINRT_STALL_TIMEOUT_MS", "1000");
    ask_others("stall:1000*2");
}

/* The trunk finds that out, when what branches have brought is of the body before. */
static void the_body_changes(void **state)
{
    struct watch watch;

    (void)state;
    limited_start(&watch, "changes", "steps=cut:2000000,ok*2,ok@2&rate=1400000");
    script_control(&watch, "arrived?count=3");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_true(watch_restarts(&watch) > 0);
    check_version_file(test_path(watch.file), 2, LIMITED_SIZE);
    watch_close(&watch);
}

/* The trunk has come to where the branch began, which is held, and asks for a part of its rest.
 * What the branch brings after that is nobody's. */
static void the_body_changes_while_a_branch_brings_it(void **state)
{
    struct watch watch;

    (void)state;
    test_setenv("WINRT_MAX_CONNECTIONS", "2");
    limited_start(&watch, "held", "steps=ok,hold:1000000,ok@2&" ALONE);
    watch_for_bytes(&watch,
                    6500000); /* of the new one: of the old one no more than five millions come */
    assert_true(watch_restarts(&watch) > 0);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_version_file(test_path(watch.file), 2, LIMITED_SIZE);
    watch_close(&watch);
}

/* With every new request: it ends when that happens no more. */
static void the_body_changes_often(void **state)
{
    struct watch watch;

    (void)state;
    limited_start(&watch, "often", "steps=cut:2000000,ok@2*2,cut:1000000@2,ok@3&rate=1400000");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_true(watch_restarts(&watch) > 0);
    check_version_file(test_path(watch.file), 3, LIMITED_SIZE);
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_whole),
    cmocka_unit_test(a_later_part),
    cmocka_unit_test(all_of_it_as_a_part),
    cmocka_unit_test(of_a_larger_file),
    cmocka_unit_test(less_than_asked_for),
    cmocka_unit_test(of_no_known_total),
    cmocka_unit_test(no_content_range),
    cmocka_unit_test(a_bad_content_range),
    cmocka_unit_test(encoded),
    cmocka_unit_test(a_shorter_body),
    cmocka_unit_test(a_longer_body),
    cmocka_unit_test(several_parts),
    cmocka_unit_test(no_such_range),
    cmocka_unit_test(no_such_range_of_another),
    cmocka_unit_test(no_such_range_of_any),
    cmocka_unit_test(another_tag),
    cmocka_unit_test(another_body),
    cmocka_unit_test(another_date),
    cmocka_unit_test(forbidden),
    cmocka_unit_test(not_now),
    cmocka_unit_test(no_answer),
    cmocka_unit_test(an_early_end),
    cmocka_unit_test(a_reset),
    cmocka_unit_test(several_early_ends),
    cmocka_unit_test(silence),
    cmocka_unit_test(the_body_changes),
    cmocka_unit_test(the_body_changes_while_a_branch_brings_it),
    cmocka_unit_test(the_body_changes_often),
};

TEST_MAIN(tests)
