/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_MEMORY_USE_H
#define WINRT_TEST_MEMORY_USE_H

#include <stdint.h>

/* The most memory that this process has had in use so far, in bytes, as the system counts it. */
uint64_t peak_memory(void);

#endif
