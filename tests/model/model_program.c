/* SPDX-License-Identifier: MIT */
/*
 * An app that does what the model (test_model.py) tells it, a line at a time: one call of the API a
 * command, none of which is expected to succeed. Fields are separated by tabs; operations (O) and
 * async objects (A) go by numbers that this program gives.
 *
 *     create URL PATH|- key=value...    = 0 O GUID    method, header (Name: value), group,
 *                                       transfer_group, cost, priority, recoverable, tag, random
 *     start O FLAGS, attach O FLAGS     = HRESULT A   FLAGS: p and c set the handlers at once
 *     handler A p|c|n                   puts a Progress or Completed handler, or NULL for Progress
 *     cancel A, close A, results A, status A, release A
 *     pause O, resume O, current O      and what command_change knows (model_values.c)
 *     list, list group NAME, list transfer_group NAME     = 0 then O GUID for each
 *     group NAME [BEHAVIOR]             = 0 BEHAVIOR
 *     show O, ranges O, read O OFFSET COUNT, body O
 *     drop O                            releases the operation
 *     last O                            the same, and nobody else may hold it
 *     quit
 *
 * Each is answered by one line: "= HRESULT ...". Events, from any thread, are "! c A STATUS ERROR"
 * (Completed), "! p A STATUS BYTES TOTAL CHANGED RESTARTED" (Progress) and "! r O OFFSET HRESULT
 * LENGTH ADLER32" (a read).
 */
#include "model_program.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <roapi.h>

#include "src/port/threads.h"
#include "shown.h"

#define LINE_BYTES 8192

struct entry *operations;
static struct entry *asyncs;
static unsigned last_operation, last_async;
static struct mutex output = MUTEX_INITIALIZER;

static void put_line(const char *start, const char *format, va_list arguments)
{
    char line[LINE_BYTES];

    vsnprintf(line, sizeof(line), format, arguments);
    mutex_lock(&output);
    fprintf(stdout, "%s%s\n", start, line);
    fflush(stdout);
    mutex_unlock(&output);
}

void say(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_line("", format, arguments);
    va_end(arguments);
}

void answer(HRESULT hr, const char *format, ...)
{
    char start[24];
    va_list arguments;

    snprintf(start, sizeof(start), "=\t%08X", (unsigned)hr);
    va_start(arguments, format);
    put_line(start, format, arguments);
    va_end(arguments);
}

unsigned number_of(const char *text)
{
    return (unsigned)strtoul(text, NULL, 10);
}

/* Numbers and objects */

void *entry_find(struct entry *list, unsigned number)
{
    while (list && list->number != number)
        list = list->next;
    return list ? list->object : NULL;
}

unsigned entry_add(struct entry **list, unsigned *last, void *object)
{
    struct entry *entry = calloc(1, sizeof(*entry));

    assert_non_null(entry);
    entry->number = ++*last;
    entry->object = object;
    entry->next = *list;
    *list = entry;
    return entry->number;
}

void entry_remove(struct entry **list, unsigned number)
{
    struct entry *entry;

    while (*list && (*list)->number != number)
        list = &(*list)->next;
    entry = *list;
    if (!entry)
        return;
    *list = entry->next;
    release_ref(entry->object);
    free(entry);
}

unsigned operation_number(IDownloadOperation *operation)
{
    for (struct entry *entry = operations; entry; entry = entry->next) {
        if (entry->object == operation) {
            release_ref(operation);
            return entry->number;
        }
    }
    return entry_add(&operations, &last_operation, operation);
}

/* Handlers; their context is the async object's number. */

static void on_progress(void *context, const struct recorder_call *call)
{
    BackgroundDownloadProgress progress;
    HRESULT hr = IDownloadOperation_get_Progress((IDownloadOperation *)call->argument, &progress);

    if (SUCCEEDED(hr))
        say("!\tp\t%u\t%d\t%llu\t%llu\t%d\t%d", (unsigned)(uintptr_t)context, (int)progress.Status,
            (unsigned long long)progress.BytesReceived,
            (unsigned long long)progress.TotalBytesToReceive, progress.HasResponseChanged,
            progress.HasRestarted);
}

static void on_completed(void *context, const struct recorder_call *call)
{
    say("!\tc\t%u\t%d\t%08X", (unsigned)(uintptr_t)context, (int)call->status,
        (unsigned)operation_error(call->sender));
}

static HRESULT put_handler(download_async *async, unsigned number, char kind)
{
    bool progress = kind == 'p';
    struct recorder *recorder =
        recorder_create(progress ? RECORDER_INTERFACE : RECORDER_COMPLETED, NULL);
    HRESULT hr;

    recorder_on_call(recorder, progress ? on_progress : on_completed, (void *)(uintptr_t)number);
    if (progress)
        hr = IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(
            async, recorder_delegate(recorder));
    else
        hr = IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed(
            async, recorder_delegate(recorder));
    recorder_release(recorder);
    return hr;
}

