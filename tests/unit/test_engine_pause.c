/* SPDX-License-Identifier: MIT */
/* What the record says while Pause and Resume come faster than the engine: a kill may come at any
   moment after either has returned. docs/states.md */
#include <stdatomic.h>

#include "test_main.h"

#include "engine_watch.h"
#include "servers.h"
#include "src/engine/engine_store.h"
#include "src/engine/runtime.h"
#include "src/engine/transfer_internal.h"
#include "src/port/files.h"
#include "src/store/download_values.h"
#include "test_event.h"

#define BODY_SIZE 4096

/* Where the engine's thread waits: amid a pause, or amid the end. */
static struct {
    atomic_bool closed;
    struct test_event reached, opened;
} gate;

static void wait_at_gate(void)
{
    if (!atomic_exchange(&gate.closed, false))
        return;
    test_event_set(&gate.reached);
    test_event_wait(&gate.opened, TEST_WAIT_MS);
}

static enum port_status wait_for_info(file_handle file, struct file_info *ret)
{
    wait_at_gate();
    return file_real_ops.info(file, ret);
}

static enum port_status wait_at_last_write(file_handle file, uint64_t offset, const void *buffer,
                                           size_t size, size_t *ret_count)
{
    if (offset + size == BODY_SIZE)
        wait_at_gate();
    return file_real_ops.write_at(file, offset, buffer, size, ret_count);
}

/* What was recorded when `event` was told. */
static struct {
    struct transfer *transfer;
    enum transfer_event event;
    enum transfer_status status;
    struct test_event told;
    uint32_t state;
} noted;

static void note_state(void *context, enum transfer_event event)
{
    struct store_id id = transfer_store_id(noted.transfer);
    struct transfer_progress progress;
    struct value_set *values = NULL;

    (void)context;
    transfer_get_progress(noted.transfer, &progress);
    if (event != noted.event || progress.status != noted.status)
        return;
    if (!store_get(engine_store(NULL), &id, &values))
        noted.state = value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE);
    value_set_free(values);
    test_event_set(&noted.told);
}

/* Nothing gets durable before. */
static enum port_status sync_when_noted(file_handle file)
{
    test_event_wait(&noted.told, TEST_WAIT_MS);
    return file_real_ops.sync(file);
}

static struct file_ops ops;

static int set_up(void **state)
{
    (void)state;
    noted.state = DOWNLOAD_CANCELED;
    test_event_init(&gate.reached);
    test_event_init(&gate.opened);
    test_event_init(&noted.told);
    ops = file_real_ops;
    file_set_ops(&ops);
    return 0;
}

static void note(struct watch *watch, enum transfer_event event, enum transfer_status status)
{
    noted.transfer = watch->transfer;
    noted.event = event;
    noted.status = status;
    transfer_set_observer(watch->transfer, note_state, NULL);
}

static void run_to_gate(struct watch *watch, enum transfer_status told)
{
    ops.info = wait_for_info;
    watch_create(watch, server_url("NGINX_HTTP", "/rate/64m.bin"), watch_file("body"));
    watch_start(watch);
    watch_wait_bytes(watch, 1);
    note(watch, TRANSFER_EVENT_STATUS, told);
    atomic_store(&gate.closed, true);
    assert_int_equal(transfer_pause(watch->transfer), PORT_OK);
    assert_true(test_event_wait(&gate.reached, TEST_WAIT_MS));
}

static void leave(struct watch *watch)
{
    test_event_set(&gate.opened);
    assert_true(test_event_wait(&noted.told, TEST_WAIT_MS));
    transfer_set_observer(noted.transfer, NULL, NULL);
    watch_close(watch);
}

static void a_pause_is_recorded_when_it_is_told(void **state)
{
    struct watch watch;

    (void)state;
    run_to_gate(&watch, TRANSFER_PAUSED_BY_APPLICATION);
    leave(&watch);
    assert_int_equal(noted.state, DOWNLOAD_PAUSED);
}

/* Nobody is told of the pause, as it is over when the engine's turn is. */
static void a_pause_that_was_taken_back_is_not_recorded(void **state)
{
    struct watch watch;

    (void)state;
    run_to_gate(&watch, TRANSFER_RUNNING);
    assert_int_equal(transfer_resume(watch.transfer), PORT_OK);
    leave(&watch);
    assert_int_equal(noted.state, DOWNLOAD_ACTIVE);
}

/* Its end is told, but was not delivered to anybody when the process dies. */
static void a_pause_amid_the_end_stays_recorded(void **state)
{
    struct watch watch;

    (void)state;
    ops.write_at = wait_at_last_write;
    ops.sync = sync_when_noted;
    ops.open_is_in_the_way = false; /* or the end would wait for the sync */
    atomic_store(&gate.closed, true);
    watch_create(&watch, server_url("NGINX_HTTP", "/4k.bin"), watch_file("body"));
    note(&watch, TRANSFER_EVENT_FINISHED, TRANSFER_COMPLETED);
    watch_start(&watch);
    assert_true(test_event_wait(&gate.reached, TEST_WAIT_MS));
    assert_int_equal(transfer_pause(watch.transfer), PORT_OK);
    leave(&watch);
    assert_int_equal(noted.state, DOWNLOAD_PAUSED);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(a_pause_is_recorded_when_it_is_told, set_up),
    cmocka_unit_test_setup(a_pause_that_was_taken_back_is_not_recorded, set_up),
    cmocka_unit_test_setup(a_pause_amid_the_end_stays_recorded, set_up),
};

TEST_MAIN_UNIT(tests)
