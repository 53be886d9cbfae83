/* SPDX-License-Identifier: MIT */
/* ISpeedLimit, and how fast downloads are, for tests. Every function fails the test when it cannot.
 */
#ifndef WINRT_TEST_API_SPEED_H
#define WINRT_TEST_API_SPEED_H

#include <stddef.h>

#include "watch.h"

/* A large file by nginx. */
#define SPEED_LARGE      "/64m.bin"
#define SPEED_LARGE_SIZE (64 << 20)
#define SPEED_SMALL_SIZE 1000000 /* of one that takes seconds */
void speed_create_large(struct watch *watch, IBackgroundDownloader *downloader, const char *name);
void speed_start_large(struct watch *watch, const char *name);

/* One of SCRIPT_SIZE bytes, and its end. */
void speed_create_small(struct watch *watch, const char *name, UINT64 limit);
void speed_end_small(struct watch *watch);

/* The process's limit: the class object of BackgroundDownloader. The caller's reference. */
void *speed_process(void);

/* MaxBytesPerSecond of any object that has it. */
void speed_limit(void *object, UINT64 bytes_per_second);
UINT64 speed_limit_of(void *object);

/* For 10 seconds, from a second after the first bytes on: how many bytes a second each of them gets
 * (may be NULL), and all together. All are running. */
#define SPEED_MOST 8
double speed_measure(struct watch **watches, size_t count, double *ret_each);

/* Within 3 %, or so many, of what is allowed. */
#define check_speed(expected, actual) check_speed_at(expected, actual, 3, __FILE__, __LINE__)
#define check_speed_about(expected, actual, percent) \
    check_speed_at(expected, actual, percent, __FILE__, __LINE__)
void check_speed_at(double expected, double actual, double percent, const char *file, int line);

/* Cancels it, and closes the watch. */
void speed_cancel(struct watch *watch);

#endif
