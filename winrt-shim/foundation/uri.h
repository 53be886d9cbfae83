/* SPDX-License-Identifier: MIT */
#ifndef WINRT_FOUNDATION_URI_H
#define WINRT_FOUNDATION_URI_H

#include "uri_parts.h"

#include <windows.foundation.h>

/* A Windows.Foundation.Uri; `parts` is owned, also on failure. */
HRESULT uri_create(struct uri_parts *parts, IUriRuntimeClass **out);

/* As the constructor. E_POINTER for an empty string, E_INVALIDARG, E_OUTOFMEMORY. */
HRESULT uri_parse_hstring(HSTRING text, struct uri_parts **ret);

#endif
