/* SPDX-License-Identifier: MIT */
#include "transfer.h"

#include <stdlib.h>
#include <string.h>
#include <asyncinfo.h>

#include "../common/errors.h"
#include "../common/handlers.h"
#include "../common/platform.h"
#include "../common/runtime.h"
#include "../common/text.h"

/* DownloadOperation is both the result and the progress of what StartAsync returns: its Progress
   property says how far it is. It goes on while one looks, so take it once and use the copy. */
static void take_progress(struct transfer *transfer)
{
    BackgroundDownloadProgress progress;

    if (FAILED(transfer->operation->lpVtbl->get_Progress(transfer->operation, &progress)))
        return;
    AcquireSRWLockExclusive(&transfer->lock);
    transfer->progress = progress;
    ReleaseSRWLockExclusive(&transfer->lock);
}

static void on_progress(void *context, IDownloadOperation *operation)
{
    struct transfer *transfer = context;

    (void)operation; /* the one that `transfer` has */
    take_progress(transfer);
}

static void set_ended(struct transfer *transfer)
{
    AcquireSRWLockExclusive(&transfer->lock);
    transfer->ended = true;
    SetEvent(transfer->changed); /* in the lock: who sees the end may close the event */
    ReleaseSRWLockExclusive(&transfer->lock);
}

static void on_completed(void *context, AsyncStatus status)
{
    struct transfer *transfer = context;

    (void)status; /* GetResults tells it again */
    take_progress(transfer);
    set_ended(transfer);
}

/* DisplayUri is the one of a Uri's texts that leaves out what only the server shall know. */
static char *shown_text(IUriRuntimeClass *uri)
{
    HSTRING string = NULL;
    char *text = NULL;

    if (SUCCEEDED(uri->lpVtbl->get_DisplayUri(uri, &string)))
        text = text_from_string(string);
    WindowsDeleteString(string);
    return text;
}

static void name_after_file(struct transfer *transfer)
{
    char *path = file_path(transfer->file);
    const char *name;

    if (!path)
        return;
    name = platform_file_name(path);
    memmove(path, name, strlen(name) + 1);
    free(transfer->name);
    transfer->name = path;
}

static HRESULT set_priority(struct transfer *transfer)
{
    IBackgroundTransferOperationPriority *priority = NULL;
    HRESULT hr;

    hr = transfer->operation->lpVtbl->QueryInterface(transfer->operation,
                                                     &IID_IBackgroundTransferOperationPriority,
                                                     (void **)&priority);
    if (SUCCEEDED(hr))
        hr = priority->lpVtbl->put_Priority(priority, transfer->priority);
    RELEASE(priority);
    return hr;
}

/* Uri -> StorageFile -> DownloadOperation: what a download needs, in this order. */
static HRESULT create_operation(struct transfer *transfer, IBackgroundDownloader *downloader,
                                const struct target *target)
{
    IUriRuntimeClass *uri = NULL;
    HRESULT hr;

    hr = create_uri(transfer->url, &uri);
    if (SUCCEEDED(hr)) {
        transfer->shown = shown_text(uri);
        hr = transfer->shown ? S_OK : E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr))
        hr = target_create_file(target, uri, &transfer->file);
    if (SUCCEEDED(hr)) {
        name_after_file(transfer);
        hr = downloader->lpVtbl->CreateDownload(downloader, uri, transfer->file,
                                                &transfer->operation);
    }
    if (SUCCEEDED(hr) && transfer->priority != BackgroundTransferPriority_Default)
        hr = set_priority(transfer);
    RELEASE(uri);
    return hr;
}

/* StartAsync returns at once. Handlers may be set at any time; one that comes late is called all
 * the same. */
static HRESULT start_operation(struct transfer *transfer, bool attach)
{
    IDownloadProgressed *progressed = progress_handler_create(on_progress, transfer);
    IDownloadCompleted *completed =
        completed_handler_create(&IID_IDownloadCompleted, on_completed, transfer);
    HRESULT hr = progressed && completed ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(hr) && attach)
        hr = transfer->operation->lpVtbl->AttachAsync(transfer->operation, &transfer->download);
    else if (SUCCEEDED(hr))
        hr = transfer->operation->lpVtbl->StartAsync(transfer->operation, &transfer->download);
    if (SUCCEEDED(hr))
        hr = transfer->download->lpVtbl->put_Completed(transfer->download, completed);
    if (SUCCEEDED(hr)) /* without progress it is still a download */
        transfer->download->lpVtbl->put_Progress(transfer->download, progressed);
    RELEASE(completed);
    RELEASE(progressed);
    return hr;
}

