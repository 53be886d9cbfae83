/* SPDX-License-Identifier: MIT */
/* Maps, their views and pairs (winrt-shim/base/collections.h), through the interfaces that clients
 * see. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>
#include <windows.foundation.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"
#include "test_thread.h"

#include "src/port/memory.h"
#include "winrt-shim/base/collections.h"

typedef IMap_HSTRING_HSTRING string_map;
typedef IMapView_HSTRING_HSTRING string_view;
typedef IKeyValuePair_HSTRING_HSTRING string_pair;
typedef IIterator_IKeyValuePair_HSTRING_HSTRING pair_iterator;
typedef IIterable_IKeyValuePair_HSTRING_HSTRING pair_iterable;

MAP_TYPE(map_type, VALUE_STRING, u"String", IMap_HSTRING_HSTRING, IMapView_HSTRING_HSTRING,
         IKeyValuePair_HSTRING_HSTRING, IIterable_IKeyValuePair_HSTRING_HSTRING,
         IIterator_IKeyValuePair_HSTRING_HSTRING);

static string_map *map_new(unsigned flags)
{
    string_map *map = NULL;

    check_ok(map_create(&map_type, flags, (void **)&map));
    return map;
}

static bool insert(string_map *map, const char *key, const char *value)
{
    boolean replaced = 7;

    check_ok(IMap_HSTRING_HSTRING_Insert(map, string_of(key), string_of(value), &replaced));
    assert_in_range(replaced, 0, 1);
    return replaced;
}

static void check_lookup(string_map *map, const char *key, const char *expected)
{
    HSTRING value = (HSTRING)1;
    boolean found = 7;

    check_ok(IMap_HSTRING_HSTRING_HasKey(map, string_of(key), &found));
    assert_int_equal(found, expected != NULL);
    if (expected) {
        check_ok(IMap_HSTRING_HSTRING_Lookup(map, string_of(key), &value));
        check_string(expected, value);
    } else {
        check_hresult(E_BOUNDS, IMap_HSTRING_HSTRING_Lookup(map, string_of(key), &value));
        assert_null(value);
    }
}

static void check_view_lookup(string_view *view, const char *key, const char *expected)
{
    HSTRING value = (HSTRING)1;
    boolean found = 7;

    check_ok(IMapView_HSTRING_HSTRING_HasKey(view, string_of(key), &found));
    assert_int_equal(found, expected != NULL);
    if (expected) {
        check_ok(IMapView_HSTRING_HSTRING_Lookup(view, string_of(key), &value));
        check_string(expected, value);
    } else {
        check_hresult(E_BOUNDS, IMapView_HSTRING_HSTRING_Lookup(view, string_of(key), &value));
        assert_null(value);
    }
}

static pair_iterator *first_of(void *collection)
{
    pair_iterable *iterable = query(collection, &IID_IIterable_IKeyValuePair_HSTRING_HSTRING);
    pair_iterator *iterator = NULL;

    check_ok(IIterable_IKeyValuePair_HSTRING_HSTRING_First(iterable, &iterator));
    check_hresult(E_POINTER, IIterable_IKeyValuePair_HSTRING_HSTRING_First(iterable, NULL));
    release_ref(iterable);
    return iterator;
}

/* All pairs, as "key=value;…" in their order. */
static void check_pairs(const char *expected, void *collection)
{
    pair_iterator *iterator = first_of(collection);
    char joined[512] = "";
    boolean more = FALSE;

    check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_get_HasCurrent(iterator, &more));
    while (more) {
        string_pair *pair = NULL;
        HSTRING key = NULL, value = NULL;

        check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_get_Current(iterator, &pair));
        check_ok(IKeyValuePair_HSTRING_HSTRING_get_Key(pair, &key));
        check_ok(IKeyValuePair_HSTRING_HSTRING_get_Value(pair, &value));
        snprintf(joined + strlen(joined), sizeof(joined) - strlen(joined), "%s=%s;",
                 string_text(key), string_text(value));
        string_delete(key);
        string_delete(value);
        release_ref(pair);
        check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_MoveNext(iterator, &more));
    }
    check_last_release(iterator);
    assert_string_equal(joined, expected);
}

static void keys_keep_their_order(void **state)
{
    string_map *map = map_new(0);
    UINT32 size = 7;

    (void)state;
    assert_false(insert(map, "b", "1"));
    assert_false(insert(map, "a", "2"));
    assert_false(insert(map, "c", "3"));
    assert_true(insert(map, "a", "4"));
    check_pairs("b=1;a=4;c=3;", map);
    check_ok(IMap_HSTRING_HSTRING_get_Size(map, &size));
    assert_int_equal(size, 3);
    check_ok(IMap_HSTRING_HSTRING_Remove(map, string_of("b")));
    check_hresult(E_BOUNDS, IMap_HSTRING_HSTRING_Remove(map, string_of("b")));
    check_pairs("a=4;c=3;", map);
    check_ok(IMap_HSTRING_HSTRING_Clear(map));
    check_pairs("", map);
    check_last_release(map);
}

