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

/*
 * When a wait for room to send has to end and be begun again, should it last that long; UINT64_MAX
 * for never. Milliseconds, as `now_ms`. Wine 8 tells of new room only after a send that found none,
 * and libcurl, which waits when the last one just fitted, relies on more. docs/engine.md
 */
uint64_t socket_send_wait_until(uint64_t now_ms);

#endif
