/* SPDX-License-Identifier: MIT */
/* Downloads in a transfer group, and those that an earlier process has left. */
#include "scenarios.h"

#include "servers.h"

#define TRANSFER "Windows.Networking.BackgroundTransfer."

static HRESULT get_group(IBackgroundTransferGroup **out)
{
    IBackgroundTransferGroupStatics *statics = NULL;
    HRESULT hr;

    *out = NULL;
    TRY(client_factory(TRANSFER "BackgroundTransferGroup", &IID_IBackgroundTransferGroupStatics,
                       &statics));
    TRY(IBackgroundTransferGroupStatics_CreateGroup(statics, text(CLIENT_GROUP), out));
done:
    DROP(statics);
    return hr;
}

static HRESULT get_group_downloader(IBackgroundDownloader **out)
{
    IBackgroundDownloader2 *second = NULL;
    IBackgroundTransferGroup *group = NULL;
    HRESULT hr;

    TRY(client_downloader(out));
    TRY(client_query(*out, &IID_IBackgroundDownloader2, &second));
    TRY(get_group(&group));
    TRY(IBackgroundTransferGroup_put_TransferBehavior(group,
                                                      BackgroundTransferBehavior_Serialized));
    TRY(client_put_limit(group, 4 << 20));
    TRY(IBackgroundDownloader2_put_TransferGroup(second, group));
done:
    DROP(group);
    DROP(second);
    return hr;
}

#define MEMBERS 3

static HRESULT run_group(void)
{
    static const char *const names[MEMBERS] = { "first.bin", "second.bin", "third.bin" };
    IDownloadOperation *operations[MEMBERS] = { NULL };
    download_async *asyncs[MEMBERS] = { NULL };
    IBackgroundDownloader *downloader = NULL;
    IDownloadOperation4 *fourth = NULL;
    HRESULT hr;

    TRY(get_group_downloader(&downloader));
    for (unsigned i = 0; i < MEMBERS; i++) {
        const char *name = run_name(names[i]);

        TRY(client_download(downloader, server_url("NGINX_HTTP", "/100k.bin"), name,
                            &operations[i]));
        TRY(client_start(operations[i], name, 102400, &asyncs[i]));
    }
    TRY(client_query(operations[2], &IID_IDownloadOperation4, &fourth));
    TRY(IDownloadOperation4_MakeCurrentInTransferGroup(fourth));
    for (unsigned i = 0; i < MEMBERS; i++)
        TRY(client_finish(operations[i], &asyncs[i]));
done:
    DROP(fourth);
    for (unsigned i = 0; i < MEMBERS; i++) {
        DROP(asyncs[i]);
        DROP(operations[i]);
    }
    DROP(downloader);
    return hr;
}

const struct scenario scenario_group = { .name = "group", .run = run_group };

/* What the earlier process does: one download is amid its file, one was paused before that, one is
 * in a group. */
static HRESULT prepare_current(void)
{
    static const struct {
        const char *name, *path;
        uint64_t size;
        bool grouped, paused;
    } rows[] = {
        { "left-amid.bin", "/1m.bin", WHOLE_SIZE, false, false },
        { "left-paused.bin", "/100k.bin", 102400, false, true },
        { "left-grouped.bin", "/1m.bin", WHOLE_SIZE, true, true },
    };
    HRESULT hr = S_OK;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IBackgroundDownloader *downloader = NULL;
        IDownloadOperation *operation = NULL;
        download_async *async = NULL;

        MUST((rows[i].grouped ? get_group_downloader(&downloader)
                              : client_downloader(&downloader)) == S_OK);
        TRY(client_download(downloader, server_url("NGINX_HTTP", "%s", rows[i].path), rows[i].name,
                            &operation));
        TRY(client_start(operation, rows[i].name, rows[i].size, &async));
        if (rows[i].paused)
            MUST(SUCCEEDED(client_pause(operation)));
    }
done:
    return hr == S_FALSE ? S_OK : hr;
}

static HRESULT go_on_with(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = NULL;
    BackgroundDownloadProgress progress;
    download_async *async = NULL;
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    HRESULT hr;

    TRY(client_query(operation, &IID_IBackgroundTransferOperation, &common));
    TRY(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    TRY(IDownloadOperation_get_ResultFile(operation, &file));
    MUST(uri && file);
    TRY(IDownloadOperation_get_Progress(operation, &progress));
    TRY(IDownloadOperation_AttachAsync(operation, &async));
    if (progress.Status == BackgroundTransferStatus_PausedByApplication)
        TRY(IDownloadOperation_Resume(operation));
    TRY(client_finish(operation, &async));
done:
    DROP(async);
    DROP(file);
    DROP(uri);
    DROP(common);
    return hr;
}

static HRESULT go_on_with_all(IVectorView_DownloadOperation *view)
{
    HRESULT hr = S_OK;
    UINT32 size = 0;

    TRY(IVectorView_DownloadOperation_get_Size(view, &size));
    for (UINT32 i = 0; i < size && SUCCEEDED(hr); i++) {
        IDownloadOperation *operation = NULL;

        TRY(IVectorView_DownloadOperation_GetAt(view, i, &operation));
        hr = go_on_with(operation);
        DROP(operation);
    }
done:
    return hr;
}

static HRESULT list_group(IVectorView_DownloadOperation **out)
{
    IAsyncOperation_IVectorView_DownloadOperation *listing = NULL;
    IBackgroundDownloaderStaticMethods2 *statics = NULL;
    IBackgroundTransferGroup *group = NULL;
    HRESULT hr;

    *out = NULL;
    TRY(get_group(&group));
    TRY(client_factory(TRANSFER "BackgroundDownloader", &IID_IBackgroundDownloaderStaticMethods2,
                       &statics));
    TRY(IBackgroundDownloaderStaticMethods2_GetCurrentDownloadsForTransferGroupAsync(statics, group,
                                                                                     &listing));
    TRY(client_await(listing, false, out));
done:
    DROP(listing);
    DROP(statics);
    DROP(group);
    return hr;
}

static HRESULT run_current(void)
{
    IVectorView_DownloadOperation *view = NULL, *grouped = NULL;
    HRESULT hr;

    TRY(client_list(&view));
    TRY(go_on_with_all(view));
    TRY(list_group(&grouped));
    TRY(go_on_with_all(grouped));
done:
    DROP(grouped);
    DROP(view);
    return hr;
}

const struct scenario scenario_current = { .name = "current",
                                           .run = run_current,
                                           .prepare = prepare_current };

#define SLOW_SIZE 200000

/* An earlier process that was killed while it waited for room. */
static HRESULT prepare_room(void)
{
    static const struct fault_plan full = { FAULT_DISK_FULL, 1, true };
    IDownloadOperation *operation = NULL;
    download_async *async = NULL;
    HRESULT hr;

    TRY(client_download(NULL, server_url("FAULT_HTTP", "/bytes/%d?rate=%d", SLOW_SIZE, SLOW_SIZE),
                        "slow.bin", &operation));
    TRY(client_start(operation, "slow.bin", SLOW_SIZE, &async));
    faults_arm(&full);
    MUST(client_reaches(operation, BackgroundTransferStatus_PausedSystemPolicy));
done:
    return hr;
}

const struct scenario scenario_room = { .name = "room",
                                        .run = run_current,
                                        .prepare = prepare_room };
