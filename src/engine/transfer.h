/* SPDX-License-Identifier: MIT */
/*
 * A transfer: one request, its body on the way to a file, and its outcome. The engine's public face
 * together with engine.h. No COM, no WCHAR, no HRESULT: text is UTF-8, failures are struct
 * transfer_error.
 *
 * Every function may be called from any thread; none waits for the network or for a disk sync.
 * docs/engine.md
 */
#ifndef WINRT_ENGINE_TRANSFER_H
#define WINRT_ENGINE_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/port/status.h"
#include "transfer_error.h"

struct transfer;
struct header_list; /* header_list.h */

enum transfer_status {
    TRANSFER_IDLE, /* created, or started and waiting for a slot */
    TRANSFER_RUNNING,
    TRANSFER_COMPLETED,
    TRANSFER_CANCELED,
    TRANSFER_FAILED,
    TRANSFER_STATUS_MAX
};

enum transfer_priority {
    TRANSFER_PRIORITY_DEFAULT,
    TRANSFER_PRIORITY_HIGH,
    TRANSFER_PRIORITY_LOW
};

struct credential {
    const char *user, *password; /* both NULL: none */
};

/* What transfer_create copies. Pointers that are not said to be optional are not NULL. */
struct transfer_request {
    /* Absolute; http or https. User info in it serves as Basic credentials for its origin. */
    const char *url;
    const char *method; /* a token; "GET", … as it goes on the wire */
    /* Optional; already validated by header_list_set. */
    const struct header_list *headers;
    /* Optional path of the file that gets the body; NULL: a private file. */
    const char *destination;
    const char *body;     /* optional path of the file that is the request's body */
    bool body_is_private; /* the transfer owns that file and removes it in the end */
    struct credential server, proxy;
    enum transfer_priority priority;
};

/* A view of the numbers at one moment. */
struct transfer_progress {
    enum transfer_status status;
    uint64_t bytes_received;  /* of the body, in the file and readable */
    uint64_t total_bytes;     /* 0 if unknown */
    uint32_t response_number; /* 0: no final response head yet; goes up with each one */
    bool started;             /* transfer_start has been called */
};

/* The head of the latest final response. Immutable and counted: response_release when done. */
struct response;

enum transfer_event {
    TRANSFER_EVENT_STATUS,   /* `status` changed; the final one comes as FINISHED */
    TRANSFER_EVENT_RESPONSE, /* there is a new response head */
    TRANSFER_EVENT_PROGRESS, /* bytes_received changed; at most every 100 ms, and once more before
                                FINISHED */
    TRANSFER_EVENT_RECEIVED, /* bytes can be read that could not before: each write to the file,
                                unthrottled */
    TRANSFER_EVENT_FINISHED, /* terminal, the last event */
};

/*
 * Called on the engine's thread, in order, with no lock held; must return soon and not block. After
 * FINISHED it is never called again. `context` must live until FINISHED or, for a transfer that was
 * never started, for ever after transfer_set_observer(NULL).
 */
typedef void (*transfer_observer)(void *context, enum transfer_event event);

/* PORT_NO_MEMORY; PORT_INVALID for a URL that is not absolute http(s) with a host, or a method that
 * is no token. */
enum port_status transfer_create(const struct transfer_request *request, struct transfer **ret);
void transfer_addref(struct transfer *transfer);

/* The last release of a transfer that was never started forgets it; a started one lives until it
 * has finished. */
void transfer_release(struct transfer *transfer);

/* The observer is set before transfer_start, once. */
void transfer_set_observer(struct transfer *transfer, transfer_observer observer, void *context);

/*
 * Hands it to the engine, starting that if need be. PORT_EXISTS if it was started before,
 * PORT_NO_HANDLES or PORT_NO_MEMORY if the engine cannot run, PORT_NOT_SUPPORTED in a process that
 * ends or a forked child.
 */
enum port_status transfer_start(struct transfer *transfer);

/* Asks for the end; FINISHED follows with TRANSFER_CANCELED unless another outcome was faster. No
   effect before the start and after the end. */
void transfer_cancel(struct transfer *transfer);

void transfer_set_priority(struct transfer *transfer, enum transfer_priority priority);
enum transfer_priority transfer_get_priority(struct transfer *transfer);

void transfer_get_progress(struct transfer *transfer, struct transfer_progress *ret);

/* A copy; code is TRANSFER_ERROR_NONE unless the status is TRANSFER_FAILED. */
void transfer_get_error(struct transfer *transfer, struct transfer_error *ret);

/* NULL as long as there is none; else with a reference. */
struct response *transfer_get_response(struct transfer *transfer);

/*
 * Reads what has been received from `position`: at most `size` bytes, as many as are there now
 * (*ret_count). At the end of what is there, *ret_count is 0 and *ret_more tells whether more may
 * come (the transfer has not ended), in which case a TRANSFER_EVENT_RECEIVED or FINISHED follows.
 * Of a transfer that failed by HTTP status these are the first bytes (at most 1 MiB) of the error's
 * body; otherwise the result file's, or the private one's. File errors as they come. Reads from a
 * file: not on the engine's thread.
 */
enum port_status transfer_read(struct transfer *transfer, uint64_t position, void *buffer,
                               size_t size, size_t *ret_count, bool *ret_more);

/* response.h */
int response_get_status(const struct response *response);
const char *response_get_url(
    const struct response *response); /* without user info; where the answer came from */
const struct header_list *response_get_headers(
    const struct response *response); /* names as on the wire, repeated ones joined */
bool response_is_resumable(const struct response *response);
void response_addref(struct response *response);
void response_release(struct response *response);

#endif
