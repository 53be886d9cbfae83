/* SPDX-License-Identifier: MIT */
#include "hstring_text.h"

#include <string.h>

#include "error.h"
#include "src/port/memory.h"
#include "src/port/text.h"

HRESULT hstring_to_utf8(HSTRING string, char **ret)
{
    UINT32 length;
    const WCHAR *text = WindowsGetStringRawBuffer(string, &length);
    BOOL embedded = FALSE;
    HRESULT hr;

    *ret = NULL;
    hr = WindowsStringHasEmbeddedNull(string, &embedded);
    if (FAILED(hr))
        return hr;
    if (embedded)
        return E_INVALIDARG;
    return hresult_from_status(text_utf8_from_utf16(text, length, ret, NULL));
}

HRESULT hstring_from_utf8(const char *text, HSTRING *ret)
{
    char16_t *wide = NULL;
    size_t length = 0;
    HRESULT hr;

    *ret = NULL;
    if (!text)
        return S_OK;
    hr = hresult_from_status(text_utf16_from_utf8(text, strlen(text), &wide, &length));
    if (FAILED(hr))
        return hr;
    hr = length > UINT32_MAX ? E_INVALIDARG : WindowsCreateString(wide, (UINT32)length, ret);
    memory_free(wide);
    return hr;
}

HRESULT hstring_from_utf16(const WCHAR *text, HSTRING *ret)
{
    UINT32 length = 0;

    while (text[length])
        length++;
    return WindowsCreateString(text, length, ret);
}

bool hstring_equals(HSTRING one, HSTRING other)
{
    INT32 order = 1;

    return SUCCEEDED(WindowsCompareStringOrdinal(one, other, &order)) && !order;
}
