/* SPDX-License-Identifier: MIT */
/*
 * What a running transfer has and a waiting one does not: an easy handle, a write buffer, the hop
 * it is at, and the head that is being read. As many as slots were ever in use; they are used
 * again, since a new easy handle costs 15 % of a small download. Engine's thread only.
 */
#ifndef WINRT_ENGINE_EXCHANGE_H
#define WINRT_ENGINE_EXCHANGE_H

#include "body_writer.h"
#include "redirect.h"
#include "response_parser.h"
#include "runtime.h"
#include "transfer_internal.h"

struct exchange {
    struct exchange *next, *previous; /* among engine->running; `next` among engine->idle */
    struct engine *engine;
    struct transfer *transfer;
    CURL *easy;
    bool added; /* to the multi handle */
    struct curl_slist *headers;

    struct hop hop;
    struct response_parser parser;
    bool head_final; /* the parser's head was taken for the answer */
    size_t dropped;  /* bytes of a redirect's body */
    struct body_writer writer;

    file_handle body; /* the request's */
    uint64_t body_size, body_position;

    bool sent;              /* a connection is there and the request on its way */
    uint64_t active_ms;     /* when a byte moved last */
    uint64_t report_due_ms; /* the earliest next TRANSFER_EVENT_PROGRESS */

    struct transfer_error failure; /* why this exchange cannot succeed; the first reason stays */
    char detail[CURL_ERROR_SIZE];
};

/* An idle one or a new one, put among the running. PORT_NO_MEMORY */
enum port_status exchange_take(struct engine *engine, struct transfer *transfer,
                               struct exchange **ret);

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
