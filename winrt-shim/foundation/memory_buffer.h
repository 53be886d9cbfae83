/* SPDX-License-Identifier: MIT */
/*
 * MemoryBuffer (Windows.Foundation) and its references. Memory stays as long as the buffer or one
 * of its references that got to it lives. Close of the buffer raises Closed of each open reference
 * and then closes it; a closed reference, and one made of a closed buffer, has no bytes and
 * Capacity 0 (pages MemoryBuffer.CreateReference, IMemoryBufferReference.Closed).
 */
#ifndef WINRT_FOUNDATION_MEMORY_BUFFER_H
#define WINRT_FOUNDATION_MEMORY_BUFFER_H

#include <windows.h>
#include <activation.h>
#include <windows.foundation.h>

/* A zeroed one. E_INVALIDARG above 0x7fffffff, E_OUTOFMEMORY. */
HRESULT memory_buffer_create(UINT32 capacity, IMemoryBuffer **out);

/* Over bytes that live as long as `owner`, of which a reference is taken. */
HRESULT memory_buffer_create_over(IUnknown *owner, BYTE *bytes, UINT32 capacity,
                                  IMemoryBuffer **out);

#endif
