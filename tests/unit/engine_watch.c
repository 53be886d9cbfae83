/* SPDX-License-Identifier: MIT */
#include "test_main.h"

#include "engine_watch.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/system.h"
#include "test_event.h"

static void observe(void *context, enum transfer_event event)
{
    struct watch *watch = context;

    mutex_lock(&watch->mutex);
    watch->counts[event]++;
    if (event != TRANSFER_EVENT_RECEIVED && watch->ordered < WATCH_ORDER)
        watch->order[watch->ordered++] = event;
    condition_broadcast(&watch->changed);
    mutex_unlock(&watch->mutex);
}

const char *watch_file(const char *name)
{
    const char *path = test_path(name);
    file_handle file;

    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE,
                               &file),
                     PORT_OK);
    file_close(file);
    return path;
}

void watch_adopt(struct watch *watch, struct transfer *transfer)
{
    *watch = (struct watch){ 0 };
    mutex_init(&watch->mutex);
    condition_init(&watch->changed);
    watch->transfer = transfer;
    transfer_set_observer(transfer, observe, watch);
}

void watch_create_with(struct watch *watch, const struct transfer_request *request)
{
    struct transfer_request copy = *request;
    struct transfer *transfer;

    assert_int_equal(system_random(&copy.id, sizeof(copy.id)), PORT_OK);
    assert_int_equal(transfer_create(&copy, &transfer), PORT_OK);
    watch_adopt(watch, transfer);
}

void watch_create(struct watch *watch, const char *url, const char *destination)
{
    const struct transfer_request request = { .url = url,
                                              .method = "GET",
                                              .destination = destination };

    watch_create_with(watch, &request);
}

void watch_start(struct watch *watch)
{
    assert_int_equal(transfer_start(watch->transfer), PORT_OK);
}

void watch_wait(struct watch *watch, enum transfer_event event, unsigned count)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    bool in_time = true;

    mutex_lock(&watch->mutex);
    while (in_time && watch->counts[event] < count)
        in_time = condition_wait_until(&watch->changed, &watch->mutex, deadline);
    mutex_unlock(&watch->mutex);
    assert_true(in_time);
}

void watch_wait_bytes(struct watch *watch, uint64_t bytes)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    struct transfer_progress progress;
    bool in_time = true;

    mutex_lock(&watch->mutex);
    transfer_get_progress(watch->transfer, &progress);
    while (in_time && progress.bytes_received < bytes) {
        in_time = condition_wait_until(&watch->changed, &watch->mutex, deadline);
        transfer_get_progress(watch->transfer, &progress);
    }
    mutex_unlock(&watch->mutex);
    assert_true(in_time);
}

void watch_await_status(struct watch *watch, enum transfer_status status)
{
    struct transfer_progress progress;
    unsigned seen = 0;

    do {
        watch_wait(watch, TRANSFER_EVENT_STATUS, ++seen);
        transfer_get_progress(watch->transfer, &progress);
    } while (progress.status != status);
}

size_t watch_count_ranges(struct watch *watch)
{
    struct byte_range *ranges = NULL;
    size_t count = 0;

    assert_int_equal(transfer_get_ranges(watch->transfer, &ranges, &count), PORT_OK);
    memory_free(ranges);
    return count;
}

void watch_await_end(struct watch *watch, enum transfer_status status,
                     enum transfer_error_code error)
{
    struct transfer_progress progress;
    struct transfer_error actual;

    watch_wait(watch, TRANSFER_EVENT_FINISHED, 1);
    transfer_get_progress(watch->transfer, &progress);
    transfer_get_error(watch->transfer, &actual);
    if (actual.code != error)
        print_error("%s\n", actual.message);
    assert_int_equal(actual.code, error);
    assert_int_equal(progress.status, status);
}

void watch_close(struct watch *watch)
{
    transfer_release(watch->transfer);
    watch->transfer = NULL;
}

/* Its end is told in a later turn than that of the others. */
void watch_settle(void)
{
    struct transfer_request request = { .url = "http://127.0.0.1/", .method = "GET" };
    struct watch watch;

    watch_create_with(&watch, &request);
    watch_start(&watch);
    transfer_cancel(watch.transfer);
    watch_wait(&watch, TRANSFER_EVENT_FINISHED, 1);
    transfer_collect(watch.transfer);
    watch_close(&watch);
}

void watch_run(struct watch *watch, const char *url, const char *destination,
               enum transfer_status status, enum transfer_error_code error)
{
    watch_create(watch, url, destination);
    watch_start(watch);
    watch_await_end(watch, status, error);
}

uint64_t watch_file_size(const char *path)
{
    struct file_info info;

    assert_int_equal(file_path_info(path, &info), PORT_OK);
    return info.size;
}
