/* SPDX-License-Identifier: MIT */
/*
 * Scenario 3, notifications: several downloads that are one thing to the user.
 *
 *     3-notifications URL FOLDER
 *
 * Downloads URL?delay=1, 5 and 10 into FOLDER, and says when the last one has ended: that all are
 * there, or that some are not. (The original shows a toast or a tile; on a terminal it is a line.)
 *
 * The lesson: all operations of a batch are created before any is started, so that it is complete
 * before its first part can end; and a BackgroundTransferGroup keeps them apart from all others,
 * also when they are looked for: those that an earlier run has left are cancelled here.
 */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

#include "../common/runtime.h"

#define COUNT 3

/* Names are of the app's choice; a GUID is nobody else's. */
#define GROUP "{296628BF-5AE6-48CE-AA36-86A85A726B6A}"

struct batch {
    struct download *downloads[COUNT];
    LONG left; /* how many have not ended; handlers count down */
    LONG failed;
};

static struct batch batch;

/* On a thread of the runtime; whoever ends the last tells the user. */
static void on_ended(struct download *download)
{
    report("%s: %s", download->label, download->outcome == Completed ? "Completed" : "Failed");
    if (download->outcome != Completed)
        InterlockedIncrement(&batch.failed);
    if (InterlockedDecrement(&batch.left) > 0)
        return;
    if (batch.failed == 0)
        report("All three downloads completed successfully.");
    else
        report("At least one download completed with failure.");
}

static HRESULT create(IBackgroundDownloader *downloader, const char *url, const char *folder,
                      unsigned seconds, struct download **download)
{
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    IDownloadOperation *operation = NULL;
    char text[2000], label[40];
    HRESULT hr;

    snprintf(text, sizeof(text), "%s?delay=%u", url, seconds);
    snprintf(label, sizeof(label), "%u seconds", seconds);
    hr = create_uri(text, &uri);
    if (SUCCEEDED(hr))
        hr = create_result_file(folder, "notification.bin", &file);
    if (SUCCEEDED(hr))
        hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation);
    if (SUCCEEDED(hr)) {
        *download = download_create(operation, label);
        hr = *download ? S_OK : E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr))
        (*download)->on_ended = on_ended;
    else
        RELEASE(operation);
    RELEASE(file);
    RELEASE(uri);
    return hr;
}

static int run(char **arguments)
{
    static const unsigned seconds[COUNT] = { 1, 5, 10 };
    IBackgroundTransferGroup *group = NULL;
    IBackgroundDownloader *downloader = NULL;
    HRESULT hr = open_group(GROUP, BackgroundTransferBehavior_Parallel, &group);

    if (SUCCEEDED(hr))
        hr = cancel_leftovers(group);
    if (SUCCEEDED(hr))
        hr = create_downloader(&downloader);
    if (SUCCEEDED(hr))
        hr = use_group(downloader, group);
    for (int i = 0; SUCCEEDED(hr) && i < COUNT; i++)
        hr = create(downloader, arguments[0], arguments[1], seconds[i], &batch.downloads[i]);
    batch.left = COUNT;
    for (int i = 0; SUCCEEDED(hr) && i < COUNT; i++)
        hr = download_start(batch.downloads[i]);
    for (int i = 0; SUCCEEDED(hr) && i < COUNT; i++)
        download_wait(batch.downloads[i]);
    if (SUCCEEDED(hr)) {
        for (int i = 0; i < COUNT; i++)
            download_close(batch.downloads[i]);
    } else {
        report_error("3-notifications", hr);
    }
    RELEASE(downloader);
    RELEASE(group);
    return SUCCEEDED(hr) && batch.failed == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    return scenario_main(argc, argv, "3-notifications URL FOLDER", 2, run);
}
