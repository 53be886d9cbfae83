/* SPDX-License-Identifier: MIT */
/*
 * The process heap (heapapi.h). HeapSize answers exactly what was asked for, so each block carries
 * its size in front. As documented, HeapAlloc and HeapReAlloc do not set the last error when there
 * is no memory; a heap handle that is none sets ERROR_INVALID_HANDLE. Any thread.
 */
#include <windows.h>

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/port/memory.h"

struct block {
    alignas(max_align_t) SIZE_T size;
    alignas(max_align_t) char data[];
};

static const char process_heap; /* only its address counts */

static BOOL check_heap(HANDLE heap)
{
    if (heap == GetProcessHeap())
        return TRUE;
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
}

static struct block *block_from_data(const void *data)
{
    return CONTAINING_RECORD(data, struct block, data);
}

/* GetProcessHeap: the one heap there is. */
HANDLE WINAPI GetProcessHeap(void)
{
    return (HANDLE)&process_heap;
}

/* HeapAlloc: a size of 0 is a block too. HEAP_ZERO_MEMORY; HEAP_GENERATE_EXCEPTIONS has no meaning
 * here. */
LPVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T size)
{
    struct block *block;

    if (!check_heap(heap) || size > SIZE_MAX - sizeof(*block))
        return NULL;
    block = (flags & HEAP_ZERO_MEMORY) ? memory_zalloc(sizeof(*block) + size)
                                       : memory_alloc(sizeof(*block) + size);
    if (!block)
        return NULL;
    block->size = size;
    return block->data;
}

/*
 * HeapReAlloc: on failure the old block stays. HEAP_ZERO_MEMORY clears what is new;
 * HEAP_REALLOC_IN_PLACE_ONLY only ever shrinks.
 */
LPVOID WINAPI HeapReAlloc(HANDLE heap, DWORD flags, LPVOID data, SIZE_T size)
{
    struct block *block;
    SIZE_T old_size;

    if (!check_heap(heap) || !data || size > SIZE_MAX - sizeof(*block))
        return NULL;
    block = block_from_data(data);
    old_size = block->size;
    if (flags & HEAP_REALLOC_IN_PLACE_ONLY) {
        if (size > old_size)
            return NULL;
    } else if (!(block = memory_resize(block, sizeof(*block) + size))) {
        return NULL;
    }
    if (flags & HEAP_ZERO_MEMORY && size > old_size)
        memset(block->data + old_size, 0, size - old_size);
    block->size = size;
    return block->data;
}

/* HeapFree: NULL is fine. */
BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, LPVOID data)
{
    (void)flags;
    if (!check_heap(heap))
        return FALSE;
    if (data)
        memory_free(block_from_data(data));
    return TRUE;
}

/* HeapSize: in bytes; (SIZE_T)-1 for what is no block. */
SIZE_T WINAPI HeapSize(HANDLE heap, DWORD flags, LPCVOID data)
{
    (void)flags;
    if (!check_heap(heap) || !data)
        return (SIZE_T)-1;
    return block_from_data(data)->size;
}
