/* SPDX-License-Identifier: MIT */
/* Vectors, views and iterators (winrt-shim/base/collections.h), through the interfaces that clients
 * see. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <windows.h>
#include <windows.foundation.h>
#include <windows.web.h>
#include <winstring.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"
#include "test_thread.h"

#include "winrt-shim/base/collections.h"

VECTOR_TYPE(string_vector, VALUE_STRING, u"String", IVector_HSTRING, IVectorView_HSTRING,
            IIterable_HSTRING, IIterator_HSTRING);
VECTOR_TYPE(status_vector, VALUE_INT32, u"Windows.Web.WebErrorStatus", IVector_WebErrorStatus,
            IVectorView_WebErrorStatus, IIterable_WebErrorStatus, IIterator_WebErrorStatus);
VECTOR_TYPE(object_vector, VALUE_INTERFACE, u"Object", IVector_IInspectable,
            IVectorView_IInspectable, IIterable_IInspectable, IIterator_IInspectable);

static IVector_HSTRING *strings_new(const char *const *texts, size_t count)
{
    IVector_HSTRING *vector = NULL;
    size_t i;

    check_ok(vector_create(&string_vector, (void **)&vector));
    for (i = 0; i < count; i++)
        check_ok(IVector_HSTRING_Append(vector, string_of(texts[i])));
    return vector;
}

/* The elements, joined by commas. */
static void check_strings(const char *expected, IVector_HSTRING *vector)
{
    char joined[512] = "";
    UINT32 i, size = 0;

    check_ok(IVector_HSTRING_get_Size(vector, &size));
    for (i = 0; i < size; i++) {
        HSTRING element = NULL;

        check_ok(IVector_HSTRING_GetAt(vector, i, &element));
        snprintf(joined + strlen(joined), sizeof(joined) - strlen(joined), "%s%s", i ? "," : "",
                 string_text(element));
        string_delete(element);
    }
    assert_string_equal(joined, expected);
}

