/* SPDX-License-Identifier: MIT */
/* What an app tells a download amid its life. */
#include "scenarios.h"

#include <asyncinfo.h>
#include <windows.web.h>
#include <winstring.h>

#include "servers.h"

static HRESULT start_whole(const char *name, IDownloadOperation **operation, download_async **async)
{
    HRESULT hr;

    *async = NULL;
    TRY(client_download(NULL, server_url("NGINX_HTTP", "/1m.bin"), name, operation));
    TRY(client_start(*operation, name, WHOLE_SIZE, async));
done:
    return hr;
}

static HRESULT run_pause(void)
{
    IDownloadOperation *operation = NULL;
    download_async *async = NULL;
    HRESULT hr;

    TRY(start_whole(run_name("paused.bin"), &operation, &async));
    TRY(client_pause(operation));
    if (hr == S_OK && client_reaches(operation, BackgroundTransferStatus_PausedByApplication))
        TRY(IDownloadOperation_Resume(operation));
    TRY(client_finish(operation, &async));
done:
    DROP(async);
    DROP(operation);
    return hr;
}

const struct scenario scenario_pause = { .name = "pause", .run = run_pause };

static HRESULT run_cancel(void)
{
    IDownloadOperation *operation = NULL;
    download_async *async = NULL;
    IAsyncInfo *info = NULL;
    HRESULT hr;

    TRY(start_whole(run_name("cancelled.bin"), &operation, &async));
    TRY(client_query(async, &IID_IAsyncInfo, &info));
    TRY(IAsyncInfo_Cancel(info));
    TRY(client_finish(operation, &async));
    hr = S_OK; /* the end may have been faster */
done:
    DROP(info);
    DROP(async);
    DROP(operation);
    return hr;
}

const struct scenario scenario_cancel = { .name = "cancel", .run = run_cancel };

static HRESULT change_headers(IDownloadOperation *operation)
{
    IDownloadOperation5 *fifth = NULL;
    HRESULT hr;

    TRY(client_query(operation, &IID_IDownloadOperation5, &fifth));
    TRY(IDownloadOperation5_SetRequestHeader(fifth, text("X-One"), text("1")));
    TRY(IDownloadOperation5_SetRequestHeader(fifth, text("X-Two"), text("2")));
    TRY(IDownloadOperation5_RemoveRequestHeader(fifth, text("X-One")));
done:
    DROP(fifth);
    return hr;
}

static HRESULT change_uri(IDownloadOperation *operation, const char *url)
{
    IDownloadOperation3 *third = NULL;
    IUriRuntimeClass *uri = NULL;
    HRESULT hr;

    TRY(client_query(operation, &IID_IDownloadOperation3, &third));
    TRY(client_uri(url, &uri));
    TRY(IDownloadOperation3_put_RequestedUri(third, uri));
done:
    DROP(uri);
    DROP(third);
    return hr;
}

