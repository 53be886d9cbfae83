/* SPDX-License-Identifier: MIT */
/* The state table. */
#include "transfer_state.h"

struct row {
    bool handled;
    struct state_step step;
};

#define TO(state, what)                  \
    {                                    \
        true,                            \
        {                                \
            STATE_##state, ACTION_##what \
        }                                \
    }

/* Whatever happens to a transfer that holds a slot, these hold. */
#define RUNNING_ROWS [EVENT_CANCEL] = TO(CANCELED, CANCEL), [EVENT_SHUTDOWN] = TO(FAILED, DROP)

static const struct row table[STATE_MAX][EVENT_MAX] = {
    [STATE_CREATED] = {
        [EVENT_START] = TO(QUEUED, ENQUEUE),
        [EVENT_SHUTDOWN] = TO(FAILED, DROP),
    },
    [STATE_QUEUED] = {
        [EVENT_SLOT] = TO(REQUESTING, SEND),
        [EVENT_CANCEL] = TO(CANCELED, CANCEL),
        [EVENT_SHUTDOWN] = TO(FAILED, DROP),
    },
    [STATE_REQUESTING] = {
        [EVENT_SUCCESS] = TO(RECEIVING, ACCEPT),
        [EVENT_REDIRECT] = TO(REDIRECTED, NONE),
        [EVENT_REFUSAL] = TO(REFUSED, NONE),
        [EVENT_END] = TO(FAILED, FAIL), /* without a head: no answer at all */
        [EVENT_FAIL] = TO(FAILED, FAIL),
        RUNNING_ROWS,
    },
    [STATE_RECEIVING] = {
        [EVENT_END] = TO(COMPLETED, COMPLETE),
        [EVENT_FAIL] = TO(FAILED, FAIL),
        RUNNING_ROWS,
    },
    [STATE_REFUSED] = {
        [EVENT_END] = TO(FAILED, FAIL),
        [EVENT_FAIL] = TO(FAILED, FAIL), /* the status is the reason, not the broken error page */
        RUNNING_ROWS,
    },
    [STATE_REDIRECTED] = {
        [EVENT_END] = TO(REQUESTING, SEND_NEXT),
        [EVENT_FAIL] = TO(REQUESTING, SEND_NEXT), /* nobody needs the rest of that body */
        RUNNING_ROWS,
    },
};

static const enum transfer_status statuses[STATE_MAX] = {
    [STATE_CREATED] = TRANSFER_IDLE,        [STATE_QUEUED] = TRANSFER_IDLE,
    [STATE_REQUESTING] = TRANSFER_RUNNING,  [STATE_RECEIVING] = TRANSFER_RUNNING,
    [STATE_REFUSED] = TRANSFER_RUNNING,     [STATE_REDIRECTED] = TRANSFER_RUNNING,
    [STATE_COMPLETED] = TRANSFER_COMPLETED, [STATE_CANCELED] = TRANSFER_CANCELED,
    [STATE_FAILED] = TRANSFER_FAILED,
};

struct state_step state_step(enum transfer_state state, enum state_event event)
{
    const struct row *row = &table[state][event];

    if (!row->handled)
        return (struct state_step){ state, ACTION_NONE };
    return row->step;
}

enum transfer_status state_status(enum transfer_state state)
{
    return statuses[state];
}
