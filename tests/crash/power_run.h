/* SPDX-License-Identifier: MIT */
/*
 * A process that uses a store, on the simulated disk in use: each call is made as the engine makes
 * it, and marked for the model. Failures end the test.
 */
#ifndef WINRT_TEST_POWER_RUN_H
#define WINRT_TEST_POWER_RUN_H

#include "power_model.h"
#include "src/store/store.h"

#define POWER_APP   POWER_ROOT "/home/state/app"
#define POWER_FILES 32 /* things from here on to POWER_GROUP have a private file */

struct power_run {
    struct store *store;
    size_t payload;
    uint64_t random;
    uint32_t versions[POWER_THINGS];
    char *paths[POWER_THINGS]; /* of private files */
    file_handle files[POWER_THINGS];
    uint64_t bytes[POWER_THINGS];
    struct mutex mutex;
    struct condition changed;
    unsigned jobs; /* under way */
};

void power_run_begin(struct power_run *run, uint64_t random);
void power_run_end(struct power_run *run); /* closes the store */

void power_run_open(struct power_run *run);

/* Adopts: what comes has to be the newest of each. */
void power_run_adopt(struct power_run *run);

void power_run_put(struct power_run *run, unsigned thing);
void power_run_remove(struct power_run *run, unsigned thing);
void power_run_put_group(struct power_run *run, unsigned thing);
void power_run_flush(struct power_run *run);

/* More bytes come for the thing's file; when they are durable its record says so. */
void power_run_receive(struct power_run *run, unsigned thing, size_t bytes);
void power_run_wait(struct power_run *run); /* for all that */

/* The process dies with what it has put since the latest sync; the next one is begun with
 * power_run_open. At least one record is put. */
void power_run_die(struct power_run *run, unsigned thing);

const char *power_group_name(unsigned thing);

#endif
