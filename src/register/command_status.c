/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <activation.h>
#include <roapi.h>
#include <winstring.h>

#include "files.h"
#include "holder.h"
#include "say.h"
#include "src/port/memory.h"

/* What a client gets. */
static HRESULT activate(const WCHAR *class_name)
{
    IActivationFactory *factory = NULL;
    HSTRING_HEADER header;
    HSTRING name = NULL;
    HRESULT hr;

    hr = WindowsCreateStringReference(class_name, lstrlenW(class_name), &header, &name);
    if (SUCCEEDED(hr))
        hr = RoGetActivationFactory(name, &IID_IActivationFactory, (void **)&factory);
    if (SUCCEEDED(hr))
        IActivationFactory_Release(factory);
    return hr;
}

static bool can_be_found(const WCHAR *dll)
{
    WCHAR *path = *dll ? dll_full_path(dll) : NULL;
    bool found = path && file_exists(path);

    memory_free(path);
    return found;
}

static bool class_status(const struct component *component, const WCHAR *class_name)
{
    enum holder holder;
    bool good = false;
    WCHAR *dll;
    HRESULT hr;

    hr = holder_find(component, class_name, &holder, &dll);
    if (FAILED(hr)) {
        say_failure(class_name, hr);
        return false;
    }
    if (holder == HOLDER_NOBODY) {
        say(SAY_OUT, u"not registered     %1\n", class_name);
    } else if (!can_be_found(dll)) {
        say(SAY_OUT, u"DLL is missing     %1  %2\n", class_name, *dll ? dll : u"(nothing)");
    } else if (holder == HOLDER_OTHER) {
        say(SAY_OUT, u"another DLL's      %1  %2\n", class_name, dll);
    } else if (FAILED(hr = activate(class_name))) {
        say(SAY_OUT, u"fails 0x%3!08x!   %1  %2\n", class_name, dll, hr);
    } else {
        say(SAY_OUT, u"registered         %1  %2\n", class_name, dll);
        good = true;
    }
    memory_free(dll);
    return good;
}

bool command_status(const struct components *components, const struct options *options)
{
    DWORD good = 0, all = 0;

    (void)options;
    for (size_t i = 0; i < components->count; i++) {
        const struct component *component = &components->items[i];

        for (size_t k = 0; k < component->class_count; k++, all++)
            good += class_status(component, component->classes[k]);
    }
    say(SAY_OUT, u"%1!u! of %2!u! classes are registered and answer.\n", good, all);
    return good == all;
}
