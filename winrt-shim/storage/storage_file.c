/* SPDX-License-Identifier: MIT */
#include "storage_file.h"

#include "content_types.h"
#include "file_names.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "winrt-shim/base/hstring_text.h"

DEFINE_INSPECTABLE(storage_file, IStorageFile)

/* The extension with its dot; "" if there is none. */
static HRESULT STDMETHODCALLTYPE storage_file_get_FileType(IStorageFile *iface, HSTRING *value)
{
    char *path;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    path = storage_item_path(&impl_from_IStorageFile(iface)->item);
    if (!path)
        return E_OUTOFMEMORY;
    hr = item_path_to_hstring(file_name_extension(item_path_name(path)), value);
    memory_free(path);
    return hr;
}

static HRESULT STDMETHODCALLTYPE storage_file_get_ContentType(IStorageFile *iface, HSTRING *value)
{
    char *path;
    HRESULT hr;

    if (!value)
        return E_POINTER;
    *value = NULL;
    path = storage_item_path(&impl_from_IStorageFile(iface)->item);
    if (!path)
        return E_OUTOFMEMORY;
    hr = hstring_from_utf16(content_type_of_extension(file_name_extension(item_path_name(path))),
                            value);
    memory_free(path);
    return hr;
}

static const struct IStorageFileVtbl storage_file_vtbl = {
    INSPECTABLE_SLOTS(storage_file, IStorageFile),
    storage_file_get_FileType,
    storage_file_get_ContentType,
    storage_file_OpenAsync,
    storage_file_OpenTransactedWriteAsync,
    storage_file_CopyOverloadDefaultNameAndOptions,
    storage_file_CopyOverloadDefaultOptions,
    storage_file_CopyOverload,
    storage_file_CopyAndReplaceAsync,
    storage_file_MoveOverloadDefaultNameAndOptions,
    storage_file_MoveOverloadDefaultOptions,
    storage_file_MoveOverload,
    storage_file_MoveAndReplaceAsync,
};

static void storage_file_destroy(void *instance)
{
    struct storage_file *file = instance;

    storage_item_destroy(&file->item);
}

static const struct object_interface storage_file_interfaces[] = {
    OBJECT_INTERFACE(storage_file, IStorageFile),
    OBJECT_INTERFACE(storage_file, IInputStreamReference),
    OBJECT_INTERFACE(storage_file, IRandomAccessStreamReference),
    OBJECT_INTERFACE(storage_file, IStorageItem),
    OBJECT_INTERFACE(storage_file, IStorageItemProperties),
    OBJECT_INTERFACE(storage_file, IStorageItem2),
    OBJECT_INTERFACE(storage_file, IStorageFile2),
};

static const struct object_class storage_file_class =
    OBJECT_CLASS(storage_file, RuntimeClass_Windows_Storage_StorageFile, storage_file_destroy);

HRESULT storage_file_create(const char *path, IStorageFile **out)
{
    struct storage_file *file;
    HRESULT hr;

    *out = NULL;
    file = object_alloc(&storage_file_class);
    if (!file)
        return E_OUTOFMEMORY;
    file->IStorageFile_iface.lpVtbl = &storage_file_vtbl;
    file->IStorageFile2_iface.lpVtbl = &storage_file2_vtbl;
    file->IInputStreamReference_iface.lpVtbl = &storage_file_input_stream_reference_vtbl;
    file->IRandomAccessStreamReference_iface.lpVtbl = &storage_file_stream_reference_vtbl;
    hr = storage_item_init(&file->item, FILE_KIND_FILE, path);
    if (FAILED(hr))
        object_release(&file->object);
    else
        *out = &file->IStorageFile_iface;
    return hr;
}
