/* SPDX-License-Identifier: MIT */
/*
 * The record of a transfer. About 1 KiB with its strings; everything that only a running one needs
 * is in its exchange. Each part says who may touch it. Lock order: none, the two locks are never
 * held together.
 */
#ifndef WINRT_ENGINE_TRANSFER_INTERNAL_H
#define WINRT_ENGINE_TRANSFER_INTERNAL_H

#include <stdatomic.h>

#include "header_list.h"
#include "origin.h"
#include "response.h"
#include "result_file.h"
#include "scheduler.h"
#include "src/port/threads.h"
#include "transfer.h"
#include "transfer_state.h"

struct exchange;

/* What a caller's thread asks of the engine's: bits that add up until the engine looks. */
enum transfer_command {
    COMMAND_START = 1 << 0,
    COMMAND_CANCEL = 1 << 1,
    COMMAND_PRIORITY = 1 << 2,
};

struct secret_pair {
    char *user, *password; /* both NULL: none */
};

struct transfer {
    atomic_uint references;

    /* Fixed when transfer_create has returned (the observer: transfer_start). */
    struct url url;
    char *method;
    struct header_list *headers;
    char *body_path;
    bool body_is_private; /* and has not been removed */
    struct secret_pair server, proxy;
    transfer_observer observer;
    void *context;

    struct result_file file; /* with rules of its own */

    struct mutex mutex; /* over these */
    struct transfer_progress progress;
    enum transfer_priority priority;
    struct transfer_error error;
    struct response *response;
    char *error_body;
    size_t error_body_size, error_body_capacity;

    /* Under the engine's mutex. */
    unsigned commands;
    struct transfer *next_command;

    /* Engine's thread only. */
    enum transfer_state state;
    struct scheduler_item item;
    struct exchange *exchange; /* while it holds a slot */
    uint64_t reported;         /* bytes at the latest TRANSFER_EVENT_PROGRESS */
};

/* Engine's thread: what others shall see. None of them raises an event. */
void transfer_publish_status(struct transfer *transfer, enum transfer_status status);
void transfer_publish_response(struct transfer *transfer, struct response *response);
void transfer_publish_bytes(struct transfer *transfer, uint64_t received);
void transfer_publish_total(struct transfer *transfer, uint64_t total);
void transfer_publish_error(struct transfer *transfer, const struct transfer_error *error);

/* Keeps what fits into LIMIT_ERROR_BODY; *ret_full tells that no more does. PORT_NO_MEMORY */
enum port_status transfer_keep_error_body(struct transfer *transfer, const void *data, size_t size,
                                          bool *ret_full);

/* Removes the request's body if it is the transfer's own. Engine's thread, or with the last
 * reference. */
void transfer_remove_body(struct transfer *transfer);

/* Raises an event. No lock may be held. */
void transfer_notify(struct transfer *transfer, enum transfer_event event);

#endif
