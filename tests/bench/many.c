/* SPDX-License-Identifier: MIT */
/*
 * bench_many start COUNT FOLDER [URL] | list | pause | cancel: what many transfers cost the process
 * that has them.
 *
 * `start` creates and starts COUNT downloads (an address of 100 characters that begins with URL,
 * two headers, a file each) and keeps every object a client would keep: Uri, file, operation, async
 * object. The others are for the next process: `list` asks for what an earlier one has left;
 * `pause` and `cancel` also attach to all of them, and then do that to each and wait until it is
 * so.
 *
 * Each step is a line: its name, how many, seconds, and the heap's bytes for one, where the step
 * leaves something behind. `start` begins with the median and the 95th percentile of creation plus
 * start, in microseconds.
 *
 * WINRT_NETWORK_STATE=offline keeps them from running; else all but six wait for those six, and URL
 * is of a server that does not answer. WINRT_STATE_DIR is where they are.
 */
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <windows.h>
#include <roapi.h>
#include <windows.networking.backgroundtransfer.h>
#include <winstring.h>

#define CLASS_DOWNLOADER u"Windows.Networking.BackgroundTransfer.BackgroundDownloader"
#define CLASS_URI        u"Windows.Foundation.Uri"
#define CLASS_FILE       u"Windows.Storage.StorageFile"
#define HEADERS          2
#define NOWHERE          "http://192.0.2.1"

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "%s: 0x%08X\n", what, (unsigned)hr);
    exit(1);
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();

    return (double)(info.uordblks + info.hblkhd);
}

static HSTRING string_of(const char *text)
{
    WCHAR wide[512];
    UINT32 length = 0;
    HSTRING string;

    for (; text[length] && length < 511; length++)
        wide[length] = (unsigned char)text[length];
    wide[length] = 0;
    check(WindowsCreateString(wide, length, &string), "string");
    return string;
}

static void *factory_of(const WCHAR *name, REFIID iid)
{
    UINT32 length = 0;
    HSTRING string;
    void *factory;

    while (name[length])
        length++;
    check(WindowsCreateString(name, length, &string), "string");
    check(RoGetActivationFactory(string, iid, &factory), "factory");
    WindowsDeleteString(string);
    return factory;
}

/* Waits without a handler: what is waited for takes microseconds, or is what is measured. */
static void wait_for(void *operation)
{
    struct timespec nap = { .tv_nsec = 20000 };
    AsyncStatus status;
    IAsyncInfo *info;

    check(IUnknown_QueryInterface((IUnknown *)operation, &IID_IAsyncInfo, (void **)&info), "info");
    while (SUCCEEDED(IAsyncInfo_get_Status(info, &status)) && status == Started)
        nanosleep(&nap, NULL);
    IAsyncInfo_Release(info);
}

typedef IAsyncOperationWithProgress_DownloadOperation_DownloadOperation download_async;

struct kept {
    IUriRuntimeClass *uri;
    IStorageFile *file;
    IDownloadOperation *operation;
    download_async *async;
};

/* `bytes` 0: the step leaves nothing behind. */
static void print_step(const char *name, unsigned count, double seconds, double bytes)
{
    printf("%s %u %.6f %.0f\n", name, count, seconds, count ? bytes / count : 0);
}

static IStorageFile *file_of(IStorageFileStatics *files, const char *folder, unsigned index)
{
    IAsyncOperation_StorageFile *opening;
    IStorageFile *file;
    char path[256];
    HSTRING string;
    FILE *made;

    snprintf(path, sizeof(path), "%s/%u", folder, index);
    made = fopen(path, "w");
    if (!made)
        check(E_FAIL, path);
    fclose(made);
    string = string_of(path);
    check(IStorageFileStatics_GetFileFromPathAsync(files, string, &opening), "file");
    WindowsDeleteString(string);
    wait_for(opening);
    check(IAsyncOperation_StorageFile_GetResults(opening, &file), "file");
    IAsyncOperation_StorageFile_Release(opening);
    return file;
}

static IUriRuntimeClass *uri_of(IUriRuntimeClassFactory *uris, const char *url, unsigned index)
{
    char text[101];
    IUriRuntimeClass *uri;
    HSTRING string;
    int length = snprintf(text, sizeof(text), "%.60s/%u?", url, index);

    memset(text + length, 'a', sizeof(text) - 1 - (size_t)length);
    text[sizeof(text) - 1] = '\0';
    string = string_of(text);
    check(IUriRuntimeClassFactory_CreateUri(uris, string, &uri), "uri");
    WindowsDeleteString(string);
    return uri;
}

static void set_headers(IBackgroundDownloader *downloader)
{
    static const char *const headers[HEADERS][2] = { { "Authorization", "Bearer 0123456789abcdef" },
                                                     { "X-Request", "many" } };
    IBackgroundTransferBase *base;

    check(IBackgroundDownloader_QueryInterface(downloader, &IID_IBackgroundTransferBase,
                                               (void **)&base),
          "downloader");
    for (int i = 0; i < HEADERS; i++) {
        HSTRING name = string_of(headers[i][0]), value = string_of(headers[i][1]);

        check(IBackgroundTransferBase_SetRequestHeader(base, name, value), "header");
        WindowsDeleteString(value);
        WindowsDeleteString(name);
    }
    IBackgroundTransferBase_Release(base);
}

static int compare(const void *one, const void *other)
{
    double difference = *(const double *)one - *(const double *)other;

    return (difference > 0) - (difference < 0);
}

