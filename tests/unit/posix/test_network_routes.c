/* SPDX-License-Identifier: MIT */
/* What the kernel's routes say, where nobody else says anything, in a network of the test's own. */
#include <string.h>

#include "test_main.h"

#include "../calls.h"
#include "environment.h"
#include "namespace.h"
#include "src/port/network_state.h"
#include "test_event.h"

static struct calls calls;

static void begin(const char *function)
{
    enter_own_network(function);
    test_setenv("WINRT_NETWORK_STATE", NULL);
    test_setenv("WINRT_NETWORK_STATE_FILE", NULL);
    test_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/none");
    ip("link", "set", "lo", "up", NULL);
    ip("link", "add", "one", "type", "veth", "peer", "name", "other", NULL);
    ip("link", "set", "one", "up", NULL);
    ip("link", "set", "other", "up", NULL);
    ip("address", "add", "192.0.2.2/24", "dev", "one", NULL);
}

static void watch(void)
{
    calls_init(&calls);
    assert_int_equal(network_state_watch(calls_note, &calls), PORT_OK);
}

static void unwatch(void)
{
    network_state_unwatch();
    calls_destroy(&calls);
}

static bool is_online(void)
{
    struct network_state state;

    network_state_get(&state);
    assert_false(state.overridden);
    assert_int_equal(state.cost, NETWORK_COST_UNRESTRICTED);
    return state.online;
}

static bool reaches(const char *host)
{
    struct network_state state;

    network_state_get(&state);
    return network_state_reaches(&state, host);
}

static void wait_until(bool online)
{
    unsigned count;

    for (;;) {
        count = calls_count(&calls);
        if (is_online() == online)
            return;
        assert_true(calls_wait(&calls, count, TEST_WAIT_MS));
    }
}

static void without_a_default_route_there_is_no_network(void **state)
{
    (void)state;
    begin(__func__);
    watch();
    assert_false(is_online());
    unwatch();
    ip("route", "add", "default", "via", "192.0.2.1", NULL);
    watch();
    assert_true(is_online());
    unwatch();
}

static void default_routes_come_and_go(void **state)
{
    int i;

    (void)state;
    begin(__func__);
    watch();
    for (i = 0; i < 3; i++) {
        ip("route", "add", "default", "via", "192.0.2.1", NULL);
        wait_until(true);
        ip("route", "del", "default", NULL);
        wait_until(false);
    }
    unwatch();
}

static void ipv6_alone_will_do(void **state)
{
    (void)state;
    begin(__func__);
    watch();
    ip("-6", "route", "add", "default", "dev", "one", NULL);
    wait_until(true);
    ip("-6", "route", "del", "default", NULL);
    wait_until(false);
    unwatch();
}

static void a_route_that_refuses_is_none(void **state)
{
    (void)state;
    begin(__func__);
    ip("route", "add", "unreachable", "default", "metric", "5", NULL);
    ip("-6", "route", "add", "blackhole", "default", "metric", "5", NULL);
    watch();
    assert_false(is_online());
    unwatch();
}

static void another_table_does_not_count(void **state)
{
    (void)state;
    begin(__func__);
    ip("route", "add", "default", "via", "192.0.2.1", "table", "7", NULL);
    watch();
    assert_false(is_online());
    unwatch();
}

static void what_leads_into_a_tunnel_does_not_count(void **state)
{
    (void)state;
    begin(__func__);
    ip("route", "add", "0.0.0.0/1", "via", "192.0.2.1", NULL);
    ip("route", "add", "128.0.0.0/1", "via", "192.0.2.1", NULL);
    watch();
    assert_false(is_online());
    unwatch();
}

static void a_cable_that_is_pulled_counts(void **state)
{
    (void)state;
    begin(__func__);
    ip("route", "add", "default", "via", "192.0.2.1", NULL);
    watch();
    assert_true(is_online());
    ip("link", "set", "other", "down", NULL);
    wait_until(false);
    ip("link", "set", "other", "up", NULL);
    wait_until(true);
    unwatch();
}

