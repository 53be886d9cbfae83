/* SPDX-License-Identifier: MIT */
/*
 * Scenario 6, recoverable errors: an address that expires in the middle.
 *
 *     6-recoverable-errors URL FOLDER [--unprepared]
 *
 * Downloads URL?shouldExpire=yes, whose server stops at half and says 403 Forbidden from then on.
 * The app is prepared for Forbidden: it asks whether to go on, takes a new address (URL alone) on
 * "yes" and cancels on anything else. With --unprepared the download fails instead.
 *
 * The lesson: an error that is in RecoverableWebErrorStatuses ends nothing. The download waits as
 * PausedRecoverableWebErrorStatus, of which the progress handler is told; CurrentWebErrorStatus
 * says what happened; RequestedUri may be changed, and Resume goes on. A download with random
 * access goes on from the same place if the new address has the same file; another begins anew.
 */
#include "scenario.h"

#include <stdio.h>
#include <string.h>

#include "../common/runtime.h"

static BOOL waits;     /* as the latest notification showed; handlers of one download take turns */
static HANDLE expired; /* set when the download waits for a decision, or has ended */

/*
 * Questions to the user are for the main thread; a handler only tells that there is one. Several
 * notifications may show the same wait, as Progress is a live value, so it tells once for each.
 */
static void on_progress(struct download *download, const BackgroundDownloadProgress *progress)
{
    report("%s: %llu of %llu bytes%s", status_text(progress->Status),
           (unsigned long long)progress->BytesReceived,
           (unsigned long long)progress->TotalBytesToReceive,
           progress->HasRestarted ? ", from the beginning" : "");
    (void)download;
    if (progress->Status == BackgroundTransferStatus_PausedRecoverableWebErrorStatus && !waits)
        SetEvent(expired);
    waits = progress->Status == BackgroundTransferStatus_PausedRecoverableWebErrorStatus;
}

static void on_ended(struct download *download)
{
    if (download->outcome == Error)
        report("Error: %d", web_error(download->error));
    else
        report("%s", status_text(download_status(download)));
    SetEvent(expired);
}

/* What has to be set before the start. */
static HRESULT prepare(IDownloadOperation3 *third)
{
    IVector_WebErrorStatus *statuses = NULL;
    HRESULT hr = IDownloadOperation3_put_IsRandomAccessRequired(third, TRUE);

    if (SUCCEEDED(hr))
        hr = IDownloadOperation3_get_RecoverableWebErrorStatuses(third, &statuses);
    if (SUCCEEDED(hr))
        hr = IVector_WebErrorStatus_Append(statuses, WebErrorStatus_Forbidden);
    RELEASE(statuses);
    return hr;
}

static int current_error(IDownloadOperation3 *third)
{
    IReference_WebErrorStatus *reference = NULL;
    WebErrorStatus status = WebErrorStatus_Unknown;

    if (SUCCEEDED(IDownloadOperation3_get_CurrentWebErrorStatus(third, &reference)) && reference)
        IReference_WebErrorStatus_get_Value(reference, &status);
    RELEASE(reference);
    return (int)status;
}

static HRESULT renew(IDownloadOperation *operation, IDownloadOperation3 *third, const char *url)
{
    IUriRuntimeClass *uri = NULL;
    HRESULT hr = create_uri(url, &uri);

    if (SUCCEEDED(hr))
        hr = IDownloadOperation3_put_RequestedUri(third, uri);
    if (SUCCEEDED(hr))
        hr = IDownloadOperation_Resume(operation);
    RELEASE(uri);
    return hr;
}

/* Until it has ended. */
static HRESULT attend(struct download *download, IDownloadOperation3 *third, const char *url)
{
    char answer[20];
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr)) {
        WaitForSingleObject(expired, INFINITE);
        if (download_status(download) != BackgroundTransferStatus_PausedRecoverableWebErrorStatus)
            break;
        report("URL has expired (%d). Continue with a new one?", current_error(third));
        if (next_command(answer, sizeof(answer)) && strcmp(answer, "yes") == 0)
            hr = renew(download->operation, third, url);
        else
            download_cancel(download);
    }
    if (SUCCEEDED(hr))
        download_wait(download);
    return hr;
}

static HRESULT create(const char *url, const char *folder, struct download **download)
{
    IBackgroundDownloader *downloader = NULL;
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    IDownloadOperation *operation = NULL;
    char text[2000];
    HRESULT hr;

    snprintf(text, sizeof(text), "%s?shouldExpire=yes", url);
    hr = create_uri(text, &uri);
    if (SUCCEEDED(hr))
        hr = create_result_file(folder, "recovered.bin", &file);
    if (SUCCEEDED(hr))
        hr = create_downloader(&downloader);
    if (SUCCEEDED(hr))
        hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation);
    if (SUCCEEDED(hr)) {
        *download = download_create(operation, NULL);
        hr = *download ? S_OK : E_OUTOFMEMORY;
    }
    if (FAILED(hr))
        RELEASE(operation);
    RELEASE(downloader);
    RELEASE(file);
    RELEASE(uri);
    return hr;
}

static int run(char **arguments)
{
    bool prepared = !arguments[2] || strcmp(arguments[2], "--unprepared") != 0;
    struct download *download = NULL;
    IDownloadOperation3 *third = NULL;
    HRESULT hr;

    expired = CreateEventW(NULL, FALSE, FALSE, NULL);
    hr = expired ? create(arguments[0], arguments[1], &download) : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = IDownloadOperation_QueryInterface(download->operation, &IID_IDownloadOperation3,
                                               (void **)&third);
    if (SUCCEEDED(hr) && prepared)
        hr = prepare(third);
    if (SUCCEEDED(hr)) {
        download->on_progress = on_progress;
        download->on_ended = on_ended;
        hr = download_start(download);
    }
    if (SUCCEEDED(hr))
        hr = attend(download, third, arguments[0]);
    if (SUCCEEDED(hr))
        hr = download->error;
    if (FAILED(hr))
        report_error("6-recoverable-errors", hr);
    RELEASE(third);
    download_close(download);
    return SUCCEEDED(hr) ? 0 : 1;
}

int main(int argc, char **argv)
{
    return scenario_main(argc, argv, "6-recoverable-errors URL FOLDER [--unprepared]", 2, run);
}
