/* SPDX-License-Identifier: MIT */
#include <robuffer.h>

#include "persistent_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.web.h>
#include <winrt.backgroundtransfer.h>

#include "connections.h"
#include "groups.h"
#include "reads.h"
#include "shown.h"
#include "speed.h"

#define SAVE_BLOCK 65536
#define LINE_TEXT  6000

static void put_group_new(IBackgroundDownloader *downloader, const char *name)
{
    IBackgroundDownloader2 *second = query(downloader, &IID_IBackgroundDownloader2);
    IBackgroundTransferGroup *group = group_new(name);

    check_ok(IBackgroundDownloader2_put_TransferGroup(second, group));
    release_ref(group);
    release_ref(second);
}

static void put_header(IBackgroundDownloader *downloader, char *header)
{
    char *colon = strstr(header, ": ");

    assert_non_null(colon);
    *colon = '\0';
    check_ok(downloader_set_header(downloader, header, colon + 2));
}

/* ServerCredential or ProxyCredential: "user:password". */
static void put_credential(IBackgroundTransferBase *base, char *text, bool proxy)
{
    char *colon = strchr(text, ':');
    IPasswordCredential *credential;

    assert_non_null(colon);
    *colon = '\0';
    credential = credential_new(text, colon + 1);
    if (proxy)
        check_ok(IBackgroundTransferBase_put_ProxyCredential(base, credential));
    else
        check_ok(IBackgroundTransferBase_put_ServerCredential(base, credential));
    release_ref(credential);
}

/* What is set on the downloader, before it creates. */
static void set_on_downloader(IBackgroundDownloader *downloader, const char *key, char *value)
{
    IBackgroundTransferBase *base = query(downloader, &IID_IBackgroundTransferBase);

    if (!strcmp(key, "method"))
        check_ok(IBackgroundTransferBase_put_Method(base, string_of(value)));
    else if (!strcmp(key, "group"))
        check_ok(IBackgroundTransferBase_put_Group(base, string_of(value)));
    else if (!strcmp(key, "transfer_group"))
        put_group_new(downloader, value);
    else if (!strcmp(key, "header"))
        put_header(downloader, value);
    else if (!strcmp(key, "server") || !strcmp(key, "proxy"))
        put_credential(base, value, key[0] == 'p');
    else if (!strcmp(key, "cost"))
        check_ok(IBackgroundTransferBase_put_CostPolicy(base, (BackgroundTransferCostPolicy)
                                                                  strtol(value, NULL, 10)));
    release_ref(base);
}

/* NULL if it has none. */
static IBackgroundTransferGroup *transfer_group_of(IDownloadOperation *operation)
{
    IDownloadOperation2 *second = query(operation, &IID_IDownloadOperation2);
    IBackgroundTransferGroup *group = NULL;

    check_ok(IDownloadOperation2_get_TransferGroup(second, &group));
    release_ref(second);
    return group;
}

void set_group_limit(IDownloadOperation *operation, UINT64 limit)
{
    IBackgroundTransferGroup *group = transfer_group_of(operation);

    assert_non_null(group);
    speed_limit(group, limit);
    release_ref(group);
}

static UINT64 group_limit_of(IDownloadOperation *operation)
{
    IBackgroundTransferGroup *group = transfer_group_of(operation);
    UINT64 limit = group ? speed_limit_of(group) : 0;

    release_ref(group);
    return limit;
}

/* What is set on the operation, before it starts. */
static void set_on_operation(IDownloadOperation *operation, const char *key, const char *value)
{
    IBackgroundTransferOperationPriority *priority =
        query(operation, &IID_IBackgroundTransferOperationPriority);
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IVector_WebErrorStatus *statuses = NULL;
    IDownloadOperationDetails *details;
    int number = (int)strtol(value, NULL, 10);

    if (!strcmp(key, "priority")) {
        check_ok(
            IBackgroundTransferOperationPriority_put_Priority(priority,
                                                              (BackgroundTransferPriority)number));
    } else if (!strcmp(key, "random")) {
        check_ok(IDownloadOperation3_put_IsRandomAccessRequired(third, number != 0));
    } else if (!strcmp(key, "recoverable")) {
        check_ok(IDownloadOperation3_get_RecoverableWebErrorStatuses(third, &statuses));
        check_ok(IVector_WebErrorStatus_Append(statuses, (WebErrorStatus)number));
    } else if (!strcmp(key, "tag")) {
        details = query(operation, &IID_IDownloadOperationDetails);
        check_ok(IDownloadOperationDetails_put_Tag(details, string_of(value)));
        release_ref(details);
    } else if (!strcmp(key, "limit")) {
        speed_limit(operation, strtoull(value, NULL, 10));
    } else if (!strcmp(key, "group_limit")) {
        set_group_limit(operation, strtoull(value, NULL, 10));
    } else if (!strcmp(key, "connections")) {
        connection_limit(operation, (UINT32)number);
    }
    release_ref(statuses);
    release_ref(third);
    release_ref(priority);
}

