/* SPDX-License-Identifier: MIT */
#include "download_operation.h"

#include <winstring.h>

#include "not_implemented.h"
#include "read_hub.h"
#include "response_information.h"
#include "runtime.h"
#include "src/port/process.h"
#include "winrt-shim/base/error.h"

DEFINE_INSPECTABLE(download_operation, IDownloadOperation)

static const BackgroundTransferStatus statuses[TRANSFER_STATUS_MAX] = {
    [TRANSFER_IDLE] = BackgroundTransferStatus_Idle,
    [TRANSFER_RUNNING] = BackgroundTransferStatus_Running,
    [TRANSFER_COMPLETED] = BackgroundTransferStatus_Completed,
    [TRANSFER_CANCELED] = BackgroundTransferStatus_Canceled,
    [TRANSFER_FAILED] = BackgroundTransferStatus_Error,
};

static HRESULT WINAPI download_operation_get_ResultFile(IDownloadOperation *iface,
                                                        IStorageFile **value)
{
    struct download_operation *operation = impl_from_IDownloadOperation(iface);

    if (!value)
        return E_POINTER;
    *value = operation->result_file;
    if (*value)
        IStorageFile_AddRef(*value);
    return S_OK;
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
    value->Status = statuses[progress.status];
    mutex_lock(&operation->mutex);
    value->HasResponseChanged = progress.response_number > operation->response_shown;
    mutex_unlock(&operation->mutex);
    return S_OK;
}

static HRESULT WINAPI
download_operation_StartAsync(IDownloadOperation *iface,
                              IAsyncOperationWithProgress_DownloadOperation_DownloadOperation **out)
{
    struct download_operation *operation = impl_from_IDownloadOperation(iface);
    bool started;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    mutex_lock(&operation->mutex);
    started = operation->started;
    operation->started = true;
    mutex_unlock(&operation->mutex);
    if (started)
        return error_originate(E_ILLEGAL_METHOD_CALL, "The download has been started before");

    hr = download_run_start(operation, (void **)out);
    if (FAILED(hr)) {
        mutex_lock(&operation->mutex);
        operation->started = false;
        mutex_unlock(&operation->mutex);
    }
    return hr;
}

static HRESULT WINAPI download_operation_AttachAsync(
    IDownloadOperation *iface,
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation **out)
{
    (void)iface;
    return not_implemented_pointer("DownloadOperation.AttachAsync", out);
}

static HRESULT WINAPI download_operation_Pause(IDownloadOperation *iface)
{
    (void)iface;
    return not_implemented("DownloadOperation.Pause");
}

static HRESULT WINAPI download_operation_Resume(IDownloadOperation *iface)
{
    (void)iface;
    return not_implemented("DownloadOperation.Resume");
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

static void download_operation_destroy(void *instance)
{
    struct download_operation *operation = instance;

    /* In a forked child locks may be held for ever; what it copied goes with it. */
    if (process_is_forked_child())
        return;
    /* Streams may still wait for a start that can come no more. */
    if (operation->read_hub)
        read_hub_close(operation->read_hub);
    if (operation->response_information)
        IResponseInformation_Release(operation->response_information);
    if (operation->response)
        response_release(operation->response);
    mutex_destroy(&operation->mutex);
    read_hub_release(operation->read_hub);
    if (operation->transfer)
        transfer_release(operation->transfer);
    if (operation->transfer_group)
        IBackgroundTransferGroup_Release(operation->transfer_group);
    WindowsDeleteString(operation->group);
    WindowsDeleteString(operation->method);
    if (operation->result_file)
        IStorageFile_Release(operation->result_file);
    if (operation->uri)
        IUriRuntimeClass_Release(operation->uri);
}

static const struct object_interface download_operation_interfaces[] = {
    OBJECT_INTERFACE(download_operation, IDownloadOperation),
    OBJECT_INTERFACE(download_operation, IBackgroundTransferOperation),
    OBJECT_INTERFACE(download_operation, IBackgroundTransferOperationPriority),
    OBJECT_INTERFACE(download_operation, IDownloadOperation2),
    OBJECT_INTERFACE(download_operation, IDownloadOperation3),
    OBJECT_INTERFACE(download_operation, IDownloadOperation4),
    OBJECT_INTERFACE(download_operation, IDownloadOperation5),
};

const struct object_class download_operation_class =
    OBJECT_CLASS(download_operation,
                 RuntimeClass_Windows_Networking_BackgroundTransfer_DownloadOperation,
                 download_operation_destroy);

static HRESULT download_operation_init(struct download_operation *operation,
                                       const struct download_settings *settings,
                                       struct transfer *transfer)
{
    HRESULT hr;

    operation->IDownloadOperation_iface.lpVtbl = &download_operation_vtbl;
    download_operation_init_common(operation);
    download_operation_init_newer(operation);
    mutex_init(&operation->mutex);
    operation->cost_policy = settings->cost_policy;
    operation->transfer = transfer;
    transfer_addref(transfer);
    operation->uri = settings->uri;
    IUriRuntimeClass_AddRef(operation->uri);
    operation->result_file = settings->result_file;
    if (operation->result_file)
        IStorageFile_AddRef(operation->result_file);
    operation->transfer_group = settings->transfer_group;
    if (operation->transfer_group)
        IBackgroundTransferGroup_AddRef(operation->transfer_group);

    hr = read_hub_create(&operation->read_hub);
    if (SUCCEEDED(hr))
        hr = WindowsDuplicateString(settings->method, &operation->method);
    if (SUCCEEDED(hr))
        hr = WindowsDuplicateString(settings->group, &operation->group);
    if (SUCCEEDED(hr))
        hr = CoCreateGuid(&operation->guid);
    return hr;
}

HRESULT download_operation_create(const struct download_settings *settings,
                                  struct transfer *transfer, IDownloadOperation **out)
{
    struct download_operation *operation = object_alloc(&download_operation_class);
    HRESULT hr;

    *out = NULL;
    if (!operation)
        return E_OUTOFMEMORY;
    hr = download_operation_init(operation, settings, transfer);
    if (FAILED(hr)) {
        IDownloadOperation_Release(&operation->IDownloadOperation_iface);
        return hr;
    }
    *out = &operation->IDownloadOperation_iface;
    return S_OK;
}
