/* SPDX-License-Identifier: MIT */
#include "power_session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "src/port/clock.h"

/* More states of one cut find less than another run does. */
#define MOST_A_CUT 16

void power_session_begin(struct power_session *session, uint64_t seed)
{
    memset(session, 0, sizeof(*session));
    session->random = seed;
    session->begun_ms = session->told_ms = clock_monotonic_ms();
}

static bool try_state(struct power_session *session, struct power_states *states)
{
    uint64_t before = session->random;
    char why[POWER_WHY_SIZE] = "";
    struct power_disk disk;
    bool good;

    power_states_draw(states, &session->random, &disk);
    power_disk_use(&disk);
    good = session->check(&session->random, why);
    power_disk_use(NULL);
    power_disk_free(&disk);
    if (!good && !session->lies) {
        power_states_explain(states, before);
        printf("%s: %s\n", session->name, why);
    }
    return good;
}

void power_session_try(struct power_session *session, const struct power_trace *trace,
                       uint64_t wanted)
{
    uint64_t each = 1 + wanted / trace->count;
    const struct power_step *step;
    struct power_states states;

    if (each > MOST_A_CUT)
        each = MOST_A_CUT;
    power_states_begin(&states, trace, session->lies);
    while ((step = power_states_advance(&states))) {
        session->take(step);
        for (uint64_t i = 0; i < each && (session->lies || !session->failures); i++) {
            if (!try_state(session, &states))
                session->failures++;
            session->states++;
        }
        power_session_tell(session, false);
    }
    session->distinct += states.seen_count;
    session->steps += trace->count;
    session->runs++;
    power_states_end(&states);
}

void power_session_tell(struct power_session *session, bool now)
{
    uint64_t time = clock_monotonic_ms();

    if (!now && time - session->told_ms < 60000)
        return;
    session->told_ms = time;
    printf("%" PRIu64 " states, %" PRIu64 " distinct, of %" PRIu64 " runs with %" PRIu64
           " steps, %" PRIu64 " failures, %" PRIu64 " s\n",
           session->states, session->distinct, session->runs, session->steps, session->failures,
           (time - session->begun_ms) / 1000);
    fflush(stdout);
}
