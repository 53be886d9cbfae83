/* SPDX-License-Identifier: MIT */
/* What NetworkManager says, counts; and where it says nothing, what the kernel's routes say. */
#include "test_main.h"

#include "../calls.h"
#include "bus.h"
#include "forked.h"
#include "namespace.h"
#include "src/port/clock.h"
#include "src/port/network_state.h"
#include "src/port/posix/network_routes.h"
#include "test_event.h"
#include "thread_wakes.h"

/* NMState, NMConnectivityState, NMMetered */
#define ASLEEP    10
#define GLOBAL    70
#define FULL      4
#define METERED   1
#define UNMETERED 2

/* MMModem3gppRegistrationState */
#define HOME    1
#define ROAMING 5

static struct calls calls;

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

static bool is_now(bool online, enum network_cost cost)
{
    struct network_state state;

    network_state_get(&state);
    return !state.overridden && state.online == online && state.cost == cost;
}

static void wait_until(bool online, enum network_cost cost)
{
    unsigned count;

    for (;;) {
        count = calls_count(&calls);
        if (is_now(online, cost))
            return;
        assert_true(calls_wait(&calls, count, TEST_WAIT_MS));
    }
}

/* As the routes are, whatever NetworkManager may say. */
static void wait_for_kernel(void)
{
    wait_until(network_routes_have_default(), NETWORK_COST_UNRESTRICTED);
}

static void set_other_than_kernel(void)
{
    if (network_routes_have_default())
        manager_set(ASLEEP, 1, METERED);
    else
        manager_set(GLOBAL, FULL, METERED);
}

static void wait_for_other_than_kernel(void)
{
    wait_until(!network_routes_have_default(), NETWORK_COST_METERED);
}

static void begin(void)
{
    bus_prepare();
    bus_start();
    manager_start();
}

static void each_of_its_states_has_a_meaning(void **state)
{
    static const struct {
        uint32_t state, connectivity, metered;
        bool online;
        enum network_cost cost;
    } table[] = {
        { 10, 1, 0, false, NETWORK_COST_UNRESTRICTED }, /* asleep */
        { 70, 4, 0, true, NETWORK_COST_UNRESTRICTED },
        { 30, 1, 0, false, NETWORK_COST_UNRESTRICTED }, /* disconnecting */
        { 70, 4, 1, true, NETWORK_COST_METERED },
        { 60, 2, 0, false, NETWORK_COST_UNRESTRICTED }, /* a portal */
        { 70, 4, 2, true, NETWORK_COST_UNRESTRICTED },
        { 70, 2, 0, false, NETWORK_COST_UNRESTRICTED },
        { 70, 0, 3, true, NETWORK_COST_METERED },      /* guessed */
        { 60, 3, 4, true, NETWORK_COST_UNRESTRICTED }, /* site; limited; not metered, guessed */
        { 60, 3, 1, true, NETWORK_COST_METERED },
    };
    size_t i;

    (void)state;
    begin();
    watch();
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        manager_set(table[i].state, table[i].connectivity, table[i].metered);
        wait_until(table[i].online, table[i].cost);
    }
    unwatch();
    manager_set(GLOBAL, FULL, METERED);
    watch();
    assert_true(is_now(true, NETWORK_COST_METERED));
    unwatch();
}

/* It may have no hand in the connection that there is. */
static void where_it_has_no_connection_the_kernel_is_asked(void **state)
{
    static const uint32_t states[] = { 0, 20, 40, 50 };
    size_t i;

    (void)state;
    begin();
    watch();
    for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        set_other_than_kernel();
        wait_for_other_than_kernel();
        manager_set(states[i], 1, METERED);
        wait_until(network_routes_have_default(), NETWORK_COST_METERED);
    }
    unwatch();
}

static void a_modem_may_be_roaming(void **state)
{
    (void)state;
    begin();
    modems_start(ROAMING);
    manager_set_mobile(true);
    manager_set(GLOBAL, FULL, METERED);
    watch();
    assert_true(is_now(true, NETWORK_COST_ROAMING));
    modem_set_registration(HOME);
    wait_until(true, NETWORK_COST_METERED);
    modem_set_registration(ROAMING);
    wait_until(true, NETWORK_COST_ROAMING);
    manager_set_mobile(false);
    wait_until(true, NETWORK_COST_METERED);
    manager_set(GLOBAL, FULL, UNMETERED);
    wait_until(true, NETWORK_COST_UNRESTRICTED);
    manager_set_mobile(true);
    wait_until(true, NETWORK_COST_ROAMING);
    manager_stop();
    wait_for_kernel();
    unwatch();
}

static void without_modem_manager_nobody_roams(void **state)
{
    (void)state;
    begin();
    manager_set_mobile(true);
    manager_set(GLOBAL, FULL, METERED);
    watch();
    assert_true(is_now(true, NETWORK_COST_METERED));
    modems_start(ROAMING);
    manager_set_mobile(false);
    manager_set(GLOBAL, FULL, UNMETERED);
    wait_until(true, NETWORK_COST_UNRESTRICTED);
    manager_set_mobile(true);
    wait_until(true, NETWORK_COST_ROAMING);
    unwatch();
}

