/* SPDX-License-Identifier: MIT */
/* Objects that are made, set and asked, and nothing is started. */
#include "scenarios.h"

#include <roapi.h>
#include <windows.security.credentials.h>
#include <winstring.h>

#include "servers.h"

#define TRANSFER "Windows.Networking.BackgroundTransfer."

static HRESULT make_credential(IPasswordCredential **out)
{
    ICredentialFactory *factory = NULL;
    HRESULT hr;

    *out = NULL;
    TRY(client_factory("Windows.Security.Credentials.PasswordCredential", &IID_ICredentialFactory,
                       &factory));
    TRY(ICredentialFactory_CreatePasswordCredential(factory, text("test"), text("user"),
                                                    text("password"), out));
done:
    DROP(factory);
    return hr;
}

static HRESULT set_downloader(IBackgroundDownloader *downloader)
{
    IBackgroundTransferBase *base = NULL;
    IPasswordCredential *credential = NULL;
    IBackgroundDownloader2 *second = NULL;
    IBackgroundTransferGroupStatics *groups = NULL;
    IBackgroundTransferGroup *group = NULL;
    HRESULT hr;

    TRY(client_query(downloader, &IID_IBackgroundTransferBase, &base));
    TRY(client_query(downloader, &IID_IBackgroundDownloader2, &second));
    TRY(make_credential(&credential));
    TRY(IBackgroundTransferBase_SetRequestHeader(base, text("X-One"), text("1")));
    TRY(IBackgroundTransferBase_SetRequestHeader(base, text("X-Two"), text("2")));
    TRY(IBackgroundTransferBase_SetRequestHeader(base, text("x-one"), text("3")));
    TRY(IBackgroundTransferBase_put_ServerCredential(base, credential));
    TRY(IBackgroundTransferBase_put_ProxyCredential(base, credential));
    TRY(IBackgroundTransferBase_put_Method(base, text("PUT")));
    TRY(IBackgroundTransferBase_put_Group(base, text("group")));
    TRY(IBackgroundTransferBase_put_CostPolicy(base, BackgroundTransferCostPolicy_Always));
    TRY(client_factory(TRANSFER "BackgroundTransferGroup", &IID_IBackgroundTransferGroupStatics,
                       &groups));
    TRY(IBackgroundTransferGroupStatics_CreateGroup(groups, text(CLIENT_GROUP), &group));
    TRY(IBackgroundTransferGroup_put_TransferBehavior(group,
                                                      BackgroundTransferBehavior_Serialized));
    TRY(IBackgroundDownloader2_put_TransferGroup(second, group));
done:
    DROP(group);
    DROP(groups);
    DROP(credential);
    DROP(second);
    DROP(base);
    return hr;
}

static HRESULT get_downloader(IBackgroundDownloader *downloader)
{
    IBackgroundTransferBase *base = NULL;
    IPasswordCredential *credential = NULL;
    IBackgroundDownloader2 *second = NULL;
    IBackgroundTransferGroup *group = NULL;
    HSTRING method = NULL, name = NULL;
    HRESULT hr;

    TRY(client_query(downloader, &IID_IBackgroundTransferBase, &base));
    TRY(client_query(downloader, &IID_IBackgroundDownloader2, &second));
    TRY(IBackgroundTransferBase_get_ServerCredential(base, &credential));
    TRY(IBackgroundTransferBase_get_Method(base, &method));
    TRY(IBackgroundTransferBase_get_Group(base, &name));
    TRY(IBackgroundDownloader2_get_TransferGroup(second, &group));
done:
    WindowsDeleteString(name);
    WindowsDeleteString(method);
    DROP(group);
    DROP(credential);
    DROP(second);
    DROP(base);
    return hr;
}

static HRESULT error_status(void)
{
    IBackgroundTransferErrorStaticMethods *statics = NULL;
    WebErrorStatus status = WebErrorStatus_Unknown;
    HRESULT hr;

    TRY(client_factory(TRANSFER "BackgroundTransferError",
                       &IID_IBackgroundTransferErrorStaticMethods, &statics));
    TRY(IBackgroundTransferErrorStaticMethods_GetStatus(statics, (HRESULT)0x80190194, &status));
    MUST(status == WebErrorStatus_NotFound);
done:
    DROP(statics);
    return hr;
}

