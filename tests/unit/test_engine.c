/* SPDX-License-Identifier: MIT */
/* The engine against the test servers: what transfer.h promises. The documented behaviour is tested
 * in tests/api. */
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "engine_watch.h"
#include "environment.h"
#include "http.h"
#include "pattern.h"
#include "platform.h"
#include "servers.h"
#include "src/engine/engine.h"
#include "src/engine/network.h"
#include "src/port/app_identity.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/system.h"
#include "test_event.h"

static struct watch watch, more[10];

static int set_up(void **state)
{
    (void)state;
    test_setenv("SSL_CERT_FILE", server_path("CA_FILE"));
    test_setenv("WINRT_RESPONSE_TIMEOUT_MS", "1500");
    test_setenv("WINRT_STALL_TIMEOUT_MS", "1500");
    test_setenv("WINRT_CONNECT_TIMEOUT_MS", "1500");
    return 0;
}

/* A token of this run's own, so that servers which are started by hand can be used again. */
static const char *new_token(void)
{
    static char token[32];
    uint64_t number;

    assert_int_equal(system_random(&number, sizeof(number)), PORT_OK);
    snprintf(token, sizeof(token), "engine-%016llx", (unsigned long long)number);
    return token;
}

static void steer(const char *format, const char *token)
{
    assert_int_equal(http_get(server_url("FAULT_HTTP", format, token), NULL, 0), 200);
}

static void a_body_arrives_whole(void **state)
{
    const char *path = watch_file("body");
    struct transfer_progress progress;
    unsigned char bytes[100];
    size_t count;
    bool rest;

    (void)state;
    watch_run(&watch, server_url("FAULT_HTTP", "/bytes/300000"), path, TRANSFER_COMPLETED,
              TRANSFER_ERROR_NONE);
    check_pattern_file(path, 300000);
    transfer_get_progress(watch.transfer, &progress);
    assert_int_equal(progress.bytes_received, 300000);
    assert_int_equal(progress.total_bytes, 300000);
    assert_int_equal(progress.response_number, 1);
    assert_int_equal(transfer_start(watch.transfer), PORT_WRONG_STATE);

    assert_int_equal(transfer_read(watch.transfer, 299990, bytes, sizeof(bytes), &count, &rest),
                     PORT_OK);
    assert_int_equal(count, 10);
    assert_false(rest);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(bytes[i], pattern_byte(299990 + i));
    assert_int_equal(transfer_read(watch.transfer, 300000, bytes, sizeof(bytes), &count, &rest),
                     PORT_OK);
    assert_int_equal(count, 0);
    assert_false(rest);
    watch_close(&watch);
}

