/* SPDX-License-Identifier: MIT */
#include "factory.h"

#include <winstring.h>

#include "hstring_text.h"

HRESULT factory_find(const struct factory_entry *entries, size_t count, HSTRING class_name,
                     IActivationFactory **out)
{
    UINT32 length, i;
    const WCHAR *name = WindowsGetStringRawBuffer(class_name, &length);
    size_t entry;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!length)
        return E_INVALIDARG;
    for (entry = 0; entry < count; entry++) {
        const WCHAR *known = entries[entry].class_name;

        for (i = 0; i < length && known[i] == name[i] && known[i]; i++)
            ;
        if (i == length && !known[i])
            return entries[entry].create(out);
    }
    return CLASS_E_CLASSNOTAVAILABLE;
}

HRESULT STDMETHODCALLTYPE factory_ActivateInstance_not_supported(IActivationFactory *iface,
                                                                 IInspectable **instance)
{
    (void)iface;
    if (!instance)
        return E_POINTER;
    *instance = NULL;
    return E_NOTIMPL;
}
