/* SPDX-License-Identifier: MIT */
/*
 * Scenario 1, download: transfers that outlive the program.
 *
 *     1-download FOLDER
 *
 * It begins by finding what an earlier run has left, and goes on with it. Then it obeys:
 *
 *     start URL, high URL    downloads into FOLDER, with default or high priority
 *     pause, resume          all that can be
 *     cancel                 all
 *     quit                   ends the program; what is not finished waits for the next run
 *
 * At the end of its input it waits until all downloads have ended.
 *
 * The lesson: a download belongs to the app, not to the process. GetCurrentDownloadsAsync gives
 * those of earlier processes, AttachAsync makes them go on and tells how they end; the GUID is what
 * one knows them by.
 */
#include "scenario.h"

#include <stdio.h>
#include <string.h>

#include "../common/runtime.h"

static IBackgroundDownloader *downloader;
static const char *folder;
static struct download *downloads;

static void on_progress(struct download *download, const BackgroundDownloadProgress *progress)
{
    report("Progress: %s, Status: %s", download->label, status_text(progress->Status));
    /* 0 is: not known. */
    if (progress->TotalBytesToReceive > 0)
        report(" - Transferred bytes: %llu of %llu, %llu%%",
               (unsigned long long)progress->BytesReceived,
               (unsigned long long)progress->TotalBytesToReceive,
               (unsigned long long)(progress->BytesReceived * 100 / progress->TotalBytesToReceive));
    if (progress->HasRestarted)
        report(" - Download restarted");
    if (progress->HasResponseChanged)
        report(" - Response updated");
}

/* NULL if there never was an answer. */
static UINT32 response_status(struct download *download)
{
    IBackgroundTransferOperation *common = NULL;
    IResponseInformation *information = NULL;
    UINT32 status = 0;

    if (SUCCEEDED(IDownloadOperation_QueryInterface(download->operation,
                                                    &IID_IBackgroundTransferOperation,
                                                    (void **)&common)))
        IBackgroundTransferOperation_GetResponseInformation(common, &information);
    if (information)
        IResponseInformation_get_StatusCode(information, &status);
    RELEASE(information);
    RELEASE(common);
    return status;
}

static void on_ended(struct download *download)
{
    if (download->outcome == Completed)
        report("Completed: %s, Status Code: %u", download->label,
               (unsigned)response_status(download));
    else if (download->outcome == Canceled)
        report("Canceled: %s", download->label);
    else
        report_error(download->label, download->error);
}

static HRESULT add(IDownloadOperation *operation, bool attach)
{
    struct download *download = download_create(operation, NULL);
    HRESULT hr;

    if (!download) {
        RELEASE(operation);
        return E_OUTOFMEMORY;
    }
    download->on_progress = on_progress;
    download->on_ended = on_ended;
    hr = attach ? download_attach(download) : download_start(download);
    if (FAILED(hr)) {
        download_close(download);
        return hr;
    }
    download->next = downloads;
    downloads = download;
    return S_OK;
}

static HRESULT find_earlier_ones(void)
{
    IVectorView_DownloadOperation *view = NULL;
    IDownloadOperation *operation;
    UINT32 count = 0;
    HRESULT hr = current_downloads(NULL, &view);

    if (SUCCEEDED(hr))
        hr = IVectorView_DownloadOperation_get_Size(view, &count);
    if (SUCCEEDED(hr))
        report("Loading background downloads: %u", (unsigned)count);
    for (UINT32 i = 0; SUCCEEDED(hr) && i < count; i++) {
        hr = IVectorView_DownloadOperation_GetAt(view, i, &operation);
        if (SUCCEEDED(hr))
            hr = add(operation, true);
        if (SUCCEEDED(hr))
            report("Discovered background download: %s, Status: %s", downloads->label,
                   status_text(download_status(downloads)));
    }
    RELEASE(view);
    return hr;
}

static HRESULT set_priority(IDownloadOperation *operation, BackgroundTransferPriority priority)
{
    IBackgroundTransferOperationPriority *prioritized = NULL;
    HRESULT hr =
        IDownloadOperation_QueryInterface(operation, &IID_IBackgroundTransferOperationPriority,
                                          (void **)&prioritized);

    if (SUCCEEDED(hr))
        hr = IBackgroundTransferOperationPriority_put_Priority(prioritized, priority);
    RELEASE(prioritized);
    return hr;
}

static HRESULT start(const char *url, BackgroundTransferPriority priority)
{
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    IDownloadOperation *operation = NULL;
    HRESULT hr = create_uri(url, &uri);

    if (SUCCEEDED(hr))
        hr = create_result_file(folder, "download.bin", &file);
    if (SUCCEEDED(hr))
        hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation);
    if (SUCCEEDED(hr))
        hr = set_priority(operation, priority);
    if (SUCCEEDED(hr)) {
        hr = add(operation, false);
        operation = NULL;
    }
    if (SUCCEEDED(hr))
        report("Downloading %s with %s priority, %s", url,
               priority == BackgroundTransferPriority_High ? "High" : "Default", downloads->label);
    RELEASE(operation);
    RELEASE(file);
    RELEASE(uri);
    return hr;
}

/* Pause and Resume are valid in some states only; the others are left alone. */
static void pause_all(void)
{
    for (struct download *download = downloads; download; download = download->next) {
        bool paused = download_status(download) == BackgroundTransferStatus_Running &&
                      SUCCEEDED(IDownloadOperation_Pause(download->operation));

        report("%s: %s", paused ? "Paused" : "Skipped", download->label);
    }
}

static void resume_all(void)
{
    for (struct download *download = downloads; download; download = download->next) {
        bool resumed = download_status(download) == BackgroundTransferStatus_PausedByApplication &&
                       SUCCEEDED(IDownloadOperation_Resume(download->operation));

        report("%s: %s", resumed ? "Resumed" : "Skipped", download->label);
    }
}

static void cancel_all(void)
{
    for (struct download *download = downloads; download; download = download->next)
        download_cancel(download);
}

/* False for quit. */
static bool obey(const char *command)
{
    HRESULT hr = S_OK;

    if (strncmp(command, "start ", 6) == 0)
        hr = start(command + 6, BackgroundTransferPriority_Default);
    else if (strncmp(command, "high ", 5) == 0)
        hr = start(command + 5, BackgroundTransferPriority_High);
    else if (strcmp(command, "pause") == 0)
        pause_all();
    else if (strcmp(command, "resume") == 0)
        resume_all();
    else if (strcmp(command, "cancel") == 0)
        cancel_all();
    else if (strcmp(command, "quit") == 0)
        return false;
    else
        report("What is '%s'?", command);
    if (FAILED(hr))
        report_error(command, hr);
    return true;
}

static int run(char **arguments)
{
    char command[2000];
    bool wait = true;
    HRESULT hr;

    folder = arguments[0];
    hr = create_downloader(&downloader);
    if (SUCCEEDED(hr))
        hr = find_earlier_ones();
    if (FAILED(hr))
        report_error("1-download", hr);
    while (SUCCEEDED(hr) && wait && next_command(command, sizeof(command)))
        wait = obey(command);
    while (downloads) {
        struct download *download = downloads;

        downloads = download->next;
        /* After quit a handler may still be called, so the memory stays until the process ends. */
        if (wait) {
            download_wait(download);
            download_close(download);
        }
    }
    RELEASE(downloader);
    return SUCCEEDED(hr) ? 0 : 1;
}

int main(int argc, char **argv)
{
    return scenario_main(argc, argv, "1-download FOLDER", 1, run);
}
