/* SPDX-License-Identifier: MIT */
/*
 * wide-download URL FOLDER NAME
 *
 * Downloads URL into a new file of a folder. It is written as a C program for Windows is: wmain,
 * L"..." strings and the wide functions of the C library. The same file is built natively with the
 * package winrt-porting, with MinGW and with winegcc; docs/porting.md has the commands.
 */
#define INITGUID /* this file also defines the interface identifiers */

#include <stdio.h>
#include <wchar.h>

#include <windows.h>
#include <objidl.h>
#include <roapi.h>
#include <winstring.h>
#include <asyncinfo.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.networking.backgroundtransfer.h>

/* The headers' names, shorter. */
typedef __x_ABI_CWindows_CFoundation_CIUriRuntimeClass IUriRuntimeClass;
typedef __x_ABI_CWindows_CFoundation_CIUriRuntimeClassFactory IUriRuntimeClassFactory;
typedef __x_ABI_CWindows_CStorage_CIStorageFolderStatics IStorageFolderStatics;
typedef __x_ABI_CWindows_CStorage_CIStorageFolder IStorageFolder;
typedef __x_ABI_CWindows_CStorage_CIStorageFile IStorageFile;
typedef __x_ABI_CWindows_CStorage_CIStorageItem IStorageItem;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader
    IBackgroundDownloader;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIDownloadOperation IDownloadOperation;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CBackgroundDownloadProgress
    BackgroundDownloadProgress;
typedef __FIAsyncOperation_1_Windows__CStorage__CStorageFolder IGetFolder;
typedef __FIAsyncOperationCompletedHandler_1_Windows__CStorage__CStorageFolder IGetFolderCompleted;
typedef __FIAsyncOperation_1_Windows__CStorage__CStorageFile ICreateFile;
typedef __FIAsyncOperationCompletedHandler_1_Windows__CStorage__CStorageFile ICreateFileCompleted;
typedef __FIAsyncOperationWithProgress_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownload;
typedef __FIAsyncOperationWithProgressCompletedHandler_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownloadCompleted;

#define IID_IUriFactory           IID___x_ABI_CWindows_CFoundation_CIUriRuntimeClassFactory
#define IID_IStorageFolderStatics IID___x_ABI_CWindows_CStorage_CIStorageFolderStatics
#define IID_IStorageItem          IID___x_ABI_CWindows_CStorage_CIStorageItem
#define IID_IBackgroundDownloader \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader

#define RELEASE(pointer)                         \
    do {                                         \
        if (pointer)                             \
            (pointer)->lpVtbl->Release(pointer); \
    } while (0)

/* A Completed handler of any operation: sets an event. It is static and counts no references. */
struct handler;

struct handler_vtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(struct handler *self, REFIID iid, void **out);
    ULONG(STDMETHODCALLTYPE *AddRef)(struct handler *self);
    ULONG(STDMETHODCALLTYPE *Release)(struct handler *self);
    HRESULT(STDMETHODCALLTYPE *Invoke)(struct handler *self, void *operation, AsyncStatus status);
};

struct handler {
    const struct handler_vtbl *lpVtbl;
    HANDLE event;
};

static HRESULT STDMETHODCALLTYPE handler_QueryInterface(struct handler *self, REFIID iid,
                                                        void **out)
{
    BOOL known = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IAgileObject);

    *out = known ? self : NULL;
    return known ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE handler_AddRef(struct handler *self)
{
    (void)self;
    return 2;
}

static ULONG STDMETHODCALLTYPE handler_Release(struct handler *self)
{
    (void)self;
    return 1;
}

static HRESULT STDMETHODCALLTYPE handler_Invoke(struct handler *self, void *operation,
                                                AsyncStatus status)
{
    (void)operation;
    (void)status;
    SetEvent(self->event);
    return S_OK;
}

static const struct handler_vtbl handler_vtbl = { handler_QueryInterface, handler_AddRef,
                                                  handler_Release, handler_Invoke };

static struct handler found = { &handler_vtbl, NULL };
static struct handler created = { &handler_vtbl, NULL };
static struct handler downloaded = { &handler_vtbl, NULL };

/* A factory, or one line that says which class is missing. */
static HRESULT get_factory(const wchar_t *class_name, REFIID iid, void **factory)
{
    HSTRING_HEADER header;
    HSTRING name;
    HRESULT hr =
        WindowsCreateStringReference(class_name, (UINT32)wcslen(class_name), &header, &name);

    if (SUCCEEDED(hr))
        hr = RoGetActivationFactory(name, iid, factory);
    if (FAILED(hr))
        fwprintf(stderr, L"%ls: no such class here, 0x%08lX\n", class_name, (unsigned long)hr);
    return hr;
}

static HRESULT create_uri(const wchar_t *text, IUriRuntimeClass **uri)
{
    IUriRuntimeClassFactory *factory = NULL;
    HSTRING string = NULL;
    HRESULT hr = get_factory(L"Windows.Foundation.Uri", &IID_IUriFactory, (void **)&factory);

    if (SUCCEEDED(hr))
        hr = WindowsCreateString(text, (UINT32)wcslen(text), &string);
    if (SUCCEEDED(hr))
        hr = factory->lpVtbl->CreateUri(factory, string, uri);
    WindowsDeleteString(string);
    RELEASE(factory);
    return hr;
}

