/* SPDX-License-Identifier: MIT */
/* One download, from its URL to its end. */
#ifndef DOWNLOAD_TRANSFER_H
#define DOWNLOAD_TRANSFER_H

#include <stdbool.h>

#include "../common/names.h"
#include "target.h"

struct transfer {
    const char *url; /* as on the command line; NULL for one of an earlier run */
    char *shown;     /* the same for people, without a password; NULL if it is no URL */
    char *name;      /* of its file, for people; the URL until there is a file */
    IStorageFile *file;
    IDownloadOperation *operation;
    IDownload *download; /* what StartAsync returned */
    BackgroundTransferPriority priority;
    HANDLE changed; /* set whenever there is something new; shared by all transfers */

    /* The handlers write these, on other threads. */
    SRWLOCK lock;
    BackgroundDownloadProgress progress;
    bool ended;

    /* The main thread's own. */
    bool finished;
    HRESULT result;
    char error[300]; /* what went wrong, if result says that something did */
    UINT64 started_ms;
    UINT64 finished_ms;
    UINT64 measured_ms;
    UINT64 measured_bytes;
    double speed; /* bytes a second, lately */
};

/* Creates the file and the operation and starts it. An error is the transfer's result, and it is
 * finished then. */
void transfer_start(struct transfer *transfer, IBackgroundDownloader *downloader,
                    const struct target *target);

/* The same for an operation of an earlier run, which is taken over: attaches to it, and resumes it
 * if it was paused. */
void transfer_go_on(struct transfer *transfer, IDownloadOperation *operation);

/* Pauses if it runs or waits, resumes if it was paused; else no effect. */
void transfer_pause(struct transfer *transfer, bool pause);

/* The latest progress; true when the operation has ended. */
bool transfer_poll(struct transfer *transfer, BackgroundDownloadProgress *progress);

/* Asks for cancellation; the end comes later, as any other. */
void transfer_cancel(struct transfer *transfer);

/* Takes the outcome of one that has ended: sets `finished`, `result` and `error`. */
void transfer_finish(struct transfer *transfer);

void transfer_close(struct transfer *transfer);

#endif
