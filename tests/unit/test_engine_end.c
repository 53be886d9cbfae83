/* SPDX-License-Identifier: MIT */
/* The end of the process under running transfers, and forked children. docs/engine.md, "Exit". The
   build defines EXIT_PROGRAM, the path of engine_exit_program. */
#include <string.h>

#include "test_main.h"

#include "engine_watch.h"
#include "environment.h"
#include "forked.h"
#include "http.h"
#include "platform.h"
#include "programs.h"
#include "servers.h"
#include "src/engine/engine.h"
#include "src/engine/network.h"
#include "src/port/clock.h"
#include "src/port/files.h"
#include "src/port/threads.h"
#include "strings_ring.h"
#include "test_event.h"

enum {
    TRANSFERS = 20,
    ROUNDS = 10,
    LONGEST_RUN_S = 30
};

static struct watch watches[TRANSFERS];

static int set_up(void **state)
{
    (void)state;
    test_setenv("SSL_CERT_FILE", server_path("CA_FILE"));
    test_setenv("WINRT_MAX_TRANSFERS", "20");
    return 0;
}

static void start_all(void)
{
    for (int i = 0; i < TRANSFERS; i++) {
        watch_create(&watches[i], server_url("NGINX_HTTPS", "/rate/64m.bin"), NULL);
        watch_start(&watches[i]);
    }
}

static void check_exits(const char *where)
{
    for (int round = 0; round < ROUNDS; round++) {
        const char *const arguments[] = { EXIT_PROGRAM, where, ring_format("%d", round), NULL };

        assert_int_equal(run_program(arguments, LONGEST_RUN_S), 0);
    }
}

static void exit_from_main(void **state)
{
    (void)state;
    check_exits("main");
}

static void exit_from_another_thread(void **state)
{
    (void)state;
    check_exits("thread");
}

static void a_stop_ends_all_without_events(void **state)
{
    unsigned events[TRANSFERS];
    uint64_t start;

    (void)state;
    test_setenv("WINRT_MAX_TRANSFERS", "5");
    start_all();
    watch_wait_bytes(&watches[0], 1);
    start = clock_monotonic_ms();
    engine_stop();
    assert_true(clock_monotonic_ms() - start < 2000);
    for (int i = 0; i < TRANSFERS; i++) {
        struct transfer_progress progress;
        struct transfer_error error;

        transfer_get_progress(watches[i].transfer, &progress);
        transfer_get_error(watches[i].transfer, &error);
        assert_int_equal(progress.status, TRANSFER_FAILED);
        assert_int_equal(error.code, TRANSFER_ERROR_SHUTDOWN);
        assert_int_equal(watches[i].counts[TRANSFER_EVENT_FINISHED], 0);
        events[i] = watches[i].counts[TRANSFER_EVENT_PROGRESS];
        transfer_cancel(watches[i].transfer);
    }
    engine_stop();
    for (int i = 0; i < TRANSFERS; i++) {
        assert_int_equal(watches[i].counts[TRANSFER_EVENT_PROGRESS], events[i]);
        watch_close(&watches[i]);
    }
    watch_create(&watches[0], server_url("NGINX_HTTPS", "/hello.txt"), NULL);
    assert_int_equal(transfer_start(watches[0].transfer), PORT_NOT_SUPPORTED);
    watch_close(&watches[0]);
}

