/* SPDX-License-Identifier: MIT */
#include "storage_folder.h"

DEFINE_INSPECTABLE(storage_folder, IStorageFolder)

static const struct IStorageFolderVtbl storage_folder_vtbl = {
    INSPECTABLE_SLOTS(storage_folder, IStorageFolder),
    storage_folder_CreateFileAsyncOverloadDefaultOptions,
    storage_folder_CreateFileAsync,
    storage_folder_CreateFolderAsyncOverloadDefaultOptions,
    storage_folder_CreateFolderAsync,
    storage_folder_GetFileAsync,
    storage_folder_GetFolderAsync,
    storage_folder_GetItemAsync,
    storage_folder_GetFilesAsyncOverloadDefaultOptionsStartAndCount,
    storage_folder_GetFoldersAsyncOverloadDefaultOptionsStartAndCount,
    storage_folder_GetItemsAsyncOverloadDefaultStartAndCount,
};

static void storage_folder_destroy(void *instance)
{
    struct storage_folder *folder = instance;

    storage_item_destroy(&folder->item);
}

static const struct object_interface storage_folder_interfaces[] = {
    OBJECT_INTERFACE(storage_folder, IStorageFolder),
    OBJECT_INTERFACE(storage_folder, IStorageItem),
    OBJECT_INTERFACE(storage_folder, IStorageItemProperties),
    OBJECT_INTERFACE(storage_folder, IStorageItem2),
    OBJECT_INTERFACE(storage_folder, IStorageFolder2),
};

static const struct object_class storage_folder_class =
    OBJECT_CLASS(storage_folder, RuntimeClass_Windows_Storage_StorageFolder,
                 storage_folder_destroy);

HRESULT storage_folder_create(const char *path, IStorageFolder **out)
{
    struct storage_folder *folder;
    HRESULT hr;

    *out = NULL;
    folder = object_alloc(&storage_folder_class);
    if (!folder)
        return E_OUTOFMEMORY;
    folder->IStorageFolder_iface.lpVtbl = &storage_folder_vtbl;
    folder->IStorageFolder2_iface.lpVtbl = &storage_folder2_vtbl;
    hr = storage_item_init(&folder->item, FILE_KIND_FOLDER, path);
    if (FAILED(hr))
        object_release(&folder->object);
    else
        *out = &folder->IStorageFolder_iface;
    return hr;
}