static void start(unsigned count, const char *folder, const char *url)
{
    struct kept *kept = calloc(count, sizeof(*kept));
    double *times = calloc(count, sizeof(*times)), before, sum = 0;
    IActivationFactory *factory = factory_of(CLASS_DOWNLOADER, &IID_IActivationFactory);
    IStorageFileStatics *files = factory_of(CLASS_FILE, &IID_IStorageFileStatics);
    IUriRuntimeClassFactory *uris = factory_of(CLASS_URI, &IID_IUriRuntimeClassFactory);
    IBackgroundDownloader *downloader;
    IInspectable *instance;

    if (!kept || !times)
        check(E_OUTOFMEMORY, "memory");
    check(IActivationFactory_ActivateInstance(factory, &instance), "downloader");
    check(IInspectable_QueryInterface(instance, &IID_IBackgroundDownloader, (void **)&downloader),
          "downloader");
    set_headers(downloader);
    before = heap_bytes();
    for (unsigned i = 0; i < count; i++) {
        double from;

        kept[i].uri = uri_of(uris, url, i);
        kept[i].file = file_of(files, folder, i);
        from = seconds_now();
        check(IBackgroundDownloader_CreateDownload(downloader, kept[i].uri, kept[i].file,
                                                   &kept[i].operation),
              "create");
        check(IDownloadOperation_StartAsync(kept[i].operation, &kept[i].async), "start");
        times[i] = seconds_now() - from;
        sum += times[i];
    }
    before = heap_bytes() - before;
    qsort(times, count, sizeof(*times), compare);
    printf("median %.1f 95th %.1f\n", times[count / 2] * 1e6, times[count * 95 / 100] * 1e6);
    print_step("start", count, sum, before);
}

/* What an earlier process has left. */
static IVectorView_DownloadOperation *list(UINT32 *ret_count)
{
    IBackgroundDownloaderStaticMethods *statics =
        factory_of(CLASS_DOWNLOADER, &IID_IBackgroundDownloaderStaticMethods);
    IAsyncOperation_IVectorView_DownloadOperation *listing;
    IVectorView_DownloadOperation *view;
    double before = heap_bytes(), from = seconds_now();

    check(IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, &listing), "list");
    wait_for(listing);
    check(IAsyncOperation_IVectorView_DownloadOperation_GetResults(listing, &view), "list");
    check(IVectorView_DownloadOperation_get_Size(view, ret_count), "list");
    print_step("list", *ret_count, seconds_now() - from, heap_bytes() - before);
    return view;
}

static struct kept *attach(UINT32 *ret_count)
{
    IVectorView_DownloadOperation *view = list(ret_count);
    struct kept *kept = calloc(*ret_count + 1, sizeof(*kept));
    double before = heap_bytes(), from = seconds_now();

    if (!kept)
        check(E_OUTOFMEMORY, "memory");
    for (UINT32 i = 0; i < *ret_count; i++) {
        check(IVectorView_DownloadOperation_GetAt(view, i, &kept[i].operation), "list");
        check(IDownloadOperation_AttachAsync(kept[i].operation, &kept[i].async), "attach");
    }
    print_step("attach", *ret_count, seconds_now() - from, heap_bytes() - before);
    return kept;
}

/* The engine's word for it, which comes later than that of the async object. */
static void await_status(const struct kept *kept, UINT32 count, BackgroundTransferStatus status)
{
    struct timespec nap = { .tv_nsec = 20000 };
    BackgroundDownloadProgress progress = { 0 };

    for (UINT32 i = 0; i < count; i++) {
        while (SUCCEEDED(IDownloadOperation_get_Progress(kept[i].operation, &progress)) &&
               progress.Status != status)
            nanosleep(&nap, NULL);
    }
}

static void pause_all(void)
{
    UINT32 count = 0;
    struct kept *kept = attach(&count);
    double from = seconds_now();

    for (UINT32 i = 0; i < count; i++)
        check(IDownloadOperation_Pause(kept[i].operation), "pause");
    await_status(kept, count, BackgroundTransferStatus_PausedByApplication);
    print_step("pause", count, seconds_now() - from, 0);
}

static void cancel_all(void)
{
    UINT32 count = 0;
    struct kept *kept = attach(&count);
    double from = seconds_now();

    for (UINT32 i = 0; i < count; i++) {
        IAsyncInfo *info;

        check(IUnknown_QueryInterface((IUnknown *)kept[i].async, &IID_IAsyncInfo, (void **)&info),
              "info");
        check(IAsyncInfo_Cancel(info), "cancel");
        IAsyncInfo_Release(info);
    }
    await_status(kept, count, BackgroundTransferStatus_Canceled);
    print_step("cancel", count, seconds_now() - from, 0);
}

static bool is_told(int argc, char **argv, const char *what, int arguments)
{
    return argc == 2 + arguments && !strcmp(argv[1], what);
}

int main(int argc, char **argv)
{
    UINT32 count = 0;

    check(RoInitialize(RO_INIT_MULTITHREADED), "runtime");
    if (is_told(argc, argv, "start", 2) || is_told(argc, argv, "start", 3)) {
        start((unsigned)strtoul(argv[2], NULL, 10), argv[3], argc > 4 ? argv[4] : NOWHERE);
    } else if (is_told(argc, argv, "list", 0)) {
        list(&count);
    } else if (is_told(argc, argv, "pause", 0)) {
        pause_all();
    } else if (is_told(argc, argv, "cancel", 0)) {
        cancel_all();
    } else {
        fprintf(stderr, "bench_many start COUNT FOLDER [URL] | list | pause | cancel\n");
        return 2;
    }
    fflush(stdout);
    _Exit(0); /* as a process that dies: they are for the next one */
}
