/* SPDX-License-Identifier: MIT */
/*
 * Where an open file is in the application's way (file_open_is_in_the_way), it hears of an end when
 * the syncer has let go of the file and of its folder; elsewhere at once. docs/threading.md
 */
#include <stdatomic.h>
#include <string.h>

#include "test_main.h"

#include "engine_watch.h"
#include "http.h"
#include "servers.h"
#include "src/engine/engine.h"
#include "src/engine/engine_store.h"
#include "src/engine/transfer_internal.h"
#include "src/port/files.h"
#include "src/store/download_values.h"
#include "test_event.h"

#define BODY_SIZE 100000

static struct file_ops ops;
static struct watch watch;

/* The engine's handles of the result file. */
static struct {
    struct mutex mutex;
    file_handle handles[4];
    int count;
} bodies;

static int count_bodies(void)
{
    int count;

    mutex_lock(&bodies.mutex);
    count = bodies.count;
    mutex_unlock(&bodies.mutex);
    return count;
}

static bool is_body(file_handle file)
{
    bool found = false;

    mutex_lock(&bodies.mutex);
    for (int i = 0; i < bodies.count; i++)
        found |= bodies.handles[i] == file;
    mutex_unlock(&bodies.mutex);
    return found;
}

/* Where the syncer waits. */
static struct {
    atomic_bool file, folder, close; /* at the sync of these; when it closes the file */
    struct test_event reached, opened;
    enum port_status status; /* of the sync then */
} gate;

static enum port_status wait_at(atomic_bool *closed)
{
    if (!atomic_exchange(closed, false))
        return PORT_OK;
    test_event_set(&gate.reached);
    test_event_wait(&gate.opened, TEST_WAIT_MS);
    return gate.status;
}

static enum port_status open_file(const char *path, unsigned flags, file_handle *ret)
{
    enum port_status status = file_real_ops.open(path, flags, ret);

    if (status || !strstr(path, "/body") || flags & FILE_OPEN_CREATE)
        return status;
    mutex_lock(&bodies.mutex);
    if (bodies.count < 4)
        bodies.handles[bodies.count++] = *ret;
    mutex_unlock(&bodies.mutex);
    return status;
}

static void close_file(file_handle file)
{
    if (is_body(file))
        wait_at(&gate.close);
    mutex_lock(&bodies.mutex);
    for (int i = 0; i < bodies.count; i++) {
        if (bodies.handles[i] == file)
            bodies.handles[i--] = bodies.handles[--bodies.count];
    }
    mutex_unlock(&bodies.mutex);
    file_real_ops.close(file);
}

static enum port_status sync_file(file_handle file)
{
    enum port_status status = is_body(file) ? wait_at(&gate.file) : PORT_OK;

    return status ? status : file_real_ops.sync(file);
}

static enum port_status sync_folder(const char *path)
{
    enum port_status status = strcmp(path, test_scratch()) ? PORT_OK : wait_at(&gate.folder);

    return status ? status : file_real_ops.sync_folder(path);
}

/* What there was when the end was told. */
static struct {
    int open_bodies;
    enum transfer_status status;
    struct test_event told;
} end;

static void note_end(void *context, enum transfer_event event)
{
    struct transfer_progress progress;

    (void)context;
    if (event != TRANSFER_EVENT_FINISHED)
        return;
    transfer_get_progress(watch.transfer, &progress);
    end.status = progress.status;
    end.open_bodies = count_bodies();
    test_event_set(&end.told);
}

static int set_up(void **state)
{
    (void)state;
    ops = file_real_ops;
    ops.open = open_file;
    ops.close = close_file;
    ops.sync = sync_file;
    ops.sync_folder = sync_folder;
    ops.open_is_in_the_way = true;
    mutex_init(&bodies.mutex);
    test_event_init(&gate.reached);
    test_event_init(&gate.opened);
    test_event_init(&end.told);
    file_set_ops(&ops);
    return 0;
}

static enum transfer_status status_now(void)
{
    struct transfer_progress progress;

    transfer_get_progress(watch.transfer, &progress);
    return progress.status;
}

/* Started, and the syncer waits at `closed`. */
static void run_to(atomic_bool *closed, const char *url)
{
    atomic_store(closed, true);
    watch_create(&watch, url, watch_file("body"));
    watch_start(&watch);
}

