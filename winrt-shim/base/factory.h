/* SPDX-License-Identifier: MIT */
/* Activation factories of a library, as one table of class names (docs/com-pattern.md). */
#ifndef WINRT_BASE_FACTORY_H
#define WINRT_BASE_FACTORY_H

#include <windows.h>
#include <activation.h>
#include <hstring.h>

/* What a component exports, and the runtime finds by name; activation.h does not declare it. */
HRESULT WINAPI DllGetActivationFactory(HSTRING class_name, IActivationFactory **factory);

struct factory_entry {
    const WCHAR *class_name;
    /* A new factory; the caller's reference. */
    HRESULT (*create)(IActivationFactory **out);
};

/* CLASS_E_CLASSNOTAVAILABLE if the name is not in the table; E_INVALIDARG, E_POINTER for NULL.
   Class names are compared exactly. */
HRESULT factory_find(const struct factory_entry *entries, size_t count, HSTRING class_name,
                     IActivationFactory **out);

/*
 * A factory is an object like any other (object.h) whose first member is IActivationFactory and
 * whose runtime class name is that of the class it makes. This is the ActivateInstance of classes
 * that have no default constructor.
 */
HRESULT STDMETHODCALLTYPE factory_ActivateInstance_not_supported(IActivationFactory *iface,
                                                                 IInspectable **instance);

#endif
