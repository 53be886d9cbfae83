/* SPDX-License-Identifier: MIT */
/* ResponseInformation.Headers: the fields of a response head as an IMapView<String, String>. */
#ifndef WINRT_RESPONSE_HEADERS_H
#define WINRT_RESPONSE_HEADERS_H

#include <windows.h>
#include <windows.foundation.h>

struct header_list;

/*
 * An immutable copy. Names are enumerated as the server wrote them. Documented is a lookup by the
 * exact name; since HTTP/2 sends all names in lower case, one that is not there as such is found
 * without regard to case too.
 */
HRESULT response_headers_create(const struct header_list *headers, IMapView_HSTRING_HSTRING **out);

#endif
