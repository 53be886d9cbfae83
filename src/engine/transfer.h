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

#include "src/port/files.h"
#include "src/port/status.h"
#include "transfer_error.h"

struct transfer;
struct transfer_group; /* transfer_group.h */
struct header_list;    /* header_list.h */

enum transfer_status {
    TRANSFER_IDLE, /* created, restored, or started and waiting for a slot or a time */
    TRANSFER_RUNNING,
    TRANSFER_PAUSED_BY_APPLICATION,
    TRANSFER_PAUSED_COSTED_NETWORK,
    TRANSFER_PAUSED_NO_NETWORK,
    TRANSFER_PAUSED_RECOVERABLE, /* an error of the list: waits for transfer_resume */
    TRANSFER_PAUSED_NO_ROOM,     /* the disk is full: goes on when there is room */
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

enum transfer_cost_policy {
    TRANSFER_COST_DEFAULT,           /* not while roaming */
    TRANSFER_COST_UNRESTRICTED_ONLY, /* not on metered networks */
    TRANSFER_COST_ALWAYS
};

struct credential {
    const char *user, *password; /* both NULL: none */
};

struct transfer_id {
    uint8_t bytes[16]; /* the operation's GUID as in memory */
};

/* What transfer_create copies. Pointers that are not said to be optional are not NULL. */
struct transfer_request {
    struct transfer_id id;
    /* Absolute; http, https or ftp. User info in it serves as credentials for its origin. */
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
    enum transfer_cost_policy cost_policy;
    const char *group;                     /* the legacy group string; NULL or "": none */
    struct transfer_group *transfer_group; /* optional; referenced */
};

/* A view of the numbers at one moment. */
struct transfer_progress {
    enum transfer_status status;
    uint64_t bytes_received;  /* of the body, in the file and readable; of a random access transfer
                                 all ranges together */
    uint64_t total_bytes;     /* 0 if unknown */
    uint32_t response_number; /* 0: no final response head yet; goes up with each one */
    uint32_t restart_number;  /* how often the body had to begin at zero again */
    bool started;             /* transfer_start has been called, now or in an earlier process */
    bool attached;            /* in this process: started here, or transfer_attach was called */
};

/* The head of the latest final response. Immutable and counted: response_release when done. */
struct response;

enum transfer_event {
    TRANSFER_EVENT_STATUS,   /* `status` changed; the final one comes as FINISHED */
    TRANSFER_EVENT_RESPONSE, /* there is a new response head */
    TRANSFER_EVENT_PROGRESS, /* bytes_received changed; at most every 100 ms, and once more before
                                FINISHED */
    TRANSFER_EVENT_RESTART,  /* the body begins at zero again: what was read before is void */
    TRANSFER_EVENT_RECEIVED, /* bytes can be read that could not before: each write to the file,
                                unthrottled */
    TRANSFER_EVENT_FINISHED, /* terminal, the last event. Like the status, it comes when no open
                                file of ours is in the application's way: docs/threading.md */
};

/*
 * Called on the engine's thread, with no lock held; must return soon and not block. What happens
 * within one turn of the engine's loop is told at its end, each event once. After FINISHED it is
 * never called again. `context` must live until FINISHED or until
 * transfer_set_observer(NULL) has returned.
 */
typedef void (*transfer_observer)(void *context, enum transfer_event event);

/* PORT_NO_MEMORY; PORT_INVALID for a URL that is not absolute http(s) or ftp with a host, or a
 * method that is no token. */
enum port_status transfer_create(const struct transfer_request *request, struct transfer **ret);
void transfer_addref(struct transfer *transfer);

/* The last release of a transfer that was never started forgets it; a started one lives until it
 * has finished, in this process or a later one, and was collected. */
void transfer_release(struct transfer *transfer);

/*
 * One at a time; replaces the one before, NULL for none. When this returns the one before is not
 * being called and will not be (but it may be this very call that sets it, from within itself).
 */
void transfer_set_observer(struct transfer *transfer, transfer_observer observer, void *context);

/*
 * Hands it to the engine, starting that if need be; its record is in the store when this returns.
 * PORT_WRONG_STATE if it was started before, PORT_NO_HANDLES or PORT_NO_MEMORY if the engine cannot
 * run, PORT_NOT_SUPPORTED in a process that ends or a forked child; as store_put if the record
 * could not be written, and it is not started then.
 */
enum port_status transfer_start(struct transfer *transfer);

/*
 * Goes on with a transfer of an earlier process, unless the app had paused it then; on one that was
 * started or attached in this process no effect. PORT_WRONG_STATE if it was never started.
 */
enum port_status transfer_attach(struct transfer *transfer);

/* Asks for the end; FINISHED follows with TRANSFER_CANCELED unless another outcome was faster. No
   effect before the start and after the end. */
void transfer_cancel(struct transfer *transfer);

/*
 * PORT_WRONG_STATE: not started, ended, paused by the application already, or a POST. Takes effect
 * soon: the status says when.
 */
enum port_status transfer_pause(struct transfer *transfer);

/* PORT_WRONG_STATE unless paused by the application (or about to be), parked by a recoverable
 * error, or paused for want of room, which is then looked for at once. */
enum port_status transfer_resume(struct transfer *transfer);

/*
 * The outcome has reached the application: the transfer is no longer listed, and its record goes
 * once the file is on the disk. No effect before the end.
 */
void transfer_collect(struct transfer *transfer);

/* --- What may change. Each change of a started transfer is in the store when the call returns. ---
 */

void transfer_set_priority(struct transfer *transfer, enum transfer_priority priority);
enum transfer_priority transfer_get_priority(struct transfer *transfer);

void transfer_set_cost_policy(struct transfer *transfer, enum transfer_cost_policy policy);
enum transfer_cost_policy transfer_get_cost_policy(struct transfer *transfer);

/* PORT_WRONG_STATE unless paused by the application, parked, or not started; PORT_INVALID as
 * transfer_create. The next request goes there. */
enum port_status transfer_set_url(struct transfer *transfer, const char *url);

/* For the next request that is sent. As header_list_set; PORT_WRONG_STATE after the end. Removing
 * what is not there is fine. */
enum port_status transfer_set_header(struct transfer *transfer, const char *name,
                                     const char *value);
enum port_status transfer_remove_header(struct transfer *transfer, const char *name);

/* PORT_WRONG_STATE once started. */
enum port_status transfer_set_random_access(struct transfer *transfer, bool required);
bool transfer_get_random_access(struct transfer *transfer);

/* WebErrorStatus numbers; copied. `matches` tells whether an error is one of them; pure. */
typedef bool (*transfer_error_matcher)(int32_t web_error_status,
                                       const struct transfer_error *error);
enum port_status transfer_set_recoverable(struct transfer *transfer, const int32_t *statuses,
                                          size_t count, transfer_error_matcher matches);
/* A copy that the caller frees with memory_free; NULL if there are none. */
enum port_status transfer_get_recoverable(struct transfer *transfer, int32_t **ret,
                                          size_t *ret_count);

/* Bytes of its body a second, at most; 0: no limit. Counts at once. As store_put, and it is what it
 * was then. */
enum port_status transfer_set_speed_limit(struct transfer *transfer, uint64_t bytes_per_second);
uint64_t transfer_get_speed_limit(struct transfer *transfer);

/* Connections to one server, at most; 0: what the process has. Counts at once. PORT_INVALID for
 * more than LIMIT_CONNECTIONS_MOST; else as store_put, and it is what it was then. */
enum port_status transfer_set_connection_limit(struct transfer *transfer, unsigned connections);
unsigned transfer_get_connection_limit(struct transfer *transfer);

/* A text of the app's own, "" if none. The caller frees *ret. */
enum port_status transfer_set_tag(struct transfer *transfer, const char *tag);
enum port_status transfer_get_tag(struct transfer *transfer, char **ret);

/* It, and those queued behind it in its group, become the group's next. PORT_OK without effect for
 * one that has no group or does not wait. */
enum port_status transfer_make_current(struct transfer *transfer);

/* --- What it is. --- */

void transfer_get_id(struct transfer *transfer, struct transfer_id *ret);
/* New strings that the caller frees (NULL if there is none, or out of memory: PORT_NO_MEMORY). */
enum port_status transfer_get_url(struct transfer *transfer, char **ret); /* with user info */
enum port_status transfer_get_method(struct transfer *transfer, char **ret);
enum port_status transfer_get_destination(struct transfer *transfer, char **ret);
enum port_status transfer_get_group(struct transfer *transfer, char **ret);
/* With a reference; NULL if none. */
struct transfer_group *transfer_get_transfer_group(struct transfer *transfer);

void transfer_get_progress(struct transfer *transfer, struct transfer_progress *ret);

/* A copy; code is TRANSFER_ERROR_NONE unless the status is TRANSFER_FAILED or
 * TRANSFER_PAUSED_RECOVERABLE. */
void transfer_get_error(struct transfer *transfer, struct transfer_error *ret);

/* NULL as long as there is none; else with a reference. */
struct response *transfer_get_response(struct transfer *transfer);

enum transfer_wait {
    TRANSFER_WAIT_NONE,   /* it runs, has ended, or was not started */
    TRANSFER_WAIT_QUEUE,  /* for a slot, or its turn in a serialized group; behind `ahead` others */
    TRANSFER_WAIT_RETRY,  /* at `retry_time`, after `error` */
    TRANSFER_WAIT_SERVER, /* likewise: the server has asked for that time (Retry-After) */
    TRANSFER_WAIT_NETWORK,     /* there is none */
    TRANSFER_WAIT_COST,        /* the cost policy forbids this one */
    TRANSFER_WAIT_APPLICATION, /* paused, parked, or restored and not attached */
    TRANSFER_WAIT_ROOM,        /* on the disk; tried again at `retry_time` */
};

/* What users of the original miss. */
struct transfer_details {
    uint64_t bytes_per_second; /* lately; 0 unless it runs */
    int64_t seconds_left;      /* -1: unknown */
    enum transfer_wait wait;
    uint32_t ahead;
    int64_t retry_time;          /* universal time; 0: none */
    uint32_t attempts;           /* requests sent so far, in earlier processes too */
    struct transfer_error error; /* the latest, also one that was overcome since */
};
void transfer_get_details(struct transfer *transfer, struct transfer_details *ret);

/* --- Its bytes. --- */

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

/*
 * Of a random access transfer: somebody waits for these bytes, so they are fetched first, the
 * newest demand before older ones. Withdrawn by the same numbers, or by being fulfilled. No effect
 * on others.
 */
void transfer_demand(struct transfer *transfer, uint64_t position, uint64_t size);
void transfer_withdraw(struct transfer *transfer, uint64_t position, uint64_t size);

struct byte_range {
    uint64_t offset, length;
};
/* What has been received, in order and merged; a new array that the caller frees. */
enum port_status transfer_get_ranges(struct transfer *transfer, struct byte_range **ret,
                                     size_t *ret_count);

/* --- All of the app's. --- */

/*
 * Before anything else, once: the app's explicit identity (app_identity.h), NULL or "" if it has
 * none. Later calls have no effect.
 */
enum port_status transfers_open(const char *explicit_id);

/* The app's folder, in which the store is; NULL if nothing has been opened. Lives for ever. */
const char *transfers_folder(void);

/* A new, empty file of the app's own, for a request's body that the transfer shall own
 * (body_is_private); open for reading and writing. The caller frees the path. As
 * store_private_file. */
enum port_status transfers_make_private_file(char **ret_path, file_handle *ret_file);

/* Takes over what dead instances have left (store_adopt), as transfers that are started and not
 * attached. Works through files: not on the engine's thread. */
enum port_status transfers_adopt(void);

enum transfer_filter {
    TRANSFER_FILTER_NO_GROUP,       /* neither a legacy group nor a transfer group */
    TRANSFER_FILTER_GROUP,          /* this legacy group */
    TRANSFER_FILTER_TRANSFER_GROUP, /* this one */
};

/*
 * Started ones that have not been collected, in the order of their creation, each with a reference;
 * the caller frees the array. Counts as asking for them (WINRT_STALE_DAYS).
 */
enum port_status transfers_list(enum transfer_filter filter, const char *name,
                                struct transfer ***ret, size_t *ret_count);

/* Of all transfers of this process together, bytes of bodies a second; 0: no limit. It is not
 * stored, and begins with what WINRT_MAX_BYTES_PER_SECOND says. PORT_NO_MEMORY; PORT_NOT_SUPPORTED
 * in a forked child. */
enum port_status transfers_get_speed_limit(uint64_t *ret);
enum port_status transfers_set_speed_limit(uint64_t bytes_per_second);

/* Of each transfer of this process that has no number of its own, connections to one server. It is
 * not stored, and begins with what WINRT_MAX_CONNECTIONS says, or LIMIT_CONNECTIONS; 0 brings that
 * back. PORT_INVALID for more than LIMIT_CONNECTIONS_MOST; PORT_NO_MEMORY; PORT_NOT_SUPPORTED in a
 * forked child. */
enum port_status transfers_get_connection_limit(unsigned *ret);
enum port_status transfers_set_connection_limit(unsigned connections);

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
