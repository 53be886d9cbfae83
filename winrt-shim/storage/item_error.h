/* SPDX-License-Identifier: MIT */
/* Errors of the file system as clients of Windows.Storage read them. */
#ifndef WINRT_STORAGE_ITEM_ERROR_H
#define WINRT_STORAGE_ITEM_ERROR_H

#include <windows.h>

#include "src/port/status.h"

/* S_OK for PORT_OK. Else its HRESULT, and the thread's error info says that `action` ("create",
   "copy" ...) failed for `path`, and why. */
HRESULT item_error(enum port_status status, const char *action, const char *path);

#endif
