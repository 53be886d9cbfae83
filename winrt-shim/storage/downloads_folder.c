/* SPDX-License-Identifier: MIT */
/*
 * DownloadsFolder (Windows.Storage): statics alone. Without an option a name in use gets a number
 * (page DownloadsFolder.CreateFileAsync), other than in StorageFolder. On Windows an app has a
 * folder of its own there, which it needs for its rights; here the user's folder itself is used.
 */
#include "classes.h"

#include <windows.storage.h>

#include "storage_folder.h"

#include "winrt-shim/base/factory.h"

struct downloads_folder {
    IActivationFactory IActivationFactory_iface;
    IDownloadsFolderStatics IDownloadsFolderStatics_iface;
    struct object object;
};

DEFINE_INSPECTABLE(downloads_folder, IActivationFactory)
DEFINE_INSPECTABLE(downloads_folder, IDownloadsFolderStatics)

static const struct IActivationFactoryVtbl activation_factory_vtbl = {
    INSPECTABLE_SLOTS(downloads_folder, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static HRESULT STDMETHODCALLTYPE downloads_folder_CreateFileWithCollisionOptionAsync(
    IDownloadsFolderStatics *iface, HSTRING name, CreationCollisionOption option,
    IAsyncOperation_StorageFile **operation)
{
    (void)iface;
    return storage_folder_start_create_file(NULL, name, option, operation);
}

static HRESULT STDMETHODCALLTYPE downloads_folder_CreateFolderWithCollisionOptionAsync(
    IDownloadsFolderStatics *iface, HSTRING name, CreationCollisionOption option,
    IAsyncOperation_StorageFolder **operation)
{
    (void)iface;
    return storage_folder_start_create_folder(NULL, name, option, operation);
}

static HRESULT STDMETHODCALLTYPE downloads_folder_CreateFileAsync(
    IDownloadsFolderStatics *iface, HSTRING name, IAsyncOperation_StorageFile **operation)
{
    return downloads_folder_CreateFileWithCollisionOptionAsync(
        iface, name, CreationCollisionOption_GenerateUniqueName, operation);
}

static HRESULT STDMETHODCALLTYPE downloads_folder_CreateFolderAsync(
    IDownloadsFolderStatics *iface, HSTRING name, IAsyncOperation_StorageFolder **operation)
{
    return downloads_folder_CreateFolderWithCollisionOptionAsync(
        iface, name, CreationCollisionOption_GenerateUniqueName, operation);
}

static const struct IDownloadsFolderStaticsVtbl statics_vtbl = {
    INSPECTABLE_SLOTS(downloads_folder, IDownloadsFolderStatics),
    downloads_folder_CreateFileAsync,
    downloads_folder_CreateFolderAsync,
    downloads_folder_CreateFileWithCollisionOptionAsync,
    downloads_folder_CreateFolderWithCollisionOptionAsync,
};

static const struct object_interface downloads_folder_interfaces[] = {
    OBJECT_INTERFACE(downloads_folder, IActivationFactory),
    OBJECT_INTERFACE(downloads_folder, IDownloadsFolderStatics),
};

static const struct object_class downloads_folder_class =
    OBJECT_CLASS(downloads_folder, RuntimeClass_Windows_Storage_DownloadsFolder, NULL);

HRESULT downloads_folder_factory_create(IActivationFactory **out)
{
    struct downloads_folder *folder;

    *out = NULL;
    folder = object_alloc(&downloads_folder_class);
    if (!folder)
        return E_OUTOFMEMORY;
    folder->IActivationFactory_iface.lpVtbl = &activation_factory_vtbl;
    folder->IDownloadsFolderStatics_iface.lpVtbl = &statics_vtbl;
    *out = &folder->IActivationFactory_iface;
    return S_OK;
}
