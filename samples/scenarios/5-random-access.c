/* SPDX-License-Identifier: MIT */
/*
 * Scenario 5, random access: using a file before it is all there.
 *
 *     5-random-access URL FOLDER
 *
 * Downloads URL into FOLDER and obeys:
 *
 *     seek POSITION     reads from there on
 *     read BYTES        reads so many bytes, as soon as they have come
 *     pause, resume
 *     ranges            what has come so far
 *
 * At the end of its input it waits for the whole file.
 *
 * The lesson: IsRandomAccessRequired comes first of all. Then there is a stream, even before the
 * start, whose reads decide what is fetched next. RangesDownloaded tells what has come; while a
 * deferral is held, ranges are gathered for the next event.
 */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/handlers.h"
#include "../common/runtime.h"

#define LARGEST_READ (1 << 20)

typedef ITypedEventHandler_DownloadOperation_BackgroundTransferRangesDownloadedEventArgs
    IRangesHandler;
typedef IAsyncOperationWithProgress_IBuffer_UINT32 IRead;

static struct download *download;
static IDownloadOperation3 *third;
static IRandomAccessStream *stream; /* a position of its own; several may be opened */
static IInputStream *reader;        /* the same object's ReadAsync */

static void print_range(const char *what, const BackgroundTransferFileRange *range)
{
    report("%s: offset %llu, length %llu", what, (unsigned long long)range->Offset,
           (unsigned long long)range->Length);
}

static void print_ranges(const char *what, IVector_BackgroundTransferFileRange *ranges)
{
    BackgroundTransferFileRange range;
    UINT32 count = 0;

    IVector_BackgroundTransferFileRange_get_Size(ranges, &count);
    for (UINT32 i = 0; i < count; i++) {
        if (SUCCEEDED(IVector_BackgroundTransferFileRange_GetAt(ranges, i, &range)))
            print_range(what, &range);
    }
}

/* The event: a delegate with the sender and the arguments. */
static void on_ranges(void *context, void *sender, void *arguments)
{
    IBackgroundTransferRangesDownloadedEventArgs *args = arguments;
    IVector_BackgroundTransferFileRange *added = NULL;
    IDeferral *deferral = NULL;
    boolean restarted = FALSE;

    (void)context;
    (void)sender;
    /* What arrives before Complete is part of the next event. */
    IBackgroundTransferRangesDownloadedEventArgs_GetDeferral(args, &deferral);
    IBackgroundTransferRangesDownloadedEventArgs_get_WasDownloadRestarted(args, &restarted);
    if (restarted)
        report("Download restarted: what was read is void");
    if (SUCCEEDED(IBackgroundTransferRangesDownloadedEventArgs_get_AddedRanges(args, &added)))
        print_ranges("Added", added);
    RELEASE(added);
    if (deferral)
        IDeferral_Complete(deferral);
    RELEASE(deferral);
}

static void on_progress(struct download *ignored, const BackgroundDownloadProgress *progress)
{
    (void)ignored;
    if (progress->TotalBytesToReceive > 0)
        report("%s, %llu%%", status_text(progress->Status),
               (unsigned long long)(progress->BytesReceived * 100 / progress->TotalBytesToReceive));
}

static void set_event(void *event, AsyncStatus status)
{
    (void)status;
    SetEvent(event);
}

/* reference.OpenReadAsync(), waited for. */
static HRESULT open_stream(IRandomAccessStreamReference *reference)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    IAsyncOperationCompletedHandler_IRandomAccessStreamWithContentType *handler =
        completed_handler_create(
            &IID_IAsyncOperationCompletedHandler_IRandomAccessStreamWithContentType, set_event,
            event);
    IAsyncOperation_IRandomAccessStreamWithContentType *operation = NULL;
    IRandomAccessStreamWithContentType *opened = NULL;
    HRESULT hr = event && handler ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = IRandomAccessStreamReference_OpenReadAsync(reference, &operation);
    if (SUCCEEDED(hr))
        hr = IAsyncOperation_IRandomAccessStreamWithContentType_put_Completed(operation, handler);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(event, INFINITE);
        hr = IAsyncOperation_IRandomAccessStreamWithContentType_GetResults(operation, &opened);
    }
    if (SUCCEEDED(hr))
        hr = IRandomAccessStreamWithContentType_QueryInterface(opened, &IID_IRandomAccessStream,
                                                               (void **)&stream);
    if (SUCCEEDED(hr))
        hr = IRandomAccessStreamWithContentType_QueryInterface(opened, &IID_IInputStream,
                                                               (void **)&reader);
    RELEASE(opened);
    RELEASE(operation);
    RELEASE(handler);
    if (event)
        CloseHandle(event);
    return hr;
}

static HRESULT create_buffer(UINT32 capacity, IBuffer **buffer)
{
    IBufferFactory *factory = NULL;
    HRESULT hr = get_factory(RuntimeClass_Windows_Storage_Streams_Buffer, &IID_IBufferFactory,
                             (void **)&factory);

    if (SUCCEEDED(hr))
        hr = IBufferFactory_Create(factory, capacity, buffer);
    RELEASE(factory);
    return hr;
}

/* stream.ReadAsync(buffer, count, None), waited for: it ends when all of it has come, or at the
 * end of the file. */
