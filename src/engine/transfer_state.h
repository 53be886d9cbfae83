/* SPDX-License-Identifier: MIT */
/*
 * What a transfer does next: one table of states and events. Pure; the actions are carried out by
 * transfer_run.c. docs/states.md
 */
#ifndef WINRT_ENGINE_TRANSFER_STATE_H
#define WINRT_ENGINE_TRANSFER_STATE_H

#include <stdbool.h>

#include "transfer.h"

enum transfer_state {
    STATE_CREATED,
    STATE_RESTORED,   /* of an earlier process, and nobody has attached */
    STATE_QUEUED,     /* waits for a slot */
    STATE_REQUESTING, /* holds a slot; no final response head yet */
    STATE_RECEIVING,  /* a 2xx: the body goes to the file */
    STATE_REFUSED,    /* a final status that is no 2xx: the body is kept in memory */
    STATE_REDIRECTED, /* an answer that points elsewhere: the body is dropped */
    STATE_WAITING,    /* for the time of the next attempt */
    STATE_OFFLINE,    /* for a network */
    STATE_COSTED,     /* for one that the cost policy allows */
    STATE_FULL,       /* for room on the disk, until the time of the next attempt */
    STATE_PAUSED,     /* by the application */
    STATE_PARKED,     /* after an error that the application wants to mend */
    STATE_COMPLETED,
    STATE_CANCELED,
    STATE_FAILED,
    STATE_MAX
};

enum state_event {
    STATE_EVENT_START,
    STATE_EVENT_ATTACH,
    STATE_EVENT_SLOT,    /* the scheduler's: now */
    STATE_EVENT_SUCCESS, /* a final 2xx head that can be used */
    STATE_EVENT_REDIRECT,
    STATE_EVENT_REFUSAL,
    STATE_EVENT_AGAIN, /* a head that is of no use: ask for all of it, from zero */
    STATE_EVENT_MORE,  /* the exchange ended well, and there are more ranges to ask for */
    STATE_EVENT_END,   /* the exchange ended well, and that was all */
    STATE_EVENT_FAIL,  /* it did not, or something of our own failed; this is final */
    STATE_EVENT_RETRY, /* it did not, and may go well the next time */
    STATE_EVENT_PARK,  /* it did not, and the application has asked to mend it */
    STATE_EVENT_FULL,  /* it did not, because the disk is full */
    STATE_EVENT_TIME,  /* of the next attempt */
    STATE_EVENT_YIELD, /* its turn is another's now */
    STATE_EVENT_OFFLINE,
    STATE_EVENT_COSTED,
    STATE_EVENT_NETWORK, /* there is one that may be used */
    STATE_EVENT_PAUSE,
    STATE_EVENT_RESUME,
    STATE_EVENT_CANCEL,
    STATE_EVENT_SHUTDOWN,
    STATE_EVENT_MAX
};

enum state_action {
    ACTION_NONE,
    ACTION_ENQUEUE,
    ACTION_REQUEUE,    /* gives the slot back, and queues behind those that go first */
    ACTION_SEND,       /* the first request */
    ACTION_SEND_NEXT,  /* the next hop's, in the same slot */
    ACTION_SEND_AGAIN, /* the first hop's, from zero, in the same slot */
    ACTION_SEND_RANGE, /* the next range's, in the same slot */
    ACTION_ACCEPT,     /* the body begins, or goes on */
    ACTION_WAIT,       /* lets go of the slot until `state` is left */
    ACTION_COMPLETE,
    ACTION_FAIL,
    ACTION_CANCEL,
    ACTION_DROP, /* fail without a word: the process ends */
    ACTION_MAX
};

struct state_step {
    enum transfer_state next;
    enum state_action action;
};

/* An event that means nothing in a state leaves everything as it is (ACTION_NONE). */
struct state_step state_step(enum transfer_state state, enum state_event event);

enum transfer_status state_status(enum transfer_state state);

/* Completed, cancelled or failed. */
bool state_is_final(enum transfer_state state);

#endif
