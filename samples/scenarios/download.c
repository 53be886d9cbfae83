/* SPDX-License-Identifier: MIT */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <asyncinfo.h>

#include "../common/handlers.h"

/* The GUID is constant for the transfer's life, in later processes too: by it an app finds its own
 * record of a download. */
static void label_with_guid(struct download *download)
{
    IBackgroundTransferOperation *common = NULL;
    GUID guid = { 0 };

    if (SUCCEEDED(IDownloadOperation_QueryInterface(download->operation,
                                                    &IID_IBackgroundTransferOperation,
                                                    (void **)&common)))
        IBackgroundTransferOperation_get_Guid(common, &guid);
    RELEASE(common);
    snprintf(download->label, sizeof(download->label),
             "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned)guid.Data1, guid.Data2,
             guid.Data3, guid.Data4[0], guid.Data4[1], guid.Data4[2], guid.Data4[3], guid.Data4[4],
             guid.Data4[5], guid.Data4[6], guid.Data4[7]);
}

struct download *download_create(IDownloadOperation *operation, const char *label)
{
    struct download *download = calloc(1, sizeof(*download));

    if (!download)
        return NULL;
    download->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!download->ended) {
        free(download);
        return NULL;
    }
    download->operation = operation;
    if (label)
        snprintf(download->label, sizeof(download->label), "%s", label);
    else
        label_with_guid(download);
    return download;
}

static void on_progress(void *context, IDownloadOperation *operation)
{
    struct download *download = context;
    BackgroundDownloadProgress progress;

    if (download->on_progress && SUCCEEDED(IDownloadOperation_get_Progress(operation, &progress)))
        download->on_progress(download, &progress);
}

/* The runtime calls it once, after the last progress. ErrorCode of IAsyncInfo says why, as
 * GetResults would. */
static void on_completed(void *context, AsyncStatus status)
{
    struct download *download = context;
    IAsyncInfo *info = NULL;

    download->outcome = status;
    if (status == Error &&
        SUCCEEDED(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_QueryInterface(
            download->async, &IID_IAsyncInfo, (void **)&info)))
        IAsyncInfo_get_ErrorCode(info, &download->error);
    RELEASE(info);
    if (download->on_ended)
        download->on_ended(download);
    SetEvent(download->ended);
}

static HRESULT watch(struct download *download, HRESULT hr)
{
    IDownloadProgressed *progressed = progress_handler_create(on_progress, download);
    IDownloadCompleted *completed =
        completed_handler_create(&IID_IDownloadCompleted, on_completed, download);

    if (SUCCEEDED(hr) && (!progressed || !completed))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(
            download->async, progressed);
    if (SUCCEEDED(hr))
        hr = IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed(
            download->async, completed);
    RELEASE(completed);
    RELEASE(progressed);
    return hr;
}

HRESULT download_start(struct download *download)
{
    return watch(download, IDownloadOperation_StartAsync(download->operation, &download->async));
}

HRESULT download_attach(struct download *download)
{
    return watch(download, IDownloadOperation_AttachAsync(download->operation, &download->async));
}

void download_cancel(struct download *download)
{
    IAsyncInfo *info = NULL;

    if (download->async &&
        SUCCEEDED(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_QueryInterface(
            download->async, &IID_IAsyncInfo, (void **)&info)))
        IAsyncInfo_Cancel(info);
    RELEASE(info);
}

void download_wait(struct download *download)
{
    WaitForSingleObject(download->ended, INFINITE);
}

void download_close(struct download *download)
{
    if (!download)
        return;
    RELEASE(download->async);
    RELEASE(download->operation);
    CloseHandle(download->ended);
    free(download);
}

BackgroundTransferStatus download_status(struct download *download)
{
    BackgroundDownloadProgress progress = { 0 };

    IDownloadOperation_get_Progress(download->operation, &progress);
    return progress.Status;
}
