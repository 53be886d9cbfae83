/* SPDX-License-Identifier: MIT */
/*
 * bench_many start COUNT FOLDER | list: what many transfers cost the process that has them.
 *
 * `start` creates and starts COUNT downloads (an address of 100 characters, two headers, a file
 * each) that cannot run, and keeps every object a client would keep: Uri, file, operation, async
 * object. It prints the median time of creation plus start, and the heap's bytes for one. `list`
 * asks for what an earlier process has left, and prints the time and the heap's bytes for one.
 *
 * WINRT_NETWORK_STATE=offline keeps them from running; WINRT_STATE_DIR is where they are.
 */
#include <malloc.h>
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

struct kept {
    IUriRuntimeClass *uri;
    IStorageFile *file;
    IDownloadOperation *operation;
    IAsyncOperationWithProgress_DownloadOperation_DownloadOperation *async;
};

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

static IUriRuntimeClass *uri_of(IUriRuntimeClassFactory *uris, unsigned index)
{
    char text[101];
    IUriRuntimeClass *uri;
    HSTRING string;
    int length = snprintf(text, sizeof(text), "http://192.0.2.1/%u?", index);

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

static void start(unsigned count, const char *folder)
{
    struct kept *kept = calloc(count, sizeof(*kept));
    double *times = calloc(count, sizeof(*times)), before, begun = seconds_now();
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

        kept[i].uri = uri_of(uris, i);
        kept[i].file = file_of(files, folder, i);
        from = seconds_now();
        check(IBackgroundDownloader_CreateDownload(downloader, kept[i].uri, kept[i].file,
                                                   &kept[i].operation),
              "create");
        check(IDownloadOperation_StartAsync(kept[i].operation, &kept[i].async), "start");
        times[i] = seconds_now() - from;
    }
    qsort(times, count, sizeof(*times), compare);
    printf("started %u in %.3f s: median %.1f us, 95th percentile %.1f us, %.0f bytes each\n",
           count, seconds_now() - begun, times[count / 2] * 1e6, times[count * 95 / 100] * 1e6,
           (heap_bytes() - before) / count);
    fflush(stdout);
    _Exit(0); /* as a process that dies: they are for the next one */
}

static void list(void)
{
    IBackgroundDownloaderStaticMethods *statics =
        factory_of(CLASS_DOWNLOADER, &IID_IBackgroundDownloaderStaticMethods);
    IAsyncOperation_IVectorView_DownloadOperation *listing;
    IVectorView_DownloadOperation *view;
    double before = heap_bytes(), from = seconds_now();
    UINT32 count = 0;

    check(IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, &listing), "list");
    wait_for(listing);
    check(IAsyncOperation_IVectorView_DownloadOperation_GetResults(listing, &view), "list");
    check(IVectorView_DownloadOperation_get_Size(view, &count), "list");
    printf("listed %u in %.3f s: %.0f bytes each\n", count, seconds_now() - from,
           count ? (heap_bytes() - before) / count : 0);
    fflush(stdout);
    _Exit(0);
}

int main(int argc, char **argv)
{
    check(RoInitialize(RO_INIT_MULTITHREADED), "runtime");
    if (argc == 4 && !strcmp(argv[1], "start"))
        start((unsigned)strtoul(argv[2], NULL, 10), argv[3]);
    if (argc == 2 && !strcmp(argv[1], "list"))
        list();
    fprintf(stderr, "bench_many start COUNT FOLDER | list\n");
    return 2;
}
