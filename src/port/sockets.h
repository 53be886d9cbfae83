/* SPDX-License-Identifier: MIT */
/* What the engine asks of a socket that libcurl has made. Any thread. */
#ifndef WINRT_PORT_SOCKETS_H
#define WINRT_PORT_SOCKETS_H

#include <stdint.h>

/*
 * Programs that this one starts shall not inherit it: they would hold the connection open, for the
 * server to see, long after we have closed it.
 */
void socket_keep_from_children(intptr_t socket);

#endif
