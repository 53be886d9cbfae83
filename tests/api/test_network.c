/* SPDX-License-Identifier: MIT */
/*
 * PausedNoNetwork and PausedCostedNetwork: entered and left by themselves, for what CostPolicy says
 * (BackgroundTransferStatus, BackgroundTransferCostPolicy). The network is what a word in a file
 * says. docs/network.md
 */
#include "watch.h"

#include <stdio.h>
#include <string.h>

#include "environment.h"
#include "src/port/files.h"
#include "test_files.h"

#define HELD  400000
#define FIRST "GET - -\n"
#define REST  "GET bytes=400000- \"size-1000000\"\n"

#define DEFAULT      BackgroundTransferCostPolicy_Default
#define UNRESTRICTED BackgroundTransferCostPolicy_UnrestrictedOnly
#define ALWAYS       BackgroundTransferCostPolicy_Always

#define RUNNING    BackgroundTransferStatus_Running
#define BY_APP     BackgroundTransferStatus_PausedByApplication
#define COSTED     BackgroundTransferStatus_PausedCostedNetwork
#define NO_NETWORK BackgroundTransferStatus_PausedNoNetwork

static void network_is(const char *word)
{
    test_file_write(test_path("network"), word, strlen(word));
}

/* Before the first download. */
static void begin(const char *word)
{
    test_setenv("WINRT_NETWORK_STATE", NULL);
    test_setenv("WINRT_NETWORK_STATE_FILE", test_path("network"));
    network_is(word);
}

static IBackgroundTransferOperation *transfer_of(const struct watch *watch)
{
    return query(watch->operation, &IID_IBackgroundTransferOperation);
}

static void put_policy(const struct watch *watch, BackgroundTransferCostPolicy policy)
{
    IBackgroundTransferOperation *transfer = transfer_of(watch);

    check_ok(IBackgroundTransferOperation_put_CostPolicy(transfer, policy));
    release_ref(transfer);
}

static void start_with_policy(struct watch *watch, const char *name, const char *options,
                              BackgroundTransferCostPolicy policy)
{
    watch_create(watch, NULL, name, script_url(name, options));
    put_policy(watch, policy);
    watch_start(watch);
}

static void end_well(struct watch *watch)
{
    assert_int_equal(watch_end(watch, NULL), Completed);
    check_pattern_file(test_path(watch->file), SCRIPT_SIZE);
    watch_close(watch);
}

/* Until the progress handler was shown that status: a slow one is shown the newest alone. */
static void wait_until_shown(struct watch *watch, BackgroundTransferStatus status)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    bool shown = false;
    unsigned calls;

    while (!shown) {
        calls = recorder_count(watch->progress);
        mutex_lock(&watch->mutex);
        shown = watch->count && watch->shown[watch->count - 1].Status == status;
        mutex_unlock(&watch->mutex);
        assert_true(shown || test_deadline(0) < deadline);
        if (!shown)
            recorder_wait_for(watch->progress, calls + 1, 20);
    }
}

/* With all that it has got, which is not asked for again. */
static void without_network_it_waits_and_goes_on_where_it_was(void **state)
{
    BackgroundDownloadProgress progress;
    struct watch watch;

    (void)state;
    begin("online");
    watch_script(&watch, "offline", "steps=hold:400000,hold:200000");
    watch_for_bytes(&watch, HELD);
    wait_until_shown(&watch, RUNNING);
    network_is("offline");
    wait_until_shown(&watch, NO_NETWORK);
    script_control(&watch, "gone");
    progress = progress_of(watch.operation);
    assert_int_equal(progress.BytesReceived, HELD);
    assert_int_equal(progress.TotalBytesToReceive, SCRIPT_SIZE);
    check_pattern_file(test_path(watch.file), HELD);
    assert_int_equal(operation_status(watch.async), Started);
    check_requests(&watch, FIRST);
    network_is("online");
    wait_until_shown(&watch, RUNNING);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST REST);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    assert_string_equal(watch_statuses(&watch), "Running PausedNoNetwork Running Completed");
    watch_close(&watch);
}

