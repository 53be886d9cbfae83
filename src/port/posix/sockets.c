/* SPDX-License-Identifier: MIT */
#include "src/port/sockets.h"

#include <fcntl.h>

void socket_keep_from_children(intptr_t socket)
{
    int flags = fcntl((int)socket, F_GETFD);

    if (flags >= 0)
        fcntl((int)socket, F_SETFD, flags | FD_CLOEXEC);
}
