/* SPDX-License-Identifier: MIT */
/* Downloads over several connections, whose file gives trouble. docs/ranges.md */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "engine_watch.h"
#include "environment.h"
#include "http.h"
#include "pattern.h"
#include "servers.h"
#include "src/engine/engine_store.h"
#include "src/engine/transfer_internal.h"
#include "src/port/files.h"
#include "src/store/download_values.h"
#include "test_event.h"

#define BODY_SIZE 8000000
#define RATE      1000000
#define ENOUGH    3000000

static struct file_ops ops;
static struct watch watch;

static _Atomic(file_handle) body; /* the engine's latest handle of the result file */
static atomic_bool full;          /* so is its disk */

/* Where the engine waits, when it cuts the file. */
static struct {
    atomic_bool closed;
    struct test_event reached, opened;
    uint64_t size;
} gate;

static enum port_status open_file(const char *path, unsigned flags, file_handle *ret)
{
    enum port_status status = file_real_ops.open(path, flags, ret);

    if (!status && strstr(path, "/body"))
        atomic_store(&body, *ret);
    return status;
}

static enum port_status write_file(file_handle file, uint64_t offset, const void *data, size_t size,
                                   size_t *ret)
{
    if (atomic_load(&full) && file == atomic_load(&body))
        return PORT_DISK_FULL;
    return file_real_ops.write_at(file, offset, data, size, ret);
}

static enum port_status resize_file(file_handle file, uint64_t size)
{
    if (atomic_exchange(&gate.closed, false)) {
        gate.size = size;
        test_event_set(&gate.reached);
        test_event_wait(&gate.opened, TEST_WAIT_MS);
    }
    return file_real_ops.resize(file, size);
}

static int set_up(void **state)
{
    (void)state;
    ops = file_real_ops;
    ops.open = open_file;
    ops.write_at = write_file;
    ops.resize = resize_file;
    test_event_init(&gate.reached);
    test_event_init(&gate.opened);
    file_set_ops(&ops);
    return 0;
}

/* Several connections bring it, and the bytes are not in one piece. */
static void run_in_pieces(const char *token)
{
    watch_create(&watch,
                 server_url("FAULT_HTTP", "/script/%d?token=%s&rate=%d", BODY_SIZE,
                            test_token(token), RATE),
                 watch_file("body"));
    watch_start(&watch);
    watch_wait_bytes(&watch, ENOUGH);
    assert_true(watch_count_ranges(&watch) > 1);
}

/* It knows of no bytes but those that came in order. */
static void check_record(enum download_state expected)
{
    struct store_id id = transfer_store_id(watch.transfer);
    struct value_set *values = NULL;
    struct stored_value value;

    assert_int_equal(store_get(engine_store(NULL), &id, &values), PORT_OK);
    assert_int_equal(value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE), expected);
    assert_in_range(value_set_get_qword(values, DOWNLOAD_BYTES, 0), 0, gate.size);
    assert_false(value_set_get(values, DOWNLOAD_RANGES, REGISTRY_BINARY, &value));
    value_set_free(values);
}

/* Nobody sees a running download that has fewer bytes than before, while the cut takes its time. */
static void fewer_bytes_come_with_the_end(void **state)
{
    struct transfer_progress before, meanwhile, after;
    size_t count;
    bool more;
    char byte;

    (void)state;
    run_in_pieces("cut");
    transfer_get_progress(watch.transfer, &before);
    atomic_store(&gate.closed, true);
    transfer_cancel(watch.transfer);
    assert_true(test_event_wait(&gate.reached, TEST_WAIT_MS));

    transfer_get_progress(watch.transfer, &meanwhile);
    assert_int_equal(meanwhile.status, TRANSFER_RUNNING);
    assert_true(meanwhile.bytes_received >= before.bytes_received);
    assert_true(gate.size < meanwhile.bytes_received);
    assert_int_equal(transfer_read(watch.transfer, gate.size, &byte, 1, &count, &more), PORT_OK);
    assert_int_equal(count, 0);
    /* Who is killed now has a download that goes on, and no cancelled one with holes. */
    check_record(DOWNLOAD_ACTIVE);

    test_event_set(&gate.opened);
    watch_await_end(&watch, TRANSFER_CANCELED, TRANSFER_ERROR_NONE);
    transfer_get_progress(watch.transfer, &after);
    assert_int_equal(after.bytes_received, gate.size);
    assert_int_equal(watch_file_size(test_path("body")), gate.size);
    check_record(DOWNLOAD_CANCELED);
    watch_close(&watch);
}

static uint64_t bytes_sent(const char *token)
{
    char text[64];

    assert_int_equal(http_get(server_url("FAULT_HTTP", "/total/%s", test_token(token)), text,
                              sizeof(text)),
                     200);
    return strtoull(text, NULL, 10);
}

/* What is there stays, and what had come and could not be written is fetched again. */
static void a_full_disk_is_waited_out(void **state)
{
    struct transfer_progress before, meanwhile;

    (void)state;
    test_setenv("WINRT_RETRY_BASE_MS", "100");
    run_in_pieces("full");
    atomic_store(&full, true);
    transfer_get_progress(watch.transfer, &before);
    watch_await_status(&watch, TRANSFER_PAUSED_NO_ROOM);
    transfer_get_progress(watch.transfer, &meanwhile);
    assert_true(meanwhile.bytes_received >= before.bytes_received);
    assert_true(meanwhile.bytes_received < BODY_SIZE);
    atomic_store(&full, false);
    watch_await_end(&watch, TRANSFER_COMPLETED, TRANSFER_ERROR_NONE);
    check_pattern_file(test_path("body"), BODY_SIZE);
    assert_in_range(bytes_sent("full"), BODY_SIZE, BODY_SIZE * 2 - ENOUGH);
    watch_close(&watch);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(fewer_bytes_come_with_the_end, set_up),
    cmocka_unit_test_setup(a_full_disk_is_waited_out, set_up),
};

TEST_MAIN_UNIT(tests)
