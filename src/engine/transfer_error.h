/* SPDX-License-Identifier: MIT */
/*
 * Why a transfer failed, in the engine's terms. What HRESULT and what WebErrorStatus that is stands
 * in one table at the COM edge (src/winrt/transfer_error_table.c); what CURLcode it comes from, in
 * curl_error.c.
 */
#ifndef WINRT_ENGINE_TRANSFER_ERROR_H
#define WINRT_ENGINE_TRANSFER_ERROR_H

/* Hives hold these numbers: new ones go to the end. */
enum transfer_error_code {
    TRANSFER_ERROR_NONE = 0,
    TRANSFER_ERROR_NAME_NOT_RESOLVED,
    TRANSFER_ERROR_CANNOT_CONNECT,
    TRANSFER_ERROR_PROXY, /* the proxy refused, or cannot be understood */
    TRANSFER_ERROR_TIMEOUT,
    TRANSFER_ERROR_CONNECTION_RESET,
    TRANSFER_ERROR_CONNECTION_ABORTED, /* ended before the whole answer was there */
    TRANSFER_ERROR_INVALID_RESPONSE,   /* not HTTP, or against its rules */
    TRANSFER_ERROR_REDIRECT_FAILED,    /* too many, a loop, no usable Location, a scheme that is not
                                          followed */
    TRANSFER_ERROR_HTTPS_TO_HTTP,      /* a redirect that would give up encryption */
    TRANSFER_ERROR_SCHEME,             /* this engine does not speak it */
    TRANSFER_ERROR_CERTIFICATE_NAME,
    TRANSFER_ERROR_CERTIFICATE_DATE,
    TRANSFER_ERROR_CERTIFICATE_ISSUER, /* self-signed, or no way to a trusted root */
    TRANSFER_ERROR_CERTIFICATE_REVOKED,
    TRANSFER_ERROR_CERTIFICATE_INVALID, /* anything else that verification found */
    TRANSFER_ERROR_TLS,                 /* the handshake failed for another reason */
    TRANSFER_ERROR_HTTP_STATUS,         /* see http_status */
    TRANSFER_ERROR_LOGIN,               /* ftp: the server does not know this user and password */
    TRANSFER_ERROR_NOT_FOUND,           /* ftp: there is no such file, or not for this user */
    TRANSFER_ERROR_INSUFFICIENT_RANGES, /* random access needs ranges, and the server does not do
                                           them right */
    TRANSFER_ERROR_NO_LENGTH,           /* random access needs to know the length */
    TRANSFER_ERROR_FILE,                /* see file_status */
    TRANSFER_ERROR_NOT_REPEATED,        /* a request that must not be sent twice, and perhaps was */
    TRANSFER_ERROR_TOO_MANY_RESTARTS,
    TRANSFER_ERROR_NO_MEMORY,
    TRANSFER_ERROR_SHUTDOWN, /* the process is ending, or is a forked child */
    TRANSFER_ERROR_INTERNAL, /* the network library refused something that should work */
    TRANSFER_ERROR_MAX
};

#include "src/port/status.h"

struct transfer_error {
    enum transfer_error_code code;
    int http_status;              /* with TRANSFER_ERROR_HTTP_STATUS: 300 to 999 */
    enum port_status file_status; /* with TRANSFER_ERROR_FILE */
    char message[256]; /* UTF-8 for people: what happened, to which host or file; never a secret */
};

#endif
