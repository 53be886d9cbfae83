/* SPDX-License-Identifier: MIT */
/* What winrt-shim.dll exports: the factories of its classes, and whether it may be unloaded. */
#include <windows.h>
#include <activation.h>
#include <hstring.h>

#include <stdatomic.h>
#include <stdbool.h>

#include "winrt-shim/base/factory.h"
#include "winrt-shim/classes.h"

/* Once a client has a factory it may have objects, which nobody counts, and threads may run. */
static atomic_bool handed_out;

HRESULT WINAPI DllGetActivationFactory(HSTRING class_name, IActivationFactory **factory)
{
    HRESULT hr;

    if (factory)
        *factory = NULL;
    hr = factory_find(shim_classes, shim_class_count, class_name, factory);
    if (SUCCEEDED(hr))
        atomic_store(&handed_out, true);
    return hr;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return atomic_load(&handed_out) ? S_FALSE : S_OK;
}
