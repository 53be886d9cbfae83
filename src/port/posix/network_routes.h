/* SPDX-License-Identifier: MIT */
/* What the kernel knows of ways out, by rtnetlink. docs/network.md */
#ifndef WINRT_PORT_POSIX_NETWORK_ROUTES_H
#define WINRT_PORT_POSIX_NETWORK_ROUTES_H

#include <stdbool.h>

/* A descriptor that can be read after routes or links have changed; -1 if it cannot be had. */
int network_routes_watch(void);

/* Reads all that it has. False if it is broken. */
bool network_routes_drain(int watch);

/* Whether the main table has a default route that leads somewhere, for IPv4 or IPv6. True if the
   kernel does not say, as in some sandboxes. */
bool network_routes_have_default(void);

#endif
