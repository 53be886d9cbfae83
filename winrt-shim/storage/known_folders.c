/* SPDX-License-Identifier: MIT */
/* KnownFolders (Windows.Storage): statics alone. */
#include "classes.h"

#include <windows.storage.h>

#include "item_async.h"
#include "known_folder_paths.h"
#include "storage_folder.h"

#include "src/port/memory.h"
#include "winrt-shim/base/factory.h"

struct known_folders {
    IActivationFactory IActivationFactory_iface;
    IKnownFoldersStatics IKnownFoldersStatics_iface;
    IKnownFoldersStatics2 IKnownFoldersStatics2_iface;
    IKnownFoldersStatics3 IKnownFoldersStatics3_iface;
    struct object object;
};

DEFINE_INSPECTABLE(known_folders, IActivationFactory)
DEFINE_INSPECTABLE(known_folders, IKnownFoldersStatics)
DEFINE_INSPECTABLE(known_folders, IKnownFoldersStatics2)
DEFINE_INSPECTABLE(known_folders, IKnownFoldersStatics3)

static const struct IActivationFactoryVtbl activation_factory_vtbl = {
    INSPECTABLE_SLOTS(known_folders, IActivationFactory),
    factory_ActivateInstance_not_supported,
};

static HRESULT get_folder(KnownFolderId id, IStorageFolder **value)
{
    char *path;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    hr = known_folder_path(id, &path);
    if (SUCCEEDED(hr))
        hr = storage_folder_create(path, value);
    memory_free(path);
    return hr;
}

#define DEFINE_GET(iface_name, id)                                                  \
    static HRESULT STDMETHODCALLTYPE known_folders_get_##id(iface_name *iface,      \
                                                            IStorageFolder **value) \
    {                                                                               \
        (void)iface;                                                                \
        return get_folder(KnownFolderId_##id, value);                               \
    }

DEFINE_GET(IKnownFoldersStatics, MusicLibrary)
DEFINE_GET(IKnownFoldersStatics, PicturesLibrary)
DEFINE_GET(IKnownFoldersStatics, VideosLibrary)
DEFINE_GET(IKnownFoldersStatics, DocumentsLibrary)
DEFINE_GET(IKnownFoldersStatics, HomeGroup)
DEFINE_GET(IKnownFoldersStatics, RemovableDevices)
DEFINE_GET(IKnownFoldersStatics, MediaServerDevices)
DEFINE_GET(IKnownFoldersStatics2, Objects3D)
DEFINE_GET(IKnownFoldersStatics2, AppCaptures)
DEFINE_GET(IKnownFoldersStatics2, RecordedCalls)

static const struct IKnownFoldersStaticsVtbl statics_vtbl = {
    INSPECTABLE_SLOTS(known_folders, IKnownFoldersStatics),
    known_folders_get_MusicLibrary,
    known_folders_get_PicturesLibrary,
    known_folders_get_VideosLibrary,
    known_folders_get_DocumentsLibrary,
    known_folders_get_HomeGroup,
    known_folders_get_RemovableDevices,
    known_folders_get_MediaServerDevices,
};

static const struct IKnownFoldersStatics2Vtbl statics2_vtbl = {
    INSPECTABLE_SLOTS(known_folders, IKnownFoldersStatics2),
    known_folders_get_Objects3D,
    known_folders_get_AppCaptures,
    known_folders_get_RecordedCalls,
};

static HRESULT run_get_folder(void *context, struct async *async, union value *result)
{
    struct item_job *job = context;

    (void)async;
    return get_folder(job->option, (IStorageFolder **)&result->unknown);
}

/* NULL is the user that the program runs as; there are no objects for others. */
static HRESULT STDMETHODCALLTYPE known_folders_GetFolderForUserAsync(
    IKnownFoldersStatics3 *iface, __x_ABI_CWindows_CSystem_CIUser *user, KnownFolderId id,
    IAsyncOperation_StorageFolder **operation)
{
    static const struct async_job work = { run_get_folder, item_job_destroy };
    struct item_job job = { .option = id };

    (void)iface;
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if (user || (unsigned)id > KnownFolderId_DownloadsFolder)
        return E_INVALIDARG;
    return item_job_start(S_OK, item_async_folder, &work, &job, (void **)operation);
}

static const struct IKnownFoldersStatics3Vtbl statics3_vtbl = {
    INSPECTABLE_SLOTS(known_folders, IKnownFoldersStatics3),
    known_folders_GetFolderForUserAsync,
};

static const struct object_interface known_folders_interfaces[] = {
    OBJECT_INTERFACE(known_folders, IActivationFactory),
    OBJECT_INTERFACE(known_folders, IKnownFoldersStatics),
    OBJECT_INTERFACE(known_folders, IKnownFoldersStatics2),
    OBJECT_INTERFACE(known_folders, IKnownFoldersStatics3),
};

static const struct object_class known_folders_class =
    OBJECT_CLASS(known_folders, RuntimeClass_Windows_Storage_KnownFolders, NULL);

HRESULT known_folders_factory_create(IActivationFactory **out)
{
    struct known_folders *folders;

    *out = NULL;
    folders = object_alloc(&known_folders_class);
    if (!folders)
        return E_OUTOFMEMORY;
    folders->IActivationFactory_iface.lpVtbl = &activation_factory_vtbl;
    folders->IKnownFoldersStatics_iface.lpVtbl = &statics_vtbl;
    folders->IKnownFoldersStatics2_iface.lpVtbl = &statics2_vtbl;
    folders->IKnownFoldersStatics3_iface.lpVtbl = &statics3_vtbl;
    *out = &folders->IActivationFactory_iface;
    return S_OK;
}
