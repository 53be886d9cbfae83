/* SPDX-License-Identifier: MIT */
/* What is set and shown of operations. */
#include "model_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winrt.backgroundtransfer.h>

#include "groups.h"
#include "listing.h"
#include "reads.h"
#include "shown.h"
#include "strings_ring.h"

static IDownloadOperation *operation_of(const char *number)
{
    IDownloadOperation *operation = entry_find(operations, number_of(number));

    assert_non_null(operation);
    return operation;
}

/* Making one */

static void set_on_downloader(IBackgroundDownloader *downloader, const char *key, char *value)
{
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);
    IBackgroundDownloader2 *second = query(downloader, &IID_IBackgroundDownloader2);

    if (!strcmp(key, "method")) {
        check_ok(IBackgroundTransferBase_put_Method(base, string_of(value)));
    } else if (!strcmp(key, "group")) {
        check_ok(IBackgroundTransferBase_put_Group(base, string_of(value)));
    } else if (!strcmp(key, "cost")) {
        check_ok(
            IBackgroundTransferBase_put_CostPolicy(base,
                                                   (BackgroundTransferCostPolicy)number_of(value)));
    } else if (!strcmp(key, "transfer_group")) {
        IBackgroundTransferGroup *group = group_new(value);

        check_ok(IBackgroundDownloader2_put_TransferGroup(second, group));
        release_ref(group);
    } else if (!strcmp(key, "header")) {
        char *colon = strstr(value, ": ");

        assert_non_null(colon);
        *colon = '\0';
        check_ok(downloader_set_header(downloader, value, colon + 2));
    }
    release_ref(second);
    release_ref(base);
}

static HRESULT change(IDownloadOperation *operation, const char *key, const char *value,
                      const char *more)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IBackgroundTransferOperationPriority *priority =
        query(operation, &IID_IBackgroundTransferOperationPriority);
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IDownloadOperation5 *fifth = query(operation, &IID_IDownloadOperation5);
    IDownloadOperationDetails *details = query(operation, &IID_IDownloadOperationDetails);
    HRESULT hr = S_FALSE; /* no such key */

    if (!strcmp(key, "priority")) {
        hr = IBackgroundTransferOperationPriority_put_Priority(
            priority, (BackgroundTransferPriority)number_of(value));
    } else if (!strcmp(key, "cost")) {
        hr = IBackgroundTransferOperation_put_CostPolicy(common,
                                                         (BackgroundTransferCostPolicy)number_of(
                                                             value));
    } else if (!strcmp(key, "random")) {
        hr = IDownloadOperation3_put_IsRandomAccessRequired(third, number_of(value) != 0);
    } else if (!strcmp(key, "tag")) {
        hr = IDownloadOperationDetails_put_Tag(details, string_of(value));
    } else if (!strcmp(key, "unheader")) {
        hr = IDownloadOperation5_RemoveRequestHeader(fifth, string_of(value));
    } else if (!strcmp(key, "header") && more) {
        hr = IDownloadOperation5_SetRequestHeader(fifth, string_of(value), string_of(more));
    } else if (!strcmp(key, "uri")) {
        IUriRuntimeClass *uri = uri_new(value);

        hr = IDownloadOperation3_put_RequestedUri(third, uri);
        release_ref(uri);
    } else if (!strcmp(key, "recoverable")) {
        IVector_WebErrorStatus *statuses = NULL;

        check_ok(IDownloadOperation3_get_RecoverableWebErrorStatuses(third, &statuses));
        hr = IVector_WebErrorStatus_Append(statuses, (WebErrorStatus)number_of(value));
        release_ref(statuses);
    }
    release_ref(details);
    release_ref(fifth);
    release_ref(third);
    release_ref(priority);
    release_ref(common);
    return hr;
}

void command_change(char **fields)
{
    answer(change(operation_of(fields[1]), fields[0], fields[2], fields[3]), " ");
}

void command_create(char **fields)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(fields[1]);
    IStorageFile *file = strcmp(fields[2], "-") ? file_from_path(fields[2]) : NULL;
    IDownloadOperation *operation = NULL;
    char *values[FIELDS_MAX];
    HRESULT hr;

    for (int i = 3; fields[i]; i++) {
        values[i] = strchr(fields[i], '=');
        assert_non_null(values[i]);
        *values[i]++ = '\0';
        set_on_downloader(downloader, fields[i], values[i]);
    }
    hr = IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation);
    for (int i = 3; operation && fields[i]; i++) {
        if (strcmp(fields[i], "header") && strcmp(fields[i], "cost"))
            assert_true(SUCCEEDED(change(operation, fields[i], values[i], NULL)));
    }
    if (operation)
        answer(hr, "\t%u\t%s", operation_number(operation), guid_text(operation));
    else
        answer(hr, " ");
    release_ref(file);
    release_ref(uri);
    release_ref(downloader);
}

