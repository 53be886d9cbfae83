/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_PROGRAM_PATH_H
#define WINRT_TEST_PROGRAM_PATH_H

/* The path of the program that runs, as the system itself tells it, and as StorageItem.Path is. It
 * lives for the rest of the process. */
const char *program_path(void);

#endif
