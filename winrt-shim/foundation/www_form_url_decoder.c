/* SPDX-License-Identifier: MIT */
/*
 * Windows.Foundation.WwwFormUrlDecoder: the entries of a query, split at & and =, with + and
 * percent triplets decoded. Its vector is a view of winrt-shim/base that it holds.
 */
#include "www_form_url_decoder.h"

#include <string.h>

#include <winstring.h>

#include "winrt-shim/base/collections.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/object.h"

#include "src/port/memory.h"
#include "uri_escape.h"
#include "www_form_url_decoder_entry.h"

VECTOR_TYPE(entry_vector, VALUE_INTERFACE, u"Windows.Foundation.IWwwFormUrlDecoderEntry",
            IVector_IWwwFormUrlDecoderEntry, IVectorView_IWwwFormUrlDecoderEntry,
            IIterable_IWwwFormUrlDecoderEntry, IIterator_IWwwFormUrlDecoderEntry);

struct decoder {
    IWwwFormUrlDecoderRuntimeClass IWwwFormUrlDecoderRuntimeClass_iface;
    IVectorView_IWwwFormUrlDecoderEntry IVectorView_IWwwFormUrlDecoderEntry_iface;
    IIterable_IWwwFormUrlDecoderEntry IIterable_IWwwFormUrlDecoderEntry_iface;

    struct object object;

    IVectorView_IWwwFormUrlDecoderEntry *entries;
};

DEFINE_INSPECTABLE(decoder, IWwwFormUrlDecoderRuntimeClass)
DEFINE_INSPECTABLE(decoder, IVectorView_IWwwFormUrlDecoderEntry)
DEFINE_INSPECTABLE(decoder, IIterable_IWwwFormUrlDecoderEntry)

/* A name that is not there is E_INVALIDARG (WwwFormUrlDecoder.GetFirstValueByName: an argument
 * exception). */
static HRESULT STDMETHODCALLTYPE decoder_GetFirstValueByName(IWwwFormUrlDecoderRuntimeClass *iface,
                                                             HSTRING name, HSTRING *value)
{
    struct decoder *decoder = impl_from_IWwwFormUrlDecoderRuntimeClass(iface);
    bool found = false;
    UINT32 i, count;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = IVectorView_IWwwFormUrlDecoderEntry_get_Size(decoder->entries, &count);
    for (i = 0; i < count && SUCCEEDED(hr) && !found; i++) {
        IWwwFormUrlDecoderEntry *entry;
        HSTRING entry_name = NULL;

        hr = IVectorView_IWwwFormUrlDecoderEntry_GetAt(decoder->entries, i, &entry);
        if (FAILED(hr))
            break;
        hr = IWwwFormUrlDecoderEntry_get_Name(entry, &entry_name);
        found = SUCCEEDED(hr) && hstring_equals(entry_name, name);
        if (found)
            hr = IWwwFormUrlDecoderEntry_get_Value(entry, value);
        WindowsDeleteString(entry_name);
        IWwwFormUrlDecoderEntry_Release(entry);
    }
    if (FAILED(hr) || found)
        return hr;
    return error_originate(E_INVALIDARG, "The query has no entry of that name");
}

static const struct IWwwFormUrlDecoderRuntimeClassVtbl decoder_vtbl = {
    INSPECTABLE_SLOTS(decoder, IWwwFormUrlDecoderRuntimeClass),
    decoder_GetFirstValueByName,
};

static IVectorView_IWwwFormUrlDecoderEntry *entries_of(IVectorView_IWwwFormUrlDecoderEntry *iface)
{
    return impl_from_IVectorView_IWwwFormUrlDecoderEntry(iface)->entries;
}

static HRESULT STDMETHODCALLTYPE decoder_GetAt(IVectorView_IWwwFormUrlDecoderEntry *iface,
                                               UINT32 index, IWwwFormUrlDecoderEntry **value)
{
    return IVectorView_IWwwFormUrlDecoderEntry_GetAt(entries_of(iface), index, value);
}

static HRESULT STDMETHODCALLTYPE decoder_get_Size(IVectorView_IWwwFormUrlDecoderEntry *iface,
                                                  UINT32 *value)
{
    return IVectorView_IWwwFormUrlDecoderEntry_get_Size(entries_of(iface), value);
}

static HRESULT STDMETHODCALLTYPE decoder_IndexOf(IVectorView_IWwwFormUrlDecoderEntry *iface,
                                                 IWwwFormUrlDecoderEntry *element, UINT32 *index,
                                                 boolean *found)
{
    return IVectorView_IWwwFormUrlDecoderEntry_IndexOf(entries_of(iface), element, index, found);
}

static HRESULT STDMETHODCALLTYPE decoder_GetMany(IVectorView_IWwwFormUrlDecoderEntry *iface,
                                                 UINT32 start, UINT32 size,
                                                 IWwwFormUrlDecoderEntry **items, UINT32 *value)
{
    return IVectorView_IWwwFormUrlDecoderEntry_GetMany(entries_of(iface), start, size, items,
                                                       value);
}

