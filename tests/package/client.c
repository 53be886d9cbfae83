/* SPDX-License-Identifier: MIT */
/*
 * client URL FOLDER NAME: downloads URL into a new file of an existing folder.
 *
 * A client in the style of the header's short names and call macros, which waits by looking at the
 * status.
 */
#define COBJMACROS
#define INITGUID
#define WIDL_using_Windows_Foundation
#define WIDL_using_Windows_Foundation_Collections
#define WIDL_using_Windows_Storage
#define WIDL_using_Windows_Networking_BackgroundTransfer

#include <stdio.h>
#include <stdlib.h>

#include <windows.h>
#include <roapi.h>
#include <winstring.h>
#include <asyncinfo.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.networking.backgroundtransfer.h>

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "%s: 0x%08X\n", what, (unsigned)hr);
    exit(1);
}

static HSTRING string(const char *text)
{
    WCHAR units[4096];
    int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, units, 4096);
    HSTRING result = NULL;

    check(WindowsCreateString(units, (UINT32)length - 1, &result), text);
    return result;
}

static void *factory(const char *class_name, REFIID iid)
{
    HSTRING name = string(class_name);
    void *result = NULL;

    check(RoGetActivationFactory(name, iid, &result), class_name);
    WindowsDeleteString(name);
    return result;
}

static void wait(void *operation, const char *what)
{
    IUnknown *unknown = operation;
    IAsyncInfo *info = NULL;
    AsyncStatus status = Started;

    check(IUnknown_QueryInterface(unknown, &IID_IAsyncInfo, (void **)&info), what);
    while (status == Started) {
        Sleep(10);
        check(IAsyncInfo_get_Status(info, &status), what);
    }
    IAsyncInfo_Release(info);
}

static IStorageFile *create_file(const char *folder_path, const char *file_name)
{
    IStorageFolderStatics *statics =
        factory("Windows.Storage.StorageFolder", &IID_IStorageFolderStatics);
    HSTRING path = string(folder_path), name = string(file_name);
    IAsyncOperation_StorageFolder *folder_operation;
    IAsyncOperation_StorageFile *file_operation;
    IStorageFolder *folder;
    IStorageFile *file;

    check(IStorageFolderStatics_GetFolderFromPathAsync(statics, path, &folder_operation),
          folder_path);
    wait(folder_operation, folder_path);
    check(IAsyncOperation_StorageFolder_GetResults(folder_operation, &folder), folder_path);
    check(IStorageFolder_CreateFileAsyncOverloadDefaultOptions(folder, name, &file_operation),
          file_name);
    wait(file_operation, file_name);
    check(IAsyncOperation_StorageFile_GetResults(file_operation, &file), file_name);
    IAsyncOperation_StorageFile_Release(file_operation);
    IStorageFolder_Release(folder);
    IAsyncOperation_StorageFolder_Release(folder_operation);
    IStorageFolderStatics_Release(statics);
    WindowsDeleteString(name);
    WindowsDeleteString(path);
    return file;
}

static void download(const char *url, IStorageFile *file)
{
    IUriRuntimeClassFactory *uris = factory("Windows.Foundation.Uri", &IID_IUriRuntimeClassFactory);
    IActivationFactory *downloaders =
        factory("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                &IID_IActivationFactory);
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation *started;
    IInspectable *instance;
    IBackgroundDownloader *downloader;
    IDownloadOperation *operation, *result;
    IUriRuntimeClass *uri;
    HSTRING text = string(url);

    check(IUriRuntimeClassFactory_CreateUri(uris, text, &uri), url);
    check(IActivationFactory_ActivateInstance(downloaders, &instance), "ActivateInstance");
    check(IInspectable_QueryInterface(instance, &IID_IBackgroundDownloader, (void **)&downloader),
          "IBackgroundDownloader");
    check(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation),
          "CreateDownload");
    check(IDownloadOperation_StartAsync(operation, &started), "StartAsync");
    wait(started, url);
    check(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults(started,
                                                                                     &result),
          url);
    IDownloadOperation_Release(result);
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_Release(started);
    IDownloadOperation_Release(operation);
    IBackgroundDownloader_Release(downloader);
    IInspectable_Release(instance);
    IUriRuntimeClass_Release(uri);
    IActivationFactory_Release(downloaders);
    IUriRuntimeClassFactory_Release(uris);
    WindowsDeleteString(text);
}

int main(int argc, char **argv)
{
    IStorageFile *file;

    if (argc != 4)
        return 2;
    check(RoInitialize(RO_INIT_MULTITHREADED), "RoInitialize");
    file = create_file(argv[2], argv[3]);
    download(argv[1], file);
    IStorageFile_Release(file);
    RoUninitialize();
    return 0;
}
