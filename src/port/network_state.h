/* SPDX-License-Identifier: MIT */
/*
 * Whether there is a network, and what it costs. Natively NetworkManager says so over D-Bus where
 * it runs, else rtnetlink: without a default route there is none. On Windows the network list
 * manager. WINRT_NETWORK_STATE=online|metered|roaming|offline takes the place of all that, and so
 * does the word in the file that WINRT_NETWORK_STATE_FILE names, which is watched. Nothing polls.
 * Any thread. docs/network.md
 */
#ifndef WINRT_PORT_NETWORK_STATE_H
#define WINRT_PORT_NETWORK_STATE_H

#include <stdbool.h>

#include "status.h"

enum network_cost {
    NETWORK_COST_UNRESTRICTED, /* also where nobody knows */
    NETWORK_COST_METERED,
    NETWORK_COST_ROAMING,
};

struct network_state {
    bool online;
    enum network_cost cost;
    bool overridden; /* by the environment: then it holds for loopback, too */
};

/*
 * Begins to watch, once a process; the state is known when this returns. `changed` is called on a
 * thread of the watch's, with no lock held, after each change. Where watching cannot be had the
 * state is taken as it is now, or as online, and PORT_OK returned. PORT_NO_MEMORY, PORT_NO_HANDLES
 */
enum port_status network_state_watch(void (*changed)(void *context), void *context);

/* Online and unrestricted before network_state_watch. */
void network_state_get(struct network_state *ret);

/*
 * Whether `host` (a name or an address as in a URL, IPv6 without brackets) can be asked: loopback
 * always (but for an override), an address on a network of ours even without a default route, and
 * everything else if online. No name is resolved.
 */
bool network_state_reaches(const struct network_state *state, const char *host);

/* Ends the watch and forgets it. For tests. */
void network_state_unwatch(void);

#endif