static void started_without_network_it_asks_for_nothing(void **state)
{
    struct watch watch;

    (void)state;
    begin("offline");
    watch_script(&watch, "late", "steps=hold:400000");
    wait_until_shown(&watch, NO_NETWORK);
    assert_int_equal(request_count(&watch), 0);
    network_is("online");
    wait_until_shown(&watch, RUNNING);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(request_count(&watch), 1);
    assert_string_equal(watch_statuses(&watch), "PausedNoNetwork Running Completed");
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

/* Three retries without progress are all there are; a network that goes takes none of them. */
static void a_network_that_goes_costs_no_retry(void **state)
{
    char row[32];
    struct watch watch;
    unsigned i;

    (void)state;
    begin("online");
    watch_script(&watch, "retries", "steps=hold:400000,wait*6,close*3,ok");
    watch_for_bytes(&watch, HELD);
    for (i = 0; i < 7; i++) {
        network_is("offline");
        watch_for_status(&watch, NO_NETWORK);
        network_is("online");
        snprintf(row, sizeof(row), "arrived?count=%u", i + 2);
        script_control(&watch, row);
    }
    assert_int_equal(watch_end(&watch, NULL), Completed);
    assert_int_equal(request_count(&watch), 11);
    assert_int_equal(watch_restarts(&watch), 0);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void each_policy_has_its_networks(void **state)
{
    static const struct {
        const char *word;
        BackgroundTransferCostPolicy policy;
        BackgroundTransferStatus status;
    } rows[] = {
        { "online", DEFAULT, RUNNING },          { "online", UNRESTRICTED, RUNNING },
        { "online", ALWAYS, RUNNING },           { "metered", DEFAULT, RUNNING },
        { "metered", UNRESTRICTED, COSTED },     { "metered", ALWAYS, RUNNING },
        { "roaming", DEFAULT, COSTED },          { "roaming", UNRESTRICTED, COSTED },
        { "roaming", ALWAYS, RUNNING },          { "offline", DEFAULT, NO_NETWORK },
        { "offline", UNRESTRICTED, NO_NETWORK }, { "offline", ALWAYS, NO_NETWORK },
    };
    struct watch watch;
    char name[20], file[20];
    size_t i;

    (void)state;
    begin("online");
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(name, sizeof(name), "policy%u", (unsigned)i);
        snprintf(file, sizeof(file), "%u.bin", (unsigned)i);
        print_message("%s %d\n", rows[i].word, (int)rows[i].policy);
        watch_create_file(&watch, NULL, name, script_url(name, "steps=hold:400000,ok"), file);
        put_policy(&watch, rows[i].policy);
        watch_start(&watch);
        watch_for_bytes(&watch, HELD);
        network_is("offline");
        watch_for_status(&watch, NO_NETWORK);
        network_is(rows[i].word);
        if (rows[i].status != RUNNING) {
            watch_for_status(&watch, rows[i].status);
            network_is("online");
        }
        assert_int_equal(watch_end(&watch, NULL), Completed);
        check_requests(&watch, FIRST REST);
        check_pattern_file(test_path(file), SCRIPT_SIZE);
        watch_close(&watch);
        network_is("online");
    }
}

static void a_costed_one_waits_and_goes_on_where_it_was(void **state)
{
    struct watch watch;

    (void)state;
    begin("online");
    start_with_policy(&watch, "costed", "steps=hold:400000,hold:200000", UNRESTRICTED);
    watch_for_bytes(&watch, HELD);
    wait_until_shown(&watch, RUNNING);
    network_is("metered");
    wait_until_shown(&watch, COSTED);
    script_control(&watch, "gone");
    assert_int_equal(progress_of(watch.operation).BytesReceived, HELD);
    network_is("online");
    wait_until_shown(&watch, RUNNING);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST REST);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    assert_string_equal(watch_statuses(&watch), "Running PausedCostedNetwork Running Completed");
    watch_close(&watch);
}

static void roaming_pauses_the_default_policy(void **state)
{
    struct watch watch;

    (void)state;
    begin("roaming");
    watch_script(&watch, "roaming", "steps=ok");
    watch_for_status(&watch, COSTED);
    assert_int_equal(request_count(&watch), 0);
    network_is("metered");
    end_well(&watch);
}

static void the_policy_changes_while_it_runs(void **state)
{
    struct watch watch;

    (void)state;
    begin("metered");
    watch_script(&watch, "policy", "steps=hold:400000,hold:200000,hold:100000");
    watch_for_bytes(&watch, HELD);
    wait_until_shown(&watch, RUNNING);
    put_policy(&watch, UNRESTRICTED);
    wait_until_shown(&watch, COSTED);
    script_control(&watch, "gone");
    put_policy(&watch, ALWAYS);
    watch_for_bytes(&watch, HELD + 200000);
    wait_until_shown(&watch, RUNNING);
    put_policy(&watch, UNRESTRICTED);
    wait_until_shown(&watch, COSTED);
    put_policy(&watch, DEFAULT);
    wait_until_shown(&watch, RUNNING);
    script_control(&watch, "release");
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST REST "GET bytes=600000- \"size-1000000\"\n");
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    assert_string_equal(
        watch_statuses(&watch),
        "Running PausedCostedNetwork Running PausedCostedNetwork Running Completed");
    watch_close(&watch);
}

/* The same for those that wait: without a network they wait for that, with one for a cheaper. */
static void one_pause_becomes_the_other(void **state)
{
    struct watch watch;

    (void)state;
    begin("offline");
    start_with_policy(&watch, "other", "steps=ok", UNRESTRICTED);
    watch_for_status(&watch, NO_NETWORK);
    network_is("metered");
    watch_for_status(&watch, COSTED);
    network_is("offline");
    watch_for_status(&watch, NO_NETWORK);
    network_is("roaming");
    watch_for_status(&watch, COSTED);
    assert_int_equal(request_count(&watch), 0);
    put_policy(&watch, ALWAYS);
    end_well(&watch);
}

