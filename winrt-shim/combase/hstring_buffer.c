/* SPDX-License-Identifier: MIT */
/*
 * String buffers (winstring.h): a block that the caller fills and then promotes to a string,
 * without a copy. Not to be used from two threads at once.
 */
#include <winstring.h>

#include "winrt-shim/combase/hstring_layout.h"

/* NULL if `buffer` does not come from WindowsPreallocateStringBuffer or is promoted already. */
static struct hstring_shared *shared_from_buffer(HSTRING_BUFFER buffer)
{
    struct hstring_shared *shared = hstring_shared((HSTRING)buffer);

    return shared && shared->header.flags & HSTRING_FLAG_BUFFER ? shared : NULL;
}

/*
 * WindowsPreallocateStringBuffer: `*text` has room for `length` characters and a terminator, which
 * is there. Length 0 gives no buffer, but still a place to write the terminator to.
 * E_POINTER, MEM_E_INVALID_SIZE, E_OUTOFMEMORY.
 */
HRESULT WINAPI WindowsPreallocateStringBuffer(UINT32 length, WCHAR **text, HSTRING_BUFFER *out)
{
    static WCHAR no_text[1];
    struct hstring_shared *shared;
    HRESULT hr;

    if (!text || !out)
        return E_POINTER;
    *text = NULL;
    *out = NULL;
    if (!length) {
        *text = no_text;
        return S_OK;
    }
    if (FAILED(hr = hstring_alloc(length, &shared)))
        return hr;
    shared->header.flags = HSTRING_FLAG_BUFFER;
    *text = shared->text;
    *out = (HSTRING_BUFFER)&shared->header;
    return S_OK;
}

/*
 * WindowsPromoteStringBuffer: the buffer becomes the string. E_POINTER for `out` NULL. E_INVALIDARG
 * if the terminator was overwritten, or the buffer is none; the caller still has it then, to delete
 * it.
 */
HRESULT WINAPI WindowsPromoteStringBuffer(HSTRING_BUFFER buffer, HSTRING *out)
{
    struct hstring_shared *shared;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!buffer)
        return S_OK;
    if (!(shared = shared_from_buffer(buffer)) || shared->text[shared->header.length])
        return E_INVALIDARG;
    shared->header.flags = 0;
    *out = hstring_handle(shared);
    return S_OK;
}

/*
 * WindowsDeleteStringBuffer: for a buffer that was not promoted. NULL is S_OK, as the original does
 * although E_POINTER is documented.
 */
HRESULT WINAPI WindowsDeleteStringBuffer(HSTRING_BUFFER buffer)
{
    struct hstring_shared *shared;

    if (!buffer)
        return S_OK;
    if (!(shared = shared_from_buffer(buffer)))
        return E_INVALIDARG;
    hstring_free(shared);
    return S_OK;
}
