/* SPDX-License-Identifier: MIT */
/*
 * GetFilesAsync, GetFoldersAsync and GetItemsAsync of StorageFolder: what is directly in it, sorted
 * by the bytes of the names, hidden ones too. What is neither a file nor a folder is left out,
 * links that lead nowhere as well.
 */
#include "storage_folder.h"

#include <windows.foundation.collections.h>

#include "item_async.h"
#include "item_disk.h"
#include "item_find.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/collections.h"

VECTOR_VIEW_TYPE(file_view, VALUE_INTERFACE, u"Windows.Storage.StorageFile",
                 IVectorView_StorageFile, IIterable_StorageFile, IIterator_StorageFile);
VECTOR_VIEW_TYPE(folder_view, VALUE_INTERFACE, u"Windows.Storage.StorageFolder",
                 IVectorView_StorageFolder, IIterable_StorageFolder, IIterator_StorageFolder);
VECTOR_VIEW_TYPE(item_view, VALUE_INTERFACE, u"Windows.Storage.IStorageItem",
                 IVectorView_IStorageItem, IIterable_IStorageItem, IIterator_IStorageItem);

DEFINE_IMPL_FROM(storage_folder, IStorageFolder)

static const struct {
    const struct vector_type *type;
    const GUID *iid; /* of the elements */
} views[] = {
    [ITEM_WANTED_FILE] = { &file_view, &IID_IStorageFile },
    [ITEM_WANTED_FOLDER] = { &folder_view, &IID_IStorageFolder },
    [ITEM_WANTED_ANY] = { &item_view, &IID_IStorageItem },
};

static bool is_wanted(enum file_kind kind, enum item_wanted wanted)
{
    if (kind == FILE_KIND_OTHER)
        return false;
    return wanted == ITEM_WANTED_ANY ||
           (wanted == ITEM_WANTED_FOLDER) == (kind == FILE_KIND_FOLDER);
}

/* The item's interface for lists of that kind. */
static HRESULT create_item(const char *folder, const struct item_entry *entry,
                           enum item_wanted wanted, IUnknown **out)
{
    char *path = item_path_join(folder, entry->name);
    IUnknown *item = NULL;
    HRESULT hr = E_OUTOFMEMORY;

    if (path)
        hr = storage_item_create(entry->kind, path, &item);
    if (SUCCEEDED(hr)) {
        hr = IUnknown_QueryInterface(item, views[wanted].iid, (void **)out);
        IUnknown_Release(item);
    }
    memory_free(path);
    return hr;
}

static HRESULT run_list(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;
    struct item_list list = { 0 };
    union value *items = NULL;
    UINT32 count = 0;
    char *folder;
    HRESULT hr;
    size_t i;

    folder = storage_item_path(job->item);
    if (!folder)
        return E_OUTOFMEMORY;
    hr = item_list_load(folder, &list);
    if (FAILED(hr))
        goto done;
    items = memory_zalloc_array(list.count, sizeof(*items));
    if (!items) {
        hr = E_OUTOFMEMORY;
        goto done;
    }
    for (i = 0; SUCCEEDED(hr) && i < list.count; i++) {
        if (async_is_cancelled(async))
            hr = ERROR_HRESULT_CANCELLED;
        else if (is_wanted(list.entries[i].kind, job->option))
            hr = create_item(folder, &list.entries[i], job->option, &items[count++].unknown);
    }
    if (SUCCEEDED(hr))
        hr = vector_view_create(views[job->option].type, items, count, (void **)&result->unknown);

done:
    for (i = 0; i < count; i++) {
        if (items[i].unknown)
            IUnknown_Release(items[i].unknown);
    }
    memory_free(items);
    item_list_free(&list);
    memory_free(folder);
    return hr;
}

static HRESULT start(IStorageFolder *iface, enum item_wanted wanted, const struct async_type *type,
                     void **operation)
{
    static const struct async_job work = { run_list, item_job_destroy };
    struct item_job job = { .item = &impl_from_IStorageFolder(iface)->item, .option = wanted };

    if (!operation)
        return E_POINTER;
    *operation = NULL;
    return item_job_start(S_OK, type, &work, &job, operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_GetFilesAsyncOverloadDefaultOptionsStartAndCount(
    IStorageFolder *iface, IAsyncOperation_IVectorView_StorageFile **operation)
{
    return start(iface, ITEM_WANTED_FILE, item_async_files, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_GetFoldersAsyncOverloadDefaultOptionsStartAndCount(
    IStorageFolder *iface, IAsyncOperation_IVectorView_StorageFolder **operation)
{
    return start(iface, ITEM_WANTED_FOLDER, item_async_folders, (void **)operation);
}

HRESULT STDMETHODCALLTYPE storage_folder_GetItemsAsyncOverloadDefaultStartAndCount(
    IStorageFolder *iface, IAsyncOperation_IVectorView_IStorageItem **operation)
{
    return start(iface, ITEM_WANTED_ANY, item_async_items, (void **)operation);
}