/* That is what a handler is told which runs just then. Meanwhile another one had its exchange. */
static void a_stop_before_the_answer_keeps_what_arrived(void **state)
{
    struct transfer_progress progress;

    (void)state;
    watch_create(&watches[0],
                 server_url("FAULT_HTTP", "/script/100000?token=stop&steps=stall:50000,wait"),
                 watch_file("body"));
    watch_start(&watches[0]);
    watch_wait_bytes(&watches[0], 50000);
    assert_int_equal(transfer_pause(watches[0].transfer), PORT_OK);
    watch_run(&watches[1], server_url("NGINX_HTTP", "/4k.bin"), watch_file("other"),
              TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(transfer_resume(watches[0].transfer), PORT_OK);
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/held/stop"), NULL, 0), 200);
    engine_stop();
    transfer_get_progress(watches[0].transfer, &progress);
    assert_int_equal(progress.bytes_received, 50000);
    watch_close(&watches[0]);
    watch_close(&watches[1]);
}

/* A disk that takes longer to close a file than exit waits, and libcurl as it is called then. */
static struct {
    struct mutex mutex;
    struct condition changed;
    bool slow, closing, open_again;
    unsigned calls;
} late;

static void close_slowly(file_handle file)
{
    mutex_lock(&late.mutex);
    if (late.slow) {
        late.closing = true;
        condition_broadcast(&late.changed);
        while (!late.open_again)
            condition_wait(&late.changed, &late.mutex);
    }
    mutex_unlock(&late.mutex);
    file_real_ops.close(file);
}

static CURLMcode note_remove(CURLM *multi, CURL *easy)
{
    mutex_lock(&late.mutex);
    late.calls += late.closing;
    condition_broadcast(&late.changed);
    mutex_unlock(&late.mutex);
    return network_real_ops.multi_remove(multi, easy);
}

/* True if libcurl is called within a moment, which exit has torn down by then. */
static bool is_libcurl_called(void)
{
    uint64_t deadline = test_deadline(300);
    bool called;

    mutex_lock(&late.mutex);
    late.open_again = true;
    condition_broadcast(&late.changed);
    while (!late.calls && condition_wait_until(&late.changed, &late.mutex, deadline))
        continue;
    called = late.calls;
    mutex_unlock(&late.mutex);
    return called;
}

static void a_disk_too_slow_for_exit_keeps_out_of_libcurl(void **state)
{
    static struct network_ops network;
    static struct file_ops files;

    (void)state;
    mutex_init(&late.mutex);
    condition_init(&late.changed);
    network = network_real_ops;
    network.multi_remove = note_remove;
    network_set_ops(&network);
    files = file_real_ops;
    files.close = close_slowly;
    file_set_ops(&files);

    watch_create(&watches[0], server_url("NGINX_HTTPS", "/rate/64m.bin"), watch_file("body"));
    watch_start(&watches[0]);
    watch_wait_bytes(&watches[0], 1);
    mutex_lock(&late.mutex);
    late.slow = true;
    mutex_unlock(&late.mutex);
    engine_stop();
    mutex_lock(&late.mutex);
    assert_true(late.closing);
    mutex_unlock(&late.mutex);
    assert_false(is_libcurl_called());
}

static void an_engine_never_started_stops_too(void **state)
{
    (void)state;
    assert_false(engine_is_running());
    engine_stop();
    watch_create(&watches[0], server_url("NGINX_HTTPS", "/hello.txt"), NULL);
    assert_int_equal(transfer_start(watches[0].transfer), PORT_NOT_SUPPORTED);
    assert_false(engine_is_running());
    watch_close(&watches[0]);
}

/* 0, or the number of what is wrong. */
static int live_as_a_child(void *argument)
{
    struct transfer_request request = { .url = "http://localhost/", .method = "GET" };
    struct transfer_progress progress;
    struct transfer *transfer;
    size_t count;
    char byte;
    bool rest;

    (void)argument;
    if (transfer_create(&request, &transfer))
        return 1;
    if (transfer_start(transfer) != PORT_NOT_SUPPORTED)
        return 2;
    transfer_release(transfer);
    transfer_cancel(watches[0].transfer);
    transfer_set_priority(watches[0].transfer, TRANSFER_PRIORITY_HIGH);
    transfer_get_progress(watches[0].transfer, &progress);
    if (transfer_get_response(watches[0].transfer))
        return 3;
    if (transfer_read(watches[0].transfer, 0, &byte, 1, &count, &rest) != PORT_NOT_SUPPORTED)
        return 4;
    engine_stop();
    transfer_release(watches[0].transfer);
    return 0;
}

static void a_forked_child_has_no_engine(void **state)
{
    (void)state;
    need(NEED_FORK);
    start_all();
    watch_wait_bytes(&watches[0], 1);
    assert_int_equal(run_forked(live_as_a_child, NULL), 0);
    /* The parent has not noticed. */
    for (int i = 0; i < TRANSFERS; i++) {
        transfer_cancel(watches[i].transfer);
        watch_await_end(&watches[i], TRANSFER_CANCELED, TRANSFER_ERROR_NONE);
        watch_close(&watches[i]);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(exit_from_main, set_up),
    cmocka_unit_test_setup(exit_from_another_thread, set_up),
    cmocka_unit_test_setup(a_stop_ends_all_without_events, set_up),
    cmocka_unit_test_setup(a_stop_before_the_answer_keeps_what_arrived, set_up),
    cmocka_unit_test_setup(a_disk_too_slow_for_exit_keeps_out_of_libcurl, set_up),
    cmocka_unit_test_setup(an_engine_never_started_stops_too, set_up),
    cmocka_unit_test_setup(a_forked_child_has_no_engine, set_up),
};

TEST_MAIN_UNIT(tests)
