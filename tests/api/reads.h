/* SPDX-License-Identifier: MIT */
/* Reading a download's bytes by streams, and what must be in the buffers then. Streams may be any
 * interface of one that has IInputStream. */
#ifndef WINRT_TEST_API_READS_H
#define WINRT_TEST_API_READS_H

#include <windows.storage.streams.h>

#include "watch.h"

typedef IAsyncOperationWithProgress_IBuffer_UINT32 read_async;

IBuffer *buffer_new(UINT32 capacity);

read_async *read_start(void *stream, IBuffer *buffer, UINT32 count, InputStreamOptions options);

/* The buffer has `length` bytes of the pattern from `offset` on. */
void check_bytes(IBuffer *buffer, UINT64 offset, UINT32 length);

/* The same of a version of the file (check_version_file). */
void check_version_bytes(IBuffer *buffer, unsigned version, UINT64 offset, UINT32 length);

/* Waits for a read into `buffer` that must succeed, and gives up the async object. The count. */
UINT32 read_end(read_async *async, IBuffer *buffer);

/* Reads with a buffer of its own, and checks what came against the pattern at `offset`. The count.
 */
UINT32 read_and_check(void *stream, UINT64 offset, UINT32 count, InputStreamOptions options);
UINT32 read_and_check_version(void *stream, unsigned version, UINT64 offset, UINT32 count,
                              InputStreamOptions options);

/* GetResultStreamAt; the caller's reference. */
IInputStream *result_stream_at(IDownloadOperation *operation, UINT64 position);

/* IsRandomAccessRequired = TRUE */
void require_random_access(IDownloadOperation *operation);

/*
 * The file that the downloads below are of, by the fault server's /sample-random. The server stops
 * at the gate until it is released. What is less than 256 KiB behind it is not asked for on its
 * own: the answer that stands there would bring it in a moment (docs/random-access.md). So tests
 * read farther away.
 */
#define RANDOM_SIZE 4000000
#define RANDOM_GATE 100000
#define RANDOM_FAR  3900000

#define RANDOM_AT_THE_GATE "gates=100000"

/* A watched download for random access with these options of the server's, not yet started. */
void random_create(struct watch *watch, const char *name, const char *options);

/* Started, and the server stands at the gate. */
void random_to_the_gate(struct watch *watch, const char *name);

/* Released, and waited for: it completes, whole. Closes the watch. */
void random_end(struct watch *watch);

/* GetResultRandomAccessStreamReference and OpenReadAsync. */
IRandomAccessStream *random_open(IDownloadOperation *operation);

void stream_close(void *stream);
UINT64 stream_size(IRandomAccessStream *stream);
UINT64 stream_position(IRandomAccessStream *stream);

/* What GetDownloadedRanges says: "0+1000 5000+20", offsets and lengths. Lives as long as
 * ring_format's. */
const char *downloaded_ranges(IDownloadOperation *operation);
const char *ranges_text(IVector_BackgroundTransferFileRange *ranges);

#endif