/* The runtime's text for an error is kept by the thread until its next failure: so take it at once.
 */
static void describe_result(struct transfer *transfer)
{
    if (FAILED(transfer->result))
        describe_error(transfer->result, transfer->error, sizeof(transfer->error));
}

/* What both beginnings end with. */
static void begun(struct transfer *transfer, HRESULT hr)
{
    transfer->result = hr;
    describe_result(transfer);
    if (FAILED(hr))
        set_ended(transfer); /* else on_completed does, or has done so already */
}

static void set_clocks(struct transfer *transfer)
{
    InitializeSRWLock(&transfer->lock);
    transfer->started_ms = transfer->measured_ms = GetTickCount64();
}

void transfer_start(struct transfer *transfer, IBackgroundDownloader *downloader,
                    const struct target *target)
{
    HRESULT hr;

    set_clocks(transfer);
    transfer->name = malloc(strlen(transfer->url) + 1);
    if (transfer->name)
        memcpy(transfer->name, transfer->url, strlen(transfer->url) + 1);
    hr = transfer->name ? create_operation(transfer, downloader, target) : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = start_operation(transfer, false);
    begun(transfer, hr);
}

/* What an operation of an earlier run was created with, it tells itself. */
static HRESULT ask_operation(struct transfer *transfer)
{
    IBackgroundTransferOperation *common = NULL;
    IUriRuntimeClass *uri = NULL;
    HRESULT hr;

    hr = transfer->operation->lpVtbl->QueryInterface(transfer->operation,
                                                     &IID_IBackgroundTransferOperation,
                                                     (void **)&common);
    if (SUCCEEDED(hr))
        hr = common->lpVtbl->get_RequestedUri(common, &uri);
    if (SUCCEEDED(hr)) {
        transfer->shown = shown_text(uri);
        transfer->name = shown_text(uri);
        hr = transfer->shown && transfer->name ? S_OK : E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr))
        hr = transfer->operation->lpVtbl->get_ResultFile(transfer->operation, &transfer->file);
    if (SUCCEEDED(hr) && transfer->file)
        name_after_file(transfer);
    RELEASE(uri);
    RELEASE(common);
    return hr;
}

void transfer_go_on(struct transfer *transfer, IDownloadOperation *operation)
{
    HRESULT hr;

    set_clocks(transfer);
    transfer->operation = operation;
    hr = ask_operation(transfer);
    take_progress(transfer);
    transfer->measured_bytes = transfer->progress.BytesReceived;
    if (SUCCEEDED(hr))
        hr = start_operation(transfer, true);
    transfer_pause(transfer, false);
    begun(transfer, hr);
}

/* Both fail in the states in which they make no sense, and change nothing then. */
void transfer_pause(struct transfer *transfer, bool pause)
{
    if (!transfer->operation)
        return;
    if (pause)
        transfer->operation->lpVtbl->Pause(transfer->operation);
    else
        transfer->operation->lpVtbl->Resume(transfer->operation);
}

bool transfer_poll(struct transfer *transfer, BackgroundDownloadProgress *progress)
{
    bool ended;

    AcquireSRWLockShared(&transfer->lock);
    *progress = transfer->progress;
    ended = transfer->ended;
    ReleaseSRWLockShared(&transfer->lock);
    return ended;
}

/* An operation is cancelled through IAsyncInfo, which every asynchronous object has. */
void transfer_cancel(struct transfer *transfer)
{
    IAsyncInfo *info = NULL;

    if (!transfer->download)
        return;
    if (SUCCEEDED(transfer->download->lpVtbl->QueryInterface(transfer->download, &IID_IAsyncInfo,
                                                             (void **)&info)))
        info->lpVtbl->Cancel(info);
    RELEASE(info);
}

/* What failed before a byte came leaves no empty file behind. */
static void remove_if_empty(struct transfer *transfer)
{
    if (FAILED(transfer->result) && transfer->url && transfer->file &&
        transfer->progress.BytesReceived == 0)
        delete_file(transfer->file);
}

void transfer_finish(struct transfer *transfer)
{
    IDownloadOperation *same = NULL;

    /* GetResults gives the operation again, or the error it ended with. */
    if (SUCCEEDED(transfer->result)) {
        transfer->result = transfer->download->lpVtbl->GetResults(transfer->download, &same);
        describe_result(transfer);
    }
    RELEASE(same);
    remove_if_empty(transfer);
    transfer->finished = true;
    transfer->finished_ms = GetTickCount64();
}

void transfer_close(struct transfer *transfer)
{
    RELEASE(transfer->download);
    RELEASE(transfer->operation);
    RELEASE(transfer->file);
    free(transfer->name);
    free(transfer->shown);
}
