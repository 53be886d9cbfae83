/* SPDX-License-Identifier: MIT */
#include "../inheritance.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

void make_inherited_sockets(intptr_t sockets[2])
{
    int pair[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    sockets[0] = pair[0];
    sockets[1] = pair[1];
}

void close_sockets(const intptr_t sockets[2])
{
    close((int)sockets[0]);
    close((int)sockets[1]);
}

bool is_inherited(intptr_t socket)
{
    return !(fcntl((int)socket, F_GETFD) & FD_CLOEXEC);
}
