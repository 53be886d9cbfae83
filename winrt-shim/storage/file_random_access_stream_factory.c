/* SPDX-License-Identifier: MIT */
/* Statics of FileRandomAccessStream (Windows.Storage.Streams). */
#include "file_stream.h"

#include "item_async.h"
#include "item_paths.h"
#include "src/port/memory.h"
#include "storage_stream_transaction.h"
#include "winrt-shim/base/async.h"
#include "winrt-shim/base/factory.h"
#include "winrt-shim/base/object.h"

struct factory {
    IActivationFactory IActivationFactory_iface;
    IFileRandomAccessStreamStatics IFileRandomAccessStreamStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(factory, IActivationFactory)
DEFINE_INSPECTABLE(factory, IFileRandomAccessStreamStatics)

/* What to open; its path is its own. */
struct open_job {
    char *path;
    FileAccessMode mode;
    StorageOpenOptions options;
    FileOpenDisposition disposition;
};

static HRESULT open_stream_run(void *context, struct async *async, union value *result)
{
    struct open_job *job = context;

    (void)async;
    return file_stream_open_with(job->path, job->mode, job->options, job->disposition,
                                 (IRandomAccessStream **)&result->unknown);
}

static HRESULT open_transaction_run(void *context, struct async *async, union value *result)
{
    struct open_job *job = context;

    (void)async;
    return storage_stream_transaction_open_with(job->path, job->options, job->disposition,
                                                (IStorageStreamTransaction **)&result->unknown);
}

static void open_job_destroy(void *context)
{
    struct open_job *job = context;

    memory_free(job->path);
    memory_free(job);
}

static const struct async_job open_stream_job = { open_stream_run, open_job_destroy };
static const struct async_job open_transaction_job = { open_transaction_run, open_job_destroy };

static HRESULT start_open(HSTRING path, FileAccessMode mode, StorageOpenOptions options,
                          FileOpenDisposition disposition, const struct async_type *type,
                          const struct async_job *work, void **operation)
{
    struct open_job *job;
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (!(job = memory_zalloc(sizeof(*job))))
        return E_OUTOFMEMORY;
    job->mode = mode;
    job->options = options;
    job->disposition = disposition;
    if (FAILED(hr = item_path_from_hstring(path, &job->path))) {
        open_job_destroy(job);
        return hr;
    }
    return async_run(type, work, job, operation);
}

/* There is one user, whom NULL stands for (User, Windows.System). */
static HRESULT check_user(__x_ABI_CWindows_CSystem_CIUser *user, void **operation)
{
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return user ? E_INVALIDARG : S_OK;
}

static HRESULT WINAPI factory_OpenWithOptionsAsync(IFileRandomAccessStreamStatics *iface,
                                                   HSTRING path, FileAccessMode mode,
                                                   StorageOpenOptions options,
                                                   FileOpenDisposition disposition,
                                                   IAsyncOperation_IRandomAccessStream **operation)
{
    (void)iface;
    return start_open(path, mode, options, disposition, item_async_stream, &open_stream_job,
                      (void **)operation);
}

static HRESULT WINAPI factory_OpenAsync(IFileRandomAccessStreamStatics *iface, HSTRING path,
                                        FileAccessMode mode,
                                        IAsyncOperation_IRandomAccessStream **operation)
{
    return factory_OpenWithOptionsAsync(iface, path, mode, StorageOpenOptions_None,
                                        FileOpenDisposition_OpenExisting, operation);
}

static HRESULT WINAPI factory_OpenTransactedWriteWithOptionsAsync(
    IFileRandomAccessStreamStatics *iface, HSTRING path, StorageOpenOptions options,
    FileOpenDisposition disposition, IAsyncOperation_StorageStreamTransaction **operation)
{
    (void)iface;
    return start_open(path, FileAccessMode_ReadWrite, options, disposition, item_async_transaction,
                      &open_transaction_job, (void **)operation);
}

static HRESULT WINAPI
factory_OpenTransactedWriteAsync(IFileRandomAccessStreamStatics *iface, HSTRING path,
                                 IAsyncOperation_StorageStreamTransaction **operation)
{
    return factory_OpenTransactedWriteWithOptionsAsync(iface, path, StorageOpenOptions_None,
                                                       FileOpenDisposition_OpenExisting, operation);
}

static HRESULT WINAPI factory_OpenForUserAsync(IFileRandomAccessStreamStatics *iface,
                                               __x_ABI_CWindows_CSystem_CIUser *user, HSTRING path,
                                               FileAccessMode mode,
                                               IAsyncOperation_IRandomAccessStream **operation)
{
    HRESULT hr = check_user(user, (void **)operation);

    return FAILED(hr) ? hr : factory_OpenAsync(iface, path, mode, operation);
}

static HRESULT WINAPI factory_OpenForUserWithOptionsAsync(
    IFileRandomAccessStreamStatics *iface, __x_ABI_CWindows_CSystem_CIUser *user, HSTRING path,
    FileAccessMode mode, StorageOpenOptions options, FileOpenDisposition disposition,
    IAsyncOperation_IRandomAccessStream **operation)
{
    HRESULT hr = check_user(user, (void **)operation);

    return FAILED(hr)
               ? hr
               : factory_OpenWithOptionsAsync(iface, path, mode, options, disposition, operation);
}

static HRESULT WINAPI factory_OpenTransactedWriteForUserAsync(
    IFileRandomAccessStreamStatics *iface, __x_ABI_CWindows_CSystem_CIUser *user, HSTRING path,
    IAsyncOperation_StorageStreamTransaction **operation)
{
    HRESULT hr = check_user(user, (void **)operation);

    return FAILED(hr) ? hr : factory_OpenTransactedWriteAsync(iface, path, operation);
}

static HRESULT WINAPI factory_OpenTransactedWriteForUserWithOptionsAsync(
    IFileRandomAccessStreamStatics *iface, __x_ABI_CWindows_CSystem_CIUser *user, HSTRING path,
    StorageOpenOptions options, FileOpenDisposition disposition,
    IAsyncOperation_StorageStreamTransaction **operation)
{
    HRESULT hr = check_user(user, (void **)operation);

    return FAILED(hr) ? hr
                      : factory_OpenTransactedWriteWithOptionsAsync(iface, path, options,
                                                                    disposition, operation);
}

static const struct IActivationFactoryVtbl factory_vtbl = {
    INSPECTABLE_SLOTS(factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static const struct IFileRandomAccessStreamStaticsVtbl factory_statics_vtbl = {
    INSPECTABLE_SLOTS(factory, IFileRandomAccessStreamStatics),
    factory_OpenAsync,
    factory_OpenWithOptionsAsync,
    factory_OpenTransactedWriteAsync,
    factory_OpenTransactedWriteWithOptionsAsync,
    factory_OpenForUserAsync,
    factory_OpenForUserWithOptionsAsync,
    factory_OpenTransactedWriteForUserAsync,
    factory_OpenTransactedWriteForUserWithOptionsAsync,
};

static const struct object_interface factory_interfaces[] = {
    OBJECT_INTERFACE(factory, IActivationFactory),
    OBJECT_INTERFACE(factory, IFileRandomAccessStreamStatics),
};

static const struct object_class factory_class =
    OBJECT_CLASS(factory, RuntimeClass_Windows_Storage_Streams_FileRandomAccessStream, NULL);

HRESULT file_random_access_stream_factory_create(IActivationFactory **out)
{
    struct factory *factory = object_alloc(&factory_class);

    *out = NULL;
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &factory_vtbl;
    factory->IFileRandomAccessStreamStatics_iface.lpVtbl = &factory_statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
