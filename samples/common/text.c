/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <stdlib.h>
#include <string.h>

HRESULT string_from_text(const char *text, HSTRING *string)
{
    return string_from_part(text, strlen(text), string);
}

/* A string is made in place, in a buffer that WindowsPromoteStringBuffer turns into it. */
HRESULT string_from_part(const char *text, size_t length, HSTRING *string)
{
    HSTRING_BUFFER buffer;
    WCHAR *units;
    int count;
    HRESULT hr;

    *string = NULL;
    if (length == 0)
        return S_OK; /* NULL is the empty string */
    if (length > 0x10000)
        return E_INVALIDARG;
    count = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, (int)length, NULL, 0);
    if (count == 0)
        return E_INVALIDARG;
    hr = WindowsPreallocateStringBuffer((UINT32)count, &units, &buffer);
    if (FAILED(hr))
        return hr;
    MultiByteToWideChar(CP_UTF8, 0, text, (int)length, units, count);
    hr = WindowsPromoteStringBuffer(buffer, string);
    if (FAILED(hr))
        WindowsDeleteStringBuffer(buffer);
    return hr;
}

char *text_from_string(HSTRING string)
{
    UINT32 length;
    const WCHAR *units = WindowsGetStringRawBuffer(string, &length);
    int size = WideCharToMultiByte(CP_UTF8, 0, units, (int)length + 1, NULL, 0, NULL, NULL);
    char *text = malloc((size_t)size + 1);

    if (!text)
        return NULL;
    text[0] = '\0';
    WideCharToMultiByte(CP_UTF8, 0, units, (int)length + 1, text, size, NULL, NULL);
    text[size] = '\0';
    return text;
}
