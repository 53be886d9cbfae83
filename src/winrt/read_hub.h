/* SPDX-License-Identifier: MIT */
/*
 * Between one transfer's "there are more bytes" and the streams that wait for them. Shared by the
 * operation and its result streams and counted, since either may outlive the other.
 */
#ifndef WINRT_READ_HUB_H
#define WINRT_READ_HUB_H

#include <stdbool.h>

#include <windows.h>

struct read_hub;

/* Embedded in a stream. `wake` is called on the engine's thread with the hub's lock held: it may
   only queue work, and may not call the hub. The waiter is out of the hub by then. */
struct read_waiter {
    struct read_waiter *next;
    void (*wake)(struct read_waiter *waiter);
    bool waiting; /* the hub's */
};

HRESULT read_hub_create(struct read_hub **ret);
void read_hub_addref(struct read_hub *hub);
void read_hub_release(struct read_hub *hub); /* NULL is fine */

/*
 * From now on the next read_hub_wake wakes the waiter, once. The caller keeps it alive until then,
 * or until read_hub_stop_waiting. To lose nothing: wait first, look for bytes, and stop waiting if
 * there were some. Answers false, and the waiter does not wait, once the transfer can bring nothing
 * more.
 */
bool read_hub_wait(struct read_hub *hub, struct read_waiter *waiter);

/* False if the waiter was not waiting any more: it is woken, or being woken. */
bool read_hub_stop_waiting(struct read_hub *hub, struct read_waiter *waiter);

void read_hub_wake(struct read_hub *hub);

/* The transfer has ended, or it was never started and nobody is left who could: wakes all, for the
 * last time. */
void read_hub_close(struct read_hub *hub);

#endif
