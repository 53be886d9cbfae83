/* SPDX-License-Identifier: MIT */
/* Requests with all that can be in them, bodies that go to a private file, random access, ftp. */
#include "scenarios.h"

#include <windows.security.credentials.h>

#include "servers.h"

static HRESULT set_request(IBackgroundDownloader *downloader, const char *method)
{
    IBackgroundTransferBase *base = NULL;
    ICredentialFactory *factory = NULL;
    IPasswordCredential *credential = NULL;
    HRESULT hr;

    TRY(client_query(downloader, &IID_IBackgroundTransferBase, &base));
    TRY(client_factory("Windows.Security.Credentials.PasswordCredential", &IID_ICredentialFactory,
                       &factory));
    TRY(ICredentialFactory_CreatePasswordCredential(factory, text("test"), text("user"),
                                                    text("password"), &credential));
    TRY(IBackgroundTransferBase_put_ServerCredential(base, credential));
    TRY(IBackgroundTransferBase_SetRequestHeader(base, text("X-One"), text("1")));
    TRY(IBackgroundTransferBase_put_Method(base, text(method)));
done:
    DROP(credential);
    DROP(factory);
    DROP(base);
    return hr;
}

static HRESULT read_at(void *stream, UINT32 count)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *reading = NULL;
    IBuffer *buffer = NULL, *read = NULL;
    IBufferFactory *buffers = NULL;
    IInputStream *input = NULL;
    HRESULT hr;

    TRY(client_query(stream, &IID_IInputStream, &input));
    TRY(client_factory("Windows.Storage.Streams.Buffer", &IID_IBufferFactory, &buffers));
    TRY(IBufferFactory_Create(buffers, count, &buffer));
    TRY(IInputStream_ReadAsync(input, buffer, count, InputStreamOptions_None, &reading));
    TRY(client_await(reading, true, &read));
done:
    DROP(read);
    DROP(reading);
    DROP(buffer);
    DROP(buffers);
    DROP(input);
    return hr;
}

/* Asked for with credentials, into no file of the app's. */
static HRESULT run_private(void)
{
    IBackgroundTransferOperation *common = NULL;
    IBackgroundDownloader *downloader = NULL;
    IDownloadOperation *operation = NULL;
    download_async *async = NULL;
    IInputStream *stream = NULL;
    HRESULT hr;

    TRY(client_downloader(&downloader));
    TRY(set_request(downloader, "GET"));
    TRY(client_download(downloader, server_url("NGINX_HTTP", "/private/100k.bin"), NULL,
                        &operation));
    TRY(client_query(operation, &IID_IBackgroundTransferOperation, &common));
    TRY(client_start(operation, NULL, 0, &async));
    TRY(IBackgroundTransferOperation_GetResultStreamAt(common, 10, &stream));
    TRY(read_at(stream, 1000));
    TRY(client_finish(operation, &async));
done:
    DROP(stream);
    DROP(async);
    DROP(common);
    DROP(operation);
    DROP(downloader);
    return hr;
}

const struct scenario scenario_private = { .name = "private", .run = run_private };

/* With a body, through a redirect. */
static HRESULT run_body(void)
{
    IStorageFile *file = NULL, *body = NULL;
    IBackgroundDownloader *downloader = NULL;
    IDownloadOperation *operation = NULL;
    const char *name = run_name("answer.bin");
    download_async *async = NULL;
    IUriRuntimeClass *uri = NULL;
    HRESULT hr;

    TRY(client_downloader(&downloader));
    TRY(set_request(downloader, "PUT"));
    TRY(client_uri(server_url("FAULT_HTTP", "/redirect/1?code=307"), &uri));
    TRY(client_file(name, &file));
    TRY(client_file_with(run_name("request.bin"), "the body", &body));
    TRY(IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, file, body, &operation));
    TRY(client_start(operation, name, 1000, &async));
    TRY(client_finish(operation, &async));
done:
    DROP(async);
    DROP(operation);
    DROP(body);
    DROP(file);
    DROP(uri);
    DROP(downloader);
    return hr;
}

const struct scenario scenario_body = { .name = "body", .run = run_body };

static HRESULT open_random(IDownloadOperation *operation, IRandomAccessStreamWithContentType **out)
{
    IAsyncOperation_IRandomAccessStreamWithContentType *opening = NULL;
    IRandomAccessStreamReference *reference = NULL;
    IDownloadOperation3 *third = NULL;
    HRESULT hr;

    *out = NULL;
    TRY(client_query(operation, &IID_IDownloadOperation3, &third));
    TRY(IDownloadOperation3_GetResultRandomAccessStreamReference(third, &reference));
    TRY(IRandomAccessStreamReference_OpenReadAsync(reference, &opening));
    TRY(client_await(opening, false, out));
done:
    DROP(opening);
    DROP(reference);
    DROP(third);
    return hr;
}

static HRESULT run_random(void)
{
    IRandomAccessStreamWithContentType *typed = NULL;
    IVector_BackgroundTransferFileRange *ranges = NULL;
    IRandomAccessStream *stream = NULL;
    IDownloadOperation *operation = NULL;
    const char *name = run_name("random.bin");
    IDownloadOperation3 *third = NULL;
    download_async *async = NULL;
    HRESULT hr;

    TRY(client_download(NULL, server_url("NGINX_HTTP", "/1m.bin"), name, &operation));
    TRY(client_query(operation, &IID_IDownloadOperation3, &third));
    TRY(IDownloadOperation3_put_IsRandomAccessRequired(third, TRUE));
    TRY(client_start(operation, name, WHOLE_SIZE, &async));
    TRY(open_random(operation, &typed));
    TRY(client_query(typed, &IID_IRandomAccessStream, &stream));
    TRY(IRandomAccessStream_Seek(stream, 900000));
    TRY(read_at(stream, 3000));
    TRY(IDownloadOperation3_GetDownloadedRanges(third, &ranges));
    TRY(client_finish(operation, &async));
done:
    DROP(ranges);
    DROP(stream);
    DROP(typed);
    DROP(async);
    DROP(third);
    DROP(operation);
    return hr;
}

const struct scenario scenario_random_access = { .name = "random_access", .run = run_random };

static HRESULT run_ftp(void)
{
    IDownloadOperation *operation = NULL;
    const char *name = run_name("ftp.bin");
    download_async *async = NULL;
    HRESULT hr;

    TRY(client_download(NULL, server_url("FTP", "/4k.bin"), name, &operation));
    TRY(client_start(operation, name, 4096, &async));
    TRY(client_finish(operation, &async));
done:
    DROP(async);
    DROP(operation);
    return hr;
}

const struct scenario scenario_ftp = { .name = "ftp", .run = run_ftp };
