/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the store share: store.c (our own hive), syncer.c, adoption.c with
 * hive_taking.c, private_files.c, groups_file.c and requests.c.
 *
 * Locks, in the order in which they are taken: `adoption`, the file adoption.lock, `mutex`; and
 * `groups`, the file groups.lock, `mutex`. None is held while a callback runs, but for `adoption`
 * while store_adopt tells what it found. With `mutex` nothing is synced but a new log.
 */
#ifndef WINRT_STORE_STORE_INTERNAL_H
#define WINRT_STORE_STORE_INTERNAL_H

#include "hive.h"
#include "id_list.h"
#include "src/port/file_lock.h"
#include "src/port/threads.h"
#include "src/port/watch.h"
#include "store.h"
#include "store_names.h"
#include "sync_batch.h"

struct store {
    struct store_folders folders;
    struct mutex mutex; /* over all that follows, unless it says otherwise */
    struct condition changed;

    /* Our own hive; set once. `hive` is what there is or is not. */
    struct hive *hive;
    struct file_lock *lock;
    char name[HIVE_NAME_SIZE];
    uint64_t generation; /* the highest that was given or seen */
    bool private_ready;  /* its folder was made and looked at */

    /* The syncer's. Counts since the beginning; what is behind is still to be done. */
    struct store_job *first, **last;
    uint64_t submitted, finished; /* jobs */
    uint64_t written, committed;  /* changes of our hive and of groups.hive */
    bool new_folders;             /* our folders' names are not durable yet */
    bool groups_written;          /* groups.hive is not */
    bool groups_ready;            /* the names of its folders were, once */
    bool groups_sync_failed; /* the syncer's alone: the next sync would not tell what is lost */
    bool undone;             /* the last commit failed: the next one has its work, too */
    uint64_t failures;       /* commits that failed, and how the last of them did */
    enum port_status failure;
    bool has_secrets;       /* our hive's log, in records that are alive or dead */
    uint64_t compact_above; /* bytes: a compaction that failed is tried again above that */
    bool threaded, syncing, closing;
    bool resting;                     /* the syncer has work, and lets more of it come together */
    uint64_t batch_begun_ns;          /* the latest one; monotonic */
    unsigned waiting;                 /* threads, for everything to be durable */
    struct volume_syncs volume_syncs; /* the syncer's alone */

    /* Adoption; under the mutex `adoption`, which the syncer never waits for. `adopting` is said
     * under `mutex`, and the lists change only meanwhile. */
    struct mutex adoption;
    bool adopting;
    struct id_list untold;      /* in our hive, and the application does not know of them */
    struct id_list void_copies; /* in our hive by a merge that failed, still in the other one too */

    /* What tools ask for. */
    store_requested requested;
    void *requested_context;
    bool watch_wanted; /* the syncer is to begin it, at that time */
    uint64_t watch_due_ns;
    struct folder_watch *watch; /* the syncer's */

    struct mutex groups; /* over nothing of this; one thread at a time works on groups.hive */
};

/* With `mutex`: our own hive, made if there is none. */
enum port_status store_need_hive(struct store *store);

/* With `mutex`: `hive` and its lock are ours from now on. */
void store_set_hive(struct store *store, const char *name, struct file_lock *lock,
                    struct hive *hive);

/* With `mutex`: has the syncer do what there is to do. Without a thread for it that happens in this
 * call, and the mutex is given up meanwhile. */
void store_wake_syncer(struct store *store);
/* With `mutex`: the same, since something was written. */
void store_note_written(struct store *store);

/* Removes the files of `record` that are in our folder of private files. */
void store_remove_private_files(const struct store_folders *folders,
                                const struct value_set *record);

/* Removes private files whose names begin with that of the hive and that no record in it names. */
void store_sweep_hive(const struct store_folders *folders, const char *name, struct hive *hive);

/* With the lock of adoptions: the same for those of hives that are gone, which other hives may name
 * since a merge. */
void store_sweep_gone(struct store *store);

/* With the lock of adoptions: that, and all else that crashes have left. */
void store_sweep_leftovers(struct store *store);

bool store_hive_is_gone(const struct store_folders *folders, const char *name);

/* With `adoption` and the lock of adoptions: takes the hive over, or merges it, if it is free. New
 * ids are in `untold`. */
enum port_status store_take_hive(struct store *store, const char *name);

/* On the syncer's thread, without `mutex`: begins the watch, and has what is already there told. */
void store_begin_watch(struct store *store);

/* With `mutex`: the syncer is to begin it, after a while in which many a process is done. */
void store_want_watch(struct store *store);
void store_look_for_requests(struct store *store);

/*
 * Makes groups.hive durable, also what others have written to it. After a sync that failed it is
 * written anew, as a log is (hive_end_sync). The syncer's, without the mutex.
 */
enum port_status store_sync_groups(struct store *store);

/* Takes a lock that others have for moments only, waiting for it. PORT_BUSY: not within that time.
 */
enum port_status store_wait_for_lock(const char *path, unsigned milliseconds,
                                     struct file_lock **ret);

#endif
