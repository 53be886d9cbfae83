/* SPDX-License-Identifier: MIT */
/*
 * What a running transfer has and a waiting one does not: an easy handle, a write buffer, the hop
 * it is at, and the head that is being read. As many as slots were ever in use; they are used
 * again, since a new easy handle costs 15 % of a small download. Engine's thread only.
 */
#ifndef WINRT_ENGINE_EXCHANGE_H
#define WINRT_ENGINE_EXCHANGE_H

#include "body_writer.h"
#include "ftp_talk.h"
#include "range_plan.h"
#include "rate.h"
#include "redirect.h"
#include "response_parser.h"
#include "runtime.h"
#include "throttle.h"
#include "transfer_internal.h"

#define NO_STOP UINT64_MAX

struct exchange {
    struct exchange *next, *previous; /* among engine->running; `next` among engine->idle */
    struct engine *engine;
    struct transfer *transfer;
    CURL *easy;
    bool added;   /* to the multi handle */
    bool alone;   /* nobody else may use its connection */
    bool http1;   /* nor somebody who wants HTTP/2 */
    bool drains;  /* what libcurl hands over is for nobody */
    bool follows; /* waits until another one has found the way: vanguard.c */
    uint64_t follows_until_ms;
    struct curl_slist *headers;

    /* branch.c's: of a branch its trunk; of a trunk its branches. */
    struct exchange *trunk, *branches, *next_branch;
    struct range_plan plan;
    uint64_t stop_at; /* where what others bring begins, or NO_STOP */
    bool met;         /* it has come that far */
    bool rests;       /* all that is missing is on its way to branches */
    bool came;        /* a branch has brought something */

    struct url url; /* the transfer's, which the first hop goes to */
    struct hop hop;
    struct response_parser parser;
    bool head_final; /* the parser's head was taken for the answer */
    size_t dropped;  /* bytes of a redirect's body */

    struct range_request range; /* what is asked for */
    char range_text[48];        /* as libcurl wants it */
    bool ask_whole;             /* the parts at hand are of no use to this server */
    bool again;                 /* the answer is of no use: ask for the whole */
    enum range_verdict verdict; /* on the answer that is taken */
    uint64_t length;            /* of its body, 0 if it does not tell */

    struct response *answer; /* the one that is being taken */

    struct ftp_talk ftp;
    bool ftp_all_there; /* what was asked for has come */
    uint64_t ftp_turn_ms, ftp_since_ms;

    struct open_file *file; /* the result, open while bytes come */
    struct body_writer writer;
    uint64_t begun_at;                 /* where this answer's body begins in the file */
    uint64_t saved_at_ms, saved_bytes; /* the latest checkpoint: its time; bytes since then */
    struct rate rate;
    struct throttled throttled;
    unsigned most_connections; /* to one server */

    file_handle body; /* the request's */
    uint64_t body_size, body_position;

    bool named;             /* the server's address is known */
    bool sent;              /* a connection is there and the request on its way */
    uint64_t asked_ms;      /* when it was given to libcurl, or made to wait */
    uint64_t active_ms;     /* when a byte moved last */
    uint64_t report_due_ms; /* the earliest next TRANSFER_EVENT_PROGRESS */

    struct transfer_error failure; /* why this exchange cannot succeed; the first reason stays */
    char detail[CURL_ERROR_SIZE];
};

/* The transfer's own exchange, which has the reports and the checkpoints of all. */
static inline struct exchange *exchange_trunk(struct exchange *exchange)
{
    return exchange->trunk ? exchange->trunk : exchange;
}

/* An idle one or a new one, put among the running. PORT_NO_MEMORY */
enum port_status exchange_take(struct engine *engine, struct transfer *transfer,
                               struct exchange **ret);

/* The writer has nothing left to write there. */
void exchange_close_file(struct exchange *exchange);

/* Ends what goes on and makes it idle. */
void exchange_put_back(struct exchange *exchange);

/* Frees the idle ones. */
void exchange_free_idle(struct engine *engine);

/* Sends the request of the current hop. False with `failure` filled in. */
bool exchange_send(struct exchange *exchange);

/* Lets go of the connection's side; what the hop, the file and the failure say stays. */
void exchange_abort(struct exchange *exchange);

/* Remember why; no effect if there is a reason already. */
void exchange_fail(struct exchange *exchange, enum transfer_error_code code);
void exchange_fail_libcurl(struct exchange *exchange, CURLcode code, const char *detail);
void exchange_fail_file(struct exchange *exchange, enum port_status status, const char *path);

/* Makes the loop look at the exchanges no later than then. */
void exchange_check_by(struct exchange *exchange, uint64_t time_ms);

#endif
