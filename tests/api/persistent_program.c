/* SPDX-License-Identifier: MIT */
/*
 * An app that does what it is told, so that tests can end it at any moment and ask the next one
 * what is left. Commands are lines on standard input, their fields separated by tabs; answers and
 * events are such lines on standard output.
 *
 *     create NAME URL [key=value...]   file, method, header (Name: value), group, transfer_group,
 *                                      cost, priority, tag, random, recoverable, body (a file),
 *                                      server and proxy (user:password), limit, group_limit,
 *                                      connections
 *     start NAME, attach NAME          then events: progress NAME STATUS BYTES, and
 *                                      completed NAME ASYNCSTATUS ERROR
 *     start-quietly NAME               without events, so that its end is not collected
 *     pause NAME, resume NAME, cancel NAME
 *     uri NAME URL, header NAME HEADER VALUE, priority NAME NUMBER, current NAME
 *     limit NAME NUMBER, group-limit NAME NUMBER   MaxBytesPerSecond, its own or its group's
 *     connections NAME NUMBER          MaxConnections
 *     read NAME OFFSET COUNT           of one for random access; answered by an event, when it has
 *                                      ended: read NAME OFFSET LENGTH ADLER32
 *     behavior GROUP [NUMBER]          sets a transfer group's, if there is a number; then
 *                                      behavior GROUP NUMBER
 *     list, list-group GROUP, list-transfer-group GROUP
 *                                      shown GUID key=value... for each, then listed COUNT; the
 *                                      GUID is its name from then on
 *     show NAME, save NAME PATH, forget NAME
 *     texts NAME [SECRET]              text NAME WHAT WORDS for all that is said in words
 *     quit
 *
 * Each command is answered, after what it prints, with `done` and its HRESULT.
 */
#include "persistent_program.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <roapi.h>

#include "connections.h"
#include "groups.h"
#include "src/port/threads.h"
#include "shown.h"
#include "speed.h"

#define LINE_MAX_BYTES 8192

static struct slot *slots;
static struct mutex output = MUTEX_INITIALIZER;

void say(const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    mutex_lock(&output);
    fprintf(stdout, "%s\n", line);
    fflush(stdout);
    mutex_unlock(&output);
}

struct slot *slot_new(const char *name, IDownloadOperation *operation)
{
    struct slot *slot = calloc(1, sizeof(*slot));

    assert_non_null(slot);
    snprintf(slot->name, sizeof(slot->name), "%s", name);
    slot->operation = operation;
    slot->next = slots;
    slots = slot;
    return slot;
}

static struct slot *find(const char *name)
{
    for (struct slot *slot = slots; slot; slot = slot->next) {
        if (name && !strcmp(slot->name, name))
            return slot;
    }
    return NULL;
}

static void forget(struct slot *slot)
{
    struct slot **link = &slots;

    while (*link != slot)
        link = &(*link)->next;
    *link = slot->next;
    release_ref(slot->async);
    release_ref(slot->operation);
    free(slot);
}

/* The handlers' context is the slot's name, which outlives the slot: a handler may be called until
 * the process has ended. */
struct name {
    struct name *next;
    char text[64];
};

static struct name *names;

static char *keep_name(const char *text)
{
    struct name *name = names;

    while (name && strcmp(name->text, text))
        name = name->next;
    if (name)
        return name->text;
    name = calloc(1, sizeof(*name));
    assert_non_null(name);
    snprintf(name->text, sizeof(name->text), "%s", text);
    name->next = names;
    names = name;
    return name->text;
}

static void on_progress(void *context, const struct recorder_call *call)
{
    BackgroundDownloadProgress progress;

    if (SUCCEEDED(IDownloadOperation_get_Progress((IDownloadOperation *)call->argument, &progress)))
        say("progress\t%s\t%d\t%llu", (const char *)context, (int)progress.Status,
            (unsigned long long)progress.BytesReceived);
}

static void on_completed(void *context, const struct recorder_call *call)
{
    say("completed\t%s\t%d\t0x%08X", (const char *)context, (int)call->status,
        (unsigned)operation_error(call->sender));
}

static struct recorder *handler(enum recorder_kind kind, const char *name,
                                void (*function)(void *, const struct recorder_call *))
{
    struct recorder *recorder = recorder_create(kind, NULL);

    recorder_on_call(recorder, function, keep_name(name));
    return recorder;
}

static void listen(struct slot *slot)
{
    struct recorder *progress = handler(RECORDER_INTERFACE, slot->name, on_progress);
    struct recorder *completed = handler(RECORDER_COMPLETED, slot->name, on_completed);

    check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(
        slot->async, recorder_delegate(progress)));
    check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Completed(
        slot->async, recorder_delegate(completed)));
    recorder_release(progress);
    recorder_release(completed);
}

static HRESULT run(struct slot *slot, bool attach, bool quietly)
{
    download_async *async = NULL;
    HRESULT hr = attach ? IDownloadOperation_AttachAsync(slot->operation, &async)
                        : IDownloadOperation_StartAsync(slot->operation, &async);

    if (FAILED(hr))
        return hr;
    release_ref(slot->async);
    slot->async = async;
    if (!quietly)
        listen(slot);
    return S_OK;
}

