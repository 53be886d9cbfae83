/* SPDX-License-Identifier: MIT */
/* Hosts that are this machine, or addresses. */
#include <string.h>

#include "test_main.h"

#include "src/port/network_host.h"

static void some_hosts_are_always_this_machine(void **state)
{
    static const struct {
        const char *host;
        bool loopback;
    } table[] = {
        { "localhost", true },
        { "LocalHost", true },
        { "localhost.", true },
        { "a.localhost", true },
        { "a.b.LOCALHOST.", true },
        { "127.0.0.1", true },
        { "127.255.255.254", true },
        { "::1", true },
        { "0:0:0:0:0:0:0:1", true },
        { "::ffff:127.0.0.1", true },
        { "::ffff:7f01:203", true },
        { "", false },
        { ".", false },
        { "ocalhost", false },
        { "mylocalhost", false },
        { "localhost.example", false },
        { "localhost..", false },
        { "128.0.0.1", false },
        { "127.0.0.1.example", false },
        { "::2", false },
        { "::", false },
        { "1::1", false },
        { "::127.0.0.1", false },
        { "::ffff:128.0.0.1", false },
        { "example.com", false },
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (network_host_is_loopback(table[i].host) != table[i].loopback)
            fail_msg("%s", table[i].host);
    }
}

static void check_address(const char *host, size_t size, const char *bytes)
{
    struct network_address address = { 0 };

    if (network_address_parse(host, &address) != !!size || (size && address.size != size) ||
        (size && memcmp(address.bytes, bytes, size)))
        fail_msg("%s", host);
}

static void addresses_are_told_from_names(void **state)
{
    (void)state;
    check_address("192.0.2.7", 4, "\xc0\x00\x02\x07");
    check_address("::ffff:192.0.2.7", 4, "\xc0\x00\x02\x07");
    check_address("2001:db8::7", 16, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07");
    check_address("fe80::1%eth0", 16, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x01");
    check_address("fe80::1%", 16, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x01");
    check_address("", 0, NULL);
    check_address("192.0.2", 0, NULL);
    check_address("192.0.2.256", 0, NULL);
    check_address("192.0.2.7.example", 0, NULL);
    check_address("[::1]", 0, NULL);
    check_address("1:2:3:4:5:6:7:8:9", 0, NULL);
    check_address("0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001", 0, NULL);
    check_address("%1:", 0, NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(some_hosts_are_always_this_machine),
    cmocka_unit_test(addresses_are_told_from_names),
};

TEST_MAIN_UNIT(tests)
