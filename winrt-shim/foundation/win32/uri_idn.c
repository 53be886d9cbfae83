/* SPDX-License-Identifier: MIT */
/* Internationalized host names, by the system. What it refuses stays as it is. */
#include "winrt-shim/foundation/uri_parts.h"

#include <string.h>

#include "src/port/memory.h"
#include "src/port/text.h"

typedef int(WINAPI *idn_function)(DWORD flags, LPCWSTR text, int length, LPWSTR ret, int size);

/* NULL for what the system refuses. */
static HRESULT convert_wide(idn_function function, const char16_t *text, size_t length, char **ret)
{
    enum port_status status;
    char16_t *buffer;
    int size;

    *ret = NULL;
    if (length > INT_MAX)
        return S_OK;
    size = function(0, text, (int)length, NULL, 0);
    if (size <= 0)
        return S_OK;
    buffer = memory_alloc((size_t)size * sizeof(*buffer));
    if (!buffer)
        return E_OUTOFMEMORY;
    size = function(0, text, (int)length, buffer, size);
    status = size > 0 ? text_utf8_from_utf16(buffer, (size_t)size, ret, NULL) : PORT_OK;
    memory_free(buffer);
    return status == PORT_NO_MEMORY ? E_OUTOFMEMORY : S_OK;
}

static HRESULT convert(idn_function function, const char *host, char **ret)
{
    enum port_status status;
    char16_t *text;
    HRESULT hr = S_OK;
    size_t length;

    *ret = NULL;
    status = text_utf16_from_utf8(host, strlen(host), &text, &length);
    if (status == PORT_NO_MEMORY)
        return E_OUTOFMEMORY;
    if (!status && length)
        hr = convert_wide(function, text, length, ret);
    memory_free(text);
    if (SUCCEEDED(hr) && !*ret && !(*ret = memory_strdup(host)))
        hr = E_OUTOFMEMORY;
    return hr;
}

HRESULT uri_host_to_ascii(const char *host, char **ret)
{
    return convert(IdnToAscii, host, ret);
}

/* The system also makes something of labels that no name becomes; what does not go back stays. */
HRESULT uri_host_to_unicode(const char *host, char **ret)
{
    char *unicode, *again = NULL;
    HRESULT hr;

    *ret = NULL;
    hr = convert(IdnToUnicode, host, &unicode);
    if (SUCCEEDED(hr))
        hr = convert(IdnToAscii, unicode, &again);
    if (SUCCEEDED(hr) && strcmp(again, host)) {
        memory_free(unicode);
        unicode = memory_strdup(host);
        if (!unicode)
            hr = E_OUTOFMEMORY;
    }
    memory_free(again);
    if (FAILED(hr))
        memory_free(unicode);
    else
        *ret = unicode;
    return hr;
}