/* Another download, which tells when a word has arrived. */
static void start_probe(struct watch *probe)
{
    watch_create_file(probe, NULL, "probe", script_url("probe", "steps=hold:1000,ok"), "probe.bin");
    watch_start(probe);
    watch_for_bytes(probe, 1000);
}

static void the_applications_pause_wins(void **state)
{
    struct watch watch, probe;

    (void)state;
    begin("online");
    start_probe(&probe);
    watch_script(&watch, "pause", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    network_is("offline");
    watch_for_status(&watch, NO_NETWORK);
    watch_pause(&watch);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Pause(watch.operation));
    watch_for_status(&probe, NO_NETWORK);
    network_is("online");
    end_well(&probe);
    assert_int_equal(progress_of(watch.operation).Status, BY_APP);
    check_requests(&watch, FIRST);
    watch_resume(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_requests(&watch, FIRST REST);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    watch_close(&watch);
}

static void resumed_without_network_it_waits_for_that(void **state)
{
    struct watch watch, probe;

    (void)state;
    begin("online");
    start_probe(&probe);
    watch_script(&watch, "resume", "steps=hold:400000,ok");
    watch_for_bytes(&watch, HELD);
    watch_pause(&watch);
    network_is("offline");
    watch_for_status(&probe, NO_NETWORK);
    watch_resume(&watch);
    watch_for_status(&watch, NO_NETWORK);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDownloadOperation_Resume(watch.operation));
    check_requests(&watch, FIRST);
    network_is("online");
    end_well(&watch);
    end_well(&probe);
}

static void what_waits_can_be_cancelled(void **state)
{
    static const char *const words[] = { "offline", "roaming" };
    struct watch watch;
    char name[20], file[20];
    HRESULT error;
    size_t i;

    (void)state;
    begin("online");
    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        snprintf(name, sizeof(name), "cancel%u", (unsigned)i);
        snprintf(file, sizeof(file), "%u.bin", (unsigned)i);
        watch_create_file(&watch, NULL, name, script_url(name, "steps=hold:400000"), file);
        watch_start(&watch);
        watch_for_bytes(&watch, HELD);
        network_is(words[i]);
        watch_for_status(&watch, i ? COSTED : NO_NETWORK);
        operation_cancel(watch.async);
        assert_int_equal(watch_end(&watch, &error), Canceled);
        assert_int_equal(error, S_OK);
        assert_int_equal(progress_of(watch.operation).Status, BackgroundTransferStatus_Canceled);
        check_requests(&watch, FIRST);
        check_pattern_file(test_path(file), HELD);
        watch_close(&watch);
        network_is("online");
    }
}

/* No slot is kept by those that wait: of more than there are slots, all go on. */
static void many_wait_and_all_go_on(void **state)
{
    enum {
        COUNT = 20
    };
    struct watch watches[COUNT];
    char names[COUNT][20], files[COUNT][20];
    int i;

    (void)state;
    begin("offline");
    for (i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof(names[i]), "many%d", i);
        snprintf(files[i], sizeof(files[i]), "%d.bin", i);
        watch_create_file(&watches[i], NULL, names[i], script_url(names[i], "steps=ok"), files[i]);
        watch_start(&watches[i]);
    }
    for (i = 0; i < COUNT; i++)
        watch_for_status(&watches[i], NO_NETWORK);
    network_is("online");
    for (i = 0; i < COUNT; i++)
        end_well(&watches[i]);
}

static void the_word_goes_and_so_does_the_pause(void **state)
{
    struct watch watch;

    (void)state;
    begin("offline");
    watch_script(&watch, "gone", "steps=ok");
    watch_for_status(&watch, NO_NETWORK);
    assert_int_equal(file_remove(test_path("network")), PORT_OK);
    end_well(&watch); /* loopback is always reached */
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(without_network_it_waits_and_goes_on_where_it_was),
    cmocka_unit_test(started_without_network_it_asks_for_nothing),
    cmocka_unit_test(a_network_that_goes_costs_no_retry),
    cmocka_unit_test(each_policy_has_its_networks),
    cmocka_unit_test(a_costed_one_waits_and_goes_on_where_it_was),
    cmocka_unit_test(roaming_pauses_the_default_policy),
    cmocka_unit_test(the_policy_changes_while_it_runs),
    cmocka_unit_test(one_pause_becomes_the_other),
    cmocka_unit_test(the_applications_pause_wins),
    cmocka_unit_test(resumed_without_network_it_waits_for_that),
    cmocka_unit_test(what_waits_can_be_cancelled),
    cmocka_unit_test(many_wait_and_all_go_on),
    cmocka_unit_test(the_word_goes_and_so_does_the_pause),
};

TEST_MAIN(tests)
