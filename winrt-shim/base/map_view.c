/* SPDX-License-Identifier: MIT */
/* IMapView<HSTRING, V>: a snapshot that never changes. */
#include "collection_objects.h"
#include "collections.h"

DEFINE_INSPECTABLE(map_view, IMapViewAny)

static HRESULT STDMETHODCALLTYPE map_view_Lookup(IMapViewAny *iface, HSTRING key, void *value)
{
    struct map_view *view = impl_from_IMapViewAny(iface);
    const union value nothing = { 0 };
    struct key_value_pair *pair;
    UINT32 index;

    if (!value)
        return E_POINTER;
    value_return(view->type->value, &nothing, value);
    pair = pairs_find(view->pairs, key, view->flags, &index);
    return pair ? value_return(pair->type, &pair->value, value) : E_BOUNDS;
}

static HRESULT STDMETHODCALLTYPE map_view_get_Size(IMapViewAny *iface, UINT32 *size)
{
    if (!size)
        return E_POINTER;
    *size = impl_from_IMapViewAny(iface)->pairs->count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE map_view_HasKey(IMapViewAny *iface, HSTRING key, boolean *found)
{
    struct map_view *view = impl_from_IMapViewAny(iface);
    UINT32 index;

    if (!found)
        return E_POINTER;
    *found = pairs_find(view->pairs, key, view->flags, &index) != NULL;
    return S_OK;
}

/* Both are NULL when a view cannot be split (IMapView<K,V>.Split). */
static HRESULT STDMETHODCALLTYPE map_view_Split(IMapViewAny *iface, void **first, void **second)
{
    (void)iface;
    if (first)
        *first = NULL;
    if (second)
        *second = NULL;
    return first && second ? S_OK : E_POINTER;
}

static const struct IMapViewAnyVtbl map_view_vtbl = {
    INSPECTABLE_SLOTS(map_view, IMapViewAny),
    map_view_Lookup,
    map_view_get_Size,
    map_view_HasKey,
    map_view_Split,
};

DEFINE_INSPECTABLE(map_view, IIterableAny)

static HRESULT STDMETHODCALLTYPE map_view_First(IIterableAny *iface, void **value)
{
    struct map_view *view = impl_from_IIterableAny(iface);

    if (!value)
        return E_POINTER;
    return iterator_create(&view->type->iterator, view->pairs, NULL, 0, value);
}

static const struct IIterableAnyVtbl map_view_iterable_vtbl = {
    INSPECTABLE_SLOTS(map_view, IIterableAny),
    map_view_First,
};

void map_view_destroy(void *instance)
{
    struct map_view *view = instance;

    values_release(view->pairs);
}

HRESULT map_view_create_shared(const struct map_type *type, unsigned flags, struct values *pairs,
                               void **out)
{
    struct map_view *view;

    *out = NULL;
    view = object_alloc(&type->view);
    if (!view)
        return E_OUTOFMEMORY;
    view->IMapViewAny_iface.lpVtbl = &map_view_vtbl;
    view->IIterableAny_iface.lpVtbl = &map_view_iterable_vtbl;
    view->type = type;
    view->flags = flags;
    values_addref(pairs);
    view->pairs = pairs;
    *out = &view->IMapViewAny_iface;
    return S_OK;
}

HRESULT map_view_create(const struct map_type *type, unsigned flags,
                        const struct map_entry *entries, UINT32 count, void **out)
{
    struct values *pairs;
    HRESULT hr = S_OK;
    UINT32 i;

    if (!out)
        return E_POINTER;
    *out = NULL;
    pairs = values_create(VALUE_INTERFACE, count);
    if (!pairs)
        return E_OUTOFMEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++) {
        struct key_value_pair *pair;

        hr = key_value_pair_create(type, entries[i].key, &entries[i].value, &pair);
        if (SUCCEEDED(hr))
            pairs->items[pairs->count++].unknown = (IUnknown *)&pair->IKeyValuePairAny_iface;
    }
    if (SUCCEEDED(hr))
        hr = map_view_create_shared(type, flags, pairs, out);
    values_release(pairs);
    return hr;
}
