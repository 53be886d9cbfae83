/* SPDX-License-Identifier: MIT */
/* The factory of StorageFolder: IStorageFolderStatics (Windows.Storage). */
#include "classes.h"

#include "item_async.h"
#include "item_find.h"
#include "item_paths.h"
#include "storage_folder.h"

#include "winrt-shim/base/factory.h"

struct storage_folder_factory {
    IActivationFactory IActivationFactory_iface;
    IStorageFolderStatics IStorageFolderStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(storage_folder_factory, IActivationFactory)
DEFINE_INSPECTABLE(storage_folder_factory, IStorageFolderStatics)

static const struct IActivationFactoryVtbl activation_factory_vtbl = {
    INSPECTABLE_SLOTS(storage_folder_factory, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static HRESULT run_get_folder(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    enum file_kind kind;
    HRESULT hr;

    (void)async;
    hr = item_find(job->name, ITEM_WANTED_FOLDER, &kind);
    if (FAILED(hr))
        return hr;
    return storage_folder_create(job->name, (IStorageFolder **)&result->unknown);
}

static HRESULT STDMETHODCALLTYPE storage_folder_factory_GetFolderFromPathAsync(
    IStorageFolderStatics *iface, HSTRING path, IAsyncOperation_StorageFolder **operation)
{
    static const struct async_job work = { run_get_folder, item_job_destroy };
    struct item_job job = { 0 };

    (void)iface;
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(item_path_from_hstring(path, &job.name), item_async_folder, &work, &job,
                          (void **)operation);
}

static const struct IStorageFolderStaticsVtbl statics_vtbl = {
    INSPECTABLE_SLOTS(storage_folder_factory, IStorageFolderStatics),
    storage_folder_factory_GetFolderFromPathAsync,
};

static const struct object_interface storage_folder_factory_interfaces[] = {
    OBJECT_INTERFACE(storage_folder_factory, IActivationFactory),
    OBJECT_INTERFACE(storage_folder_factory, IStorageFolderStatics),
};

static const struct object_class storage_folder_factory_class =
    OBJECT_CLASS(storage_folder_factory, RuntimeClass_Windows_Storage_StorageFolder, NULL);

HRESULT storage_folder_factory_create(IActivationFactory **out)
{
    struct storage_folder_factory *factory;

    *out = NULL;
    factory = object_alloc(&storage_folder_factory_class);
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IActivationFactory_iface.lpVtbl = &activation_factory_vtbl;
    factory->IStorageFolderStatics_iface.lpVtbl = &statics_vtbl;
    *out = &factory->IActivationFactory_iface;
    return S_OK;
}
