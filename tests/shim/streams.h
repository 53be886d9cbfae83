/* SPDX-License-Identifier: MIT */
/* What the tests of streams and buffers share. Everything here fails the test when it cannot be
 * done. */
#ifndef WINRT_TEST_STREAMS_H
#define WINRT_TEST_STREAMS_H

#include <robuffer.h>
#include <roerrorapi.h>

#include "items.h"

#define HRESULT_CANCELLED         __HRESULT_FROM_WIN32(ERROR_CANCELLED)
#define HRESULT_SHARING_VIOLATION __HRESULT_FROM_WIN32(ERROR_SHARING_VIOLATION)
#define HRESULT_CHANGED           __HRESULT_FROM_WIN32(ERROR_OPLOCK_HANDLE_CLOSED)
#define HRESULT_NO_TRANSLATION    __HRESULT_FROM_WIN32(ERROR_NO_UNICODE_TRANSLATION)

/* A new object by its default constructor, as that interface. */
void *activate(const WCHAR *class_name, REFIID iid);

IBuffer *new_buffer(UINT32 capacity);
IBuffer *buffer_with(const void *bytes, UINT32 length);
BYTE *bytes_of(IBuffer *buffer);
UINT32 length_of(IBuffer *buffer);
void check_buffer(const void *bytes, UINT32 length, IBuffer *buffer);

/* A new InMemoryRandomAccessStream, with those bytes and at position 0. */
IRandomAccessStream *new_memory_stream(const void *bytes, UINT32 length);

/* FileRandomAccessStream.OpenAsync with options; and one that must fail so. */
IRandomAccessStream *open_file(const char *name, FileAccessMode mode, StorageOpenOptions options);
void check_open_fails(HRESULT expected, const char *name, FileAccessMode mode,
                      StorageOpenOptions options);

/* The methods of any object that has the interface. */
IAsyncOperationWithProgress_IBuffer_UINT32 *start_read(void *stream, IBuffer *buffer, UINT32 count);
IAsyncOperationWithProgress_UINT32_UINT32 *start_write(void *stream, IBuffer *buffer);
void close_object(void *object);

/* Reads what must be those bytes, at most `count`. */
void check_read(const void *expected, UINT32 expected_length, void *stream, UINT32 count);
void check_read_fails(HRESULT expected, void *stream);

/* Writes all of them. */
void write_bytes(void *stream, const void *bytes, UINT32 length);
void check_write_fails(HRESULT expected, void *stream);

void check_position(UINT64 expected, IRandomAccessStream *stream);
void check_size(UINT64 expected, IRandomAccessStream *stream);

#endif
