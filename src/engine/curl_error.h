/* SPDX-License-Identifier: MIT */
/* What a CURLcode means in the engine's terms: one table, and one of OpenSSL's verification
 * results. */
#ifndef WINRT_ENGINE_CURL_ERROR_H
#define WINRT_ENGINE_CURL_ERROR_H

#include <stdbool.h>

#include <curl/curl.h>

#include "transfer_error.h"

/* What is known about an exchange that failed. */
struct curl_failure {
    CURLcode code;
    long system_error;  /* CURLINFO_OS_ERRNO */
    long verify_result; /* CURLINFO_SSL_VERIFYRESULT, of the server or else of the proxy */
    long tunnel_status; /* CURLINFO_HTTP_CONNECTCODE: what a proxy answered to CONNECT, 0 if it was
                           not asked */
    bool sent;          /* there was a connection, and the request went out on it */
    bool head_missing;  /* no final response head came */
    const char *host;   /* for the message */
    const char *detail; /* libcurl's own words; "" if none */
};

/* Fills in the code, what belongs to it, and a message without secrets. */
void curl_error_describe(const struct curl_failure *failure, struct transfer_error *ret);

/* The same for a failure of our own. `subject`: a host or path. */
void transfer_error_describe(enum transfer_error_code code, const char *subject,
                             struct transfer_error *ret);
void transfer_error_describe_file(enum port_status status, const char *path,
                                  struct transfer_error *ret);
void transfer_error_describe_status(int http_status, const char *host, struct transfer_error *ret);

#endif
