/* SPDX-License-Identifier: MIT */
/*
 * Buffer (Windows.Storage.Streams): IBuffer and IBufferByteAccess over one block of memory. Its
 * bytes stay where they are as long as the buffer lives. Like any memory it has no lock: who writes
 * to the bytes while others read them sees to the order.
 */
#ifndef WINRT_STORAGE_BUFFER_H
#define WINRT_STORAGE_BUFFER_H

#include <windows.h>
#include <activation.h>
#include <windows.storage.streams.h>

#include "buffer_bytes.h"

/* IBufferFactory.Create declares this range of its argument. */
#define BUFFER_MAX_CAPACITY 0x7fffffffu

/* A zeroed buffer of that many bytes with Length 0. E_INVALIDARG above BUFFER_MAX_CAPACITY,
 * E_OUTOFMEMORY. */
HRESULT buffer_create(UINT32 capacity, IBuffer **out);

/* A buffer of `length` bytes with a copy of them; `bytes` may be NULL if there are none. */
HRESULT buffer_create_copy(const void *bytes, UINT32 length, IBuffer **out);

/* A buffer over a block of memory_alloc, which becomes the buffer's on success. */
HRESULT buffer_adopt(void *block, UINT32 length, UINT32 capacity, IBuffer **out);

/* Factory of RuntimeClass_Windows_Storage_Streams_Buffer: IBufferFactory and IBufferStatics. */
HRESULT buffer_factory_create(IActivationFactory **out);

#endif
