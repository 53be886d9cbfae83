/* SPDX-License-Identifier: MIT */
/* IIterator<T> over a block of values, which knows when the list that they came
 * from has changed. */
#include "collection_objects.h"

DEFINE_INSPECTABLE(iterator, IIteratorAny)

static HRESULT check_unchanged(const struct iterator *iterator)
{
    if (iterator->list && list_version(iterator->list) != iterator->version)
        return E_CHANGED_STATE;
    return S_OK;
}

/* Takes up to `step` positions; *index is the one before. */
static UINT32 advance(struct iterator *iterator, UINT32 step, UINT32 *index)
{
    UINT32 left;

    mutex_lock(&iterator->mutex);
    *index = iterator->index;
    left = iterator->values->count - iterator->index;
    if (step > left)
        step = left;
    iterator->index += step;
    mutex_unlock(&iterator->mutex);
    return step;
}

static HRESULT STDMETHODCALLTYPE iterator_get_Current(IIteratorAny *iface, void *value)
{
    struct iterator *iterator = impl_from_IIteratorAny(iface);
    const union value nothing = { 0 };
    UINT32 index;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    value_return(iterator->values->type, &nothing, value);
    hr = check_unchanged(iterator);
    if (FAILED(hr))
        return hr;
    advance(iterator, 0, &index);
    if (index == iterator->values->count)
        return E_BOUNDS;
    return value_return(iterator->values->type, &iterator->values->items[index], value);
}

static HRESULT STDMETHODCALLTYPE iterator_get_HasCurrent(IIteratorAny *iface, boolean *value)
{
    struct iterator *iterator = impl_from_IIteratorAny(iface);
    UINT32 index;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = FALSE;
    hr = check_unchanged(iterator);
    if (FAILED(hr))
        return hr;
    advance(iterator, 0, &index);
    *value = index < iterator->values->count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE iterator_MoveNext(IIteratorAny *iface, boolean *value)
{
    struct iterator *iterator = impl_from_IIteratorAny(iface);
    UINT32 index, moved;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = FALSE;
    hr = check_unchanged(iterator);
    if (FAILED(hr))
        return hr;
    moved = advance(iterator, 1, &index);
    *value = index + moved < iterator->values->count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE iterator_GetMany(IIteratorAny *iface, UINT32 size, void *items,
                                                  UINT32 *value)
{
    struct iterator *iterator = impl_from_IIteratorAny(iface);
    UINT32 index, taken;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = 0;
    if (!items && size)
        return E_POINTER;
    hr = check_unchanged(iterator);
    if (FAILED(hr))
        return hr;
    taken = advance(iterator, size, &index);
    return values_get_many(iterator->values, index, taken, items, value);
}

static const struct IIteratorAnyVtbl iterator_vtbl = {
    INSPECTABLE_SLOTS(iterator, IIteratorAny),
    iterator_get_Current,
    iterator_get_HasCurrent,
    iterator_MoveNext,
    iterator_GetMany,
};

void iterator_destroy(void *instance)
{
    struct iterator *iterator = instance;

    mutex_destroy(&iterator->mutex);
    list_release(iterator->list);
    values_release(iterator->values);
}

HRESULT iterator_create(const struct object_class *class, struct values *values, struct list *list,
                        UINT64 version, void **out)
{
    struct iterator *iterator;

    *out = NULL;
    iterator = object_alloc(class);
    if (!iterator)
        return E_OUTOFMEMORY;
    iterator->IIteratorAny_iface.lpVtbl = &iterator_vtbl;
    mutex_init(&iterator->mutex);
    values_addref(values);
    iterator->values = values;
    if (list)
        list_addref(list);
    iterator->list = list;
    iterator->version = version;
    *out = &iterator->IIteratorAny_iface;
    return S_OK;
}