static void one_of_several_ways_will_do(void **state)
{
    (void)state;
    begin(__func__);
    ip("link", "add", "two", "type", "veth", "peer", "name", "second", NULL);
    ip("link", "set", "two", "up", NULL);
    ip("link", "set", "second", "up", NULL);
    ip("address", "add", "198.51.100.2/24", "dev", "two", NULL);
    ip("route", "add", "default", "nexthop", "via", "192.0.2.1", "nexthop", "via", "198.51.100.1",
       NULL);
    watch();
    assert_true(is_online());
    ip("link", "set", "second", "down", NULL);
    ip("link", "set", "other", "down", NULL);
    wait_until(false);
    ip("link", "set", "second", "up", NULL);
    wait_until(true);
    unwatch();
}

static void addresses_on_a_network_of_ours_are_reached_without(void **state)
{
    (void)state;
    begin(__func__);
    watch();
    assert_false(is_online());
    assert_true(reaches("192.0.2.77"));
    assert_true(reaches("192.0.2.2"));
    assert_true(reaches("::ffff:192.0.2.77"));
    assert_false(reaches("198.51.100.7"));
    assert_false(reaches("2001:db8::7"));
    assert_false(reaches("example.com"));
    unwatch();
}

/* For the engine, whom such an address costs nothing. */
static void what_the_default_route_leads_to_is_not_near(void **state)
{
    static const struct network_state offline = { .online = false };

    (void)state;
    begin(__func__);
    ip("route", "add", "default", "via", "192.0.2.1", NULL);
    ip("route", "add", "0.0.0.0/1", "via", "192.0.2.1", NULL);
    ip("route", "add", "203.0.113.0/24", "via", "192.0.2.1", NULL);
    assert_true(network_state_reaches(&offline, "192.0.2.77"));
    assert_true(network_state_reaches(&offline, "203.0.113.7"));
    assert_false(network_state_reaches(&offline, "198.51.100.7"));
    assert_false(network_state_reaches(&offline, "8.8.8.8"));
    ip("-6", "address", "add", "2001:db8::2/64", "dev", "one", "nodad", NULL);
    ip("-6", "route", "add", "default", "dev", "one", NULL);
    assert_true(network_state_reaches(&offline, "2001:db8::77"));
    assert_false(network_state_reaches(&offline, "2001:db8:1::77"));
}

/* The state is the same, but more can be reached. */
static void a_network_that_comes_near_is_told(void **state)
{
    unsigned count;

    (void)state;
    begin(__func__);
    watch();
    while (!reaches("198.51.100.7")) {
        count = calls_count(&calls);
        ip("address", "replace", "198.51.100.2/24", "dev", "one", NULL);
        assert_true(calls_wait(&calls, count, TEST_WAIT_MS));
    }
    assert_false(is_online());
    unwatch();
}

static void loopback_is_reached_without_any_route(void **state)
{
    (void)state;
    begin(__func__);
    watch();
    assert_false(is_online());
    assert_true(reaches("localhost"));
    assert_true(reaches("127.0.0.1"));
    assert_true(reaches("127.1.2.3"));
    assert_true(reaches("::1"));
    unwatch();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(without_a_default_route_there_is_no_network),
    cmocka_unit_test(default_routes_come_and_go),
    cmocka_unit_test(ipv6_alone_will_do),
    cmocka_unit_test(a_route_that_refuses_is_none),
    cmocka_unit_test(another_table_does_not_count),
    cmocka_unit_test(what_leads_into_a_tunnel_does_not_count),
    cmocka_unit_test(a_cable_that_is_pulled_counts),
    cmocka_unit_test(one_of_several_ways_will_do),
    cmocka_unit_test(addresses_on_a_network_of_ours_are_reached_without),
    cmocka_unit_test(what_the_default_route_leads_to_is_not_near),
    cmocka_unit_test(a_network_that_comes_near_is_told),
    cmocka_unit_test(loopback_is_reached_without_any_route),
};

TEST_MAIN_UNIT(tests)
