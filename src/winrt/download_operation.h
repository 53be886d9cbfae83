/* SPDX-License-Identifier: MIT */
/*
 * DownloadOperation Class (Windows.Networking.BackgroundTransfer): the COM edge of one transfer.
 * There may be a hundred thousand of them, most of which never run, so each holds little, and makes
 * the rest when it is first asked for. What the engine knows is asked of the engine. The object is
 * written in several files:
 *
 * - download_operation.c: the object itself, IDownloadOperation
 * - download_operation_common.c: IBackgroundTransferOperation and its Priority
 * - download_operation_newer.c: IDownloadOperation2 to 5
 * - download_origin.c: Uri, file and group, which a restored one has to make first
 * - download_response.c: ResponseInformation
 * - download_random.c, download_ranges.c: random access, and its event
 * - download_details.c, download_limits.c: the project's own IDownloadOperationDetails, ISpeedLimit
 *   and IConnectionLimit
 * - download_hub.c, download_attachment.c: where events of the engine become calls of handlers
 * - download_table.c: one object a transfer
 */
#ifndef WINRT_DOWNLOAD_OPERATION_H
#define WINRT_DOWNLOAD_OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>
#include <winrt.backgroundtransfer.h>

#include "src/engine/transfer.h"
#include "winrt-shim/base/object.h"

struct download_operation {
    IDownloadOperation IDownloadOperation_iface;
    IBackgroundTransferOperation IBackgroundTransferOperation_iface;
    IBackgroundTransferOperationPriority IBackgroundTransferOperationPriority_iface;
    IDownloadOperation2 IDownloadOperation2_iface;
    IDownloadOperation3 IDownloadOperation3_iface;
    IDownloadOperation4 IDownloadOperation4_iface;
    IDownloadOperation5 IDownloadOperation5_iface;
    IDownloadOperationDetails IDownloadOperationDetails_iface;
    ISpeedLimit ISpeedLimit_iface;
    IConnectionLimit IConnectionLimit_iface;
    struct object object;

    struct transfer *transfer;
    struct download_operation *next_known; /* download_table.c's */

    /* Slots: NULL until first needed, then the same for good. SLOT_LOAD, SLOT_PUBLISH. */
    struct download_hub *hub;
    struct read_hub *read_hub;
    struct download_ranges *ranges;
    IStorageFile *result_file; /* the client's own object; a restored one makes an equivalent */
    IBackgroundTransferGroup *transfer_group; /* likewise */
    IVector_WebErrorStatus *recoverable;

    /* These three under download_operation_lock. */
    IUriRuntimeClass *uri;     /* the client's own; NULL: to be made of the engine's text */
    struct response *response; /* that `response_information` is about */
    IResponseInformation *response_information; /* the newest that was asked for */

    /* Numbers of struct transfer_progress, as of the newest notification that a handler was called
       with. Atomic. */
    uint32_t response_shown, restart_shown;
};

#define SLOT_LOAD(slot) __atomic_load_n(slot, __ATOMIC_ACQUIRE)

/* False if another thread was faster: then *found is what is there, and `made` is to be dropped.
 * *found is NULL before. */
#define SLOT_PUBLISH(slot, found, made) \
    __atomic_compare_exchange_n(slot, found, made, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)

/* One lock for all operations, for copying pointers and nothing else; only AddRef is called under
 * it. Any thread. */
void download_operation_lock(void);
void download_operation_unlock(void);

/* The operation of a new transfer. It keeps the client's objects; `result_file` and
 * `transfer_group` may be NULL. Another reference to `transfer`. E_OUTOFMEMORY. */
HRESULT download_operation_create(struct transfer *transfer, IUriRuntimeClass *uri,
                                  IStorageFile *result_file,
                                  IBackgroundTransferGroup *transfer_group,
                                  IDownloadOperation **out);

/* The one operation of a listed transfer: the object that clients have already, else a new one. It
 * takes another reference to `transfer`. E_OUTOFMEMORY. */
HRESULT download_operation_of(struct transfer *transfer, IDownloadOperation **out);

/* The streams that wait for the operation's bytes, as long as the operation lives. E_OUTOFMEMORY */
HRESULT download_operation_get_read_hub(struct download_operation *operation,
                                        struct read_hub **ret);

/* Completed, Canceled or Error. */
bool download_status_is_final(enum transfer_status status);

/* download_operation_common.c, download_operation_newer.c, download_details.c and
 * download_limits.c: their vtables. */
void download_operation_init_common(struct download_operation *operation);
void download_operation_init_newer(struct download_operation *operation);
void download_operation_init_details(struct download_operation *operation);
void download_operation_init_limits(struct download_operation *operation);

/* download_origin.c: the getters of what the operation is about. *value gets a reference, NULL if
 * there is none. */
HRESULT download_origin_get_uri(struct download_operation *operation, IUriRuntimeClass **value);
HRESULT download_origin_put_uri(struct download_operation *operation, IUriRuntimeClass *value);
HRESULT download_origin_get_file(struct download_operation *operation, IStorageFile **value);
HRESULT download_origin_get_group(struct download_operation *operation,
                                  IBackgroundTransferGroup **value);

/* download_response.c: the same object as long as there is no newer response; NULL before the
 * first. */
HRESULT download_response_get(struct download_operation *operation, IResponseInformation **value);

#endif
