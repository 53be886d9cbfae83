/* SPDX-License-Identifier: MIT */
/* What this process uses of the system. */
#ifndef WINRT_TEST_PROCESS_USE_H
#define WINRT_TEST_PROCESS_USE_H

#include <stdint.h>

struct process_use {
    uint64_t resident; /* bytes */
    unsigned descriptors;
    unsigned threads;
};

struct process_use process_use(void);

/* The bytes of all files in a folder and below it, and how many they are. */
uint64_t folder_use(const char *path, unsigned *ret_files);

#endif
