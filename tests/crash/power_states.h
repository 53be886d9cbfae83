/* SPDX-License-Identifier: MIT */
/*
 * What a power cut leaves of a recorded run. power_states_advance goes through the steps of a
 * trace; at each of them the cut may come, and power_states_draw makes one of the disks it may
 * leave: all that a sync before the cut had made durable, and any part of the rest. Writes are
 * there, or not, or torn at sectors or at any byte, or just their file's new size, with zeros;
 * names were made, changed and removed, or not; each independently of what came before it, so in
 * any order.
 */
#ifndef WINRT_TEST_POWER_STATES_H
#define WINRT_TEST_POWER_STATES_H

#include "power_disk.h"

/* Syncs that do nothing, and say that they did. */
enum power_lie {
    POWER_LIE_FILES = 1 << 0,
    POWER_LIE_FOLDERS = 1 << 1,
    POWER_LIE_VOLUMES = 1 << 2,
};

struct power_states {
    const struct power_trace *trace;
    unsigned lies; /* enum power_lie */
    struct power_image base;
    uint32_t next;     /* the step that comes after the cut */
    uint32_t *pending; /* steps before it that are not durable */
    size_t pending_count, pending_room;
    uint64_t durable; /* how many steps are in the base */

    uint64_t *seen; /* hashes of what was drawn */
    size_t seen_count, seen_room;
};

void power_states_begin(struct power_states *states, const struct power_trace *trace,
                        unsigned lies);
void power_states_end(struct power_states *states);

/* The step before which the cut was; NULL when there is none left. */
const struct power_step *power_states_advance(struct power_states *states);

/* A disk after the cut; the caller frees it. `random` as for test_random. */
void power_states_draw(struct power_states *states, uint64_t *random, struct power_disk *ret);

/* Prints what a draw with the same random numbers takes. */
void power_states_explain(struct power_states *states, uint64_t random);

#endif
