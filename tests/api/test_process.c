/* SPDX-License-Identifier: MIT */
/* The end of a process amid transfers, and forked children. The build defines EXIT_PROGRAM, the
   path of exit_program, and RUNS, how often it is run. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include <roapi.h>
#include <winrt.backgroundtransfer.h>

#include "component.h"
#include "connections.h"
#include "exit_program.h"
#include "forked.h"
#include "groups.h"
#include "platform.h"
#include "programs.h"
#include "speed.h"
#include "strings_ring.h"

#define LONGEST_RUN_S 60

static void exits_from(const char *where)
{
    for (unsigned i = 0; i < RUNS; i++) {
        const char *const arguments[] = { EXIT_PROGRAM, where,
                                          server_url("NGINX_HTTPS", "/rate/64m.bin"),
                                          ring_format("%u", 1 + i % 40), NULL };
        int code = run_program(arguments, LONGEST_RUN_S);

        if (code != EXIT_PROGRAM_CODE)
            fail_msg("run %u: exit code %d", i, code);
    }
}

static void exit_from_main_amid_transfers(void **state)
{
    (void)state;
    exits_from("main");
}

static void exit_from_a_handler_amid_transfers(void **state)
{
    (void)state;
    exits_from("handler");
}

/* What the child finds; 0 if all is as it should be, else which check fails. */
#define CHILD_EXPECTS(condition) \
    do {                         \
        check++;                 \
        if (!(condition))        \
            return check;        \
    } while (0)

struct forked {
    HSTRING class_name;
    IBackgroundDownloader *downloader;
    IBackgroundTransferBase *base;
    IUriRuntimeClass *uri;
    IDownloadOperation *created, *running;
    IBackgroundTransferOperation *common;
    IInputStream *stream;
    ISpeedLimit *limits[3];
    IConnectionLimit *connections[2];
};

static int in_child(void *argument)
{
    const struct forked *forked = argument;
    BackgroundDownloadProgress progress;
    IResponseInformation *information = (void *)1;
    IDownloadOperation *operation = (void *)1;
    IInspectable *instance = (void *)1;
    download_async *async = (void *)1;
    IInputStream *stream = (void *)1;
    HSTRING string = (void *)1;
    UINT64 limit = 7;
    UINT32 most = 7;
    int check = 0;

    CHILD_EXPECTS(RoActivateInstance(forked->class_name, &instance) == RPC_E_DISCONNECTED);
    CHILD_EXPECTS(!instance);
    CHILD_EXPECTS(IBackgroundDownloader_CreateDownload(forked->downloader, forked->uri, NULL,
                                                       &operation) == RPC_E_DISCONNECTED);
    CHILD_EXPECTS(!operation);
    CHILD_EXPECTS(IBackgroundTransferBase_get_Method(forked->base, &string) == RPC_E_DISCONNECTED);
    CHILD_EXPECTS(!string);
    CHILD_EXPECTS(IDownloadOperation_StartAsync(forked->created, &async) == RPC_E_DISCONNECTED);
    CHILD_EXPECTS(!async);
    CHILD_EXPECTS(IDownloadOperation_get_Progress(forked->running, &progress) ==
                  RPC_E_DISCONNECTED);
    CHILD_EXPECTS(
        IBackgroundTransferOperation_GetResponseInformation(forked->common, &information) ==
        RPC_E_DISCONNECTED);
    CHILD_EXPECTS(!information);
    CHILD_EXPECTS(IBackgroundTransferOperation_GetResultStreamAt(forked->common, 0, &stream) ==
                  RPC_E_DISCONNECTED);
    CHILD_EXPECTS(!stream);
    for (size_t i = 0; i < 3; i++) {
        limit = 7;
        CHILD_EXPECTS(ISpeedLimit_get_MaxBytesPerSecond(forked->limits[i], &limit) ==
                      RPC_E_DISCONNECTED);
        CHILD_EXPECTS(!limit);
        CHILD_EXPECTS(ISpeedLimit_put_MaxBytesPerSecond(forked->limits[i], 1) ==
                      RPC_E_DISCONNECTED);
    }
    for (size_t i = 0; i < 2; i++) {
        most = 7;
        CHILD_EXPECTS(IConnectionLimit_get_MaxConnections(forked->connections[i], &most) ==
                      RPC_E_DISCONNECTED);
        CHILD_EXPECTS(!most);
        CHILD_EXPECTS(IConnectionLimit_put_MaxConnections(forked->connections[i], 1) ==
                      RPC_E_DISCONNECTED);
    }
    IInputStream_Release(forked->stream);
    IDownloadOperation_Release(forked->created);
    return 0;
}

