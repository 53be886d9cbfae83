/* SPDX-License-Identifier: MIT */
#include "response_headers.h"

#include <string.h>

#include "src/engine/header_list.h"
#include "src/port/memory.h"
#include "winrt-shim/base/collections.h"
#include "winrt-shim/base/hstring_text.h"

MAP_TYPE(string_map, VALUE_STRING, u"String", IMap_HSTRING_HSTRING, IMapView_HSTRING_HSTRING,
         IKeyValuePair_HSTRING_HSTRING, IIterable_IKeyValuePair_HSTRING_HSTRING,
         IIterator_IKeyValuePair_HSTRING_HSTRING);

/* What is not UTF-8 is taken as ISO 8859-1, which HTTP's fields once were: nothing is lost. */
static HRESULT hstring_from_latin1(const char *text, HSTRING *ret)
{
    size_t length = strlen(text);
    WCHAR *wide = memory_zalloc_array(length + 1, sizeof(*wide));
    HRESULT hr;

    *ret = NULL;
    if (!wide)
        return E_OUTOFMEMORY;
    for (size_t i = 0; i < length; i++)
        wide[i] = (unsigned char)text[i];
    hr = WindowsCreateString(wide, (UINT32)length, ret);
    memory_free(wide);
    return hr;
}

static HRESULT hstring_from_field(const char *text, HSTRING *ret)
{
    HRESULT hr = hstring_from_utf8(text, ret);

    return hr == E_INVALIDARG ? hstring_from_latin1(text, ret) : hr;
}

HRESULT response_headers_create(const struct header_list *headers, IMapView_HSTRING_HSTRING **out)
{
    size_t count = header_list_count(headers);
    struct map_entry *entries = memory_zalloc_array(count, sizeof(*entries));
    HRESULT hr = S_OK;

    *out = NULL;
    if (!entries)
        return E_OUTOFMEMORY;
    for (size_t i = 0; SUCCEEDED(hr) && i < count; i++) {
        hr = hstring_from_field(header_list_name(headers, i), &entries[i].key);
        if (SUCCEEDED(hr))
            hr = hstring_from_field(header_list_value(headers, i), &entries[i].value.string);
    }
    if (SUCCEEDED(hr))
        hr = map_view_create(&string_map, MAP_IGNORE_CASE, entries, (UINT32)count, (void **)out);
    for (size_t i = 0; i < count; i++) {
        WindowsDeleteString(entries[i].value.string);
        WindowsDeleteString(entries[i].key);
    }
    memory_free(entries);
    return hr;
}
