/* SPDX-License-Identifier: MIT */
/* IKeyValuePair<HSTRING, V>: never changes. */
#include "collection_objects.h"
#include "collections.h"

#include <winstring.h>

DEFINE_INSPECTABLE(key_value_pair, IKeyValuePairAny)

static HRESULT STDMETHODCALLTYPE key_value_pair_get_Key(IKeyValuePairAny *iface, HSTRING *key)
{
    struct key_value_pair *pair = impl_from_IKeyValuePairAny(iface);

    if (!key)
        return E_POINTER;
    return WindowsDuplicateString(pair->key, key);
}

static HRESULT STDMETHODCALLTYPE key_value_pair_get_Value(IKeyValuePairAny *iface, void *value)
{
    struct key_value_pair *pair = impl_from_IKeyValuePairAny(iface);

    if (!value)
        return E_POINTER;
    return value_return(pair->type, &pair->value, value);
}

static const struct IKeyValuePairAnyVtbl key_value_pair_vtbl = {
    INSPECTABLE_SLOTS(key_value_pair, IKeyValuePairAny),
    key_value_pair_get_Key,
    key_value_pair_get_Value,
};

void key_value_pair_destroy(void *instance)
{
    struct key_value_pair *pair = instance;

    value_clear(pair->type, &pair->value);
    WindowsDeleteString(pair->key);
}

HRESULT key_value_pair_create(const struct map_type *type, HSTRING key, const union value *value,
                              struct key_value_pair **ret)
{
    struct key_value_pair *pair;
    HRESULT hr;

    *ret = NULL;
    pair = object_alloc(&type->pair);
    if (!pair)
        return E_OUTOFMEMORY;
    pair->IKeyValuePairAny_iface.lpVtbl = &key_value_pair_vtbl;
    pair->type = type->value;
    hr = WindowsDuplicateString(key, &pair->key);
    if (SUCCEEDED(hr))
        hr = value_copy(type->value, value, &pair->value);
    if (FAILED(hr)) {
        object_release(&pair->object);
        return hr;
    }
    *ret = pair;
    return S_OK;
}

static WCHAR lower(WCHAR c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool equal_ignoring_case(HSTRING one, HSTRING other)
{
    UINT32 i, length, other_length;
    const WCHAR *text = WindowsGetStringRawBuffer(one, &length);
    const WCHAR *other_text = WindowsGetStringRawBuffer(other, &other_length);

    if (length != other_length)
        return false;
    for (i = 0; i < length; i++) {
        if (lower(text[i]) != lower(other_text[i]))
            return false;
    }
    return true;
}

static bool equal_exactly(HSTRING one, HSTRING other)
{
    INT32 order = 1;

    return SUCCEEDED(WindowsCompareStringOrdinal(one, other, &order)) && !order;
}

static struct key_value_pair *find(const struct values *pairs, HSTRING key,
                                   bool (*equal)(HSTRING one, HSTRING other), UINT32 *index)
{
    UINT32 i;

    for (i = 0; i < pairs->count; i++) {
        struct key_value_pair *pair =
            impl_from_IKeyValuePairAny((IKeyValuePairAny *)pairs->items[i].unknown);

        if (equal(pair->key, key)) {
            *index = i;
            return pair;
        }
    }
    return NULL;
}

struct key_value_pair *pairs_find(const struct values *pairs, HSTRING key, unsigned flags,
                                  UINT32 *index)
{
    struct key_value_pair *pair = find(pairs, key, equal_exactly, index);

    if (!pair && (flags & MAP_IGNORE_CASE))
        pair = find(pairs, key, equal_ignoring_case, index);
    return pair;
}
