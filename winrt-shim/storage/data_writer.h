/* SPDX-License-Identifier: MIT */
/*
 * DataWriter (Windows.Storage.Streams). Values go to a buffer that grows, which StoreAsync writes
 * to the stream and empties, and DetachBuffer hands out. One lock over its state, never held while
 * a stream or a foreign buffer does anything.
 */
#ifndef WINRT_STORAGE_DATA_WRITER_H
#define WINRT_STORAGE_DATA_WRITER_H

#include <windows.h>
#include <activation.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

#include "src/port/threads.h"
#include "winrt-shim/base/object.h"

struct data_writer {
    IDataWriter IDataWriter_iface;
    IClosable IClosable_iface;
    struct object object;
    struct mutex mutex;    /* over all below */
    IOutputStream *stream; /* NULL without one, once detached or closed */
    BYTE *bytes;
    UINT32 length;
    UINT32 capacity;
    UnicodeEncoding encoding;
    ByteOrder order;
    bool storing; /* a StoreAsync has not ended */
    bool closed;
};

/* `stream` may be NULL. */
HRESULT data_writer_create(IOutputStream *stream, IDataWriter **out);

/* Takes the unstored bytes out of the writer, or puts bytes back before those written meanwhile
   (which fails without memory: they are lost then). With the lock. `*bytes` is a block that the
   caller frees. */
void data_writer_take(struct data_writer *writer, BYTE **bytes, UINT32 *length, UINT32 *capacity);
HRESULT data_writer_put_back(struct data_writer *writer, const BYTE *bytes, UINT32 length);

/* Slots of IDataWriter, data_writer_store.c. */
HRESULT WINAPI data_writer_StoreAsync(IDataWriter *iface, IAsyncOperation_UINT32 **operation);
HRESULT WINAPI data_writer_FlushAsync(IDataWriter *iface, IAsyncOperation_boolean **operation);

/* Factory of RuntimeClass_Windows_Storage_Streams_DataWriter. */
HRESULT data_writer_factory_create(IActivationFactory **out);

#endif
