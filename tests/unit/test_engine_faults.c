/* SPDX-License-Identifier: MIT */
/* The engine when memory, the disk or libcurl fails: a transfer fails, the process does not. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "engine_watch.h"
#include "environment.h"
#include "pattern.h"
#include "servers.h"
#include "src/engine/engine.h"
#include "src/engine/network.h"
#include "src/port/files.h"
#include "src/port/memory.h"

static struct watch watch;

/* Memory: the countdown's end is the one allocation that fails. */
static atomic_int countdown;

static bool is_due(void)
{
    return atomic_load(&countdown) > 0 && atomic_fetch_sub(&countdown, 1) == 1;
}

static atomic_size_t allocated; /* bytes, those given back since not taken off */

static void *allocate(size_t size)
{
    atomic_fetch_add(&allocated, size);
    return is_due() ? NULL : malloc(size);
}

static void *resize(void *block, size_t size)
{
    atomic_fetch_add(&allocated, size);
    return is_due() ? NULL : realloc(block, size);
}

static const struct memory_ops memory = { allocate, resize, free };

/* True if the armed allocation was reached and the transfer did not get past it. */
static bool run_with_failure_at(int number, const struct transfer_request *request)
{
    struct transfer_error error;
    struct transfer *transfer;
    enum port_status status;

    atomic_store(&countdown, number);
    status = transfer_create(request, &transfer);
    if (status) {
        assert_int_equal(status, PORT_NO_MEMORY);
        assert_null(transfer);
        return true;
    }
    watch_adopt(&watch, transfer);
    status = transfer_start(transfer);
    if (status) {
        assert_int_equal(status, PORT_NO_MEMORY);
        watch_close(&watch);
        return true;
    }
    watch_wait(&watch, TRANSFER_EVENT_FINISHED, 1);
    transfer_get_error(watch.transfer, &error);
    transfer_collect(transfer);
    watch_close(&watch);
    if (error.code)
        assert_int_equal(error.code, TRANSFER_ERROR_NO_MEMORY);
    return error.code;
}

/* One after the other, until none is left. How many of them the transfer did not get past. */
static unsigned fail_each_allocation(const struct transfer_request *request)
{
    unsigned failed = 0;

    /* The engine itself starts undisturbed. */
    assert_false(run_with_failure_at(0, request));
    for (int number = 1; number < 1000; number++) {
        failed += run_with_failure_at(number, request);
        if (atomic_exchange(&countdown, 0) > 0)
            break;
    }
    assert_false(run_with_failure_at(0, request));
    return failed;
}

static void every_allocation_may_fail(void **state)
{
    struct transfer_request request = { .url = server_url("FAULT_HTTP", "/redirect/2"),
                                        .method = "PUT",
                                        .destination = watch_file("body"),
                                        .body = watch_file("request"),
                                        .server = { "me", "word" },
                                        .proxy = { "me", "word" } };
    struct header_list *headers;

    (void)state;
    memory_set_ops(&memory);
    assert_int_equal(header_list_create(&headers), PORT_OK);
    assert_int_equal(header_list_set(headers, "X-A", "b"), PORT_OK);
    request.headers = headers;
    assert_true(fail_each_allocation(&request) > 40);
    header_list_free(headers);
}

static void every_allocation_of_ftp_may_fail(void **state)
{
    struct transfer_request request = { .url = server_url("FTP", "/4k.bin"),
                                        .method = "RETR",
                                        .destination = watch_file("body") };

    (void)state;
    memory_set_ops(&memory);
    assert_true(fail_each_allocation(&request) > 20);
}

/* What waits for a slot costs about 1 KiB, so that 10,000 of them may wait. */
static void a_transfer_that_waits_is_small(void **state)
{
    struct transfer_request request = { .url = "https://host.example/some/folder/and/a/file.bin",
                                        .method = "GET",
                                        .destination = "/home/somebody/Downloads/file.bin" };
    struct transfer *transfer;

    (void)state;
    memory_set_ops(&memory);
    assert_int_equal(transfer_create(&request, &transfer), PORT_OK);
    assert_in_range(atomic_load(&allocated), sizeof(void *), 1200);
    transfer_release(transfer);
}

