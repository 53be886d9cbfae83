/* SPDX-License-Identifier: MIT */
#include "running.h"

#include "src/port/clock.h"
#include "src/port/files.h"
#include "src/port/threads.h"
#include "test_event.h"
#include "test_files.h"

#define LOOK_AGAIN_MS 2

void signal_make(const char *path)
{
    test_file_write(path, "", 0);
}

bool signal_wait(const char *path)
{
    uint64_t deadline = clock_monotonic_ms() + TEST_WAIT_MS;
    struct test_event never;
    struct file_info info;

    test_event_init(&never);
    while (file_real_ops.path_info(path, &info) && clock_monotonic_ms() < deadline)
        test_event_wait(&never, LOOK_AGAIN_MS);
    test_event_destroy(&never);
    return !file_real_ops.path_info(path, &info);
}
