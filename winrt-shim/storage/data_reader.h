/* SPDX-License-Identifier: MIT */
/*
 * DataReader (Windows.Storage.Streams). Values are taken from what LoadAsync has brought from the
 * stream, or from a buffer; taking more than is there is E_BOUNDS, and takes nothing. One lock over
 * its state, never held while a stream or a foreign buffer does anything.
 */
#ifndef WINRT_STORAGE_DATA_READER_H
#define WINRT_STORAGE_DATA_READER_H

#include <windows.h>
#include <activation.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

#include "src/port/threads.h"
#include "winrt-shim/base/object.h"

struct data_reader {
    IDataReader IDataReader_iface;
    IClosable IClosable_iface;
    struct object object;
    struct mutex mutex;   /* over all below */
    IInputStream *stream; /* NULL once detached or closed, and for a reader over a buffer */
    IBuffer *buffer;      /* NULL, or where the unconsumed bytes are */
    BYTE *bytes;          /* of `buffer`, never NULL */
    UINT32 length;
    UINT32 position; /* of the first unconsumed one */
    UnicodeEncoding encoding;
    ByteOrder order;
    InputStreamOptions options;
    bool loading; /* a LoadAsync has not ended */
    bool closed;
};

/* Over a stream, or over a buffer; the other is NULL. */
HRESULT data_reader_create(IInputStream *stream, IBuffer *buffer, IDataReader **out);

/* Makes `length` bytes of `buffer`, whose reference becomes the reader's, the unconsumed ones. With
   the lock; the old buffer's reference is the caller's to release, later. */
void data_reader_set_buffer(struct data_reader *reader, IBuffer *buffer, BYTE *bytes,
                            UINT32 length);

/* Slots of IDataReader, data_reader_load.c. */
HRESULT WINAPI data_reader_LoadAsync(IDataReader *iface, UINT32 count,
                                     IAsyncOperation_UINT32 **operation);

/* Factory of RuntimeClass_Windows_Storage_Streams_DataReader. */
HRESULT data_reader_factory_create(IActivationFactory **out);

#endif
