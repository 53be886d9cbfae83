/* SPDX-License-Identifier: MIT */
/* Activation, and waiting for what is asynchronous only in name. */
#ifndef COMMON_RUNTIME_H
#define COMMON_RUNTIME_H

#include "names.h"

/* The activation factory of a class, by one of its interfaces: statics and constructors with
   arguments are its methods. `class_name` is a constant of the headers, like
   RuntimeClass_Windows_Foundation_Uri. */
HRESULT get_factory(const WCHAR *class_name, REFIID iid, void **factory);

/* Uri(text). */
HRESULT create_uri(const char *text, IUriRuntimeClass **uri);

/* StorageFolder.GetFolderFromPathAsync(path), waited for. */
HRESULT get_folder(const char *path, IStorageFolder **folder);

/* folder.CreateFileAsync(name, option), waited for. */
HRESULT create_file(IStorageFolder *folder, const char *name,
                    enum __x_ABI_CWindows_CStorage_CCreationCollisionOption option,
                    IStorageFile **file);

/* file.DeleteAsync(), waited for. */
HRESULT delete_file(IStorageFile *file);

/* file.Path as new UTF-8 text that the caller frees; NULL if that is not possible. */
char *file_path(IStorageFile *file);

#endif
