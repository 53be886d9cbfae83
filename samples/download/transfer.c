/* SPDX-License-Identifier: MIT */
#include "transfer.h"

#include <stdlib.h>
#include <string.h>
#include <asyncinfo.h>

#include "errors.h"
#include "handlers.h"
#include "platform.h"
#include "runtime.h"
#include "text.h"

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

/* Uri -> StorageFile -> DownloadOperation: what a download needs, in this order. */
static HRESULT create_operation(struct transfer *transfer, IBackgroundDownloader *downloader,
                                const struct target *target)
{
    IUriRuntimeClass *uri = NULL;
    const char *name;
    char *path;
    HRESULT hr;

    hr = create_uri(transfer->url, &uri);
    if (SUCCEEDED(hr)) {
        transfer->shown = shown_text(uri);
        hr = transfer->shown ? S_OK : E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr))
        hr = target_create_file(target, uri, &transfer->file);
    if (SUCCEEDED(hr) && (path = file_path(transfer->file)) != NULL) {
        name = platform_file_name(path);
        memmove(path, name, strlen(name) + 1);
        free(transfer->name);
        transfer->name = path;
    }
    if (SUCCEEDED(hr))
        hr = downloader->lpVtbl->CreateDownload(downloader, uri, transfer->file,
                                                &transfer->operation);
    RELEASE(uri);
    return hr;
}

/* StartAsync returns at once. Handlers may be set at any time; one that comes late is called all
 * the same. */
static HRESULT start_operation(struct transfer *transfer)
{
    IDownloadProgressed *progressed = progress_handler_create(on_progress, transfer);
    IDownloadCompleted *completed =
        completed_handler_create(&IID_IDownloadCompleted, on_completed, transfer);
    HRESULT hr = progressed && completed ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
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

void transfer_start(struct transfer *transfer, IBackgroundDownloader *downloader,
                    const struct target *target)
{
    HRESULT hr;

    InitializeSRWLock(&transfer->lock);
    transfer->name = malloc(strlen(transfer->url) + 1);
    if (transfer->name)
        memcpy(transfer->name, transfer->url, strlen(transfer->url) + 1);
    transfer->started_ms = transfer->measured_ms = GetTickCount64();
    hr = transfer->name ? create_operation(transfer, downloader, target) : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = start_operation(transfer);
    transfer->result = hr;
    describe_result(transfer);
    if (FAILED(hr))
        set_ended(transfer); /* else on_completed does, or has done so already */
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
    if (FAILED(transfer->result) && transfer->file && transfer->progress.BytesReceived == 0)
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
