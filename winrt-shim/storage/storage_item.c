/* SPDX-License-Identifier: MIT */
#include "storage_item.h"

#include <winstring.h>

#include "item_paths.h"
#include "storage_file.h"
#include "storage_folder.h"
#include "storage_item_methods.h"

#include "src/port/memory.h"

HRESULT storage_item_init(struct storage_item *item, enum file_kind kind, const char *path)
{
    item->IStorageItem_iface.lpVtbl = &storage_item_vtbl;
    item->IStorageItem2_iface.lpVtbl = &storage_item2_vtbl;
    item->IStorageItemProperties_iface.lpVtbl = &storage_item_properties_vtbl;
    item->kind = kind;
    mutex_init(&item->operation);
    mutex_init(&item->mutex);
    item->path = memory_strdup(path);
    return item->path ? S_OK : E_OUTOFMEMORY;
}

void storage_item_destroy(struct storage_item *item)
{
    memory_free(item->path);
    mutex_destroy(&item->mutex);
    mutex_destroy(&item->operation);
}

char *storage_item_path(struct storage_item *item)
{
    char *path;

    mutex_lock(&item->mutex);
    path = memory_strdup(item->path);
    mutex_unlock(&item->mutex);
    return path;
}

HRESULT storage_item_create(enum file_kind kind, const char *path, IUnknown **out)
{
    if (kind == FILE_KIND_FOLDER)
        return storage_folder_create(path, (IStorageFolder **)out);
    return storage_file_create(path, (IStorageFile **)out);
}

HRESULT storage_item_move(struct storage_item *item, storage_item_change change, void *context)
{
    char *from, *path = NULL, *old = NULL;
    HRESULT hr = E_OUTOFMEMORY;

    mutex_lock(&item->operation);
    from = storage_item_path(item);
    if (from)
        hr = change(context, from, &path);
    if (SUCCEEDED(hr)) {
        mutex_lock(&item->mutex);
        old = item->path;
        item->path = path;
        mutex_unlock(&item->mutex);
    }
    mutex_unlock(&item->operation);
    memory_free(old);
    memory_free(from);
    return hr;
}

HRESULT storage_item_path_of(IUnknown *unknown, char **path)
{
    IStorageItem *item;
    HSTRING text = NULL;
    HRESULT hr;

    *path = NULL;
    if (!unknown)
        return E_POINTER;
    hr = IUnknown_QueryInterface(unknown, &IID_IStorageItem, (void **)&item);
    if (FAILED(hr))
        return hr;
    if (item->lpVtbl == &storage_item_vtbl) {
        /* Ours: its path is as on disk, which the text for clients need not be. */
        *path = storage_item_path(CONTAINING_RECORD(item, struct storage_item, IStorageItem_iface));
        hr = *path ? S_OK : E_OUTOFMEMORY;
    } else {
        hr = IStorageItem_get_Path(item, &text);
        if (SUCCEEDED(hr))
            hr = item_path_from_hstring(text, path);
        WindowsDeleteString(text);
    }
    IStorageItem_Release(item);
    return hr;
}
