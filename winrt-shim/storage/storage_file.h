/* SPDX-License-Identifier: MIT */
/* StorageFile (Windows.Storage). */
#ifndef WINRT_STORAGE_STORAGE_FILE_H
#define WINRT_STORAGE_STORAGE_FILE_H

#include <windows.h>
#include <windows.storage.h>

#include "storage_item.h"

struct storage_file {
    IStorageFile IStorageFile_iface;
    IStorageFile2 IStorageFile2_iface;
    IInputStreamReference IInputStreamReference_iface;
    IRandomAccessStreamReference IRandomAccessStreamReference_iface;
    STORAGE_ITEM_UNION;
};

/* For an absolute path (item_paths.h); nothing is looked up. E_OUTOFMEMORY. */
HRESULT storage_file_create(const char *path, IStorageFile **out);

/* storage_file_open.c and storage_file_transfer.c: slots of IStorageFile */
HRESULT STDMETHODCALLTYPE storage_file_OpenAsync(IStorageFile *iface, FileAccessMode mode,
                                                 IAsyncOperation_IRandomAccessStream **operation);
HRESULT STDMETHODCALLTYPE storage_file_OpenTransactedWriteAsync(
    IStorageFile *iface, IAsyncOperation_StorageStreamTransaction **operation);
HRESULT STDMETHODCALLTYPE storage_file_CopyOverloadDefaultNameAndOptions(
    IStorageFile *iface, IStorageFolder *folder, IAsyncOperation_StorageFile **operation);
HRESULT STDMETHODCALLTYPE
storage_file_CopyOverloadDefaultOptions(IStorageFile *iface, IStorageFolder *folder, HSTRING name,
                                        IAsyncOperation_StorageFile **operation);
HRESULT STDMETHODCALLTYPE storage_file_CopyOverload(IStorageFile *iface, IStorageFolder *folder,
                                                    HSTRING name, NameCollisionOption option,
                                                    IAsyncOperation_StorageFile **operation);
HRESULT STDMETHODCALLTYPE storage_file_CopyAndReplaceAsync(IStorageFile *iface, IStorageFile *file,
                                                           IAsyncAction **operation);
HRESULT STDMETHODCALLTYPE storage_file_MoveOverloadDefaultNameAndOptions(IStorageFile *iface,
                                                                         IStorageFolder *folder,
                                                                         IAsyncAction **operation);
HRESULT STDMETHODCALLTYPE storage_file_MoveOverloadDefaultOptions(IStorageFile *iface,
                                                                  IStorageFolder *folder,
                                                                  HSTRING name,
                                                                  IAsyncAction **operation);
HRESULT STDMETHODCALLTYPE storage_file_MoveOverload(IStorageFile *iface, IStorageFolder *folder,
                                                    HSTRING name, NameCollisionOption option,
                                                    IAsyncAction **operation);
HRESULT STDMETHODCALLTYPE storage_file_MoveAndReplaceAsync(IStorageFile *iface, IStorageFile *file,
                                                           IAsyncAction **operation);

/* storage_file_open.c */
extern const struct IStorageFile2Vtbl storage_file2_vtbl;
extern const struct IInputStreamReferenceVtbl storage_file_input_stream_reference_vtbl;
extern const struct IRandomAccessStreamReferenceVtbl storage_file_stream_reference_vtbl;

#endif
