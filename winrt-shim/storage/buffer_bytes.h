/* SPDX-License-Identifier: MIT */
/* The bytes of any IBuffer, ours or a client's. Depends on nothing but the interface. */
#ifndef WINRT_STORAGE_BUFFER_BYTES_H
#define WINRT_STORAGE_BUFFER_BYTES_H

#include <windows.h>
#include <windows.storage.streams.h>

/*
 * *bytes is the address of the buffer's bytes, valid as long as the caller holds a reference to
 * `buffer` (IBufferByteAccess::Buffer, robuffer.h). It may be NULL for a buffer of capacity 0.
 * E_POINTER for a NULL argument; what QueryInterface answers for a buffer without
 * IBufferByteAccess.
 */
HRESULT buffer_bytes(IBuffer *buffer, BYTE **bytes);

/* The same with its Length, for reading. E_INVALIDARG for a buffer with a length and no bytes. */
HRESULT buffer_content(IBuffer *buffer, BYTE **bytes, UINT32 *length);

#endif
