/* SPDX-License-Identifier: MIT */
/*
 * The head of a final response. What other layers see of it is in transfer.h (response_get_status
 * and the like, which stand in response.c); this is how the engine makes one.
 */
#ifndef WINRT_ENGINE_RESPONSE_H
#define WINRT_ENGINE_RESPONSE_H

#include <stdint.h>

#include "transfer.h"

/*
 * One reference. Takes `headers` over, also on failure. `url` without user info, copied; `method`
 * is what the request's was. PORT_NO_MEMORY
 */
enum port_status response_create(int status, const char *url, const char *method,
                                 struct header_list *headers, struct response **ret);

/* 2xx */
bool response_is_success(const struct response *response);

/*
 * How many bytes of body the head announces, 0 if it does not (or there can be none: HEAD, 204,
 * 205, 304). In transfer encodings the field is to be ignored (RFC 9112, 6.3).
 */
uint64_t response_body_size(const struct response *response);

#endif
