/* SPDX-License-Identifier: MIT */
/* Paths of ms-appdata: Uris. */
#ifndef WINRT_STORAGE_APP_DATA_URI_H
#define WINRT_STORAGE_APP_DATA_URI_H

#include <windows.h>
#include <windows.foundation.h>

/*
 * What ms-appdata:///local/…, /localcache/…, /roaming/… or /temp/… means: an absolute path in a new
 * string that the caller frees. Any object that has the interface of Uri will do. E_POINTER for
 * NULL; E_INVALIDARG for other schemes, for a host, and for a path that would leave the folder.
 */
HRESULT app_data_uri_path(IUriRuntimeClass *uri, char **path);

#endif
