/* SPDX-License-Identifier: MIT */
/* The stream that DownloadOperation.GetResultStreamAt returns. */
#ifndef WINRT_RESULT_STREAM_H
#define WINRT_RESULT_STREAM_H

#include <windows.h>
#include <windows.storage.streams.h>

struct transfer;
struct read_hub;

/* Reads what `transfer` has received from `position` on; both get another reference. */
HRESULT result_stream_create(struct transfer *transfer, struct read_hub *hub, UINT64 position,
                             IInputStream **out);

#endif
