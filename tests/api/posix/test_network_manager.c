/* SPDX-License-Identifier: MIT */
/*
 * Downloads follow what NetworkManager says. The server has a name that only the proxy knows, since
 * loopback is reached whatever becomes of the network. docs/network.md
 */
#include "../watch.h"

#include <stdio.h>

#include "bus.h"
#include "environment.h"

#define HELD  400000
#define FIRST "GET - -\n"
#define REST  "GET bytes=400000- \"size-1000000\"\n"

/* NMState, NMConnectivityState, NMMetered */
#define ASLEEP    10
#define GLOBAL    70
#define NONE      1
#define PORTAL    2
#define FULL      4
#define METERED   1
#define UNMETERED 2

static void begin(void)
{
    bus_prepare();
    bus_start();
    manager_start();
    manager_set(GLOBAL, FULL, UNMETERED);
    test_setenv("http_proxy", server_value("PROXY_HTTP"));
    test_setenv("no_proxy", NULL);
}

/* From a host that is neither this machine nor an address. */
static void start_elsewhere(struct watch *watch, const char *name,
                            BackgroundTransferCostPolicy policy)
{
    IBackgroundTransferOperation *transfer;
    char url[256];

    snprintf(url, sizeof(url), "http://elsewhere.proxy.test/script/%d?token=%s&steps=hold:%d,ok",
             SCRIPT_SIZE, test_token(name), HELD);
    watch_create(watch, NULL, name, url);
    transfer = query(watch->operation, &IID_IBackgroundTransferOperation);
    check_ok(IBackgroundTransferOperation_put_CostPolicy(transfer, policy));
    release_ref(transfer);
    watch_start(watch);
}

static void end_well(struct watch *watch)
{
    assert_int_equal(watch_end(watch, NULL), Completed);
    check_requests(watch, FIRST REST);
    check_pattern_file(test_path(watch->file), SCRIPT_SIZE);
    watch_close(watch);
}

static void a_download_waits_for_the_network(void **state)
{
    struct watch watch;

    (void)state;
    begin();
    start_elsewhere(&watch, "network", BackgroundTransferCostPolicy_Default);
    watch_for_bytes(&watch, HELD);
    manager_set(ASLEEP, NONE, UNMETERED);
    watch_for_status(&watch, BackgroundTransferStatus_PausedNoNetwork);
    assert_int_equal(progress_of(watch.operation).BytesReceived, HELD);
    manager_set(GLOBAL, FULL, UNMETERED);
    end_well(&watch);
}

static void a_portal_is_no_network(void **state)
{
    struct watch watch;

    (void)state;
    begin();
    start_elsewhere(&watch, "portal", BackgroundTransferCostPolicy_Default);
    watch_for_bytes(&watch, HELD);
    manager_set(GLOBAL, PORTAL, UNMETERED);
    watch_for_status(&watch, BackgroundTransferStatus_PausedNoNetwork);
    manager_set(GLOBAL, FULL, UNMETERED);
    end_well(&watch);
}

static void a_download_waits_for_a_network_that_costs_nothing(void **state)
{
    struct watch watch;

    (void)state;
    begin();
    start_elsewhere(&watch, "cost", BackgroundTransferCostPolicy_UnrestrictedOnly);
    watch_for_bytes(&watch, HELD);
    manager_set(GLOBAL, FULL, METERED);
    watch_for_status(&watch, BackgroundTransferStatus_PausedCostedNetwork);
    manager_set(GLOBAL, FULL, UNMETERED);
    end_well(&watch);
}

static void roaming_pauses_the_default_policy(void **state)
{
    struct watch watch;

    (void)state;
    begin();
    modems_start(1);
    manager_set_mobile(true);
    manager_set(GLOBAL, FULL, METERED);
    start_elsewhere(&watch, "roaming", BackgroundTransferCostPolicy_Default);
    watch_for_bytes(&watch, HELD);
    modem_set_registration(5);
    watch_for_status(&watch, BackgroundTransferStatus_PausedCostedNetwork);
    modem_set_registration(1);
    end_well(&watch);
}

static void loopback_is_held_back_by_nothing(void **state)
{
    IBackgroundTransferOperation *transfer;
    struct watch here, there;

    (void)state;
    begin();
    start_elsewhere(&there, "far", BackgroundTransferCostPolicy_UnrestrictedOnly);
    watch_for_bytes(&there, HELD);
    manager_set(ASLEEP, NONE, METERED);
    watch_for_status(&there, BackgroundTransferStatus_PausedNoNetwork);
    watch_create_file(&here, NULL, "near", script_url("near", "steps=hold:400000,ok"), "here.bin");
    transfer = query(here.operation, &IID_IBackgroundTransferOperation);
    check_ok(
        IBackgroundTransferOperation_put_CostPolicy(transfer,
                                                    BackgroundTransferCostPolicy_UnrestrictedOnly));
    release_ref(transfer);
    watch_start(&here);
    watch_for_bytes(&here, HELD);
    manager_set(GLOBAL, FULL, METERED);
    watch_for_status(&there, BackgroundTransferStatus_PausedCostedNetwork);
    script_control(&here, "release");
    assert_int_equal(watch_end(&here, NULL), Completed);
    check_requests(&here, FIRST);
    watch_close(&here);
    manager_set(GLOBAL, FULL, UNMETERED);
    end_well(&there);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_download_waits_for_the_network),
    cmocka_unit_test(a_portal_is_no_network),
    cmocka_unit_test(a_download_waits_for_a_network_that_costs_nothing),
    cmocka_unit_test(roaming_pauses_the_default_policy),
    cmocka_unit_test(loopback_is_held_back_by_nothing),
};

TEST_MAIN(tests)
