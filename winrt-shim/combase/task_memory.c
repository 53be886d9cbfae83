/* SPDX-License-Identifier: MIT */
/* Memory that one side of an interface allocates and the other frees (combaseapi.h). Any thread. */
#include <windows.h>
#include <objbase.h>

#include "src/port/memory.h"

/* CoTaskMemAlloc: a size of 0 is a block too; NULL when there is no memory. */
LPVOID WINAPI CoTaskMemAlloc(SIZE_T size)
{
    return memory_alloc(size);
}

/* CoTaskMemRealloc: `block` NULL allocates; size 0 frees and answers NULL. On failure the old block
 * stays. */
LPVOID WINAPI CoTaskMemRealloc(LPVOID block, SIZE_T size)
{
    if (block && !size) {
        memory_free(block);
        return NULL;
    }
    return memory_resize(block, size);
}

/* CoTaskMemFree: NULL is fine. */
void WINAPI CoTaskMemFree(LPVOID block)
{
    memory_free(block);
}
