/* SPDX-License-Identifier: MIT */
/*
 * Where the engine's events of one transfer reach those who follow it. The engine has one observer
 * a transfer, which only queues; everything that calls a client's handler runs on the operation's
 * strand, one at a time and in order (docs/threading.md). Each StartAsync and AttachAsync adds an
 * attachment with an async object of its own.
 */
#ifndef WINRT_DOWNLOAD_HUB_H
#define WINRT_DOWNLOAD_HUB_H

#include <stdatomic.h>
#include <stdbool.h>

#include "download_operation.h"
#include "src/port/pool.h"
#include "src/port/threads.h"

struct async;

/*
 * One async object and the transfer it is about. References: the hub's list until the end, the
 * async object's until it is destroyed.
 */
struct download_attachment {
    atomic_uint ref;
    bool listed; /* these three under the hubs' lock: in a hub's list; */
    bool missed; /* there was something to report and nobody to report it to; */
    bool wanted; /* and somebody to report it to came afterwards */
    struct download_attachment *next; /* the hub's */
    struct transfer *transfer;
    struct download_operation *operation; /* these two until the end */
    struct async *async;
};

/* Made, with the operation as the engine's observer, when it is first asked for; lives as long as
 * the operation. E_OUTOFMEMORY, or no thread for handlers. */
HRESULT download_hub_get(struct download_operation *operation, struct download_hub **ret);

/* The operation goes: when this returns, the observer is not being called and will not be. */
void download_hub_close(struct download_operation *operation);

/* Has the task run on the operation's strand. The caller keeps operation or hub until then. */
void download_hub_submit(struct download_hub *hub, struct pool_task *task);

/*
 * The attachment's handlers are called from now on; `late` if it wants a first notification even if
 * nothing happens any more. The caller's reference goes to the hub. False, and nothing done, if the
 * transfer has ended and all the others have been told.
 */
bool download_hub_add(struct download_hub *hub, struct download_attachment *attachment, bool late);

/* Somebody has read these numbers; from inside a progress handler they count as shown. */
void download_hub_note_read(struct download_operation *operation,
                            const struct transfer_progress *progress);

/* A progress handler was set. */
void download_hub_progress_attached(struct download_attachment *attachment);

/* download_attachment.c */

/* One notification; false if there is no handler. On the strand. */
bool download_attachment_report(struct download_attachment *attachment);

/* Ends the async object as the transfer has ended, and gives up the caller's reference. On the
 * strand, or where no handler can have been set. */
void download_attachment_end(struct download_attachment *attachment);

/*
 * StartAsync and AttachAsync. *out is IAsyncOperationWithProgress<DownloadOperation,
 * DownloadOperation>. An operation that has one stays alive until the transfer has ended, whoever
 * lets go of it.
 */
HRESULT download_attachment_start(struct download_operation *operation, void **out);
HRESULT download_attachment_attach(struct download_operation *operation, void **out);

#endif
