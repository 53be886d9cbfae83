/* SPDX-License-Identifier: MIT */
/* Sequential streams over what a transfer has received: what DownloadOperation.GetResultStreamAt
 * returns, and GetInputStreamAt of a stream for random access. */
#ifndef WINRT_RESULT_STREAM_H
#define WINRT_RESULT_STREAM_H

#include <windows.h>
#include <windows.storage.streams.h>

struct transfer;
struct read_hub;

/* Reads what `transfer` has received from `position` on; both get another reference. `flags` are of
 * read_queue_flags; READ_QUEUE_REWINDS is added. E_OUTOFMEMORY, or no thread. */
HRESULT result_stream_create(struct transfer *transfer, struct read_hub *hub, UINT64 position,
                             unsigned flags, IInputStream **out);

#endif
