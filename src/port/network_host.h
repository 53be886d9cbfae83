/* SPDX-License-Identifier: MIT */
/* What the host of a URL tells without asking anybody. Pure; any thread. */
#ifndef WINRT_PORT_NETWORK_HOST_H
#define WINRT_PORT_NETWORK_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct network_address {
    size_t size; /* 4 or 16 bytes */
    uint8_t bytes[16];
};

/*
 * Whether the host is an address and not a name: IPv4 with four numbers, or IPv6 without brackets,
 * whose zone is left out. IPv4 in IPv6 (::ffff:a.b.c.d) becomes IPv4.
 */
bool network_address_parse(const char *host, struct network_address *ret);

/* Whether it is this machine whatever the network: 127.0.0.0/8, ::1, and "localhost" and what is
   below it (RFC 6761, 6.3). */
bool network_host_is_loopback(const char *host);

#endif
