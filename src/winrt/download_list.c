/* SPDX-License-Identifier: MIT */
#include "download_list.h"

#include "async_types.h"
#include "download_operation.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "winrt-shim/base/collections.h"
#include "winrt-shim/base/error.h"

VECTOR_VIEW_TYPE(download_view, VALUE_INTERFACE,
                 u"Windows.Networking.BackgroundTransfer.DownloadOperation",
                 IVectorView_DownloadOperation, IIterable_DownloadOperation,
                 IIterator_DownloadOperation);

struct listing {
    enum transfer_filter filter;
    char *name; /* NULL: none */
};

/* The operations as values, each with a reference, in place of the transfers. */
static HRESULT operations_of(struct transfer **transfers, size_t count, union value *values)
{
    HRESULT hr = S_OK;

    for (size_t i = 0; i < count && SUCCEEDED(hr); i++)
        hr = download_operation_of(transfers[i], (IDownloadOperation **)&values[i].unknown);
    return hr;
}

static HRESULT view_of(struct transfer **transfers, size_t count, IUnknown **ret)
{
    union value *values = memory_zalloc_array(count, sizeof(*values));
    HRESULT hr = E_OUTOFMEMORY;

    if (values)
        hr = operations_of(transfers, count, values);
    if (SUCCEEDED(hr))
        hr = vector_view_create(&download_view, values, (UINT32)count, (void **)ret);
    for (size_t i = 0; values && i < count; i++)
        value_clear(VALUE_INTERFACE, &values[i]);
    memory_free(values);
    return hr;
}

static HRESULT cannot_read(enum port_status status)
{
    return runtime_store_error(status, "The app's transfers cannot be read");
}

/* What cannot be taken over now is no reason for not seeing the rest; it is tried again by the next
 * call. If there is no rest, that is the answer. */
static HRESULT listing_run(void *context, struct async *async, union value *result)
{
    struct listing *listing = context;
    enum port_status adopted, status;
    struct transfer **transfers;
    size_t count;
    HRESULT hr;

    (void)async;
    adopted = transfers_adopt();
    status = transfers_list(listing->filter, listing->name, &transfers, &count);
    if (status)
        return cannot_read(status);
    if (adopted && !count)
        hr = cannot_read(adopted);
    else
        hr = view_of(transfers, count, &result->unknown);
    for (size_t i = 0; i < count; i++)
        transfer_release(transfers[i]);
    memory_free(transfers);
    return hr;
}

static void listing_destroy(void *context)
{
    struct listing *listing = context;

    memory_free(listing->name);
    memory_free(listing);
}

static const struct async_job listing_job = {
    .run = listing_run,
    .destroy = listing_destroy,
};

HRESULT download_list_start(enum transfer_filter filter, const char *name,
                            IAsyncOperation_IVectorView_DownloadOperation **out)
{
    struct listing *listing = memory_zalloc(sizeof(*listing));

    *out = NULL;
    if (!listing)
        return E_OUTOFMEMORY;
    listing->filter = filter;
    listing->name = memory_strdup(name);
    if (name && !listing->name) {
        listing_destroy(listing);
        return E_OUTOFMEMORY;
    }
    return async_run(async_type_list_downloads, &listing_job, listing, (void **)out);
}
