/* SPDX-License-Identifier: MIT */
#include "text_lines.h"

#include <stdint.h>
#include <string.h>

#include <winstring.h>

#include "src/port/memory.h"

/* Text that grows; in code units. */
struct text {
    WCHAR *units;
    size_t length;
    size_t capacity;
};

static HRESULT text_append(struct text *text, const WCHAR *units, size_t count)
{
    size_t capacity = text->capacity ? text->capacity : 256;
    WCHAR *grown;

    if (count > UINT32_MAX - text->length)
        return E_OUTOFMEMORY;
    while (capacity < text->length + count)
        capacity *= 2;
    if (capacity != text->capacity) {
        if (!(grown = memory_resize(text->units, capacity * sizeof(*grown))))
            return E_OUTOFMEMORY;
        text->units = grown;
        text->capacity = capacity;
    }
    memcpy(text->units + text->length, units, count * sizeof(*units));
    text->length += count;
    return S_OK;
}

static HRESULT append_line(struct text *text, HSTRING line)
{
    static const WCHAR end[] = { u'\r', u'\n' };
    UINT32 count;
    const WCHAR *units = WindowsGetStringRawBuffer(line, &count);
    HRESULT hr = text_append(text, units, count);

    return FAILED(hr) ? hr : text_append(text, end, 2);
}

/* Some makers of iterators write four bytes where one is asked for. */
union flag {
    boolean value;
    UINT32 room;
};

HRESULT text_lines_join(IIterable_HSTRING *lines, HSTRING *out)
{
    union flag more = { .room = 0 };
    IIterator_HSTRING *iterator;
    struct text text = { 0 };
    HSTRING line;
    HRESULT hr;

    *out = NULL;
    if (FAILED(hr = IIterable_HSTRING_First(lines, &iterator)))
        return hr;
    hr = IIterator_HSTRING_get_HasCurrent(iterator, &more.value);
    while (SUCCEEDED(hr) && more.value) {
        if (FAILED(hr = IIterator_HSTRING_get_Current(iterator, &line)))
            break;
        hr = append_line(&text, line);
        WindowsDeleteString(line);
        more.room = 0;
        if (SUCCEEDED(hr))
            hr = IIterator_HSTRING_MoveNext(iterator, &more.value);
    }
    IIterator_HSTRING_Release(iterator);
    if (SUCCEEDED(hr))
        hr = WindowsCreateString(text.units, (UINT32)text.length, out);
    memory_free(text.units);
    return hr;
}
