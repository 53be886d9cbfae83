/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <roapi.h>

#include "environment.h"
#include "paths.h"

#define CLASS_DOWNLOADER "Windows.Networking.BackgroundTransfer.BackgroundDownloader"
#define CLASS_ERROR      "Windows.Networking.BackgroundTransfer.BackgroundTransferError"

void *activation_factory(const char *class_name, REFIID iid)
{
    void *factory = NULL;

    check_ok(RoGetActivationFactory(string_of(class_name), iid, &factory));
    return factory;
}

void trust_test_authority(void)
{
    test_setenv("SSL_CERT_FILE", server_path("CA_FILE"));
    test_setenv("SSL_CERT_DIR", NULL);
}

IBackgroundDownloader *downloader_new(void)
{
    IInspectable *instance = NULL;
    IBackgroundDownloader *downloader;

    check_ok(RoActivateInstance(string_of(CLASS_DOWNLOADER), &instance));
    downloader = query(instance, &IID_IBackgroundDownloader);
    IInspectable_Release(instance);
    return downloader;
}

IUriRuntimeClass *uri_new(const char *text)
{
    IUriRuntimeClassFactory *factory =
        activation_factory("Windows.Foundation.Uri", &IID_IUriRuntimeClassFactory);
    IUriRuntimeClass *uri = NULL;

    check_ok(IUriRuntimeClassFactory_CreateUri(factory, string_of(text), &uri));
    IUriRuntimeClassFactory_Release(factory);
    return uri;
}

const char *uri_text(IUriRuntimeClass *uri)
{
    HSTRING string = NULL;
    const char *text;

    check_ok(IUriRuntimeClass_get_AbsoluteUri(uri, &string));
    text = string_text(string);
    string_delete(string);
    return text;
}

IStorageFile *file_from_path(const char *path)
{
    IStorageFileStatics *statics =
        activation_factory("Windows.Storage.StorageFile", &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation = NULL;
    IStorageFile *file = NULL;

    check_ok(
        IStorageFileStatics_GetFileFromPathAsync(statics, string_of(item_form(path)), &operation));
    IStorageFileStatics_Release(statics);
    await_results(operation, &file);
    return file;
}

IStorageFile *file_with(const char *name, const void *content, size_t size)
{
    test_file_write(test_path(name), content, size);
    return file_from_path(test_path(name));
}

IStorageFile *file_new(const char *name)
{
    return file_with(name, "", 0);
}

char *file_text(const char *name)
{
    char *text = test_file_read(test_path(name), NULL);

    assert_non_null(text);
    return text;
}

IPasswordCredential *credential_new(const char *user, const char *password)
{
    ICredentialFactory *factory =
        activation_factory("Windows.Security.Credentials.PasswordCredential",
                           &IID_ICredentialFactory);
    IPasswordCredential *credential = NULL;

    check_ok(ICredentialFactory_CreatePasswordCredential(factory, string_of("test"),
                                                         string_of(user), string_of(password),
                                                         &credential));
    ICredentialFactory_Release(factory);
    return credential;
}

IBackgroundDownloader *downloader_with_credential(bool proxy, const char *user,
                                                  const char *password)
{
    IBackgroundDownloader *downloader = downloader_new();
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IPasswordCredential *credential = credential_new(user, password);

    if (proxy)
        check_ok(IBackgroundTransferBase_put_ProxyCredential(base, credential));
    else
        check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    release_ref(base);
    release_ref(credential);
    return downloader;
}

IDownloadOperation *download_new(IBackgroundDownloader *downloader, const char *url,
                                 const char *name)
{
    IBackgroundDownloader *used = downloader ? downloader : downloader_new();
    IUriRuntimeClass *uri = uri_new(url);
    IStorageFile *file = name ? file_new(name) : NULL;
    IDownloadOperation *operation = NULL;

    check_ok(IBackgroundDownloader_CreateDownload(used, uri, file, &operation));
    if (file)
        IStorageFile_Release(file);
    IUriRuntimeClass_Release(uri);
    if (!downloader)
        IBackgroundDownloader_Release(used);
    return operation;
}

void downloader_set_method(IBackgroundDownloader *downloader, const char *method)
{
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);

    check_ok(IBackgroundTransferBase_put_Method(base, string_of(method)));
    IBackgroundTransferBase_Release(base);
}

