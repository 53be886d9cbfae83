/* SPDX-License-Identifier: MIT */
/*
 * What a run has asked of a store, step by step, and what it was told in return. It knows nothing
 * of how a store works: a thing has had versions, one after the other, and from the moment that one
 * was acknowledged as durable no older one may come back.
 */
#ifndef WINRT_TEST_POWER_MODEL_H
#define WINRT_TEST_POWER_MODEL_H

#include "power_disk.h"

#define POWER_THINGS   96   /* records, then groups */
#define POWER_GROUP    64   /* the first group */
#define POWER_VERSIONS 4096 /* of one */

#define POWER_GONE 0 /* the version of what was removed */

enum power_marks {
    MARK_ISSUED,    /* thing, version: is being written */
    MARK_FLUSH,     /* is waited for */
    MARK_FLUSHED,   /* has returned */
    MARK_COMMITTED, /* thing, version: acknowledged */
    MARK_OTHER,     /* the scenario's own, from here on */
};

struct power_history {
    unsigned count, committed, flushing; /* indices: from `committed` on all may be seen */
    bool ever;                           /* any was committed */
    uint32_t versions[POWER_VERSIONS];
};

struct power_model {
    struct power_history things[POWER_THINGS];
};

void power_model_reset(struct power_model *model);
void power_model_take(struct power_model *model, const struct power_step *step);

/* Whether that version may be found after a cut here. POWER_GONE: nothing is found. */
bool power_model_allows(const struct power_model *model, unsigned thing, uint32_t version);

/* Whether it was ever written after that version, or was removed. */
bool power_model_was_removed(const struct power_model *model, unsigned thing);

#endif
