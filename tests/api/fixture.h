/* SPDX-License-Identifier: MIT */
/*
 * What the tests of downloads have in common: making the objects through the public ABI. Every
 * function fails the test when it cannot; what it returns has a reference for the caller.
 */
#ifndef WINRT_TEST_API_FIXTURE_H
#define WINRT_TEST_API_FIXTURE_H

#include <stdbool.h>

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#include "await.h"
#include "check.h"
#include "hstrings.h"
#include "http.h"
#include "pattern.h"
#include "recorder.h"
#include "servers.h"
#include "test_event.h"
#include "test_main.h"

typedef IAsyncOperationWithProgress_DownloadOperation_DownloadOperation download_async;

void *activation_factory(const char *class_name, REFIID iid);

/* Trusts the test authority, in this process and its children. Before the first download. */
void trust_test_authority(void);

IBackgroundDownloader *downloader_new(void);
IUriRuntimeClass *uri_new(const char *text);

/* The text of one of its string properties, such as IUriRuntimeClass_get_AbsoluteUri. */
const char *uri_text(IUriRuntimeClass *uri);

/* A new, empty file of that name in the test's folder. */
IStorageFile *file_new(const char *name);

/* One that exists; the path as test_path's. */
IStorageFile *file_from_path(const char *path);

/* One with this content. */
IStorageFile *file_with(const char *name, const void *content, size_t size);

/* What is in it; fails if it is not in the test's folder. A new block, terminated, that the caller
 * frees. */
char *file_text(const char *name);

IPasswordCredential *credential_new(const char *user, const char *password);

/* With a credential for the server, or for the proxy. */
IBackgroundDownloader *downloader_with_credential(bool proxy, const char *user,
                                                  const char *password);

/* A download from `url` to the new file `name` (NULL: no result file), with the settings of
   `downloader` (NULL: the default ones). */
IDownloadOperation *download_new(IBackgroundDownloader *downloader, const char *url,
                                 const char *name);

void downloader_set_method(IBackgroundDownloader *downloader, const char *method);
HRESULT downloader_set_header(IBackgroundDownloader *downloader, const char *name,
                              const char *value);

download_async *download_start(IDownloadOperation *operation);

/* Starts, waits, and gives up the async object. The final AsyncStatus, and the error in *error (may
 * be NULL). */
AsyncStatus download_run(IDownloadOperation *operation, HRESULT *error);

/* All at once, each to its end, which is Completed. The operations are released for good. */
void download_run_all(IDownloadOperation **operations, unsigned count);

/* As a whole: downloads `url` to the new file `name` and expects Completed. */
void download_whole(const char *url, const char *name);

/* Downloads `url` and expects Error with this code; the file of that name stays empty. */
void download_fails(const char *url, HRESULT expected);

BackgroundDownloadProgress progress_of(IDownloadOperation *operation);

/* NULL if there is none. */
IResponseInformation *response_of(IDownloadOperation *operation);
UINT32 status_code_of(IDownloadOperation *operation);

/* The value of a response header, or NULL. */
const char *response_header(IDownloadOperation *operation, const char *name);

/* What GetStatus makes of it. */
WebErrorStatus web_status(HRESULT error);

#endif
