/* SPDX-License-Identifier: MIT */
/*
 * client URL FOLDER NAME, like client.c, in C++: interfaces are classes in ABI::Windows::...,
 * handlers are derived from them, and __uuidof names their identifiers.
 */
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <windows.h>
#include <objidl.h>
#include <roapi.h>
#include <winstring.h>
#include <windows.foundation.h>
#include <windows.storage.h>
#include <windows.networking.backgroundtransfer.h>

using namespace ABI::Windows::Foundation;
using namespace ABI::Windows::Storage;
using namespace ABI::Windows::Networking::BackgroundTransfer;

using CreateFileOperation = IAsyncOperation<StorageFile *>;
using GetFolderOperation = IAsyncOperation<StorageFolder *>;
using StartOperation = IAsyncOperationWithProgress<DownloadOperation *, DownloadOperation *>;
using CreateFileCompleted = IAsyncOperationCompletedHandler<StorageFile *>;
using GetFolderCompleted = IAsyncOperationCompletedHandler<StorageFolder *>;
using StartCompleted =
    IAsyncOperationWithProgressCompletedHandler<DownloadOperation *, DownloadOperation *>;

static void check(HRESULT hr, const char *what)
{
    if (FAILED(hr)) {
        std::fprintf(stderr, "%s: 0x%08X\n", what, static_cast<unsigned>(hr));
        std::exit(1);
    }
}

/* A completed handler that sets an event, and waits for it. It lives on the stack of the one who
 * waits. */
template <typename Handler, typename Operation> class Waiter final : public Handler {
  public:
    ~Waiter()
    {
        CloseHandle(event);
    }

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void **out) override
    {
        bool known =
            iid == __uuidof(IUnknown) || iid == __uuidof(IAgileObject) || iid == __uuidof(Handler);
        *out = known ? this : nullptr;
        references += known;
        return known ? S_OK : E_NOINTERFACE;
    }
    ULONG STDMETHODCALLTYPE AddRef() override
    {
        return ++references;
    }
    ULONG STDMETHODCALLTYPE Release() override
    {
        return --references;
    }
    HRESULT STDMETHODCALLTYPE Invoke(Operation *, AsyncStatus) override
    {
        SetEvent(event);
        return S_OK;
    }

    void wait(Operation *operation, const char *what)
    {
        check(operation->put_Completed(this), what);
        WaitForSingleObject(event, INFINITE);
        while (references > 1) /* until the operation has let go of it */
            Sleep(1);
    }

  private:
    HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    std::atomic<ULONG> references{ 1 };
};

class String {
  public:
    explicit String(const char *text)
    {
        WCHAR units[4096];
        int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, units, 4096);
        check(WindowsCreateString(units, static_cast<UINT32>(length) - 1, &handle), text);
    }
    ~String()
    {
        WindowsDeleteString(handle);
    }
    HSTRING handle = nullptr;
};

template <typename Interface> static Interface *factory(const char *class_name)
{
    Interface *result = nullptr;
    check(RoGetActivationFactory(String(class_name).handle, __uuidof(Interface),
                                 reinterpret_cast<void **>(&result)),
          class_name);
    return result;
}

static IStorageFile *create_file(const char *folder_path, const char *name)
{
    auto *statics = factory<IStorageFolderStatics>("Windows.Storage.StorageFolder");
    GetFolderOperation *folder_operation = nullptr;
    CreateFileOperation *file_operation = nullptr;
    IStorageFolder *folder = nullptr;
    IStorageFile *file = nullptr;

    check(statics->GetFolderFromPathAsync(String(folder_path).handle, &folder_operation),
          folder_path);
    Waiter<GetFolderCompleted, GetFolderOperation>().wait(folder_operation, folder_path);
    check(folder_operation->GetResults(&folder), folder_path);
    check(folder->CreateFileAsync(String(name).handle, CreationCollisionOption_FailIfExists,
                                  &file_operation),
          name);
    Waiter<CreateFileCompleted, CreateFileOperation>().wait(file_operation, name);
    check(file_operation->GetResults(&file), name);
    file_operation->Release();
    folder->Release();
    folder_operation->Release();
    statics->Release();
    return file;
}

static void download(const char *url, IStorageFile *file)
{
    auto *uris = factory<IUriRuntimeClassFactory>("Windows.Foundation.Uri");
    auto *downloaders =
        factory<IActivationFactory>("Windows.Networking.BackgroundTransfer.BackgroundDownloader");
    IUriRuntimeClass *uri = nullptr;
    IInspectable *instance = nullptr;
    IBackgroundDownloader *downloader = nullptr;
    IDownloadOperation *operation = nullptr, *result = nullptr;
    StartOperation *started = nullptr;

    check(uris->CreateUri(String(url).handle, &uri), url);
    check(downloaders->ActivateInstance(&instance), "ActivateInstance");
    check(instance->QueryInterface(__uuidof(IBackgroundDownloader),
                                   reinterpret_cast<void **>(&downloader)),
          "IBackgroundDownloader");
    check(downloader->CreateDownload(uri, file, &operation), "CreateDownload");
    check(operation->StartAsync(&started), "StartAsync");
    Waiter<StartCompleted, StartOperation>().wait(started, url);
    check(started->GetResults(&result), url);
    result->Release();
    started->Release();
    operation->Release();
    downloader->Release();
    instance->Release();
    uri->Release();
    downloaders->Release();
    uris->Release();
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    check(RoInitialize(RO_INIT_MULTITHREADED), "RoInitialize");
    IStorageFile *file = create_file(argv[2], argv[3]);
    download(argv[1], file);
    file->Release();
    RoUninitialize();
    return 0;
}
