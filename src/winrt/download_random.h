/* SPDX-License-Identifier: MIT */
/* The members of DownloadOperation that have to do with random access, but for the event
 * (download_ranges.h). docs/random-access.md */
#ifndef WINRT_DOWNLOAD_RANDOM_H
#define WINRT_DOWNLOAD_RANDOM_H

#include <stdbool.h>

#include "download_operation.h"

/* IsRandomAccessRequired = … E_ILLEGAL_METHOD_CALL once it was started. */
HRESULT download_random_put_required(struct download_operation *operation, bool required);

/* GetResultRandomAccessStreamReference. E_ILLEGAL_METHOD_CALL unless random access is required. */
HRESULT download_random_get_reference(struct download_operation *operation,
                                      IRandomAccessStreamReference **value);

/* GetDownloadedRanges: a new vector at each call. */
HRESULT download_random_get_ranges(struct download_operation *operation,
                                   IVector_BackgroundTransferFileRange **value);

#endif
