/* SPDX-License-Identifier: MIT */
/*
 * What the stream objects have in common: a source, a position, and asynchronous operations in the
 * order they were called. An operation holds the core and the source itself: it ends well though
 * the stream is closed or released. The position moves by what was read or written when an
 * operation has ended well, unless Seek moved it meanwhile. Progress is reported once, with the
 * whole count, when the bytes have moved: a handler may then wait for another operation on the same
 * stream.
 */
#ifndef WINRT_STORAGE_STREAM_CORE_H
#define WINRT_STORAGE_STREAM_CORE_H

#include <stdbool.h>

#include <windows.h>
#include <windows.storage.streams.h>

#include "stream_source.h"
#include "turns.h"

struct stream_core {
    LONG ref;
    bool can_read;
    bool can_write;
    struct turns turns;
    struct mutex mutex;           /* over the two below; a leaf lock */
    struct stream_source *source; /* NULL once closed */
    UINT64 position;
};

/* Takes a reference of `source`. NULL when there is no memory. */
struct stream_core *stream_core_create(struct stream_source *source, bool can_read, bool can_write,
                                       UINT64 position);
struct stream_core *stream_core_addref(struct stream_core *core);
void stream_core_release(struct stream_core *core);

/* The source with a reference; RO_E_CLOSED. */
HRESULT stream_core_source(struct stream_core *core, struct stream_source **out);

/* S_OK, always. What was called before still ends. */
HRESULT stream_core_close(struct stream_core *core);

/* IInputStream.ReadAsync, IOutputStream.WriteAsync and FlushAsync. Synchronous errors: E_POINTER,
   E_INVALIDARG (options), RO_E_CLOSED, E_ACCESSDENIED (a stream that is not for writing). */
HRESULT stream_core_read_async(struct stream_core *core, IBuffer *buffer, UINT32 count,
                               InputStreamOptions options,
                               IAsyncOperationWithProgress_IBuffer_UINT32 **operation);
HRESULT stream_core_write_async(struct stream_core *core, IBuffer *buffer,
                                IAsyncOperationWithProgress_UINT32_UINT32 **operation);
HRESULT stream_core_flush_async(struct stream_core *core, IAsyncOperation_boolean **operation);

#endif