#define STRINGS(...)                                  \
    strings_new((const char *const[]){ __VA_ARGS__ }, \
                sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void elements_are_inserted_set_and_removed(void **state)
{
    IVector_HSTRING *vector = STRINGS("a", "b", "c");

    (void)state;
    check_strings("a,b,c", vector);
    check_ok(IVector_HSTRING_InsertAt(vector, 0, string_of("x")));
    check_ok(IVector_HSTRING_InsertAt(vector, 4, string_of("y")));
    check_strings("x,a,b,c,y", vector);
    check_ok(IVector_HSTRING_SetAt(vector, 2, string_of("B")));
    check_strings("x,a,B,c,y", vector);
    check_ok(IVector_HSTRING_RemoveAt(vector, 1));
    check_strings("x,B,c,y", vector);
    check_ok(IVector_HSTRING_RemoveAtEnd(vector));
    check_strings("x,B,c", vector);
    check_ok(IVector_HSTRING_Clear(vector));
    check_strings("", vector);
    check_last_release(vector);
}

static void what_is_not_there_is_out_of_bounds(void **state)
{
    IVector_HSTRING *vector = STRINGS("a");
    HSTRING element = (HSTRING)1;

    (void)state;
    check_hresult(E_BOUNDS, IVector_HSTRING_GetAt(vector, 1, &element));
    assert_null(element);
    check_hresult(E_BOUNDS, IVector_HSTRING_SetAt(vector, 1, string_of("b")));
    check_hresult(E_BOUNDS, IVector_HSTRING_InsertAt(vector, 2, string_of("b")));
    check_hresult(E_BOUNDS, IVector_HSTRING_InsertAt(vector, UINT32_MAX, string_of("b")));
    check_hresult(E_BOUNDS, IVector_HSTRING_RemoveAt(vector, 1));
    check_hresult(E_BOUNDS, IVector_HSTRING_RemoveAt(vector, UINT32_MAX));
    check_hresult(E_BOUNDS, IVector_HSTRING_RemoveAt(vector, UINT32_MAX - 1));
    check_ok(IVector_HSTRING_RemoveAtEnd(vector));
    check_hresult(E_BOUNDS, IVector_HSTRING_RemoveAtEnd(vector));
    check_strings("", vector);
    check_last_release(vector);
}

static void many_are_got_and_replaced(void **state)
{
    IVector_HSTRING *vector = STRINGS("a", "b", "c");
    HSTRING items[4] = { NULL }, others[2] = { string_of("d"), string_of("e") };
    UINT32 i, count = 7;

    (void)state;
    check_ok(IVector_HSTRING_GetMany(vector, 1, 4, items, &count));
    assert_int_equal(count, 2);
    check_string("b", items[0]);
    check_string("c", items[1]);
    check_ok(IVector_HSTRING_GetMany(vector, 0, 1, items, &count));
    assert_int_equal(count, 1);
    check_string("a", items[0]);
    check_ok(IVector_HSTRING_GetMany(vector, 3, 4, items, &count));
    assert_int_equal(count, 0);
    check_hresult(E_BOUNDS, IVector_HSTRING_GetMany(vector, 4, 4, items, &count));
    check_ok(IVector_HSTRING_ReplaceAll(vector, 2, others));
    check_strings("d,e", vector);
    check_ok(IVector_HSTRING_ReplaceAll(vector, 0, NULL));
    check_strings("", vector);
    for (i = 0; i < 1000; i++)
        check_ok(IVector_HSTRING_Append(vector, others[i % 2]));
    check_ok(IVector_HSTRING_get_Size(vector, &count));
    assert_int_equal(count, 1000);
    check_last_release(vector);
}

static void elements_are_found(void **state)
{
    IVector_HSTRING *vector = STRINGS("a", "b", "b");
    IVector_WebErrorStatus *statuses = NULL;
    IVector_IInspectable *objects = NULL;
    UINT32 index = 7;
    boolean found = FALSE;

    (void)state;
    check_ok(IVector_HSTRING_IndexOf(vector, string_of("b"), &index, &found));
    assert_true(found);
    assert_int_equal(index, 1);
    check_ok(IVector_HSTRING_IndexOf(vector, string_of("B"), &index, &found));
    assert_false(found);
    assert_int_equal(index, 0);

    check_ok(vector_create(&status_vector, (void **)&statuses));
    check_ok(IVector_WebErrorStatus_Append(statuses, WebErrorStatus_NotFound));
    check_ok(IVector_WebErrorStatus_Append(statuses, WebErrorStatus_Forbidden));
    check_ok(IVector_WebErrorStatus_IndexOf(statuses, WebErrorStatus_Forbidden, &index, &found));
    assert_true(found);
    assert_int_equal(index, 1);

    /* By identity: whichever of its interfaces stands for the object. */
    check_ok(vector_create(&object_vector, (void **)&objects));
    check_ok(IVector_IInspectable_Append(objects, NULL));
    check_ok(IVector_IInspectable_Append(objects, (IInspectable *)vector));
    {
        IIterable_HSTRING *iterable = query(vector, &IID_IIterable_HSTRING);

        check_ok(IVector_IInspectable_IndexOf(objects, (IInspectable *)iterable, &index, &found));
        assert_true(found);
        assert_int_equal(index, 1);
        release_ref(iterable);
    }
    check_ok(IVector_IInspectable_IndexOf(objects, NULL, &index, &found));
    assert_true(found);
    assert_int_equal(index, 0);
    check_last_release(objects);
    check_last_release(statuses);
    check_last_release(vector);
}

static void a_vector_owns_its_objects(void **state)
{
    IVector_HSTRING *element = STRINGS("a");
    IVector_IInspectable *vector = NULL;
    IVectorView_IInspectable *view = NULL;
    IInspectable *got = NULL;

    (void)state;
    check_ok(vector_create(&object_vector, (void **)&vector));
    check_ok(IVector_IInspectable_Append(vector, (IInspectable *)element));
    check_refcount(2, element);
    check_ok(IVector_IInspectable_GetAt(vector, 0, &got));
    assert_ptr_equal(got, element);
    release_ref(got);
    check_ok(IVector_IInspectable_GetView(vector, &view));
    check_refcount(2, element); /* they share it */
    check_ok(IVector_IInspectable_Append(vector, NULL));
    check_refcount(3, element);
    check_ok(IVector_IInspectable_SetAt(vector, 0, NULL));
    check_refcount(2, element);
    check_last_release(view);
    check_refcount(1, element);
    check_last_release(vector);
    check_last_release(element);
}

static void a_view_is_a_snapshot(void **state)
{
    IVector_HSTRING *vector = STRINGS("a", "b");
    IVectorView_HSTRING *view = NULL;
    HSTRING element = NULL, items[2] = { NULL };
    UINT32 size = 0, index = 7;
    boolean found = FALSE;

    (void)state;
    check_ok(IVector_HSTRING_GetView(vector, &view));
    check_ok(IVector_HSTRING_Clear(vector));
    check_last_release(vector);
    check_ok(IVectorView_HSTRING_get_Size(view, &size));
    assert_int_equal(size, 2);
    check_ok(IVectorView_HSTRING_GetAt(view, 1, &element));
    check_string("b", element);
    check_hresult(E_BOUNDS, IVectorView_HSTRING_GetAt(view, 2, &element));
    assert_null(element);
    check_ok(IVectorView_HSTRING_IndexOf(view, string_of("b"), &index, &found));
    assert_true(found);
    assert_int_equal(index, 1);
    check_ok(IVectorView_HSTRING_GetMany(view, 1, 2, items, &size));
    assert_int_equal(size, 1);
    check_string("b", items[0]);
    check_last_release(view);
}

static IIterator_HSTRING *first_of(void *collection)
{
    IIterable_HSTRING *iterable = query(collection, &IID_IIterable_HSTRING);
    IIterator_HSTRING *iterator = NULL;

    check_ok(IIterable_HSTRING_First(iterable, &iterator));
    check_hresult(E_POINTER, IIterable_HSTRING_First(iterable, NULL));
    release_ref(iterable);
    return iterator;
}

static void iterators_walk_to_the_end(void **state)
{
    IVector_HSTRING *vector = STRINGS("a", "b", "c");
    IIterator_HSTRING *iterator = first_of(vector);
    HSTRING current = NULL, items[4] = { NULL };
    boolean more = 7;
    UINT32 count = 0;

    (void)state;
    check_ok(IIterator_HSTRING_get_HasCurrent(iterator, &more));
    assert_int_equal(more, TRUE);
    check_ok(IIterator_HSTRING_get_Current(iterator, &current));
    check_string("a", current);
    check_ok(IIterator_HSTRING_MoveNext(iterator, &more));
    assert_int_equal(more, TRUE);
    check_ok(IIterator_HSTRING_GetMany(iterator, 1, items, &count));
    assert_int_equal(count, 1);
    check_string("b", items[0]);
    check_ok(IIterator_HSTRING_GetMany(iterator, 4, items, &count));
    assert_int_equal(count, 1);
    check_string("c", items[0]);
    check_ok(IIterator_HSTRING_get_HasCurrent(iterator, &more));
    assert_int_equal(more, FALSE);
    current = (HSTRING)1;
    check_hresult(E_BOUNDS, IIterator_HSTRING_get_Current(iterator, &current));
    assert_null(current);
    check_ok(IIterator_HSTRING_MoveNext(iterator, &more));
    assert_int_equal(more, FALSE);
    check_ok(IIterator_HSTRING_GetMany(iterator, 4, items, &count));
    assert_int_equal(count, 0);
    check_last_release(iterator);
    check_last_release(vector);
}

static void a_change_invalidates_iterators(void **state)
{
    IVector_HSTRING *vector = STRINGS("a", "b");
    IIterator_HSTRING *iterator = first_of(vector), *fresh;
    HSTRING current = (HSTRING)1, items[2];
    boolean more = 7;
    UINT32 count = 7;

    (void)state;
    check_ok(IVector_HSTRING_SetAt(vector, 1, string_of("c")));
    check_hresult(E_CHANGED_STATE, IIterator_HSTRING_get_Current(iterator, &current));
    assert_null(current);
    check_hresult(E_CHANGED_STATE, IIterator_HSTRING_get_HasCurrent(iterator, &more));
    assert_int_equal(more, FALSE);
    check_hresult(E_CHANGED_STATE, IIterator_HSTRING_MoveNext(iterator, &more));
    check_hresult(E_CHANGED_STATE, IIterator_HSTRING_GetMany(iterator, 2, items, &count));
    assert_int_equal(count, 0);
    fresh = first_of(vector);
    check_ok(IIterator_HSTRING_MoveNext(fresh, &more));
    assert_int_equal(more, TRUE);
    check_last_release(fresh);
    check_last_release(vector); /* an iterator may outlive its vector */
    check_hresult(E_CHANGED_STATE, IIterator_HSTRING_MoveNext(iterator, &more));
    check_last_release(iterator);
}

static void a_views_iterator_stays_valid(void **state)
{
    IVector_HSTRING *vector = STRINGS("a");
    IVectorView_HSTRING *view = NULL;
    IIterator_HSTRING *iterator;
    HSTRING current = NULL;

    (void)state;
    check_ok(IVector_HSTRING_GetView(vector, &view));
    iterator = first_of(view);
    check_ok(IVector_HSTRING_Clear(vector));
    check_last_release(view);
    check_ok(IIterator_HSTRING_get_Current(iterator, &current));
    check_string("a", current);
    check_last_release(iterator);
    check_last_release(vector);
}

static void check_name(const char *expected, void *object)
{
    HSTRING name = NULL;

    check_ok(IInspectable_GetRuntimeClassName((IInspectable *)object, &name));
    check_string(expected, name);
}

static void names_and_identities_are_right(void **state)
{
    IVector_HSTRING *vector = STRINGS("a");
    IIterable_HSTRING *iterable = query(vector, &IID_IIterable_HSTRING);
    IIterator_HSTRING *iterator = first_of(vector);
    IVectorView_HSTRING *view = NULL;
    void *other = (void *)1;

    (void)state;
    check_ok(IVector_HSTRING_GetView(vector, &view));
    check_name("Windows.Foundation.Collections.IVector`1<String>", vector);
    check_name("Windows.Foundation.Collections.IVector`1<String>", iterable);
    check_name("Windows.Foundation.Collections.IVectorView`1<String>", view);
    check_name("Windows.Foundation.Collections.IIterator`1<String>", iterator);
    check_same_object(vector, iterable);
    check_hresult(E_NOINTERFACE,
                  IVector_HSTRING_QueryInterface(vector, &IID_IVectorView_HSTRING, &other));
    assert_null(other);
    check_last_release(view);
    check_last_release(iterator);
    release_ref(iterable);
    check_last_release(vector);
}

static void null_pointers_are_refused(void **state)
{
    IVector_HSTRING *vector = STRINGS("a");
    IIterator_HSTRING *iterator = first_of(vector);
    IVectorView_HSTRING *view = NULL;
    HSTRING items[1];
    UINT32 number = 7;
    boolean truth = 7;

    (void)state;
    check_hresult(E_POINTER, vector_create(&string_vector, NULL));
    check_hresult(E_POINTER, vector_view_create(&string_vector, NULL, 0, NULL));
    check_ok(IVector_HSTRING_GetView(vector, &view));
    check_hresult(E_POINTER, IVector_HSTRING_GetAt(vector, 0, NULL));
    check_hresult(E_POINTER, IVector_HSTRING_get_Size(vector, NULL));
    check_hresult(E_POINTER, IVector_HSTRING_GetView(vector, NULL));
    check_hresult(E_POINTER, IVector_HSTRING_IndexOf(vector, NULL, NULL, &truth));
    check_hresult(E_POINTER, IVector_HSTRING_IndexOf(vector, NULL, &number, NULL));
    check_hresult(E_POINTER, IVector_HSTRING_GetMany(vector, 0, 1, NULL, &number));
    check_hresult(E_POINTER, IVector_HSTRING_GetMany(vector, 0, 1, items, NULL));
    check_hresult(E_POINTER, IVector_HSTRING_ReplaceAll(vector, 1, NULL));
    check_hresult(E_POINTER, IVectorView_HSTRING_GetAt(view, 0, NULL));
    check_hresult(E_POINTER, IVectorView_HSTRING_get_Size(view, NULL));
    check_hresult(E_POINTER, IVectorView_HSTRING_IndexOf(view, NULL, NULL, &truth));
    check_hresult(E_POINTER, IVectorView_HSTRING_IndexOf(view, NULL, &number, NULL));
    check_hresult(E_POINTER, IVectorView_HSTRING_GetMany(view, 0, 1, NULL, &number));
    check_hresult(E_POINTER, IVectorView_HSTRING_GetMany(view, 0, 1, items, NULL));
    check_hresult(E_POINTER, IIterator_HSTRING_get_Current(iterator, NULL));
    check_hresult(E_POINTER, IIterator_HSTRING_get_HasCurrent(iterator, NULL));
    check_hresult(E_POINTER, IIterator_HSTRING_MoveNext(iterator, NULL));
    check_hresult(E_POINTER, IIterator_HSTRING_GetMany(iterator, 1, NULL, &number));
    check_hresult(E_POINTER, IIterator_HSTRING_GetMany(iterator, 1, items, NULL));
    check_last_release(iterator);
    check_last_release(view);
    check_last_release(vector);
}

/* A client's object whose next AddRef appends to the vector that it is in. */
struct meddler {
    IInspectable IInspectable_iface;
    LONG ref;
    IVector_IInspectable *vector;
    bool armed;
};

static struct meddler *meddler_of(IInspectable *iface)
{
    return CONTAINING_RECORD(iface, struct meddler, IInspectable_iface);
}

static HRESULT WINAPI meddler_QueryInterface(IInspectable *iface, REFIID iid, void **out)
{
    (void)iface;
    (void)iid;
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI meddler_AddRef(IInspectable *iface)
{
    struct meddler *meddler = meddler_of(iface);

    if (meddler->armed) {
        meddler->armed = false;
        IVector_IInspectable_Append(meddler->vector, NULL);
    }
    return (ULONG)++meddler->ref;
}

static ULONG WINAPI meddler_Release(IInspectable *iface)
{
    return (ULONG)--meddler_of(iface)->ref;
}

static const IInspectableVtbl meddler_vtbl = {
    meddler_QueryInterface, meddler_AddRef, meddler_Release, NULL, NULL, NULL,
};

/* No lock is held over an object's methods, and a change that comes in between is not lost. */
static void an_element_may_change_its_vector(void **state)
{
    struct meddler meddler = { { &meddler_vtbl }, 1, NULL, false };
    IVectorView_IInspectable *view = NULL;
    IInspectable *got = NULL;
    UINT32 size = 0;

    (void)state;
    check_ok(vector_create(&object_vector, (void **)&meddler.vector));
    check_ok(IVector_IInspectable_Append(meddler.vector, &meddler.IInspectable_iface));
    check_ok(IVector_IInspectable_GetView(meddler.vector, &view));
    meddler.armed = true;
    check_ok(IVector_IInspectable_InsertAt(meddler.vector, 0, NULL));
    assert_false(meddler.armed);
    check_ok(IVector_IInspectable_get_Size(meddler.vector, &size));
    assert_int_equal(size, 3);
    meddler.armed = true;
    check_ok(IVector_IInspectable_GetAt(meddler.vector, 1, &got));
    assert_ptr_equal(got, &meddler.IInspectable_iface);
    release_ref(got);
    check_last_release(view);
    check_last_release(meddler.vector);
    assert_int_equal(meddler.ref, 1);
}

#define THREADS 4
#define ROUNDS  1000

static struct test_barrier start;

static void change_and_read(void *argument)
{
    IVector_WebErrorStatus *vector = argument;
    int i;

    test_barrier_wait(&start);
    for (i = 0; i < ROUNDS; i++) {
        IVectorView_WebErrorStatus *view = NULL;
        WebErrorStatus items[8];
        UINT32 count;

        IVector_WebErrorStatus_Append(vector, WebErrorStatus_Timeout);
        IVector_WebErrorStatus_GetMany(vector, 0, 8, items, &count);
        if (SUCCEEDED(IVector_WebErrorStatus_GetView(vector, &view)))
            IVectorView_WebErrorStatus_Release(view);
        IVector_WebErrorStatus_InsertAt(vector, 0, WebErrorStatus_NotFound);
        IVector_WebErrorStatus_RemoveAtEnd(vector);
    }
}

static void threads_may_share_a_vector(void **state)
{
    IVector_WebErrorStatus *vector = NULL;
    struct test_thread *threads[THREADS];
    UINT32 size = 0;
    int i;

    (void)state;
    check_ok(vector_create(&status_vector, (void **)&vector));
    test_barrier_init(&start, THREADS);
    for (i = 0; i < THREADS; i++)
        threads[i] = test_thread_start(change_and_read, vector);
    for (i = 0; i < THREADS; i++)
        test_thread_join(threads[i]);
    test_barrier_destroy(&start);
    check_ok(IVector_WebErrorStatus_get_Size(vector, &size));
    assert_int_equal(size, THREADS * ROUNDS);
    check_last_release(vector);
}

/* What a watch was told last. */
struct told {
    INT32 items[16];
    UINT32 count, times;
    HRESULT answer;
    bool destroyed;
};

static HRESULT tell(void *context, const union value *items, UINT32 count)
{
    struct told *told = context;

    for (UINT32 i = 0; i < count && i < 16; i++)
        told->items[i] = items[i].int32;
    told->count = count;
    told->times++;
    return told->answer;
}

static void tell_end(void *context)
{
    struct told *told = context;

    told->destroyed = true;
}

static const struct vector_watch watch = { .changed = tell, .destroy = tell_end };

static void a_watch_hears_of_each_change(void **state)
{
    static const union value first[] = { { .int32 = 403 }, { .int32 = 404 } };
    const WebErrorStatus others[] = { 500, 501, 502 };
    IVector_WebErrorStatus *vector = NULL;
    struct told told = { 0 };
    UINT32 size = 0;

    (void)state;
    check_ok(vector_create_watched(&status_vector, first, 2, &watch, &told, (void **)&vector));
    check_ok(IVector_WebErrorStatus_get_Size(vector, &size));
    assert_int_equal(size, 2);
    assert_int_equal(told.times, 0);
    check_ok(IVector_WebErrorStatus_Append(vector, 410));
    assert_int_equal(told.times, 1);
    assert_int_equal(told.count, 3);
    assert_int_equal(told.items[2], 410);
    check_ok(IVector_WebErrorStatus_InsertAt(vector, 0, 400));
    assert_int_equal(told.items[0], 400);
    check_ok(IVector_WebErrorStatus_SetAt(vector, 0, 401));
    assert_int_equal(told.items[0], 401);
    check_ok(IVector_WebErrorStatus_RemoveAt(vector, 0));
    assert_int_equal(told.count, 3);
    check_ok(IVector_WebErrorStatus_RemoveAtEnd(vector));
    assert_int_equal(told.count, 2);
    check_ok(IVector_WebErrorStatus_ReplaceAll(vector, 3, (WebErrorStatus *)others));
    assert_int_equal(told.count, 3);
    assert_int_equal(told.items[1], 501);
    check_ok(IVector_WebErrorStatus_Clear(vector));
    assert_int_equal(told.count, 0);
    assert_int_equal(told.times, 7);
    /* What fails is no change. */
    check_hresult(E_BOUNDS, IVector_WebErrorStatus_RemoveAtEnd(vector));
    check_hresult(E_BOUNDS, IVector_WebErrorStatus_SetAt(vector, 0, 400));
    assert_int_equal(told.times, 7);
    assert_false(told.destroyed);
    check_last_release(vector);
    assert_true(told.destroyed);
}

static void a_watch_may_fail_the_change(void **state)
{
    IVector_WebErrorStatus *vector = NULL;
    struct told told = { .answer = E_OUTOFMEMORY };
    UINT32 size = 0;

    (void)state;
    check_ok(vector_create_watched(&status_vector, NULL, 0, &watch, &told, (void **)&vector));
    check_hresult(E_OUTOFMEMORY, IVector_WebErrorStatus_Append(vector, 410));
    check_ok(IVector_WebErrorStatus_get_Size(vector, &size));
    assert_int_equal(size, 1);
    check_last_release(vector);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(elements_are_inserted_set_and_removed),
    cmocka_unit_test(what_is_not_there_is_out_of_bounds),
    cmocka_unit_test(many_are_got_and_replaced),
    cmocka_unit_test(elements_are_found),
    cmocka_unit_test(a_vector_owns_its_objects),
    cmocka_unit_test(a_view_is_a_snapshot),
    cmocka_unit_test(iterators_walk_to_the_end),
    cmocka_unit_test(a_change_invalidates_iterators),
    cmocka_unit_test(a_views_iterator_stays_valid),
    cmocka_unit_test(names_and_identities_are_right),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(an_element_may_change_its_vector),
    cmocka_unit_test(threads_may_share_a_vector),
    cmocka_unit_test(a_watch_hears_of_each_change),
    cmocka_unit_test(a_watch_may_fail_the_change),
};

TEST_MAIN(tests)
