/* SPDX-License-Identifier: MIT */
/*
 * Automation strings (oleauto.h): the pointer is to the characters, the length in bytes stands in
 * the four bytes before them, a terminator behind. NULL counts as the empty string. Any thread.
 */
#include <windows.h>
#include <oleauto.h>

#include <stdint.h>
#include <string.h>

#include "src/port/memory.h"

struct bstr {
    DWORD padding; /* keeps the characters 8 bytes into the block */
    DWORD size;    /* bytes, without the terminator */
    OLECHAR text[];
};

static struct bstr *bstr_from_text(BSTR text)
{
    return CONTAINING_RECORD(text, struct bstr, text);
}

static BSTR bstr_create(const void *bytes, size_t size)
{
    struct bstr *bstr;

    /* Two bytes of terminator, and one more behind an odd byte. */
    if (size > UINT32_MAX - sizeof(*bstr) - 3 ||
        !(bstr = memory_zalloc(sizeof(*bstr) + size + sizeof(OLECHAR) + size % 2)))
        return NULL;
    bstr->size = size;
    if (bytes)
        memcpy(bstr->text, bytes, size);
    return bstr->text;
}

/* SysAllocString: NULL gives NULL. */
BSTR WINAPI SysAllocString(const OLECHAR *text)
{
    return text ? SysAllocStringLen(text, lstrlenW(text)) : NULL;
}

/* SysAllocStringLen: `length` characters; zeroes if `text` is NULL. */
BSTR WINAPI SysAllocStringLen(const OLECHAR *text, UINT length)
{
    return bstr_create(text, (size_t)length * sizeof(OLECHAR));
}

/* SysAllocStringByteLen: `size` bytes, taken as they are. */
BSTR WINAPI SysAllocStringByteLen(LPCSTR bytes, UINT size)
{
    return bstr_create(bytes, size);
}

/* SysFreeString: NULL is fine. */
void WINAPI SysFreeString(BSTR text)
{
    if (text)
        memory_free(bstr_from_text(text));
}

/* SysReAllocString: FALSE when there is no memory; the old string stays then. */
INT WINAPI SysReAllocString(LPBSTR text, const OLECHAR *source)
{
    BSTR copy = NULL;

    if (!text || (source && !(copy = SysAllocString(source))))
        return FALSE;
    SysFreeString(*text);
    *text = copy;
    return TRUE;
}

/* SysReAllocStringLen: as SysReAllocString. `source` may be inside the old string. */
int WINAPI SysReAllocStringLen(BSTR *text, const OLECHAR *source, UINT length)
{
    BSTR copy;

    if (!text || !(copy = SysAllocStringLen(source, length)))
        return FALSE;
    SysFreeString(*text);
    *text = copy;
    return TRUE;
}

/* SysStringByteLen */
UINT WINAPI SysStringByteLen(BSTR text)
{
    return text ? bstr_from_text(text)->size : 0;
}

/* SysStringLen */
UINT WINAPI SysStringLen(BSTR text)
{
    return SysStringByteLen(text) / sizeof(OLECHAR);
}
