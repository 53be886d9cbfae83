/* SPDX-License-Identifier: MIT */
/* IVectorView<T>: a snapshot that never changes (IVector<T>.GetView: "an immutable view"). */
#include "collection_objects.h"
#include "collections.h"

DEFINE_INSPECTABLE(vector_view, IVectorViewAny)

static HRESULT STDMETHODCALLTYPE vector_view_GetAt(IVectorViewAny *iface, UINT32 index, void *value)
{
    const struct values *values = impl_from_IVectorViewAny(iface)->values;
    const union value nothing = { 0 };

    if (!value)
        return E_POINTER;
    value_return(values->type, &nothing, value);
    if (index >= values->count)
        return E_BOUNDS;
    return value_return(values->type, &values->items[index], value);
}

static HRESULT STDMETHODCALLTYPE vector_view_get_Size(IVectorViewAny *iface, UINT32 *value)
{
    if (!value)
        return E_POINTER;
    *value = impl_from_IVectorViewAny(iface)->values->count;
    return S_OK;
}

static HRESULT vector_view_index_of(struct vector_view *view, const union value *element,
                                    UINT32 *index, boolean *found)
{
    if (index)
        *index = 0;
    if (found)
        *found = FALSE;
    if (!index || !found)
        return E_POINTER;
    *found = values_find(view->values, element, index);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE vector_view_GetMany(IVectorViewAny *iface, UINT32 start,
                                                     UINT32 size, void *items, UINT32 *value)
{
    return values_get_many(impl_from_IVectorViewAny(iface)->values, start, size, items, value);
}

/* The vtable for elements that are passed as `ctype`, which is member `member` of union value. */
#define DEFINE_VIEW_VTBL(width, ctype, member)                                                   \
    static HRESULT STDMETHODCALLTYPE vector_view_##width##_IndexOf(IVectorViewAny *iface,        \
                                                                   ctype element, UINT32 *index, \
                                                                   boolean *found)               \
    {                                                                                            \
        const union value value = { .member = element };                                         \
                                                                                                 \
        return vector_view_index_of(impl_from_IVectorViewAny(iface), &value, index, found);      \
    }                                                                                            \
    static const struct {                                                                        \
        INSPECTABLE_MEMBERS(IVectorViewAny);                                                     \
        HRESULT(STDMETHODCALLTYPE *GetAt)(IVectorViewAny *, UINT32, void *);                     \
        HRESULT(STDMETHODCALLTYPE *get_Size)(IVectorViewAny *, UINT32 *);                        \
        HRESULT(STDMETHODCALLTYPE *IndexOf)(IVectorViewAny *, ctype, UINT32 *, boolean *);       \
        HRESULT(STDMETHODCALLTYPE *GetMany)(IVectorViewAny *, UINT32, UINT32, void *, UINT32 *); \
    } vector_view_##width##_vtbl = {                                                             \
        INSPECTABLE_SLOTS(vector_view, IVectorViewAny),                                          \
        vector_view_GetAt,                                                                       \
        vector_view_get_Size,                                                                    \
        vector_view_##width##_IndexOf,                                                           \
        vector_view_GetMany,                                                                     \
    }

DEFINE_VIEW_VTBL(unknown, IUnknown *, unknown);
DEFINE_VIEW_VTBL(string, HSTRING, string);
DEFINE_VIEW_VTBL(boolean, boolean, boolean_);
DEFINE_VIEW_VTBL(int32, INT32, int32);
DEFINE_VIEW_VTBL(uint32, UINT32, uint32);
DEFINE_VIEW_VTBL(int64, INT64, int64);
DEFINE_VIEW_VTBL(uint64, UINT64, uint64);
DEFINE_VIEW_VTBL(pair, struct value_pair, pair);

static const void *const vector_view_vtbls[VALUE_TYPE_MAX] = {
    [VALUE_INTERFACE] = &vector_view_unknown_vtbl, [VALUE_STRING] = &vector_view_string_vtbl,
    [VALUE_BOOLEAN] = &vector_view_boolean_vtbl,   [VALUE_INT32] = &vector_view_int32_vtbl,
    [VALUE_UINT32] = &vector_view_uint32_vtbl,     [VALUE_INT64] = &vector_view_int64_vtbl,
    [VALUE_UINT64] = &vector_view_uint64_vtbl,     [VALUE_UINT64_PAIR] = &vector_view_pair_vtbl,
};

DEFINE_INSPECTABLE(vector_view, IIterableAny)

static HRESULT STDMETHODCALLTYPE vector_view_First(IIterableAny *iface, void **value)
{
    struct vector_view *view = impl_from_IIterableAny(iface);

    if (!value)
        return E_POINTER;
    return iterator_create(&view->type->iterator, view->values, NULL, 0, value);
}

static const struct IIterableAnyVtbl vector_view_iterable_vtbl = {
    INSPECTABLE_SLOTS(vector_view, IIterableAny),
    vector_view_First,
};

void vector_view_destroy(void *instance)
{
    struct vector_view *view = instance;

    values_release(view->values);
}

HRESULT vector_view_create_shared(const struct vector_type *type, struct values *values, void **out)
{
    struct vector_view *view;

    *out = NULL;
    view = object_alloc(&type->view);
    if (!view)
        return E_OUTOFMEMORY;
    view->IVectorViewAny_iface.lpVtbl = vector_view_vtbls[type->element];
    view->IIterableAny_iface.lpVtbl = &vector_view_iterable_vtbl;
    view->type = type;
    values_addref(values);
    view->values = values;
    *out = &view->IVectorViewAny_iface;
    return S_OK;
}

HRESULT vector_view_create(const struct vector_type *type, const union value *items, UINT32 count,
                           void **out)
{
    struct values *values;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    values = values_create(type->element, count);
    if (!values)
        return E_OUTOFMEMORY;
    hr = values_append(values, items, count);
    if (SUCCEEDED(hr))
        hr = vector_view_create_shared(type, values, out);
    values_release(values);
    return hr;
}
