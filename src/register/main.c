/* SPDX-License-Identifier: MIT */
/*
 * winrt-register: tells the Windows Runtime of Wine, or of Windows, which DLL makes a class
 * (docs/wine.md).
 */
#define INITGUID
#include "commands.h"

#include <roapi.h>

#include "files.h"
#include "say.h"
#include "src/port/memory.h"

static const WCHAR usage[] =
    u"winrt-register register [--force | --keep] [DLL [CLASS...]]...\n"
    u"winrt-register unregister [DLL [CLASS...]]...\n"
    u"winrt-register status [DLL [CLASS...]]...\n"
    u"\n"
    u"register    registers the classes of the DLLs for all programs, or changes nothing\n"
    u"unregister  removes what is registered to these DLLs\n"
    u"status      tells of each class whether programs get it from its DLL\n"
    u"\n"
    u"--force     takes classes over that are registered to another DLL\n"
    u"--keep      leaves those to it, and registers the others\n"
    u"DLL         a name that ends in .dll; without any, the DLLs beside this program\n"
    u"CLASS       a class of the DLL before it; without any, those that the DLL itself lists\n";

/* What is installed beside this program. */
static const WCHAR *const own_dlls[] = {
    u"windows.networking.backgroundtransfer.dll",
    u"winrt-shim.dll",
};

static const struct {
    const WCHAR *name;
    bool (*run)(const struct components *components, const struct options *options);
} commands[] = {
    { u"register", command_register },
    { u"unregister", command_unregister },
    { u"status", command_status },
};

enum {
    DONE = 0,
    FAILED_CODE = 1,
    MISUSED = 2
};

static bool equal(const WCHAR *text, const WCHAR *other)
{
    return CompareStringOrdinal(text, -1, other, -1, FALSE) == CSTR_EQUAL;
}

static bool is_dll(const WCHAR *argument)
{
    int length = lstrlenW(argument);

    return length > 4 &&
           CompareStringOrdinal(argument + length - 4, -1, u".dll", -1, TRUE) == CSTR_EQUAL;
}

static bool add_component(struct components *components, const WCHAR *name)
{
    struct component *component = &components->items[components->count];
    HRESULT hr;

    if (components->count == sizeof(components->items) / sizeof(components->items[0])) {
        say(SAY_ERROR, u"Too many DLLs: %1\n", name);
        return false;
    }
    components->count++;
    hr = component_open(component, name);
    if (FAILED(hr))
        say_failure(component->path ? component->path : name, hr);
    return SUCCEEDED(hr);
}

/* Only from there: what it loads could be anybody's elsewhere, and runs as an administrator. */
static bool add_own_component(struct components *components, const WCHAR *name)
{
    WCHAR *path = dll_beside_program(name);
    bool good = path && add_component(components, path);

    if (!path)
        say_failure(name, E_OUTOFMEMORY);
    memory_free(path);
    return good;
}

static bool add_class(struct components *components, const WCHAR *name)
{
    HRESULT hr = E_INVALIDARG; /* no DLL before it */

    if (components->count)
        hr = component_add_class(&components->items[components->count - 1], name, lstrlenW(name));
    if (FAILED(hr))
        say_failure(name, hr);
    return SUCCEEDED(hr);
}

static bool add_arguments(struct components *components, struct options *options, int count,
                          WCHAR **arguments)
{
    for (int i = 0; i < count; i++) {
        bool good = true;

        if (equal(arguments[i], u"--force"))
            options->force = true;
        else if (equal(arguments[i], u"--keep"))
            options->keep = true;
        else if (is_dll(arguments[i]))
            good = add_component(components, arguments[i]);
        else
            good = add_class(components, arguments[i]);
        if (!good)
            return false;
    }
    return true;
}

static bool add_defaults(struct components *components)
{
    if (!components->count)
        for (size_t i = 0; i < sizeof(own_dlls) / sizeof(own_dlls[0]); i++)
            if (!add_own_component(components, own_dlls[i]))
                return false;
    for (size_t i = 0; i < components->count; i++) {
        struct component *component = &components->items[i];
        HRESULT hr = component->class_count ? S_OK : component_add_listed_classes(component);

        if (FAILED(hr)) {
            say_failure(component->path, hr);
            say(SAY_ERROR, u"It does not list its classes; name them after it.\n");
            return false;
        }
    }
    return true;
}

static int run(bool (*command)(const struct components *, const struct options *), int count,
               WCHAR **arguments)
{
    struct components components = { 0 };
    struct options options = { 0 };
    int code = FAILED_CODE;

    if (add_arguments(&components, &options, count, arguments) && add_defaults(&components) &&
        command(&components, &options))
        code = DONE;
    for (size_t i = 0; i < components.count; i++)
        component_free(&components.items[i]);
    return code;
}

/* What the C library calls in a program whose arguments are UTF-16; no header declares it. */
int wmain(int argc, WCHAR **argv);

int wmain(int argc, WCHAR **argv)
{
    HRESULT hr;

    for (size_t i = 0; argc > 1 && i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (!equal(argv[1], commands[i].name))
            continue;
        hr = RoInitialize(RO_INIT_MULTITHREADED);
        if (FAILED(hr)) {
            say_failure(u"RoInitialize", hr);
            return FAILED_CODE;
        }
        return run(commands[i].run, argc - 2, argv + 2);
    }
    say(SAY_ERROR, u"%1", usage);
    return MISUSED;
}
