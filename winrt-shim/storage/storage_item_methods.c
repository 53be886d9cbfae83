/* SPDX-License-Identifier: MIT */
/* IStorageItem and IStorageItem2 (Windows.Storage) of files and folders. */
#include "storage_item_methods.h"

#include "basic_properties.h"
#include "item_async.h"
#include "item_disk.h"
#include "item_error.h"
#include "item_paths.h"
#include "storage_folder.h"
#include "storage_item.h"

#include "src/port/memory.h"
#include "src/port/paths.h"

DEFINE_INSPECTABLE(storage_item, IStorageItem)
DEFINE_INSPECTABLE(storage_item, IStorageItem2)

struct rename_request {
    const struct item_job *job;
    enum file_kind kind;
};

static HRESULT rename_change(void *context, const char *from, char **path)
{
    const struct rename_request *request = context;
    enum port_status status;
    char *folder;
    HRESULT hr;

    if (item_path_is_root(from))
        return item_error(PORT_DENIED, "rename", from);
    folder = item_path_parent(from);
    if (!folder)
        return E_OUTOFMEMORY;
    hr = item_rename(from, request->kind, folder, request->job->name, request->job->option,
                     "rename", &status, path);
    memory_free(folder);
    return hr;
}

static HRESULT run_rename(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    struct rename_request request = { job, job->item->kind };

    (void)async;
    (void)result;
    return storage_item_move(job->item, rename_change, &request);
}

/* The name in use by another item: as NameCollisionOption says. The object follows its item. */
static HRESULT STDMETHODCALLTYPE storage_item_RenameAsync(IStorageItem *iface, HSTRING name,
                                                          NameCollisionOption option,
                                                          IAsyncAction **operation)
{
    static const struct async_job work = { run_rename, item_job_destroy };
    struct item_job job = { .item = impl_from_IStorageItem(iface), .option = option };
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if ((unsigned)option > NameCollisionOption_FailIfExists)
        return E_INVALIDARG;
    hr = item_job_take_name(&job, name);
    return item_job_start(hr, item_async_action, &work, &job, (void **)operation);
}

static HRESULT STDMETHODCALLTYPE storage_item_RenameAsyncOverloadDefaultOptions(
    IStorageItem *iface, HSTRING name, IAsyncAction **operation)
{
    return storage_item_RenameAsync(iface, name, NameCollisionOption_FailIfExists, operation);
}

static HRESULT run_delete(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *path;
    HRESULT hr;

    (void)result;
    mutex_lock(&job->item->operation);
    path = storage_item_path(job->item);
    hr = path ? item_delete(async, path) : E_OUTOFMEMORY;
    mutex_unlock(&job->item->operation);
    memory_free(path);
    return hr;
}

/* There is no recycle bin here: both options delete for good. */
static HRESULT STDMETHODCALLTYPE storage_item_DeleteAsync(IStorageItem *iface,
                                                          StorageDeleteOption option,
                                                          IAsyncAction **operation)
{
    static const struct async_job work = { run_delete, item_job_destroy };
    struct item_job job = { .item = impl_from_IStorageItem(iface) };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if ((unsigned)option > StorageDeleteOption_PermanentDelete)
        return E_INVALIDARG;
    return item_job_start(S_OK, item_async_action, &work, &job, (void **)operation);
}

static HRESULT STDMETHODCALLTYPE
storage_item_DeleteAsyncOverloadDefaultOptions(IStorageItem *iface, IAsyncAction **operation)
{
    return storage_item_DeleteAsync(iface, StorageDeleteOption_Default, operation);
}

static HRESULT get_info(struct storage_item *item, struct file_info *info)
{
    char *path = storage_item_path(item);
    HRESULT hr;

    if (!path)
        return E_OUTOFMEMORY;
    hr = item_error(file_path_info(path, info), "read the properties of", path);
    memory_free(path);
    return hr;
}

static HRESULT run_basic_properties(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    struct file_info info;
    HRESULT hr;

    (void)async;
    hr = get_info(job->item, &info);
    if (FAILED(hr))
        return hr;
    return basic_properties_create(&info, (IBasicProperties **)&result->unknown);
}

static HRESULT STDMETHODCALLTYPE storage_item_GetBasicPropertiesAsync(
    IStorageItem *iface, IAsyncOperation_BasicProperties **operation)
{
    static const struct async_job work = { run_basic_properties, item_job_destroy };
    struct item_job job = { .item = impl_from_IStorageItem(iface) };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(S_OK, item_async_basic_properties, &work, &job, (void **)operation);
}