static void an_engine_that_cannot_start_may_later(void **state)
{
    (void)state;
    memory_set_ops(&memory);
    test_setenv("SSL_CERT_FILE", "/nowhere");
    watch_create(&watch, server_url("FAULT_HTTP", "/bytes/10"), NULL);
    atomic_store(&countdown, 1);
    assert_int_equal(transfer_start(watch.transfer), PORT_NO_MEMORY);
    watch_start(&watch);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    watch_close(&watch);
}

/* Files: of the result alone, since the store's are written all the time. The seam is set once, as
 * the syncer goes on using it. */
static atomic_ullong room;
static atomic_int open_status;
static atomic_intptr_t result_handle;

static enum port_status write_at(file_handle file, uint64_t offset, const void *buffer, size_t size,
                                 size_t *ret)
{
    uint64_t left = atomic_load(&room);

    if (file == atomic_load(&result_handle)) {
        left = offset < left ? left - offset : 0;
        if (!left)
            return PORT_DISK_FULL;
        if (size > left)
            size = (size_t)left;
    }
    return file_real_ops.write_at(file, offset, buffer, size, ret);
}

static enum port_status open_file(const char *path, unsigned flags, file_handle *ret)
{
    bool is_result = strstr(path, "/body");
    enum port_status status = is_result ? (enum port_status)atomic_load(&open_status) : PORT_OK;

    if (!status)
        status = file_real_ops.open(path, flags, ret);
    /* The engine's, not the one that the test makes the file with. */
    if (!status && is_result && (flags & FILE_OPEN_WRITE) && !(flags & FILE_OPEN_CREATE))
        atomic_store(&result_handle, *ret);
    return status;
}

static void set_faulty_files(void)
{
    static struct file_ops ops;

    ops = file_real_ops;
    ops.open = open_file;
    ops.write_at = write_at;
    atomic_store(&result_handle, FILE_HANDLE_NONE);
    atomic_store(&room, UINT64_MAX);
    file_set_ops(&ops);
}

static bool waits_for_room(void)
{
    struct transfer_details details;

    transfer_get_details(watch.transfer, &details);
    return details.wait == TRANSFER_WAIT_ROOM && details.error.file_status == PORT_DISK_FULL;
}

static void a_full_disk_is_waited_for(void **state)
{
    static const uint64_t sizes[] = { 1000, 300000, 1000000 };

    (void)state;
    set_faulty_files();
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        const char *path = watch_file("body");

        atomic_store(&room, sizes[i] - 1);
        watch_create(&watch, server_url("FAULT_HTTP", "/bytes/%u", (unsigned)sizes[i]), path);
        watch_start(&watch);
        for (unsigned news = 1; !waits_for_room(); news++)
            watch_wait(&watch, TRANSFER_EVENT_STATUS, news);
        atomic_store(&room, UINT64_MAX);
        watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
        check_pattern_file(path, sizes[i]);
        watch_close(&watch);
    }
}

static void a_file_that_does_not_open_ends_the_transfer(void **state)
{
    static const enum port_status statuses[] = { PORT_DENIED, PORT_NO_HANDLES, PORT_IS_A_FOLDER };
    struct transfer_error error;

    (void)state;
    set_faulty_files();
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
        atomic_store(&open_status, PORT_OK);
        watch_create(&watch, server_url("FAULT_HTTP", "/bytes/1000"), watch_file("body"));
        atomic_store(&open_status, statuses[i]);
        watch_start(&watch);
        watch_await_end(&watch, TRANSFER_FAILED, TRANSFER_ERROR_FILE);
        transfer_get_error(watch.transfer, &error);
        assert_int_equal(error.file_status, statuses[i]);
        watch_close(&watch);
    }
}

/* libcurl. */
static atomic_int added, most_added, handles;
static bool refuse_add;

static CURL *easy_init(void)
{
    atomic_fetch_add(&handles, 1);
    return network_real_ops.easy_init();
}

static CURLMcode multi_add(CURLM *multi, CURL *easy)
{
    int now;

    if (refuse_add)
        return CURLM_INTERNAL_ERROR;
    now = atomic_fetch_add(&added, 1) + 1;
    if (now > atomic_load(&most_added))
        atomic_store(&most_added, now);
    return network_real_ops.multi_add(multi, easy);
}

