/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <native_sockets.h>

#include <iphlpapi.h>
#include <netioapi.h>

#include "src/port/network_source.h"

/* Wine 8 does not know the function, and says so; there is no route then. */
bool network_source_has_route(const struct network_address *address)
{
    SOCKADDR_INET destination, source;
    MIB_IPFORWARD_ROW2 route;

    memset(&destination, 0, sizeof(destination));
    if (address->size == 4) {
        destination.si_family = AF_INET;
        memcpy(&destination.Ipv4.sin_addr, address->bytes, address->size);
    } else {
        destination.si_family = AF_INET6;
        memcpy(&destination.Ipv6.sin6_addr, address->bytes, address->size);
    }
    return GetBestRoute2(NULL, 0, NULL, &destination, 0, &route, &source) == NO_ERROR &&
           route.DestinationPrefix.PrefixLength > 1;
}
