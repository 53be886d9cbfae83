/* SPDX-License-Identifier: MIT */
#include "item_paths.h"

#include <string.h>

#include <winstring.h>

#include "src/port/memory.h"
#include "src/port/paths.h"
#include "src/port/text.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

HRESULT item_path_normalize(const char *text, char **ret)
{
    return hresult_from_status(path_from_native(text, ret));
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
    return !path[path_root_length(path)];
}

char *item_path_join(const char *folder, const char *name)
{
    return memory_join(folder, item_path_is_root(folder) ? "" : "/", name);
}

char *item_path_parent(const char *path)
{
    size_t length = (size_t)(strrchr(path, '/') - path), root = path_root_length(path);

    return memory_strndup(path, length < root ? root : length);
}

const char *item_path_name(const char *path)
{
    return item_path_is_root(path) ? path : strrchr(path, '/') + 1;
}

HRESULT item_path_to_hstring(const char *text, HSTRING *ret)
{
    char *native = path_to_native(text);
    char16_t *wide;
    size_t length;
    HRESULT hr = E_OUTOFMEMORY;

    *ret = NULL;
    if (!native)
        return E_OUTOFMEMORY;
    if (!text_utf16_from_utf8_lossy(native, strlen(native), &wide, &length)) {
        hr = WindowsCreateString(wide, (UINT32)length, ret);
        memory_free(wide);
    }
    memory_free(native);
    return hr;
}
