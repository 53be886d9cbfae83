/* SPDX-License-Identifier: MIT */
/* BackgroundTransferRangesDownloadedEventArgs Class (Windows.Networking.BackgroundTransfer). */
#ifndef WINRT_RANGES_DOWNLOADED_ARGS_H
#define WINRT_RANGES_DOWNLOADED_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

struct byte_range;
struct download_ranges;

/* Of the open event number `serial`; copies `added`. E_OUTOFMEMORY. */
HRESULT ranges_downloaded_args_create(struct download_ranges *ranges, UINT64 serial, bool restarted,
                                      const struct byte_range *added, size_t added_count,
                                      IBackgroundTransferRangesDownloadedEventArgs **out);

#endif
