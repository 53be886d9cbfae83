/* SPDX-License-Identifier: MIT */
#include "trace.h"

#include <execinfo.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCKS 4096
#define DEPTH  12

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static struct {
    uintptr_t block;
    int depth;
    void *frames[DEPTH];
} blocks[BLOCKS];

bool trace_wanted(void)
{
    return getenv("WINRT_FAULTS_TRACE");
}

void trace_here(void)
{
    void *frames[40];

    backtrace_symbols_fd(frames, backtrace(frames, 40), 2);
}

void trace_block(uintptr_t before, uintptr_t now)
{
    size_t i = 0;

    pthread_mutex_lock(&mutex);
    while (i < BLOCKS - 1 && blocks[i].block != before)
        i++;
    blocks[i].block = now;
    if (!before)
        blocks[i].depth = backtrace(blocks[i].frames, DEPTH);
    pthread_mutex_unlock(&mutex);
}

void trace_blocks(void)
{
    for (size_t i = 0; i < BLOCKS; i++) {
        if (!blocks[i].block)
            continue;
        backtrace_symbols_fd(blocks[i].frames, blocks[i].depth, 2);
        (void)!write(2, "--\n", 3);
    }
}
