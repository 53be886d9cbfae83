/* SPDX-License-Identifier: MIT */
/* The tables behind curl_error.h. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "curl_error.h"
#include "schannel_error.h"

/*
 * `tell`: libcurl's own words may go into the message. Not those about a URL or a proxy, which may
 * quote a password. Codes that are not here (of other protocols, of options never set) are
 * TRANSFER_ERROR_INTERNAL.
 */
static const struct {
    CURLcode code;
    enum transfer_error_code error;
    bool tell;
} codes[] = {
    { CURLE_UNSUPPORTED_PROTOCOL, TRANSFER_ERROR_SCHEME, false },
    { CURLE_URL_MALFORMAT, TRANSFER_ERROR_SCHEME, false },
    { CURLE_NOT_BUILT_IN, TRANSFER_ERROR_SCHEME, false },
    { CURLE_COULDNT_RESOLVE_PROXY, TRANSFER_ERROR_NAME_NOT_RESOLVED, false },
    { CURLE_COULDNT_RESOLVE_HOST, TRANSFER_ERROR_NAME_NOT_RESOLVED, true },
    { CURLE_COULDNT_CONNECT, TRANSFER_ERROR_CANNOT_CONNECT, true },
    { CURLE_INTERFACE_FAILED, TRANSFER_ERROR_CANNOT_CONNECT, true },
    { CURLE_NO_CONNECTION_AVAILABLE, TRANSFER_ERROR_CANNOT_CONNECT, false },
    { CURLE_WEIRD_SERVER_REPLY, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_HTTP2, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_HTTP2_STREAM, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_HTTP3, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_QUIC_CONNECT_ERROR, TRANSFER_ERROR_CANNOT_CONNECT, true },
    { CURLE_BAD_CONTENT_ENCODING, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_RANGE_ERROR, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_BAD_DOWNLOAD_RESUME, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_PARTIAL_FILE, TRANSFER_ERROR_CONNECTION_ABORTED, true },
    { CURLE_GOT_NOTHING, TRANSFER_ERROR_CONNECTION_ABORTED, true },
    { CURLE_SEND_FAIL_REWIND, TRANSFER_ERROR_CONNECTION_ABORTED, true },
    { CURLE_SEND_ERROR, TRANSFER_ERROR_CONNECTION_ABORTED, true },
    { CURLE_RECV_ERROR, TRANSFER_ERROR_CONNECTION_ABORTED, true },
    { CURLE_OPERATION_TIMEDOUT, TRANSFER_ERROR_TIMEOUT, true },
    { CURLE_TOO_MANY_REDIRECTS, TRANSFER_ERROR_REDIRECT_FAILED, false },
    { CURLE_SSL_CONNECT_ERROR, TRANSFER_ERROR_TLS, true },
    { CURLE_SSL_CIPHER, TRANSFER_ERROR_TLS, true },
    { CURLE_SSL_CERTPROBLEM, TRANSFER_ERROR_TLS, true },
    { CURLE_SSL_CLIENTCERT, TRANSFER_ERROR_TLS, true },
    { CURLE_SSL_ENGINE_NOTFOUND, TRANSFER_ERROR_TLS, false },
    { CURLE_SSL_ENGINE_SETFAILED, TRANSFER_ERROR_TLS, false },
    { CURLE_SSL_ENGINE_INITFAILED, TRANSFER_ERROR_TLS, false },
    { CURLE_SSL_SHUTDOWN_FAILED, TRANSFER_ERROR_TLS, true },
    { CURLE_USE_SSL_FAILED, TRANSFER_ERROR_TLS, true },
    { CURLE_PEER_FAILED_VERIFICATION, TRANSFER_ERROR_CERTIFICATE_INVALID, true },
    { CURLE_SSL_CACERT_BADFILE, TRANSFER_ERROR_CERTIFICATE_ISSUER, true },
    { CURLE_SSL_ISSUER_ERROR, TRANSFER_ERROR_CERTIFICATE_ISSUER, true },
    { CURLE_SSL_CRL_BADFILE, TRANSFER_ERROR_CERTIFICATE_INVALID, true },
    { CURLE_SSL_PINNEDPUBKEYNOTMATCH, TRANSFER_ERROR_CERTIFICATE_INVALID, true },
    { CURLE_SSL_INVALIDCERTSTATUS, TRANSFER_ERROR_CERTIFICATE_REVOKED, true },
    { CURLE_PROXY, TRANSFER_ERROR_PROXY, false },
    { CURLE_AUTH_ERROR, TRANSFER_ERROR_INVALID_RESPONSE, false },
    { CURLE_LOGIN_DENIED, TRANSFER_ERROR_LOGIN, false },
    { CURLE_REMOTE_ACCESS_DENIED, TRANSFER_ERROR_NOT_FOUND, true }, /* a folder on the way */
    { CURLE_REMOTE_FILE_NOT_FOUND, TRANSFER_ERROR_NOT_FOUND, true },
    { CURLE_FTP_COULDNT_RETR_FILE, TRANSFER_ERROR_NOT_FOUND, true },
    { CURLE_FTP_WEIRD_PASS_REPLY, TRANSFER_ERROR_INVALID_RESPONSE, false },
    { CURLE_FTP_WEIRD_PASV_REPLY, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_FTP_WEIRD_227_FORMAT, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_FTP_CANT_GET_HOST, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_FTP_COULDNT_SET_TYPE, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_FTP_COULDNT_USE_REST, TRANSFER_ERROR_INVALID_RESPONSE, true },
    { CURLE_FILESIZE_EXCEEDED, TRANSFER_ERROR_FILE, true },
    { CURLE_OUT_OF_MEMORY, TRANSFER_ERROR_NO_MEMORY, false },
};

