/* SPDX-License-Identifier: MIT */
/*
 * NetworkManager, over the system bus, without ever waiting for either: one thread calls all of
 * this, and sleeps in poll in between. docs/network.md
 */
#ifndef WINRT_PORT_POSIX_NETWORK_MANAGER_H
#define WINRT_PORT_POSIX_NETWORK_MANAGER_H

#include <poll.h>

#include "src/port/network_state.h"

struct network_manager;

enum network_manager_answer {
    NETWORK_MANAGER_ASKED,   /* an answer is due that may make a difference */
    NETWORK_MANAGER_ABSENT,  /* no bus, no NetworkManager on it, or it does not answer */
    NETWORK_MANAGER_OFFLINE, /* it says so */
    NETWORK_MANAGER_ONLINE,
    NETWORK_MANAGER_UNSURE, /* it knows the cost, but the kernel's routes say whether there is a
                               network: it is still starting, or has no hand in it */
};

/* Begins to ask. NULL without memory. */
struct network_manager *network_manager_create(void);
void network_manager_free(struct network_manager *manager);

/* What to wait for, and how long at most: -1 for ever, else milliseconds. */
void network_manager_prepare(struct network_manager *manager, struct pollfd *ret, int *timeout);

/* Does what is to be done. After poll. */
void network_manager_process(struct network_manager *manager);

enum network_manager_answer network_manager_get(const struct network_manager *manager,
                                                enum network_cost *cost);

#endif
