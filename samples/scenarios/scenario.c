/* SPDX-License-Identifier: MIT */
#include "scenario.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/errors.h"
#include "../common/handlers.h"
#include "../common/platform.h"
#include "../common/runtime.h"
#include "../common/text.h"

#define LINE_SIZE 1000

static SRWLOCK output = SRWLOCK_INIT;

int scenario_main(int argc, char **argv, const char *usage, int count, int (*run)(char **arguments))
{
    HRESULT hr;
    int code = 2;

    argv = platform_start(&argc, argv);
    if (!argv || argc <= count) {
        fprintf(stderr, "usage: %s\n", usage);
    } else if (FAILED(hr = RoInitialize(RO_INIT_MULTITHREADED))) {
        report_error("the Windows Runtime does not start", hr);
    } else {
        code = run(argv + 1);
        RoUninitialize();
    }
    platform_end();
    return code;
}

void report(const char *format, ...)
{
    char line[LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    AcquireSRWLockExclusive(&output);
    puts(line);
    fflush(stdout);
    ReleaseSRWLockExclusive(&output);
}

void report_error(const char *what, HRESULT error)
{
    char text[500];

    describe_error(error, text, sizeof(text));
    report("%s: %s", what, text);
}

bool next_command(char *line, size_t size)
{
    if (!fgets(line, (int)size, stdin))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

HRESULT create_downloader(IBackgroundDownloader **downloader)
{
    IActivationFactory *factory = NULL;
    IInspectable *instance = NULL;
    HRESULT hr;

    *downloader = NULL;
    hr = get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader,
                     &IID_IActivationFactory, (void **)&factory);
    if (SUCCEEDED(hr))
        hr = IActivationFactory_ActivateInstance(factory, &instance);
    if (SUCCEEDED(hr))
        hr = IInspectable_QueryInterface(instance, &IID_IBackgroundDownloader, (void **)downloader);
    RELEASE(instance);
    RELEASE(factory);
    return hr;
}

HRESULT create_result_file(const char *folder, const char *name, IStorageFile **file)
{
    char *path = platform_full_path(folder); /* GetFolderFromPathAsync wants an absolute one */
    IStorageFolder *opened = NULL;
    HRESULT hr = path ? get_folder(path, &opened) : HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND);

    *file = NULL;
    if (SUCCEEDED(hr))
        hr = create_file(opened, name, CreationCollisionOption_GenerateUniqueName, file);
    RELEASE(opened);
    free(path);
    return hr;
}

HRESULT open_group(const char *name, BackgroundTransferBehavior behavior,
                   IBackgroundTransferGroup **group)
{
    IBackgroundTransferGroupStatics *statics = NULL;
    HSTRING string = NULL;
    HRESULT hr = string_from_text(name, &string);

    *group = NULL;
    if (SUCCEEDED(hr))
        hr = get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferGroup,
                         &IID_IBackgroundTransferGroupStatics, (void **)&statics);
    if (SUCCEEDED(hr))
        hr = IBackgroundTransferGroupStatics_CreateGroup(statics, string, group);
    if (SUCCEEDED(hr))
        hr = IBackgroundTransferGroup_put_TransferBehavior(*group, behavior);
    RELEASE(statics);
    WindowsDeleteString(string);
    return hr;
}

HRESULT use_group(IBackgroundDownloader *downloader, IBackgroundTransferGroup *group)
{
    IBackgroundDownloader2 *second = NULL;
    HRESULT hr = IBackgroundDownloader_QueryInterface(downloader, &IID_IBackgroundDownloader2,
                                                      (void **)&second);

    if (SUCCEEDED(hr))
        hr = IBackgroundDownloader2_put_TransferGroup(second, group);
    RELEASE(second);
    return hr;
}

static void set_event(void *event, AsyncStatus status)
{
    (void)status; /* GetResults tells it again */
    SetEvent(event);
}

