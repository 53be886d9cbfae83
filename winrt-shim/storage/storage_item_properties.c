/* SPDX-License-Identifier: MIT */
/* IStorageItemProperties (Windows.Storage) of files and folders: what a list of them would show. */
#include "storage_item_methods.h"

#include <string.h>

#include "file_names.h"
#include "item_async.h"
#include "item_paths.h"
#include "storage_item.h"

#include "src/port/memory.h"
#include "winrt-shim/base/hstring_text.h"

DEFINE_INSPECTABLE(storage_item, IStorageItemProperties)

static HRESULT run_thumbnail(void *context, struct async *async, union value *result)
{
    (void)context;
    (void)async;
    result->unknown = NULL;
    return S_OK;
}

/* Nothing here makes pictures of files: completes with NULL, which is documented for items that
   have no thumbnail. */
static HRESULT STDMETHODCALLTYPE storage_item_GetThumbnailAsync(
    IStorageItemProperties *iface, ThumbnailMode mode, UINT32 size, ThumbnailOptions options,
    IAsyncOperation_StorageItemThumbnail **operation)
{
    static const struct async_job work = { run_thumbnail, item_job_destroy };
    struct item_job job = { .item = impl_from_IStorageItemProperties(iface) };

    (void)size;
    (void)options;
    if (!operation)
        return E_POINTER;
    *operation = NULL;
    if ((unsigned)mode > ThumbnailMode_SingleItem)
        return E_INVALIDARG;
    return item_job_start(S_OK, item_async_thumbnail, &work, &job, (void **)operation);
}

static HRESULT STDMETHODCALLTYPE storage_item_GetThumbnailAsyncOverloadDefaultSizeDefaultOptions(
    IStorageItemProperties *iface, ThumbnailMode mode,
    IAsyncOperation_StorageItemThumbnail **operation)
{
    return storage_item_GetThumbnailAsync(iface, mode, 0, ThumbnailOptions_None, operation);
}

static HRESULT STDMETHODCALLTYPE storage_item_GetThumbnailAsyncOverloadDefaultOptions(
    IStorageItemProperties *iface, ThumbnailMode mode, UINT32 size,
    IAsyncOperation_StorageItemThumbnail **operation)
{
    return storage_item_GetThumbnailAsync(iface, mode, size, ThumbnailOptions_None, operation);
}

/* Each takes an item's name and makes a new text of it; NULL without memory. */
static char *display_name(const char *name, enum file_kind kind)
{
    if (kind == FILE_KIND_FOLDER)
        return memory_strdup(name);
    return memory_strndup(name, (size_t)(file_name_extension(name) - name));
}

/* "TXT File", as the shell of Windows calls a type it knows nothing about. */
static char *display_type(const char *name, enum file_kind kind)
{
    const char *extension = file_name_extension(name);
    char *type, *letter;

    if (kind == FILE_KIND_FOLDER)
        return memory_strdup("File folder");
    if (!*extension)
        return memory_strdup("File");
    type = memory_format("%s File", extension + 1);
    for (letter = type; type && *letter && *letter != ' '; letter++) {
        if (*letter >= 'a' && *letter <= 'z')
            *letter = (char)(*letter - 'a' + 'A');
    }
    return type;
}

/* Distinguishes the item from the others of its folder, which its name does here. */
static char *relative_id(const char *name, enum file_kind kind)
{
    (void)kind;
    return memory_strdup(name);
}

static HRESULT get_text(IStorageItemProperties *iface, HSTRING *value,
                        char *(*make)(const char *name, enum file_kind kind))
{
    struct storage_item *item = impl_from_IStorageItemProperties(iface);
    char *path, *text;
    HRESULT hr = E_OUTOFMEMORY;

    if (!value)
        return E_POINTER;
    *value = NULL;
    path = storage_item_path(item);
    if (!path)
        return E_OUTOFMEMORY;
    text = make(item_path_name(path), item->kind);
    if (text)
        hr = item_path_to_hstring(text, value);
    memory_free(text);
    memory_free(path);
    return hr;
}

static HRESULT STDMETHODCALLTYPE storage_item_get_DisplayName(IStorageItemProperties *iface,
                                                              HSTRING *value)
{
    return get_text(iface, value, display_name);
}

static HRESULT STDMETHODCALLTYPE storage_item_get_DisplayType(IStorageItemProperties *iface,
                                                              HSTRING *value)
{
    return get_text(iface, value, display_type);
}

static HRESULT STDMETHODCALLTYPE storage_item_get_FolderRelativeId(IStorageItemProperties *iface,
                                                                   HSTRING *value)
{
    return get_text(iface, value, relative_id);
}

/* Titles, artists, camera settings: nothing here reads them. tests/abi/not-implemented.tsv */
static HRESULT STDMETHODCALLTYPE storage_item_get_Properties(
    IStorageItemProperties *iface,
    __x_ABI_CWindows_CStorage_CFileProperties_CIStorageItemContentProperties **value)
{
    (void)iface;
    if (!value)
        return E_POINTER;
    *value = NULL;
    return E_NOTIMPL;
}

const struct IStorageItemPropertiesVtbl storage_item_properties_vtbl = {
    INSPECTABLE_SLOTS(storage_item, IStorageItemProperties),
    storage_item_GetThumbnailAsyncOverloadDefaultSizeDefaultOptions,
    storage_item_GetThumbnailAsyncOverloadDefaultOptions,
    storage_item_GetThumbnailAsync,
    storage_item_get_DisplayName,
    storage_item_get_DisplayType,
    storage_item_get_FolderRelativeId,
    storage_item_get_Properties,
};
