/* SPDX-License-Identifier: MIT */
/* Retries: which failures, how often, how long. docs/retries.md */
#include <string.h>

#include "test_main.h"

#include "heads.h"
#include "src/engine/retry.h"
#include "src/port/clock.h"

#define NOW        UINT64_C(1000000)
#define BASE       1000
#define EPOCH_1994 784111777 /* Sun, 06 Nov 1994 08:49:37 GMT */

static bool decide_with(struct retry_state *state, const struct transfer_error *error,
                        const char *method, bool sent, const struct response *response,
                        uint32_t random, uint64_t *ret_wait_ms, bool *ret_asked)
{
    struct retry_question question = {
        .error = error,
        .method = method,
        .request_sent = sent,
        .response = response,
        .now_ms = NOW,
        .universal_now = clock_universal_time_from_unix(EPOCH_1994, 0),
        .base_ms = BASE,
        .random = random,
    };
    uint64_t time_ms = 7;
    bool again = retry_decide(state, &question, &time_ms, ret_asked);

    if (again)
        assert_true(time_ms >= NOW);
    else
        assert_true(time_ms == 0 && !*ret_asked);
    *ret_wait_ms = again ? time_ms - NOW : 0;
    return again;
}

static bool is_retried(const struct transfer_error *error, const char *method, bool sent)
{
    struct retry_state state = { 0 };
    uint64_t wait_ms;
    bool asked, again = decide_with(&state, error, method, sent, NULL, 0, &wait_ms, &asked);

    assert_int_equal(state.retries, again);
    return again;
}

static void passing_failures_are_retried(void **state)
{
    (void)state;
    for (int code = 0; code < TRANSFER_ERROR_MAX; code++) {
        struct transfer_error error = { .code = (enum transfer_error_code)code };
        bool expected = code == TRANSFER_ERROR_NAME_NOT_RESOLVED ||
                        code == TRANSFER_ERROR_CANNOT_CONNECT || code == TRANSFER_ERROR_TIMEOUT ||
                        code == TRANSFER_ERROR_CONNECTION_RESET ||
                        code == TRANSFER_ERROR_CONNECTION_ABORTED;

        assert_int_equal(is_retried(&error, "GET", true), expected);
        assert_int_equal(is_retried(&error, "GET", false), expected);
    }
}

static void passing_statuses_are_retried(void **state)
{
    (void)state;
    for (int status = 300; status < 600; status++) {
        struct transfer_error error = { TRANSFER_ERROR_HTTP_STATUS, .http_status = status };
        bool expected = status == 408 || status == 429 || status == 500 || status == 502 ||
                        status == 503 || status == 504;

        assert_int_equal(is_retried(&error, "GET", true), expected);
    }
}

static void what_is_not_idempotent_is_not_sent_twice(void **state)
{
    static const struct {
        const char *method;
        bool idempotent;
    } rows[] = {
        { "GET", true },     { "HEAD", true },  { "PUT", true },   { "DELETE", true },
        { "OPTIONS", true }, { "TRACE", true }, { "POST", false }, { "PATCH", false },
        { "get", false },    { "GETS", false }, { "", false },
    };
    static const struct transfer_error error = { .code = TRANSFER_ERROR_CONNECTION_RESET };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(method_is_idempotent(rows[i].method), rows[i].idempotent);
        assert_int_equal(is_retried(&error, rows[i].method, true), rows[i].idempotent);
        assert_true(is_retried(&error, rows[i].method, false));
    }
}

static void three_times_with_growing_waits(void **state)
{
    static const struct transfer_error error = { .code = TRANSFER_ERROR_TIMEOUT };
    static const uint64_t waits[] = { 1000, 2000, 4000 }; /* a quarter on top of -1/4 is none */
    struct retry_state retries = { 0 };
    uint64_t wait_ms;
    bool asked;

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        assert_true(decide_with(&retries, &error, "GET", true, NULL, (uint32_t)(waits[i] / 4),
                                &wait_ms, &asked));
        assert_int_equal(wait_ms, waits[i]);
        assert_false(asked);
    }
    assert_false(decide_with(&retries, &error, "GET", true, NULL, 0, &wait_ms, &asked));
    assert_int_equal(retries.retries, RETRY_LIMIT);
}

static void waits_are_jittered_by_a_quarter(void **state)
{
    static const struct transfer_error error = { .code = TRANSFER_ERROR_TIMEOUT };
    static const uint32_t randoms[] = { 0, 1, 250, 499, 500, 501, 123456789, UINT32_MAX };
    uint64_t least = UINT64_MAX, most = 0, wait_ms;
    bool asked;

    (void)state;
    for (size_t i = 0; i < sizeof(randoms) / sizeof(*randoms); i++) {
        struct retry_state retries = { 0 };

        assert_true(decide_with(&retries, &error, "GET", true, NULL, randoms[i], &wait_ms, &asked));
        if (wait_ms < least)
            least = wait_ms;
        if (wait_ms > most)
            most = wait_ms;
    }
    assert_int_equal(least, 750);
    assert_int_equal(most, 1250);
}