IDownloadOperation *create_from_fields(char **fields, int count)
{
    IBackgroundDownloader *downloader = downloader_new();
    IUriRuntimeClass *uri = uri_new(fields[0]);
    IDownloadOperation *operation = NULL;
    IStorageFile *file = NULL, *body = NULL;
    char *values[FIELDS_MAX];

    for (int i = 1; i < count; i++) {
        values[i] = strchr(fields[i], '=');
        assert_non_null(values[i]);
        *values[i]++ = '\0';
        if (!strcmp(fields[i], "file"))
            file = file_from_path(values[i]);
        else if (!strcmp(fields[i], "body"))
            body = file_from_path(values[i]);
        else
            set_on_downloader(downloader, fields[i], values[i]);
    }
    if (body)
        check_ok(
            IBackgroundDownloader_CreateDownloadFromFile(downloader, uri, file, body, &operation));
    else
        check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    release_ref(body);
    for (int i = 1; i < count; i++)
        set_on_operation(operation, fields[i], values[i]);
    release_ref(file);
    release_ref(uri);
    release_ref(downloader);
    return operation;
}

void show(const char *name, IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IBackgroundTransferOperationPriority *priorities =
        query(operation, &IID_IBackgroundTransferOperationPriority);
    BackgroundDownloadProgress progress = progress_of(operation);
    BackgroundTransferPriority priority;
    BackgroundTransferCostPolicy cost;
    HSTRING method = NULL, group = NULL;
    IUriRuntimeClass *uri = NULL;
    const char *etag = response_status(operation) ? response_header(operation, "ETag") : NULL;
    char text[LINE_TEXT];
    int used;

    check_ok(IBackgroundTransferOperation_get_RequestedUri(common, &uri));
    check_ok(IBackgroundTransferOperation_get_Method(common, &method));
    check_ok(IBackgroundTransferOperation_get_Group(common, &group));
    check_ok(IBackgroundTransferOperation_get_CostPolicy(common, &cost));
    check_ok(IBackgroundTransferOperationPriority_get_Priority(priorities, &priority));
    used = snprintf(text, sizeof(text),
                    "shown\t%s\tstatus=%d\tbytes=%llu\ttotal=%llu\tcost=%d\tpriority=%d\t"
                    "response=%u\terror=%d\tetag=%s",
                    name, (int)progress.Status, (unsigned long long)progress.BytesReceived,
                    (unsigned long long)progress.TotalBytesToReceive, (int)cost, (int)priority,
                    response_status(operation), current_error(operation), etag ? etag : "");
    /* In two steps, since texts live for eight calls. */
    used += snprintf(text + used, sizeof(text) - (size_t)used, "\turi=%s\tmethod=%s\tgroup=%s",
                     uri_text(uri), text_taken(method), text_taken(group));
    snprintf(text + used, sizeof(text) - (size_t)used,
             "\tguid=%s\tfile=%s\ttransfer_group=%s\ttag=%s\tlimit=%llu\tgroup_limit=%llu\t"
             "connections=%u",
             guid_text(operation), path_text(operation), transfer_group_text(operation),
             tag_text(operation), (unsigned long long)speed_limit_of(operation),
             (unsigned long long)group_limit_of(operation),
             (unsigned)connection_limit_of(operation));
    say("%s", text);
    release_ref(uri);
    release_ref(priorities);
    release_ref(common);
}

/* One block; its length, 0 at the end. */
static UINT32 save_block(IInputStream *stream, IBuffer *buffer, FILE *file)
{
    IAsyncOperationWithProgress_IBuffer_UINT32 *async = NULL;
    IBufferByteAccess *access = query(buffer, &IID_IBufferByteAccess);
    IBuffer *result = NULL;
    UINT32 length = 0;
    BYTE *bytes = NULL;

    check_ok(
        IInputStream_ReadAsync(stream, buffer, SAVE_BLOCK, InputStreamOptions_Partial, &async));
    await_results_with_progress(async, &result);
    check_ok(IBuffer_get_Length(result, &length));
    check_ok(IBufferByteAccess_Buffer(access, &bytes));
    if (length)
        assert_int_equal(fwrite(bytes, 1, length, file), length);
    release_ref(access);
    release_ref(result);
    return length;
}

long long save_result(IDownloadOperation *operation, const char *path)
{
    IBackgroundTransferOperation *common = query(operation, &IID_IBackgroundTransferOperation);
    IBuffer *buffer = buffer_new(SAVE_BLOCK);
    FILE *file = fopen(path, "wb");
    IInputStream *stream = NULL;
    long long total = 0;
    UINT32 count;

    assert_non_null(file);
    check_ok(IBackgroundTransferOperation_GetResultStreamAt(common, 0, &stream));
    while ((count = save_block(stream, buffer, file)) > 0)
        total += count;
    fclose(file);
    release_ref(stream);
    release_ref(buffer);
    release_ref(common);
    return total;
}
