/* SPDX-License-Identifier: MIT */
#include "text_codec.h"

#include <string.h>

#include <winstring.h>

#include "buffer.h"
#include "src/port/memory.h"
#include "src/port/text.h"
#include "winrt-shim/base/error.h"

static const struct {
    UINT32 length;
    BYTE bytes[TEXT_MARK_MAX];
} marks[] = {
    [UnicodeEncoding_Utf8] = { 3, { 0xef, 0xbb, 0xbf } },
    [UnicodeEncoding_Utf16LE] = { 2, { 0xff, 0xfe } },
    [UnicodeEncoding_Utf16BE] = { 2, { 0xfe, 0xff } },
};

#define ENCODING_COUNT (sizeof(marks) / sizeof(marks[0]))

bool text_encoding_is_valid(UnicodeEncoding encoding)
{
    return (unsigned)encoding < ENCODING_COUNT;
}

UINT32 text_mark(UnicodeEncoding encoding, const BYTE **mark)
{
    *mark = marks[encoding].bytes;
    return marks[encoding].length;
}

UINT32 text_detect_mark(const BYTE *bytes, UINT32 length, UnicodeEncoding *encoding)
{
    unsigned i;

    for (i = 0; i < ENCODING_COUNT; i++) {
        if (length >= marks[i].length && !memcmp(bytes, marks[i].bytes, marks[i].length)) {
            *encoding = (UnicodeEncoding)i;
            return marks[i].length;
        }
    }
    return 0;
}

static HRESULT translation_error(enum port_status status)
{
    if (status == PORT_INVALID)
        return HRESULT_FROM_WIN32(ERROR_NO_UNICODE_TRANSLATION);
    return hresult_from_status(status);
}

static HRESULT encode_utf8(const WCHAR *text, UINT32 count, BYTE **bytes, UINT32 *length)
{
    char *utf8;
    size_t size;
    HRESULT hr;

    hr = translation_error(text_utf8_from_utf16(text, count, &utf8, &size));
    if (FAILED(hr))
        return hr;
    if (size > BUFFER_MAX_CAPACITY) {
        memory_free(utf8);
        return E_INVALIDARG;
    }
    *bytes = (BYTE *)utf8;
    *length = (UINT32)size;
    return S_OK;
}

/* The order is that of the bytes, whatever that of the machine. */
static HRESULT encode_utf16(const WCHAR *text, UINT32 count, bool big, BYTE **bytes, UINT32 *length)
{
    BYTE *to;
    UINT32 i;

    if (count > BUFFER_MAX_CAPACITY / 2)
        return E_INVALIDARG;
    if (!(to = memory_alloc((size_t)count * 2)))
        return E_OUTOFMEMORY;
    for (i = 0; i < count; i++) {
        to[2 * i + (big ? 1 : 0)] = (BYTE)(text[i] & 0xff);
        to[2 * i + (big ? 0 : 1)] = (BYTE)(text[i] >> 8);
    }
    *bytes = to;
    *length = count * 2;
    return S_OK;
}

HRESULT text_encode(HSTRING text, UnicodeEncoding encoding, BYTE **bytes, UINT32 *length)
{
    const WCHAR *units;
    UINT32 count;

    *bytes = NULL;
    *length = 0;
    if (!text_encoding_is_valid(encoding))
        return E_INVALIDARG;
    units = WindowsGetStringRawBuffer(text, &count);
    if (encoding == UnicodeEncoding_Utf8)
        return encode_utf8(units, count, bytes, length);
    return encode_utf16(units, count, encoding == UnicodeEncoding_Utf16BE, bytes, length);
}

static HRESULT decode_utf8(const BYTE *bytes, UINT32 length, HSTRING *text)
{
    char16_t *units;
    size_t count;
    HRESULT hr;

    hr = translation_error(text_utf16_from_utf8((const char *)bytes, length, &units, &count));
    if (FAILED(hr))
        return hr;
    hr = WindowsCreateString(units, (UINT32)count, text);
    memory_free(units);
    return hr;
}

static HRESULT decode_utf16(const BYTE *bytes, UINT32 length, bool big, HSTRING *text)
{
    HSTRING_BUFFER buffer;
    WCHAR *units;
    UINT32 i;
    HRESULT hr;

    if (length % 2)
        return E_INVALIDARG;
    hr = WindowsPreallocateStringBuffer(length / 2, &units, &buffer);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < length / 2; i++)
        units[i] = (WCHAR)(bytes[2 * i + (big ? 1 : 0)] | bytes[2 * i + (big ? 0 : 1)] << 8);
    hr = WindowsPromoteStringBuffer(buffer, text);
    if (FAILED(hr))
        WindowsDeleteStringBuffer(buffer);
    return hr;
}

HRESULT text_decode(const BYTE *bytes, UINT32 length, UnicodeEncoding encoding, HSTRING *text)
{
    *text = NULL;
    if (!text_encoding_is_valid(encoding))
        return E_INVALIDARG;
    if (!length)
        return S_OK;
    if (encoding == UnicodeEncoding_Utf8)
        return decode_utf8(bytes, length, text);
    return decode_utf16(bytes, length, encoding == UnicodeEncoding_Utf16BE, text);
}
