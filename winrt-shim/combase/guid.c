/* SPDX-License-Identifier: MIT */
/* Identifiers and their text form {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx} (combaseapi.h). */
#include <windows.h>
#include <objbase.h>

#include <stdbool.h>
#include <string.h>

#include "src/port/system.h"
#include "winrt-shim/base/error.h"

#define TEXT_LENGTH 38

/* Which byte of the GUID each pair of digits is, and where in the text it stands. */
static const struct {
    BYTE position, byte;
} pairs[] = {
    { 1, 3 },  { 3, 2 },  { 5, 1 },   { 7, 0 },   { 10, 5 },  { 12, 4 },  { 15, 7 },  { 17, 6 },
    { 20, 8 }, { 22, 9 }, { 25, 10 }, { 27, 11 }, { 29, 12 }, { 31, 13 }, { 33, 14 }, { 35, 15 },
};

static const char pattern[TEXT_LENGTH + 1] = "{        -    -    -    -            }";

/* The number at `byte` of the fields as the text orders them: Data1 to Data3
 * are big-endian there. */
static BYTE get_byte(const GUID *guid, BYTE byte)
{
    if (byte < 4)
        return guid->Data1 >> (8 * byte);
    if (byte < 6)
        return guid->Data2 >> (8 * (byte - 4));
    if (byte < 8)
        return guid->Data3 >> (8 * (byte - 6));
    return guid->Data4[byte - 8];
}

static void add_byte(GUID *guid, BYTE byte, BYTE value)
{
    if (byte < 4)
        guid->Data1 |= (DWORD)value << (8 * byte);
    else if (byte < 6)
        guid->Data2 |= value << (8 * (byte - 4));
    else if (byte < 8)
        guid->Data3 |= value << (8 * (byte - 6));
    else
        guid->Data4[byte - 8] = value;
}

/* CoCreateGuid: random (version 4). E_POINTER for NULL. */
HRESULT WINAPI CoCreateGuid(GUID *guid)
{
    enum port_status status;

    if (!guid)
        return E_POINTER;
    memset(guid, 0, sizeof(*guid));
    if ((status = system_random(guid, sizeof(*guid))))
        return hresult_from_status(status);
    guid->Data3 = (guid->Data3 & 0x0fff) | 0x4000;
    guid->Data4[0] = (guid->Data4[0] & 0x3f) | 0x80;
    return S_OK;
}

/* StringFromGUID2: how many characters were written, terminator included: 39, or 0 if `count` is
 * less. */
INT WINAPI StringFromGUID2(REFGUID guid, LPOLESTR text, INT count)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t i;

    if (count <= TEXT_LENGTH)
        return 0;
    for (i = 0; i <= TEXT_LENGTH; i++)
        text[i] = (unsigned char)pattern[i];
    for (i = 0; i < ARRAYSIZE(pairs); i++) {
        BYTE value = get_byte(guid, pairs[i].byte);

        text[pairs[i].position] = digits[value >> 4];
        text[pairs[i].position + 1] = digits[value & 15];
    }
    return TEXT_LENGTH + 1;
}

static int digit_value(WCHAR character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    return -1;
}

static bool parse(LPCOLESTR text, GUID *ret)
{
    GUID guid = { 0 };
    size_t i;

    for (i = 0; i < TEXT_LENGTH; i++)
        if (!text[i] || (pattern[i] != ' ' && text[i] != (unsigned char)pattern[i]))
            return false;
    if (text[TEXT_LENGTH])
        return false;
    for (i = 0; i < ARRAYSIZE(pairs); i++) {
        int high = digit_value(text[pairs[i].position]);
        int low = digit_value(text[pairs[i].position + 1]);

        if (high < 0 || low < 0)
            return false;
        add_byte(&guid, pairs[i].byte, high << 4 | low);
    }
    *ret = guid;
    return true;
}

/* CLSIDFromString: CO_E_CLASSSTRING for what is no GUID (there are no ProgIDs here); NULL text is
 * the null GUID. */
HRESULT WINAPI CLSIDFromString(LPCOLESTR text, LPCLSID clsid)
{
    if (!clsid)
        return E_INVALIDARG;
    memset(clsid, 0, sizeof(*clsid));
    if (!text)
        return S_OK;
    return parse(text, clsid) ? S_OK : CO_E_CLASSSTRING;
}

/* IIDFromString: E_INVALIDARG for what is no GUID; NULL text is the null GUID. */
HRESULT WINAPI IIDFromString(LPCOLESTR text, LPIID iid)
{
    if (!iid)
        return E_INVALIDARG;
    memset(iid, 0, sizeof(*iid));
    if (!text)
        return S_OK;
    return parse(text, iid) ? S_OK : E_INVALIDARG;
}

/* StringFromCLSID: the caller frees it with CoTaskMemFree. */
HRESULT WINAPI StringFromCLSID(REFCLSID clsid, LPOLESTR *text)
{
    if (!text)
        return E_INVALIDARG;
    if (!(*text = CoTaskMemAlloc((TEXT_LENGTH + 1) * sizeof(OLECHAR))))
        return E_OUTOFMEMORY;
    StringFromGUID2(clsid, *text, TEXT_LENGTH + 1);
    return S_OK;
}

/* StringFromIID: as StringFromCLSID. */
HRESULT WINAPI StringFromIID(REFIID iid, LPOLESTR *text)
{
    return StringFromCLSID(iid, text);
}
