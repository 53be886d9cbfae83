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

#include "src/port/status.h"

/*
 * The Uri as it goes on the wire (AbsoluteCanonicalUri where the object has it). E_INVALIDARG with
 * a text for a scheme other than http, https and ftp, and for a Uri without a host,
 * which Windows.Foundation.Uri allows.
 */
HRESULT argument_uri(IUriRuntimeClass *uri, char **ret);

/* IStorageItem.Path. E_INVALIDARG with a text if it is empty: the item is not in the file system.
 */
HRESULT argument_file_path(IStorageFile *file, char **ret);

/* NULL gives NULL twice. */
HRESULT argument_credential(IPasswordCredential *credential, char **ret_user, char **ret_password);

/* E_POINTER for NULL. */
HRESULT argument_transfer_group_name(IBackgroundTransferGroup *group, char **ret);

/* The engine's group, with a reference. Of an object that is not this component's the group of that
 * name, which gets the behavior that the object tells. E_POINTER for NULL, E_INVALIDARG for one
 * without a name or with a behavior that is none. */
struct transfer_group;
HRESULT argument_transfer_group(IBackgroundTransferGroup *group, struct transfer_group **ret);

/* What header_list_set has answered about a request header, with a text that never holds the value,
   which may be a secret. */
HRESULT argument_header_error(enum port_status status, const char *name);

#endif
