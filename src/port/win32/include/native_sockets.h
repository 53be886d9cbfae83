/* SPDX-License-Identifier: MIT */
/* Where inet_pton and the address families are declared. */
#ifndef WINRT_NATIVE_SOCKETS_H
#define WINRT_NATIVE_SOCKETS_H

#include <winsock2.h>
#include <ws2tcpip.h>

#endif
