/* SPDX-License-Identifier: MIT */
/*
 * Immutable strings: making, sharing, reading and dropping them (winstring.h). Any thread. Which
 * pointer may be NULL is as documented, or as the original's tests show where that differs.
 */
#include <winstring.h>

#include <stdint.h>
#include <string.h>

#include "winrt-shim/combase/hstring_layout.h"

static const WCHAR empty_text[] = u"";

const WCHAR *hstring_text(HSTRING string)
{
    return string ? hstring_header(string)->text : empty_text;
}

HRESULT hstring_alloc(UINT32 length, struct hstring_shared **ret)
{
    UINT64 size = offsetof(struct hstring_shared, text) + ((UINT64)length + 1) * sizeof(WCHAR);
    struct hstring_shared *shared;

    *ret = NULL;
    if (size > UINT32_MAX)
        return MEM_E_INVALID_SIZE;
    if (!(shared = HeapAlloc(GetProcessHeap(), 0, size)))
        return E_OUTOFMEMORY;
    shared->header = (struct hstring_header){ .length = length, .text = shared->text };
    shared->ref = 1;
    shared->text[length] = 0;
    *ret = shared;
    return S_OK;
}

void hstring_free(struct hstring_shared *shared)
{
    HeapFree(GetProcessHeap(), 0, shared);
}

/*
 * WindowsCreateString: copies `length` characters, embedded NULs among them; they need no
 * terminator. Length 0 gives NULL. E_INVALIDARG for `out` NULL, E_POINTER for `source` NULL with a
 * length.
 */
HRESULT WINAPI WindowsCreateString(LPCWSTR source, UINT32 length, HSTRING *out)
{
    struct hstring_shared *shared;
    HRESULT hr;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!length)
        return S_OK;
    if (!source)
        return E_POINTER;
    if (FAILED(hr = hstring_alloc(length, &shared)))
        return hr;
    memcpy(shared->text, source, length * sizeof(WCHAR));
    *out = hstring_handle(shared);
    return S_OK;
}

/*
 * WindowsCreateStringReference: a string in the caller's `header` over the caller's characters,
 * both of which must outlive it. Needs source[length] == 0, also for length 0, else
 * E_STRING_NOT_NULL_TERMINATED (what the original answers, although E_INVALIDARG is documented).
 */
HRESULT WINAPI WindowsCreateStringReference(LPCWSTR source, UINT32 length, HSTRING_HEADER *header,
                                            HSTRING *out)
{
    struct hstring_header *reference = (struct hstring_header *)header;

    if (!out || !header)
        return E_INVALIDARG;
    *out = NULL;
    if (!source)
        return length ? E_POINTER : S_OK;
    if (source[length])
        return E_STRING_NOT_NULL_TERMINATED;
    if (!length)
        return S_OK;
    *reference = (struct hstring_header){
        .flags = HSTRING_FLAG_REFERENCE,
        .length = length,
        .text = source,
    };
    *out = (HSTRING)header;
    return S_OK;
}

/* WindowsDuplicateString: one reference more; a string reference is copied. `out` NULL:
 * E_INVALIDARG. */
HRESULT WINAPI WindowsDuplicateString(HSTRING string, HSTRING *out)
{
    struct hstring_shared *shared;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!string)
        return S_OK;
    if (!(shared = hstring_shared(string)))
        return WindowsCreateString(hstring_text(string), hstring_length(string), out);
    __atomic_add_fetch(&shared->ref, 1, __ATOMIC_RELAXED);
    *out = string;
    return S_OK;
}

/* WindowsDeleteString: one reference less. Nothing happens for NULL and for a string reference. */
HRESULT WINAPI WindowsDeleteString(HSTRING string)
{
    struct hstring_shared *shared = hstring_shared(string);

    if (shared && !__atomic_sub_fetch(&shared->ref, 1, __ATOMIC_ACQ_REL))
        hstring_free(shared);
    return S_OK;
}

/* WindowsGetStringLen: in code units; NULL has none. */
UINT32 WINAPI WindowsGetStringLen(HSTRING string)
{
    return hstring_length(string);
}

/* WindowsGetStringRawBuffer: terminated, never NULL, the string's own. `length` may be NULL. */
LPCWSTR WINAPI WindowsGetStringRawBuffer(HSTRING string, UINT32 *length)
{
    if (length)
        *length = hstring_length(string);
    return hstring_text(string);
}

/* WindowsIsStringEmpty: only NULL is. */
BOOL WINAPI WindowsIsStringEmpty(HSTRING string)
{
    return !hstring_length(string);
}

/* WindowsStringHasEmbeddedNull: `out` NULL gives E_INVALIDARG. */
HRESULT WINAPI WindowsStringHasEmbeddedNull(HSTRING string, BOOL *out)
{
    const WCHAR *text = hstring_text(string);
    UINT32 length = hstring_length(string), i;

    if (!out)
        return E_INVALIDARG;
    for (i = 0; i < length && text[i];)
        i++;
    *out = i < length;
    return S_OK;
}

/* WindowsCompareStringOrdinal: -1, 0 or 1, by code units. `order` NULL gives E_INVALIDARG. */
HRESULT WINAPI WindowsCompareStringOrdinal(HSTRING one, HSTRING other, INT32 *order)
{
    const WCHAR *one_text = hstring_text(one), *other_text = hstring_text(other);
    UINT32 one_length = hstring_length(one), other_length = hstring_length(other);
    UINT32 common = one_length < other_length ? one_length : other_length, i;

    if (!order)
        return E_INVALIDARG;
    for (i = 0; i < common && one_text[i] == other_text[i];)
        i++;
    if (i < common)
        *order = one_text[i] < other_text[i] ? -1 : 1;
    else
        *order = (one_length > other_length) - (one_length < other_length);
    return S_OK;
}
