/* SPDX-License-Identifier: MIT */
/* IVector<T> over a list. */
#include "collection_objects.h"
#include "collections.h"

DEFINE_INSPECTABLE(vector, IVectorAny)

static HRESULT STDMETHODCALLTYPE vector_GetAt(IVectorAny *iface, UINT32 index, void *value)
{
    struct vector *vector = impl_from_IVectorAny(iface);
    const union value nothing = { 0 };
    struct values *values;
    HRESULT hr = E_BOUNDS;

    if (!value)
        return E_POINTER;
    value_return(vector->type->element, &nothing, value);
    values = list_values(vector->list, NULL);
    if (index < values->count)
        hr = value_return(values->type, &values->items[index], value);
    values_release(values);
    return hr;
}

static HRESULT STDMETHODCALLTYPE vector_get_Size(IVectorAny *iface, UINT32 *value)
{
    struct values *values;

    if (!value)
        return E_POINTER;
    values = list_values(impl_from_IVectorAny(iface)->list, NULL);
    *value = values->count;
    values_release(values);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE vector_GetView(IVectorAny *iface, void **view)
{
    struct vector *vector = impl_from_IVectorAny(iface);
    struct values *values;
    HRESULT hr;

    if (!view)
        return E_POINTER;
    values = list_values(vector->list, NULL);
    hr = vector_view_create_shared(vector->type, values, view);
    values_release(values);
    return hr;
}

static HRESULT vector_index_of(struct vector *vector, const union value *element, UINT32 *index,
                               boolean *found)
{
    struct values *values;

    if (index)
        *index = 0;
    if (found)
        *found = FALSE;
    if (!index || !found)
        return E_POINTER;
    values = list_values(vector->list, NULL);
    *found = values_find(values, element, index);
    values_release(values);
    return S_OK;
}

/* The values are taken inside, so that the last one told is told the newest. */
static HRESULT tell_watch(struct vector *vector)
{
    struct values *values;
    HRESULT hr;

    if (!vector->watch)
        return S_OK;
    mutex_lock(&vector->telling);
    values = list_values(vector->list, NULL);
    hr = vector->watch->changed(vector->context, values->items, values->count);
    mutex_unlock(&vector->telling);
    values_release(values);
    return hr;
}

static HRESULT vector_splice(IVectorAny *iface, UINT32 index, UINT32 remove,
                             const union value *items, UINT32 count)
{
    struct vector *vector = impl_from_IVectorAny(iface);
    HRESULT hr = list_splice(vector->list, LIST_ANY_VERSION, index, remove, items, count);

    return SUCCEEDED(hr) ? tell_watch(vector) : hr;
}

/* An index of a client that is one of the list's marks is beyond the end, too. */
static HRESULT vector_splice_at(IVectorAny *iface, UINT32 index, UINT32 remove,
                                const union value *items, UINT32 count)
{
    if (index >= LIST_LAST)
        return E_BOUNDS;
    return vector_splice(iface, index, remove, items, count);
}

static HRESULT STDMETHODCALLTYPE vector_RemoveAt(IVectorAny *iface, UINT32 index)
{
    return vector_splice_at(iface, index, 1, NULL, 0);
}

static HRESULT STDMETHODCALLTYPE vector_RemoveAtEnd(IVectorAny *iface)
{
    return vector_splice(iface, LIST_LAST, 1, NULL, 0);
}

static HRESULT STDMETHODCALLTYPE vector_Clear(IVectorAny *iface)
{
    return vector_splice(iface, 0, LIST_ALL, NULL, 0);
}

static HRESULT STDMETHODCALLTYPE vector_GetMany(IVectorAny *iface, UINT32 start, UINT32 size,
                                                void *items, UINT32 *value)
{
    struct values *values = list_values(impl_from_IVectorAny(iface)->list, NULL);
    HRESULT hr = values_get_many(values, start, size, items, value);

    values_release(values);
    return hr;
}

static HRESULT STDMETHODCALLTYPE vector_ReplaceAll(IVectorAny *iface, UINT32 size, void *items)
{
    struct vector *vector = impl_from_IVectorAny(iface);
    HRESULT hr;

    if (!items && size)
        return E_POINTER;
    hr = list_assign(vector->list, items, size);
    return SUCCEEDED(hr) ? tell_watch(vector) : hr;
}

/* The vtable for elements that are passed as `ctype`, which is member `member` of union value. */
#define DEFINE_VECTOR_VTBL(width, ctype, member)                                                \
    static HRESULT STDMETHODCALLTYPE vector_##width##_IndexOf(IVectorAny *iface, ctype element, \
                                                              UINT32 *index, boolean *found)    \
    {                                                                                           \
        const union value value = { .member = element };                                        \
                                                                                                \
        return vector_index_of(impl_from_IVectorAny(iface), &value, index, found);              \
    }                                                                                           \
    static HRESULT STDMETHODCALLTYPE vector_##width##_SetAt(IVectorAny *iface, UINT32 index,    \
                                                            ctype element)                      \
    {                                                                                           \
        const union value value = { .member = element };                                        \
                                                                                                \
        return vector_splice_at(iface, index, 1, &value, 1);                                    \
    }                                                                                           \
    static HRESULT STDMETHODCALLTYPE vector_##width##_InsertAt(IVectorAny *iface, UINT32 index, \
                                                               ctype element)                   \
    {                                                                                           \
        const union value value = { .member = element };                                        \
                                                                                                \
        return vector_splice_at(iface, index, 0, &value, 1);                                    \
    }                                                                                           \
    static HRESULT STDMETHODCALLTYPE vector_##width##_Append(IVectorAny *iface, ctype element)  \
    {                                                                                           \
        const union value value = { .member = element };                                        \
                                                                                                \
        return vector_splice(iface, LIST_END, 0, &value, 1);                                    \
    }                                                                                           \
    static const struct {                                                                       \
        INSPECTABLE_MEMBERS(IVectorAny);                                                        \
        HRESULT(STDMETHODCALLTYPE *GetAt)(IVectorAny *, UINT32, void *);                        \
        HRESULT(STDMETHODCALLTYPE *get_Size)(IVectorAny *, UINT32 *);                           \
        HRESULT(STDMETHODCALLTYPE *GetView)(IVectorAny *, void **);                             \
        HRESULT(STDMETHODCALLTYPE *IndexOf)(IVectorAny *, ctype, UINT32 *, boolean *);          \
        HRESULT(STDMETHODCALLTYPE *SetAt)(IVectorAny *, UINT32, ctype);                         \
        HRESULT(STDMETHODCALLTYPE *InsertAt)(IVectorAny *, UINT32, ctype);                      \
        HRESULT(STDMETHODCALLTYPE *RemoveAt)(IVectorAny *, UINT32);                             \
        HRESULT(STDMETHODCALLTYPE *Append)(IVectorAny *, ctype);                                \
        HRESULT(STDMETHODCALLTYPE *RemoveAtEnd)(IVectorAny *);                                  \
        HRESULT(STDMETHODCALLTYPE *Clear)(IVectorAny *);                                        \
        HRESULT(STDMETHODCALLTYPE *GetMany)(IVectorAny *, UINT32, UINT32, void *, UINT32 *);    \
        HRESULT(STDMETHODCALLTYPE *ReplaceAll)(IVectorAny *, UINT32, void *);                   \
    } vector_##width##_vtbl = {                                                                 \
        INSPECTABLE_SLOTS(vector, IVectorAny),                                                  \
        vector_GetAt,                                                                           \
        vector_get_Size,                                                                        \
        vector_GetView,                                                                         \
        vector_##width##_IndexOf,                                                               \
        vector_##width##_SetAt,                                                                 \
        vector_##width##_InsertAt,                                                              \
        vector_RemoveAt,                                                                        \
        vector_##width##_Append,                                                                \
        vector_RemoveAtEnd,                                                                     \
        vector_Clear,                                                                           \
        vector_GetMany,                                                                         \
        vector_ReplaceAll,                                                                      \
    }

