/* SPDX-License-Identifier: MIT */
/*
 * Going on where a body stopped, and never mixing two: what to ask (Range, If-Range), and what an
 * answer to that is worth. Pure. RFC 9110, sections 8.8, 13.1.5 and 14. docs/resume.md
 */
#ifndef WINRT_ENGINE_RESUME_H
#define WINRT_ENGINE_RESUME_H

#include "response.h"

/* What is known of the body that is partly there. Texts as they came, NULL if they did not. */
struct body_version {
    char *etag, *last_modified, *date;
    uint64_t total;     /* bytes; 0: unknown */
    bool ranges_served; /* the server has announced or served ranges */
};

/* From a 200 or 206; what `ret` had is freed. Nothing proves the version of a body that is encoded.
 * PORT_NO_MEMORY: nothing changed */
enum port_status body_version_take(struct body_version *ret, const struct response *response);

/* A 206 goes on with that version: the total, if it was not known. What a 206 may leave out
 * (RFC 9110, 15.3.7) stays. */
void body_version_continue(struct body_version *version, const struct response *response);
void body_version_destroy(struct body_version *version);

/*
 * The value for If-Range, NULL if there is none that proves anything: a strong entity tag as it was
 * sent, else the date if it is a strong validator (RFC 9110, 8.8.2.2: at least a second before
 * Date).
 */
const char *resume_if_range(const struct body_version *version);

/* Which bytes are asked for; `length` 0: to the end. */
struct range_request {
    uint64_t offset, length;
    bool random_access; /* the size and Last-Modified are identity enough (the documented servers of
                           random access have no tag); no If-Range is sent */
    bool other_url;     /* of another URL than the bytes at hand: dates go before tags, which are
                           each server's own (DownloadOperation.RequestedUri) */
};

enum range_verdict {
    RANGE_CONTINUE, /* these are the bytes asked for, of the same body: *ret_length of them, or
                       until the end of the body */
    RANGE_WHOLE,    /* the whole body from zero: start over with this answer, or begin with it */
    RANGE_DONE,     /* 416, and the total is what is there already, of the same body */
    RANGE_AGAIN,    /* of no use: ask again, for all of it from zero */
    RANGE_REFUSED,  /* an answer that no server may give; *ret_error */
};

/*
 * Judges a final answer with status 200, 206 or 416 to a request with that range (offset 0 and
 * length 0: one without). `version` is what is known (all NULL and 0: nothing yet). A 206's
 * Content-Range has to start where asked and to have the total and end that are known, its ETag (or
 * Last-Modified, where there is none) to be the stored one, with no Content-Encoding; a multipart
 * one is refused.
 */
enum range_verdict resume_judge(const struct body_version *version,
                                const struct range_request *request,
                                const struct response *response, uint64_t *ret_length,
                                enum transfer_error_code *ret_error);

/* "bytes 5-9/100". False for anything else; *ret_total is 0 for "*". */
bool content_range_parse(const char *text, uint64_t *ret_first, uint64_t *ret_last,
                         uint64_t *ret_total);
/* What a 416 has: a star instead of first and last. */
bool content_range_parse_unsatisfied(const char *text, uint64_t *ret_total);

#endif