static HRESULT get_folder(const wchar_t *path, IStorageFolder **folder)
{
    IStorageFolderStatics *folders = NULL;
    IGetFolder *operation = NULL;
    HSTRING string = NULL;
    HRESULT hr = get_factory(L"Windows.Storage.StorageFolder", &IID_IStorageFolderStatics,
                             (void **)&folders);

    if (SUCCEEDED(hr))
        hr = WindowsCreateString(path, (UINT32)wcslen(path), &string);
    if (SUCCEEDED(hr))
        hr = folders->lpVtbl->GetFolderFromPathAsync(folders, string, &operation);
    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, (IGetFolderCompleted *)&found);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(found.event, INFINITE);
        hr = operation->lpVtbl->GetResults(operation, folder);
    }
    WindowsDeleteString(string);
    RELEASE(operation);
    RELEASE(folders);
    return hr;
}

/* A file of that name, or of one like it if there is one already. */
static HRESULT create_file(const wchar_t *path, const wchar_t *name, IStorageFile **file)
{
    IStorageFolder *folder = NULL;
    ICreateFile *operation = NULL;
    HSTRING string = NULL;
    HRESULT hr = get_folder(path, &folder);

    if (SUCCEEDED(hr))
        hr = WindowsCreateString(name, (UINT32)wcslen(name), &string);
    if (SUCCEEDED(hr))
        hr =
            folder->lpVtbl->CreateFileAsync(folder, string,
                                            CreationCollisionOption_GenerateUniqueName, &operation);
    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, (ICreateFileCompleted *)&created);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(created.event, INFINITE);
        hr = operation->lpVtbl->GetResults(operation, file);
    }
    WindowsDeleteString(string);
    RELEASE(operation);
    RELEASE(folder);
    return hr;
}

static HRESULT create_download(IUriRuntimeClass *source, IStorageFile *target,
                               IDownloadOperation **download)
{
    const wchar_t *class_name = L"Windows.Networking.BackgroundTransfer.BackgroundDownloader";
    IBackgroundDownloader *downloader = NULL;
    IInspectable *instance = NULL;
    HSTRING_HEADER header;
    HSTRING name;
    HRESULT hr =
        WindowsCreateStringReference(class_name, (UINT32)wcslen(class_name), &header, &name);

    if (SUCCEEDED(hr))
        hr = RoActivateInstance(name, &instance);
    if (FAILED(hr))
        fwprintf(stderr, L"%ls: no such class here, 0x%08lX\n", class_name, (unsigned long)hr);
    if (SUCCEEDED(hr))
        hr = instance->lpVtbl->QueryInterface(instance, &IID_IBackgroundDownloader,
                                              (void **)&downloader);
    if (SUCCEEDED(hr))
        hr = downloader->lpVtbl->CreateDownload(downloader, source, target, download);
    RELEASE(downloader);
    RELEASE(instance);
    return hr;
}

static void print_progress(IDownloadOperation *download)
{
    BackgroundDownloadProgress progress;
    wchar_t total[32] = L"unknown";

    if (FAILED(download->lpVtbl->get_Progress(download, &progress)))
        return;
    if (progress.TotalBytesToReceive)
        swprintf(total, sizeof(total) / sizeof(total[0]), L"%I64u", progress.TotalBytesToReceive);
    wprintf(L"%I64u of %ls bytes\n", progress.BytesReceived, total);
    fflush(stdout);
}

/* Starts it and waits; GetResults returns the error if it failed. */
static HRESULT run_download(IDownloadOperation *download)
{
    IDownload *operation = NULL;
    IDownloadOperation *result = NULL;
    HRESULT hr = download->lpVtbl->StartAsync(download, &operation);

    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, (IDownloadCompleted *)&downloaded);
    if (SUCCEEDED(hr)) {
        while (WaitForSingleObject(downloaded.event, 500) == WAIT_TIMEOUT)
            print_progress(download);
        print_progress(download);
        hr = operation->lpVtbl->GetResults(operation, &result);
    }
    RELEASE(result);
    RELEASE(operation);
    return hr;
}

static void print_path(IStorageFile *file)
{
    IStorageItem *item = NULL;
    HSTRING path = NULL;

    if (SUCCEEDED(file->lpVtbl->QueryInterface(file, &IID_IStorageItem, (void **)&item)) &&
        SUCCEEDED(item->lpVtbl->get_Path(item, &path)))
        wprintf(L"saved as %ls\n", WindowsGetStringRawBuffer(path, NULL));
    WindowsDeleteString(path);
    RELEASE(item);
}

static HRESULT wide_download(const wchar_t *url, const wchar_t *folder, const wchar_t *name)
{
    IUriRuntimeClass *source = NULL;
    IStorageFile *target = NULL;
    IDownloadOperation *download = NULL;
    HRESULT hr = create_uri(url, &source);

    if (SUCCEEDED(hr))
        hr = create_file(folder, name, &target);
    if (SUCCEEDED(hr))
        hr = create_download(source, target, &download);
    if (SUCCEEDED(hr))
        hr = run_download(download);
    if (SUCCEEDED(hr))
        print_path(target);
    else
        fwprintf(stderr, L"the download failed: 0x%08lX\n", (unsigned long)hr);
    RELEASE(download);
    RELEASE(target);
    RELEASE(source);
    return hr;
}

int wmain(int argc, wchar_t **argv)
{
    HRESULT hr;

    if (argc != 4) {
        fwprintf(stderr, L"usage: wide-download URL FOLDER NAME\n");
        return 2;
    }
    hr = RoInitialize(RO_INIT_MULTITHREADED);
    if (FAILED(hr))
        return 1;
    found.event = CreateEventW(NULL, TRUE, FALSE, NULL);
    created.event = CreateEventW(NULL, TRUE, FALSE, NULL);
    downloaded.event = CreateEventW(NULL, TRUE, FALSE, NULL);
    hr = wide_download(argv[1], argv[2], argv[3]);
    CloseHandle(downloaded.event);
    CloseHandle(created.event);
    CloseHandle(found.event);
    RoUninitialize();
    return SUCCEEDED(hr) ? 0 : 1;
}