static void command_begin(char **fields)
{
    IDownloadOperation *operation = entry_find(operations, number_of(fields[1]));
    bool start = !strcmp(fields[0], "start");
    download_async *async = NULL;
    HRESULT hr = start ? IDownloadOperation_StartAsync(operation, &async)
                       : IDownloadOperation_AttachAsync(operation, &async);
    unsigned number;

    assert_int_equal(async != NULL, SUCCEEDED(hr));
    if (!async) {
        answer(hr, " ");
        return;
    }
    number = entry_add(&asyncs, &last_async, async);
    /* Before its events. */
    answer(hr, "\t%u", number);
    for (const char *flag = fields[2]; *flag; flag++) {
        if (*flag != '-')
            check_ok(put_handler(async, number, *flag));
    }
}

static void command_handler(char **fields)
{
    unsigned number = number_of(fields[1]);
    download_async *async = entry_find(asyncs, number);

    if (fields[2][0] == 'n')
        answer(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(async,
                                                                                            NULL),
               " ");
    else
        answer(put_handler(async, number, fields[2][0]), " ");
}

static void command_async(char **fields)
{
    unsigned number = number_of(fields[1]);
    download_async *async = entry_find(asyncs, number);
    IAsyncInfo *info = query(async, &IID_IAsyncInfo);
    IDownloadOperation *operation = NULL;
    AsyncStatus status = Started;
    HRESULT hr = S_OK, error = S_OK;

    switch (fields[0][0]) {
    case 'c':
        hr = fields[0][1] == 'a' ? IAsyncInfo_Cancel(info) : IAsyncInfo_Close(info);
        break;
    case 's':
        hr = IAsyncInfo_get_Status(info, &status);
        if (SUCCEEDED(hr))
            hr = IAsyncInfo_get_ErrorCode(info, &error);
        break;
    default:
        hr = IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_GetResults(async,
                                                                                        &operation);
        assert_int_equal(operation != NULL, SUCCEEDED(hr));
    }
    release_ref(info);
    answer(hr, "\t%d\t%08X\t%u", (int)status, (unsigned)error,
           operation ? operation_number(operation) : 0);
}

static void command_release(char **fields)
{
    entry_remove(&asyncs, number_of(fields[1]));
    answer(S_OK, " ");
}

static void command_operation(char **fields)
{
    IDownloadOperation *operation = entry_find(operations, number_of(fields[1]));
    IDownloadOperation4 *fourth = query(operation, &IID_IDownloadOperation4);
    HRESULT hr;

    switch (fields[0][0]) {
    case 'p':
        hr = IDownloadOperation_Pause(operation);
        break;
    case 'r':
        hr = IDownloadOperation_Resume(operation);
        break;
    default:
        hr = IDownloadOperation4_MakeCurrentInTransferGroup(fourth);
    }
    release_ref(fourth);
    answer(hr, " ");
}

static void command_drop(char **fields)
{
    unsigned number = number_of(fields[1]);

    if (!strcmp(fields[0], "last"))
        wait_for_last_reference(entry_find(operations, number));
    entry_remove(&operations, number);
    answer(S_OK, " ");
}

static const struct command {
    const char *name;
    int fields; /* at least, with the name */
    void (*run)(char **fields);
} commands[] = {
    { "create", 3, command_create },      { "start", 3, command_begin },
    { "attach", 3, command_begin },       { "handler", 3, command_handler },
    { "cancel", 2, command_async },       { "close", 2, command_async },
    { "status", 2, command_async },       { "results", 2, command_async },
    { "release", 2, command_release },    { "pause", 2, command_operation },
    { "resume", 2, command_operation },   { "current", 2, command_operation },
    { "drop", 2, command_drop },          { "last", 2, command_drop },
    { "list", 1, command_list },          { "group", 2, command_group },
    { "show", 2, command_show },          { "ranges", 2, command_ranges },
    { "read", 4, command_read },          { "body", 2, command_body },
    { "uri", 3, command_change },         { "header", 4, command_change },
    { "unheader", 3, command_change },    { "priority", 3, command_change },
    { "cost", 3, command_change },        { "random", 3, command_change },
    { "recoverable", 3, command_change }, { "tag", 3, command_change },
};

static void obey(char **fields, int count)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (!strcmp(commands[i].name, fields[0]) && count >= commands[i].fields) {
            commands[i].run(fields);
            return;
        }
    }
    fprintf(stderr, "no such command: %s\n", fields[0]);
    exit(2);
}

int main(void)
{
    char line[LINE_BYTES];
    char *fields[FIELDS_MAX];

    check_ok(RoInitialize(RO_INIT_MULTITHREADED));
    say("=\tready");
    while (fgets(line, sizeof(line), stdin)) {
        int count = line_split(line, fields, FIELDS_MAX);

        if (!strcmp(fields[0], "quit"))
            break;
        obey(fields, count);
        strings_end();
    }
    while (asyncs)
        entry_remove(&asyncs, asyncs->number);
    while (operations)
        entry_remove(&operations, operations->number);
    return 0;
}
