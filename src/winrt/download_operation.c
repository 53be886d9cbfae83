/* SPDX-License-Identifier: MIT */
#include "download_operation.h"

#include "download_hub.h"
#include "download_ranges.h"
#include "download_table.h"
#include "read_hub.h"
#include "recoverable_statuses.h"
#include "runtime.h"
#include "src/port/process.h"
#include "src/port/threads.h"
#include "winrt-shim/base/error.h"

DEFINE_INSPECTABLE(download_operation, IDownloadOperation)

static struct mutex slots = MUTEX_INITIALIZER;

void download_operation_lock(void)
{
    mutex_lock(&slots);
}

void download_operation_unlock(void)
{
    mutex_unlock(&slots);
}

/* docs/states.md */
static const struct {
    BackgroundTransferStatus status;
    bool final;
    const char *pause_refused;  /* why Pause is, if it is; NULL: for what the transfer is */
    const char *resume_refused; /* likewise */
} states[TRANSFER_STATUS_MAX] = {
    [TRANSFER_IDLE] = { BackgroundTransferStatus_Idle, false, NULL,
                        "The download is not paused: it is about to run" },
    [TRANSFER_RUNNING] = { BackgroundTransferStatus_Running, false, NULL,
                           "The download is not paused: it runs" },
    [TRANSFER_PAUSED_BY_APPLICATION] = { BackgroundTransferStatus_PausedByApplication, false,
                                         "The download is paused already", NULL },
    [TRANSFER_PAUSED_COSTED_NETWORK] = { BackgroundTransferStatus_PausedCostedNetwork, false, NULL,
                                         "The download goes on by itself, as soon as the network "
                                         "is one that its CostPolicy allows" },
    [TRANSFER_PAUSED_NO_NETWORK] = { BackgroundTransferStatus_PausedNoNetwork, false, NULL,
                                     "The download goes on by itself, as soon as there is a "
                                     "network" },
    [TRANSFER_PAUSED_RECOVERABLE] = { BackgroundTransferStatus_PausedRecoverableWebErrorStatus,
                                      false, NULL, NULL },
    [TRANSFER_PAUSED_NO_ROOM] = { BackgroundTransferStatus_PausedSystemPolicy, false, NULL, NULL },
    [TRANSFER_COMPLETED] = { BackgroundTransferStatus_Completed, true, "The download is complete",
                             "The download is complete" },
    [TRANSFER_CANCELED] = { BackgroundTransferStatus_Canceled, true,
                            "The download has been cancelled", "The download has been cancelled" },
    [TRANSFER_FAILED] = { BackgroundTransferStatus_Error, true, "The download has failed",
                          "The download has failed" },
};

bool download_status_is_final(enum transfer_status status)
{
    return states[status].final;
}

/* The client's object; a restored operation has one for the same file. NULL if the body goes to a
 * private file. */
static HRESULT WINAPI download_operation_get_ResultFile(IDownloadOperation *iface,
                                                        IStorageFile **value)
{
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_origin_get_file(impl_from_IDownloadOperation(iface), value);
}

/* A view of a live value (BackgroundDownloadProgress Struct): two calls may differ. */
static HRESULT WINAPI download_operation_get_Progress(IDownloadOperation *iface,
                                                      BackgroundDownloadProgress *value)
{
    struct download_operation *operation = impl_from_IDownloadOperation(iface);
    struct transfer_progress progress;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = (BackgroundDownloadProgress){ 0 };
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    transfer_get_progress(operation->transfer, &progress);
    value->BytesReceived = progress.bytes_received;
    value->TotalBytesToReceive = progress.total_bytes;
    value->Status = states[progress.status].status;
    value->HasResponseChanged =
        progress.response_number != __atomic_load_n(&operation->response_shown, __ATOMIC_RELAXED);
    value->HasRestarted =
        progress.restart_number != __atomic_load_n(&operation->restart_shown, __ATOMIC_RELAXED);
    download_hub_note_read(operation, &progress);
    return S_OK;
}

static HRESULT WINAPI
download_operation_StartAsync(IDownloadOperation *iface,
                              IAsyncOperationWithProgress_DownloadOperation_DownloadOperation **out)
{
    struct download_operation *operation = impl_from_IDownloadOperation(iface);
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_attachment_start(operation, (void **)out);
}

static HRESULT WINAPI download_operation_AttachAsync(
    IDownloadOperation *iface,
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation **out)
{
    struct download_operation *operation = impl_from_IDownloadOperation(iface);
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    return download_attachment_attach(operation, (void **)out);
}

/* The text is about the state now, which may be a newer one than that which refused; then it says
 * the general thing. */
static HRESULT refuse(struct download_operation *operation, bool pause)
{
    struct transfer_progress progress;
    const char *reason;

    transfer_get_progress(operation->transfer, &progress);
    reason = pause ? states[progress.status].pause_refused : states[progress.status].resume_refused;
    if (!progress.started)
        reason = "The download has not been started";
    else if (!reason && pause)
        reason = "The download cannot be paused: its request cannot be sent twice";
    else if (!reason)
        reason = "The download is not paused";
    return error_originate(E_ILLEGAL_METHOD_CALL, "%s", reason);
}

static HRESULT WINAPI download_operation_Pause(IDownloadOperation *iface)
{
    struct download_operation *operation = impl_from_IDownloadOperation(iface);
    enum port_status status;
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    status = transfer_pause(operation->transfer);
    return status == PORT_WRONG_STATE ? refuse(operation, true) : hresult_from_status(status);
}

