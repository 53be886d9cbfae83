/* SPDX-License-Identifier: MIT */
/*
 * What transfers share: connections, and TLS sessions when a connection is gone; and which of them
 * share nothing. The servers tell on which connection each file came. docs/connections.md
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform.h"

#define FILES   100
#define RUNNING 6 /* at a time, unless WINRT_MAX_TRANSFERS */

#define NO_ALPN "libcurl offers no ALPN under Wine, so https is HTTP/1.1"

/* What nginx says of a connection in /connection/. */
struct origin {
    unsigned number;
    char protocol[16];
    bool resumed;
};

static int trust(void **state)
{
    (void)state;
    trust_test_authority();
    return 0;
}

static struct origin origin_in(const char *name)
{
    struct origin origin = { 0 };
    char *text = file_text(name);
    char resumed = 0;

    if (sscanf(text, "%u %15s %c", &origin.number, origin.protocol, &resumed) < 2)
        print_error("%s\n", text);
    assert_true(origin.number);
    origin.resumed = resumed == 'r';
    free(text);
    return origin;
}

static struct origin download_origin(IBackgroundDownloader *downloader, const char *url)
{
    IDownloadOperation *operation = download_new(downloader, url, "origin.txt");

    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
    return origin_in("origin.txt");
}

/* FILES of them at once, below /connection/ of that server. */
static void download_many(const char *server, struct origin *origins)
{
    IDownloadOperation *operations[FILES];
    char names[FILES][8];

    for (unsigned i = 0; i < FILES; i++) {
        snprintf(names[i], sizeof(names[i]), "%u", i);
        operations[i] = download_new(NULL, server_url(server, "/connection/%u", i), names[i]);
    }
    download_run_all(operations, FILES);
    for (unsigned i = 0; i < FILES; i++)
        origins[i] = origin_in(names[i]);
}

static bool is_first_on_connection(const struct origin *origins, unsigned index)
{
    for (unsigned i = 0; i < index; i++) {
        if (origins[i].number == origins[index].number)
            return false;
    }
    return true;
}

static unsigned count_connections(const struct origin *origins, unsigned count)
{
    unsigned connections = 0;

    for (unsigned i = 0; i < count; i++)
        connections += is_first_on_connection(origins, i);
    return connections;
}

static void check_protocol(const struct origin *origins, unsigned count, const char *protocol)
{
    for (unsigned i = 0; i < count; i++)
        assert_string_equal(origins[i].protocol, protocol);
}

static void http_opens_one_for_each_that_runs(void **state)
{
    struct origin origins[FILES];

    (void)state;
    download_many("NGINX_HTTP", origins);
    check_protocol(origins, FILES, "HTTP/1.1");
    assert_in_range(count_connections(origins, FILES), 1, RUNNING);
}

static void kept_connections_serve_the_next_hundred(void **state)
{
    struct origin origins[2 * FILES];

    (void)state;
    download_many("NGINX_HTTP", origins);
    download_many("NGINX_HTTP", origins + FILES);
    assert_in_range(count_connections(origins, 2 * FILES), 1, RUNNING);
}

static void http2_opens_one(void **state)
{
    struct origin origins[FILES];

    (void)state;
    skip_under_wine(NO_ALPN);
    download_many("NGINX_HTTPS", origins);
    check_protocol(origins, FILES, "HTTP/2.0");
    assert_int_equal(count_connections(origins, FILES), 1);
}

/* Wine 8.0's TLS resumes nothing. */
static void check_session(const struct origin *origin, bool resumed)
{
    assert_int_equal(origin->resumed, resumed && !runs_under_wine());
}

/* The first connection is one of them, and the others come after its first file. */
static void tls_without_http2_resumes_the_first_session(void **state)
{
    struct origin origins[FILES + 1];

    (void)state;
    origins[0] = download_origin(NULL, server_url("NGINX_HTTPS_1", "/connection/first"));
    check_session(&origins[0], false);
    download_many("NGINX_HTTPS_1", origins + 1);
    check_protocol(origins, FILES + 1, "HTTP/1.1");
    assert_in_range(count_connections(origins, FILES + 1), 1, RUNNING);
    for (unsigned i = 1; i <= FILES; i++) {
        if (origins[i].number != origins[0].number)
            check_session(&origins[i], true);
    }
}

static void a_session_outlives_its_connection(void **state)
{
    struct origin origins[5];

    (void)state;
    for (unsigned i = 0; i < 5; i++) {
        origins[i] = download_origin(NULL, server_url("NGINX_HTTPS_1", "/connection/last/%u", i));
        check_session(&origins[i], i > 0);
    }
    assert_int_equal(count_connections(origins, 5), 5);
}

