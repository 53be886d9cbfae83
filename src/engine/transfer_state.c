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

/* Whatever a started transfer does, these hold; in the states that are entered by one of them, the
 * array's later entry takes its place. */
#define UNFINISHED_ROWS \
    [STATE_EVENT_CANCEL] = TO(CANCELED, CANCEL), [STATE_EVENT_SHUTDOWN] = TO(FAILED, DROP)

#define PAUSABLE_ROWS UNFINISHED_ROWS, [STATE_EVENT_PAUSE] = TO(PAUSED, WAIT)

/* What may become of a transfer that wants the network. */
#define ACTIVE_ROWS                                           \
    PAUSABLE_ROWS, [STATE_EVENT_OFFLINE] = TO(OFFLINE, WAIT), \
                   [STATE_EVENT_COSTED] = TO(COSTED, WAIT)

/* One that holds a slot. */
#define RUNNING_ROWS                                                                             \
    ACTIVE_ROWS, [STATE_EVENT_RETRY] = TO(WAITING, WAIT), [STATE_EVENT_PARK] = TO(PARKED, WAIT), \
                 [STATE_EVENT_FULL] = TO(FULL, WAIT), [STATE_EVENT_YIELD] = TO(QUEUED, REQUEUE)

static const struct row table[STATE_MAX][STATE_EVENT_MAX] = {
    [STATE_CREATED] = {
        [STATE_EVENT_START] = TO(QUEUED, ENQUEUE),
        PAUSABLE_ROWS, /* another thread may be faster than the one that starts it */
    },
    [STATE_RESTORED] = {
        [STATE_EVENT_ATTACH] = TO(QUEUED, ENQUEUE),
        PAUSABLE_ROWS,
    },
    [STATE_QUEUED] = {
        [STATE_EVENT_SLOT] = TO(REQUESTING, SEND),
        [STATE_EVENT_FAIL] = TO(FAILED, FAIL),
        ACTIVE_ROWS,
    },
    [STATE_REQUESTING] = {
        [STATE_EVENT_SUCCESS] = TO(RECEIVING, ACCEPT),
        [STATE_EVENT_REDIRECT] = TO(REDIRECTED, NONE),
        [STATE_EVENT_REFUSAL] = TO(REFUSED, NONE),
        [STATE_EVENT_AGAIN] = TO(REQUESTING, SEND_AGAIN),
        [STATE_EVENT_MORE] = TO(REQUESTING, SEND_RANGE),
        [STATE_EVENT_FAIL] = TO(FAILED, FAIL),
        RUNNING_ROWS,
    },
    [STATE_RECEIVING] = {
        [STATE_EVENT_END] = TO(COMPLETED, COMPLETE),
        [STATE_EVENT_MORE] = TO(REQUESTING, SEND_RANGE),
        [STATE_EVENT_FAIL] = TO(FAILED, FAIL),
        RUNNING_ROWS,
    },
    [STATE_REFUSED] = {
        [STATE_EVENT_FAIL] = TO(FAILED, FAIL), /* the status is the reason, not the broken error page */
        RUNNING_ROWS,
    },
    [STATE_REDIRECTED] = {
        [STATE_EVENT_END] = TO(REQUESTING, SEND_NEXT),
        [STATE_EVENT_FAIL] = TO(REQUESTING, SEND_NEXT), /* nobody needs the rest of that body */
        RUNNING_ROWS,
    },
    [STATE_WAITING] = {
        [STATE_EVENT_TIME] = TO(QUEUED, ENQUEUE),
        ACTIVE_ROWS,
    },
    [STATE_OFFLINE] = {
        [STATE_EVENT_NETWORK] = TO(QUEUED, ENQUEUE),
        [STATE_EVENT_COSTED] = TO(COSTED, WAIT),
        PAUSABLE_ROWS,
    },
    [STATE_COSTED] = {
        [STATE_EVENT_NETWORK] = TO(QUEUED, ENQUEUE),
        [STATE_EVENT_OFFLINE] = TO(OFFLINE, WAIT),
        PAUSABLE_ROWS,
    },
    [STATE_FULL] = {
        [STATE_EVENT_TIME] = TO(QUEUED, ENQUEUE),
        [STATE_EVENT_RESUME] = TO(QUEUED, ENQUEUE),
        ACTIVE_ROWS,
    },
    [STATE_PAUSED] = {
        [STATE_EVENT_RESUME] = TO(QUEUED, ENQUEUE),
        UNFINISHED_ROWS,
    },
    [STATE_PARKED] = {
        [STATE_EVENT_RESUME] = TO(QUEUED, ENQUEUE),
        PAUSABLE_ROWS,
    },
};

static const enum transfer_status statuses[STATE_MAX] = {
    [STATE_CREATED] = TRANSFER_IDLE,
    [STATE_RESTORED] = TRANSFER_IDLE,
    [STATE_QUEUED] = TRANSFER_IDLE,
    [STATE_REQUESTING] = TRANSFER_RUNNING,
    [STATE_RECEIVING] = TRANSFER_RUNNING,
    [STATE_REFUSED] = TRANSFER_RUNNING,
    [STATE_REDIRECTED] = TRANSFER_RUNNING,
    [STATE_WAITING] = TRANSFER_IDLE,
    [STATE_OFFLINE] = TRANSFER_PAUSED_NO_NETWORK,
    [STATE_COSTED] = TRANSFER_PAUSED_COSTED_NETWORK,
    [STATE_FULL] = TRANSFER_PAUSED_NO_ROOM,
    [STATE_PAUSED] = TRANSFER_PAUSED_BY_APPLICATION,
    [STATE_PARKED] = TRANSFER_PAUSED_RECOVERABLE,
    [STATE_COMPLETED] = TRANSFER_COMPLETED,
    [STATE_CANCELED] = TRANSFER_CANCELED,
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

bool state_is_final(enum transfer_state state)
{
    return state == STATE_COMPLETED || state == STATE_CANCELED || state == STATE_FAILED;
}
