/* SPDX-License-Identifier: MIT */
#include "component.h"

#include <activation.h>
#include <hstring.h>
#include <winstring.h>

#include "files.h"
#include "src/port/memory.h"

/* The resource's name in cmake/WinRTClasses.cmake; UTF-8, a class a line. */
static const WCHAR list_name[] = u"WINRT_CLASSES";

enum {
    LONGEST_NAME = 255
};

typedef HRESULT(WINAPI *get_factory_function)(HSTRING class_name, IActivationFactory **factory);

static HRESULT last_error(void)
{
    return HRESULT_FROM_WIN32(GetLastError());
}

HRESULT component_open(struct component *component, const WCHAR *name)
{
    component->path = dll_full_path(name);
    if (!component->path)
        return E_OUTOFMEMORY;
    if (file_exists(component->path))
        return S_OK;
    return HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
}

/* What may stand in a class's name; nothing of it has a meaning in a path or in the registry. */
static bool is_class_name(const WCHAR *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!(name[i] >= '0' && name[i] <= '9') && !(name[i] >= 'A' && name[i] <= 'Z') &&
            !(name[i] >= 'a' && name[i] <= 'z') && name[i] != '.' && name[i] != '_')
            return false;
    return length && length <= LONGEST_NAME;
}

HRESULT component_add_class(struct component *component, const WCHAR *name, size_t length)
{
    size_t count = component->class_count;
    WCHAR **classes, *copy;

    if (!is_class_name(name, length))
        return E_INVALIDARG;
    classes = memory_resize(component->classes, (count + 1) * sizeof(*classes));
    if (!classes)
        return E_OUTOFMEMORY;
    component->classes = classes;
    copy = memory_zalloc((length + 1) * sizeof(*copy));
    if (!copy)
        return E_OUTOFMEMORY;
    for (size_t i = 0; i < length; i++)
        copy[i] = name[i];
    classes[count] = copy;
    component->class_count = count + 1;
    return S_OK;
}

static HRESULT add_lines(struct component *component, const char *text, size_t size)
{
    WCHAR name[LONGEST_NAME];
    HRESULT hr = S_OK;

    for (size_t start = 0, end; SUCCEEDED(hr) && start < size; start = end + 1) {
        int length;

        for (end = start; end < size && text[end] && text[end] != '\n';)
            end++;
        if (end == start)
            continue;
        length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text + start, end - start, name,
                                     sizeof(name) / sizeof(name[0]));
        hr = length ? component_add_class(component, name, length) : last_error();
    }
    return hr;
}

HRESULT component_add_listed_classes(struct component *component)
{
    HMODULE module = LoadLibraryExW(component->path, NULL, LOAD_LIBRARY_AS_DATAFILE);
    const char *text = NULL;
    HRSRC resource = NULL;
    HGLOBAL loaded;
    HRESULT hr;

    if (!module)
        return last_error();
    resource = FindResourceW(module, list_name, (const WCHAR *)RT_RCDATA);
    if (resource && (loaded = LoadResource(module, resource)))
        text = LockResource(loaded);
    hr = text ? add_lines(component, text, SizeofResource(module, resource)) : last_error();
    FreeLibrary(module);
    return hr;
}

HRESULT component_ask(const struct component *component, const WCHAR *class_name)
{
    get_factory_function get_factory;
    IActivationFactory *factory = NULL;
    HSTRING_HEADER header;
    HSTRING name = NULL;
    HMODULE module;
    HRESULT hr;

    hr = WindowsCreateStringReference(class_name, lstrlenW(class_name), &header, &name);
    if (FAILED(hr))
        return hr;
    module = LoadLibraryExW(component->path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!module)
        return last_error();
    get_factory = (void *)GetProcAddress(module, "DllGetActivationFactory");
    hr = get_factory ? get_factory(name, &factory) : last_error();
    if (SUCCEEDED(hr))
        IActivationFactory_Release(factory);
    /* Not unloaded: its threads may run. The process ends soon. */
    return hr;
}

void component_free(struct component *component)
{
    for (size_t i = 0; i < component->class_count; i++)
        memory_free(component->classes[i]);
    memory_free(component->classes);
    memory_free(component->path);
    *component = (struct component){ 0 };
}
