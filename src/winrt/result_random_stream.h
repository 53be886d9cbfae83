/* SPDX-License-Identifier: MIT */
/* The stream over a download for random access (docs/random-access.md). */
#ifndef WINRT_RESULT_RANDOM_STREAM_H
#define WINRT_RESULT_RANDOM_STREAM_H

#include <windows.h>
#include <windows.storage.streams.h>

struct transfer;
struct read_hub;

/* At position 0, with IRandomAccessStream, IInputStream, IOutputStream, IContentTypeProvider and
 * IClosable. Both get another reference. E_OUTOFMEMORY, or no thread. */
HRESULT result_random_stream_create(struct transfer *transfer, struct read_hub *hub,
                                    IRandomAccessStreamWithContentType **out);

#endif
