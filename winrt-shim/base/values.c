/* SPDX-License-Identifier: MIT */
#include "values.h"

#include <string.h>

#include <winstring.h>

#include "src/port/memory.h"

struct values *values_create(enum value_type type, UINT32 capacity)
{
    struct values *values;
    size_t size;

    if (__builtin_mul_overflow(capacity, sizeof(values->items[0]), &size) ||
        __builtin_add_overflow(size, sizeof(*values), &size))
        return NULL;
    values = memory_zalloc(size);
    if (!values)
        return NULL;
    atomic_init(&values->ref, 1);
    values->type = type;
    values->capacity = capacity;
    return values;
}

void values_addref(struct values *values)
{
    atomic_fetch_add_explicit(&values->ref, 1, memory_order_relaxed);
}

void values_release(struct values *values)
{
    UINT32 i;

    if (!values || atomic_fetch_sub_explicit(&values->ref, 1, memory_order_acq_rel) != 1)
        return;
    for (i = 0; i < values->count; i++)
        value_clear(values->type, &values->items[i]);
    memory_free(values);
}

bool values_is_shared(const struct values *values)
{
    return atomic_load_explicit(&values->ref, memory_order_acquire) != 1;
}

HRESULT values_append(struct values *values, const union value *items, UINT32 count)
{
    HRESULT hr = S_OK;
    UINT32 i;

    for (i = 0; i < count && SUCCEEDED(hr); i++) {
        hr = value_copy(values->type, &items[i], &values->items[values->count]);
        if (SUCCEEDED(hr))
            values->count++;
    }
    return hr;
}

HRESULT values_append_array(struct values *values, const void *array, UINT32 count)
{
    const size_t size = value_size(values->type);
    HRESULT hr = S_OK;
    UINT32 i;

    for (i = 0; i < count && SUCCEEDED(hr); i++) {
        union value item = { 0 };

        memcpy(&item, (const char *)array + i * size, size);
        hr = values_append(values, &item, 1);
    }
    return hr;
}

HRESULT values_get_many(const struct values *values, UINT32 start, UINT32 capacity, void *array,
                        UINT32 *count)
{
    const size_t size = value_size(values->type);
    char *out = array;
    UINT32 i, available;
    HRESULT hr;

    if (!count)
        return E_POINTER;
    *count = 0;
    if (!array && capacity)
        return E_POINTER;
    if (start > values->count)
        return E_BOUNDS;

    available = values->count - start;
    if (available > capacity)
        available = capacity;
    for (i = 0; i < available; i++) {
        hr = value_return(values->type, &values->items[start + i], out + i * size);
        if (FAILED(hr))
            goto undo;
    }
    *count = available;
    return S_OK;

undo:
    while (i--) {
        union value item = { 0 };

        memcpy(&item, out + i * size, size);
        value_clear(values->type, &item);
        memset(out + i * size, 0, size);
    }
    return hr;
}

/* COM identity: two pointers are one object if their IUnknown is the same. */
static bool same_object(IUnknown *one, IUnknown *other)
{
    IUnknown *one_identity = NULL, *other_identity = NULL;
    bool same = false;

    if (one == other)
        return true;
    if (!one || !other)
        return false;
    if (FAILED(IUnknown_QueryInterface(one, &IID_IUnknown, (void **)&one_identity)))
        goto done;
    if (FAILED(IUnknown_QueryInterface(other, &IID_IUnknown, (void **)&other_identity)))
        goto done;
    same = one_identity == other_identity;

done:
    if (other_identity)
        IUnknown_Release(other_identity);
    if (one_identity)
        IUnknown_Release(one_identity);
    return same;
}

bool value_equals(enum value_type type, const union value *one, const union value *other)
{
    INT32 order = 1;

    if (type == VALUE_INTERFACE)
        return same_object(one->unknown, other->unknown);
    if (type == VALUE_STRING)
        return SUCCEEDED(WindowsCompareStringOrdinal(one->string, other->string, &order)) && !order;
    return !memcmp(one, other, value_size(type));
}

bool values_find(const struct values *values, const union value *wanted, UINT32 *index)
{
    UINT32 i;

    for (i = 0; i < values->count; i++) {
        if (value_equals(values->type, &values->items[i], wanted)) {
            *index = i;
            return true;
        }
    }
    return false;
}
