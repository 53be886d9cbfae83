/* SPDX-License-Identifier: MIT */
/*
 * Windows.Foundation.Collections, written once for all element types: IVector<T>, IVectorView<T>,
 * IIterable<T>, IIterator<T>, IMap<HSTRING, V>, IMapView<HSTRING, V> and IKeyValuePair<HSTRING, V>.
 * An instantiation is a row with its identifiers and names, made by one of the macros below.
 *
 * Rules, from the pages of these interfaces (Windows.Foundation.Collections): GetAt and Current
 * beyond the end and Lookup and Remove of a missing key are E_BOUNDS; GetView is a snapshot; after
 * a change iterators answer E_CHANGED_STATE; MoveNext at the end stays there and answers false.
 * Maps keep the order of insertion, and find a key by comparing in turn. All objects are agile;
 * those that can change are locked.
 */
#ifndef WINRT_BASE_COLLECTIONS_H
#define WINRT_BASE_COLLECTIONS_H

#include "object.h"
#include "value.h"

struct vector_type {
    enum value_type element;
    struct object_class vector; /* without a name if there is only a view */
    struct object_class view;
    struct object_class iterator;
};

/*
 * VECTOR_TYPE(uri_vector, VALUE_INTERFACE, u"Windows.Foundation.Uri", IVector_Uri, IVectorView_Uri,
 * IIterable_Uri, IIterator_Uri); defines `static const struct vector_type uri_vector`. The
 * identifier of an interface X is IID_X. VECTOR_VIEW_TYPE is for elements of which there is no
 * IVector.
 */
#define VECTOR_TYPE(variable, element_type, element_name, vector_iface, view_iface, \
                    iterable_iface, iterator_iface)                                 \
    COLLECTION_INTERFACES(variable, vector, vector_iface, iterable_iface);          \
    COLLECTION_INTERFACES(variable, view, view_iface, iterable_iface);              \
    COLLECTION_INTERFACE(variable, iterator, iterator_iface);                       \
    static const struct vector_type variable = {                                    \
        .element = element_type,                                                    \
        .vector = COLLECTION_CLASS(vector, u"IVector`1<" element_name u">",         \
                                   variable##_vector_interfaces),                   \
        .view = COLLECTION_CLASS(vector_view, u"IVectorView`1<" element_name u">",  \
                                 variable##_view_interfaces),                       \
        .iterator = COLLECTION_CLASS(iterator, u"IIterator`1<" element_name u">",   \
                                     variable##_iterator_interfaces),               \
    }

#define VECTOR_VIEW_TYPE(variable, element_type, element_name, view_iface, iterable_iface, \
                         iterator_iface)                                                   \
    COLLECTION_INTERFACES(variable, view, view_iface, iterable_iface);                     \
    COLLECTION_INTERFACE(variable, iterator, iterator_iface);                              \
    static const struct vector_type variable = {                                           \
        .element = element_type,                                                           \
        .view = COLLECTION_CLASS(vector_view, u"IVectorView`1<" element_name u">",         \
                                 variable##_view_interfaces),                              \
        .iterator = COLLECTION_CLASS(iterator, u"IIterator`1<" element_name u">",          \
                                     variable##_iterator_interfaces),                      \
    }

struct map_type {
    enum value_type value;
    struct object_class map;
    struct object_class view;
    struct object_class pair;
    struct object_class iterator;
};

/*
 * MAP_TYPE(string_map, VALUE_STRING, u"String", IMap_HSTRING_HSTRING, IMapView_HSTRING_HSTRING,
 *          IKeyValuePair_HSTRING_HSTRING, IIterable_IKeyValuePair_HSTRING_HSTRING,
 *          IIterator_IKeyValuePair_HSTRING_HSTRING);
 */
#define MAP_TYPE(variable, value_type, value_name, map_iface, view_iface, pair_iface,             \
                 iterable_iface, iterator_iface)                                                  \
    COLLECTION_INTERFACES(variable, map, map_iface, iterable_iface);                              \
    COLLECTION_INTERFACES(variable, view, view_iface, iterable_iface);                            \
    COLLECTION_INTERFACE(variable, pair, pair_iface);                                             \
    COLLECTION_INTERFACE(variable, iterator, iterator_iface);                                     \
    static const struct map_type variable = {                                                     \
        .value = value_type,                                                                      \
        .map =                                                                                    \
            COLLECTION_CLASS(map, u"IMap`2<String, " value_name u">", variable##_map_interfaces), \
        .view = COLLECTION_CLASS(map_view, u"IMapView`2<String, " value_name u">",                \
                                 variable##_view_interfaces),                                     \
        .pair = COLLECTION_CLASS(key_value_pair, u"IKeyValuePair`2<String, " value_name u">",     \
                                 variable##_pair_interfaces),                                     \
        .iterator = COLLECTION_CLASS(iterator,                                                    \
                                     u"IIterator`1<Windows.Foundation.Collections.IKeyValuePair`" \
                                     u"2<String, " value_name u">>",                              \
                                     variable##_iterator_interfaces),                             \
    }

/*
 * Each create function sets *out to the default interface with a reference for the caller;
 * E_POINTER, E_OUTOFMEMORY. `type` must live for ever.
 */
HRESULT vector_create(const struct vector_type *type, void **out);

/* Somebody who follows what a vector has in it. */
struct vector_watch {
    /*
     * After each change, on the thread that made it, with what is in the vector then. Calls come
     * one at a time, the last one with the final content. What it answers is what the change
     * answers; the change stays. It may not call the vector.
     */
    HRESULT (*changed)(void *context, const union value *items, UINT32 count);
    void (*destroy)(void *context); /* the vector is gone; may be NULL */
};

/* With copies of `items`, which the watch does not hear of. `context` is owned from success on;
 * `watch` must live for ever. */
HRESULT vector_create_watched(const struct vector_type *type, const union value *items,
                              UINT32 count, const struct vector_watch *watch, void *context,
                              void **out);

/* With copies of `items`. */
HRESULT vector_view_create(const struct vector_type *type, const union value *items, UINT32 count,
                           void **out);

enum map_flags {
    /* A key that is not there as such is looked for without regard to the case of A to Z; for
       header names. Insert and Remove go by the exact key. */
    MAP_IGNORE_CASE = 1 << 0,
};

HRESULT map_create(const struct map_type *type, unsigned flags, void **out);

struct map_entry {
    HSTRING key;
    union value value;
};

/* With copies of `entries`; of equal keys the first is found. */
HRESULT map_view_create(const struct map_type *type, unsigned flags,
                        const struct map_entry *entries, UINT32 count, void **out);

#include "collection_objects.h"

#endif
