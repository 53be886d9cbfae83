/* SPDX-License-Identifier: MIT */
/* Between HSTRING and the UTF-8 of the layers below. */
#ifndef WINRT_BASE_HSTRING_TEXT_H
#define WINRT_BASE_HSTRING_TEXT_H

#include <stdbool.h>

#include <windows.h>
#include <winstring.h>

/* New UTF-8 string that the caller frees with memory_free; "" for NULL. E_INVALIDARG for an
   embedded NUL or an unpaired surrogate, E_OUTOFMEMORY. */
HRESULT hstring_to_utf8(HSTRING string, char **ret);

/* `text` NULL or empty gives NULL. E_INVALIDARG for what is not UTF-8, E_OUTOFMEMORY. */
HRESULT hstring_from_utf8(const char *text, HSTRING *ret);

/* From a terminated UTF-16 string. */
HRESULT hstring_from_utf16(const WCHAR *text, HSTRING *ret);

bool hstring_equals(HSTRING one, HSTRING other);

#endif