static void keys_are_compared_exactly(void **state)
{
    string_map *map = map_new(0);

    (void)state;
    insert(map, "ETag", "x");
    insert(map, "", "nameless");
    check_lookup(map, "ETag", "x");
    check_lookup(map, "etag", NULL);
    check_lookup(map, "ETagg", NULL);
    check_lookup(map, "", "nameless");
    check_last_release(map);
}

static void the_case_of_keys_may_be_ignored(void **state)
{
    string_map *map = map_new(MAP_IGNORE_CASE);
    string_view *view = NULL;

    (void)state;
    insert(map, "Content-Length", "1");
    insert(map, "content-length", "2");
    insert(map, "\xc3\x84", "3");
    check_lookup(map, "Content-Length", "1");
    check_lookup(map, "content-length", "2");
    check_lookup(map, "CONTENT-LENGTH", "1"); /* the first that fits */
    check_lookup(map, "\xc3\xa4", NULL);      /* of ASCII only */
    check_lookup(map, "Content_Length", NULL);
    check_pairs("Content-Length=1;content-length=2;\xc3\x84=3;", map);
    check_ok(IMap_HSTRING_HSTRING_GetView(map, &view));
    check_hresult(E_BOUNDS, IMap_HSTRING_HSTRING_Remove(map, string_of("CONTENT-LENGTH")));
    check_ok(IMap_HSTRING_HSTRING_Remove(map, string_of("Content-Length")));
    check_lookup(map, "CONTENT-LENGTH", "2");
    check_view_lookup(view, "CONTENT-LENGTH", "1");
    check_last_release(view);
    check_last_release(map);
}

static void a_view_is_a_snapshot(void **state)
{
    string_map *map = map_new(0);
    string_view *view = NULL, *first = (string_view *)1, *second = (string_view *)1;
    UINT32 size = 7;

    (void)state;
    insert(map, "a", "1");
    check_ok(IMap_HSTRING_HSTRING_GetView(map, &view));
    insert(map, "a", "2");
    insert(map, "b", "3");
    check_view_lookup(view, "a", "1");
    check_view_lookup(view, "b", NULL);
    check_ok(IMapView_HSTRING_HSTRING_get_Size(view, &size));
    assert_int_equal(size, 1);
    check_ok(IMapView_HSTRING_HSTRING_Split(view, &first, &second));
    assert_null(first);
    assert_null(second);
    check_last_release(map);
    check_pairs("a=1;", view);
    check_last_release(view);
}

static void a_view_can_be_made_of_entries(void **state)
{
    const struct map_entry entries[] = {
        { string_of("Server"), { .string = string_of("x") } },
        { string_of("Empty"), { .string = NULL } },
    };
    string_view *view = NULL;

    (void)state;
    check_ok(map_view_create(&map_type, MAP_IGNORE_CASE, entries, 2, (void **)&view));
    check_pairs("Server=x;Empty=;", view);
    check_view_lookup(view, "server", "x");
    check_view_lookup(view, "Empty", "");
    check_last_release(view);
    check_ok(map_view_create(&map_type, 0, NULL, 0, (void **)&view));
    check_pairs("", view);
    check_last_release(view);
}

static void a_change_invalidates_iterators(void **state)
{
    string_map *map = map_new(0);
    pair_iterator *iterator;
    string_pair *pair = (string_pair *)1;

    (void)state;
    insert(map, "a", "1");
    iterator = first_of(map);
    insert(map, "a", "2");
    check_hresult(E_CHANGED_STATE,
                  IIterator_IKeyValuePair_HSTRING_HSTRING_get_Current(iterator, &pair));
    assert_null(pair);
    check_last_release(iterator);
    check_last_release(map);
}

static void check_name(const char *expected, void *object)
{
    HSTRING name = NULL;

    check_ok(IInspectable_GetRuntimeClassName((IInspectable *)object, &name));
    check_string(expected, name);
}

static void names_are_right(void **state)
{
    string_map *map = map_new(0);
    string_view *view = NULL;
    string_pair *pair = NULL;
    pair_iterator *iterator;

    (void)state;
    insert(map, "a", "1");
    iterator = first_of(map);
    check_ok(IMap_HSTRING_HSTRING_GetView(map, &view));
    check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_get_Current(iterator, &pair));
    check_name("Windows.Foundation.Collections.IMap`2<String, String>", map);
    check_name("Windows.Foundation.Collections.IMapView`2<String, String>", view);
    check_name("Windows.Foundation.Collections.IKeyValuePair`2<String, String>", pair);
    check_name("Windows.Foundation.Collections.IIterator`1<"
               "Windows.Foundation.Collections.IKeyValuePair`2<String, String>>",
               iterator);
    release_ref(pair);
    check_last_release(iterator);
    check_last_release(view);
    check_last_release(map);
}