static void retry_after_is_obeyed_where_it_is_longer(void **state)
{
    static const struct {
        const char *field;
        uint64_t wait_ms;
        bool asked;
    } rows[] = {
        { "Retry-After: 5", 5000, true },
        { "Retry-After: 60", 60000, true },
        { "Retry-After: 61", 60000, true },
        { "Retry-After: 3600", 60000, true },
        { "Retry-After: 99999999999999999999999", 60000, true },
        { "Retry-After: 18446744073709551617", 60000, true }, /* 1, modulo 2^64 */
        { "retry-after: 2", 2000, true },
        { "Retry-After: 1", 1000, false }, /* no longer than the own wait */
        { "Retry-After: 0", 1000, false },
        { "Retry-After: ", 1000, false },
        { "Retry-After: -5", 1000, false },
        { "Retry-After: 5 s", 1000, false },
        { "Retry-After: 5, 5", 1000, false },
        { "Retry-After: soon", 1000, false },
        { "Retry-After: Sun, 06 Nov 1994 08:49:47 GMT", 10000, true },
        { "Retry-After: Sunday, 06-Nov-94 08:49:47 GMT", 10000, true },
        { "Retry-After: Sun, 06 Nov 1994 09:49:37 GMT", 60000, true },
        { "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT", 1000, false }, /* now */
        { "Retry-After: Sun, 06 Nov 1994 07:49:37 GMT", 1000, false }, /* gone by */
        { "Retry-After: Wed, 31 Dec 9999 23:59:59 GMT", 60000, true },
        { NULL, 1000, false },
    };
    static const struct transfer_error error = { TRANSFER_ERROR_HTTP_STATUS, .http_status = 503 };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct response *response = make_head(503, rows[i].field);
        struct retry_state retries = { 0 };
        uint64_t wait_ms;
        bool asked;

        assert_true(
            decide_with(&retries, &error, "GET", true, response, BASE / 4, &wait_ms, &asked));
        if (wait_ms != rows[i].wait_ms || asked != rows[i].asked)
            fail_msg("%s: %u ms, asked %d", rows[i].field, (unsigned)wait_ms, asked);
        response_release(response);
    }
}

/* A head whose body broke off has no say in when to come back. */
static void retry_after_belongs_to_a_status(void **state)
{
    static const struct transfer_error error = { .code = TRANSFER_ERROR_CONNECTION_ABORTED };
    struct response *response = make_head(200, "Retry-After: 30");
    struct retry_state retries = { 0 };
    uint64_t wait_ms;
    bool asked;

    (void)state;
    assert_true(decide_with(&retries, &error, "GET", true, response, BASE / 4, &wait_ms, &asked));
    assert_int_equal(wait_ms, BASE);
    assert_false(asked);
    response_release(response);
}

static void progress_forgets_the_retries(void **state)
{
    static const struct {
        uint64_t most, durable;
        bool progress;
    } rows[] = {
        { 0, 0, false },
        { 0, RETRY_PROGRESS - 1, false },
        { 0, RETRY_PROGRESS, true },
        { 100, RETRY_PROGRESS, false },
        { 100, RETRY_PROGRESS + 99, false },
        { 100, RETRY_PROGRESS + 100, true },
        { 10 * RETRY_PROGRESS, 0, false }, /* over again from zero: nothing new yet */
        { 10 * RETRY_PROGRESS, 10 * RETRY_PROGRESS, false },
        { 10 * RETRY_PROGRESS, 11 * RETRY_PROGRESS, true },
        { UINT64_MAX - 5, UINT64_MAX, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct retry_state retries = { .retries = 2, .most_bytes = rows[i].most };

        retry_note_progress(&retries, rows[i].durable);
        assert_int_equal(retries.retries, rows[i].progress ? 0 : 2);
        assert_true(retries.most_bytes == (rows[i].progress ? rows[i].durable : rows[i].most));
    }
}

static void twenty_restarts_are_too_many(void **state)
{
    struct retry_state retries = { .retries = 2, .most_bytes = 5 };

    (void)state;
    for (unsigned i = 1; i < RESTART_LIMIT; i++)
        assert_true(retry_count_restart(&retries));
    assert_false(retry_count_restart(&retries));
    assert_false(retry_count_restart(&retries));
    assert_int_equal(retries.restarts, RESTART_LIMIT);
    assert_int_equal(retries.retries, 2);
    assert_int_equal(retries.most_bytes, 5);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(passing_failures_are_retried),
    cmocka_unit_test(passing_statuses_are_retried),
    cmocka_unit_test(what_is_not_idempotent_is_not_sent_twice),
    cmocka_unit_test(three_times_with_growing_waits),
    cmocka_unit_test(waits_are_jittered_by_a_quarter),
    cmocka_unit_test(retry_after_is_obeyed_where_it_is_longer),
    cmocka_unit_test(retry_after_belongs_to_a_status),
    cmocka_unit_test(progress_forgets_the_retries),
    cmocka_unit_test(twenty_restarts_are_too_many),
};

TEST_MAIN_UNIT(tests)
