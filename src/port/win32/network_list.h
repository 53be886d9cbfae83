/* SPDX-License-Identifier: MIT */
/*
 * The network list manager (netlistmgr.h), for one thread, which is in the multithreaded
 * apartment. docs/network.md
 */
#ifndef WINRT_PORT_WIN32_NETWORK_LIST_H
#define WINRT_PORT_WIN32_NETWORK_LIST_H

#include <windows.h>

#include "src/port/network_state.h"

struct network_list;

/* NULL where the system has none, or without memory. */
struct network_list *network_list_create(void);
void network_list_free(struct network_list *list);

/* An event that is set, to be reset by whoever waits for it, when something has changed. */
HANDLE network_list_changed(const struct network_list *list);

/* What cannot be learnt is taken as online, or as unrestricted. */
void network_list_get(struct network_list *list, struct network_state *ret);

#endif
