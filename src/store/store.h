/* SPDX-License-Identifier: MIT */
/*
 * The app's store as one process sees it: its own hive, which a lock makes its own for as long as
 * it lives, and those of other instances. What is in a record stands in download_values.h; the
 * store does not look into it but for the three values it needs itself (Generation, LastAsked and
 * the names of private files).
 *
 * Any thread; no call waits for a sync but store_flush and store_commit, and those said to work
 * through other hives.
 * Callbacks run on the syncer's thread with no lock held. docs/store.md
 */
#ifndef WINRT_STORE_STORE_H
#define WINRT_STORE_STORE_H

#include "src/port/files.h"
#include "value_set.h"

struct store;

struct store_id {
    uint8_t bytes[16]; /* a GUID as in memory: first three parts in the machine's order */
};

/*
 * The store of the app in `folder` (app_state_folder). Makes and locks nothing: a hive of our own
 * comes with the first record or adoption. PORT_NO_MEMORY. `store_close` is for tests: it flushes,
 * ends the syncer, and gives the lock up as the end of the process would.
 */
enum port_status store_create(const char *folder, struct store **ret);
void store_close(struct store *store);

const char *store_get_folder(const struct store *store);

/*
 * Writes a download's record, new or in place of the older one. The values are taken as they are
 * but for Generation, which the store counts. In the system's hands when this returns; durable with
 * the syncer's next commit, which this wakes. PORT_DENIED: the folder is open to others, or not
 * ours. PORT_DISK_FULL, PORT_IO, …
 */
enum port_status store_put(struct store *store, const struct store_id *id,
                           struct value_set *values);
enum port_status store_remove(struct store *store, const struct store_id *id);

/* The same from within a job's `durable`, but in the system's hands only with the commit that
 * follows: all of a batch are one write. */
enum port_status store_remove_in_commit(struct store *store, const struct store_id *id);

/* A new set that the caller frees. PORT_NOT_FOUND */
enum port_status store_get(struct store *store, const struct store_id *id, struct value_set **ret);

/*
 * Work for the syncer. It syncs `file` (FILE_HANDLE_NONE: nothing; with `times` also when it was
 * changed last, which a sync may leave out; `device` is that of its file_info) and then `folder`
 * (may be NULL), calls `durable` with how that went, in which the owner may store_put and
 * store_remove; and when the log has been synced after that, `committed` (may be NULL), with the
 * job no longer the store's. Jobs run in the order of submission and batches are synced together.
 * The job is the owner's memory and must stay, with the file open, until committed, or if that is
 * NULL durable, was called.
 */
struct store_job {
    struct store_job *next; /* the store's */
    file_handle file;
    uint64_t device;
    bool times;
    const char *folder;
    void (*durable)(struct store_job *job, enum port_status status);
    void (*committed)(struct store_job *job, enum port_status status);
    enum port_status status; /* the store's */
};

/* Never fails: without a thread for it the work is done in the call. */
void store_submit(struct store *store, struct store_job *job);

/*
 * Makes what was written before durable on this thread, whatever the syncer is at: for a record
 * that has to be on the disk before a file is touched, since the one before it speaks of what is in
 * that file now. Takes as long as a sync of the log.
 */
enum port_status store_commit(struct store *store);

/* Waits until everything submitted and written before is durable. */
enum port_status store_flush(struct store *store);

/* The same, but PORT_BUSY at that time (clock_monotonic_ns). */
enum port_status store_flush_until(struct store *store, uint64_t deadline_ns);

/*
 * Takes over what dead instances of the app have left: their hives become part of our own.
 * `adopted` is called for each record, on this thread, with the values in its hands only; false:
 * leave this one and the rest for another time. Records that nobody asked for in WINRT_STALE_DAYS
 * are dropped instead, with their private files. Hives of live instances are left alone. Works
 * through files: not on the engine's thread. A hive that cannot be read is left where it is,
 * renamed to *.damaged if it is no hive at all; the others are taken. The first failure is returned
 * after all were tried.
 */
typedef bool (*store_adopted)(void *context, const struct store_id *id,
                              const struct value_set *values);
enum port_status store_adopt(struct store *store, store_adopted adopted, void *context);

/* A private file of the app: in the folder `private`, named after our hive so that it can be told
 * whose it was. As private_file_create. */
enum port_status store_private_file(struct store *store, const char *kind, char **ret_path,
                                    file_handle *ret_file);

/* The app's transfer groups, in a file of their own; the last writer wins. Names are UTF-8. */
enum port_status store_put_group(struct store *store, const char *name, struct value_set *values);
/* PORT_NOT_FOUND */
enum port_status store_get_group(struct store *store, const char *name, struct value_set **ret);

/* What tools ask of us while we run (store_tool.h): called on a thread of the store's. */
enum store_request {
    STORE_REQUEST_CANCEL,
};
typedef void (*store_requested)(void *context, enum store_request request,
                                const struct store_id *id);
void store_set_request_handler(struct store *store, store_requested handler, void *context);

#endif
