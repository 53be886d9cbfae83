/* SPDX-License-Identifier: MIT */
/* When to try again. */
#include <stddef.h>
#include <string.h>

#include "header_list.h"
#include "retry.h"
#include "src/port/clock.h"
#include "validators.h"

#define SECOND_MS  1000
#define UNITS_A_MS 10000 /* of universal time: 100 ns */
#define SECONDS_COUNTED                                                      \
    100000 /* more than anybody waits for; beyond it digits are not added up \
            */

/* What may be different a moment later. Not what a server or a proxy has decided, and not what is
 * wrong with its certificate or its HTTP. */
static const enum transfer_error_code passing_errors[] = {
    TRANSFER_ERROR_NAME_NOT_RESOLVED, /* resolvers do not tell "never" from "not now" */
    TRANSFER_ERROR_CANNOT_CONNECT,    TRANSFER_ERROR_TIMEOUT,
    TRANSFER_ERROR_CONNECTION_RESET,  TRANSFER_ERROR_CONNECTION_ABORTED,
};

/* RFC 9110 and RFC 6585: each says that the same request may succeed later. 500 does not, but is
 * what overloaded servers say. */
static const int passing_statuses[] = { 408, 429, 500, 502, 503, 504 };

bool method_is_idempotent(const char *method)
{
    static const char *const methods[] = { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" };

    for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++) {
        if (!strcmp(method, methods[i]))
            return true;
    }
    return false;
}

static bool is_passing(const struct transfer_error *error)
{
    for (size_t i = 0; i < sizeof(passing_errors) / sizeof(*passing_errors); i++) {
        if (error->code == passing_errors[i])
            return true;
    }
    if (error->code != TRANSFER_ERROR_HTTP_STATUS)
        return false;
    for (size_t i = 0; i < sizeof(passing_statuses) / sizeof(*passing_statuses); i++) {
        if (error->http_status == passing_statuses[i])
            return true;
    }
    return false;
}

void retry_note_progress(struct retry_state *state, uint64_t durable_bytes)
{
    if (durable_bytes < state->most_bytes || durable_bytes - state->most_bytes < RETRY_PROGRESS)
        return;
    state->most_bytes = durable_bytes;
    state->retries = 0;
}

bool retry_count_restart(struct retry_state *state)
{
    if (state->restarts < RESTART_LIMIT)
        state->restarts++;
    return state->restarts < RESTART_LIMIT;
}

/* A number of seconds; false for anything else. */
static bool parse_seconds(const char *text, uint64_t *ret)
{
    uint64_t seconds = 0;

    for (; *text >= '0' && *text <= '9'; text++) {
        if (seconds < SECONDS_COUNTED)
            seconds = seconds * 10 + (uint64_t)(*text - '0');
    }
    *ret = seconds;
    return !*text;
}

static uint64_t until_date(int64_t seconds, int64_t universal_now)
{
    int64_t then = clock_universal_time_from_unix(seconds, 0);

    return then > universal_now ? (uint64_t)(then - universal_now) / UNITS_A_MS : 0;
}

/* RFC 9110, 10.2.3: seconds or a date. 0 if the answer asks for nothing. */
static uint64_t asked_wait_ms(const struct retry_question *question)
{
    const char *text = NULL;
    uint64_t wait_ms = 0, number;
    int64_t date;

    if (question->response && question->error->code == TRANSFER_ERROR_HTTP_STATUS)
        text = header_list_find(response_get_headers(question->response), "Retry-After");
    if (!text || !*text)
        return 0;
    if (parse_seconds(text, &number))
        wait_ms = number * SECOND_MS;
    else if (http_date_parse(text, &date))
        wait_ms = until_date(date, question->universal_now);
    return wait_ms < RETRY_AFTER_MOST_MS ? wait_ms : RETRY_AFTER_MOST_MS;
}

/* Plus or minus a quarter, so that many that failed together do not come back together. */
static uint64_t jittered(uint64_t wait_ms, uint32_t random)
{
    return wait_ms - wait_ms / 4 + random % (wait_ms / 2 + 1);
}

bool retry_decide(struct retry_state *state, const struct retry_question *question,
                  uint64_t *ret_time_ms, bool *ret_server_asked)
{
    uint64_t wait_ms, asked_ms;

    *ret_time_ms = 0;
    *ret_server_asked = false;
    if (!is_passing(question->error) || state->retries >= RETRY_LIMIT)
        return false;
    if (question->request_sent && !method_is_idempotent(question->method))
        return false;

    wait_ms = jittered(question->base_ms << state->retries, question->random);
    asked_ms = asked_wait_ms(question);
    if (asked_ms > wait_ms) {
        wait_ms = asked_ms;
        *ret_server_asked = true;
    }
    state->retries++;
    *ret_time_ms = question->now_ms + wait_ms;
    return true;
}
