/* SPDX-License-Identifier: MIT */
/*
 * A client that takes a failure as it comes: every function answers an HRESULT, and nothing of its
 * own allocates. One thread, the child's main one.
 */
#ifndef WINRT_TEST_FAULTS_CLIENT_H
#define WINRT_TEST_FAULTS_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include <windows.h>
#include <windows.foundation.h>
#include <windows.networking.backgroundtransfer.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>
#include <winrt.backgroundtransfer.h>

typedef IAsyncOperationWithProgress_DownloadOperation_DownloadOperation download_async;

/* The file that downloads are of, by nginx. */
#define WHOLE_SIZE 1048576

/* The one transfer group of scenarios. */
#define CLIENT_GROUP "faults"

/* A string of UTF-8 that costs no memory, good for 32 more calls. */
HSTRING text(const char *utf8);

/* hr = expression, and to `done` with what has failed noted. */
#define TRY(expression)                              \
    do {                                             \
        hr = client_step((expression), #expression); \
        if (FAILED(hr))                              \
            goto done;                               \
    } while (0)

/* What must hold whatever fails; else the run has failed. */
#define MUST(condition)                                                       \
    do {                                                                      \
        if (!(condition))                                                     \
            client_broken("%s, line %d: %s", __FILE__, __LINE__, #condition); \
    } while (0)

HRESULT client_step(HRESULT hr, const char *what);
void client_broken(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* Gives up a reference, if there is one, and forgets it. */
#define DROP(pointer)            \
    do {                         \
        client_release(pointer); \
        (pointer) = NULL;        \
    } while (0)
void client_release(void *unknown);
HRESULT client_query(void *unknown, REFIID iid, void *out);

HRESULT client_factory(const char *class_name, REFIID iid, void *out);
HRESULT client_activate(const char *class_name, REFIID iid, void *out);

/*
 * Waits for an async object's Completed handler and gets its results into *results (NULL: an
 * action's). The error it ended with; S_FALSE for one that was cancelled.
 */
HRESULT client_await(void *operation, bool with_progress, void *results);

/* Delegates that somebody still holds. */
unsigned client_delegates(void);
/* One that counts its calls in *count, which may be NULL. */
void *client_delegate(unsigned *count);

HRESULT client_uri(const char *url, IUriRuntimeClass **out);

/* A new, empty file in the scratch folder, by another way than the seams, and its object. */
HRESULT client_file(const char *name, IStorageFile **out);
/* The same with content. */
HRESULT client_file_with(const char *name, const char *content, IStorageFile **out);

HRESULT client_downloader(IBackgroundDownloader **out);
HRESULT client_download(IBackgroundDownloader *downloader, const char *url, const char *name,
                        IDownloadOperation **out);

/* StartAsync; from then on the sweep knows that it must not be lost. `name`: of the result file,
 * which is to have `size` bytes of the pattern, 0 if it is not to be looked at. */
HRESULT client_start(IDownloadOperation *operation, const char *name, uint64_t size,
                     download_async **out);

/* Waits for the end of what client_start started. Gives the async object up. */
HRESULT client_finish(IDownloadOperation *operation, download_async **async);

/* Until Progress.Status is that, or an end. False: an end. */
bool client_reaches(IDownloadOperation *operation, BackgroundTransferStatus status);

HRESULT client_pause(IDownloadOperation *operation);

/* ISpeedLimit.MaxBytesPerSecond of what has one. */
HRESULT client_put_limit(void *object, UINT64 bytes_per_second);

/* IConnectionLimit.MaxConnections, likewise. */
HRESULT client_put_connections(void *object, UINT32 connections);

HRESULT client_list(IVectorView_DownloadOperation **out);

/* Brings everything that is listed to its end, with nothing failing. */
void client_settle(void);

#endif
