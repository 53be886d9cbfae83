/* SPDX-License-Identifier: MIT */
/* GetFileAsync, GetFolderAsync, GetItemAsync and TryGetItemAsync of StorageFolder. */
#include "storage_folder.h"

#include "item_async.h"
#include "item_disk.h"
#include "item_find.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/hstring_text.h"

DEFINE_IMPL_FROM(storage_folder, IStorageFolder)
DEFINE_INSPECTABLE(storage_folder, IStorageFolder2)

/* As the job's option: what is looked for. */
static HRESULT run_find(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *folder, *path = NULL;
    enum file_kind kind;
    IUnknown *found = NULL;
    HRESULT hr;

    (void)async;
    folder = storage_item_path(job->item);
    if (!folder)
        return E_OUTOFMEMORY;
    hr = item_find_in(folder, job->name, job->option, &path, &kind);
    if (SUCCEEDED(hr))
        hr = storage_item_create(kind, path, &found);
    if (SUCCEEDED(hr) && job->option == ITEM_WANTED_ANY)
        hr = IUnknown_QueryInterface(found, &IID_IStorageItem, (void **)&result->unknown);
    else if (SUCCEEDED(hr)) {
        result->unknown = found;
        found = NULL;
    }
    if (found)
        IUnknown_Release(found);
    memory_free(path);
    memory_free(folder);
    return hr;
}

static HRESULT run_try_find(void *context, struct async *async, union value *result)
{
    HRESULT hr = run_find(context, async, result);

    /* The second: a part of the path is a file. */
    if (hr == HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND) || hr == HRESULT_FROM_WIN32(ERROR_DIRECTORY))
        return S_OK;
    return hr;
}

static const struct async_job find_work = { run_find, item_job_destroy };
static const struct async_job try_find_work = { run_try_find, item_job_destroy };

/* "Wrong format" is E_INVALIDARG at once (StorageFolder.GetFileAsync, Windows.Storage). */
static HRESULT start(struct storage_item *item, HSTRING name, enum item_wanted wanted,
                     const struct async_type *type, const struct async_job *work, void **operation)
{
    struct item_job job = { .item = item, .option = wanted };
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    hr = hstring_to_utf8(name, &job.name);
    if (SUCCEEDED(hr) && !item_path_is_relative(job.name))
        hr = error_originate(E_INVALIDARG, "\"%s\" is not a name or a relative path", job.name);
    return item_job_start(hr, type, work, &job, operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_GetFileAsync(IStorageFolder *iface, HSTRING name,
                                                      IAsyncOperation_StorageFile **operation)
{
    return start(&impl_from_IStorageFolder(iface)->item, name, ITEM_WANTED_FILE, item_async_file,
                 &find_work, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_GetFolderAsync(IStorageFolder *iface, HSTRING name,
                                                        IAsyncOperation_StorageFolder **operation)
{
    return start(&impl_from_IStorageFolder(iface)->item, name, ITEM_WANTED_FOLDER,
                 item_async_folder, &find_work, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_GetItemAsync(IStorageFolder *iface, HSTRING name,
                                                      IAsyncOperation_IStorageItem **operation)
{
    return start(&impl_from_IStorageFolder(iface)->item, name, ITEM_WANTED_ANY, item_async_item,
                 &find_work, (void **)operation);
}

/* NULL where GetItemAsync says "not found"; other errors stay errors. */
static HRESULT STDMETHODCALLTYPE storage_folder_TryGetItemAsync(
    IStorageFolder2 *iface, HSTRING name, IAsyncOperation_IStorageItem **operation)
{
    return start(&impl_from_IStorageFolder2(iface)->item, name, ITEM_WANTED_ANY, item_async_item,
                 &try_find_work, (void **)operation);
}

const struct IStorageFolder2Vtbl storage_folder2_vtbl = {
    INSPECTABLE_SLOTS(storage_folder, IStorageFolder2),
    storage_folder_TryGetItemAsync,
};
