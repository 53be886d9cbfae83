/* SPDX-License-Identifier: MIT */
/* Tables of objects that hold no references (object_try_addref, winrt-shim/base/object.h). */
#include <stdbool.h>
#include <string.h>

#include <windows.h>
#include <windows.foundation.h>

#include "check.h"
#include "test_main.h"
#include "test_thread.h"

#include "winrt-shim/base/object.h"

struct thing {
    IClosable IClosable_iface;
    struct object object;
};

DEFINE_INSPECTABLE(thing, IClosable)

static HRESULT STDMETHODCALLTYPE thing_Close(IClosable *iface)
{
    (void)iface;
    return S_OK;
}

static const struct IClosableVtbl thing_vtbl = {
    INSPECTABLE_SLOTS(thing, IClosable),
    thing_Close,
};

/* The table has room for one. */
static struct {
    struct mutex mutex;
    struct thing *known;
    bool revived; /* found while it was on its way out */
} table = { .mutex = MUTEX_INITIALIZER };

static void thing_destroy(void *instance)
{
    struct thing *thing = instance;

    mutex_lock(&table.mutex);
    if (object_try_addref(&thing->object))
        table.revived = true;
    if (table.known == thing)
        table.known = NULL;
    mutex_unlock(&table.mutex);
}

static const struct object_interface thing_interfaces[] = {
    OBJECT_INTERFACE(thing, IClosable),
};

static const struct object_class thing_class = OBJECT_CLASS(thing, u"Thing", thing_destroy);

/* The one that is known, else a new one. */
static IClosable *thing_get(void)
{
    struct thing *thing;

    mutex_lock(&table.mutex);
    thing = table.known;
    if (thing && !object_try_addref(&thing->object))
        thing = NULL;
    if (!thing) {
        thing = object_alloc(&thing_class);
        if (thing) {
            thing->IClosable_iface.lpVtbl = &thing_vtbl;
            table.known = thing;
        }
    }
    mutex_unlock(&table.mutex);
    return thing ? &thing->IClosable_iface : NULL;
}

static void a_living_object_is_found(void **state)
{
    IClosable *first = thing_get(), *second = thing_get();

    (void)state;
    assert_non_null(first);
    assert_ptr_equal(first, second);
    IClosable_Release(second);
    check_last_release(first);
    assert_null(table.known);
    assert_false(table.revived);
}

static void get_and_let_go(void *argument)
{
    int *missing = argument;

    for (int i = 0; i < 20000; i++) {
        IClosable *thing = thing_get();

        if (thing)
            IClosable_Release(thing);
        else
            (*missing)++;
    }
}

static void a_dying_object_is_not_revived(void **state)
{
    enum {
        THREADS = 4
    };
    struct test_thread *threads[THREADS];
    int missing[THREADS] = { 0 };

    (void)state;
    for (int i = 0; i < THREADS; i++)
        threads[i] = test_thread_start(get_and_let_go, &missing[i]);
    for (int i = 0; i < THREADS; i++) {
        test_thread_join(threads[i]);
        assert_int_equal(missing[i], 0);
    }
    assert_null(table.known);
    assert_false(table.revived);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_living_object_is_found),
    cmocka_unit_test(a_dying_object_is_not_revived),
};

TEST_MAIN(tests)
