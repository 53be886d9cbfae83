/* SPDX-License-Identifier: MIT */
/* CreateFileAsync and CreateFolderAsync of StorageFolder. Without an option a name in use is an
   error (CreationCollisionOption, Windows.Storage). */
#include "storage_folder.h"

#include "item_async.h"
#include "item_disk.h"
#include "known_folder_paths.h"
#include "storage_file.h"

#include "src/port/memory.h"

DEFINE_IMPL_FROM(storage_folder, IStorageFolder)

/* Where the new item goes; a new string. */
static HRESULT folder_of(const struct item_job *job, char **folder)
{
    if (!job->item)
        return known_folder_path(KnownFolderId_DownloadsFolder, folder);
    *folder = storage_item_path(job->item);
    return *folder ? S_OK : E_OUTOFMEMORY;
}

static HRESULT run_create_file(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *folder, *path = NULL;
    HRESULT hr = folder_of(job, &folder);

    (void)async;
    if (SUCCEEDED(hr))
        hr = item_create_file(folder, job->name, job->option, &path);
    if (SUCCEEDED(hr))
        hr = storage_file_create(path, (IStorageFile **)&result->unknown);
    memory_free(path);
    memory_free(folder);
    return hr;
}

static HRESULT run_create_folder(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    char *folder, *path = NULL;
    HRESULT hr = folder_of(job, &folder);

    (void)async;
    if (SUCCEEDED(hr))
        hr = item_create_folder(folder, job->name, job->option, &path);
    if (SUCCEEDED(hr))
        hr = storage_folder_create(path, (IStorageFolder **)&result->unknown);
    memory_free(path);
    memory_free(folder);
    return hr;
}

static HRESULT start(struct storage_item *item, HSTRING name, CreationCollisionOption option,
                     const struct async_type *type, const struct async_job *work, void **operation)
{
    struct item_job job = { .item = item, .option = option };
    HRESULT hr;

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if ((unsigned)option > CreationCollisionOption_OpenIfExists)
        return E_INVALIDARG;
    hr = item_job_take_name(&job, name);
    return item_job_start(hr, type, work, &job, operation);
}

HRESULT storage_folder_start_create_file(struct storage_item *item, HSTRING name,
                                         CreationCollisionOption option,
                                         IAsyncOperation_StorageFile **operation)
{
    static const struct async_job work = { run_create_file, item_job_destroy };

    return start(item, name, option, item_async_file, &work, (void **)operation);
}

HRESULT storage_folder_start_create_folder(struct storage_item *item, HSTRING name,
                                           CreationCollisionOption option,
                                           IAsyncOperation_StorageFolder **operation)
{
    static const struct async_job work = { run_create_folder, item_job_destroy };

    return start(item, name, option, item_async_folder, &work, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_CreateFileAsync(IStorageFolder *iface, HSTRING name,
                                                         CreationCollisionOption option,
                                                         IAsyncOperation_StorageFile **operation)
{
    return storage_folder_start_create_file(&impl_from_IStorageFolder(iface)->item, name, option,
                                            operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_CreateFileAsyncOverloadDefaultOptions(
    IStorageFolder *iface, HSTRING name, IAsyncOperation_StorageFile **operation)
{
    return storage_folder_CreateFileAsync(iface, name, CreationCollisionOption_FailIfExists,
                                          operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_CreateFolderAsync(
    IStorageFolder *iface, HSTRING name, CreationCollisionOption option,
    IAsyncOperation_StorageFolder **operation)
{
    return storage_folder_start_create_folder(&impl_from_IStorageFolder(iface)->item, name, option,
                                              operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_CreateFolderAsyncOverloadDefaultOptions(
    IStorageFolder *iface, HSTRING name, IAsyncOperation_StorageFolder **operation)
{
    return storage_folder_CreateFolderAsync(iface, name, CreationCollisionOption_FailIfExists,
                                            operation);
}
