/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_NETWORK_EVENTS_H
#define WINRT_PORT_WIN32_NETWORK_EVENTS_H

#include <windows.h>

/*
 * An object that sets an event when the network list manager tells of anything: it implements
 * INetworkListManagerEvents and INetworkCostManagerEvents. Any apartment. The caller's reference;
 * *changed is an auto-reset event that lives as long as the object. NULL without memory.
 */
IUnknown *network_events_create(HANDLE *changed);

#endif
