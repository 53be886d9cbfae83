/* SPDX-License-Identifier: MIT */
/* The factory of StorageFile: IStorageFileStatics (Windows.Storage). */
#include "classes.h"

#include "app_data_uri.h"
#include "item_async.h"
#include "item_find.h"
#include "item_paths.h"
#include "storage_file.h"

#include "winrt-shim/base/factory.h"

struct storage_file_factory {
    IActivationFactory IActivationFactory_iface;
    IStorageFileStatics IStorageFileStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(storage_file_factory, IActivationFactory)
DEFINE_INSPECTABLE(storage_file_factory, IStorageFileStatics)

static const struct IActivationFactoryVtbl activation_factory_vtbl = {
    INSPECTABLE_SLOTS(storage_file_factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static HRESULT run_get_file(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    enum file_kind kind;
    HRESULT hr;

    (void)async;
    hr = item_find(job->name, ITEM_WANTED_FILE, &kind);
    if (FAILED(hr))
        return hr;
    return storage_file_create(job->name, (IStorageFile **)&result->unknown);
}

static const struct async_job get_file_work = { run_get_file, item_job_destroy };

static HRESULT STDMETHODCALLTYPE storage_file_factory_GetFileFromPathAsync(
    IStorageFileStatics *iface, HSTRING path, IAsyncOperation_StorageFile **operation)
{
    struct item_job job = { 0 };

    (void)iface;
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(item_path_from_hstring(path, &job.name), item_async_file, &get_file_work,
                          &job, (void **)operation);
}

/* ms-appdata: only. There is no package whose files ms-appx: could mean. */
static HRESULT STDMETHODCALLTYPE storage_file_factory_GetFileFromApplicationUriAsync(
    IStorageFileStatics *iface, IUriRuntimeClass *uri, IAsyncOperation_StorageFile **operation)
{
    struct item_job job = { 0 };

    (void)iface;
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(app_data_uri_path(uri, &job.name), item_async_file, &get_file_work, &job,
                          (void **)operation);
}

/*
 * Files whose content a program makes up when it is read need a file system of their own here. The
 * four say so: tests/abi/not-implemented.tsv.
 */
static HRESULT not_implemented(IAsyncOperation_StorageFile **operation)
{
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return E_NOTIMPL;
}

static HRESULT STDMETHODCALLTYPE storage_file_factory_CreateStreamedFileAsync(
    IStorageFileStatics *iface, HSTRING name, IStreamedFileDataRequestedHandler *handler,
    IRandomAccessStreamReference *thumbnail, IAsyncOperation_StorageFile **operation)
{
    (void)iface;
    (void)name;
    (void)handler;
    (void)thumbnail;
    return not_implemented(operation);
}

static HRESULT STDMETHODCALLTYPE storage_file_factory_ReplaceWithStreamedFileAsync(
    IStorageFileStatics *iface, IStorageFile *file, IStreamedFileDataRequestedHandler *handler,
    IRandomAccessStreamReference *thumbnail, IAsyncOperation_StorageFile **operation)
{
    (void)iface;
    (void)file;
    (void)handler;
    (void)thumbnail;
    return not_implemented(operation);
}

static HRESULT STDMETHODCALLTYPE storage_file_factory_CreateStreamedFileFromUriAsync(
    IStorageFileStatics *iface, HSTRING name, IUriRuntimeClass *uri,
    IRandomAccessStreamReference *thumbnail, IAsyncOperation_StorageFile **operation)
{
    (void)iface;
    (void)name;
    (void)uri;
    (void)thumbnail;
    return not_implemented(operation);
}

static HRESULT STDMETHODCALLTYPE storage_file_factory_ReplaceWithStreamedFileFromUriAsync(
    IStorageFileStatics *iface, IStorageFile *file, IUriRuntimeClass *uri,
    IRandomAccessStreamReference *thumbnail, IAsyncOperation_StorageFile **operation)
{
    (void)iface;
    (void)file;
    (void)uri;
    (void)thumbnail;
    return not_implemented(operation);
}

static const struct IStorageFileStaticsVtbl statics_vtbl = {
    INSPECTABLE_SLOTS(storage_file_factory, IStorageFileStatics),
    storage_file_factory_GetFileFromPathAsync,
    storage_file_factory_GetFileFromApplicationUriAsync,
    storage_file_factory_CreateStreamedFileAsync,
    storage_file_factory_ReplaceWithStreamedFileAsync,
    storage_file_factory_CreateStreamedFileFromUriAsync,
    storage_file_factory_ReplaceWithStreamedFileFromUriAsync,
};

static const struct object_interface storage_file_factory_interfaces[] = {
    OBJECT_INTERFACE(storage_file_factory, IActivationFactory),
    OBJECT_INTERFACE(storage_file_factory, IStorageFileStatics),
};

static const struct object_class storage_file_factory_class =
    OBJECT_CLASS(storage_file_factory, RuntimeClass_Windows_Storage_StorageFile, NULL);

HRESULT storage_file_factory_create(IActivationFactory **out)
{
    struct storage_file_factory *factory;

    *out = NULL;
    factory = object_alloc(&storage_file_factory_class);
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &activation_factory_vtbl;
    factory->IStorageFileStatics_iface.lpVtbl = &statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
