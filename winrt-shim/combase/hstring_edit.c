/* SPDX-License-Identifier: MIT */
/*
 * Strings made of other strings (winstring.h). Where nothing changes, concatenation, trimming and
 * replacing answer the same string with one reference more (a copy, if it was a string reference);
 * a substring is always a new string. `out` NULL gives E_INVALIDARG.
 */
#include <winstring.h>

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "winrt-shim/combase/hstring_layout.h"

/* WindowsSubstring: from `start` to the end. E_BOUNDS beyond the end. */
HRESULT WINAPI WindowsSubstring(HSTRING string, UINT32 start, HSTRING *out)
{
    UINT32 length = hstring_length(string);

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (start > length)
        return E_BOUNDS;
    return WindowsCreateString(hstring_text(string) + start, length - start, out);
}

/* WindowsSubstringWithSpecifiedLength: E_BOUNDS if not all of it is inside the string. */
HRESULT WINAPI WindowsSubstringWithSpecifiedLength(HSTRING string, UINT32 start, UINT32 length,
                                                   HSTRING *out)
{
    UINT32 whole = hstring_length(string);

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (start > whole || length > whole - start)
        return E_BOUNDS;
    return WindowsCreateString(hstring_text(string) + start, length, out);
}

/* WindowsConcatString */
HRESULT WINAPI WindowsConcatString(HSTRING one, HSTRING other, HSTRING *out)
{
    UINT32 one_length = hstring_length(one), other_length = hstring_length(other);
    struct hstring_shared *shared;
    HRESULT hr;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!one_length)
        return WindowsDuplicateString(other, out);
    if (!other_length)
        return WindowsDuplicateString(one, out);
    if (other_length > UINT32_MAX - one_length)
        return MEM_E_INVALID_SIZE;
    if (FAILED(hr = hstring_alloc(one_length + other_length, &shared)))
        return hr;
    memcpy(shared->text, hstring_text(one), one_length * sizeof(WCHAR));
    memcpy(shared->text + one_length, hstring_text(other), other_length * sizeof(WCHAR));
    *out = hstring_handle(shared);
    return S_OK;
}

static bool contains(HSTRING set, WCHAR character)
{
    const WCHAR *text = hstring_text(set);
    UINT32 length = hstring_length(set), i;

    for (i = 0; i < length; i++)
        if (text[i] == character)
            return true;
    return false;
}

static HRESULT slice(HSTRING string, UINT32 start, UINT32 end, HSTRING *out)
{
    if (end - start == hstring_length(string))
        return WindowsDuplicateString(string, out);
    return WindowsCreateString(hstring_text(string) + start, end - start, out);
}

/* WindowsTrimStringStart: without the leading characters that are in `set`. E_INVALIDARG if `set`
 * is empty. */
HRESULT WINAPI WindowsTrimStringStart(HSTRING string, HSTRING set, HSTRING *out)
{
    const WCHAR *text = hstring_text(string);
    UINT32 length = hstring_length(string), start = 0;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!set)
        return E_INVALIDARG;
    while (start < length && contains(set, text[start]))
        start++;
    return slice(string, start, length, out);
}

/* WindowsTrimStringEnd: as WindowsTrimStringStart, at the other end. */
HRESULT WINAPI WindowsTrimStringEnd(HSTRING string, HSTRING set, HSTRING *out)
{
    const WCHAR *text = hstring_text(string);
    UINT32 end = hstring_length(string);

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!set)
        return E_INVALIDARG;
    while (end && contains(set, text[end - 1]))
        end--;
    return slice(string, 0, end, out);
}

/* Where `part` is next in `text` from `from` on; `length` if nowhere. */
static UINT32 find(const WCHAR *text, UINT32 length, UINT32 from, HSTRING part)
{
    UINT32 part_length = hstring_length(part);

    for (; length - from >= part_length; from++)
        if (!memcmp(text + from, hstring_text(part), part_length * sizeof(WCHAR)))
            return from;
    return length;
}

static void append(WCHAR **end, const WCHAR *text, UINT32 length)
{
    memcpy(*end, text, length * sizeof(WCHAR));
    *end += length;
}

/*
 * WindowsReplaceString: every occurrence of `part`, from the left, by `replacement`, which may be
 * empty. E_INVALIDARG if `part` is empty.
 */
HRESULT WINAPI WindowsReplaceString(HSTRING string, HSTRING part, HSTRING replacement, HSTRING *out)
{
    const WCHAR *text = hstring_text(string);
    UINT32 length = hstring_length(string), part_length = hstring_length(part);
    UINT32 replacement_length = hstring_length(replacement), at, next;
    struct hstring_shared *shared;
    UINT64 count = 0, result_length;
    WCHAR *end;
    HRESULT hr;

    if (!out)
        return E_INVALIDARG;
    *out = NULL;
    if (!part)
        return E_INVALIDARG;

    for (at = find(text, length, 0, part); at < length; at = find(text, length, at, part)) {
        count++;
        at += part_length;
    }
    if (!count)
        return WindowsDuplicateString(string, out);

    result_length = length - count * part_length + count * replacement_length;
    if (result_length > UINT32_MAX)
        return MEM_E_INVALID_SIZE;
    if (!result_length)
        return S_OK;
    if (FAILED(hr = hstring_alloc(result_length, &shared)))
        return hr;
    end = shared->text;
    for (at = 0; (next = find(text, length, at, part)) < length; at = next + part_length) {
        append(&end, text + at, next - at);
        append(&end, hstring_text(replacement), replacement_length);
    }
    append(&end, text + at, length - at);
    *out = hstring_handle(shared);
    return S_OK;
}
