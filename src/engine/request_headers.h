/* SPDX-License-Identifier: MIT */
/* The caller's headers in libcurl's spelling, as far as they may go to the current hop. */
#ifndef WINRT_ENGINE_REQUEST_HEADERS_H
#define WINRT_ENGINE_REQUEST_HEADERS_H

#include <curl/curl.h>

#include "header_list.h"
#include "redirect.h"

/* `headers` may be NULL. The caller frees *ret with network()->list_free. PORT_NO_MEMORY */
enum port_status request_headers_make(const struct header_list *headers, const struct hop *hop,
                                      struct curl_slist **ret);

/* One of the engine's own. PORT_NO_MEMORY */
enum port_status request_headers_add(struct curl_slist **list, const char *name, const char *value);

/* libcurl then sends no header of its own of that name. PORT_NO_MEMORY */
enum port_status request_headers_omit(struct curl_slist **list, const char *name);

#endif