/* "connection new|resumed", a line a request. */
static unsigned read_connections(const char *token, struct origin *origins, unsigned most)
{
    unsigned count = 0;
    int length = 0;
    char text[2000], word[16];

    http_get(server_url("FAULT_HTTP", "/connections/%s", token), text, sizeof(text));
    for (const char *line = text;
         count < most && sscanf(line, "%u %15s %n", &origins[count].number, word, &length) == 2;
         line += length)
        origins[count++].resumed = !strcmp(word, "resumed");
    return count;
}

/* The server ends its connections without a word after each file. */
static void a_kept_connection_that_died_is_replaced(void **state)
{
    const char *token = test_token("died");
    struct origin origins[4];

    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        download_whole(server_url("FAULT_HTTPS", "/script/1000?token=%s&steps=cut:1000", token),
                       "a.bin");
        check_pattern_file(test_path("a.bin"), 1000);
    }
    assert_int_equal(read_connections(token, origins, 4), 4);
    assert_int_equal(count_connections(origins, 4), 4);
    for (unsigned i = 0; i < 4; i++)
        check_session(&origins[i], i > 0);
}

/* One after the other, so that each could have the connection of the one before. */
static void check_alone(IBackgroundDownloader *downloader, const char *server)
{
    struct origin others[2], origins[6];

    others[0] = download_origin(NULL, server_url(server, "/connection/other"));
    for (unsigned i = 0; i < 5; i++)
        origins[i] = download_origin(downloader, server_url(server, "/connection/%u", i));
    origins[5] = others[0];
    check_protocol(origins, 5, "HTTP/1.1");
    assert_int_equal(count_connections(origins, 6), 6);
    others[1] = download_origin(NULL, server_url(server, "/connection/other"));
    assert_int_equal(count_connections(others, 2), 1);
}

static void credentials_are_alone(void **state)
{
    IBackgroundDownloader *downloader = downloader_with_credential(false, "user", "password");

    (void)state;
    check_alone(downloader, "NGINX_HTTP");
    check_alone(downloader, "NGINX_HTTPS");
    check_alone(downloader, "NGINX_HTTPS_1");
    check_last_release(downloader);
}

static void what_must_not_be_repeated_is_alone(void **state)
{
    IBackgroundDownloader *downloader = downloader_new();

    (void)state;
    downloader_set_method(downloader, "POST");
    check_alone(downloader, "NGINX_HTTP");
    check_alone(downloader, "NGINX_HTTPS");
    check_alone(downloader, "NGINX_HTTPS_1");
    check_last_release(downloader);
}

/* As long as one with a password runs, HTTP/2 goes on beside it and never through it. */
static void nobody_joins_one_with_credentials(void **state)
{
    IBackgroundDownloader *downloader;
    IDownloadOperation *alone;
    download_async *async;
    struct recorder *progress;
    struct origin origins[10];
    unsigned number;

    (void)state;
    skip_under_wine(NO_ALPN);
    downloader = downloader_with_credential(false, "user", "password");
    alone = download_new(downloader, server_url("NGINX_HTTPS", "/rate/64m.bin"), "alone.bin");
    async = download_start(alone);
    progress = recorder_create(RECORDER_INTERFACE, NULL);
    check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(
        async, recorder_delegate(progress)));
    recorder_wait(progress, 1);
    while (!progress_of(alone).BytesReceived)
        recorder_wait(progress, recorder_count(progress) + 1);
    number = (unsigned)strtoul(response_header(alone, "X-Connection"), NULL, 10);
    assert_true(number);
    for (unsigned i = 0; i < 10; i++) {
        origins[i] = download_origin(NULL, server_url("NGINX_HTTPS", "/connection/%u", i));
        assert_int_not_equal(origins[i].number, number);
    }
    check_protocol(origins, 10, "HTTP/2.0");
    assert_int_equal(count_connections(origins, 10), 1);

    operation_cancel(async);
    assert_int_equal(await_with_progress(async), Canceled);
    release_ref(async);
    assert_int_equal(recorder_release(progress), 0);
    check_last_release_soon(alone);
    check_last_release(downloader);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(http_opens_one_for_each_that_runs),
    cmocka_unit_test(kept_connections_serve_the_next_hundred),
    cmocka_unit_test_setup(http2_opens_one, trust),
    cmocka_unit_test_setup(tls_without_http2_resumes_the_first_session, trust),
    cmocka_unit_test_setup(a_session_outlives_its_connection, trust),
    cmocka_unit_test_setup(a_kept_connection_that_died_is_replaced, trust),
    cmocka_unit_test_setup(credentials_are_alone, trust),
    cmocka_unit_test_setup(what_must_not_be_repeated_is_alone, trust),
    cmocka_unit_test_setup(nobody_joins_one_with_credentials, trust),
};

TEST_MAIN(tests)
