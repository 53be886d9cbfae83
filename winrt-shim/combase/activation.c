/* SPDX-License-Identifier: MIT */
/*
 * Finding the factory of a runtime class (roapi.h): in the shim's own table, then in components.
 * The component of Windows.Networking.BackgroundTransfer.DownloadOperation is the first file there
 * is of windows.networking.backgroundtransfer.so, windows.networking.so, windows.so that knows the
 * class.
 */
#include <windows.h>
#include <roapi.h>
#include <winstring.h>

#include <stdbool.h>
#include <string.h>

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/classes.h"
#include "winrt-shim/combase/apartment.h"
#include "winrt-shim/combase/component_path.h"
#include "winrt-shim/combase/modules.h"
#include "winrt-shim/combase/runtime.h"

#define MAX_CLASS_NAME 255
#define ENTRY_POINT    "DllGetActivationFactory"

static bool is_class_character(WCHAR character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
           (character >= '0' && character <= '9') || character == '.' || character == '_';
}

/* As ASCII; false if it can be no class's name. */
static bool get_class_name(HSTRING class_id, char name[MAX_CLASS_NAME + 1])
{
    UINT32 length, i;
    const WCHAR *text = WindowsGetStringRawBuffer(class_id, &length);

    if (length > MAX_CLASS_NAME)
        return false;
    for (i = 0; i < length; i++) {
        if (!is_class_character(text[i]))
            return false;
        name[i] = (char)text[i];
    }
    name[length] = 0;
    return true;
}

static void to_lower(char *text)
{
    for (; *text; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text += 'a' - 'A';
}

/* REGDB_E_CLASSNOTREG if there is no such component, CLASS_E_CLASSNOTAVAILABLE if it does not know
 * the class. */
static HRESULT ask_component(const char *component, HSTRING class_id, IActivationFactory **out)
{
    PFNGETACTIVATIONFACTORY get_factory;
    enum port_status status;
    struct module *module;
    char *path;
    HRESULT hr;

    if ((status = component_path(component, &path)) == PORT_NOT_FOUND)
        return REGDB_E_CLASSNOTREG;
    if (status)
        return hresult_from_status(status);
    if (SUCCEEDED(hr = module_open(path, &module))) {
        if ((get_factory = (PFNGETACTIVATIONFACTORY)module_symbol(module, ENTRY_POINT)))
            hr = get_factory(class_id, out);
        else
            hr = error_originate(HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND), "%s exports no %s", path,
                                 ENTRY_POINT);
    }
    memory_free(path);
    return hr;
}

static HRESULT find_in_components(const char *class_name, HSTRING class_id,
                                  IActivationFactory **out)
{
    char component[MAX_CLASS_NAME + 1], *cut;
    HRESULT hr;

    memcpy(component, class_name, strlen(class_name) + 1);
    to_lower(component);
    while ((cut = strrchr(component, '.'))) {
        *cut = 0;
        hr = ask_component(component, class_id, out);
        if (hr != REGDB_E_CLASSNOTREG && hr != CLASS_E_CLASSNOTAVAILABLE)
            return hr;
    }
    return REGDB_E_CLASSNOTREG;
}

static HRESULT find_factory(HSTRING class_id, IActivationFactory **out)
{
    char name[MAX_CLASS_NAME + 1];
    HRESULT hr;

    *out = NULL;
    if (runtime_is_dead_after_fork())
        return RUNTIME_DEAD_ERROR;
    if (!class_id)
        return E_INVALIDARG;
    if (FAILED(hr = apartment_check()))
        return hr;
    hr = factory_find(shim_classes, shim_class_count, class_id, out);
    if (hr != CLASS_E_CLASSNOTAVAILABLE)
        return hr;
    if (!get_class_name(class_id, name))
        return error_originate(REGDB_E_CLASSNOTREG, "The class name has invalid characters");
    hr = find_in_components(name, class_id, out);
    if (hr == REGDB_E_CLASSNOTREG)
        return error_originate(hr, "The class %s is not registered", name);
    return hr;
}

/*
 * RoGetActivationFactory: E_POINTER, E_INVALIDARG for no class name, E_NOINTERFACE;
 * CO_E_NOTINITIALIZED on a thread outside of every apartment while the process has no multithreaded
 * one; REGDB_E_CLASSNOTREG for a class that nobody has (names are case-sensitive);
 * RPC_E_DISCONNECTED in a forked child. Every call asks anew: a class whose factory is to be one
 * object makes it one.
 */
HRESULT WINAPI RoGetActivationFactory(HSTRING class_id, REFIID iid, void **out)
{
    IActivationFactory *factory;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    if (FAILED(hr = find_factory(class_id, &factory)))
        return hr;
    hr = IActivationFactory_QueryInterface(factory, iid, out);
    IActivationFactory_Release(factory);
    return hr;
}

/*
 * RoActivateInstance: as RoGetActivationFactory, then ActivateInstance; E_NOTIMPL from a class that
 * has no constructor without arguments.
 */
HRESULT WINAPI RoActivateInstance(HSTRING class_id, IInspectable **out)
{
    IActivationFactory *factory;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (FAILED(hr = find_factory(class_id, &factory)))
        return hr;
    hr = IActivationFactory_ActivateInstance(factory, out);
    IActivationFactory_Release(factory);
    return hr;
}
