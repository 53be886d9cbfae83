/* SPDX-License-Identifier: MIT */
#include "value.h"

#include <string.h>

#include <winstring.h>

size_t value_size(enum value_type type)
{
    static const size_t sizes[VALUE_TYPE_MAX] = {
        [VALUE_INTERFACE] = sizeof(IUnknown *), [VALUE_STRING] = sizeof(HSTRING),
        [VALUE_BOOLEAN] = sizeof(boolean),      [VALUE_INT32] = sizeof(INT32),
        [VALUE_UINT32] = sizeof(UINT32),        [VALUE_INT64] = sizeof(INT64),
        [VALUE_UINT64] = sizeof(UINT64),        [VALUE_UINT64_PAIR] = sizeof(struct value_pair),
    };

    return sizes[type];
}

HRESULT value_copy(enum value_type type, const union value *from, union value *ret)
{
    memset(ret, 0, sizeof(*ret));
    return value_return(type, from, ret);
}

void value_clear(enum value_type type, union value *value)
{
    if (type == VALUE_INTERFACE && value->unknown)
        IUnknown_Release(value->unknown);
    else if (type == VALUE_STRING)
        WindowsDeleteString(value->string);
    memset(value, 0, sizeof(*value));
}

HRESULT value_return(enum value_type type, const union value *from, void *out)
{
    if (type == VALUE_STRING)
        return WindowsDuplicateString(from->string, out);
    if (type == VALUE_INTERFACE && from->unknown)
        IUnknown_AddRef(from->unknown);
    memcpy(out, from, value_size(type));
    return S_OK;
}
