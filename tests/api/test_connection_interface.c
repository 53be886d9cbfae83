/* SPDX-License-Identifier: MIT */
/* IConnectionLimit as an interface: what it takes and gives, and how it is found.
 * docs/own-interface.md */
#include "connections.h"

#include <stddef.h>

#include <winrt.backgroundtransfer.h>

#include "environment.h"
#include "watch.h"

#define MOST      64
#define OTHERWISE 16

static IDownloadOperation *operation_new(void)
{
    return download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
}

static void a_download_has_what_the_process_has(void **state)
{
    IDownloadOperation *operation = operation_new();
    void *process = connections_process();

    (void)state;
    assert_int_equal(connection_limit_of(operation), 0);
    assert_int_equal(connection_limit_of(process), OTHERWISE);
    connection_limit(process, 5);
    assert_int_equal(connection_limit_of(operation), 0);
    connection_limit(operation, 7);
    assert_int_equal(connection_limit_of(process), 5);
    assert_int_equal(connection_limit_of(operation), 7);
    release_ref(process);
    check_last_release(operation);
}

static void check_range(void *object, UINT32 zero)
{
    static const UINT32 good[] = { 1, 2, 16, 63, MOST }, bad[] = { MOST + 1, 256, UINT32_MAX };

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        connection_limit(object, good[i]);
        assert_int_equal(connection_limit_of(object), good[i]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        connection_limit_refused(object, bad[i]);
        assert_int_equal(connection_limit_of(object), MOST);
    }
    connection_limit(object, 0);
    assert_int_equal(connection_limit_of(object), zero);
}

static void up_to_sixty_four_are_possible(void **state)
{
    IDownloadOperation *operation = operation_new();
    void *process = connections_process();

    (void)state;
    check_range(operation, 0);
    check_range(process, OTHERWISE);
    release_ref(process);
    check_last_release(operation);
}

/* At any time; with any number it comes to its end. */
static void it_can_be_set_while_it_runs_and_afterwards(void **state)
{
    static const UINT32 numbers[] = { 1, MOST, 0 };
    void *process = connections_process();
    struct watch watch;

    (void)state;
    watch_create(&watch, NULL, "set", script_url("set", "steps=hold:400000,ok"));
    connection_limit(watch.operation, 2);
    watch_start(&watch);
    watch_for_bytes(&watch, 400000);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        connection_limit(watch.operation, numbers[i]);
        connection_limit(process, numbers[i]);
        assert_int_equal(connection_limit_of(watch.operation), numbers[i]);
    }
    connection_limit(watch.operation, 3);
    http_get(server_url("FAULT_HTTP", "/release/%s", watch.token), NULL, 0);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    check_pattern_file(test_path(watch.file), SCRIPT_SIZE);
    assert_int_equal(connection_limit_of(watch.operation), 3);
    connection_limit(watch.operation, 4);
    assert_int_equal(connection_limit_of(watch.operation), 4);
    watch_close(&watch);
    release_ref(process);
}

/* What it says, and what it is when that is nonsense. */
static void the_environment_sets_the_processs(void **state)
{
    void *process;

    (void)state;
    test_setenv("WINRT_MAX_CONNECTIONS", "3");
    process = connections_process();
    assert_int_equal(connection_limit_of(process), 3);
    connection_limit(process, 20);
    assert_int_equal(connection_limit_of(process), 20);
    connection_limit(process, 0);
    assert_int_equal(connection_limit_of(process), 3);
    test_setenv("WINRT_MAX_CONNECTIONS", "4"); /* it is read once */
    connection_limit(process, 0);
    assert_int_equal(connection_limit_of(process), 3);
    release_ref(process);
}

static void what_the_environment_says_is_replaced(void **state)
{
    void *process;

    (void)state;
    test_setenv("WINRT_MAX_CONNECTIONS", "1");
    process = connections_process();
    connection_limit(process, MOST);
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    assert_int_equal(connection_limit_of(process), MOST);
    connection_limit(process, 0);
    assert_int_equal(connection_limit_of(process), 1);
    release_ref(process);
}

static void check_nonsense(const char *text)
{
    void *process;

    test_setenv("WINRT_MAX_CONNECTIONS", text);
    process = connections_process();
    assert_int_equal(connection_limit_of(process), OTHERWISE);
    release_ref(process);
}

static void too_many_in_the_environment_are_nonsense(void **state)
{
    (void)state;
    check_nonsense("65");
}

static void none_in_the_environment_is_nonsense(void **state)
{
    (void)state;
    check_nonsense("0");
}

static void check_cloaked(void *object)
{
    IConnectionLimit *limit = query(object, &IID_IConnectionLimit);
    ULONG count = 0;
    IID *iids = NULL;

    check_same_object(object, limit);
    check_ok(IConnectionLimit_GetIids(limit, &count, &iids));
    assert_int_not_equal(count, 0);
    for (ULONG i = 0; i < count; i++)
        assert_false(IsEqualGUID(&iids[i], &IID_IConnectionLimit));
    CoTaskMemFree(iids);
    check_hresult(E_POINTER, IConnectionLimit_get_MaxConnections(limit, NULL));
    release_ref(limit);
}

/* Known to those who ask, and not listed: who enumerates finds what the documentation names. */
static void it_is_asked_for(void **state)
{
    IDownloadOperation *operation = operation_new();
    void *process = connections_process();

    (void)state;
    check_cloaked(operation);
    check_cloaked(process);
    release_ref(process);
    check_last_release(operation);
}

/* Programs that were built with it rely on that. */
static void it_never_changes(void **state)
{
    static const GUID iid = {
        0x72fb4ee0, 0xc029, 0x4821, { 0x84, 0xff, 0xfa, 0xdb, 0xba, 0xe2, 0x72, 0x74 }
    };

    (void)state;
    assert_true(IsEqualGUID(&iid, &IID_IConnectionLimit));
    assert_int_equal(offsetof(IConnectionLimitVtbl, get_MaxConnections), 6 * sizeof(void *));
    assert_int_equal(offsetof(IConnectionLimitVtbl, put_MaxConnections), 7 * sizeof(void *));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_download_has_what_the_process_has),
    cmocka_unit_test(up_to_sixty_four_are_possible),
    cmocka_unit_test(it_can_be_set_while_it_runs_and_afterwards),
    cmocka_unit_test(the_environment_sets_the_processs),
    cmocka_unit_test(what_the_environment_says_is_replaced),
    cmocka_unit_test(too_many_in_the_environment_are_nonsense),
    cmocka_unit_test(none_in_the_environment_is_nonsense),
    cmocka_unit_test(it_is_asked_for),
    cmocka_unit_test(it_never_changes),
};

TEST_MAIN(tests)