static HRESULT ask_for_downloads(IBackgroundTransferGroup *group,
                                 IAsyncOperation_IVectorView_DownloadOperation **operation)
{
    IBackgroundDownloaderStaticMethods *statics = NULL;
    IBackgroundDownloaderStaticMethods2 *newer = NULL;
    HRESULT hr =
        get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader,
                    &IID_IBackgroundDownloaderStaticMethods, (void **)&statics);

    if (SUCCEEDED(hr) && !group)
        hr = IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, operation);
    if (SUCCEEDED(hr) && group)
        hr = IBackgroundDownloaderStaticMethods_QueryInterface(
            statics, &IID_IBackgroundDownloaderStaticMethods2, (void **)&newer);
    if (newer)
        hr =
            IBackgroundDownloaderStaticMethods2_GetCurrentDownloadsForTransferGroupAsync(newer,
                                                                                         group,
                                                                                         operation);
    RELEASE(newer);
    RELEASE(statics);
    return hr;
}

HRESULT current_downloads(IBackgroundTransferGroup *group, IVectorView_DownloadOperation **view)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    IAsyncOperationCompletedHandler_IVectorView_DownloadOperation *handler =
        completed_handler_create(&IID_IAsyncOperationCompletedHandler_IVectorView_DownloadOperation,
                                 set_event, event);
    IAsyncOperation_IVectorView_DownloadOperation *operation = NULL;
    HRESULT hr = event && handler ? ask_for_downloads(group, &operation) : E_OUTOFMEMORY;

    *view = NULL;
    if (operation)
        hr = IAsyncOperation_IVectorView_DownloadOperation_put_Completed(operation, handler);
    if (operation && SUCCEEDED(hr)) {
        WaitForSingleObject(event, INFINITE);
        hr = IAsyncOperation_IVectorView_DownloadOperation_GetResults(operation, view);
    }
    RELEASE(operation);
    RELEASE(handler);
    if (event)
        CloseHandle(event);
    return hr;
}

/* One of them. */
static HRESULT cancel_leftover(IVectorView_DownloadOperation *view, UINT32 index)
{
    IDownloadOperation *operation = NULL;
    struct download *download;
    HRESULT hr = IVectorView_DownloadOperation_GetAt(view, index, &operation);

    if (FAILED(hr))
        return hr;
    download = download_create(operation, NULL);
    if (!download) {
        RELEASE(operation);
        return E_OUTOFMEMORY;
    }
    hr = download_attach(download);
    if (SUCCEEDED(hr)) {
        download_cancel(download);
        download_wait(download);
    }
    download_close(download);
    return hr;
}

HRESULT cancel_leftovers(IBackgroundTransferGroup *group)
{
    IVectorView_DownloadOperation *view = NULL;
    UINT32 count = 0;
    HRESULT hr = current_downloads(group, &view);

    if (view)
        hr = IVectorView_DownloadOperation_get_Size(view, &count);
    for (UINT32 i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = cancel_leftover(view, i);
    if (SUCCEEDED(hr) && count > 0)
        report("Canceled %u of an earlier run", (unsigned)count);
    RELEASE(view);
    return hr;
}

const char *status_text(BackgroundTransferStatus status)
{
    static const struct {
        BackgroundTransferStatus status;
        const char *text;
    } texts[] = {
        { BackgroundTransferStatus_Idle, "Idle" },
        { BackgroundTransferStatus_Running, "Running" },
        { BackgroundTransferStatus_PausedByApplication, "PausedByApplication" },
        { BackgroundTransferStatus_PausedCostedNetwork, "PausedCostedNetwork" },
        { BackgroundTransferStatus_PausedNoNetwork, "PausedNoNetwork" },
        { BackgroundTransferStatus_Completed, "Completed" },
        { BackgroundTransferStatus_Canceled, "Canceled" },
        { BackgroundTransferStatus_Error, "Error" },
        { BackgroundTransferStatus_PausedRecoverableWebErrorStatus,
          "PausedRecoverableWebErrorStatus" },
        { BackgroundTransferStatus_PausedSystemPolicy, "PausedSystemPolicy" },
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (texts[i].status == status)
            return texts[i].text;
    }
    return "unknown";
}

int web_error(HRESULT error)
{
    IBackgroundTransferErrorStatics *statics = NULL;
    WebErrorStatus status = WebErrorStatus_Unknown;

    if (SUCCEEDED(
            get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundTransferError,
                        &IID_IBackgroundTransferErrorStatics, (void **)&statics)))
        IBackgroundTransferErrorStaticMethods_GetStatus(statics, error, &status);
    RELEASE(statics);
    return (int)status;
}
