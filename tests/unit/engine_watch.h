/* SPDX-License-Identifier: MIT */
/* A transfer under watch: its events are counted on the engine's thread, and the test waits for
 * them. */
#ifndef WINRT_TEST_ENGINE_WATCH_H
#define WINRT_TEST_ENGINE_WATCH_H

#include "src/engine/header_list.h"
#include "src/engine/transfer.h"
#include "src/port/threads.h"

#define WATCH_ORDER 64

struct watch {
    struct transfer *transfer;
    struct mutex mutex;
    struct condition changed;
    unsigned counts[TRANSFER_EVENT_FINISHED + 1];
    enum transfer_event order[WATCH_ORDER]; /* the first ones, without TRANSFER_EVENT_RECEIVED */
    unsigned ordered;
};

/* An existing, empty file in the test's folder; the path lives as test_path's. */
const char *watch_file(const char *name);

/* Makes the transfer, watched and not started. `destination` may be NULL. */
void watch_create(struct watch *watch, const char *url, const char *destination);
void watch_create_with(struct watch *watch, const struct transfer_request *request);
void watch_adopt(struct watch *watch, struct transfer *transfer);
void watch_start(struct watch *watch);

/* Waits for so many of an event. A failure of the test if they do not come. */
void watch_wait(struct watch *watch, enum transfer_event event, unsigned count);

/* Waits until so many bytes can be read. */
void watch_wait_bytes(struct watch *watch, uint64_t bytes);

/* Waits until it is so; not for an end. */
void watch_await_status(struct watch *watch, enum transfer_status status);

/* In how many pieces is what has come. */
size_t watch_count_ranges(struct watch *watch);

/* Waits for the end, and checks what it is. */
void watch_await_end(struct watch *watch, enum transfer_status status,
                     enum transfer_error_code error);

/* Releases the transfer. */
void watch_close(struct watch *watch);

/* Waits until the engine's thread has let go of all that has ended: the last reference may be its
 * own, and what that frees comes after FINISHED. */
void watch_settle(void);

/* Creates, starts, waits for the end, and leaves the transfer to be looked at. */
void watch_run(struct watch *watch, const char *url, const char *destination,
               enum transfer_status status, enum transfer_error_code error);

/* The file's size. */
uint64_t watch_file_size(const char *path);

#endif
