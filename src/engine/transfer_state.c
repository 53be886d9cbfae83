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
#define RUNNING_ROWS \
    [STATE_EVENT_CANCEL] = TO(CANCELED, CANCEL), [STATE_EVENT_SHUTDOWN] = TO(FAILED, DROP)

static const struct row table[STATE_MAX][STATE_EVENT_MAX] = {
    [STATE_CREATED] = {
        [STATE_EVENT_START] = TO(QUEUED, ENQUEUE),
        [STATE_EVENT_SHUTDOWN] = TO(FAILED, DROP),
    },
    [STATE_QUEUED] = {
        [STATE_EVENT_SLOT] = TO(REQUESTING, SEND),
        [STATE_EVENT_CANCEL] = TO(CANCELED, CANCEL),
        [STATE_EVENT_SHUTDOWN] = TO(FAILED, DROP),
    },
    [STATE_REQUESTING] = {
        [STATE_EVENT_SUCCESS] = TO(RECEIVING, ACCEPT),
        [STATE_EVENT_REDIRECT] = TO(REDIRECTED, NONE),
        [STATE_EVENT_REFUSAL] = TO(REFUSED, NONE),
        [STATE_EVENT_END] = TO(FAILED, FAIL), /* without a head: no answer at all */
        [STATE_EVENT_FAIL] = TO(FAILED, FAIL),
        RUNNING_ROWS,
    },
    [STATE_RECEIVING] = {
        [STATE_EVENT_END] = TO(COMPLETED, COMPLETE),
        [STATE_EVENT_FAIL] = TO(FAILED, FAIL),
        RUNNING_ROWS,
    },
    [STATE_REFUSED] = {
        [STATE_EVENT_END] = TO(FAILED, FAIL),
        [STATE_EVENT_FAIL] = TO(FAILED, FAIL), /* the status is the reason, not the broken error page */
        RUNNING_ROWS,
    },
    [STATE_REDIRECTED] = {
        [STATE_EVENT_END] = TO(REQUESTING, SEND_NEXT),
        [STATE_EVENT_FAIL] = TO(REQUESTING, SEND_NEXT), /* nobody needs the rest of that body */
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