/* The engine has done all that it was told to; nobody knows of an end. */
static void check_untold(void)
{
    assert_true(test_event_wait(&gate.reached, TEST_WAIT_MS));
    watch_settle();
    assert_int_equal(watch.counts[TRANSFER_EVENT_FINISHED], 0);
    assert_int_not_equal(status_now(), TRANSFER_COMPLETED);
    assert_int_not_equal(status_now(), TRANSFER_CANCELED);
    assert_int_not_equal(status_now(), TRANSFER_FAILED);
}

static uint32_t recorded_state(void)
{
    struct store_id id = transfer_store_id(watch.transfer);
    struct value_set *values = NULL;
    uint32_t state;

    assert_int_equal(store_get(engine_store(NULL), &id, &values), PORT_OK);
    state = value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE);
    value_set_free(values);
    return state;
}

static void let_go(enum transfer_status expected)
{
    transfer_set_observer(watch.transfer, note_end, NULL);
    test_event_set(&gate.opened);
    assert_true(test_event_wait(&end.told, TEST_WAIT_MS));
    assert_int_equal(end.status, expected);
    assert_int_equal(end.open_bodies, 0);
    transfer_set_observer(watch.transfer, NULL, NULL);
    watch_close(&watch);
}

static void completed(void **state)
{
    (void)state;
    run_to(&gate.file, server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE));
    check_untold();
    assert_int_equal(status_now(), TRANSFER_RUNNING);
    let_go(TRANSFER_COMPLETED);
}

static void closing_it_is_a_part_of_it(void **state)
{
    (void)state;
    run_to(&gate.close, server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE));
    check_untold();
    let_go(TRANSFER_COMPLETED);
}

/* They show the end to a progress handler. */
static void the_last_numbers_come_with_the_end(void **state)
{
    unsigned before;

    (void)state;
    run_to(&gate.file, server_url("FAULT_HTTP", "/bytes/1000"));
    check_untold();
    before = watch.counts[TRANSFER_EVENT_PROGRESS];
    test_event_set(&gate.opened);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(watch.counts[TRANSFER_EVENT_PROGRESS], before + 1);
    assert_int_equal(watch.counts[TRANSFER_EVENT_FINISHED], 1);
    assert_int_equal(watch.order[watch.ordered - 2], TRANSFER_EVENT_PROGRESS);
    watch_close(&watch);
}

static void cancelled(void **state)
{
    (void)state;
    run_to(&gate.file, server_url("FAULT_HTTP", "/script/100000?token=%s&steps=stall:50000",
                                  test_token("cancel")));
    watch_wait_bytes(&watch, 50000);
    assert_int_equal(transfer_pause(watch.transfer), PORT_OK);
    assert_true(test_event_wait(&gate.reached, TEST_WAIT_MS));
    transfer_cancel(watch.transfer);
    check_untold();
    assert_int_equal(recorded_state(), DOWNLOAD_CANCELED);
    assert_int_equal(transfer_resume(watch.transfer), PORT_OK);
    check_untold();
    test_event_set(&gate.opened);
    watch_await_end(&watch, TRANSFER_CANCELED, TRANSFER_ERROR_NONE);
    assert_int_equal(recorded_state(), DOWNLOAD_CANCELED);
    watch_close(&watch);
}

static void failed(void **state)
{
    (void)state;
    run_to(&gate.file,
           server_url("FAULT_HTTP", "/script/100000?token=%s&steps=cut:50000,status:404",
                      test_token("fail")));
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/arrived/%s?count=2", test_token("fail")),
                              NULL, 0),
                     200);
    check_untold();
    let_go(TRANSFER_FAILED);
}

static void the_folder_as_well(void **state)
{
    (void)state;
    run_to(&gate.folder, server_url("FAULT_HTTP", "/status/404?token=%s", test_token("folder")));
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/arrived/%s", test_token("folder")), NULL,
                              0),
                     200);
    check_untold();
    let_go(TRANSFER_FAILED);
}

static void a_sync_that_fails_lets_go_too(void **state)
{
    (void)state;
    gate.status = PORT_IO;
    run_to(&gate.file, server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE));
    check_untold();
    let_go(TRANSFER_COMPLETED);
}