static HRESULT WINAPI download_operation_Resume(IDownloadOperation *iface)
{
    struct download_operation *operation = impl_from_IDownloadOperation(iface);
    struct transfer_progress progress;
    enum port_status status;
    HRESULT hr = runtime_check();

    if (FAILED(hr))
        return hr;
    transfer_get_progress(operation->transfer, &progress);
    /* One of an earlier process goes on by this, also if nobody attaches to it. */
    if (progress.started && !progress.attached)
        hr = recoverable_statuses_restore(operation);
    if (FAILED(hr))
        return hr;
    status = transfer_resume(operation->transfer);
    return status == PORT_WRONG_STATE ? refuse(operation, false) : hresult_from_status(status);
}

static const struct IDownloadOperationVtbl download_operation_vtbl = {
    INSPECTABLE_SLOTS(download_operation, IDownloadOperation),
    download_operation_get_ResultFile,
    download_operation_get_Progress,
    download_operation_StartAsync,
    download_operation_AttachAsync,
    download_operation_Pause,
    download_operation_Resume,
};

HRESULT download_operation_get_read_hub(struct download_operation *operation, struct read_hub **ret)
{
    struct read_hub *found = SLOT_LOAD(&operation->read_hub), *made;
    HRESULT hr;

    if (!found) {
        hr = read_hub_create(&made);
        if (FAILED(hr))
            return hr;
        if (SLOT_PUBLISH(&operation->read_hub, &found, made))
            found = made;
        else
            read_hub_release(made);
    }
    *ret = found;
    return S_OK;
}

static void download_operation_destroy(void *instance)
{
    struct download_operation *operation = instance;

    /* In a forked child locks may be held for ever; what it copied goes with it. */
    if (process_is_forked_child())
        return;
    download_table_remove(operation);
    download_hub_close(operation);
    download_ranges_free(operation->ranges);
    /* Streams may still wait for a start that can come no more. */
    if (operation->read_hub)
        read_hub_close(operation->read_hub);
    read_hub_release(operation->read_hub);
    if (operation->response_information)
        IResponseInformation_Release(operation->response_information);
    if (operation->response)
        response_release(operation->response);
    if (operation->recoverable)
        IVector_WebErrorStatus_Release(operation->recoverable);
    if (operation->transfer_group)
        IBackgroundTransferGroup_Release(operation->transfer_group);
    if (operation->result_file)
        IStorageFile_Release(operation->result_file);
    if (operation->uri)
        IUriRuntimeClass_Release(operation->uri);
    transfer_release(operation->transfer);
}

static const struct object_interface download_operation_interfaces[] = {
    OBJECT_INTERFACE(download_operation, IDownloadOperation),
    OBJECT_INTERFACE(download_operation, IBackgroundTransferOperation),
    OBJECT_INTERFACE(download_operation, IBackgroundTransferOperationPriority),
    OBJECT_INTERFACE(download_operation, IDownloadOperation2),
    OBJECT_INTERFACE(download_operation, IDownloadOperation3),
    OBJECT_INTERFACE(download_operation, IDownloadOperation4),
    OBJECT_INTERFACE(download_operation, IDownloadOperation5),
    OBJECT_INTERFACE(download_operation, IDownloadOperationDetails),
    OBJECT_INTERFACE(download_operation, ISpeedLimit),
    OBJECT_INTERFACE(download_operation, IConnectionLimit),
};

/* The last three are not documented for the class: who enumerates sees what the documentation
 * names.
 */
static const struct object_class download_operation_class =
    OBJECT_CLASS_CLOAKED(download_operation,
                         RuntimeClass_Windows_Networking_BackgroundTransfer_DownloadOperation,
                         download_operation_destroy, 3);

/* What a transfer has been through in an earlier process, or before anybody had an operation for
 * it, is nothing that has changed. */
static struct download_operation *operation_alloc(struct transfer *transfer)
{
    struct download_operation *operation = object_alloc(&download_operation_class);
    struct transfer_progress progress;

    if (!operation)
        return NULL;
    operation->IDownloadOperation_iface.lpVtbl = &download_operation_vtbl;
    download_operation_init_common(operation);
    download_operation_init_newer(operation);
    download_operation_init_details(operation);
    download_operation_init_limits(operation);
    operation->transfer = transfer;
    transfer_addref(transfer);
    transfer_get_progress(transfer, &progress);
    operation->response_shown = progress.response_number;
    operation->restart_shown = progress.restart_number;
    return operation;
}

HRESULT download_operation_create(struct transfer *transfer, IUriRuntimeClass *uri,
                                  IStorageFile *result_file,
                                  IBackgroundTransferGroup *transfer_group,
                                  IDownloadOperation **out)
{
    struct download_operation *operation = operation_alloc(transfer);

    *out = NULL;
    if (!operation)
        return E_OUTOFMEMORY;
    operation->uri = uri;
    IUriRuntimeClass_AddRef(uri);
    operation->result_file = result_file;
    if (result_file)
        IStorageFile_AddRef(result_file);
    operation->transfer_group = transfer_group;
    if (transfer_group)
        IBackgroundTransferGroup_AddRef(transfer_group);
    download_table_add(operation); /* nobody else knows its transfer */
    *out = &operation->IDownloadOperation_iface;
    return S_OK;
}

HRESULT download_operation_of(struct transfer *transfer, IDownloadOperation **out)
{
    struct download_operation *operation = download_table_find(transfer), *known;

    *out = NULL;
    if (!operation) {
        operation = operation_alloc(transfer);
        if (!operation)
            return E_OUTOFMEMORY;
        known = download_table_add(operation);
        if (known) {
            IDownloadOperation_Release(&operation->IDownloadOperation_iface);
            operation = known;
        }
    }
    *out = &operation->IDownloadOperation_iface;
    return S_OK;
}
