/* SPDX-License-Identifier: MIT */
#include <winsock2.h>

#include "../inheritance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

void make_inherited_sockets(intptr_t sockets[2])
{
    WSADATA data;

    assert_int_equal(WSAStartup(MAKEWORD(2, 2), &data), 0);
    for (int i = 0; i < 2; i++) {
        SOCKET made = socket(AF_INET, SOCK_STREAM, 0);

        assert_true(made != INVALID_SOCKET);
        sockets[i] = (intptr_t)made;
    }
}

void close_sockets(const intptr_t sockets[2])
{
    closesocket((SOCKET)sockets[0]);
    closesocket((SOCKET)sockets[1]);
    WSACleanup();
}

bool is_inherited(intptr_t socket)
{
    DWORD flags = 0;

    assert_true(GetHandleInformation((HANDLE)socket, &flags));
    return flags & HANDLE_FLAG_INHERIT;
}
