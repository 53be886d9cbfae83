/* SPDX-License-Identifier: MIT */
#include "download_random.h"

#include "download_hub.h"
#include "file_ranges.h"
#include "result_stream_reference.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"

HRESULT download_random_put_required(struct download_operation *operation, bool required)
{
    enum port_status status = transfer_set_random_access(operation->transfer, required);

    if (status == PORT_WRONG_STATE)
        return error_originate(E_ILLEGAL_METHOD_CALL,
                               "IsRandomAccessRequired can only be set before StartAsync");
    return hresult_from_status(status);
}

HRESULT download_random_get_reference(struct download_operation *operation,
                                      IRandomAccessStreamReference **value)
{
    struct download_hub *hub;
    struct read_hub *readers;
    HRESULT hr;

    *value = NULL;
    if (!transfer_get_random_access(operation->transfer))
        return error_originate(E_ILLEGAL_METHOD_CALL,
                               "IsRandomAccessRequired has to be set before StartAsync");
    hr = download_operation_get_read_hub(operation, &readers);
    /* Of a transfer that is not attached, too, streams have to learn what arrives. */
    if (SUCCEEDED(hr))
        hr = download_hub_get(operation, &hub);
    if (FAILED(hr))
        return hr;
    return result_stream_reference_create(operation->transfer, readers, value);
}

HRESULT download_random_get_ranges(struct download_operation *operation,
                                   IVector_BackgroundTransferFileRange **value)
{
    struct byte_range *ranges = NULL;
    size_t count = 0;
    HRESULT hr;

    *value = NULL;
    hr = hresult_from_status(transfer_get_ranges(operation->transfer, &ranges, &count));
    if (SUCCEEDED(hr))
        hr = file_ranges_create(ranges, count, value);
    memory_free(ranges);
    return hr;
}
