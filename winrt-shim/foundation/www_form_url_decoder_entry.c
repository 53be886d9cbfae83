/* SPDX-License-Identifier: MIT */
/* Windows.Foundation.WwwFormUrlDecoderEntry: a name and a value. */
#include "www_form_url_decoder_entry.h"

#include <winstring.h>

#include "winrt-shim/base/hstring_text.h"
#include "winrt-shim/base/object.h"

struct form_entry {
    IWwwFormUrlDecoderEntry IWwwFormUrlDecoderEntry_iface;

    struct object object;

    HSTRING name, value;
};

DEFINE_INSPECTABLE(form_entry, IWwwFormUrlDecoderEntry)

static HRESULT STDMETHODCALLTYPE form_entry_get_Name(IWwwFormUrlDecoderEntry *iface, HSTRING *value)
{
    if (!value)
        return E_POINTER;
    return WindowsDuplicateString(impl_from_IWwwFormUrlDecoderEntry(iface)->name, value);
}

static HRESULT STDMETHODCALLTYPE form_entry_get_Value(IWwwFormUrlDecoderEntry *iface,
                                                      HSTRING *value)
{
    if (!value)
        return E_POINTER;
    return WindowsDuplicateString(impl_from_IWwwFormUrlDecoderEntry(iface)->value, value);
}

static const struct IWwwFormUrlDecoderEntryVtbl form_entry_vtbl = {
    INSPECTABLE_SLOTS(form_entry, IWwwFormUrlDecoderEntry),
    form_entry_get_Name,
    form_entry_get_Value,
};

static void form_entry_destroy(void *instance)
{
    struct form_entry *entry = instance;

    WindowsDeleteString(entry->value);
    WindowsDeleteString(entry->name);
}

static const struct object_interface form_entry_interfaces[] = {
    OBJECT_INTERFACE(form_entry, IWwwFormUrlDecoderEntry),
};

static const struct object_class form_entry_class =
    OBJECT_CLASS(form_entry, u"Windows.Foundation.WwwFormUrlDecoderEntry", form_entry_destroy);

HRESULT www_form_url_decoder_entry_create(const char *name, const char *value,
                                          IWwwFormUrlDecoderEntry **out)
{
    struct form_entry *entry = object_alloc(&form_entry_class);
    HRESULT hr;

    *out = NULL;
    if (!entry)
        return E_OUTOFMEMORY;
    entry->IWwwFormUrlDecoderEntry_iface.lpVtbl = &form_entry_vtbl;
    hr = hstring_from_utf8(name, &entry->name);
    if (SUCCEEDED(hr))
        hr = hstring_from_utf8(value, &entry->value);
    if (FAILED(hr)) {
        object_release(&entry->object);
        return hr;
    }
    *out = &entry->IWwwFormUrlDecoderEntry_iface;
    return S_OK;
}
