/* SPDX-License-Identifier: MIT */
/* What the system tells of the network; network_state.c puts the override above it. */
#ifndef WINRT_PORT_NETWORK_SOURCE_H
#define WINRT_PORT_NETWORK_SOURCE_H

#include "network_host.h"
#include "network_state.h"

struct network_source;

/*
 * The state is known when this returns, or taken as it looks now where somebody takes longer than
 * a short time limit to answer. `changed` is called on a thread of the source's, with no lock held,
 * when the state or the routes have changed, or in vain. PORT_NO_MEMORY
 */
enum port_status network_source_start(void (*changed)(void *context), void *context,
                                      struct network_source **ret);

/* `overridden` is false. Any thread. */
void network_source_get(struct network_source *source, struct network_state *ret);

/* As watch_folder_end. NULL is fine. */
void network_source_stop(struct network_source *source);

/* Whether the system has a route to this address now, other than the default one. Any thread. */
bool network_source_has_route(const struct network_address *address);

#endif
