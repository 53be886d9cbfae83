/* SPDX-License-Identifier: MIT */
#include "item_paths.h"

#include <string.h>

#include <winstring.h>

#include "src/port/memory.h"
#include "src/port/text.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

HRESULT item_path_normalize(const char *text, char **ret)
{
    char *path, *end;

    *ret = NULL;
    if (text[0] != '/')
        return E_INVALIDARG;
    path = end = memory_alloc(strlen(text) + 1);
    if (!path)
        return E_OUTOFMEMORY;
    while (*text) {
        size_t length;

        text += strspn(text, "/");
        length = strcspn(text, "/");
        if (length == 2 && text[0] == '.' && text[1] == '.') {
            while (end > path && *--end != '/')
                ;
        } else if (length && !(length == 1 && text[0] == '.')) {
            *end++ = '/';
            memcpy(end, text, length);
            end += length;
        }
        text += length;
    }
    if (end == path)
        *end++ = '/';
    *end = 0;
    *ret = path;
    return S_OK;
}

HRESULT item_path_from_hstring(HSTRING text, char **ret)
{
    char *given;
    HRESULT hr;

    *ret = NULL;
    hr = hstring_to_utf8(text, &given);
    if (FAILED(hr))
        return hr;
    hr = item_path_normalize(given, ret);
    if (hr == E_INVALIDARG)
        error_originate(hr, "\"%s\" is not an absolute path", given);
    memory_free(given);
    return hr;
}

bool item_path_is_relative(const char *name)
{
    for (;;) {
        size_t length = strcspn(name, "/");

        if (!length || (length == 1 && name[0] == '.') ||
            (length == 2 && name[0] == '.' && name[1] == '.'))
            return false;
        if (!name[length])
            return true;
        name += length + 1;
    }
}

bool item_path_is_root(const char *path)
{
    return !strcmp(path, "/");
}

char *item_path_join(const char *folder, const char *name)
{
    return memory_format("%s/%s", item_path_is_root(folder) ? "" : folder, name);
}

char *item_path_parent(const char *path)
{
    const char *slash = strrchr(path, '/');

    return memory_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

const char *item_path_name(const char *path)
{
    return item_path_is_root(path) ? path : strrchr(path, '/') + 1;
}

HRESULT item_path_to_hstring(const char *text, HSTRING *ret)
{
    char16_t *wide;
    size_t length;
    HRESULT hr;

    *ret = NULL;
    if (text_utf16_from_utf8_lossy(text, strlen(text), &wide, &length))
        return E_OUTOFMEMORY;
    hr = WindowsCreateString(wide, (UINT32)length, ret);
    memory_free(wide);
    return hr;
}
