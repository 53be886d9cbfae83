/* SPDX-License-Identifier: MIT */
/*
 * How often a name is looked up, and that nobody waits for ever for the one that looks. This
 * program's getaddrinfo is the one that libcurl calls. docs/connections.md
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "../fixture.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FILES 100
#define STUCK 3
#define NAME  "files.test"

typedef int (*resolver)(const char *node, const char *service, const struct addrinfo *hints,
                        struct addrinfo **ret);

static atomic_uint lookups;

__attribute__((visibility("default"))) int getaddrinfo(const char *node, const char *service,
                                                       const struct addrinfo *hints,
                                                       struct addrinfo **ret)
{
    static _Atomic(resolver) real;
    resolver function = atomic_load(&real);

    if (!function) {
        void *found = dlsym(RTLD_NEXT, "getaddrinfo");

        memcpy(&function, &found, sizeof(function));
        atomic_store(&real, function);
    }
    if (!node || strcmp(node, NAME))
        return function(node, service, hints, ret);
    atomic_fetch_add(&lookups, 1);
    return function("127.0.0.1", service, hints, ret);
}

static void download_all(IBackgroundDownloader *downloader)
{
    const char *port = strrchr(server_value("NGINX_HTTP"), ':');
    IDownloadOperation *operations[FILES];
    char url[100], name[8];

    for (unsigned i = 0; i < FILES; i++) {
        snprintf(url, sizeof(url), "http://" NAME "%s/many/%u", port, i);
        snprintf(name, sizeof(name), "%u", i);
        operations[i] = download_new(downloader, url, name);
    }
    download_run_all(operations, FILES);
}

static void a_hundred_files_need_one(void **state)
{
    (void)state;
    download_all(NULL);
    assert_int_equal(atomic_load(&lookups), 1);
}

/* Each has a connection of its own, but not an address of its own. */
static void so_do_those_with_credentials(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IPasswordCredential *credential = credential_new("user", "password");

    (void)state;
    check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    download_all(downloader);
    assert_int_equal(atomic_load(&lookups), 1);
    release_ref(credential);
    release_ref(base);
    check_last_release(downloader);
}

static int listening_socket(unsigned *ret_port)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(listener >= 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(listener, STUCK), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    *ret_port = ntohs(address.sin_port);
    return listener;
}

/* The server takes connections and says nothing, so the first never gets through its handshake. */
static void nobody_waits_long_for_one_that_is_stuck(void **state)
{
    IDownloadOperation *operations[STUCK];
    download_async *asyncs[STUCK];
    char url[100], name[8];
    int accepted[STUCK];
    unsigned port;
    int listener = listening_socket(&port);

    (void)state;
    trust_test_authority();
    for (unsigned i = 0; i < STUCK; i++) {
        snprintf(url, sizeof(url), "https://127.0.0.1:%u/%u", port, i);
        snprintf(name, sizeof(name), "%u", i);
        operations[i] = download_new(NULL, url, name);
        asyncs[i] = download_start(operations[i]);
    }
    for (unsigned i = 0; i < STUCK; i++) {
        struct pollfd waiting = { .fd = listener, .events = POLLIN };

        assert_int_equal(poll(&waiting, 1, TEST_WAIT_MS), 1);
        accepted[i] = accept(listener, NULL, NULL);
        assert_true(accepted[i] >= 0);
    }
    for (unsigned i = 0; i < STUCK; i++) {
        operation_cancel(asyncs[i]);
        assert_int_equal(await_with_progress(asyncs[i]), Canceled);
        release_ref(asyncs[i]);
        check_last_release_soon(operations[i]);
        close(accepted[i]);
    }
    close(listener);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_hundred_files_need_one),
    cmocka_unit_test(so_do_those_with_credentials),
    cmocka_unit_test(nobody_waits_long_for_one_that_is_stuck),
};

TEST_MAIN(tests)
