/* SPDX-License-Identifier: MIT */
/* What a MemoryBuffer and its references share: the memory, and which references are open. */
#ifndef WINRT_FOUNDATION_MEMORY_BLOCK_H
#define WINRT_FOUNDATION_MEMORY_BLOCK_H

#include <stdbool.h>

#include <windows.h>
#include <windows.foundation.h>

#include "src/port/threads.h"

struct memory_reference;

struct memory_block {
    LONG ref;
    IUnknown *owner; /* of the bytes, or NULL: then they are the block's own */
    BYTE *bytes;
    UINT32 capacity;
    struct mutex mutex;                  /* over the two below, and over references' links */
    struct memory_reference *references; /* those that are open; no counted references */
    bool closed;
};

void memory_block_addref(struct memory_block *block);
void memory_block_release(struct memory_block *block);

/* An open reference, or a closed one if the block is. */
HRESULT memory_reference_create(struct memory_block *block, IMemoryBufferReference **out);

/* Closes the block and all of its references, raising their events. */
void memory_block_close(struct memory_block *block);

#endif