static HRESULT read_bytes(UINT32 count, UINT32 *length)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32 *handler =
        completed_handler_create(&IID_IAsyncOperationWithProgressCompletedHandler_IBuffer_UINT32,
                                 set_event, event);
    IBuffer *buffer = NULL, *result = NULL;
    IRead *operation = NULL;
    HRESULT hr = event && handler ? create_buffer(count, &buffer) : E_OUTOFMEMORY;

    *length = 0;
    if (SUCCEEDED(hr))
        hr = IInputStream_ReadAsync(reader, buffer, count, InputStreamOptions_None, &operation);
    if (SUCCEEDED(hr))
        hr = IAsyncOperationWithProgress_IBuffer_UINT32_put_Completed(operation, handler);
    if (SUCCEEDED(hr)) {
        WaitForSingleObject(event, INFINITE);
        hr = IAsyncOperationWithProgress_IBuffer_UINT32_GetResults(operation, &result);
    }
    if (SUCCEEDED(hr))
        hr = IBuffer_get_Length(result, length);
    RELEASE(result);
    RELEASE(operation);
    RELEASE(buffer);
    RELEASE(handler);
    if (event)
        CloseHandle(event);
    return hr;
}

static HRESULT read_and_tell(UINT32 count)
{
    UINT64 position = 0, size = 0;
    UINT32 length = 0;
    HRESULT hr = IRandomAccessStream_get_Position(stream, &position);

    if (SUCCEEDED(hr))
        hr = read_bytes(count < LARGEST_READ ? count : LARGEST_READ, &length);
    if (SUCCEEDED(hr))
        hr = IRandomAccessStream_get_Size(stream, &size);
    if (FAILED(hr))
        return hr;
    report("Read %u bytes at %llu of %llu", (unsigned)length, (unsigned long long)position,
           (unsigned long long)size);
    if (position + length >= size) {
        report("End of the file, back to its beginning");
        hr = IRandomAccessStream_Seek(stream, 0);
    }
    return hr;
}

static HRESULT print_downloaded(void)
{
    IVector_BackgroundTransferFileRange *ranges = NULL;
    HRESULT hr = IDownloadOperation3_GetDownloadedRanges(third, &ranges);

    if (SUCCEEDED(hr))
        print_ranges("Downloaded", ranges);
    RELEASE(ranges);
    return hr;
}

static HRESULT obey(const char *command)
{
    const char *space = strchr(command, ' ');
    unsigned long long number = space ? strtoull(space, NULL, 10) : 0;

    if (strncmp(command, "seek ", 5) == 0)
        return IRandomAccessStream_Seek(stream, number);
    if (strncmp(command, "read ", 5) == 0)
        return read_and_tell((UINT32)(number < LARGEST_READ ? number : LARGEST_READ));
    if (strcmp(command, "pause") == 0)
        return IDownloadOperation_Pause(download->operation);
    if (strcmp(command, "resume") == 0)
        return IDownloadOperation_Resume(download->operation);
    if (strcmp(command, "ranges") == 0)
        return print_downloaded();
    report("What is '%s'?", command);
    return S_OK;
}

static HRESULT create(const char *url, const char *folder)
{
    IBackgroundDownloader *downloader = NULL;
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    IDownloadOperation *operation = NULL;
    HRESULT hr = create_uri(url, &uri);

    if (SUCCEEDED(hr))
        hr = create_result_file(folder, "randomAccess.bin", &file);
    if (SUCCEEDED(hr))
        hr = create_downloader(&downloader);
    if (SUCCEEDED(hr))
        hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation);
    if (SUCCEEDED(hr)) {
        download = download_create(operation, NULL);
        hr = download ? S_OK : E_OUTOFMEMORY;
    }
    if (FAILED(hr))
        RELEASE(operation);
    else
        download->on_progress = on_progress;
    RELEASE(downloader);
    RELEASE(file);
    RELEASE(uri);
    return hr;
}

/* In this order: the property, then the stream and the event, then the start. */
static HRESULT start(IRangesHandler *handler, EventRegistrationToken *token)
{
    IRandomAccessStreamReference *reference = NULL;
    HRESULT hr = IDownloadOperation_QueryInterface(download->operation, &IID_IDownloadOperation3,
                                                   (void **)&third);

    if (SUCCEEDED(hr))
        hr = IDownloadOperation3_put_IsRandomAccessRequired(third, TRUE);
    if (SUCCEEDED(hr))
        hr = IDownloadOperation3_GetResultRandomAccessStreamReference(third, &reference);
    if (SUCCEEDED(hr))
        hr = open_stream(reference);
    if (SUCCEEDED(hr))
        hr = IDownloadOperation3_add_RangesDownloaded(third, handler, token);
    if (SUCCEEDED(hr))
        hr = download_start(download);
    RELEASE(reference);
    return hr;
}

static int run(char **arguments)
{
    IRangesHandler *handler = event_handler_create(
        &IID_ITypedEventHandler_DownloadOperation_BackgroundTransferRangesDownloadedEventArgs,
        on_ranges, NULL);
    EventRegistrationToken token = { 0 };
    char command[100];
    HRESULT hr = handler ? create(arguments[0], arguments[1]) : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = start(handler, &token);
    while (SUCCEEDED(hr) && next_command(command, sizeof(command)))
        hr = obey(command);
    if (SUCCEEDED(hr)) {
        download_wait(download);
        report("%s", status_text(download_status(download)));
        hr = download->error;
    }
    if (FAILED(hr))
        report_error("5-random-access", hr);
    if (token.value)
        IDownloadOperation3_remove_RangesDownloaded(third, token);
    RELEASE(reader);
    RELEASE(stream);
    RELEASE(third);
    RELEASE(handler);
    download_close(download);
    return SUCCEEDED(hr) ? 0 : 1;
}

int main(int argc, char **argv)
{
    return scenario_main(argc, argv, "5-random-access URL FOLDER", 2, run);
}
