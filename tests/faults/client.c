/* SPDX-License-Identifier: MIT */
#include "client.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <roapi.h>
#include <winstring.h>

#include "paths.h"
#include "pattern.h"
#include "strings_ring.h"
#include "seams.h"
#include "sweep.h"
#include "test_event.h"
#include "test_files.h"
#include "test_main.h"

#define DELEGATES 64
#define STRINGS   32

HSTRING text(const char *utf8)
{
    static struct {
        HSTRING_HEADER header;
        WCHAR units[1024];
    } strings[STRINGS];
    static unsigned next;
    unsigned index = next++ % STRINGS;
    WCHAR *units = strings[index].units;
    HSTRING string = NULL;
    size_t length = strlen(utf8);

    if (length >= sizeof(strings[0].units) / sizeof(WCHAR))
        client_broken("a text is too long");
    for (size_t i = 0; i <= length; i++)
        units[i] = (unsigned char)utf8[i];
    if (WindowsCreateStringReference(units, (UINT32)length, &strings[index].header, &string))
        client_broken("no string reference");
    return string;
}

HRESULT client_step(HRESULT hr, const char *what)
{
    if (FAILED(hr))
        snprintf(facts->failed_at, sizeof(facts->failed_at), "%s", what);
    return hr;
}

void client_broken(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(facts->broken, sizeof(facts->broken), format, arguments);
    va_end(arguments);
    if (getenv("WINRT_FAULTS_ABORT"))
        abort();
    _exit(3);
}

void client_release(void *unknown)
{
    IUnknown *object = unknown;

    if (object)
        IUnknown_Release(object);
}

HRESULT client_query(void *unknown, REFIID iid, void *out)
{
    return IUnknown_QueryInterface((IUnknown *)unknown, iid, out);
}

HRESULT client_factory(const char *class_name, REFIID iid, void *out)
{
    void **factory = out;

    return RoGetActivationFactory(text(class_name), iid, factory);
}

HRESULT client_activate(const char *class_name, REFIID iid, void *out)
{
    IInspectable *instance = NULL;
    HRESULT hr = RoActivateInstance(text(class_name), &instance);

    if (SUCCEEDED(hr))
        hr = client_query(instance, iid, out);
    client_release(instance);
    return hr;
}

/* Delegates are never freed: whoever kept one too long is seen by its count. */
struct delegate {
    const void *vtbl;
    atomic_uint references;
    unsigned *count;
    struct test_event called;
};

static struct delegate delegates[DELEGATES];

static HRESULT WINAPI delegate_QueryInterface(struct delegate *self, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IAgileObject))
        return E_NOINTERFACE;
    atomic_fetch_add(&self->references, 1);
    *out = self;
    return S_OK;
}

static ULONG WINAPI delegate_AddRef(struct delegate *self)
{
    return atomic_fetch_add(&self->references, 1) + 1;
}

static ULONG WINAPI delegate_Release(struct delegate *self)
{
    return atomic_fetch_sub(&self->references, 1) - 1;
}

static HRESULT WINAPI delegate_Invoke(struct delegate *self, void *sender, void *argument)
{
    (void)sender;
    (void)argument;
    if (self->count)
        __atomic_add_fetch(self->count, 1, __ATOMIC_RELAXED);
    test_event_set(&self->called);
    return S_OK;
}

static const struct {
    HRESULT(WINAPI *QueryInterface)(struct delegate *, REFIID, void **);
    ULONG(WINAPI *AddRef)(struct delegate *);
    ULONG(WINAPI *Release)(struct delegate *);
    HRESULT(WINAPI *Invoke)(struct delegate *, void *, void *);
} delegate_vtbl = { delegate_QueryInterface, delegate_AddRef, delegate_Release, delegate_Invoke };

void *client_delegate(unsigned *count)
{
    for (unsigned i = 0; i < DELEGATES; i++) {
        struct delegate *delegate = &delegates[i];
        unsigned none = 0;

        if (!atomic_compare_exchange_strong(&delegate->references, &none, 1))
            continue;
        if (!delegate->vtbl)
            test_event_init(&delegate->called);
        test_event_reset(&delegate->called);
        delegate->vtbl = &delegate_vtbl;
        delegate->count = count;
        return delegate;
    }
    client_broken("no delegate is left");
}

