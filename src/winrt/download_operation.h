/* SPDX-License-Identifier: MIT */
/*
 * DownloadOperation Class (Windows.Networking.BackgroundTransfer). The object is written in several
 * files, by interface:
 *
 * - download_operation.c: the object itself, IDownloadOperation, StartAsync
 * - download_operation_common.c: IBackgroundTransferOperation and its Priority
 * - download_operation_newer.c: IDownloadOperation2 to 5
 * - download_run.c: from StartAsync to the end, where events of the engine become handler calls
 */
#ifndef WINRT_DOWNLOAD_OPERATION_H
#define WINRT_DOWNLOAD_OPERATION_H

#include <stdbool.h>

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

#include "src/engine/transfer.h"
#include "src/port/threads.h"
#include "winrt-shim/base/object.h"

struct download_operation {
    IDownloadOperation IDownloadOperation_iface;
    IBackgroundTransferOperation IBackgroundTransferOperation_iface;
    IBackgroundTransferOperationPriority IBackgroundTransferOperationPriority_iface;
    IDownloadOperation2 IDownloadOperation2_iface;
    IDownloadOperation3 IDownloadOperation3_iface;
    IDownloadOperation4 IDownloadOperation4_iface;
    IDownloadOperation5 IDownloadOperation5_iface;
    struct object object;

    /* Set when it is made, constant from then on. */
    GUID guid;
    IUriRuntimeClass *uri;     /* the client's own objects, as they were passed */
    IStorageFile *result_file; /* NULL: the body goes to a private file */
    HSTRING method;
    HSTRING group;
    IBackgroundTransferGroup *transfer_group;
    struct transfer *transfer;
    /* The streams that wait for bytes; outlives the operation if they do. */
    struct read_hub *read_hub;

    struct mutex mutex; /* of what follows */
    bool started;
    BackgroundTransferCostPolicy cost_policy;
    /* The number of the newest response that a progress handler was called with. */
    uint32_t response_shown;
    struct response *response;                  /* that `response_information` is about */
    IResponseInformation *response_information; /* the newest that was asked for */
};

/* What BackgroundDownloader gives to a new operation, which takes its own copies and references. */
struct download_settings {
    IUriRuntimeClass *uri;
    IStorageFile *result_file; /* may be NULL */
    HSTRING method;
    HSTRING group;
    IBackgroundTransferGroup *transfer_group; /* may be NULL */
    BackgroundTransferCostPolicy cost_policy;
};

/* `transfer` gets another reference. E_OUTOFMEMORY. */
HRESULT download_operation_create(const struct download_settings *settings,
                                  struct transfer *transfer, IDownloadOperation **out);

/* download_operation_common.c and download_operation_newer.c: their vtables. */
void download_operation_init_common(struct download_operation *operation);
void download_operation_init_newer(struct download_operation *operation);

extern const struct object_class download_operation_class;

/*
 * download_run.c: hands the transfer to the engine. *out is
 * IAsyncOperationWithProgress<DownloadOperation, DownloadOperation>. The operation stays alive
 * until the transfer has ended, whoever lets go of it.
 */
HRESULT download_run_start(struct download_operation *operation, void **out);

#endif
