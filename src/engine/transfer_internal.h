/* SPDX-License-Identifier: MIT */
/*
 * The record of a transfer. Below 1 KiB with its strings; everything that only a running one needs
 * is in its exchange, and what only one with bytes needs in its body. Each part says who may touch
 * it. Lock order: the transfer's mutex, then the store's; the engine's and a transfer's are never
 * held together. The functions are in several files:
 *
 * - transfer.c: making it, and what it is
 * - transfer_control.c: start, attach, pause, resume, cancel, collect
 * - transfer_change.c: what may change
 * - transfer_read.c: its bytes
 * - transfer_publish.c: what the engine's thread shows the others
 * - transfer_record.c, transfer_restore.c: its record in the store, written and read
 * - transfer_table.c: all of the app's
 * - transfer_speed.c: not faster than it may be; the engine's thread
 * - transfer_run.c, transfer_check.c, transfer_begin.c, transfer_answer.c, transfer_failure.c,
 *   transfer_loss.c, transfer_status.c, transfer_cut.c, checkpoint.c, branch.c: the engine's thread
 */
#ifndef WINRT_ENGINE_TRANSFER_INTERNAL_H
#define WINRT_ENGINE_TRANSFER_INTERNAL_H

#include <stdatomic.h>

#include "header_list.h"
#include "origin.h"
#include "range_set.h"
#include "response.h"
#include "result_file.h"
#include "resume.h"
#include "retry.h"
#include "scheduler.h"
#include "speed_limit.h"
#include "src/port/paths.h"
#include "src/port/threads.h"
#include "src/store/download_values.h"
#include "src/store/store.h"
#include "timers.h"
#include "transfer.h"
#include "transfer_group.h"
#include "transfer_state.h"

struct exchange;
struct value_set;

/* What a caller's thread asks of the engine's: bits that add up until the engine looks. */
enum transfer_command {
    COMMAND_START = 1 << 0,
    COMMAND_ATTACH = 1 << 1,
    COMMAND_CANCEL = 1 << 2,
    COMMAND_PAUSE = 1 << 3, /* or resume: `pause_wanted` says which */
    COMMAND_PRIORITY = 1 << 4,
    COMMAND_NETWORK = 1 << 5, /* the cost policy has changed */
    COMMAND_MAKE_CURRENT = 1 << 6,
    COMMAND_DEMAND = 1 << 7,
    COMMAND_SYNC_FAILED = 1 << 8,
    COMMAND_SAVED = 1 << 9, /* what checkpoint_holds_end has said is over */
};

struct secret_pair {
    char *user, *password; /* both NULL: none */
};

/* The bytes somebody waits for, of a random access transfer. */
struct demand {
    struct demand *next; /* newest first */
    uint64_t position, size;
};

/* What is there of the body. Written by the engine's thread, with the transfer's mutex. */
struct body_state {
    struct range_set ranges; /* of a random access transfer; in the file */
    struct body_version version;

    /* What the store knows: as the latest checkpoint left it. */
    uint64_t saved_bytes;
    struct range_set saved_ranges;
    struct file_mark mark;
    bool settled_stored; /* the disk may have a record whose mark is settled */
    uint32_t session;    /* goes up with each opening of the file for writing */
    uint32_t losses;     /* and with each sync that failed: older checkpoints are worth nothing */
    bool loss_of_room;   /* the latest of them, because the disk was full */
    bool cut;            /* its file keeps only what came in order, and its end is yet to be told */

    /* Engine's thread only. */
    bool forgotten_stored; /* what was forgotten may still be in the disk's record */
    uint32_t losses_seen;  /* and gone back for */
    struct file_mark left; /* the file as it was left, whether the store knows or not */
};

/* The first bytes of the body of an error. */
struct error_body {
    size_t size, capacity;
    char *data;
};

struct recoverable {
    transfer_error_matcher matches;
    size_t count;
    int32_t statuses[];
};

struct transfer {
    atomic_uint references;

    /* Fixed when transfer_create has returned. */
    struct transfer_id id;
    int64_t created;
    char *method;
    char *body_path;
    char *group;
    struct transfer_group *transfer_group;
    struct secret_pair server, proxy;

    struct mutex mutex; /* over these */
    char *url;          /* as given, with user info */
    struct header_list *headers;
    char *path; /* of the file that gets the body; a private one has none before its first byte */
    char *tag;
    struct recoverable *recoverable;
    struct transfer_progress progress;
    struct transfer_error *error; /* the latest */
    struct response *response;
    struct body_state *body;
    struct demand *demands;
    struct error_body *error_body;
    struct retry_state retry;
    uint32_t attempts;
    enum download_state stored_state;
    uint8_t priority, cost_policy;
    bool random_access;
    bool ranged;      /* comes over several connections, or did: what is there is in body->ranges */
    bool url_changed; /* since the body at hand began */
    bool body_is_private;    /* the request's */
    bool result_is_private;  /* and is removed with the last reference of a collected one */
    bool pause_wanted;       /* by the application */
    bool resumed;            /* in this process: one that nobody has attached to goes on, too */
    bool collected;          /* its outcome was delivered */
    bool end_waits;          /* and is told when `saving` is 0 */
    uint16_t saving;         /* what the syncer is at: checkpoints, and the file's name */
    bool unsaved;            /* completed, and its bytes are not known to be on the disk */
    bool response_is_stored; /* the record has a response that was not read yet */
    uint8_t wait;            /* enum transfer_wait, as far as the engine's thread knows it */
    uint64_t bytes_per_second;
    int64_t retry_time;
    int64_t last_asked;       /* when the app last listed it; universal time */
    struct open_file *reader; /* opened by the first read */

