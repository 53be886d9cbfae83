/* SPDX-License-Identifier: MIT */
/*
 * Whether to try again, and when. Pure. Up to three retries without progress; progress is a durable
 * byte count at least 64 KiB above the highest that the transfer ever had. docs/retries.md
 */
#ifndef WINRT_ENGINE_RETRY_H
#define WINRT_ENGINE_RETRY_H

#include "response.h"

#define RETRY_LIMIT         3
#define RETRY_PROGRESS      (64 * 1024)
#define RESTART_LIMIT       20
#define RETRY_AFTER_MOST_MS 60000

struct retry_state {
    uint32_t retries;    /* without progress, so far */
    uint64_t most_bytes; /* the highest durable count that was progress */
    uint32_t restarts;   /* of the body from zero */
};

/* Notes a durable byte count; enough of it forgets the retries. */
void retry_note_progress(struct retry_state *state, uint64_t durable_bytes);

struct retry_question {
    const struct transfer_error *error;
    const char *method;
    bool request_sent;               /* a byte of the request may have left */
    const struct response *response; /* the answer, or NULL */
    uint64_t now_ms;
    int64_t universal_now; /* for a Retry-After that is a date */
    uint64_t base_ms;      /* WINRT_RETRY_BASE_MS */
    uint32_t random;       /* the jitter's */
};

/*
 * True: try again at *ret_time_ms; *ret_server_asked tells that Retry-After has set the time. The
 * state has counted it. False: the error stands. Tried again are connection failures, time-outs,
 * early ends, and 408, 429, 500, 502, 503, 504, of GET, HEAD, PUT and the like; POST and other
 * methods that are not idempotent only if nothing of the request has left. Waits are base, twice
 * and four times that, each plus or minus a quarter; Retry-After up to 60 s is obeyed where it is
 * longer.
 */
bool retry_decide(struct retry_state *state, const struct retry_question *question,
                  uint64_t *ret_time_ms, bool *ret_server_asked);

/* Counts a restart of the body from zero. False: there were too many. */
bool retry_count_restart(struct retry_state *state);

/* RFC 9110, 9.2.2 */
bool method_is_idempotent(const char *method);

#endif
