/* SPDX-License-Identifier: MIT */
/* What the component exports: its activation factories, and whether it may be unloaded. */
#include <stdatomic.h>

#include "classes.h"

#include "runtime.h"
#include "src/engine/engine.h"
#include "winrt-shim/base/factory.h"

/* cmake/WinRTClasses.cmake reads the names. */
static const struct factory_entry factories[] = {
    { u"Windows.Networking.BackgroundTransfer.BackgroundDownloader",
      background_downloader_factory_create },
    { u"Windows.Networking.BackgroundTransfer.BackgroundTransferError",
      background_transfer_error_factory_create },
    { u"Windows.Networking.BackgroundTransfer.BackgroundTransferGroup",
      background_transfer_group_factory_create },
};

/* Once a client has a factory it may have objects, which nobody counts. */
static atomic_bool handed_out;

HRESULT WINAPI DllGetActivationFactory(HSTRING class_name, IActivationFactory **factory)
{
    HRESULT hr;

    if (factory)
        *factory = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    hr = factory_find(factories, sizeof(factories) / sizeof(factories[0]), class_name, factory);
    if (SUCCEEDED(hr))
        atomic_store(&handed_out, true);
    return hr;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return atomic_load(&handed_out) || engine_is_running() ? S_FALSE : S_OK;
}
