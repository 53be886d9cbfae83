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

/* ftp's: its lines are no head; bytes of the file; what both sides say; and a look at the clock
 * while libcurl waits without letting the others run, which is ended soon. */
size_t callback_ftp_line(char *line, size_t size, size_t count, void *context);
size_t callback_ftp_write(char *data, size_t size, size_t count, void *context);
int callback_ftp_talk(CURL *easy, curl_infotype type, char *data, size_t size, void *context);
int callback_ftp_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
                          curl_off_t up_now);

/* There is a connection, and the request goes out now. */
int callback_request(void *context, char *address, char *local, int port, int local_port);

#endif
