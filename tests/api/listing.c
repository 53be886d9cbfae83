/* SPDX-License-Identifier: MIT */
#include "listing.h"

#define CLASS_DOWNLOADER "Windows.Networking.BackgroundTransfer.BackgroundDownloader"

typedef IAsyncOperation_IVectorView_DownloadOperation listing;

IVectorView_DownloadOperation *list_current(void)
{
    IBackgroundDownloaderStaticMethods *statics =
        activation_factory(CLASS_DOWNLOADER, &IID_IBackgroundDownloaderStaticMethods);
    IVectorView_DownloadOperation *view = NULL;
    listing *operation = NULL;

    check_ok(IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, &operation));
    await_results(operation, &view);
    assert_non_null(view);
    release_ref(statics);
    return view;
}

IVectorView_DownloadOperation *list_group(const char *group)
{
    IBackgroundDownloaderStaticMethods *statics =
        activation_factory(CLASS_DOWNLOADER, &IID_IBackgroundDownloaderStaticMethods);
    IVectorView_DownloadOperation *view = NULL;
    listing *operation = NULL;

    check_ok(IBackgroundDownloaderStaticMethods_GetCurrentDownloadsForGroupAsync(statics,
                                                                                 string_of(group),
                                                                                 &operation));
    await_results(operation, &view);
    assert_non_null(view);
    release_ref(statics);
    return view;
}

IVectorView_DownloadOperation *list_transfer_group(IBackgroundTransferGroup *group)
{
    IBackgroundDownloaderStaticMethods2 *statics =
        activation_factory(CLASS_DOWNLOADER, &IID_IBackgroundDownloaderStaticMethods2);
    IVectorView_DownloadOperation *view = NULL;
    listing *operation = NULL;

    check_ok(
        IBackgroundDownloaderStaticMethods2_GetCurrentDownloadsForTransferGroupAsync(statics, group,
                                                                                     &operation));
    await_results(operation, &view);
    assert_non_null(view);
    release_ref(statics);
    return view;
}

unsigned count_of(IVectorView_DownloadOperation *view)
{
    UINT32 size = 0;

    check_ok(IVectorView_DownloadOperation_get_Size(view, &size));
    check_last_release_soon(view);
    return size;
}

IDownloadOperation *only_one_of(IVectorView_DownloadOperation *view)
{
    IDownloadOperation *operation = NULL;
    UINT32 size = 0;

    check_ok(IVectorView_DownloadOperation_get_Size(view, &size));
    assert_int_equal(size, 1);
    check_ok(IVectorView_DownloadOperation_GetAt(view, 0, &operation));
    check_last_release_soon(view);
    return operation;
}

GUID guid_of(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    GUID guid = { 0 };

    check_ok(IBackgroundTransferOperation_get_Guid(common, &guid));
    release_ref(common);
    return guid;
}