HRESULT downloader_set_header(IBackgroundDownloader *downloader, const char *name,
                              const char *value)
{
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    HRESULT hr = IBackgroundTransferBase_SetRequestHeader(base, string_of(name), string_of(value));

    IBackgroundTransferBase_Release(base);
    return hr;
}

download_async *download_start(IDownloadOperation *operation)
{
    download_async *async = NULL;

    check_ok(IDownloadOperation_StartAsync(operation, &async));
    assert_non_null(async);
    return async;
}

AsyncStatus download_run(IDownloadOperation *operation, HRESULT *error)
{
    download_async *async = download_start(operation);
    AsyncStatus status = await_with_progress(async);

    if (error)
        *error = operation_error(async);
    release_ref(async);
    return status;
}

void download_run_all(IDownloadOperation **operations, unsigned count)
{
    download_async **asyncs = test_calloc(count, sizeof(asyncs[0]));

    for (unsigned i = 0; i < count; i++)
        asyncs[i] = download_start(operations[i]);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(await_with_progress(asyncs[i]), Completed);
        release_ref(asyncs[i]);
        check_last_release_soon(operations[i]);
    }
    test_free(asyncs);
}

void download_whole(const char *url, const char *name)
{
    IDownloadOperation *operation = download_new(NULL, url, name);
    HRESULT error;
    AsyncStatus status = download_run(operation, &error);

    if (status != Completed)
        print_error("%s: status %d, 0x%08X\n", url, (int)status, (unsigned)error);
    assert_int_equal(status, Completed);
    check_last_release_soon(operation);
}

void download_fails(const char *url, HRESULT expected)
{
    IDownloadOperation *operation = download_new(NULL, url, "failed.bin");
    HRESULT error;

    assert_int_equal(download_run(operation, &error), Error);
    if (error != expected)
        print_error("%s\n", url);
    check_hresult(expected, error);
    assert_int_equal(progress_of(operation).Status, BackgroundTransferStatus_Error);
    check_last_release_soon(operation);
}

BackgroundDownloadProgress progress_of(IDownloadOperation *operation)
{
    BackgroundDownloadProgress progress;

    memset(&progress, 0xff, sizeof(progress));
    check_ok(IDownloadOperation_get_Progress(operation, &progress));
    return progress;
}

IResponseInformation *response_of(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IResponseInformation *information = NULL;

    check_ok(IBackgroundTransferOperation_GetResponseInformation(common, &information));
    IBackgroundTransferOperation_Release(common);
    return information;
}

UINT32 status_code_of(IDownloadOperation *operation)
{
    IResponseInformation *information = response_of(operation);
    UINT32 code = 0;

    assert_non_null(information);
    check_ok(IResponseInformation_get_StatusCode(information, &code));
    IResponseInformation_Release(information);
    return code;
}

const char *response_header(IDownloadOperation *operation, const char *name)
{
    IResponseInformation *information = response_of(operation);
    IMapView_HSTRING_HSTRING *headers = NULL;
    const char *text = NULL;
    HSTRING value = NULL;

    assert_non_null(information);
    check_ok(IResponseInformation_get_Headers(information, &headers));
    if (IMapView_HSTRING_HSTRING_Lookup(headers, string_of(name), &value) == S_OK)
        text = string_text(value);
    string_delete(value);
    IMapView_HSTRING_HSTRING_Release(headers);
    IResponseInformation_Release(information);
    return text;
}

WebErrorStatus web_status(HRESULT error)
{
    IBackgroundTransferErrorStaticMethods *statics =
        activation_factory(CLASS_ERROR, &IID_IBackgroundTransferErrorStaticMethods);
    WebErrorStatus status = (WebErrorStatus)-1;

    check_ok(IBackgroundTransferErrorStaticMethods_GetStatus(statics, error, &status));
    IBackgroundTransferErrorStaticMethods_Release(statics);
    return status;
}
