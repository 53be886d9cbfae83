/* SPDX-License-Identifier: MIT */
/*
 * bench_client LIST FOLDER [hold]: downloads all that LIST names, a URL and a file name a line, as
 * a program does that is written for the documented API: activation, a StorageFile and a
 * DownloadOperation each, StartAsync, both handlers, GetResults. All are started at once; how many
 * run at a time is the library's business.
 *
 * With `hold` it then says "done", keeps what it has, and does nothing until its standard input
 * ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samples/common/handlers.h"
#include "samples/common/runtime.h"
#include "samples/common/text.h"

struct download {
    IDownload *running;
    IDownloadOperation *operation;
};

static HANDLE all_done;
static LONG left = 1; /* one for who starts them */
static LONG failed;
static LONG reports;

static _Noreturn void die(HRESULT hr, const char *what)
{
    fprintf(stderr, "%s: 0x%08X\n", what, (unsigned)hr);
    exit(1);
}

static void check(HRESULT hr, const char *what)
{
    if (FAILED(hr))
        die(hr, what);
}

static void one_less(void)
{
    if (InterlockedDecrement(&left) == 0)
        SetEvent(all_done);
}

/* Completed, on a thread of the library's. */
static void on_completed(void *context, AsyncStatus status)
{
    struct download *download = context;
    IDownloadOperation *result = NULL;

    (void)status; /* GetResults tells it */
    if (FAILED(download->running->lpVtbl->GetResults(download->running, &result)))
        InterlockedIncrement(&failed);
    RELEASE(result);
    RELEASE(download->running);
    RELEASE(download->operation);
    one_less();
}

/* Progress, the same; a program would show it. */
static void on_progress(void *context, IDownloadOperation *operation)
{
    BackgroundDownloadProgress progress;

    (void)context;
    if (SUCCEEDED(operation->lpVtbl->get_Progress(operation, &progress)))
        InterlockedIncrement(&reports);
}

static void start(IBackgroundDownloader *downloader, IUriRuntimeClassFactory *uris,
                  IDownloadProgressed *progressed, IStorageFolder *folder, const char *url,
                  const char *name)
{
    struct download *download = calloc(1, sizeof(*download)); /* kept until the process ends */
    IDownloadCompleted *completed =
        completed_handler_create(&IID_IDownloadCompleted, on_completed, download);
    IUriRuntimeClass *uri;
    IStorageFile *file;
    IDownload *running;
    HSTRING text;

    if (!download || !completed)
        die(E_OUTOFMEMORY, "memory");
    check(string_from_text(url, &text), "string");
    check(uris->lpVtbl->CreateUri(uris, text, &uri), "uri");
    WindowsDeleteString(text);
    check(create_file(folder, name, CreationCollisionOption_ReplaceExisting, &file), name);
    check(downloader->lpVtbl->CreateDownload(downloader, uri, file, &download->operation),
          "CreateDownload");
    InterlockedIncrement(&left);
    check(download->operation->lpVtbl->StartAsync(download->operation, &download->running),
          "StartAsync");
    running = download->running;
    running->lpVtbl->AddRef(running); /* on_completed may be called in between, and lets go */
    check(running->lpVtbl->put_Progress(running, progressed), "Progress");
    check(running->lpVtbl->put_Completed(running, completed), "Completed");
    RELEASE(running);
    RELEASE(completed);
    RELEASE(file);
    RELEASE(uri);
}

static void start_all(FILE *list, const char *folder_path)
{
    IDownloadProgressed *progressed = progress_handler_create(on_progress, NULL);
    IActivationFactory *factory;
    IInspectable *instance;
    IBackgroundDownloader *downloader;
    IUriRuntimeClassFactory *uris;
    IStorageFolder *folder;
    char url[1024], name[256];

    if (!progressed)
        die(E_OUTOFMEMORY, "memory");
    check(get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader,
                      &IID_IActivationFactory, (void **)&factory),
          "downloader");
    check(factory->lpVtbl->ActivateInstance(factory, &instance), "downloader");
    check(instance->lpVtbl->QueryInterface(instance, &IID_IBackgroundDownloader,
                                           (void **)&downloader),
          "downloader");
    check(get_factory(RuntimeClass_Windows_Foundation_Uri, &IID_IUriRuntimeClassFactory,
                      (void **)&uris),
          "uri");
    check(get_folder(folder_path, &folder), folder_path);
    while (fscanf(list, "%1023s %255s", url, name) == 2)
        start(downloader, uris, progressed, folder, url, name);
    RELEASE(folder);
    RELEASE(uris);
    RELEASE(downloader);
    RELEASE(instance);
    RELEASE(factory);
    RELEASE(progressed);
}

int main(int argc, char **argv)
{
    FILE *list = argc >= 3 ? fopen(argv[1], "r") : NULL;

    if (!list) {
        fprintf(stderr, "bench_client LIST FOLDER [hold]\n");
        return 2;
    }
    check(RoInitialize(RO_INIT_MULTITHREADED), "runtime");
    all_done = CreateEventW(NULL, TRUE, FALSE, NULL);
    start_all(list, argv[2]);
    fclose(list);
    one_less();
    WaitForSingleObject(all_done, INFINITE);
    if (argc > 3 && !strcmp(argv[3], "hold")) {
        int byte;

        puts("done");
        fflush(stdout);
        do
            byte = getchar();
        while (byte != EOF);
    }
    if (failed)
        fprintf(stderr, "%ld failed\n", (long)failed);
    return failed != 0;
}
