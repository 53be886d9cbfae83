/* SPDX-License-Identifier: MIT */
/* Numbers as bytes in either ByteOrder (Windows.Storage.Streams), for DataReader and DataWriter. */
#ifndef WINRT_STORAGE_BYTE_VALUES_H
#define WINRT_STORAGE_BYTE_VALUES_H

#include <windows.h>
#include <windows.storage.streams.h>

/* The number in `size` bytes, 1 to 8. */
static inline UINT64 bytes_to_value(const BYTE *bytes, unsigned size, ByteOrder order)
{
    UINT64 value = 0;
    unsigned i;

    for (i = 0; i < size; i++)
        value = value << 8 | bytes[order == ByteOrder_BigEndian ? i : size - 1 - i];
    return value;
}

static inline void bytes_from_value(BYTE *bytes, unsigned size, ByteOrder order, UINT64 value)
{
    unsigned i;

    for (i = 0; i < size; i++, value >>= 8)
        bytes[order == ByteOrder_BigEndian ? size - 1 - i : i] = (BYTE)(value & 0xff);
}

/* A GUID: its three numbers in that order, then its eight bytes as they are. */
#define GUID_SIZE 16

static inline GUID bytes_to_guid(const BYTE *bytes, ByteOrder order)
{
    GUID guid;
    unsigned i;

    guid.Data1 = (UINT32)bytes_to_value(bytes, 4, order);
    guid.Data2 = (UINT16)bytes_to_value(bytes + 4, 2, order);
    guid.Data3 = (UINT16)bytes_to_value(bytes + 6, 2, order);
    for (i = 0; i < 8; i++)
        guid.Data4[i] = bytes[8 + i];
    return guid;
}

static inline void bytes_from_guid(BYTE *bytes, ByteOrder order, const GUID *guid)
{
    unsigned i;

    bytes_from_value(bytes, 4, order, guid->Data1);
    bytes_from_value(bytes + 4, 2, order, guid->Data2);
    bytes_from_value(bytes + 6, 2, order, guid->Data3);
    for (i = 0; i < 8; i++)
        bytes[8 + i] = guid->Data4[i];
}

#endif
