/* SPDX-License-Identifier: MIT */
/* The program has the component in itself, and its seams are the component's. */
#include <windows.h>
#include <roapi.h>

#include <stdatomic.h>
#include <stdlib.h>

#include "hstrings.h"
#include "src/port/memory.h"
#include "test_main.h"

static atomic_uint allocations;

static void *counted_allocate(size_t size)
{
    atomic_fetch_add(&allocations, 1);
    return malloc(size);
}

static void a_class_is_made_by_this_program(void **state)
{
    static const struct memory_ops counting = { counted_allocate, realloc, free };
    static const char *const names[] = {
        "Windows.Networking.BackgroundTransfer.BackgroundDownloader",
        "Windows.Storage.Streams.InMemoryRandomAccessStream"
    };
    size_t i;

    (void)state;
    memory_set_ops(&counting);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        unsigned before = atomic_load(&allocations);
        IInspectable *object;

        assert_int_equal(S_OK, RoActivateInstance(string_of(names[i]), &object));
        assert_true(atomic_load(&allocations) > before);
        assert_int_equal(0, object->lpVtbl->Release(object));
    }
}

static const struct CMUnitTest tests[] = { cmocka_unit_test(a_class_is_made_by_this_program) };

TEST_MAIN(tests)
