/* SPDX-License-Identifier: MIT */
/*
 * What a transfer does next: one table of states and events. Pure; the actions are carried out by
 * transfer_run.c. Later states (paused, waiting) are rows and columns more.
 */
#ifndef WINRT_ENGINE_TRANSFER_STATE_H
#define WINRT_ENGINE_TRANSFER_STATE_H

#include <stdbool.h>

#include "transfer.h"

enum transfer_state {
    STATE_CREATED,
    STATE_QUEUED,     /* started, waits for a slot */
    STATE_REQUESTING, /* holds a slot; no final response head yet */
    STATE_RECEIVING,  /* a 2xx: the body goes to the file */
    STATE_REFUSED,    /* a final status that is no 2xx: the body is kept in memory */
    STATE_REDIRECTED, /* an answer that points elsewhere: the body is dropped */
    STATE_COMPLETED,
    STATE_CANCELED,
    STATE_FAILED,
    STATE_MAX
};

enum state_event {
    STATE_EVENT_START,
    STATE_EVENT_SLOT,    /* the scheduler's: now */
    STATE_EVENT_SUCCESS, /* a final 2xx head */
    STATE_EVENT_REDIRECT,
    STATE_EVENT_REFUSAL,
    STATE_EVENT_END,  /* the exchange ended well */
    STATE_EVENT_FAIL, /* it did not, or something of our own failed */
    STATE_EVENT_CANCEL,
    STATE_EVENT_SHUTDOWN,
    STATE_EVENT_MAX
};

enum state_action {
    ACTION_NONE,
    ACTION_ENQUEUE,
    ACTION_SEND,      /* the first request */
    ACTION_SEND_NEXT, /* the next hop's, in the same slot */
    ACTION_ACCEPT,    /* open the file */
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

#endif
