/* SPDX-License-Identifier: MIT */
#include "app_data_uri.h"

#include <string.h>

#include <winstring.h>

#include "application_data_folders.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

static const struct {
    const char *name;
    ApplicationDataLocality locality;
} table[] = {
    { "local", ApplicationDataLocality_Local },
    { "localcache", ApplicationDataLocality_LocalCache },
    { "roaming", ApplicationDataLocality_Roaming },
    { "temp", ApplicationDataLocality_Temporary },
};

static HRESULT get_part(IUriRuntimeClass *uri,
                        HRESULT(STDMETHODCALLTYPE *get)(IUriRuntimeClass *, HSTRING *), char **ret)
{
    HSTRING text = NULL;
    HRESULT hr;

    *ret = NULL;
    hr = get(uri, &text);
    if (SUCCEEDED(hr))
        hr = hstring_to_utf8(text, ret);
    WindowsDeleteString(text);
    return hr;
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

/* In place. False for what no file name has: NUL, or an escaped '/'. */
static bool unescape(char *text)
{
    char *end = text;

    for (; *text; text++) {
        int high = *text == '%' ? hex_digit(text[1]) : -1;
        int low = high < 0 ? -1 : hex_digit(text[2]);

        if (low < 0) {
            *end++ = *text;
            continue;
        }
        *end = (char)(high * 16 + low);
        if (!*end || *end == '/')
            return false;
        end++;
        text += 2;
    }
    *end = 0;
    return true;
}

/* `path` is "/local/…". */
static HRESULT resolve(char *path, char **ret)
{
    size_t length, i;
    char *folder;
    HRESULT hr;

    if (path[0] != '/' || !unescape(path))
        return E_INVALIDARG;
    path++;
    length = strcspn(path, "/");
    if (!path[length] || !item_path_is_relative(path + length + 1))
        return E_INVALIDARG;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (strlen(table[i].name) != length || strncmp(table[i].name, path, length))
            continue;
        hr = application_data_path(table[i].locality, &folder);
        if (FAILED(hr))
            return hr;
        *ret = item_path_join(folder, path + length + 1);
        memory_free(folder);
        return *ret ? S_OK : E_OUTOFMEMORY;
    }
    return E_INVALIDARG;
}

HRESULT app_data_uri_path(IUriRuntimeClass *uri, char **path)
{
    char *scheme = NULL, *host = NULL, *part = NULL;
    HRESULT hr;

    *path = NULL;
    if (!uri)
        return E_POINTER;
    hr = get_part(uri, uri->lpVtbl->get_SchemeName, &scheme);
    if (FAILED(hr))
        goto done;
    hr = get_part(uri, uri->lpVtbl->get_Host, &host);
    if (FAILED(hr))
        goto done;
    hr = get_part(uri, uri->lpVtbl->get_Path, &part);
    if (FAILED(hr))
        goto done;
    hr = strcmp(scheme, "ms-appdata") || host[0] ? E_INVALIDARG : resolve(part, path);
    if (hr == E_INVALIDARG)
        error_originate(hr, "%s:%s names no file of the app's data", scheme, part);

done:
    memory_free(part);
    memory_free(host);
    memory_free(scheme);
    return hr;
}