/* Groups and lists */

void command_group(char **fields)
{
    IBackgroundTransferGroup *group = group_new(fields[1]);

    if (fields[2])
        group_set(group, (BackgroundTransferBehavior)number_of(fields[2]));
    answer(S_OK, "\t%d", (int)group_get(group));
    release_ref(group);
}

static IVectorView_DownloadOperation *view_of(char **fields)
{
    IVectorView_DownloadOperation *view;
    IBackgroundTransferGroup *group;

    if (!fields[1])
        return list_current();
    if (!strcmp(fields[1], "group"))
        return list_group(fields[2]);
    group = group_new(fields[2]);
    view = list_transfer_group(group);
    release_ref(group);
    return view;
}

void command_list(char **fields)
{
    IVectorView_DownloadOperation *view = view_of(fields);
    char text[4096] = "";
    size_t used = 0;
    UINT32 size = 0;

    check_ok(IVectorView_DownloadOperation_get_Size(view, &size));
    for (UINT32 i = 0; i < size; i++) {
        IDownloadOperation *operation = NULL;
        const char *guid;

        check_ok(IVectorView_DownloadOperation_GetAt(view, i, &operation));
        guid = guid_text(operation);
        used += (size_t)snprintf(text + used, sizeof(text) - used, "\t%u\t%s",
                                 operation_number(operation), guid);
        assert_true(used < sizeof(text));
    }
    release_ref(view);
    answer(S_OK, "%s", text);
}

/* Showing one */

static const char *numbers_of(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IBackgroundTransferOperationPriority *second =
        query(operation, &IID_IBackgroundTransferOperationPriority);
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IDownloadOperationDetails *details = query(operation, &IID_IDownloadOperationDetails);
    BackgroundDownloadProgress progress;
    BackgroundTransferPriority priority;
    BackgroundTransferCostPolicy cost;
    DownloadWaitReason reason;
    UINT32 before, attempts;
    HRESULT last;
    boolean random;
    const char *text;

    /* The reason before and the status after: what is settled by then is the same in both. */
    check_ok(IDownloadOperationDetails_get_WaitReason(details, &reason));
    check_ok(IDownloadOperationDetails_get_QueuePosition(details, &before));
    check_ok(IDownloadOperationDetails_get_Attempts(details, &attempts));
    check_ok(IDownloadOperationDetails_get_LastError(details, &last));
    check_ok(IDownloadOperation3_get_IsRandomAccessRequired(third, &random));
    check_ok(IBackgroundTransferOperationPriority_get_Priority(second, &priority));
    check_ok(IBackgroundTransferOperation_get_CostPolicy(common, &cost));
    progress = progress_of(operation);
    text = ring_format(
        "\tstatus=%d\tbytes=%llu\ttotal=%llu\tcost=%d\tpriority=%d\tresponse=%u\terror=%d\t"
        "random=%d\treason=%d\tbefore=%u\tattempts=%u\tlast=%08X",
        (int)progress.Status, (unsigned long long)progress.BytesReceived,
        (unsigned long long)progress.TotalBytesToReceive, (int)cost, (int)priority,
        response_status(operation), current_error(operation), random, (int)reason, before, attempts,
        (unsigned)last);
    release_ref(details);
    release_ref(third);
    release_ref(second);
    release_ref(common);
    return text;
}

void command_show(char **fields)
{
    IDownloadOperation *operation = operation_of(fields[1]);
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    const char *numbers = numbers_of(operation), *tag = tag_text(operation);
    const char *transfer_group = transfer_group_text(operation);
    IUriRuntimeClass *uri = NULL;
    HSTRING method = NULL, group = NULL;
    char text[RING_SIZE];

    check_ok(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    check_ok(IBackgroundTransferOperation_get_Method(common, &method));
    check_ok(IBackgroundTransferOperation_get_Group(common, &group));
    snprintf(text, sizeof(text), "%s\ttag=%s\ttransfer_group=%s", numbers, tag, transfer_group);
    answer(S_OK, "%s\turi=%s\tmethod=%s\tgroup=%s\tfile=%s", text, uri_text(uri),
           text_taken(method), text_taken(group), path_text(operation));
    release_ref(uri);
    release_ref(common);
}
