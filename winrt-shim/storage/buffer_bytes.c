/* SPDX-License-Identifier: MIT */
#include "buffer_bytes.h"

#include <robuffer.h>

HRESULT buffer_bytes(IBuffer *buffer, BYTE **bytes)
{
    IBufferByteAccess *access;
    HRESULT hr;

    if (!bytes)
        return E_POINTER;
    *bytes = NULL;
    if (!buffer)
        return E_POINTER;

    hr = IBuffer_QueryInterface(buffer, &IID_IBufferByteAccess, (void **)&access);
    if (FAILED(hr))
        return hr;
    hr = IBufferByteAccess_Buffer(access, bytes);
    IBufferByteAccess_Release(access);
    return hr;
}

HRESULT buffer_content(IBuffer *buffer, BYTE **bytes, UINT32 *length)
{
    HRESULT hr;

    if (!length)
        return E_POINTER;
    *length = 0;

    hr = buffer_bytes(buffer, bytes);
    if (FAILED(hr))
        return hr;
    hr = IBuffer_get_Length(buffer, length);
    if (FAILED(hr))
        return hr;
    return *length && !*bytes ? E_INVALIDARG : S_OK;
}