static void a_forked_child_has_no_runtime(void **state)
{
    struct forked forked;
    IBackgroundTransferGroup *group;
    download_async *async;
    int line;

    (void)state;
    need(NEED_FORK);
    forked.class_name = string_of("Windows.Networking.BackgroundTransfer.BackgroundDownloader");
    forked.downloader = downloader_new();
    forked.base = query(forked.downloader, &IID_IBackgroundTransferBase);
    forked.uri = uri_new("http://example.com/");
    forked.created = download_new(NULL, server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    forked.running = download_new(NULL,
                                  server_url("FAULT_HTTP", "/hold/%s?size=100000&after=1000",
                                             test_token("fork")),
                                  "b.bin");
    forked.common = query(forked.running, &IID_IBackgroundTransferOperation);
    check_ok(IBackgroundTransferOperation_GetResultStreamAt(forked.common, 0, &forked.stream));
    group = group_new("forked");
    forked.limits[0] = query(forked.running, &IID_ISpeedLimit);
    forked.limits[1] = query(group, &IID_ISpeedLimit);
    forked.limits[2] = speed_process();
    forked.connections[0] = query(forked.running, &IID_IConnectionLimit);
    forked.connections[1] = connections_process();
    async = download_start(forked.running);
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/held/%s", test_token("fork")), NULL, 0),
                     200);

    line = run_forked(in_child, &forked);
    if (line)
        print_error("check %d of the child fails\n", line);
    assert_int_equal(line, 0);

    /* The parent goes on as if nothing had happened. */
    http_get(server_url("FAULT_HTTP", "/release/%s", test_token("fork")), NULL, 0);
    assert_int_equal(await_with_progress(async), Completed);
    check_pattern_file(test_path("b.bin"), 100000);
    release_ref(async);
    for (size_t i = 0; i < 3; i++)
        release_ref(forked.limits[i]);
    release_ref(forked.connections[0]);
    release_ref(forked.connections[1]);
    check_last_release(group);
    release_ref(forked.common);
    check_last_release_soon(forked.stream);
    check_last_release_soon(forked.running);
    check_last_release(forked.created);
    release_ref(forked.base);
    check_last_release(forked.downloader);
    check_last_release(forked.uri);
}

/* Components are found by the names of their classes; what is not there is not registered. */
static void classes_of_later_versions_are_not_registered(void **state)
{
    IInspectable *instance = NULL;

    (void)state;
    check_hresult(
        REGDB_E_CLASSNOTREG,
        RoActivateInstance(string_of("Windows.Networking.BackgroundTransfer.BackgroundUploader"),
                           &instance));
    assert_null(instance);
}

/* Its threads may run in it until the process ends. */
static void the_component_stays_loaded(void **state)
{
    HRESULT(WINAPI * can_unload)(void);
    void *component = component_load("windows.networking.backgroundtransfer");

    (void)state;
    can_unload = (HRESULT(WINAPI *)(void))component_function(component, "DllCanUnloadNow");
    assert_non_null(can_unload);
    check_hresult(S_OK, can_unload());
    download_whole(server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    check_hresult(S_FALSE, can_unload());
    component_unload(component);
    download_whole(server_url("FAULT_HTTP", "/bytes/10"), "b.bin");
    check_hresult(S_FALSE, can_unload());
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(exit_from_main_amid_transfers),
    cmocka_unit_test(exit_from_a_handler_amid_transfers),
    cmocka_unit_test(a_forked_child_has_no_runtime),
    cmocka_unit_test(the_component_stays_loaded),
    cmocka_unit_test(classes_of_later_versions_are_not_registered),
};

TEST_MAIN(tests)
