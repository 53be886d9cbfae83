/* SPDX-License-Identifier: MIT */
/* Dressing an easy handle for the current hop: policy, TLS, credentials, headers, body, callbacks.
 */
#ifndef WINRT_ENGINE_HTTP_REQUEST_H
#define WINRT_ENGINE_HTTP_REQUEST_H

#include <stdbool.h>

struct exchange;

/* The handle is freshly reset. False with exchange->failure filled in. */
bool http_request_prepare(struct exchange *exchange);

#endif
