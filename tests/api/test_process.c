/* SPDX-License-Identifier: MIT */
/* The end of a process amid transfers, and forked children. The build defines EXIT_PROGRAM, the
   path of exit_program, and RUNS, how often it is run. */
#include "fixture.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <roapi.h>

#include "exit_program.h"
#include "strings_ring.h"

#define LONGEST_RUN_S 60

extern char **environ;

static volatile pid_t running;

/* A child that hangs is ended, so that the test can say so. */
static void on_alarm(int number)
{
    (void)number;
    kill(running, SIGKILL);
}

static int run_program(const char *where, unsigned notifications)
{
    char count[20], url[200];
    char *arguments[] = { (char *)EXIT_PROGRAM, (char *)where, url, count, NULL };
    pid_t pid;
    int status;

    snprintf(count, sizeof(count), "%u", notifications);
    snprintf(url, sizeof(url), "%s", server_url("NGINX_HTTPS", "/rate/64m.bin"));
    assert_int_equal(posix_spawn(&pid, EXIT_PROGRAM, NULL, NULL, arguments, environ), 0);
    running = pid;
    alarm(LONGEST_RUN_S);
    while (waitpid(pid, &status, 0) < 0)
        assert_int_equal(errno, EINTR);
    alarm(0);
    return status;
}

static void exits_from(const char *where)
{
    struct sigaction action = { .sa_handler = on_alarm };

    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    for (unsigned i = 0; i < RUNS; i++) {
        int status = run_program(where, 1 + i % 40);

        if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_PROGRAM_CODE)
            fail_msg("run %u: wait status 0x%x", i, (unsigned)status);
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

/* What the child finds; 0 if all is as it should be, else the line. Nothing of the test library may
 * be used there. */
#define CHILD_EXPECTS(condition) \
    do {                         \
        if (!(condition))        \
            return __LINE__;     \
    } while (0)

struct forked {
    HSTRING class_name;
    IBackgroundDownloader *downloader;
    IBackgroundTransferBase *base;
    IUriRuntimeClass *uri;
    IDownloadOperation *created, *running;
    IBackgroundTransferOperation *common;
    IInputStream *stream;
};

static int in_child(const struct forked *forked)
{
    BackgroundDownloadProgress progress;
    IResponseInformation *information = (void *)1;
    IDownloadOperation *operation = (void *)1;
    IInspectable *instance = (void *)1;
    download_async *async = (void *)1;
    IInputStream *stream = (void *)1;
    HSTRING string = (void *)1;

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
    IInputStream_Release(forked->stream);
    IDownloadOperation_Release(forked->created);
    return 0;
}

static void a_forked_child_has_no_runtime(void **state)
{
    struct forked forked = {
        .class_name = string_of("Windows.Networking.BackgroundTransfer.BackgroundDownloader"),
    };
    download_async *async;
    pid_t pid;
    int status;

    (void)state;
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
    async = download_start(forked.running);
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/held/%s", test_token("fork")), NULL, 0),
                     200);

    fflush(NULL);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int line = in_child(&forked);

        if (line)
            fprintf(stderr, "line %d of the child fails\n", line);
        _exit(line ? 1 : 0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);

    /* The parent goes on as if nothing had happened. */
    http_get(server_url("FAULT_HTTP", "/release/%s", test_token("fork")), NULL, 0);
    assert_int_equal(await_with_progress(async), Completed);
    check_pattern_file(test_path("b.bin"), 100000);
    release_ref(async);
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
    IInspectable *instance = (void *)1;

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
    void *component = dlopen(ring_format("%s/windows.networking.backgroundtransfer.so",
                                         getenv("WINRT_COMPONENT_PATH")),
                             RTLD_NOW);

    (void)state;
    assert_non_null(component);
    can_unload = (HRESULT(WINAPI *)(void))dlsym(component, "DllCanUnloadNow");
    assert_non_null(can_unload);
    check_hresult(S_OK, can_unload());
    download_whole(server_url("FAULT_HTTP", "/bytes/10"), "a.bin");
    check_hresult(S_FALSE, can_unload());
    assert_int_equal(dlclose(component), 0);
    download_whole(server_url("FAULT_HTTP", "/bytes/10"), "b.bin");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(exit_from_main_amid_transfers),
    cmocka_unit_test(exit_from_a_handler_amid_transfers),
    cmocka_unit_test(a_forked_child_has_no_runtime),
    cmocka_unit_test(the_component_stays_loaded),
    cmocka_unit_test(classes_of_later_versions_are_not_registered),
};

TEST_MAIN(tests)