/* Calls that a running one takes come too late, and leave no trace in the record. */
static void calls_in_between_change_nothing(void **state)
{
    (void)state;
    run_to(&gate.file, server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE));
    check_untold();
    assert_int_equal(transfer_pause(watch.transfer), PORT_OK);
    transfer_cancel(watch.transfer);
    transfer_set_priority(watch.transfer, TRANSFER_PRIORITY_HIGH);
    transfer_collect(watch.transfer);
    check_untold();
    test_event_set(&gate.opened);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    watch_settle();
    assert_int_equal(watch.counts[TRANSFER_EVENT_FINISHED], 1);
    assert_int_equal(transfer_pause(watch.transfer), PORT_WRONG_STATE);
    assert_int_equal(recorded_state(), DOWNLOAD_COMPLETED);
    watch_close(&watch);
}

/* Whose end nobody hears of any more. */
static void the_engine_may_stop_before(void **state)
{
    (void)state;
    run_to(&gate.file, server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE));
    check_untold();
    engine_stop();
    test_event_set(&gate.opened);
    assert_int_equal(store_flush(engine_store(NULL)), PORT_OK);
    assert_int_equal(watch.counts[TRANSFER_EVENT_FINISHED], 0);
    watch_close(&watch);
}

static void where_it_is_in_nobodys_way_nothing_waits(void **state)
{
    (void)state;
    ops.open_is_in_the_way = false;
    run_to(&gate.file, server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE));
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_true(test_event_wait(&gate.reached, TEST_WAIT_MS));
    assert_int_equal(count_bodies(), 1);
    test_event_set(&gate.opened);
    watch_close(&watch);
}

static void read_at(uint64_t position)
{
    char bytes[1000];
    size_t count;
    bool more;

    assert_int_equal(transfer_read(watch.transfer, position, bytes, sizeof(bytes), &count, &more),
                     PORT_OK);
    assert_int_equal(count, sizeof(bytes));
}

static void read_some(const char *destination, int expected_open)
{
    watch_run(&watch, server_url("FAULT_HTTP", "/bytes/%d", BODY_SIZE), destination,
              TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(store_flush(engine_store(NULL)), PORT_OK);
    for (unsigned i = 0; i < 3; i++) {
        read_at(i * UINT64_C(1000));
        assert_int_equal(count_bodies(), expected_open);
    }
    watch_close(&watch);
}

static void a_reader_lets_go_at_the_end(void **state)
{
    (void)state;
    watch_create(&watch,
                 server_url("FAULT_HTTP", "/script/100000?token=%s&steps=hold:50000",
                            test_token("read")),
                 watch_file("body"));
    watch_start(&watch);
    watch_wait_bytes(&watch, 50000);
    read_at(0);
    read_at(1000);
    assert_int_equal(count_bodies(), 2);
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/release/%s", test_token("read")), NULL, 0),
                     200);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    assert_int_equal(count_bodies(), 0);
    watch_close(&watch);
}

static void reads_after_the_end_keep_nothing_open(void **state)
{
    (void)state;
    read_some(watch_file("body"), 0);
}

static void unless_that_is_in_nobodys_way(void **state)
{
    (void)state;
    ops.open_is_in_the_way = false;
    read_some(watch_file("body"), 1);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(completed, set_up),
    cmocka_unit_test_setup(closing_it_is_a_part_of_it, set_up),
    cmocka_unit_test_setup(the_last_numbers_come_with_the_end, set_up),
    cmocka_unit_test_setup(cancelled, set_up),
    cmocka_unit_test_setup(failed, set_up),
    cmocka_unit_test_setup(the_folder_as_well, set_up),
    cmocka_unit_test_setup(a_sync_that_fails_lets_go_too, set_up),
    cmocka_unit_test_setup(calls_in_between_change_nothing, set_up),
    cmocka_unit_test_setup(the_engine_may_stop_before, set_up),
    cmocka_unit_test_setup(where_it_is_in_nobodys_way_nothing_waits, set_up),
    cmocka_unit_test_setup(a_reader_lets_go_at_the_end, set_up),
    cmocka_unit_test_setup(reads_after_the_end_keep_nothing_open, set_up),
    cmocka_unit_test_setup(unless_that_is_in_nobodys_way, set_up),
};

TEST_MAIN_UNIT(tests)