static const struct IVectorView_IWwwFormUrlDecoderEntryVtbl decoder_view_vtbl = {
    INSPECTABLE_SLOTS(decoder, IVectorView_IWwwFormUrlDecoderEntry),
    decoder_GetAt,
    decoder_get_Size,
    decoder_IndexOf,
    decoder_GetMany,
};

static HRESULT STDMETHODCALLTYPE decoder_First(IIterable_IWwwFormUrlDecoderEntry *iface,
                                               IIterator_IWwwFormUrlDecoderEntry **value)
{
    struct decoder *decoder = impl_from_IIterable_IWwwFormUrlDecoderEntry(iface);
    IIterable_IWwwFormUrlDecoderEntry *iterable;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = IVectorView_IWwwFormUrlDecoderEntry_QueryInterface(decoder->entries,
                                                            &IID_IIterable_IWwwFormUrlDecoderEntry,
                                                            (void **)&iterable);
    if (FAILED(hr))
        return hr;
    hr = IIterable_IWwwFormUrlDecoderEntry_First(iterable, value);
    IIterable_IWwwFormUrlDecoderEntry_Release(iterable);
    return hr;
}

static const struct IIterable_IWwwFormUrlDecoderEntryVtbl decoder_iterable_vtbl = {
    INSPECTABLE_SLOTS(decoder, IIterable_IWwwFormUrlDecoderEntry),
    decoder_First,
};

static void decoder_destroy(void *instance)
{
    struct decoder *decoder = instance;

    if (decoder->entries)
        IVectorView_IWwwFormUrlDecoderEntry_Release(decoder->entries);
}

static const struct object_interface decoder_interfaces[] = {
    OBJECT_INTERFACE(decoder, IWwwFormUrlDecoderRuntimeClass),
    OBJECT_INTERFACE(decoder, IVectorView_IWwwFormUrlDecoderEntry),
    OBJECT_INTERFACE(decoder, IIterable_IWwwFormUrlDecoderEntry),
};

static const struct object_class decoder_class =
    OBJECT_CLASS(decoder, RuntimeClass_Windows_Foundation_WwwFormUrlDecoder, decoder_destroy);

/* Decodes in place what stands between the separators, and makes an entry of it. */
static HRESULT append_entry(IVector_IWwwFormUrlDecoderEntry *entries, char *name, char *value)
{
    IWwwFormUrlDecoderEntry *entry = NULL;
    char *plain_name, *plain_value;
    char *at;
    HRESULT hr;

    for (at = name; *at; at++)
        *at = *at == '+' ? ' ' : *at;
    for (at = value; *at; at++)
        *at = *at == '+' ? ' ' : *at;
    plain_name = uri_unescape(name, uri_is_any);
    plain_value = uri_unescape(value, uri_is_any);
    hr = plain_name && plain_value
             ? www_form_url_decoder_entry_create(plain_name, plain_value, &entry)
             : E_OUTOFMEMORY;
    if (SUCCEEDED(hr)) {
        hr = IVector_IWwwFormUrlDecoderEntry_Append(entries, entry);
        IWwwFormUrlDecoderEntry_Release(entry);
    }
    memory_free(plain_value);
    memory_free(plain_name);
    return hr;
}

static HRESULT append_entries(IVector_IWwwFormUrlDecoderEntry *entries, char *query)
{
    HRESULT hr = S_OK;

    while (query && SUCCEEDED(hr)) {
        char *next = strchr(query, '&'), *value;

        if (next)
            *next++ = 0;
        value = strchr(query, '=');
        if (value)
            *value++ = 0;
        if (*query || value)
            hr = append_entry(entries, query, value ? value : query + strlen(query));
        query = next;
    }
    return hr;
}

static HRESULT parse_query(const char *query, IVectorView_IWwwFormUrlDecoderEntry **ret)
{
    IVector_IWwwFormUrlDecoderEntry *entries = NULL;
    char *work;
    HRESULT hr;

    if (!query)
        query = "";
    work = memory_strdup(*query == '?' ? query + 1 : query);
    hr = work ? vector_create(&entry_vector, (void **)&entries) : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = append_entries(entries, work);
    if (SUCCEEDED(hr))
        hr = IVector_IWwwFormUrlDecoderEntry_GetView(entries, ret);
    if (entries)
        IVector_IWwwFormUrlDecoderEntry_Release(entries);
    memory_free(work);
    return hr;
}

HRESULT www_form_url_decoder_create(const char *query, IWwwFormUrlDecoderRuntimeClass **out)
{
    struct decoder *decoder = object_alloc(&decoder_class);
    HRESULT hr;

    *out = NULL;
    if (!decoder)
        return E_OUTOFMEMORY;
    decoder->IWwwFormUrlDecoderRuntimeClass_iface.lpVtbl = &decoder_vtbl;
    decoder->IVectorView_IWwwFormUrlDecoderEntry_iface.lpVtbl = &decoder_view_vtbl;
    decoder->IIterable_IWwwFormUrlDecoderEntry_iface.lpVtbl = &decoder_iterable_vtbl;
    hr = parse_query(query, &decoder->entries);
    if (FAILED(hr)) {
        object_release(&decoder->object);
        return hr;
    }
    *out = &decoder->IWwwFormUrlDecoderRuntimeClass_iface;
    return S_OK;
}
