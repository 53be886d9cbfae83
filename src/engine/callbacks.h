/* SPDX-License-Identifier: MIT */
/* What libcurl calls during multi_perform; `context` is the exchange. Nothing in here ends a
   transfer: that happens when libcurl has reported the end of the exchange, outside of its calls.
 */
#ifndef WINRT_ENGINE_CALLBACKS_H
#define WINRT_ENGINE_CALLBACKS_H

#include <stddef.h>

#include <curl/curl.h>

size_t callback_header(char *line, size_t size, size_t count, void *context);
size_t callback_write(char *data, size_t size, size_t count, void *context);
size_t callback_read(char *buffer, size_t size, size_t count, void *context);
int callback_seek(void *context, curl_off_t offset, int origin);

/* A socket was made. */
int callback_socket(void *context, curl_socket_t socket, curlsocktype purpose);

/* There is a connection, and the request goes out now. */
int callback_request(void *context, char *address, char *local, int port, int local_port);

#endif