static HRESULT get_text(struct storage_item *item, HSTRING *value,
                        const char *(*part)(const char *path))
{
    char *path;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    path = storage_item_path(item);
    if (!path)
        return E_OUTOFMEMORY;
    hr = item_path_to_hstring(part(path), value);
    memory_free(path);
    return hr;
}

static const char *whole_path(const char *path)
{
    return path;
}

static HRESULT STDMETHODCALLTYPE storage_item_get_Name(IStorageItem *iface, HSTRING *value)
{
    return get_text(impl_from_IStorageItem(iface), value, item_path_name);
}

static HRESULT STDMETHODCALLTYPE storage_item_get_Path(IStorageItem *iface, HSTRING *value)
{
    return get_text(impl_from_IStorageItem(iface), value, whole_path);
}

/* Archive is what Windows gives to every file that was not backed up since it was written. */
static HRESULT STDMETHODCALLTYPE storage_item_get_Attributes(IStorageItem *iface,
                                                             FileAttributes *value)
{
    struct file_info info;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = FileAttributes_Normal;
    hr = get_info(impl_from_IStorageItem(iface), &info);
    if (FAILED(hr))
        return hr;
    *value = info.kind == FILE_KIND_FOLDER ? FileAttributes_Directory : FileAttributes_Archive;
    if (info.read_only)
        *value |= FileAttributes_ReadOnly;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE storage_item_get_DateCreated(IStorageItem *iface, DateTime *value)
{
    struct file_info info;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    value->UniversalTime = 0;
    hr = get_info(impl_from_IStorageItem(iface), &info);
    if (SUCCEEDED(hr))
        value->UniversalTime = info.created;
    return hr;
}

static HRESULT STDMETHODCALLTYPE storage_item_IsOfType(IStorageItem *iface, StorageItemTypes type,
                                                       boolean *value)
{
    struct storage_item *item = impl_from_IStorageItem(iface);

    if (!value)
        return E_POINTER;
    *value =
        type == (item->kind == FILE_KIND_FOLDER ? StorageItemTypes_Folder : StorageItemTypes_File);
    return S_OK;
}

const struct IStorageItemVtbl storage_item_vtbl = {
    INSPECTABLE_SLOTS(storage_item, IStorageItem),
    storage_item_RenameAsyncOverloadDefaultOptions,
    storage_item_RenameAsync,
    storage_item_DeleteAsyncOverloadDefaultOptions,
    storage_item_DeleteAsync,
    storage_item_GetBasicPropertiesAsync,
    storage_item_get_Name,
    storage_item_get_Path,
    storage_item_get_Attributes,
    storage_item_get_DateCreated,
    storage_item_IsOfType,
};

static HRESULT run_get_parent(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *path, *parent = NULL;
    HRESULT hr = S_OK;

    (void)async;
    path = storage_item_path(job->item);
    if (!path)
        return E_OUTOFMEMORY;
    if (!item_path_is_root(path)) {
        parent = item_path_parent(path);
        hr = parent ? storage_folder_create(parent, (IStorageFolder **)&result->unknown)
                    : E_OUTOFMEMORY;
    }
    memory_free(parent);
    memory_free(path);
    return hr;
}

/* NULL for the root. */
static HRESULT STDMETHODCALLTYPE
storage_item_GetParentAsync(IStorageItem2 *iface, IAsyncOperation_StorageFolder **operation)
{
    static const struct async_job work = { run_get_parent, item_job_destroy };
    struct item_job job = { .item = impl_from_IStorageItem2(iface) };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(S_OK, item_async_folder, &work, &job, (void **)operation);
}

/* By path, as documented: neither links nor the disk are looked at. */
static HRESULT STDMETHODCALLTYPE storage_item_IsEqual(IStorageItem2 *iface, IStorageItem *other,
                                                      boolean *value)
{
    struct storage_item *item = impl_from_IStorageItem2(iface);
    char *path = NULL, *other_path = NULL;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = FALSE;
    hr = storage_item_path_of((IUnknown *)other, &other_path);
    if (FAILED(hr))
        return hr;
    path = storage_item_path(item);
    if (path)
        *value = path_is_same(path, other_path);
    else
        hr = E_OUTOFMEMORY;
    memory_free(path);
    memory_free(other_path);
    return hr;
}

const struct IStorageItem2Vtbl storage_item2_vtbl = {
    INSPECTABLE_SLOTS(storage_item, IStorageItem2),
    storage_item_GetParentAsync,
    storage_item_IsEqual,
};
