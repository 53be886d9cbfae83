/* SPDX-License-Identifier: MIT */
/*
 * One StartAsync or AttachAsync: the async object, and what it has to do with the transfer.
 *
 * Who holds whom: the attachment has references to operation and async object until the end, and
 * the operation has the hub; the async object has one to the attachment, which it gives up with its
 * own last. So nothing outlives the end but what the client keeps.
 */
#include "download_hub.h"

#include "async_types.h"
#include "recoverable_statuses.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "transfer_error_table.h"
#include "winrt-shim/base/error.h"

static void attachment_release(struct download_attachment *attachment)
{
    if (atomic_fetch_sub(&attachment->ref, 1) != 1)
        return;
    transfer_release(attachment->transfer);
    memory_free(attachment);
}

/* What the async object says */

/* Of any of them cancels the transfer; each learns it by the outcome. */
static void attachment_cancel(void *context)
{
    struct download_attachment *attachment = context;

    transfer_cancel(attachment->transfer);
}

static void attachment_progress_attached(void *context)
{
    download_hub_progress_attached(context);
}

/* That collects a finished transfer: it is not listed any more. */
static void attachment_delivered(void *context)
{
    struct download_attachment *attachment = context;

    transfer_collect(attachment->transfer);
}

static void attachment_async_destroyed(void *context)
{
    attachment_release(context);
}

static const struct async_work attachment_work = {
    .cancel = attachment_cancel,
    .progress_attached = attachment_progress_attached,
    .delivered = attachment_delivered,
    .destroy = attachment_async_destroyed,
};

/* What it is told */

bool download_attachment_report(struct download_attachment *attachment)
{
    union value value = {
        .unknown = (IUnknown *)&attachment->operation->IDownloadOperation_iface,
    };

    return async_report(attachment->async, &value);
}

static void complete_async(struct download_attachment *attachment)
{
    struct transfer_progress progress;
    struct transfer_error error;
    union value value;

    transfer_get_progress(attachment->transfer, &progress);
    switch (progress.status) {
    case TRANSFER_COMPLETED:
        value.unknown = (IUnknown *)&attachment->operation->IDownloadOperation_iface;
        async_complete(attachment->async, &value);
        break;
    case TRANSFER_CANCELED:
        async_cancelled(attachment->async);
        break;
    default:
        transfer_get_error(attachment->transfer, &error);
        async_fail(attachment->async, hresult_from_transfer_error(&error), error.message);
        break;
    }
}

static void let_go(struct download_attachment *attachment)
{
    struct download_operation *operation = attachment->operation;

    async_release(attachment->async);
    attachment_release(attachment);
    IDownloadOperation_Release(&operation->IDownloadOperation_iface);
}

void download_attachment_end(struct download_attachment *attachment)
{
    complete_async(attachment);
    let_go(attachment);
}

/* The engine did not take it: nobody will hear of this one. */
static void discard(struct download_attachment *attachment, HRESULT error)
{
    async_fail(attachment->async, error, NULL);
    let_go(attachment);
}

static HRESULT attachment_create(struct download_operation *operation,
                                 struct download_attachment **ret)
{
    struct download_attachment *attachment = memory_zalloc(sizeof(*attachment));
    HRESULT hr;

    *ret = NULL;
    if (!attachment)
        return E_OUTOFMEMORY;
    hr = async_create(async_type_download, &attachment_work, attachment, &attachment->async);
    if (FAILED(hr)) {
        memory_free(attachment);
        return hr;
    }
    atomic_init(&attachment->ref, 2);
    attachment->transfer = operation->transfer;
    transfer_addref(attachment->transfer);
    attachment->operation = operation;
    IDownloadOperation_AddRef(&operation->IDownloadOperation_iface);
    *ret = attachment;
    return S_OK;
}

/*
 * What StartAsync and AttachAsync have in common. The attachment is added when the engine has taken
 * the transfer: nobody can have set a handler before this returns, and what has happened until then
 * is made up for (`missed`, or the end here).
 */
static HRESULT hand_over(struct download_operation *operation,
                         enum port_status (*take)(struct transfer *transfer), bool late, void **out)
{
    struct download_attachment *attachment;
    struct download_hub *hub;
    enum port_status status;
    void *async;
    HRESULT hr;

    hr = download_hub_get(operation, &hub);
    if (SUCCEEDED(hr))
        hr = attachment_create(operation, &attachment);
    if (FAILED(hr))
        return hr;
    async = async_interface(attachment->async);
    status = take(operation->transfer);
    if (status) {
        IUnknown_Release((IUnknown *)async);
        hr = runtime_engine_error(status);
        discard(attachment, hr);
        return hr;
    }
    if (!download_hub_add(hub, attachment, late))
        download_attachment_end(attachment);
    *out = async;
    return S_OK;
}

HRESULT download_attachment_start(struct download_operation *operation, void **out)
{
    return hand_over(operation, transfer_start, false, out);
}

/* What has ended in an earlier process, or before anybody followed it: no strand, no observer. */
static HRESULT attach_ended(struct download_operation *operation, void **out)
{
    struct download_attachment *attachment;
    HRESULT hr = attachment_create(operation, &attachment);

    if (FAILED(hr))
        return hr;
    *out = async_interface(attachment->async);
    download_attachment_end(attachment);
    return S_OK;
}

HRESULT download_attachment_attach(struct download_operation *operation, void **out)
{
    struct transfer_progress progress;
    HRESULT hr;

    transfer_get_progress(operation->transfer, &progress);
    if (!progress.started)
        return error_originate(E_ILLEGAL_METHOD_CALL, "The download has not been started");
    if (download_status_is_final(progress.status) && !SLOT_LOAD(&operation->hub))
        return attach_ended(operation, out);
    hr = progress.attached ? S_OK : recoverable_statuses_restore(operation);
    if (FAILED(hr))
        return hr;
    return hand_over(operation, transfer_attach, true, out);
}
