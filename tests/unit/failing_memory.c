/* SPDX-License-Identifier: MIT */
#include "failing_memory.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "src/port/memory.h"
#include "test_main.h"

#define MOST_ALLOCATIONS 1000

/* How many allocations are left before the one that fails, negative when none does; and whether it
   has. */
static atomic_int allowed;
static atomic_bool failed;

static bool may_allocate(void)
{
    if (atomic_load(&allowed) < 0 || atomic_fetch_sub(&allowed, 1) != 0)
        return true;
    atomic_store(&failed, true);
    return false;
}

static void *allocate(size_t size)
{
    return may_allocate() ? malloc(size) : NULL;
}

static void *resize(void *block, size_t size)
{
    return may_allocate() ? realloc(block, size) : NULL;
}

static const struct memory_ops failing_memory = { allocate, resize, free };

void run_with_failing_memory(HRESULT (*scenario)(void))
{
    int i;

    /* It stays in place: threads that the scenario has started may still free. */
    atomic_store(&allowed, -1);
    memory_set_ops(&failing_memory);
    for (i = 0; i < MOST_ALLOCATIONS; i++) {
        HRESULT hr;

        atomic_store(&failed, false);
        atomic_store(&allowed, i);
        hr = scenario();
        atomic_store(&allowed, -1);
        if (!atomic_load(&failed)) {
            assert_int_equal(S_OK, hr);
            assert_true(i > 0);
            return;
        }
        if (hr != E_OUTOFMEMORY && hr != S_OK)
            fail_msg("allocation %d: 0x%08x", i, (unsigned)hr);
    }
    fail_msg("more than %d allocations", MOST_ALLOCATIONS);
}