static CURLMcode multi_remove(CURLM *multi, CURL *easy)
{
    atomic_fetch_sub(&added, 1);
    return network_real_ops.multi_remove(multi, easy);
}

static void libcurl_sees_only_what_runs(void **state)
{
    static struct watch many[60];
    struct network_ops ops = network_real_ops;

    (void)state;
    ops.easy_init = easy_init;
    ops.multi_add = multi_add;
    ops.multi_remove = multi_remove;
    network_set_ops(&ops);
    for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++) {
        watch_create(&many[i], server_url("FAULT_HTTP", "/bytes/1000"), NULL);
        watch_start(&many[i]);
    }
    for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++) {
        watch_await_end(&many[i], TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
        watch_close(&many[i]);
    }
    assert_in_range(atomic_load(&most_added), 1, 6);
    assert_in_range(atomic_load(&handles), 1, 6);
    assert_int_equal(atomic_load(&added), 0);
    engine_stop(); /* before `ops` goes */
}

static void what_libcurl_refuses_fails(void **state)
{
    struct network_ops ops = network_real_ops;

    (void)state;
    ops.multi_add = multi_add;
    network_set_ops(&ops);
    refuse_add = true;
    watch_run(&watch, server_url("FAULT_HTTP", "/bytes/1000"), NULL, TRANSFER_FAILED,
              TRANSFER_ERROR_INTERNAL);
    watch_close(&watch);
    engine_stop();
}

/* Fails as often as it takes until nobody believes in it any more. */
static atomic_int broken_turns;

static CURLMcode multi_perform(CURLM *multi, int *running)
{
    if (atomic_load(&broken_turns) && atomic_load(&added)) {
        atomic_fetch_sub(&broken_turns, 1);
        return CURLM_INTERNAL_ERROR;
    }
    return network_real_ops.multi_perform(multi, running);
}

/* What waits gets its slot at once, and not when the loop looks again, a minute later. */
static void who_comes_after_a_breakdown_has_not_to_wait(void **state)
{
    static struct watch next;
    struct network_ops ops = network_real_ops;

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "1");
    atomic_store(&broken_turns, 20);
    ops.multi_add = multi_add;
    ops.multi_remove = multi_remove;
    ops.multi_perform = multi_perform;
    network_set_ops(&ops);
    watch_create(&watch, server_url("FAULT_HTTP", "/bytes/1000"), NULL);
    watch_create(&next, server_url("FAULT_HTTP", "/bytes/1000"), NULL);
    watch_start(&watch);
    watch_start(&next);
    watch_await_end(&watch, TRANSFER_FAILED, TRANSFER_ERROR_INTERNAL);
    watch_await_end(&next, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    watch_close(&next);
    watch_close(&watch);
    engine_stop();
}

/* As libcurl for GnuTLS does. */
static CURLcode set_pointer_but_no_text(CURL *easy, CURLoption option, const void *value)
{
    return option == CURLOPT_CAINFO_BLOB || option == CURLOPT_PROXY_CAINFO_BLOB
               ? CURLE_NOT_BUILT_IN
               : network_real_ops.set_pointer(easy, option, value);
}

static void plain_http_needs_no_tls_library_of_a_kind(void **state)
{
    struct network_ops ops = network_real_ops;

    (void)state;
    ops.set_pointer = set_pointer_but_no_text;
    network_set_ops(&ops);
    watch_run(&watch, server_url("FAULT_HTTP", "/bytes/1000"), NULL, TRANSFER_COMPLETED,
              TRANSFER_ERROR_NONE);
    watch_close(&watch);
    engine_stop();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_allocation_may_fail),
    cmocka_unit_test(every_allocation_of_ftp_may_fail),
    cmocka_unit_test(a_transfer_that_waits_is_small),
    cmocka_unit_test(an_engine_that_cannot_start_may_later),
    cmocka_unit_test(a_full_disk_is_waited_for),
    cmocka_unit_test(a_file_that_does_not_open_ends_the_transfer),
    cmocka_unit_test(libcurl_sees_only_what_runs),
    cmocka_unit_test(what_libcurl_refuses_fails),
    cmocka_unit_test(who_comes_after_a_breakdown_has_not_to_wait),
    cmocka_unit_test(plain_http_needs_no_tls_library_of_a_kind),
};

TEST_MAIN_UNIT(tests)
