/* SPDX-License-Identifier: MIT */
/* A download from its start to its end. */
#include "scenarios.h"

#include <winstring.h>

#include "servers.h"

static HRESULT look_at_response(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = NULL;
    IResponseInformation *information = NULL;
    IMapView_HSTRING_HSTRING *headers = NULL;
    IUriRuntimeClass *uri = NULL;
    HSTRING value = NULL;
    UINT32 status = 0;
    HRESULT hr;

    TRY(client_query(operation, &IID_IBackgroundTransferOperation, &common));
    TRY(IBackgroundTransferOperation_GetResponseInformation(common, &information));
    MUST(information);
    TRY(IResponseInformation_get_StatusCode(information, &status));
    MUST(status == 200 || status == 206); /* amid which it has waited for room */
    TRY(IResponseInformation_get_ActualUri(information, &uri));
    TRY(IResponseInformation_get_Headers(information, &headers));
    TRY(IMapView_HSTRING_HSTRING_Lookup(headers, text("content-length"), &value));
done:
    WindowsDeleteString(value);
    DROP(uri);
    DROP(headers);
    DROP(information);
    DROP(common);
    return hr;
}

static HRESULT read_result(IDownloadOperation *operation)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *reading = NULL;
    IBackgroundTransferOperation *common = NULL;
    IBufferFactory *buffers = NULL;
    IBuffer *buffer = NULL, *read = NULL;
    IInputStream *stream = NULL;
    UINT32 length = 0;
    HRESULT hr;

    TRY(client_query(operation, &IID_IBackgroundTransferOperation, &common));
    TRY(IBackgroundTransferOperation_GetResultStreamAt(common, 1000, &stream));
    TRY(client_factory("Windows.Storage.Streams.Buffer", &IID_IBufferFactory, &buffers));
    TRY(IBufferFactory_Create(buffers, 5000, &buffer));
    TRY(IInputStream_ReadAsync(stream, buffer, 5000, InputStreamOptions_None, &reading));
    TRY(client_await(reading, true, &read));
    TRY(IBuffer_get_Length(read, &length));
    MUST(length == 5000);
done:
    DROP(read);
    DROP(reading);
    DROP(buffer);
    DROP(buffers);
    DROP(stream);
    DROP(common);
    return hr;
}

static HRESULT run_download(void)
{
    const char *name = run_name("whole.bin");
    IDownloadOperation *operation = NULL;
    download_async *async = NULL;
    void *progress = NULL;
    unsigned count = 0;
    HRESULT hr;

    TRY(client_download(NULL, server_url("NGINX_HTTP", "/1m.bin"), name, &operation));
    TRY(client_start(operation, name, WHOLE_SIZE, &async));
    progress = client_delegate(&count);
    TRY(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(async,
                                                                                     progress));
    TRY(client_finish(operation, &async));
    TRY(look_at_response(operation));
    TRY(read_result(operation));
done:
    DROP(progress);
    DROP(async);
    DROP(operation);
    return hr;
}

const struct scenario scenario_download = { .name = "download", .run = run_download };
