/* SPDX-License-Identifier: MIT */
/*
 * A simulated disk behind the files seam, for everything below POWER_ROOT; other paths and handles
 * stay the system's. It records what is done to it, in order, and what each sync makes durable:
 * power_states.h makes of that what a power cut may leave.
 *
 * How bad a disk it is: a file's sync covers its bytes and its size, and neither its name nor its
 * times (POSIX, fdatasync); a name is durable with the sync of the folder it is in. What is written
 * while a sync lasts is not covered by it. Any thread.
 */
#ifndef WINRT_TEST_POWER_DISK_H
#define WINRT_TEST_POWER_DISK_H

#include "power_image.h"
#include "src/port/files.h"
#include "src/port/threads.h"

#define POWER_ROOT "/power-disk"

#define POWER_NEVER UINT32_MAX

enum power_kind {
    POWER_WRITE,
    POWER_RESIZE,
    POWER_MAKE,     /* an entry `name` for a new node */
    POWER_REMOVE,   /* of one */
    POWER_RENAME,   /* of `name` into `name_to`, in one step */
    POWER_SYNC,     /* of the data of `node` */
    POWER_SYNC_ALL, /* and its times */
    POWER_SYNC_FOLDER,
    POWER_SYNC_VOLUME,
    POWER_MARK, /* something that the program was told, see power_mark */
};

struct power_step {
    enum power_kind kind;
    uint32_t node, folder, folder_to;
    char name[POWER_NAME_SIZE], name_to[POWER_NAME_SIZE];
    bool is_folder; /* of POWER_MAKE */
    uint64_t offset, size;
    uint8_t *data;
    int64_t time;
    uint32_t begun;   /* of a sync: the number of steps that were before it */
    uint32_t durable; /* the sync that made it so, or POWER_NEVER */
    unsigned mark;
    uint64_t values[2];
};

struct power_trace {
    struct power_step *steps;
    size_t count, room;
};

struct power_disk {
    struct power_disk *next; /* of those that are kept */
    struct mutex mutex;
    struct condition changed;
    struct power_image image;
    struct power_trace *trace; /* NULL: nothing is recorded */
    uint32_t *undurable;       /* steps of the trace */
    size_t undurable_count, undurable_room;
    bool frozen; /* who syncs now is held for ever */
    unsigned held;
    bool killed; /* threads are held here */
    bool slow;   /* a sync takes a moment, in which others go on */
};

void power_disk_init(struct power_disk *disk, struct power_trace *trace);

/* Of an image, which is the disk's from now on. */
void power_disk_init_with(struct power_disk *disk, struct power_image *image);
void power_disk_free(struct power_disk *disk);
void power_trace_free(struct power_trace *trace);

/* Which disk is below POWER_ROOT from now on; NULL: the system's. */
void power_disk_use(struct power_disk *disk);

/* Frees one that was allocated, or keeps it for the threads that are held there. */
void power_disk_leave(struct power_disk *disk);
struct power_disk *power_disk_in_use(void);

/* Puts a mark among the steps: from here on a cut comes after the program was told this. */
void power_mark(unsigned mark, uint64_t first, uint64_t second);

/*
 * A process dies: after power_freeze whoever syncs is held for ever. When its syncer has come there
 * power_kill returns; then its locks are free, and the next process may use the disk. The dead one
 * and the disk must stay in memory.
 */
void power_freeze(void);
void power_kill(void);

#endif