/*
 * X509_V_ERR_* of OpenSSL's x509_vfy.h, whose numbers are its ABI; so no header of the TLS library
 * is needed. libcurl compares the name before it takes OpenSSL's result: when only the name did not
 * match, what it tells is 1, its value for "not verified yet", or 0.
 */
static const struct {
    long result;
    enum transfer_error_code error;
} verify_results[] = {
    { 0, TRANSFER_ERROR_CERTIFICATE_NAME },     /* OK */
    { 1, TRANSFER_ERROR_CERTIFICATE_NAME },     /* UNSPECIFIED: what libcurl 7 says in that case */
    { 62, TRANSFER_ERROR_CERTIFICATE_NAME },    /* HOSTNAME_MISMATCH */
    { 64, TRANSFER_ERROR_CERTIFICATE_NAME },    /* IP_ADDRESS_MISMATCH */
    { 9, TRANSFER_ERROR_CERTIFICATE_DATE },     /* CERT_NOT_YET_VALID */
    { 10, TRANSFER_ERROR_CERTIFICATE_DATE },    /* CERT_HAS_EXPIRED */
    { 2, TRANSFER_ERROR_CERTIFICATE_ISSUER },   /* UNABLE_TO_GET_ISSUER_CERT */
    { 18, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* DEPTH_ZERO_SELF_SIGNED_CERT */
    { 19, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* SELF_SIGNED_CERT_IN_CHAIN */
    { 20, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* UNABLE_TO_GET_ISSUER_CERT_LOCALLY */
    { 21, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* UNABLE_TO_VERIFY_LEAF_SIGNATURE */
    { 24, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* INVALID_CA up to 1.1 */
    { 25, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* PATH_LENGTH_EXCEEDED */
    { 79, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* INVALID_CA since 3.0 */
    { 27, TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* CERT_UNTRUSTED */
    { 23, TRANSFER_ERROR_CERTIFICATE_REVOKED }, /* CERT_REVOKED */
};

static const char *const texts[TRANSFER_ERROR_MAX] = {
    [TRANSFER_ERROR_NONE] = "no error",
    [TRANSFER_ERROR_NAME_NOT_RESOLVED] = "the name could not be resolved",
    [TRANSFER_ERROR_CANNOT_CONNECT] = "no connection could be made",
    [TRANSFER_ERROR_PROXY] = "the proxy refused the connection",
    [TRANSFER_ERROR_TIMEOUT] = "no answer in time",
    [TRANSFER_ERROR_CONNECTION_RESET] = "the connection was reset",
    [TRANSFER_ERROR_CONNECTION_ABORTED] = "the connection ended before the answer was whole",
    [TRANSFER_ERROR_INVALID_RESPONSE] = "the answer is not valid",
    [TRANSFER_ERROR_REDIRECT_FAILED] = "a redirect could not be followed",
    [TRANSFER_ERROR_HTTPS_TO_HTTP] = "a redirect from https to http was refused",
    [TRANSFER_ERROR_SCHEME] = "the scheme is not supported",
    [TRANSFER_ERROR_CERTIFICATE_NAME] = "the certificate is for another name",
    [TRANSFER_ERROR_CERTIFICATE_DATE] = "the certificate has expired or is not valid yet",
    [TRANSFER_ERROR_CERTIFICATE_ISSUER] = "the certificate's issuer is not trusted",
    [TRANSFER_ERROR_CERTIFICATE_REVOKED] = "the certificate was revoked",
    [TRANSFER_ERROR_CERTIFICATE_INVALID] = "the certificate is not valid",
    [TRANSFER_ERROR_TLS] = "the TLS handshake failed",
    [TRANSFER_ERROR_LOGIN] = "the server does not know this user and password",
    [TRANSFER_ERROR_NOT_FOUND] = "the server has no such file, or not for this user",
    [TRANSFER_ERROR_HTTP_STATUS] = "the server answered with an error",
    [TRANSFER_ERROR_INSUFFICIENT_RANGES] =
        "the server does not serve ranges as random access needs",
    [TRANSFER_ERROR_NO_LENGTH] = "the server does not tell the length, which random access needs",
    [TRANSFER_ERROR_FILE] = "a file could not be used",
    [TRANSFER_ERROR_NOT_REPEATED] =
        "the request may have reached the server before the program ended, and is not sent again",
    [TRANSFER_ERROR_TOO_MANY_RESTARTS] = "the body had to begin again too often",
    [TRANSFER_ERROR_NO_MEMORY] = "out of memory",
    [TRANSFER_ERROR_SHUTDOWN] = "the process is ending",
    [TRANSFER_ERROR_INTERNAL] = "the network library failed",
};

static const char *const file_texts[PORT_STATUS_MAX] = {
    [PORT_OK] = "no error",
    [PORT_NO_MEMORY] = "out of memory",
    [PORT_INVALID] = "not a valid name",
    [PORT_NOT_FOUND] = "not found",
    [PORT_EXISTS] = "exists already",
    [PORT_DENIED] = "access denied",
    [PORT_NOT_A_FOLDER] = "not a folder",
    [PORT_IS_A_FOLDER] = "is a folder",
    [PORT_NOT_EMPTY] = "not empty",
    [PORT_NAME_TOO_LONG] = "the name is too long",
    [PORT_DISK_FULL] = "the disk is full",
    [PORT_FILE_TOO_BIG] = "too big for the volume",
    [PORT_OTHER_VOLUME] = "on another volume",
    [PORT_BUSY] = "in use",
    [PORT_NO_HANDLES] = "too many open files",
    [PORT_WRONG_STATE] = "not possible now",
    [PORT_FILE_CHANGED] = "not the file that the transfer had begun, or changed since",
    [PORT_NOT_SUPPORTED] = "not supported by the volume",
    [PORT_IO] = "could not be read or written",
};

/* Connection reset, broken pipe and aborted: the system's numbers, then Winsock's. */
static bool is_reset(long system_error)
{
    return system_error == ECONNRESET || system_error == EPIPE || system_error == ECONNABORTED ||
           system_error == 10053 || system_error == 10054;
}

/* The TLS layer leaves CURLINFO_OS_ERRNO alone and tells the number only in words. */
static long system_error_of(const struct curl_failure *failure)
{
    static const char mark[] = ", errno ";
    const char *text = strstr(failure->detail, mark);

    if (failure->system_error || !text)
        return failure->system_error;
    return strtol(text + sizeof(mark) - 1, NULL, 10);
}

static enum transfer_error_code error_of_verify_result(long result)
{
    for (size_t i = 0; i < sizeof(verify_results) / sizeof(*verify_results); i++) {
        if (verify_results[i].result == result)
            return verify_results[i].error;
    }
    return TRANSFER_ERROR_CERTIFICATE_INVALID;
}

/* Schannel says it in words, OpenSSL by a number. */
static enum transfer_error_code error_of_refusal(const struct curl_failure *failure,
                                                 enum transfer_error_code otherwise)
{
    enum transfer_error_code error;

    if (strncmp(failure->detail, "schannel: ", strlen("schannel: ")))
        return error_of_verify_result(failure->verify_result);
    error = schannel_error(failure->detail);
    return error ? error : otherwise;
}

/* What has no code of its own in libcurl 7: limits of its own, and broken framing. */
static const struct {
    const char *words;
    enum transfer_error_code error;
} phrases[] = {
    { "in chunked-encoding", TRANSFER_ERROR_INVALID_RESPONSE },
    { "Too large response headers", TRANSFER_ERROR_INVALID_RESPONSE },
    { "CONNECT response too large", TRANSFER_ERROR_PROXY },
    { "CONNECT tunnel failed", TRANSFER_ERROR_PROXY }, /* with no status that is one */
};

/* What the table alone cannot tell. */
static enum transfer_error_code refined(enum transfer_error_code error,
                                        const struct curl_failure *failure)
{
    enum transfer_error_code schannel;

    switch (failure->code) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return error_of_refusal(failure, error);
    case CURLE_UNSUPPORTED_PROTOCOL: /* also said of HTTP/0.9 and of HTTP/9.9 */
        return failure->sent ? TRANSFER_ERROR_INVALID_RESPONSE : error;
    case CURLE_BAD_FUNCTION_ARGUMENT: /* also said of a trailer without a colon */
        return failure->sent ? TRANSFER_ERROR_INVALID_RESPONSE : error;
    case CURLE_OUT_OF_MEMORY: /* also said of a header line of more than 100 KiB */
        return failure->sent && failure->head_missing ? TRANSFER_ERROR_INVALID_RESPONSE : error;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
        if (failure->tunnel_status == 407)
            return TRANSFER_ERROR_HTTP_STATUS;
        if (failure->tunnel_status >= 300)
            return TRANSFER_ERROR_PROXY;
        for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++) {
            if (strstr(failure->detail, phrases[i].words))
                return phrases[i].error;
        }
        if (is_reset(system_error_of(failure)))
            return TRANSFER_ERROR_CONNECTION_RESET;
        schannel = schannel_error(failure->detail); /* amid the handshake */
        return schannel ? schannel : error;
    default:
        return error;
    }
}

/* libcurl tells with COULDNT_CONNECT of a proxy whose scheme it does not know, and quotes its URL
 * as the environment has it, password and all. Nothing else of its words has an address with a
 * scheme in it, nor an @. */
static bool may_quote_password(const char *detail)
{
    return strstr(detail, "://") || strchr(detail, '@');
}

/* Cuts at `size`, but not inside a character. */
static void finish_message(char *message, size_t size, int length)
{
    size_t end = size - 1;

    if (length < (int)size)
        return;
    while (end && ((unsigned char)message[end - 1] & 0xc0) == 0x80)
        end--;
    if (end && ((unsigned char)message[end - 1] & 0x80))
        end--;
    message[end] = 0;
}

static void set_message(struct transfer_error *error, const char *subject, const char *text,
                        const char *detail)
{
    int length = snprintf(error->message, sizeof(error->message),
                          *detail ? "%s: %s (%s)" : "%s: %s", subject, text, detail);

    finish_message(error->message, sizeof(error->message), length);
}

void transfer_error_describe(enum transfer_error_code code, const char *subject,
                             struct transfer_error *ret)
{
    *ret = (struct transfer_error){ .code = code };
    set_message(ret, subject, texts[code], "");
}

void transfer_error_describe_file(enum port_status status, const char *path,
                                  struct transfer_error *ret)
{
    *ret = (struct transfer_error){ .code = TRANSFER_ERROR_FILE, .file_status = status };
    set_message(ret, path, file_texts[status], "");
}

void transfer_error_describe_status(int http_status, const char *host, struct transfer_error *ret)
{
    char detail[32];

    *ret =
        (struct transfer_error){ .code = TRANSFER_ERROR_HTTP_STATUS, .http_status = http_status };
    snprintf(detail, sizeof(detail), "HTTP %d", http_status);
    set_message(ret, host, texts[TRANSFER_ERROR_HTTP_STATUS], detail);
}

void curl_error_describe(const struct curl_failure *failure, struct transfer_error *ret)
{
    enum transfer_error_code error = TRANSFER_ERROR_INTERNAL;
    bool tell = false;

    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        if (codes[i].code == failure->code) {
            error = codes[i].error;
            tell = codes[i].tell;
        }
    }
    *ret = (struct transfer_error){ .code = refined(error, failure) };
    if (ret->code == TRANSFER_ERROR_HTTP_STATUS)
        ret->http_status = (int)failure->tunnel_status;
    if (ret->code == TRANSFER_ERROR_FILE)
        ret->file_status = PORT_FILE_TOO_BIG;
    tell = tell && !may_quote_password(failure->detail);
    set_message(ret, failure->host, texts[ret->code], tell ? failure->detail : "");
}
