/* SPDX-License-Identifier: MIT */
/* Ranges of bytes as clients get them: IVector<BackgroundTransferFileRange>. */
#ifndef WINRT_FILE_RANGES_H
#define WINRT_FILE_RANGES_H

#include <stddef.h>

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#include "src/engine/transfer.h"

/* A new vector with copies, which the client may change. E_OUTOFMEMORY. */
HRESULT file_ranges_create(const struct byte_range *ranges, size_t count,
                           IVector_BackgroundTransferFileRange **out);

/*
 * What of `now` is not in `before`, in order. Both are in order, and none of their ranges touch.
 * *ret is a new array that the caller frees (NULL for none). E_OUTOFMEMORY.
 */
HRESULT file_ranges_added(const struct byte_range *before, size_t before_count,
                          const struct byte_range *now, size_t now_count, struct byte_range **ret,
                          size_t *ret_count);

#endif