static void null_pointers_are_refused(void **state)
{
    string_map *map = map_new(0);
    string_view *view = NULL, *half = NULL;
    string_pair *pair = NULL;
    pair_iterator *iterator;

    (void)state;
    insert(map, "a", "1");
    iterator = first_of(map);
    check_hresult(E_POINTER, map_create(&map_type, 0, NULL));
    check_hresult(E_POINTER, map_view_create(&map_type, 0, NULL, 0, NULL));
    check_ok(IMap_HSTRING_HSTRING_GetView(map, &view));
    check_ok(IIterator_IKeyValuePair_HSTRING_HSTRING_get_Current(iterator, &pair));
    check_hresult(E_POINTER, IMap_HSTRING_HSTRING_Lookup(map, string_of("a"), NULL));
    check_hresult(E_POINTER, IMap_HSTRING_HSTRING_get_Size(map, NULL));
    check_hresult(E_POINTER, IMap_HSTRING_HSTRING_HasKey(map, string_of("a"), NULL));
    check_hresult(E_POINTER, IMap_HSTRING_HSTRING_GetView(map, NULL));
    check_hresult(E_POINTER, IMap_HSTRING_HSTRING_Insert(map, NULL, NULL, NULL));
    check_hresult(E_POINTER, IMapView_HSTRING_HSTRING_Lookup(view, string_of("a"), NULL));
    check_hresult(E_POINTER, IMapView_HSTRING_HSTRING_get_Size(view, NULL));
    check_hresult(E_POINTER, IMapView_HSTRING_HSTRING_HasKey(view, string_of("a"), NULL));
    check_hresult(E_POINTER, IMapView_HSTRING_HSTRING_Split(view, &half, NULL));
    check_hresult(E_POINTER, IMapView_HSTRING_HSTRING_Split(view, NULL, &half));
    check_hresult(E_POINTER, IKeyValuePair_HSTRING_HSTRING_get_Key(pair, NULL));
    check_hresult(E_POINTER, IKeyValuePair_HSTRING_HSTRING_get_Value(pair, NULL));
    check_pairs("a=1;", map);
    release_ref(pair);
    check_last_release(iterator);
    check_last_release(view);
    check_last_release(map);
}

/* The map that the next allocation takes its first key from. */
static string_map *meddled_map;

static void *allocate_and_meddle(size_t size)
{
    string_map *map = meddled_map;

    meddled_map = NULL;
    if (map)
        IMap_HSTRING_HSTRING_Remove(map, string_of("a"));
    return malloc(size);
}

/* Between finding a key and removing it the list has changed: it is looked for again. */
static void a_change_in_between_is_noticed(void **state)
{
    static const struct memory_ops meddling_memory = { allocate_and_meddle, realloc, free };
    string_map *map = map_new(0);

    (void)state;
    insert(map, "a", "1");
    insert(map, "b", "2");
    insert(map, "c", "3");
    meddled_map = map;
    memory_set_ops(&meddling_memory);
    check_ok(IMap_HSTRING_HSTRING_Remove(map, string_of("b")));
    memory_set_ops(NULL);
    assert_null(meddled_map);
    check_pairs("c=3;", map);
    check_last_release(map);
}

#define THREADS 4
#define ROUNDS  3000

static struct test_barrier start;

struct worker {
    struct test_thread *thread;
    string_map *map;
    HSTRING key;
    unsigned failures;
};

/* Each has a key of its own, so each insertion and removal must do what it says. */
static void insert_and_remove(void *argument)
{
    struct worker *worker = argument;
    boolean replaced = TRUE;
    int i;

    test_barrier_wait(&start);
    for (i = 0; i < ROUNDS; i++) {
        if (IMap_HSTRING_HSTRING_Insert(worker->map, worker->key, worker->key, &replaced) != S_OK ||
            replaced)
            worker->failures++;
        if (IMap_HSTRING_HSTRING_Remove(worker->map, worker->key) != S_OK)
            worker->failures++;
    }
}

static void threads_may_share_a_map(void **state)
{
    static const char *const keys[THREADS] = { "a", "b", "c", "d" };
    struct worker workers[THREADS] = { { 0 } };
    string_map *map = map_new(0);
    int i;

    (void)state;
    test_barrier_init(&start, THREADS);
    for (i = 0; i < THREADS; i++) {
        workers[i].map = map;
        workers[i].key = string_of(keys[i]);
        workers[i].thread = test_thread_start(insert_and_remove, &workers[i]);
    }
    for (i = 0; i < THREADS; i++) {
        test_thread_join(workers[i].thread);
        assert_int_equal(workers[i].failures, 0);
    }
    test_barrier_destroy(&start);
    check_pairs("", map);
    check_last_release(map);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(keys_keep_their_order),
    cmocka_unit_test(keys_are_compared_exactly),
    cmocka_unit_test(the_case_of_keys_may_be_ignored),
    cmocka_unit_test(a_view_is_a_snapshot),
    cmocka_unit_test(a_view_can_be_made_of_entries),
    cmocka_unit_test(a_change_invalidates_iterators),
    cmocka_unit_test(names_are_right),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(a_change_in_between_is_noticed),
    cmocka_unit_test(threads_may_share_a_map),
};

TEST_MAIN(tests)
