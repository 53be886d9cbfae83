/* SPDX-License-Identifier: MIT */
/* StorageFolder (Windows.Storage). */
#ifndef WINRT_STORAGE_STORAGE_FOLDER_H
#define WINRT_STORAGE_STORAGE_FOLDER_H

#include <windows.h>
#include <windows.storage.h>

#include "storage_item.h"

struct storage_folder {
    IStorageFolder IStorageFolder_iface;
    IStorageFolder2 IStorageFolder2_iface;
    STORAGE_ITEM_UNION;
};

/* For an absolute path (item_paths.h); nothing is looked up. E_OUTOFMEMORY. */
HRESULT storage_folder_create(const char *path, IStorageFolder **out);

/*
 * CreateFileAsync and CreateFolderAsync in the folder `item`, or for NULL in the user's downloads
 * folder (DownloadsFolder, Windows.Storage).
 */
HRESULT storage_folder_start_create_file(struct storage_item *item, HSTRING name,
                                         CreationCollisionOption option,
                                         IAsyncOperation_StorageFile **operation);
HRESULT storage_folder_start_create_folder(struct storage_item *item, HSTRING name,
                                           CreationCollisionOption option,
                                           IAsyncOperation_StorageFolder **operation);

/* storage_folder_create.c, storage_folder_find.c, storage_folder_list.c: slots of IStorageFolder */
HRESULT STDMETHODCALLTYPE storage_folder_CreateFileAsyncOverloadDefaultOptions(
    IStorageFolder *iface, HSTRING name, IAsyncOperation_StorageFile **operation);
HRESULT STDMETHODCALLTYPE storage_folder_CreateFileAsync(IStorageFolder *iface, HSTRING name,
                                                         CreationCollisionOption option,
                                                         IAsyncOperation_StorageFile **operation);
HRESULT STDMETHODCALLTYPE storage_folder_CreateFolderAsyncOverloadDefaultOptions(
    IStorageFolder *iface, HSTRING name, IAsyncOperation_StorageFolder **operation);
HRESULT STDMETHODCALLTYPE storage_folder_CreateFolderAsync(
    IStorageFolder *iface, HSTRING name, CreationCollisionOption option,
    IAsyncOperation_StorageFolder **operation);
HRESULT STDMETHODCALLTYPE storage_folder_GetFileAsync(IStorageFolder *iface, HSTRING name,
                                                      IAsyncOperation_StorageFile **operation);
HRESULT STDMETHODCALLTYPE storage_folder_GetFolderAsync(IStorageFolder *iface, HSTRING name,
                                                        IAsyncOperation_StorageFolder **operation);
HRESULT STDMETHODCALLTYPE storage_folder_GetItemAsync(IStorageFolder *iface, HSTRING name,
                                                      IAsyncOperation_IStorageItem **operation);
HRESULT STDMETHODCALLTYPE storage_folder_GetFilesAsyncOverloadDefaultOptionsStartAndCount(
    IStorageFolder *iface, IAsyncOperation_IVectorView_StorageFile **operation);
HRESULT STDMETHODCALLTYPE storage_folder_GetFoldersAsyncOverloadDefaultOptionsStartAndCount(
    IStorageFolder *iface, IAsyncOperation_IVectorView_StorageFolder **operation);
HRESULT STDMETHODCALLTYPE storage_folder_GetItemsAsyncOverloadDefaultStartAndCount(
    IStorageFolder *iface, IAsyncOperation_IVectorView_IStorageItem **operation);

/* storage_folder_find.c */
extern const struct IStorageFolder2Vtbl storage_folder2_vtbl;

#endif
