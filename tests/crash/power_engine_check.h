/* SPDX-License-Identifier: MIT */
/* Transfers after a power cut: what the records say, restored with the engine's code, and what is
 * in the files. */
#ifndef WINRT_TEST_POWER_ENGINE_CHECK_H
#define WINRT_TEST_POWER_ENGINE_CHECK_H

#include "power_check.h"
#include "src/engine/transfer.h"

#define POWER_TRANSFERS 16

/* The scenario's marks. The first value is the number of the transfer. */
enum {
    MARK_STARTED = MARK_OTHER, /* transfer_start has returned */
    MARK_COLLECTED,            /* its outcome was delivered, and that is about to be said */
};

/* What was asked for. */
struct power_transfer {
    struct transfer_id id;
    const char *path; /* NULL: a private file */
    uint64_t size;    /* of the body */
    bool completes;
};

/* What was told about one at the moment of the cut. */
struct power_told {
    bool started, collected;
    bool flushing, durable; /* so was that it was started */
};

void power_told_take(struct power_told told[POWER_TRANSFERS], const struct power_step *step);

/* Looks at the disk in use. False, and why. */
bool power_check_transfers(const struct power_transfer *transfers, const struct power_told *told,
                           char why[POWER_WHY_SIZE]);

#endif