static void events_come_in_order(void **state)
{
    static const enum transfer_event expected[] = {
        TRANSFER_EVENT_STATUS,
        TRANSFER_EVENT_RESPONSE,
        TRANSFER_EVENT_PROGRESS,
        TRANSFER_EVENT_FINISHED,
    };

    (void)state;
    watch_run(&watch, server_url("FAULT_HTTP", "/bytes/1000"), watch_file("body"),
              TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(watch.ordered, 4);
    assert_memory_equal(watch.order, expected, sizeof(expected));
    assert_int_equal(watch.counts[TRANSFER_EVENT_RECEIVED], 1);
    watch_close(&watch);
}

static void the_response_tells_where_it_came_from(void **state)
{
    const char *url = server_url("FAULT_HTTP", "/redirect/3");
    struct response *response;
    char *with_user;

    (void)state;
    with_user = malloc(strlen(url) + 32);
    assert_non_null(with_user);
    snprintf(with_user, strlen(url) + 32, "http://me:secret@%s", url + strlen("http://"));
    watch_create(&watch, with_user, watch_file("body"));
    free(with_user);
    assert_null(transfer_get_response(watch.transfer));
    watch_start(&watch);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    response = transfer_get_response(watch.transfer);
    assert_int_equal(response_get_status(response), 200);
    assert_string_equal(response_get_url(response), server_url("FAULT_HTTP", "/bytes/1000?"));
    assert_string_equal(header_list_find(response_get_headers(response), "content-length"), "1000");
    assert_true(response_is_resumable(response));
    response_release(response);
    watch_close(&watch);
}

static bool count_entry(void *context, const char *name, enum file_kind kind)
{
    (void)name, (void)kind;
    ++*(unsigned *)context;
    return true;
}

static unsigned count_private_files(void)
{
    char *folder, *path;
    unsigned entries = 0;

    assert_int_equal(app_state_folder(NULL, &folder), PORT_OK);
    path = memory_format("%s/private", folder);
    assert_int_equal(file_visit(path, count_entry, &entries), PORT_OK);
    memory_free(path);
    memory_free(folder);
    return entries;
}

/* The engine may let go of it a moment later. */
static void wait_for_no_private_file(void)
{
    struct test_event never;
    unsigned waited;

    test_event_init(&never);
    for (waited = 0; waited < TEST_WAIT_MS && count_private_files(); waited++)
        test_event_wait(&never, 1);
    test_event_destroy(&never);
    assert_int_equal(count_private_files(), 0);
}

static void slow_bytes_become_visible(void **state)
{
    const char *token = new_token();
    char bytes[1000];
    size_t count;
    bool rest;

    (void)state;
    watch_create(&watch, server_url("FAULT_HTTP", "/hold/%s?size=1000&after=500", token), NULL);
    watch_start(&watch);
    watch_wait_bytes(&watch, 500);
    watch_wait(&watch, TRANSFER_EVENT_PROGRESS, 1);
    assert_int_equal(transfer_read(watch.transfer, 0, bytes, sizeof(bytes), &count, &rest),
                     PORT_OK);
    assert_int_equal(count, 500);
    assert_true(rest);
    steer("/release/%s", token);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(transfer_read(watch.transfer, 0, bytes, sizeof(bytes), &count, &rest),
                     PORT_OK);
    assert_int_equal(count, 1000);
    assert_false(rest);
    watch_close(&watch);
}

/* Another process may go on with it. */
static void a_private_file_stays_until_it_is_collected(void **state)
{
    const char *token = new_token();

    (void)state;
    watch_create(&watch, server_url("FAULT_HTTP", "/hold/%s?size=1000&after=500", token), NULL);
    watch_start(&watch);
    watch_wait_bytes(&watch, 500);
    assert_int_equal(count_private_files(), 1);
    steer("/release/%s", token);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(count_private_files(), 1);
    transfer_collect(watch.transfer);
    assert_int_equal(count_private_files(), 1);
    watch_close(&watch);
    wait_for_no_private_file();
}

static void six_run_and_the_rest_waits(void **state)
{
    const char *token = new_token();
    const char *url = server_url("FAULT_HTTP", "/hold/%s?after=-1", token);
    unsigned running = 0;

    (void)state;
    for (int i = 0; i < 10; i++) {
        watch_create(&more[i], url, NULL);
        watch_start(&more[i]);
    }
    steer("/held/%s?count=6", token);
    for (int i = 0; i < 10; i++) {
        struct transfer_progress progress;

        transfer_get_progress(more[i].transfer, &progress);
        assert_int_equal(progress.status, i < 6 ? TRANSFER_RUNNING : TRANSFER_IDLE);
        running += progress.status == TRANSFER_RUNNING;
    }
    assert_int_equal(running, 6);
    /* The last one overtakes, one that waits goes, and one slot becomes free. */
    transfer_set_priority(more[9].transfer, TRANSFER_PRIORITY_HIGH);
    transfer_cancel(more[8].transfer);
    watch_await_end(&more[8], TRANSFER_CANCELED, TRANSFER_ERROR_NONE);
    assert_int_equal(more[8].counts[TRANSFER_EVENT_STATUS], 0);
    steer("/release/%s?count=1", token);
    watch_wait(&more[9], TRANSFER_EVENT_STATUS, 1);
    assert_int_equal(more[6].counts[TRANSFER_EVENT_STATUS], 0);
    steer("/release/%s", token);
    for (int i = 0; i < 10; i++) {
        if (i != 8)
            watch_await_end(&more[i], TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
        watch_close(&more[i]);
    }
}

static void cancel_keeps_what_arrived(void **state)
{
    const char *path = watch_file("body"), *token = new_token();

    (void)state;
    watch_create(&watch, server_url("FAULT_HTTP", "/hold/%s?size=1000&after=500", token), path);
    transfer_cancel(watch.transfer); /* too early: no effect */
    watch_start(&watch);
    watch_wait_bytes(&watch, 500);
    transfer_cancel(watch.transfer);
    transfer_cancel(watch.transfer);
    watch_await_end(&watch, TRANSFER_CANCELED, TRANSFER_ERROR_NONE);
    assert_int_equal(watch.counts[TRANSFER_EVENT_FINISHED], 1);
    check_pattern_file(path, 500);
    steer("/release/%s", token);
    watch_close(&watch);
}

static void an_error_page_is_read_from_memory(void **state)
{
    const char *path = watch_file("body");
    static char bytes[2000000];
    struct transfer_error error;
    size_t count;
    bool rest;

    (void)state;
    watch_run(&watch, server_url("FAULT_HTTP", "/status/503?body=1500000"), path, TRANSFER_FAILED,
              TRANSFER_ERROR_HTTP_STATUS);
    transfer_get_error(watch.transfer, &error);
    assert_int_equal(error.http_status, 503);
    assert_int_equal(transfer_read(watch.transfer, 0, bytes, sizeof(bytes), &count, &rest),
                     PORT_OK);
    assert_int_equal(count, 1024 * 1024);
    assert_int_equal(bytes[count - 1], 'e');
    assert_false(rest);
    assert_int_equal(watch_file_size(path), 0);
    watch_close(&watch);
}

struct failing_server {
    const char *server, *path;
    enum transfer_error_code error;
    uint64_t size; /* of what is in the file afterwards */
};

static void check_failures(const struct failing_server *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *path = watch_file("body");

        print_message("%s%s\n", rows[i].server, rows[i].path);
        watch_run(&watch, server_url(rows[i].server, "%s", rows[i].path), path, TRANSFER_FAILED,
                  rows[i].error);
        assert_int_equal(watch_file_size(path), rows[i].size);
        watch_close(&watch);
    }
}

static void servers_fail_in_many_ways(void **state)
{
    static const struct failing_server rows[] = {
        { "CLOSED_HTTP", "/", TRANSFER_ERROR_CANNOT_CONNECT, 0 },
        { "SILENT_HTTP", "/", TRANSFER_ERROR_TIMEOUT, 0 },
        { "FAULT_HTTP", "/stall", TRANSFER_ERROR_TIMEOUT, 0 },
        { "FAULT_HTTP", "/stall/1000", TRANSFER_ERROR_TIMEOUT, 500 },
        { "FAULT_HTTP", "/close", TRANSFER_ERROR_CONNECTION_ABORTED, 0 },
        { "FAULT_HTTP", "/close-headers", TRANSFER_ERROR_CONNECTION_ABORTED, 0 },
        { "FAULT_HTTP", "/short/1000", TRANSFER_ERROR_CONNECTION_ABORTED, 500 },
        { "FAULT_HTTP", "/cut-chunk", TRANSFER_ERROR_CONNECTION_ABORTED, 5 },
        { "FAULT_HTTP", "/bad-chunk", TRANSFER_ERROR_INVALID_RESPONSE, 5 },
        { "FAULT_HTTP", "/garbage", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/garbage-status", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/garbage-header", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/two-lengths", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/length/abc", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/length/99999999999999999999", TRANSFER_ERROR_FILE, 0 },
        { "FAULT_HTTP", "/many-headers/2000", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/huge-header/300000", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/partial/1000", TRANSFER_ERROR_INVALID_RESPONSE, 0 },
        { "FAULT_HTTP", "/redirect-loop", TRANSFER_ERROR_REDIRECT_FAILED, 0 },
        { "FAULT_HTTP", "/redirect-nowhere", TRANSFER_ERROR_REDIRECT_FAILED, 0 },
        { "FAULT_HTTP", "/redirect/11", TRANSFER_ERROR_REDIRECT_FAILED, 0 },
        { "FAULT_HTTP", "/redirect-to?url=ftp://a/", TRANSFER_ERROR_REDIRECT_FAILED, 0 },
        { "FAULT_HTTPS", "/redirect-origin/FAULT_HTTP/x", TRANSFER_ERROR_HTTPS_TO_HTTP, 0 },
        { "NGINX_EXPIRED", "/hello.txt", TRANSFER_ERROR_CERTIFICATE_DATE, 0 },
        { "NGINX_SELF_SIGNED", "/hello.txt", TRANSFER_ERROR_CERTIFICATE_ISSUER, 0 },
        { "NGINX_UNKNOWN_CA", "/hello.txt", TRANSFER_ERROR_CERTIFICATE_ISSUER, 0 },
        { "NGINX_WRONG_HOST", "/hello.txt", TRANSFER_ERROR_CERTIFICATE_NAME, 0 },
    };

    (void)state;
    check_failures(rows, sizeof(rows) / sizeof(*rows));
}

static void resets_are_told_from_early_ends(void **state)
{
    static const struct failing_server rows[] = {
        { "FAULT_HTTP", "/reset", TRANSFER_ERROR_CONNECTION_RESET, 0 },
        { "FAULT_HTTP", "/reset/1000", TRANSFER_ERROR_CONNECTION_RESET, 500 },
        { "FAULT_HTTPS", "/reset/1000", TRANSFER_ERROR_CONNECTION_RESET, 500 },
    };

    (void)state;
    skip_under_wine("a connection that was reset looks like one that has ended");
    check_failures(rows, sizeof(rows) / sizeof(*rows));
}

static void servers_succeed_in_many_ways(void **state)
{
    static const struct {
        const char *server, *path;
        uint64_t size;
    } rows[] = {
        { "FAULT_HTTP", "/bytes/0", 0 },
        { "FAULT_HTTP", "/chunked/70000?trailer=yes", 70000 },
        { "FAULT_HTTP", "/no-length/5000", 5000 },
        { "FAULT_HTTP", "/http10/500", 500 },
        { "FAULT_HTTP", "/redirect/10", 1000 },
        { "FAULT_HTTP", "/redirect-origin/FAULT_HTTPS/bytes/100", 100 },
        { "FAULT_HTTPS", "/bytes/100000", 100000 },
        { "NGINX_HTTPS", "/100k.bin", 102400 },
        /* Last: what is too much would be the next answer's beginning on that connection. */
        { "FAULT_HTTP", "/extra/1000", 1000 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *path = watch_file("body");

        print_message("%s%s\n", rows[i].server, rows[i].path);
        watch_run(&watch, server_url(rows[i].server, "%s", rows[i].path), path, TRANSFER_COMPLETED,
                  TRANSFER_ERROR_NONE);
        check_pattern_file(path, rows[i].size);
        watch_close(&watch);
    }
}

static void streams_of_one_connection_come_through(void **state)
{
    static struct watch many[60];

    (void)state;
    for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++) {
        char name[16];

        snprintf(name, sizeof(name), "body%zu", i);
        watch_create(&many[i], server_url("NGINX_HTTPS", "/4k.bin"), watch_file(name));
        watch_start(&many[i]);
    }
    for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++) {
        char name[16];

        watch_await_end(&many[i], TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
        snprintf(name, sizeof(name), "body%zu", i);
        check_pattern_file(test_path(name), 4096);
        watch_close(&many[i]);
    }
}

static void a_destination_that_is_gone_is_not_made_again(void **state)
{
    const char *path = watch_file("body");
    struct transfer_error error;
    struct file_info info;

    (void)state;
    watch_create(&watch, server_url("FAULT_HTTP", "/bytes/1000"), path);
    assert_int_equal(file_remove(path), PORT_OK);
    watch_start(&watch);
    watch_await_end(&watch, TRANSFER_FAILED, TRANSFER_ERROR_FILE);
    transfer_get_error(watch.transfer, &error);
    assert_int_equal(error.file_status, PORT_NOT_FOUND);
    assert_int_equal(file_path_info(path, &info), PORT_NOT_FOUND);
    watch_close(&watch);
}

static void a_request_body_is_sent_and_repeated(void **state)
{
    static const char *const paths[] = { "/echo", "/redirect-to?url=/echo&code=307",
                                         "/basic/me/word" };
    const char *body = watch_file("request");
    struct transfer_request request = {
        .method = "PUT", .body = body, .body_is_private = false, .server = { "me", "word" }
    };
    char text[4096];
    size_t count;
    file_handle file;
    bool rest;

    (void)state;
    assert_int_equal(file_open(body, FILE_OPEN_WRITE, &file), PORT_OK);
    assert_int_equal(file_write_at(file, 0, "abc", 3), PORT_OK);
    file_close(file);
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        request.url = server_url("FAULT_HTTP", "%s", paths[i]);
        request.body_is_private = i == 2;
        watch_create_with(&watch, &request);
        watch_start(&watch);
        watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
        assert_int_equal(transfer_read(watch.transfer, 0, text, sizeof(text) - 1, &count, &rest),
                         PORT_OK);
        text[count] = 0;
        assert_non_null(strstr(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f"));
        assert_non_null(strstr(text, "\"PUT\""));
        watch_close(&watch);
    }
    assert_int_equal(file_size(body), -1);
}

static void credentials_and_headers_stay_with_their_origin(void **state)
{
    struct transfer_request request = { .method = "GET", .server = { "me", "canary-word" } };
    struct header_list *headers;
    char text[4096];
    size_t count;
    bool rest;

    (void)state;
    assert_int_equal(header_list_create(&headers), PORT_OK);
    assert_int_equal(header_list_set(headers, "X-Key", "canary-key"), PORT_OK);
    assert_int_equal(header_list_set(headers, "Accept-Language", "de"), PORT_OK);
    request.url = server_url("FAULT_HTTP", "/redirect-origin/FAULT_OTHER/basic/me/canary-word");
    request.headers = headers;
    watch_create_with(&watch, &request);
    header_list_free(headers);
    watch_start(&watch);
    watch_await_end(&watch, TRANSFER_FAILED, TRANSFER_ERROR_HTTP_STATUS);
    watch_close(&watch);

    assert_int_equal(header_list_create(&headers), PORT_OK);
    assert_int_equal(header_list_set(headers, "X-Key", "canary-key"), PORT_OK);
    assert_int_equal(header_list_set(headers, "Accept-Language", "de"), PORT_OK);
    request.url = server_url("FAULT_HTTP", "/redirect-origin/FAULT_OTHER/echo");
    request.headers = headers;
    watch_create_with(&watch, &request);
    header_list_free(headers);
    watch_start(&watch);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(transfer_read(watch.transfer, 0, text, sizeof(text) - 1, &count, &rest),
                     PORT_OK);
    text[count] = 0;
    assert_non_null(strstr(text, "Accept-Language: de"));
    assert_null(strstr(text, "canary"));
    assert_null(strstr(text, "Authorization"));
    watch_close(&watch);
}

/* The file seam, as long as syncing the result fails. */
static atomic_intptr_t result_handle;
static atomic_int failing_syncs;

static enum port_status open_noted(const char *path, unsigned flags, file_handle *ret)
{
    enum port_status status = file_real_ops.open(path, flags, ret);

    if (!status && (flags & FILE_OPEN_WRITE) && strstr(path, "/body"))
        atomic_store(&result_handle, *ret);
    return status;
}

static enum port_status sync_failing(file_handle file)
{
    if (file == atomic_load(&result_handle) && atomic_fetch_sub(&failing_syncs, 1) > 0)
        return PORT_IO;
    return file_real_ops.sync(file);
}

/* A second sync might say that all is well, and the bytes be lost: so they are fetched again. */
static void a_failed_sync_fetches_again(void **state)
{
    static struct file_ops ops;
    const char *token = new_token(), *path = watch_file("body");
    struct transfer_details details;

    (void)state;
    ops = file_real_ops;
    ops.open = open_noted;
    ops.sync = sync_failing;
    file_set_ops(&ops);
    atomic_store(&failing_syncs, 1);
    watch_create(&watch, server_url("FAULT_HTTP", "/hold/%s?size=1000&after=500", token), path);
    watch_start(&watch);
    watch_wait_bytes(&watch, 500);
    watch_wait(&watch, TRANSFER_EVENT_STATUS, 3); /* running, waiting, running */
    steer("/release/%s", token);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    check_pattern_file(path, 1000);
    transfer_get_details(watch.transfer, &details);
    assert_int_equal(details.attempts, 2);
    assert_int_equal(details.error.code, TRANSFER_ERROR_FILE);
    watch_close(&watch);
}

static void a_disk_that_never_syncs_ends_the_transfer(void **state)
{
    static struct file_ops ops;
    const char *token = new_token();
    struct transfer_error error;

    (void)state;
    ops = file_real_ops;
    ops.open = open_noted;
    ops.sync = sync_failing;
    file_set_ops(&ops);
    atomic_store(&failing_syncs, INT_MAX);
    watch_create(&watch, server_url("FAULT_HTTP", "/hold/%s?size=1000&after=500", token),
                 watch_file("body"));
    watch_start(&watch);
    watch_await_end(&watch, TRANSFER_FAILED, TRANSFER_ERROR_FILE);
    transfer_get_error(watch.transfer, &error);
    assert_int_equal(error.file_status, PORT_IO);
    steer("/release/%s", token);
    watch_close(&watch);
}

static void bad_requests_are_refused(void **state)
{
    static const struct {
        const char *url, *method;
    } rows[] = {
        { "gopher://a/", "GET" },   { "relative", "GET" },  { "http://", "GET" },
        { "http://a/", "" },        { "http://a/", "G T" }, { "http://a/", "GET\r\nX: y" },
        { "http://a/", "CONNECT" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const struct transfer_request request = { .url = rows[i].url, .method = rows[i].method };
        struct transfer *transfer;

        assert_int_equal(transfer_create(&request, &transfer), PORT_INVALID);
        assert_null(transfer);
    }
}

/* The engine's thread is kept at work from when it has begun a transfer. */
static struct test_event at_work, go_on;
static atomic_bool begun;
static atomic_uint wake_ups;

static CURLMcode noted_add(CURLM *multi, CURL *easy)
{
    atomic_store(&begun, true);
    return network_real_ops.multi_add(multi, easy);
}

static CURLMcode held_perform(CURLM *multi, int *running)
{
    if (atomic_exchange(&begun, false) && !at_work.set) {
        test_event_set(&at_work);
        test_event_wait(&go_on, TEST_WAIT_MS);
    }
    return network_real_ops.multi_perform(multi, running);
}

static CURLMcode counted_wakeup(CURLM *multi)
{
    atomic_fetch_add(&wake_ups, 1);
    return network_real_ops.multi_wakeup(multi);
}

static void who_is_at_work_is_not_woken(void **state)
{
    struct network_ops ops = network_real_ops;

    (void)state;
    test_event_init(&at_work);
    test_event_init(&go_on);
    ops.multi_add = noted_add;
    ops.multi_perform = held_perform;
    ops.multi_wakeup = counted_wakeup;
    network_set_ops(&ops);
    watch_create(&watch, server_url("FAULT_HTTP", "/bytes/1000"), NULL);
    watch_start(&watch);
    assert_true(test_event_wait(&at_work, TEST_WAIT_MS));
    atomic_store(&wake_ups, 0);
    for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
        watch_create(&more[i], server_url("FAULT_HTTP", "/bytes/1000"), NULL);
        watch_start(&more[i]);
    }
    assert_int_equal(atomic_load(&wake_ups), 0);
    test_event_set(&go_on);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    watch_close(&watch);
    for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
        watch_await_end(&more[i], TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
        watch_close(&more[i]);
    }
    engine_stop(); /* before `ops` goes */
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(a_body_arrives_whole, set_up),
    cmocka_unit_test_setup(events_come_in_order, set_up),
    cmocka_unit_test_setup(the_response_tells_where_it_came_from, set_up),
    cmocka_unit_test_setup(slow_bytes_become_visible, set_up),
    cmocka_unit_test_setup(a_private_file_stays_until_it_is_collected, set_up),
    cmocka_unit_test_setup(six_run_and_the_rest_waits, set_up),
    cmocka_unit_test_setup(cancel_keeps_what_arrived, set_up),
    cmocka_unit_test_setup(an_error_page_is_read_from_memory, set_up),
    cmocka_unit_test_setup(servers_fail_in_many_ways, set_up),
    cmocka_unit_test_setup(resets_are_told_from_early_ends, set_up),
    cmocka_unit_test_setup(servers_succeed_in_many_ways, set_up),
    cmocka_unit_test_setup(streams_of_one_connection_come_through, set_up),
    cmocka_unit_test_setup(a_destination_that_is_gone_is_not_made_again, set_up),
    cmocka_unit_test_setup(a_request_body_is_sent_and_repeated, set_up),
    cmocka_unit_test_setup(credentials_and_headers_stay_with_their_origin, set_up),
    cmocka_unit_test_setup(a_failed_sync_fetches_again, set_up),
    cmocka_unit_test_setup(a_disk_that_never_syncs_ends_the_transfer, set_up),
    cmocka_unit_test_setup(bad_requests_are_refused, set_up),
    cmocka_unit_test_setup(who_is_at_work_is_not_woken, set_up),
};

TEST_MAIN_UNIT(tests)