unsigned client_delegates(void)
{
    unsigned count = 0;

    for (unsigned i = 0; i < DELEGATES; i++)
        count += atomic_load(&delegates[i].references) != 0;
    return count;
}

#define SLOT_COMPLETED               6
#define SLOT_RESULTS                 8
#define SLOT_WITH_PROGRESS_COMPLETED 8
#define SLOT_WITH_PROGRESS_RESULTS   10

static HRESULT call_slot(void *operation, int slot, void *argument)
{
    typedef HRESULT(STDMETHODCALLTYPE * slot_function)(void *self, void *argument);
    slot_function *const *object = operation;

    return (*object)[slot](operation, argument);
}

static HRESULT outcome_of(void *operation, bool with_progress, void *results)
{
    IAsyncInfo *info = NULL;
    AsyncStatus status = Started;
    HRESULT hr, error = S_OK;

    MUST(client_query(operation, &IID_IAsyncInfo, &info) == S_OK);
    MUST(IAsyncInfo_get_Status(info, &status) == S_OK);
    MUST(IAsyncInfo_get_ErrorCode(info, &error) == S_OK);
    client_release(info);
    MUST(status != Started);
    if (status == Canceled)
        return S_FALSE;
    hr = call_slot(operation, with_progress ? SLOT_WITH_PROGRESS_RESULTS : SLOT_RESULTS, results);
    MUST(status == Completed || (FAILED(error) && hr == error));
    return hr;
}

/* Whether the latest wait has come to an end of the object. */
static bool outcome_known;

static HRESULT wait_for(void *operation, bool with_progress, void *results)
{
    struct delegate *completed = client_delegate(NULL);
    HRESULT hr = call_slot(operation, with_progress ? SLOT_WITH_PROGRESS_COMPLETED : SLOT_COMPLETED,
                           completed);

    /* What reads a download that waits for room waits with it: then somebody makes room. */
    if (SUCCEEDED(hr) && faults_wait_for_room() && !test_event_wait(&completed->called, 200))
        faults_disarm();
    if (SUCCEEDED(hr) && !test_event_wait(&completed->called, TEST_WAIT_MS / 2))
        client_broken("an async object does not end");
    delegate_Release(completed);
    outcome_known = SUCCEEDED(hr);
    return SUCCEEDED(hr) ? outcome_of(operation, with_progress, results) : hr;
}

HRESULT client_await(void *operation, bool with_progress, void *results)
{
    return wait_for(operation, with_progress, results);
}

HRESULT client_uri(const char *url, IUriRuntimeClass **out)
{
    IUriRuntimeClassFactory *factory = NULL;
    HRESULT hr;

    *out = NULL;
    TRY(client_factory("Windows.Foundation.Uri", &IID_IUriRuntimeClassFactory, &factory));
    TRY(IUriRuntimeClassFactory_CreateUri(factory, text(url), out));
done:
    DROP(factory);
    return hr;
}

HRESULT client_file_with(const char *name, const char *content, IStorageFile **out)
{
    IAsyncOperation_StorageFile *opening = NULL;
    IStorageFileStatics *statics = NULL;
    HRESULT hr;

    *out = NULL;
    test_file_write(test_path(name), content, strlen(content));
    TRY(client_factory("Windows.Storage.StorageFile", &IID_IStorageFileStatics, &statics));
    TRY(IStorageFileStatics_GetFileFromPathAsync(statics, text(item_form(test_path(name))),
                                                 &opening));
    TRY(client_await(opening, false, out));
    MUST(*out);
done:
    DROP(opening);
    DROP(statics);
    return hr;
}

HRESULT client_file(const char *name, IStorageFile **out)
{
    return client_file_with(name, "", out);
}

