/* SPDX-License-Identifier: MIT */
#include "file_ranges.h"

#include <assert.h>

#include "src/port/memory.h"
#include "winrt-shim/base/collections.h"

#define FILE_RANGE u"Windows.Networking.BackgroundTransfer.BackgroundTransferFileRange"

VECTOR_TYPE(file_range_vector, VALUE_UINT64_PAIR, FILE_RANGE, IVector_BackgroundTransferFileRange,
            IVectorView_BackgroundTransferFileRange, IIterable_BackgroundTransferFileRange,
            IIterator_BackgroundTransferFileRange);

static_assert(sizeof(struct byte_range) == sizeof(BackgroundTransferFileRange) &&
                  offsetof(struct byte_range, length) ==
                      offsetof(BackgroundTransferFileRange, Length),
              "the engine's ranges are the client's");

HRESULT file_ranges_create(const struct byte_range *ranges, size_t count,
                           IVector_BackgroundTransferFileRange **out)
{
    IVector_BackgroundTransferFileRange *vector;
    HRESULT hr;

    *out = NULL;
    if (count > UINT32_MAX)
        return E_OUTOFMEMORY;
    hr = vector_create(&file_range_vector, (void **)&vector);
    if (FAILED(hr))
        return hr;
    hr = IVector_BackgroundTransferFileRange_ReplaceAll(vector, (UINT32)count,
                                                        (BackgroundTransferFileRange *)ranges);
    if (FAILED(hr))
        IVector_BackgroundTransferFileRange_Release(vector);
    else
        *out = vector;
    return hr;
}

static void append(struct byte_range *ranges, size_t *count, uint64_t from, uint64_t to)
{
    if (from < to)
        ranges[(*count)++] = (struct byte_range){ from, to - from };
}

HRESULT file_ranges_added(const struct byte_range *before, size_t before_count,
                          const struct byte_range *now, size_t now_count, struct byte_range **ret,
                          size_t *ret_count)
{
    struct byte_range *added;
    size_t count = 0, b = 0;

    *ret = NULL;
    *ret_count = 0;
    if (!now_count)
        return S_OK;
    /* Each range of `before` can cut one of `now` in two. */
    added = memory_zalloc_array(before_count + now_count, sizeof(*added));
    if (!added)
        return E_OUTOFMEMORY;
    for (size_t n = 0; n < now_count; n++) {
        const uint64_t end = now[n].offset + now[n].length;
        uint64_t from = now[n].offset;

        while (b < before_count && before[b].offset + before[b].length <= from)
            b++;
        /* The last one that reaches in may reach beyond, into the next of `now`. */
        for (size_t i = b; i < before_count && before[i].offset < end; i++) {
            append(added, &count, from, before[i].offset);
            from = before[i].offset + before[i].length;
        }
        append(added, &count, from, end);
    }
    *ret = added;
    *ret_count = count;
    return S_OK;
}
