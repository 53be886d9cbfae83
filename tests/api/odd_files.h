/* SPDX-License-Identifier: MIT */
/* Files and volumes that an ordinary test run does not meet. Paths as test_path's. */
#ifndef WINRT_TEST_ODD_FILES_H
#define WINRT_TEST_ODD_FILES_H

/* A folder, empty, on a volume of 64 KiB; NULL where there is none and nobody may mount one. */
const char *small_volume(void);

/* Gives it back; `path` is a file that was made there. */
void small_volume_end(const char *path);

/* Makes `path` lead to a device that is always full. need(NEED_FULL_DEVICE) */
void make_full_device(const char *path);

/* Makes `path` a pipe that nobody has opened. need(NEED_PIPES) */
void make_pipe(const char *path);

#endif