static void it_goes_and_returns(void **state)
{
    int i;

    (void)state;
    begin();
    set_other_than_kernel();
    watch();
    wait_for_other_than_kernel();
    for (i = 0; i < 2; i++) {
        manager_stop();
        wait_for_kernel();
        manager_start();
        set_other_than_kernel();
        wait_for_other_than_kernel();
    }
    unwatch();
}

static void it_comes_later_than_we_do(void **state)
{
    (void)state;
    bus_prepare();
    bus_start();
    watch();
    assert_true(is_now(network_routes_have_default(), NETWORK_COST_UNRESTRICTED));
    manager_start();
    set_other_than_kernel();
    wait_for_other_than_kernel();
    unwatch();
}

static void while_it_starts_the_kernel_knows_better(void **state)
{
    (void)state;
    begin();
    manager_set_startup(1);
    manager_set(ASLEEP, 1, METERED);
    watch();
    wait_until(network_routes_have_default(), NETWORK_COST_METERED);
    manager_set_startup(0);
    wait_until(false, NETWORK_COST_METERED);
    unwatch();
}

static void what_it_may_not_say_is_not_heard(void **state)
{
    (void)state;
    begin();
    set_other_than_kernel();
    watch();
    wait_for_other_than_kernel();
    manager_set_rubbish();
    wait_for_kernel();
    set_other_than_kernel();
    wait_for_other_than_kernel();
    unwatch();
}

/* The limits are wide: they are there to tell from hanging. */
static void without_a_bus_nothing_waits(void **state)
{
    uint64_t begun;

    (void)state;
    bus_prepare();
    begun = clock_monotonic_ms();
    watch();
    assert_true(is_now(network_routes_have_default(), NETWORK_COST_UNRESTRICTED));
    unwatch();
    assert_in_range(clock_monotonic_ms() - begun, 0, TEST_WAIT_MS / 10);
}

static void a_bus_that_hangs_holds_nobody_up(void **state)
{
    uint64_t begun;

    (void)state;
    bus_prepare();
    bus_hang();
    begun = clock_monotonic_ms();
    watch();
    assert_true(is_now(network_routes_have_default(), NETWORK_COST_UNRESTRICTED));
    unwatch();
    assert_in_range(clock_monotonic_ms() - begun, 0, TEST_WAIT_MS / 10);
}

static void when_it_hangs_it_is_heard_as_soon_as_it_speaks(void **state)
{
    uint64_t begun;

    (void)state;
    begin();
    set_other_than_kernel();
    manager_hang();
    begun = clock_monotonic_ms();
    watch();
    assert_true(is_now(network_routes_have_default(), NETWORK_COST_UNRESTRICTED));
    assert_in_range(clock_monotonic_ms() - begun, 0, TEST_WAIT_MS / 10);
    manager_go_on();
    wait_for_other_than_kernel();
    unwatch();
}

static void a_bus_comes_later_and_returns(void **state)
{
    int i;

    (void)state;
    bus_prepare();
    watch();
    for (i = 0; i < 2; i++) {
        bus_start();
        manager_start();
        set_other_than_kernel();
        wait_for_other_than_kernel();
        bus_stop();
        wait_for_kernel();
        manager_stop();
    }
    unwatch();
}

/* In a network where nobody else changes anything. */
static void between_signals_it_sleeps(void **state)
{
    (void)state;
    enter_own_network(__func__);
    begin();
    watch();
    check_thread_sleeps("winrt-network");
    set_other_than_kernel();
    wait_for_other_than_kernel();
    check_thread_sleeps("winrt-network");
    unwatch();
}

static int use_in_child(void *argument)
{
    struct network_state state;

    (void)argument;
    network_state_get(&state);
    if (!state.online || state.cost != NETWORK_COST_UNRESTRICTED)
        return 1;
    network_state_unwatch();
    return 0;
}

static void a_forked_child_is_not_harmed_and_does_no_harm(void **state)
{
    (void)state;
    begin();
    manager_set(ASLEEP, 1, METERED);
    watch();
    wait_until(false, NETWORK_COST_METERED);
    assert_int_equal(run_forked(use_in_child, NULL), 0);
    manager_set(GLOBAL, FULL, UNMETERED);
    wait_until(true, NETWORK_COST_UNRESTRICTED);
    unwatch();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_of_its_states_has_a_meaning),
    cmocka_unit_test(where_it_has_no_connection_the_kernel_is_asked),
    cmocka_unit_test(a_modem_may_be_roaming),
    cmocka_unit_test(without_modem_manager_nobody_roams),
    cmocka_unit_test(it_goes_and_returns),
    cmocka_unit_test(it_comes_later_than_we_do),
    cmocka_unit_test(while_it_starts_the_kernel_knows_better),
    cmocka_unit_test(what_it_may_not_say_is_not_heard),
    cmocka_unit_test(without_a_bus_nothing_waits),
    cmocka_unit_test(a_bus_that_hangs_holds_nobody_up),
    cmocka_unit_test(when_it_hangs_it_is_heard_as_soon_as_it_speaks),
    cmocka_unit_test(a_bus_comes_later_and_returns),
    cmocka_unit_test(between_signals_it_sleeps),
    cmocka_unit_test(a_forked_child_is_not_harmed_and_does_no_harm),
};

TEST_MAIN_UNIT(tests)
