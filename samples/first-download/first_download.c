/* SPDX-License-Identifier: MIT */
/*
 * first-download URL NAME
 *
 * The example of Microsoft's page on BackgroundDownloader (Windows.Networking.BackgroundTransfer),
 * in C, call by call:
 *
 *     Uri source = new Uri(...);
 *     StorageFile destinationFile = await KnownFolders.PicturesLibrary.CreateFileAsync(
 *         destination, CreationCollisionOption.GenerateUniqueName);
 *     BackgroundDownloader downloader = new BackgroundDownloader();
 *     DownloadOperation download = downloader.CreateDownload(source, destinationFile);
 *     // Attach progress and completion handlers.
 *     await download.StartAsync().AsTask(cts.Token, progressCallback);
 */
#define INITGUID /* this file also defines the interface identifiers */

#include <stdio.h>

#include <windows.h>
#include <objidl.h>
#include <roapi.h>
#include <winstring.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.networking.backgroundtransfer.h>

/* The headers' names, shorter. */
typedef __x_ABI_CWindows_CFoundation_CIUriRuntimeClass IUriRuntimeClass;
typedef __x_ABI_CWindows_CFoundation_CIUriRuntimeClassFactory IUriRuntimeClassFactory;
typedef __x_ABI_CWindows_CStorage_CIKnownFoldersStatics IKnownFoldersStatics;
typedef __x_ABI_CWindows_CStorage_CIStorageFolder IStorageFolder;
typedef __x_ABI_CWindows_CStorage_CIStorageFile IStorageFile;
typedef __x_ABI_CWindows_CStorage_CIStorageItem IStorageItem;
typedef __FIAsyncOperation_1_Windows__CStorage__CStorageFile ICreateFile;
typedef __FIAsyncOperationCompletedHandler_1_Windows__CStorage__CStorageFile ICreateFileCompleted;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader
    IBackgroundDownloader;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIDownloadOperation IDownloadOperation;
typedef __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CBackgroundDownloadProgress
    BackgroundDownloadProgress;
typedef __FIAsyncOperationWithProgress_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownload;
typedef __FIAsyncOperationProgressHandler_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownloadProgressed;
typedef __FIAsyncOperationWithProgressCompletedHandler_2_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation_Windows__CNetworking__CBackgroundTransfer__CDownloadOperation
    IDownloadCompleted;

#define IID_IUriRuntimeClassFactory IID___x_ABI_CWindows_CFoundation_CIUriRuntimeClassFactory
#define IID_IKnownFoldersStatics    IID___x_ABI_CWindows_CStorage_CIKnownFoldersStatics
#define IID_IStorageItem            IID___x_ABI_CWindows_CStorage_CIStorageItem
#define IID_IBackgroundDownloader \
    IID___x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIBackgroundDownloader

#define RELEASE(pointer)                         \
    do {                                         \
        if (pointer)                             \
            (pointer)->lpVtbl->Release(pointer); \
    } while (0)

/*
 * A handler is an object with the methods of IUnknown, and Invoke as the fourth. These are static
 * and count no references. Beside the interface they are passed as, they answer IAgileObject, which
 * says that any thread may call.
 */
struct handler;

struct handler_vtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(struct handler *self, REFIID iid, void **out);
    ULONG(STDMETHODCALLTYPE *AddRef)(struct handler *self);
    ULONG(STDMETHODCALLTYPE *Release)(struct handler *self);
    union {
        HRESULT(STDMETHODCALLTYPE *completed)
        (struct handler *self, void *operation, AsyncStatus status);
        HRESULT(STDMETHODCALLTYPE *progress)
        (struct handler *self, void *operation, IDownloadOperation *download);
    } Invoke;
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

/* Both Completed handlers: the main thread waits for the event. */
static HRESULT STDMETHODCALLTYPE completed_Invoke(struct handler *self, void *operation,
                                                  AsyncStatus status)
{
    (void)operation;
    (void)status;
    SetEvent(self->event);
    return S_OK;
}

/* The Progress handler: the operation itself says how far it is. */
static HRESULT STDMETHODCALLTYPE progress_Invoke(struct handler *self, void *operation,
                                                 IDownloadOperation *download)
{
    BackgroundDownloadProgress progress;

    (void)self;
    (void)operation;
    if (SUCCEEDED(download->lpVtbl->get_Progress(download, &progress))) {
        printf("%llu of %llu bytes\n", (unsigned long long)progress.BytesReceived,
               (unsigned long long)progress.TotalBytesToReceive);
        fflush(stdout); /* whoever reads it wants it now, also through a pipe */
    }
    return S_OK;
}

static const struct handler_vtbl completed_vtbl = {
    handler_QueryInterface, handler_AddRef, handler_Release, { .completed = completed_Invoke }
};
static const struct handler_vtbl progress_vtbl = {
    handler_QueryInterface, handler_AddRef, handler_Release, { .progress = progress_Invoke }
};

static struct handler file_created = { &completed_vtbl, NULL };
static struct handler progressed = { &progress_vtbl, NULL };
static struct handler downloaded = { &completed_vtbl, NULL };

/* The command line and the output are in the system's code page (CP_ACP; on Linux that is UTF-8);
 * strings of the Windows Runtime are UTF-16. */
static HRESULT make_string(const char *text, HSTRING *string)
{
    WCHAR units[1024];
    int count = MultiByteToWideChar(CP_ACP, MB_ERR_INVALID_CHARS, text, -1, units, 1024);

    return count > 0 ? WindowsCreateString(units, (UINT32)count - 1, string) : E_INVALIDARG;
}

