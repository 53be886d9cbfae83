/* SPDX-License-Identifier: MIT */
/*
 * Scenario 7, reordering: one after the other, in an order that changes.
 *
 *     7-reordering URL FOLDER
 *
 * Downloads URL?id=1 to 5 into FOLDER, one at a time. `current N` makes number N the next one;
 * `cancel` cancels all. At the end of its input it waits until all have ended.
 *
 * The lesson: of the downloads in a group with the behaviour Serialized one runs at a time, the
 * others wait (Idle). MakeCurrentInTransferGroup moves one of them to the front, together with
 * those that wait behind it.
 */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/runtime.h"

#define COUNT 5
#define GROUP "{F3DC3B19-0A45-4F0F-B4A6-B2EA1A9AB37F}"

static struct download *downloads[COUNT];

static void on_progress(struct download *download, const BackgroundDownloadProgress *progress)
{
    if (progress->TotalBytesToReceive > 0)
        report("%s: %s, %llu%%", download->label, status_text(progress->Status),
               (unsigned long long)(progress->BytesReceived * 100 / progress->TotalBytesToReceive));
    else
        report("%s: %s", download->label, status_text(progress->Status));
}

static void on_ended(struct download *download)
{
    report("%s: %s", download->label, status_text(download_status(download)));
}

static HRESULT create(IBackgroundDownloader *downloader, const char *url, const char *folder,
                      int number)
{
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    IDownloadOperation *operation = NULL;
    char text[2000], label[24], name[20];
    HRESULT hr;

    snprintf(text, sizeof(text), "%s?id=%d", url, number);
    snprintf(name, sizeof(name), "%d.bin", number);
    snprintf(label, sizeof(label), "Download %d", number);
    hr = create_uri(text, &uri);
    if (SUCCEEDED(hr))
        hr = create_result_file(folder, name, &file);
    if (SUCCEEDED(hr))
        hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation);
    if (SUCCEEDED(hr)) {
        downloads[number - 1] = download_create(operation, label);
        hr = downloads[number - 1] ? S_OK : E_OUTOFMEMORY;
    }
    if (FAILED(hr)) {
        RELEASE(operation);
    } else {
        downloads[number - 1]->on_progress = on_progress;
        downloads[number - 1]->on_ended = on_ended;
    }
    RELEASE(file);
    RELEASE(uri);
    return hr;
}

static HRESULT make_current(struct download *download)
{
    IDownloadOperation4 *fourth = NULL;
    HRESULT hr = IDownloadOperation_QueryInterface(download->operation, &IID_IDownloadOperation4,
                                                   (void **)&fourth);

    if (SUCCEEDED(hr))
        hr = IDownloadOperation4_MakeCurrentInTransferGroup(fourth);
    RELEASE(fourth);
    return hr;
}

static HRESULT obey(const char *command)
{
    long number = strncmp(command, "current ", 8) == 0 ? strtol(command + 8, NULL, 10) : 0;
    HRESULT hr = S_OK;

    if (number >= 1 && number <= COUNT) {
        hr = make_current(downloads[number - 1]);
        report("Download %ld is the next", number);
    } else if (strcmp(command, "cancel") == 0) {
        for (int i = 0; i < COUNT; i++)
            download_cancel(downloads[i]);
    } else {
        report("What is '%s'?", command);
    }
    return hr;
}

static int run(char **arguments)
{
    IBackgroundTransferGroup *group = NULL;
    IBackgroundDownloader *downloader = NULL;
    char command[100];
    HRESULT hr = open_group(GROUP, BackgroundTransferBehavior_Serialized, &group);

    if (SUCCEEDED(hr))
        hr = cancel_leftovers(group);
    if (SUCCEEDED(hr))
        hr = create_downloader(&downloader);
    if (SUCCEEDED(hr))
        hr = use_group(downloader, group);
    for (int number = 1; SUCCEEDED(hr) && number <= COUNT; number++)
        hr = create(downloader, arguments[0], arguments[1], number);
    for (int i = 0; SUCCEEDED(hr) && i < COUNT; i++)
        hr = download_start(downloads[i]);
    while (SUCCEEDED(hr) && next_command(command, sizeof(command)))
        hr = obey(command);
    if (SUCCEEDED(hr)) {
        for (int i = 0; i < COUNT; i++) {
            download_wait(downloads[i]);
            download_close(downloads[i]);
        }
    } else {
        report_error("7-reordering", hr);
    }
    RELEASE(downloader);
    RELEASE(group);
    return SUCCEEDED(hr) ? 0 : 1;
}

int main(int argc, char **argv)
{
    return scenario_main(argc, argv, "7-reordering URL FOLDER", 2, run);
}
