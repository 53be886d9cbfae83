/* SPDX-License-Identifier: MIT */
/*
 * What clients pass in, read through its interfaces alone: a Uri may be the system's, this
 * project's or the client's own object. All answers are UTF-8 that the caller frees with
 * memory_free. No lock may be held: these call foreign code.
 */
#ifndef WINRT_ARGUMENTS_H
#define WINRT_ARGUMENTS_H

#include <windows.h>
#include <windows.networking.backgroundtransfer.h>

/*
 * The Uri as it goes on the wire (AbsoluteCanonicalUri where the object has it). E_INVALIDARG with
 * a text for a scheme other than http and https, and for a Uri without a host, which
 * Windows.Foundation.Uri allows.
 */
HRESULT argument_uri(IUriRuntimeClass *uri, char **ret);

/* IStorageItem.Path. E_INVALIDARG with a text if it is empty: the item is not in the file system.
 */
HRESULT argument_file_path(IStorageFile *file, char **ret);

/* NULL gives NULL twice. */
HRESULT argument_credential(IPasswordCredential *credential, char **ret_user, char **ret_password);

#endif