DEFINE_VECTOR_VTBL(unknown, IUnknown *, unknown);
DEFINE_VECTOR_VTBL(string, HSTRING, string);
DEFINE_VECTOR_VTBL(boolean, boolean, boolean_);
DEFINE_VECTOR_VTBL(int32, INT32, int32);
DEFINE_VECTOR_VTBL(uint32, UINT32, uint32);
DEFINE_VECTOR_VTBL(int64, INT64, int64);
DEFINE_VECTOR_VTBL(uint64, UINT64, uint64);
DEFINE_VECTOR_VTBL(pair, struct value_pair, pair);

static const void *const vector_vtbls[VALUE_TYPE_MAX] = {
    [VALUE_INTERFACE] = &vector_unknown_vtbl, [VALUE_STRING] = &vector_string_vtbl,
    [VALUE_BOOLEAN] = &vector_boolean_vtbl,   [VALUE_INT32] = &vector_int32_vtbl,
    [VALUE_UINT32] = &vector_uint32_vtbl,     [VALUE_INT64] = &vector_int64_vtbl,
    [VALUE_UINT64] = &vector_uint64_vtbl,     [VALUE_UINT64_PAIR] = &vector_pair_vtbl,
};

DEFINE_INSPECTABLE(vector, IIterableAny)

static HRESULT STDMETHODCALLTYPE vector_First(IIterableAny *iface, void **value)
{
    struct vector *vector = impl_from_IIterableAny(iface);
    struct values *values;
    UINT64 version;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    values = list_values(vector->list, &version);
    hr = iterator_create(&vector->type->iterator, values, vector->list, version, value);
    values_release(values);
    return hr;
}

static const struct IIterableAnyVtbl vector_iterable_vtbl = {
    INSPECTABLE_SLOTS(vector, IIterableAny),
    vector_First,
};

void vector_destroy(void *instance)
{
    struct vector *vector = instance;

    if (vector->watch && vector->watch->destroy)
        vector->watch->destroy(vector->context);
    list_release(vector->list);
    mutex_destroy(&vector->telling);
}

static HRESULT create(const struct vector_type *type, struct vector **ret)
{
    struct vector *vector = object_alloc(&type->vector);

    *ret = NULL;
    if (!vector)
        return E_OUTOFMEMORY;
    vector->IVectorAny_iface.lpVtbl = vector_vtbls[type->element];
    vector->IIterableAny_iface.lpVtbl = &vector_iterable_vtbl;
    vector->type = type;
    mutex_init(&vector->telling);
    vector->list = list_create(type->element);
    if (!vector->list) {
        object_release(&vector->object);
        return E_OUTOFMEMORY;
    }
    *ret = vector;
    return S_OK;
}

HRESULT vector_create(const struct vector_type *type, void **out)
{
    struct vector *vector;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = create(type, &vector);
    if (SUCCEEDED(hr))
        *out = &vector->IVectorAny_iface;
    return hr;
}

HRESULT vector_create_watched(const struct vector_type *type, const union value *items,
                              UINT32 count, const struct vector_watch *watch, void *context,
                              void **out)
{
    struct vector *vector;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = create(type, &vector);
    if (FAILED(hr))
        return hr;
    hr = list_splice(vector->list, LIST_ANY_VERSION, LIST_END, 0, items, count);
    if (FAILED(hr)) {
        object_release(&vector->object);
        return hr;
    }
    vector->watch = watch;
    vector->context = context;
    *out = &vector->IVectorAny_iface;
    return S_OK;
}
