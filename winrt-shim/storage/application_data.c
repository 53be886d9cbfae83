/* SPDX-License-Identifier: MIT */
/*
 * What is not here yet (settings, versions, DataChanged, folders that several apps share) answers
 * E_NOTIMPL and stands in tests/abi/not-implemented.tsv.
 */
#include "application_data.h"

#include "application_data_folders.h"
#include "item_async.h"
#include "item_disk.h"
#include "storage_folder.h"

#include "src/port/memory.h"

struct application_data {
    IApplicationData IApplicationData_iface;
    IApplicationData2 IApplicationData2_iface;
    IApplicationData3 IApplicationData3_iface;
    IClosable IClosable_iface;
    struct object object;
};

DEFINE_INSPECTABLE(application_data, IApplicationData)
DEFINE_INSPECTABLE(application_data, IApplicationData2)
DEFINE_INSPECTABLE(application_data, IApplicationData3)
DEFINE_INSPECTABLE(application_data, IClosable)

static HRESULT no_object(void **value)
{
    if (!value)
        return E_POINTER;
    *value = NULL;
    return E_NOTIMPL;
}

/* 0 is the version of data whose version was never set, and it cannot be set yet. */
static HRESULT STDMETHODCALLTYPE application_data_get_Version(IApplicationData *iface,
                                                              UINT32 *value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE application_data_SetVersionAsync(
    IApplicationData *iface, UINT32 version, IApplicationDataSetVersionHandler *handler,
    IAsyncAction **operation)
{
    (void)iface;
    (void)version;
    (void)handler;
    return no_object((void **)operation);
}

static HRESULT clear_locality(struct async *async, ApplicationDataLocality locality)
{
    char *path;
    HRESULT hr;

    hr = application_data_path(locality, &path);
    if (SUCCEEDED(hr))
        hr = item_delete_content(async, path);
    memory_free(path);
    return hr;
}

static HRESULT run_clear(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;

    (void)result;
    return clear_locality(async, job->option);
}

static HRESULT run_clear_all(void *context, struct async *async, union value *result)
{
    HRESULT hr = S_OK;
    int locality;

    (void)context;
    (void)result;
    for (locality = ApplicationDataLocality_Local;
         SUCCEEDED(hr) && locality <= ApplicationDataLocality_LocalCache; locality++)
        hr = clear_locality(async, locality);
    return hr;
}

/* Empties the local, roaming, temporary and cache folders. */
static HRESULT STDMETHODCALLTYPE application_data_ClearAllAsync(IApplicationData *iface,
                                                                IAsyncAction **operation)
{
    static const struct async_job work = { run_clear_all, item_job_destroy };
    struct item_job job = { 0 };

    (void)iface;
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(S_OK, item_async_action, &work, &job, (void **)operation);
}

static HRESULT STDMETHODCALLTYPE application_data_ClearAsync(IApplicationData *iface,
                                                             ApplicationDataLocality locality,
                                                             IAsyncAction **operation)
{
    static const struct async_job work = { run_clear, item_job_destroy };
    struct item_job job = { .option = locality };

    (void)iface;
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if ((unsigned)locality > ApplicationDataLocality_SharedLocal)
        return E_INVALIDARG;
    return item_job_start(S_OK, item_async_action, &work, &job, (void **)operation);
}

static HRESULT STDMETHODCALLTYPE
application_data_get_LocalSettings(IApplicationData *iface, IApplicationDataContainer **value)
{
    (void)iface;
    return no_object((void **)value);
}

static HRESULT STDMETHODCALLTYPE
application_data_get_RoamingSettings(IApplicationData *iface, IApplicationDataContainer **value)
{
    (void)iface;
    return no_object((void **)value);
}

static HRESULT get_folder(ApplicationDataLocality locality, IStorageFolder **value)
{
    char *path;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = application_data_path(locality, &path);
    if (SUCCEEDED(hr))
        hr = storage_folder_create(path, value);
    memory_free(path);
    return hr;
}

static HRESULT STDMETHODCALLTYPE application_data_get_LocalFolder(IApplicationData *iface,
                                                                  IStorageFolder **value)
{
    (void)iface;
    return get_folder(ApplicationDataLocality_Local, value);
}

static HRESULT STDMETHODCALLTYPE application_data_get_RoamingFolder(IApplicationData *iface,
                                                                    IStorageFolder **value)
{
    (void)iface;
    return get_folder(ApplicationDataLocality_Roaming, value);
}

static HRESULT STDMETHODCALLTYPE application_data_get_TemporaryFolder(IApplicationData *iface,
                                                                      IStorageFolder **value)
{
    (void)iface;
    return get_folder(ApplicationDataLocality_Temporary, value);
}

static HRESULT STDMETHODCALLTYPE application_data_add_DataChanged(
    IApplicationData *iface, ITypedEventHandler_ApplicationData_IInspectable *handler,
    EventRegistrationToken *token)
{
    (void)iface;
    (void)handler;
    if (!token)
        return E_POINTER;
    token->value = 0;
    return E_NOTIMPL;
}

static HRESULT STDMETHODCALLTYPE application_data_remove_DataChanged(IApplicationData *iface,
                                                                     EventRegistrationToken token)
{
    (void)iface;
    (void)token;
    return E_NOTIMPL;
}

static HRESULT STDMETHODCALLTYPE application_data_SignalDataChanged(IApplicationData *iface)
{
    (void)iface;
    return E_NOTIMPL;
}

/* Kilobytes that go from device to device: none do (nor on Windows 11). */
static HRESULT STDMETHODCALLTYPE application_data_get_RoamingStorageQuota(IApplicationData *iface,
                                                                          UINT64 *value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = 0;
    return S_OK;
}

static const struct IApplicationDataVtbl application_data_vtbl = {
    INSPECTABLE_SLOTS(application_data, IApplicationData),
    application_data_get_Version,
    application_data_SetVersionAsync,
    application_data_ClearAllAsync,
    application_data_ClearAsync,
    application_data_get_LocalSettings,
    application_data_get_RoamingSettings,
    application_data_get_LocalFolder,
    application_data_get_RoamingFolder,
    application_data_get_TemporaryFolder,
    application_data_add_DataChanged,
    application_data_remove_DataChanged,
    application_data_SignalDataChanged,
    application_data_get_RoamingStorageQuota,
};

static HRESULT STDMETHODCALLTYPE application_data_get_LocalCacheFolder(IApplicationData2 *iface,
                                                                       IStorageFolder **value)
{
    (void)iface;
    return get_folder(ApplicationDataLocality_LocalCache, value);
}

static const struct IApplicationData2Vtbl application_data2_vtbl = {
    INSPECTABLE_SLOTS(application_data, IApplicationData2),
    application_data_get_LocalCacheFolder,
};

/* Programs here have no publisher whose apps they could share a folder with. */
static HRESULT STDMETHODCALLTYPE application_data_GetPublisherCacheFolder(IApplicationData3 *iface,
                                                                          HSTRING name,
                                                                          IStorageFolder **value)
{
    (void)iface;
    (void)name;
    return no_object((void **)value);
}

static HRESULT STDMETHODCALLTYPE application_data_ClearPublisherCacheFolderAsync(
    IApplicationData3 *iface, HSTRING name, IAsyncAction **operation)
{
    (void)iface;
    (void)name;
    return no_object((void **)operation);
}

static HRESULT STDMETHODCALLTYPE application_data_get_SharedLocalFolder(IApplicationData3 *iface,
                                                                        IStorageFolder **value)
{
    (void)iface;
    return get_folder(ApplicationDataLocality_SharedLocal, value);
}

static const struct IApplicationData3Vtbl application_data3_vtbl = {
    INSPECTABLE_SLOTS(application_data, IApplicationData3),
    application_data_GetPublisherCacheFolder,
    application_data_ClearPublisherCacheFolderAsync,
    application_data_get_SharedLocalFolder,
};

/* Nothing is held open. */
static HRESULT STDMETHODCALLTYPE application_data_Close(IClosable *iface)
{
    (void)iface;
    return S_OK;
}

static const struct IClosableVtbl application_data_closable_vtbl = {
    INSPECTABLE_SLOTS(application_data, IClosable),
    application_data_Close,
};

static const struct object_interface application_data_interfaces[] = {
    OBJECT_INTERFACE(application_data, IApplicationData),
    OBJECT_INTERFACE(application_data, IApplicationData2),
    OBJECT_INTERFACE(application_data, IApplicationData3),
    OBJECT_INTERFACE(application_data, IClosable),
};

static const struct object_class application_data_class =
    OBJECT_CLASS(application_data, RuntimeClass_Windows_Storage_ApplicationData, NULL);

HRESULT application_data_create(IApplicationData **out)
{
    struct application_data *data;

    *out = NULL;
    data = object_alloc(&application_data_class);
    if (!data)
        return E_OUTOFMEMORY;
    data->IApplicationData_iface.lpVtbl = &application_data_vtbl;
    data->IApplicationData2_iface.lpVtbl = &application_data2_vtbl;
    data->IApplicationData3_iface.lpVtbl = &application_data3_vtbl;
    data->IClosable_iface.lpVtbl = &application_data_closable_vtbl;
    *out = &data->IApplicationData_iface;
    return S_OK;
}
