/* SPDX-License-Identifier: MIT */
#ifndef WINRT_STORE_SYNC_BATCH_H
#define WINRT_STORE_SYNC_BATCH_H

#include "store.h"

struct volume_syncs {
    uint64_t not_before_ns; /* of the monotonic clock */
};

/* Syncs the files of the jobs, then their folders; how that went is in each job's status. */
void store_sync_batch(struct volume_syncs *syncs, struct store_job *first);

#endif
