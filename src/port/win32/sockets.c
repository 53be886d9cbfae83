/* SPDX-License-Identifier: MIT */
#include "src/port/sockets.h"

#include <windows.h>

#define SEND_WAIT_MS 10

void socket_keep_from_children(intptr_t socket)
{
    SetHandleInformation((HANDLE)socket, HANDLE_FLAG_INHERIT, 0);
}

uint64_t socket_send_wait_until(uint64_t now_ms)
{
    return now_ms + SEND_WAIT_MS;
}
