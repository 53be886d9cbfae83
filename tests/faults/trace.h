/* SPDX-License-Identifier: MIT */
/* For who looks for a fault, with WINRT_FAULTS_TRACE=1: where a call has failed, and which blocks
 * are not given back, as addresses for addr2line. */
#ifndef WINRT_TEST_FAULTS_TRACE_H
#define WINRT_TEST_FAULTS_TRACE_H

#include <stdbool.h>
#include <stdint.h>

bool trace_wanted(void);
void trace_here(void);

/* A block was taken (`before` is 0), moved, or given back (`now` is 0): addresses, since the block
 * may be gone. */
void trace_block(uintptr_t before, uintptr_t now);
void trace_blocks(void);

#endif
