/* SPDX-License-Identifier: MIT */
#include "network_host.h"

#include <string.h>

#include <native_sockets.h>

#define LOCALHOST "localhost"

static bool parse_v6(const char *host, struct network_address *ret)
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
    size_t length = strcspn(host, "%");
    char address[INET6_ADDRSTRLEN];

    if (length >= sizeof(address))
        return false;
    memcpy(address, host, length);
    address[length] = 0;
    if (inet_pton(AF_INET6, address, ret->bytes) != 1)
        return false;
    ret->size = sizeof(ret->bytes);
    if (!memcmp(ret->bytes, mapped, sizeof(mapped))) {
        ret->size -= sizeof(mapped);
        memmove(ret->bytes, ret->bytes + sizeof(mapped), ret->size);
    }
    return true;
}

bool network_address_parse(const char *host, struct network_address *ret)
{
    if (strchr(host, ':'))
        return parse_v6(host, ret);
    ret->size = 4;
    return inet_pton(AF_INET, host, ret->bytes) == 1;
}

static bool is_localhost(const char *name)
{
    size_t length = strlen(name), wanted = strlen(LOCALHOST), i;

    if (length && name[length - 1] == '.')
        length--;
    if (length < wanted || (length > wanted && name[length - wanted - 1] != '.'))
        return false;
    name += length - wanted;
    for (i = 0; i < wanted; i++) {
        if ((name[i] | 0x20) != LOCALHOST[i])
            return false;
    }
    return true;
}

bool network_host_is_loopback(const char *host)
{
    static const uint8_t loopback[16] = { [15] = 1 };
    struct network_address address;

    if (!network_address_parse(host, &address))
        return is_localhost(host);
    if (address.size == 4)
        return address.bytes[0] == 127;
    return !memcmp(address.bytes, loopback, sizeof(loopback));
}