HRESULT client_downloader(IBackgroundDownloader **out)
{
    *out = NULL;
    return client_activate("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                           &IID_IBackgroundDownloader, out);
}

HRESULT client_download(IBackgroundDownloader *downloader, const char *url, const char *name,
                        IDownloadOperation **out)
{
    IBackgroundDownloader *used = NULL;
    IUriRuntimeClass *uri = NULL;
    IStorageFile *file = NULL;
    HRESULT hr;

    *out = NULL;
    if (downloader)
        TRY(client_query(downloader, &IID_IBackgroundDownloader, &used));
    else
        TRY(client_downloader(&used));
    TRY(client_uri(url, &uri));
    if (name)
        TRY(client_file(name, &file));
    TRY(IBackgroundDownloader_CreateDownload(used, uri, file, out));
    MUST(*out);
done:
    MUST(SUCCEEDED(hr) || !*out);
    DROP(file);
    DROP(uri);
    DROP(used);
    return hr;
}

static GUID guid_of(IDownloadOperation *operation)
{
    IBackgroundTransferOperation *common = NULL;
    GUID id = { 0 };

    MUST(client_query(operation, &IID_IBackgroundTransferOperation, &common) == S_OK);
    MUST(IBackgroundTransferOperation_get_Guid(common, &id) == S_OK);
    client_release(common);
    return id;
}

HRESULT client_start(IDownloadOperation *operation, const char *name, uint64_t size,
                     download_async **out)
{
    struct started *started;
    HRESULT hr;

    *out = NULL;
    TRY(IDownloadOperation_StartAsync(operation, out));
    MUST(*out && facts->count < FACTS_STARTED);
    started = &facts->started[facts->count];
    started->id = guid_of(operation);
    snprintf(started->name, sizeof(started->name), "%s", name ? name : "");
    started->size = size;
    started->delivered = false;
    facts->count++;
done:
    MUST(SUCCEEDED(hr) || !*out);
    return hr;
}

static bool is_pattern(const char *content, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)content[i] != pattern_byte(i))
            return false;
    }
    return true;
}

static void check_completed(const struct started *started)
{
    char *content;
    size_t size = 0;

    if (!started || !started->name[0] || !started->size)
        return;
    content = test_file_read(test_path(started->name), &size);
    if (!content || size != started->size || !is_pattern(content, size))
        client_broken("%s is not what it should be: %zu bytes", started->name, size);
    free(content);
}

/* A download that waits for room on a disk that stays full: somebody makes room. */
static void make_room(IDownloadOperation *operation)
{
    IDownloadOperationDetails *details = NULL;
    DownloadWaitReason reason = DownloadWaitReason_None;
    HRESULT error = S_OK;

    if (!faults_wait_for_room() ||
        !client_reaches(operation, BackgroundTransferStatus_PausedSystemPolicy))
        return;
    MUST(client_query(operation, &IID_IDownloadOperationDetails, &details) == S_OK);
    MUST(IDownloadOperationDetails_get_LastError(details, &error) == S_OK);
    MUST(error == __HRESULT_FROM_WIN32(ERROR_DISK_FULL));
    MUST(IDownloadOperationDetails_get_WaitReason(details, &reason) == S_OK);
    client_release(details);
    faults_disarm();
}

HRESULT client_finish(IDownloadOperation *operation, download_async **async)
{
    struct started *started;
    IDownloadOperation *result = NULL;
    GUID id = guid_of(operation);
    HRESULT hr;

    make_room(operation);
    started = facts_find(&id);
    hr = client_step(client_await(*async, true, &result), "client_finish");
    if (hr == S_OK)
        check_completed(started);
    if (started && outcome_known)
        started->delivered = true;
    DROP(result);
    DROP(*async);
    return hr;
}

bool client_reaches(IDownloadOperation *operation, BackgroundTransferStatus wanted)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS / 2);
    BackgroundDownloadProgress progress;

    for (;;) {
        MUST(IDownloadOperation_get_Progress(operation, &progress) == S_OK);
        if (progress.Status == wanted)
            return true;
        if (progress.Status == BackgroundTransferStatus_Completed ||
            progress.Status == BackgroundTransferStatus_Canceled ||
            progress.Status == BackgroundTransferStatus_Error)
            return false;
        if (test_deadline(0) > deadline)
            client_broken("the status stays %d, and does not become %d", (int)progress.Status,
                          (int)wanted);
        usleep(500);
    }
}

HRESULT client_pause(IDownloadOperation *operation)
{
    HRESULT hr = IDownloadOperation_Pause(operation);

    if (SUCCEEDED(hr))
        client_reaches(operation, BackgroundTransferStatus_PausedByApplication);
    return hr == E_ILLEGAL_METHOD_CALL ? S_FALSE : hr; /* it was faster */
}