static HRESULT change_all(IDownloadOperation *operation)
{
    IBackgroundTransferOperationPriority *priority = NULL;
    IBackgroundTransferOperation *common = NULL;
    IUriRuntimeClass *uri = NULL;
    HRESULT hr;

    TRY(client_query(operation, &IID_IBackgroundTransferOperationPriority, &priority));
    TRY(client_query(operation, &IID_IBackgroundTransferOperation, &common));
    TRY(change_headers(operation));
    TRY(IBackgroundTransferOperationPriority_put_Priority(priority,
                                                          BackgroundTransferPriority_High));
    TRY(IBackgroundTransferOperation_put_CostPolicy(common, BackgroundTransferCostPolicy_Always));
    TRY(client_pause(operation));
    TRY(change_uri(operation, server_url("NGINX_HTTP", "/1m.bin?again")));
    TRY(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    TRY(IDownloadOperation_Resume(operation));
done:
    DROP(uri);
    DROP(common);
    DROP(priority);
    return hr;
}

static HRESULT run_changes(void)
{
    IDownloadOperation *operation = NULL;
    const char *name = run_name("changed.bin");
    download_async *async = NULL;
    HRESULT hr;

    TRY(client_download(NULL, server_url("NGINX_HTTP", "/1m.bin"), name, &operation));
    TRY(client_start(operation, name, WHOLE_SIZE, &async));
    hr = change_all(operation);
    if (FAILED(hr) && hr != E_ILLEGAL_METHOD_CALL) /* it has ended already */
        goto done;
    TRY(client_finish(operation, &async));
done:
    DROP(async);
    DROP(operation);
    return hr;
}

const struct scenario scenario_changes = { .name = "changes", .run = run_changes };

static HRESULT list_not_found(IDownloadOperation *operation)
{
    IVector_WebErrorStatus *statuses = NULL;
    IDownloadOperation3 *third = NULL;
    HRESULT hr;

    TRY(client_query(operation, &IID_IDownloadOperation3, &third));
    TRY(IDownloadOperation3_get_RecoverableWebErrorStatuses(third, &statuses));
    TRY(IVector_WebErrorStatus_Append(statuses, WebErrorStatus_NotFound));
done:
    DROP(statuses);
    DROP(third);
    return hr;
}

static HRESULT look_at_error(IDownloadOperation *operation)
{
    IReference_WebErrorStatus *reference = NULL;
    WebErrorStatus status = WebErrorStatus_Unknown;
    IDownloadOperation3 *third = NULL;
    HRESULT hr;

    TRY(client_query(operation, &IID_IDownloadOperation3, &third));
    TRY(IDownloadOperation3_get_CurrentWebErrorStatus(third, &reference));
    MUST(reference);
    TRY(IReference_WebErrorStatus_get_Value(reference, &status));
    /* Without memory to keep it, nobody knows which one. */
    MUST(status == WebErrorStatus_NotFound || status == WebErrorStatus_Unknown);
done:
    DROP(reference);
    DROP(third);
    return hr;
}

static HRESULT run_recoverable(void)
{
    const char *name = run_name("mended.bin");
    IDownloadOperation *operation = NULL;
    download_async *async = NULL;
    HRESULT hr;

    TRY(client_download(NULL, server_url("NGINX_HTTP", "/nowhere.bin"), name, &operation));
    TRY(list_not_found(operation));
    TRY(client_start(operation, name, WHOLE_SIZE, &async));
    if (client_reaches(operation, BackgroundTransferStatus_PausedRecoverableWebErrorStatus)) {
        TRY(look_at_error(operation));
        TRY(change_uri(operation, server_url("NGINX_HTTP", "/1m.bin")));
        TRY(IDownloadOperation_Resume(operation));
    }
    TRY(client_finish(operation, &async));
done:
    DROP(async);
    DROP(operation);
    return hr;
}

const struct scenario scenario_recoverable = { .name = "recoverable", .run = run_recoverable };

static HRESULT run_details(void)
{
    IDownloadOperationDetails *details = NULL;
    const char *name = run_name("tagged.bin");
    IDownloadOperation *operation = NULL;
    IReference_TimeSpan *left = NULL;
    IReference_DateTime *due = NULL;
    HSTRING tag = NULL, message = NULL;
    download_async *async = NULL;
    DownloadWaitReason reason;
    HRESULT hr, error;

    TRY(client_download(NULL, server_url("NGINX_HTTP", "/nowhere.bin"), name, &operation));
    TRY(client_query(operation, &IID_IDownloadOperationDetails, &details));
    TRY(IDownloadOperationDetails_put_Tag(details, text("before")));
    TRY(client_start(operation, name, 0, &async));
    TRY(IDownloadOperationDetails_put_Tag(details, text("after")));
    TRY(IDownloadOperationDetails_get_Tag(details, &tag));
    hr = client_finish(operation, &async);
    MUST(FAILED(hr)); /* there is no such file */
    if (hr != (HRESULT)0x80190194)
        goto done;
    TRY(IDownloadOperationDetails_get_LastError(details, &error));
    TRY(IDownloadOperationDetails_get_LastErrorMessage(details, &message));
    TRY(IDownloadOperationDetails_get_WaitReason(details, &reason));
    TRY(IDownloadOperationDetails_get_TimeRemaining(details, &left));
    TRY(IDownloadOperationDetails_get_RetryTime(details, &due));
    MUST(!left && !due && reason == DownloadWaitReason_None);
done:
    WindowsDeleteString(message);
    WindowsDeleteString(tag);
    DROP(async);
    DROP(details);
    DROP(operation);
    return hr;
}

const struct scenario scenario_details = { .name = "details", .run = run_details };

/* Held back, and let go on, six times. */
static HRESULT run_limited(void)
{
    const char *name = run_name("limited.bin");
    IDownloadOperation *operation = NULL;
    download_async *async = NULL;
    HRESULT hr;

    TRY(client_download(NULL, server_url("NGINX_HTTP", "/1m.bin"), name, &operation));
    TRY(client_put_limit(operation, 8 << 20));
    TRY(client_put_connections(operation, 2));
    TRY(client_start(operation, name, WHOLE_SIZE, &async));
    TRY(client_put_connections(operation, 1));
    TRY(client_finish(operation, &async));
done:
    DROP(async);
    DROP(operation);
    return hr;
}

const struct scenario scenario_limited = { .name = "limited", .run = run_limited };
