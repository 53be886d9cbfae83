/* SPDX-License-Identifier: MIT */
/* What DownloadOperation.GetResultRandomAccessStreamReference returns. */
#ifndef WINRT_RESULT_STREAM_REFERENCE_H
#define WINRT_RESULT_STREAM_REFERENCE_H

#include <windows.h>
#include <windows.storage.streams.h>

struct transfer;
struct read_hub;

/* Both get another reference. E_OUTOFMEMORY. */
HRESULT result_stream_reference_create(struct transfer *transfer, struct read_hub *hub,
                                       IRandomAccessStreamReference **out);

#endif
