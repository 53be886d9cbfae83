/* SPDX-License-Identifier: MIT */
/* What the tests of power cuts share: states of a trace, one after the other, and their figures. */
#ifndef WINRT_TEST_POWER_SESSION_H
#define WINRT_TEST_POWER_SESSION_H

#include "power_check.h"
#include "power_states.h"

struct power_session {
    const char *name; /* of the scenario */
    uint64_t random;
    unsigned lies;
    uint64_t states, distinct, steps, failures, runs;
    uint64_t begun_ms, told_ms;

    /* The model's next step; and a look at the disk that is in use then. */
    void (*take)(const struct power_step *step);
    bool (*check)(uint64_t *random, char why[POWER_WHY_SIZE]);
};

void power_session_begin(struct power_session *session, uint64_t seed);

/* All cuts of the trace, about so many states in all, and at least one a cut; ends at the first
 * failure, unless the disk lies. */
void power_session_try(struct power_session *session, const struct power_trace *trace,
                       uint64_t wanted);

/* Prints the figures; those in between at most once a minute. */
void power_session_tell(struct power_session *session, bool now);

#endif