static HRESULT list(const char *command, const char *group)
{
    static const char class_name[] = "Windows.Networking.BackgroundTransfer.BackgroundDownloader";
    IBackgroundDownloaderStaticMethods *statics =
        activation_factory(class_name, &IID_IBackgroundDownloaderStaticMethods);
    IBackgroundDownloaderStaticMethods2 *newer =
        query(statics, &IID_IBackgroundDownloaderStaticMethods2);
    IAsyncOperation_IVectorView_DownloadOperation *async = NULL;
    IVectorView_DownloadOperation *view = NULL;
    IBackgroundTransferGroup *transfers = NULL;
    UINT32 size = 0;
    HRESULT hr;

    if (!strcmp(command, "list-transfer-group")) {
        transfers = group_new(group);
        hr = IBackgroundDownloaderStaticMethods2_GetCurrentDownloadsForTransferGroupAsync(newer,
                                                                                          transfers,
                                                                                          &async);
    } else if (!strcmp(command, "list-group")) {
        hr = IBackgroundDownloaderStaticMethods_GetCurrentDownloadsForGroupAsync(statics,
                                                                                 string_of(group),
                                                                                 &async);
    } else {
        hr = IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, &async);
    }
    if (SUCCEEDED(hr)) {
        if (await_operation(async) != Completed)
            hr = operation_error(async);
        else
            hr = IAsyncOperation_IVectorView_DownloadOperation_GetResults(async, &view);
    }
    if (view)
        check_ok(IVectorView_DownloadOperation_get_Size(view, &size));
    for (UINT32 i = 0; i < size; i++) {
        IDownloadOperation *operation = NULL;
        char name[64]; /* of its own: what `show` asks for goes through the same ring */

        check_ok(IVectorView_DownloadOperation_GetAt(view, i, &operation));
        snprintf(name, sizeof(name), "%s", guid_text(operation));
        show(name, operation);
        if (find(name))
            release_ref(operation);
        else
            slot_new(name, operation);
    }
    if (SUCCEEDED(hr))
        say("listed\t%u", size);
    release_ref(view);
    release_ref(async);
    release_ref(transfers);
    release_ref(newer);
    release_ref(statics);
    return hr;
}

static HRESULT set_uri(struct slot *slot, const char *url)
{
    IDownloadOperation3 *third = query(slot->operation, &IID_IDownloadOperation3);
    IUriRuntimeClass *uri = uri_new(url);
    HRESULT hr = IDownloadOperation3_put_RequestedUri(third, uri);

    release_ref(uri);
    release_ref(third);
    return hr;
}

static HRESULT set_header(struct slot *slot, const char *name, const char *value)
{
    IDownloadOperation5 *fifth = query(slot->operation, &IID_IDownloadOperation5);
    HRESULT hr = IDownloadOperation5_SetRequestHeader(fifth, string_of(name), string_of(value));

    release_ref(fifth);
    return hr;
}

static unsigned number_of(const char *text)
{
    return (unsigned)strtoul(text, NULL, 10);
}

/* Of those that speak of a download; E_NOTIMPL for an unknown one. */
static HRESULT obey_about(struct slot *slot, char **fields, int count)
{
    const char *command = fields[0];

    if (!strcmp(command, "start"))
        return run(slot, false, false);
    if (!strcmp(command, "start-quietly"))
        return run(slot, false, true);
    if (!strcmp(command, "attach"))
        return run(slot, true, false);
    if (!strcmp(command, "pause"))
        return IDownloadOperation_Pause(slot->operation);
    if (!strcmp(command, "resume"))
        return IDownloadOperation_Resume(slot->operation);
    if (!strcmp(command, "uri") && count == 3)
        return set_uri(slot, fields[2]);
    if (!strcmp(command, "header") && count == 4)
        return set_header(slot, fields[2], fields[3]);
    if (!strcmp(command, "priority") && count == 3)
        return set_priority(slot->operation, number_of(fields[2]));
    if (!strcmp(command, "current"))
        return make_current(slot->operation);
    if (!strcmp(command, "read") && count == 4) {
        random_read_start(slot->operation, keep_name(slot->name), number_of(fields[2]),
                          number_of(fields[3]));
    } else if (!strcmp(command, "limit") && count == 3) {
        speed_limit(slot->operation, number_of(fields[2]));
    } else if (!strcmp(command, "group-limit") && count == 3) {
        set_group_limit(slot->operation, number_of(fields[2]));
    } else if (!strcmp(command, "connections") && count == 3) {
        connection_limit(slot->operation, number_of(fields[2]));
    } else if (!strcmp(command, "save") && count == 3) {
        say("saved\t%lld", save_result(slot->operation, fields[2]));
    } else if (!strcmp(command, "cancel") && slot->async) {
        operation_cancel(slot->async);
    } else if (!strcmp(command, "show")) {
        show(slot->name, slot->operation);
    } else if (!strcmp(command, "texts")) {
        say_texts(slot->name, slot->operation, slot->async, fields[2]);
    } else if (!strcmp(command, "forget")) {
        forget(slot);
    } else {
        return E_NOTIMPL;
    }
    return S_OK;
}

static HRESULT obey(char **fields, int count)
{
    struct slot *slot = find(fields[1]);

    if (!strcmp(fields[0], "behavior") && count > 1)
        return group_behavior(fields[1], fields[2]);
    if (!strncmp(fields[0], "list", 4))
        return list(fields[0], fields[1]);
    if (slot)
        return obey_about(slot, fields, count);
    if (strcmp(fields[0], "create") || count < 3)
        return E_INVALIDARG;
    slot = slot_new(fields[1], create_from_fields(fields + 2, count - 2));
    say("created\t%s\t%s", slot->name, guid_text(slot->operation));
    return S_OK;
}

int main(void)
{
    char line[LINE_MAX_BYTES];
    char *fields[FIELDS_MAX];

    check_ok(RoInitialize(RO_INIT_MULTITHREADED));
    say("ready");
    while (fgets(line, sizeof(line), stdin)) {
        int count = line_split(line, fields, FIELDS_MAX);

        if (!strcmp(fields[0], "quit"))
            break;
        say("done\t0x%08X", (unsigned)obey(fields, count));
    }
    while (slots)
        forget(slots);
    strings_end();
    return 0;
}
