/* SPDX-License-Identifier: MIT */
/*
 * Downloads from ftp servers: passive, binary, one file. libcurl speaks the protocol; what it hears
 * makes an answer like HTTP's, so that one set of rules (resume.h) says what may go on. Engine's
 * thread, except ftp_request_is_possible. docs/ftp.md
 */
#ifndef WINRT_ENGINE_FTP_REQUEST_H
#define WINRT_ENGINE_FTP_REQUEST_H

#include <curl/curl.h>

#include "origin.h"

struct exchange;

/*
 * Whether a download of that URL, which is ftp's, can be: a file is named (and no listing or text
 * mode asked for), the method is GET or RETR, and there is no body to send.
 */
bool ftp_request_is_possible(const struct url *url, const char *method, bool with_body);

/* As http_request_prepare. */
bool ftp_request_prepare(struct exchange *exchange);

/*
 * The body begins, or has ended without a byte: an answer is made of what the server has told, and
 * taken (transfer_take_response). False as transfer_take_head.
 */
bool ftp_take_head(struct exchange *exchange);

/*
 * The file's bytes, after their head, from inside libcurl's callback. False: the exchange ends,
 * because all is there or because something failed.
 */
bool ftp_take_body(struct exchange *exchange, const char *data, size_t size);

/* What libcurl's result means; sets exchange->again or exchange->failure where it knows better. */
CURLcode ftp_take_end(struct exchange *exchange, CURLcode code);

#endif
