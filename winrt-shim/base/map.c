/* SPDX-License-Identifier: MIT */
/* IMap<HSTRING, V> over a list of pairs. */
#include "collection_objects.h"
#include "collections.h"

DEFINE_INSPECTABLE(map, IMapAny)

static HRESULT STDMETHODCALLTYPE map_Lookup(IMapAny *iface, HSTRING key, void *value)
{
    struct map *map = impl_from_IMapAny(iface);
    const union value nothing = { 0 };
    struct key_value_pair *pair;
    struct values *pairs;
    HRESULT hr = E_BOUNDS;
    UINT32 index;

    if (!value)
        return E_POINTER;
    value_return(map->type->value, &nothing, value);
    pairs = list_values(map->pairs, NULL);
    pair = pairs_find(pairs, key, map->flags, &index);
    if (pair)
        hr = value_return(pair->type, &pair->value, value);
    values_release(pairs);
    return hr;
}

static HRESULT STDMETHODCALLTYPE map_get_Size(IMapAny *iface, UINT32 *size)
{
    struct values *pairs;

    if (!size)
        return E_POINTER;
    pairs = list_values(impl_from_IMapAny(iface)->pairs, NULL);
    *size = pairs->count;
    values_release(pairs);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE map_HasKey(IMapAny *iface, HSTRING key, boolean *found)
{
    struct map *map = impl_from_IMapAny(iface);
    struct values *pairs;
    UINT32 index;

    if (!found)
        return E_POINTER;
    pairs = list_values(map->pairs, NULL);
    *found = pairs_find(pairs, key, map->flags, &index) != NULL;
    values_release(pairs);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE map_GetView(IMapAny *iface, void **view)
{
    struct map *map = impl_from_IMapAny(iface);
    struct values *pairs;
    HRESULT hr;

    if (!view)
        return E_POINTER;
    pairs = list_values(map->pairs, NULL);
    hr = map_view_create_shared(map->type, map->flags, pairs, view);
    values_release(pairs);
    return hr;
}

/* Where the exact key stands, and in which version of the list. */
static bool map_find(struct map *map, HSTRING key, UINT32 *index, UINT64 *version)
{
    struct values *pairs = list_values(map->pairs, version);
    bool found = pairs_find(pairs, key, 0, index) != NULL;

    values_release(pairs);
    return found;
}

static HRESULT map_insert(struct map *map, HSTRING key, const union value *value, boolean *replaced)
{
    struct key_value_pair *pair;
    union value item;
    UINT64 version;
    UINT32 index;
    bool found;
    HRESULT hr;

    if (!replaced)
        return E_POINTER;
    *replaced = FALSE;
    hr = key_value_pair_create(map->type, key, value, &pair);
    if (FAILED(hr))
        return hr;
    item.unknown = (IUnknown *)&pair->IKeyValuePairAny_iface;
    do {
        found = map_find(map, key, &index, &version);
        hr = list_splice(map->pairs, version, found ? index : LIST_END, found ? 1 : 0, &item, 1);
    } while (hr == S_FALSE);
    object_release(&pair->object);
    if (SUCCEEDED(hr))
        *replaced = found;
    return hr;
}

static HRESULT STDMETHODCALLTYPE map_Remove(IMapAny *iface, HSTRING key)
{
    struct map *map = impl_from_IMapAny(iface);
    UINT64 version;
    UINT32 index;
    HRESULT hr;

    do {
        if (!map_find(map, key, &index, &version))
            return E_BOUNDS;
        hr = list_splice(map->pairs, version, index, 1, NULL, 0);
    } while (hr == S_FALSE);
    return hr;
}

static HRESULT STDMETHODCALLTYPE map_Clear(IMapAny *iface)
{
    return list_splice(impl_from_IMapAny(iface)->pairs, LIST_ANY_VERSION, 0, LIST_ALL, NULL, 0);
}

/* The vtable for values that are passed as `ctype`, which is member `member` of union value. */
#define DEFINE_MAP_VTBL(width, ctype, member)                                               \
    static HRESULT STDMETHODCALLTYPE map_##width##_Insert(IMapAny *iface, HSTRING key,      \
                                                          ctype element, boolean *replaced) \
    {                                                                                       \
        const union value value = { .member = element };                                    \
                                                                                            \
        return map_insert(impl_from_IMapAny(iface), key, &value, replaced);                 \
    }                                                                                       \
    static const struct {                                                                   \
        INSPECTABLE_MEMBERS(IMapAny);                                                       \
        HRESULT(STDMETHODCALLTYPE *Lookup)(IMapAny *, HSTRING, void *);                     \
        HRESULT(STDMETHODCALLTYPE *get_Size)(IMapAny *, UINT32 *);                          \
        HRESULT(STDMETHODCALLTYPE *HasKey)(IMapAny *, HSTRING, boolean *);                  \
        HRESULT(STDMETHODCALLTYPE *GetView)(IMapAny *, void **);                            \
        HRESULT(STDMETHODCALLTYPE *Insert)(IMapAny *, HSTRING, ctype, boolean *);           \
        HRESULT(STDMETHODCALLTYPE *Remove)(IMapAny *, HSTRING);                             \
        HRESULT(STDMETHODCALLTYPE *Clear)(IMapAny *);                                       \
    } map_##width##_vtbl = {                                                                \
        INSPECTABLE_SLOTS(map, IMapAny),                                                    \
        map_Lookup,                                                                         \
        map_get_Size,                                                                       \
        map_HasKey,                                                                         \
        map_GetView,                                                                        \
        map_##width##_Insert,                                                               \
        map_Remove,                                                                         \
        map_Clear,                                                                          \
    }

DEFINE_MAP_VTBL(unknown, IUnknown *, unknown);
DEFINE_MAP_VTBL(string, HSTRING, string);

static const void *const map_vtbls[VALUE_TYPE_MAX] = {
    [VALUE_INTERFACE] = &map_unknown_vtbl,
    [VALUE_STRING] = &map_string_vtbl,
};

DEFINE_INSPECTABLE(map, IIterableAny)

static HRESULT STDMETHODCALLTYPE map_First(IIterableAny *iface, void **value)
{
    struct map *map = impl_from_IIterableAny(iface);
    struct values *pairs;
    UINT64 version;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    pairs = list_values(map->pairs, &version);
    hr = iterator_create(&map->type->iterator, pairs, map->pairs, version, value);
    values_release(pairs);
    return hr;
}

static const struct IIterableAnyVtbl map_iterable_vtbl = {
    INSPECTABLE_SLOTS(map, IIterableAny),
    map_First,
};

void map_destroy(void *instance)
{
    struct map *map = instance;

    list_release(map->pairs);
}

HRESULT map_create(const struct map_type *type, unsigned flags, void **out)
{
    struct map *map;

    if (!out)
        return E_POINTER;
    *out = NULL;
    map = object_alloc(&type->map);
    if (!map)
        return E_OUTOFMEMORY;
    map->IMapAny_iface.lpVtbl = map_vtbls[type->value];
    map->IIterableAny_iface.lpVtbl = &map_iterable_vtbl;
    map->type = type;
    map->flags = flags;
    map->pairs = list_create(VALUE_INTERFACE);
    if (!map->pairs) {
        object_release(&map->object);
        return E_OUTOFMEMORY;
    }
    *out = &map->IMapAny_iface;
    return S_OK;
}