static HRESULT get_factory(const WCHAR *class_name, size_t length, REFIID iid, void **factory)
{
    HSTRING_HEADER header;
    HSTRING name;
    HRESULT hr = WindowsCreateStringReference(class_name, (UINT32)length, &header, &name);

    return SUCCEEDED(hr) ? RoGetActivationFactory(name, iid, factory) : hr;
}

#define GET_FACTORY(name, iid, factory) \
    get_factory(name, sizeof(name) / sizeof(name[0]) - 1, &(iid), (void **)(factory))

/* Uri source = new Uri(text) */
static HRESULT create_uri(const char *text, IUriRuntimeClass **uri)
{
    IUriRuntimeClassFactory *factory = NULL;
    HSTRING string = NULL;
    HRESULT hr = make_string(text, &string);

    if (SUCCEEDED(hr))
        hr =
            GET_FACTORY(RuntimeClass_Windows_Foundation_Uri, IID_IUriRuntimeClassFactory, &factory);
    if (SUCCEEDED(hr))
        hr = factory->lpVtbl->CreateUri(factory, string, uri);
    RELEASE(factory);
    WindowsDeleteString(string);
    return hr;
}

/* await KnownFolders.PicturesLibrary.CreateFileAsync(name,
 * CreationCollisionOption.GenerateUniqueName) */
static HRESULT create_picture(const char *name, IStorageFile **file)
{
    IKnownFoldersStatics *known_folders = NULL;
    IStorageFolder *pictures = NULL;
    ICreateFile *operation = NULL;
    HSTRING string = NULL;
    HRESULT hr = make_string(name, &string);

    if (SUCCEEDED(hr))
        hr = GET_FACTORY(RuntimeClass_Windows_Storage_KnownFolders, IID_IKnownFoldersStatics,
                         &known_folders);
    if (SUCCEEDED(hr))
        hr = known_folders->lpVtbl->get_PicturesLibrary(known_folders, &pictures);
    if (SUCCEEDED(hr))
        hr = pictures->lpVtbl->CreateFileAsync(pictures, string,
                                               CreationCollisionOption_GenerateUniqueName,
                                               &operation);
    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, (ICreateFileCompleted *)&file_created);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(file_created.event, INFINITE);
        hr = operation->lpVtbl->GetResults(operation, file);
    }
    RELEASE(operation);
    RELEASE(pictures);
    RELEASE(known_folders);
    WindowsDeleteString(string);
    return hr;
}

/* DownloadOperation download = new BackgroundDownloader().CreateDownload(source, destinationFile)
 */
static HRESULT create_download(IUriRuntimeClass *source, IStorageFile *destination,
                               IDownloadOperation **download)
{
    IActivationFactory *factory = NULL;
    IInspectable *instance = NULL;
    IBackgroundDownloader *downloader = NULL;
    HRESULT hr;

    hr = GET_FACTORY(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader,
                     IID_IActivationFactory, &factory);
    if (SUCCEEDED(hr))
        hr = factory->lpVtbl->ActivateInstance(factory, &instance);
    if (SUCCEEDED(hr))
        hr = instance->lpVtbl->QueryInterface(instance, &IID_IBackgroundDownloader,
                                              (void **)&downloader);
    if (SUCCEEDED(hr))
        hr = downloader->lpVtbl->CreateDownload(downloader, source, destination, download);
    RELEASE(downloader);
    RELEASE(instance);
    RELEASE(factory);
    return hr;
}

/* await download.StartAsync(), with progress. GetResults returns the error if the download failed.
 */
static HRESULT run_download(IDownloadOperation *download)
{
    IDownload *operation = NULL;
    IDownloadOperation *result = NULL;
    HRESULT hr = download->lpVtbl->StartAsync(download, &operation);

    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Progress(operation, (IDownloadProgressed *)&progressed);
    if (SUCCEEDED(hr))
        hr = operation->lpVtbl->put_Completed(operation, (IDownloadCompleted *)&downloaded);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(downloaded.event, INFINITE);
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
    char text[4096] = "";

    if (SUCCEEDED(file->lpVtbl->QueryInterface(file, &IID_IStorageItem, (void **)&item)) &&
        SUCCEEDED(item->lpVtbl->get_Path(item, &path)))
        WideCharToMultiByte(CP_ACP, 0, WindowsGetStringRawBuffer(path, NULL), -1, text,
                            sizeof(text), NULL, NULL);
    printf("saved as %s\n", text);
    WindowsDeleteString(path);
    RELEASE(item);
}

static HRESULT first_download(const char *url, const char *name)
{
    IUriRuntimeClass *source = NULL;
    IStorageFile *destination = NULL;
    IDownloadOperation *download = NULL;
    HRESULT hr = create_uri(url, &source);

    if (SUCCEEDED(hr))
        hr = create_picture(name, &destination);
    if (SUCCEEDED(hr))
        hr = create_download(source, destination, &download);
    if (SUCCEEDED(hr))
        hr = run_download(download);
    if (SUCCEEDED(hr))
        print_path(destination);
    else
        fprintf(stderr, "the download failed: 0x%08X\n", (unsigned)hr);
    RELEASE(download);
    RELEASE(destination);
    RELEASE(source);
    return hr;
}

int main(int argc, char **argv)
{
    HRESULT hr;

    if (argc != 3) {
        fprintf(stderr, "usage: first-download URL NAME\n");
        return 2;
    }
    hr = RoInitialize(RO_INIT_MULTITHREADED);
    if (FAILED(hr))
        return 1;
    file_created.event = CreateEventW(NULL, TRUE, FALSE, NULL);
    downloaded.event = CreateEventW(NULL, TRUE, FALSE, NULL);
    hr = first_download(argv[1], argv[2]);
    CloseHandle(downloaded.event);
    CloseHandle(file_created.event);
    RoUninitialize();
    return SUCCEEDED(hr) ? 0 : 1;
}
