/* SPDX-License-Identifier: MIT */
#include "src/port/sockets.h"

#include <fcntl.h>

void socket_keep_from_children(intptr_t socket)
{
    int flags = fcntl((int)socket, F_GETFD);

    if (flags >= 0)
        fcntl((int)socket, F_SETFD, flags | FD_CLOEXEC);
}

uint64_t socket_send_wait_until(uint64_t now_ms)
{
    (void)now_ms;
    return UINT64_MAX;
}
