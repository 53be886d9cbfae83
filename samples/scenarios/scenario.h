/* SPDX-License-Identifier: MIT */
/*
 * What the scenarios have in common, so that each file shows its own lesson: making objects,
 * watching a download, talking to the terminal. After the scenarios of Microsoft's sample
 * BackgroundTransfer, with the same numbers.
 *
 * Short names and the C macros of the interfaces (IDownloadOperation_Pause(operation)) come with
 * the headers for those who ask for them, as is done here.
 */
#ifndef SCENARIO_H
#define SCENARIO_H

#define COBJMACROS
#define WIDL_using_Windows_Foundation
#define WIDL_using_Windows_Foundation_Collections
#define WIDL_using_Windows_Networking_BackgroundTransfer
#define WIDL_using_Windows_Storage
#define WIDL_using_Windows_Storage_Streams
#define WIDL_using_Windows_Web

#include <stdbool.h>
#include <stddef.h>

#include "../common/names.h"

/* Does what every program does at its beginning and end: UTF-8 arguments, RoInitialize. `run` gets
   the arguments, at least `count` of them; else `usage` is printed. Returns the exit code. */
int scenario_main(int argc, char **argv, const char *usage, int count,
                  int (*run)(char **arguments));

/* Prints a line, as one, at once; handlers do so on their threads. */
void report(const char *format, ...);

/* The same for something that failed, with the text for the error. */
void report_error(const char *what, HRESULT error);

/* The next line of standard input, without its end; false when there are no more. */
bool next_command(char *line, size_t size);

HRESULT create_downloader(IBackgroundDownloader **downloader);

/* folder.CreateFileAsync(name, GenerateUniqueName), waited for. */
HRESULT create_result_file(const char *folder, const char *name, IStorageFile **file);

/* BackgroundTransferGroup.CreateGroup(name), with that behaviour. */
HRESULT open_group(const char *name, BackgroundTransferBehavior behavior,
                   IBackgroundTransferGroup **group);

/* downloader.TransferGroup = group */
HRESULT use_group(IBackgroundDownloader *downloader, IBackgroundTransferGroup *group);

/* GetCurrentDownloadsForTransferGroupAsync(group), or with NULL GetCurrentDownloadsAsync(), waited
 * for: what is left of earlier runs. */
HRESULT current_downloads(IBackgroundTransferGroup *group, IVectorView_DownloadOperation **view);

/* Cancels these and waits until that is done: AttachAsync, then Cancel. */
HRESULT cancel_leftovers(IBackgroundTransferGroup *group);

/* "Running" and the like. */
const char *status_text(BackgroundTransferStatus status);

/* "Forbidden" is what BackgroundTransferError.GetStatus makes of the error; here its number. */
int web_error(HRESULT error);

/* A download and what has been heard of it. */
struct download {
    struct download *next;
    char label[48]; /* for people */
    IDownloadOperation *operation;
    IDownload *async; /* of StartAsync or AttachAsync */
    HANDLE ended;     /* set when the two below are there */
    AsyncStatus outcome;
    HRESULT error; /* S_OK unless the outcome is Error */
    /* Called on threads of the runtime; either may be NULL. Progress is a copy: the operation's
       own changes all the time. */
    void (*on_progress)(struct download *download, const BackgroundDownloadProgress *progress);
    void (*on_ended)(struct download *download);
};

/* Takes the operation over. The label is its GUID, or the text. NULL when there is no memory. */
struct download *download_create(IDownloadOperation *operation, const char *label);

/* StartAsync, or AttachAsync for one of an earlier run, with handlers. */
HRESULT download_start(struct download *download);
HRESULT download_attach(struct download *download);

/* Asks for the end: what StartAsync returned is cancelled, an operation has no Cancel. */
void download_cancel(struct download *download);

void download_wait(struct download *download);
void download_close(struct download *download);

/* Of its Progress; Idle if it cannot be asked. */
BackgroundTransferStatus download_status(struct download *download);

#endif
