/* SPDX-License-Identifier: MIT */
#include "list.h"

#include <string.h>

#include "src/port/memory.h"

struct list *list_create(enum value_type type)
{
    struct list *list = memory_zalloc(sizeof(*list));

    if (!list)
        return NULL;
    list->values = values_create(type, 0);
    if (!list->values) {
        memory_free(list);
        return NULL;
    }
    list->type = type;
    atomic_init(&list->ref, 1);
    mutex_init(&list->mutex);
    return list;
}

void list_addref(struct list *list)
{
    atomic_fetch_add_explicit(&list->ref, 1, memory_order_relaxed);
}

void list_release(struct list *list)
{
    if (!list || atomic_fetch_sub_explicit(&list->ref, 1, memory_order_acq_rel) != 1)
        return;
    values_release(list->values);
    mutex_destroy(&list->mutex);
    memory_free(list);
}

struct values *list_values(struct list *list, UINT64 *version)
{
    struct values *values;

    mutex_lock(&list->mutex);
    values = list->values;
    values_addref(values);
    if (version)
        *version = list->version;
    mutex_unlock(&list->mutex);
    return values;
}

UINT64 list_version(struct list *list)
{
    UINT64 version;

    mutex_lock(&list->mutex);
    version = list->version;
    mutex_unlock(&list->mutex);
    return version;
}

/* A place in a block of `count` items, resolved from what the caller said. */
struct place {
    UINT32 index, remove, count;
};

static HRESULT find_place(const struct values *values, UINT32 index, UINT32 remove, UINT32 add,
                          struct place *place)
{
    if (index == LIST_END)
        index = values->count;
    else if (index == LIST_LAST)
        index = values->count - 1; /* beyond the end when there is none */
    if (index > values->count)
        return E_BOUNDS;
    if (remove == LIST_ALL)
        remove = values->count - index;
    if (remove > values->count - index)
        return E_BOUNDS;
    if (add > LIST_LAST - 1 - (values->count - remove))
        return E_OUTOFMEMORY;
    place->index = index;
    place->remove = remove;
    place->count = values->count - remove + add;
    return S_OK;
}

/* Moves the added values into an unshared block that has room; at most one is removed, into
 * *dropped. */
static void splice_in_place(struct values *values, const struct place *place, struct values *added,
                            union value *dropped)
{
    union value *at = values->items + place->index;
    const UINT32 tail = values->count - place->index - place->remove;

    if (place->remove)
        *dropped = *at;
    memmove(at + added->count, at + place->remove, tail * sizeof(*at));
    memcpy(at, added->items, added->count * sizeof(*at));
    values->count = place->count;
    added->count = 0;
}

/* A new block: copies of what stays, and of what is added. */
static HRESULT splice_copy(const struct values *values, const struct place *place,
                           const struct values *added, struct values **ret)
{
    const UINT32 behind = place->index + place->remove;
    const UINT32 room = place->count < LIST_LAST / 2 ? place->count / 2 + 2 : 0;
    struct values *copy = values_create(values->type, place->count + (added->count ? room : 0));
    HRESULT hr;

    *ret = NULL;
    if (!copy)
        return E_OUTOFMEMORY;
    hr = values_append(copy, values->items, place->index);
    if (SUCCEEDED(hr))
        hr = values_append(copy, added->items, added->count);
    if (SUCCEEDED(hr))
        hr = values_append(copy, values->items + behind, values->count - behind);
    if (FAILED(hr)) {
        values_release(copy);
        return hr;
    }
    *ret = copy;
    return S_OK;
}

/* One try; S_FALSE with *again set if the list changed while its values were copied. */
static HRESULT try_splice(struct list *list, UINT64 version, UINT32 index, UINT32 remove,
                          struct values *added, bool *again)
{
    struct values *old, *new = NULL;
    union value dropped = { 0 };
    struct place place = { .count = 0 };
    bool done = false;
    HRESULT hr;

    *again = false;
    mutex_lock(&list->mutex);
    old = list->values;
    hr = version == LIST_ANY_VERSION || version == list->version ? S_OK : S_FALSE;
    if (hr == S_OK)
        hr = find_place(old, index, remove, added->count, &place);
    if (hr == S_OK && place.remove <= 1 && place.count <= old->capacity && !values_is_shared(old)) {
        splice_in_place(old, &place, added, &dropped);
        list->version++;
        done = true;
    } else if (hr == S_OK) {
        values_addref(old);
    }
    mutex_unlock(&list->mutex);
    if (done)
        value_clear(list->type, &dropped);
    if (done || hr != S_OK)
        return hr;

    hr = splice_copy(old, &place, added, &new);
    if (FAILED(hr))
        goto release;
    mutex_lock(&list->mutex);
    /* It cannot have been changed in place, since we hold it. */
    if (list->values == old) {
        list->values = new;
        list->version++;
        new = old;
    } else {
        *again = true;
    }
    mutex_unlock(&list->mutex);
    values_release(new);
release:
    values_release(old);
    return hr;
}

static HRESULT splice(struct list *list, UINT64 version, UINT32 index, UINT32 remove,
                      struct values *added)
{
    bool again;
    HRESULT hr;

    do {
        hr = try_splice(list, version, index, remove, added, &again);
    } while (again);
    return hr;
}

HRESULT list_splice(struct list *list, UINT64 version, UINT32 index, UINT32 remove,
                    const union value *items, UINT32 count)
{
    struct values *added = values_create(list->type, count);
    HRESULT hr;

    if (!added)
        return E_OUTOFMEMORY;
    hr = values_append(added, items, count);
    if (SUCCEEDED(hr))
        hr = splice(list, version, index, remove, added);
    values_release(added);
    return hr;
}

HRESULT list_assign(struct list *list, const void *array, UINT32 count)
{
    struct values *added = values_create(list->type, count);
    HRESULT hr;

    if (!added)
        return E_OUTOFMEMORY;
    hr = values_append_array(added, array, count);
    if (SUCCEEDED(hr))
        hr = splice(list, LIST_ANY_VERSION, 0, LIST_ALL, added);
    values_release(added);
    return hr;
}