HRESULT client_put_limit(void *object, UINT64 bytes_per_second)
{
    ISpeedLimit *limit = NULL;
    UINT64 value = 0;
    HRESULT hr;

    TRY(client_query(object, &IID_ISpeedLimit, &limit));
    TRY(ISpeedLimit_put_MaxBytesPerSecond(limit, bytes_per_second));
    TRY(ISpeedLimit_get_MaxBytesPerSecond(limit, &value));
    MUST(value == bytes_per_second);
done:
    DROP(limit);
    return hr;
}

HRESULT client_put_connections(void *object, UINT32 connections)
{
    IConnectionLimit *limit = NULL;
    UINT32 value = 0;
    HRESULT hr;

    TRY(client_query(object, &IID_IConnectionLimit, &limit));
    TRY(IConnectionLimit_put_MaxConnections(limit, connections));
    TRY(IConnectionLimit_get_MaxConnections(limit, &value));
    MUST(value == connections);
done:
    DROP(limit);
    return hr;
}

HRESULT client_list(IVectorView_DownloadOperation **out)
{
    IAsyncOperation_IVectorView_DownloadOperation *listing = NULL;
    IBackgroundDownloaderStaticMethods *statics = NULL;
    HRESULT hr;

    *out = NULL;
    TRY(client_factory("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                       &IID_IBackgroundDownloaderStaticMethods, &statics));
    TRY(IBackgroundDownloaderStaticMethods_GetCurrentDownloadsAsync(statics, &listing));
    TRY(client_await(listing, false, out));
done:
    DROP(listing);
    DROP(statics);
    return hr;
}

/* The lists there are: of those without a group, and of the groups that scenarios use. */
static HRESULT list_one(unsigned number, IVectorView_DownloadOperation **out)
{
    IAsyncOperation_IVectorView_DownloadOperation *listing = NULL;
    IBackgroundDownloaderStaticMethods2 *statics = NULL;
    IBackgroundTransferGroupStatics *groups = NULL;
    IBackgroundTransferGroup *group = NULL;
    HRESULT hr;

    *out = NULL;
    if (number == 0)
        return client_list(out);
    TRY(client_factory("Windows.Networking.BackgroundTransfer.BackgroundTransferGroup",
                       &IID_IBackgroundTransferGroupStatics, &groups));
    TRY(IBackgroundTransferGroupStatics_CreateGroup(groups, text(CLIENT_GROUP), &group));
    TRY(client_factory("Windows.Networking.BackgroundTransfer.BackgroundDownloader",
                       &IID_IBackgroundDownloaderStaticMethods2, &statics));
    TRY(IBackgroundDownloaderStaticMethods2_GetCurrentDownloadsForTransferGroupAsync(statics, group,
                                                                                     &listing));
    TRY(client_await(listing, false, out));
done:
    DROP(listing);
    DROP(statics);
    DROP(group);
    DROP(groups);
    return hr;
}

static void end_one(IDownloadOperation *operation)
{
    BackgroundDownloadProgress progress;
    download_async *async = NULL;
    IAsyncInfo *info = NULL;

    MUST(IDownloadOperation_get_Progress(operation, &progress) == S_OK);
    MUST(IDownloadOperation_AttachAsync(operation, &async) == S_OK);
    if (progress.Status == BackgroundTransferStatus_PausedByApplication)
        IDownloadOperation_Resume(operation);
    if (client_reaches(operation, BackgroundTransferStatus_PausedRecoverableWebErrorStatus)) {
        MUST(client_query(async, &IID_IAsyncInfo, &info) == S_OK);
        MUST(IAsyncInfo_Cancel(info) == S_OK);
        client_release(info);
    }
    client_finish(operation, &async);
}

void client_settle(void)
{
    for (unsigned list = 0; list < 2; list++) {
        IVectorView_DownloadOperation *view = NULL;
        UINT32 size = 0;

        MUST(list_one(list, &view) == S_OK);
        MUST(IVectorView_DownloadOperation_get_Size(view, &size) == S_OK);
        for (UINT32 i = 0; i < size; i++) {
            IDownloadOperation *operation = NULL;

            MUST(IVectorView_DownloadOperation_GetAt(view, i, &operation) == S_OK);
            end_one(operation);
            client_release(operation);
        }
        client_release(view);
    }
}
