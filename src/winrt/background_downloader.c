/* SPDX-License-Identifier: MIT */
#include "background_downloader.h"

#include "arguments.h"
#include "download_draft.h"
#include "request_body.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

DEFINE_INSPECTABLE(background_downloader, IBackgroundDownloader)

static HRESULT WINAPI background_downloader_CreateDownload(IBackgroundDownloader *iface,
                                                           IUriRuntimeClass *uri,
                                                           IStorageFile *result_file,
                                                           IDownloadOperation **out)
{
    struct download_draft *draft;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = download_draft_create(impl_from_IBackgroundDownloader(iface), uri, result_file, &draft);
    if (FAILED(hr))
        return hr;
    hr = download_draft_finish(draft, NULL, false, out);
    download_draft_free(draft);
    return hr;
}

/* The body is sent from the file itself, which must stay as it is until the request is over. */
static HRESULT WINAPI background_downloader_CreateDownloadFromFile(IBackgroundDownloader *iface,
                                                                   IUriRuntimeClass *uri,
                                                                   IStorageFile *result_file,
                                                                   IStorageFile *request_body_file,
                                                                   IDownloadOperation **out)
{
    struct download_draft *draft;
    char *body;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = download_draft_create(impl_from_IBackgroundDownloader(iface), uri, result_file, &draft);
    if (FAILED(hr))
        return hr;
    hr = argument_file_path(request_body_file, &body);
    if (SUCCEEDED(hr))
        hr = download_draft_finish(draft, body, false, out);
    memory_free(body);
    download_draft_free(draft);
    return hr;
}

/* The body is drained into a private file first; the operation exists when that is done. */
static HRESULT WINAPI background_downloader_CreateDownloadAsync(
    IBackgroundDownloader *iface, IUriRuntimeClass *uri, IStorageFile *result_file,
    IInputStream *request_body_stream, IAsyncOperation_DownloadOperation **out)
{
    struct download_draft *draft;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!request_body_stream)
        return E_POINTER;
    hr = download_draft_create(impl_from_IBackgroundDownloader(iface), uri, result_file, &draft);
    if (FAILED(hr))
        return hr;
    return request_body_copy(draft, request_body_stream, out);
}

static const struct IBackgroundDownloaderVtbl background_downloader_vtbl = {
    INSPECTABLE_SLOTS(background_downloader, IBackgroundDownloader),
    background_downloader_CreateDownload,
    background_downloader_CreateDownloadFromFile,
    background_downloader_CreateDownloadAsync,
};

static void release(void *unknown)
{
    if (unknown)
        IUnknown_Release((IUnknown *)unknown);
}

static void background_downloader_destroy(void *instance)
{
    struct background_downloader *downloader = instance;

    release(downloader->failure_tile);
    release(downloader->success_tile);
    release(downloader->failure_toast);
    release(downloader->success_toast);
    release(downloader->transfer_group);
    release(downloader->proxy_credential);
    release(downloader->server_credential);
    WindowsDeleteString(downloader->group);
    WindowsDeleteString(downloader->method);
    header_list_free(downloader->headers);
    mutex_destroy(&downloader->mutex);
}

static const struct object_interface background_downloader_interfaces[] = {
    OBJECT_INTERFACE(background_downloader, IBackgroundDownloader),
    OBJECT_INTERFACE(background_downloader, IBackgroundTransferBase),
    OBJECT_INTERFACE(background_downloader, IBackgroundDownloader2),
    OBJECT_INTERFACE(background_downloader, IBackgroundDownloader3),
};

static const struct object_class background_downloader_class =
    OBJECT_CLASS(background_downloader,
                 RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader,
                 background_downloader_destroy);

HRESULT background_downloader_create(IInspectable **out)
{
    struct background_downloader *downloader;
    HRESULT hr;

    *out = NULL;
    hr = runtime_check();
    if (FAILED(hr))
        return hr;
    downloader = object_alloc(&background_downloader_class);
    if (!downloader)
        return E_OUTOFMEMORY;
    downloader->IBackgroundDownloader_iface.lpVtbl = &background_downloader_vtbl;
    background_downloader_init_settings(downloader);
    mutex_init(&downloader->mutex);
    downloader->cost_policy = BackgroundTransferCostPolicy_Default;
    hr = hresult_from_status(header_list_create(&downloader->headers));
    if (SUCCEEDED(hr))
        hr = hstring_from_utf8("GET", &downloader->method);
    if (FAILED(hr)) {
        IBackgroundDownloader_Release(&downloader->IBackgroundDownloader_iface);
        return hr;
    }
    *out = (IInspectable *)&downloader->IBackgroundDownloader_iface;
    return S_OK;
}