static HRESULT run_objects(void)
{
    IBackgroundDownloader *downloader = NULL;
    IActivationFactory *factory = NULL;
    IInspectable *made = NULL;
    HSTRING name = NULL;
    ULONG count = 0;
    IID *iids = NULL;
    HRESULT hr;

    TRY(client_factory(TRANSFER "BackgroundDownloader", &IID_IActivationFactory, &factory));
    TRY(IActivationFactory_ActivateInstance(factory, &made));
    TRY(IInspectable_GetRuntimeClassName(made, &name));
    TRY(IInspectable_GetIids(made, &count, &iids));
    TRY(client_downloader(&downloader));
    TRY(set_downloader(downloader));
    TRY(get_downloader(downloader));
    TRY(error_status());
done:
    CoTaskMemFree(iids);
    WindowsDeleteString(name);
    DROP(downloader);
    DROP(made);
    DROP(factory);
    return hr;
}

const struct scenario scenario_objects = { .name = "objects", .run = run_objects };

/* CreateDownload and its like */

static HRESULT create_from_stream(IBackgroundDownloader *downloader, IUriRuntimeClass *uri)
{
    IAsyncOperation_DownloadOperation *creating = NULL;
    IRandomAccessStream *stream = NULL;
    IDownloadOperation *operation = NULL;
    IDataWriterFactory *writers = NULL;
    IOutputStream *output = NULL;
    IInputStream *input = NULL;
    IAsyncOperation_UINT32 *storing = NULL;
    IDataWriter *writer = NULL;
    IStorageFile *file = NULL;
    UINT32 stored = 0;
    HRESULT hr;

    TRY(client_file(run_name("stream.bin"), &file));
    TRY(client_activate("Windows.Storage.Streams.InMemoryRandomAccessStream",
                        &IID_IRandomAccessStream, &stream));
    TRY(IRandomAccessStream_GetOutputStreamAt(stream, 0, &output));
    TRY(client_factory("Windows.Storage.Streams.DataWriter", &IID_IDataWriterFactory, &writers));
    TRY(IDataWriterFactory_CreateDataWriter(writers, output, &writer));
    TRY(IDataWriter_WriteString(writer, text("the body of a request"), &stored));
    TRY(IDataWriter_StoreAsync(writer, (void *)&storing));
    TRY(client_await(storing, false, &stored));
    TRY(IRandomAccessStream_GetInputStreamAt(stream, 0, &input));
    TRY(IBackgroundDownloader_CreateDownloadAsync(downloader, uri, file, input, &creating));
    TRY(client_await(creating, false, &operation));
    MUST(operation);
done:
    DROP(operation);
    DROP(creating);
    DROP(input);
    DROP(storing);
    DROP(writer);
    DROP(writers);
    DROP(output);
    DROP(stream);
    DROP(file);
    return hr;
}

static HRESULT run_create(void)
{
    IDownloadOperation *plain = NULL, *without = NULL, *with_body = NULL;
    IBackgroundDownloader *downloader = NULL;
    IStorageFile *file = NULL, *body = NULL;
    IUriRuntimeClass *uri = NULL;
    HRESULT hr;

    TRY(client_downloader(&downloader));
    TRY(set_downloader(downloader));
    TRY(client_uri("http://user:word@127.0.0.1:9/some/file.bin?a=b", &uri));
    TRY(client_file(run_name("created.bin"), &file));
    TRY(client_file_with(run_name("request.bin"), "body", &body));
    TRY(IBackgroundDownloader_CreateDownload(downloader, uri, file, &plain));
    TRY(IBackgroundDownloader_CreateDownload(downloader, uri, NULL, &without));
    TRY(IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, file, body, &with_body));
    TRY(create_from_stream(downloader, uri));
done:
    DROP(with_body);
    DROP(without);
    DROP(plain);
    DROP(body);
    DROP(file);
    DROP(uri);
    DROP(downloader);
    return hr;
}

const struct scenario scenario_create = { .name = "create", .run = run_create };