    /* Under the engine's mutex. */
    unsigned commands;
    struct transfer *next_command;
    struct transfer *next_known, *previous_known; /* in the table */
    bool known;
    transfer_observer observer;
    void *context;

    /* Engine's thread only. */
    enum transfer_state state;
    bool engaged, holds_slot; /* the engine has a reference; a slot */
    bool ends_with_news;      /* TRANSFER_EVENT_PROGRESS comes with the end */
    struct scheduler_item item;
    struct timer timer;
    uint64_t retry_due_ms;
    uint32_t full_waits;       /* for room on the disk, since it last came on */
    uint64_t full_bytes;       /* how far it had come then */
    struct exchange *exchange; /* while it holds a slot */
    uint64_t reported;         /* bytes at the latest TRANSFER_EVENT_PROGRESS */
    struct speed_limit speed;  /* speed_limit_set with the mutex: it is in the record */
    atomic_uint connections;   /* set with the mutex, likewise; 0: what the process has */
};

/* --- transfer.c --- */

/* The transfer's own, made when first needed. PORT_NO_MEMORY. Engine's thread, or before it is
 * started. */
enum port_status transfer_need_body(struct transfer *transfer);

/* Whether it can be stopped to go on later: the request of a POST cannot be sent twice. Any thread.
 */
bool transfer_may_be_interrupted(const struct transfer *transfer);

/* Whether the application would be hindered by a handle of ours of the result file; of a private
 * one it knows nothing. Any thread. */
bool transfer_file_is_in_the_way(const struct transfer *transfer);

/* Removes the request's body if it is the transfer's own. Engine's thread, or with the last
 * reference. */
void transfer_remove_body(struct transfer *transfer);

/* Whether what is there of the body is a set of ranges, and not the bytes up to bytes_received.
 * With the mutex, or on the engine's thread. */
static inline bool transfer_has_ranges(const struct transfer *transfer)
{
    return transfer->random_access || transfer->ranged;
}

/* A zeroed transfer with one reference. */
struct transfer *transfer_allocate(void);

/* --- transfer_publish.c: engine's thread. None of them raises an event. --- */

void transfer_publish_status(struct transfer *transfer, enum transfer_status status);
void transfer_publish_response(struct transfer *transfer, struct response *response);
void transfer_publish_bytes(struct transfer *transfer, uint64_t received);
void transfer_publish_total(struct transfer *transfer, uint64_t total);
/* The latest error; without memory the one before stays. */
void transfer_publish_error(struct transfer *transfer, const struct transfer_error *error);
void transfer_publish_wait(struct transfer *transfer, enum transfer_wait wait, int64_t retry_time);
void transfer_publish_rate(struct transfer *transfer, uint64_t bytes_per_second);

/* Keeps what fits into LIMIT_ERROR_BODY; *ret_full tells that no more does. PORT_NO_MEMORY */
enum port_status transfer_keep_error_body(struct transfer *transfer, const void *data, size_t size,
                                          bool *ret_full);
void transfer_drop_error_body(struct transfer *transfer);

/* Raises an event, which is told at the end of the loop's turn. */
void transfer_notify(struct transfer *transfer, enum transfer_event event);

/* --- transfer_read.c --- */

/* The transfer has ended: those who read on open the file for each read, where an open one is in
 * the application's way. With the mutex. */
void transfer_close_reader(struct transfer *transfer);

/* --- transfer_record.c, transfer_restore.c --- */

/*
 * Writes the record as things stand, with the mutex held: two that do so at a time would leave the
 * older one's. As store_put. No effect on a transfer that was not started, or was collected.
 */
enum port_status transfer_save_locked(struct transfer *transfer);
enum port_status transfer_save(struct transfer *transfer);

/* A transfer of an earlier process. PORT_INVALID for values that make none. */
enum port_status transfer_restore(const struct transfer_id *id, const struct value_set *values,
                                  struct transfer **ret);

/* Reads the stored response into transfer->response, if it has not been. Any thread. */
void transfer_load_response(struct transfer *transfer);
void transfer_load_response_locked(struct transfer *transfer);

struct store_id transfer_store_id(const struct transfer *transfer);

/* --- transfer_table.c --- */

/* Makes it one of the app's: listed, and referenced until it is collected. */
void transfer_table_add(struct transfer *transfer);
void transfer_table_remove(struct transfer *transfer);

/* What a tool asks of this process; `context` is the engine. */
void transfer_table_requested(void *context, enum store_request request, const struct store_id *id);

#endif
