/* SPDX-License-Identifier: MIT */
#include "transfer_error_table.h"

#include "winrt-shim/base/error.h"

#define HRESULT_TLS_FAILED       ((HRESULT)0x80072F7D) /* ERROR_INTERNET_SECURITY_CHANNEL_ERROR */
#define HRESULT_LOGIN_FAILURE    ((HRESULT)0x80072EEF) /* WININET_E_LOGIN_FAILURE */
#define HRESULT_PROXY_REFUSED    ((HRESULT)0x80072F85) /* WININET_E_PROXY_SERVER_UNREACHABLE */
#define HRESULT_UNKNOWN_SCHEME   ((HRESULT)0x80072EE6) /* WININET_E_UNRECOGNIZED_SCHEME */
#define HRESULT_SHUTDOWN         ((HRESULT)0x8007045B) /* ERROR_SHUTDOWN_IN_PROGRESS */
#define HRESULT_HTTP_OTHER       ((HRESULT)0x80190001) /* HTTP_E_STATUS_UNEXPECTED */
#define HRESULT_HTTP_REDIRECTION ((HRESULT)0x80190003)
#define HRESULT_HTTP_CLIENT      ((HRESULT)0x80190004)
#define HRESULT_HTTP_SERVER      ((HRESULT)0x80190005)

struct row {
    HRESULT hresult;
    WebErrorStatus status;
    enum transfer_error_code code; /* TRANSFER_ERROR_NONE: the engine never fails like this */
};

/* Rows that are Unknown to GetStatus stand here too: they are failures of transfers, but none of
 * the web's. */
static const struct row rows[] = {
    { (HRESULT)0x80072F06, WebErrorStatus_CertificateCommonNameIsIncorrect,
      TRANSFER_ERROR_CERTIFICATE_NAME },
    { (HRESULT)0x80072F05, WebErrorStatus_CertificateExpired, TRANSFER_ERROR_CERTIFICATE_DATE },
    { (HRESULT)0x80072F17, WebErrorStatus_CertificateContainsErrors, TRANSFER_ERROR_NONE },
    { (HRESULT)0x80072F8A, WebErrorStatus_CertificateRevoked, TRANSFER_ERROR_CERTIFICATE_REVOKED },
    { (HRESULT)0x80072F89, WebErrorStatus_CertificateIsInvalid,
      TRANSFER_ERROR_CERTIFICATE_INVALID },
    { (HRESULT)0x80072F0D, WebErrorStatus_CertificateIsInvalid, TRANSFER_ERROR_CERTIFICATE_ISSUER },
    { (HRESULT)0x80072F84, WebErrorStatus_ServerUnreachable, TRANSFER_ERROR_NONE },
    { (HRESULT)0x80072EE2, WebErrorStatus_Timeout, TRANSFER_ERROR_TIMEOUT },
    { (HRESULT)0x80072F78, WebErrorStatus_ErrorHttpInvalidServerResponse,
      TRANSFER_ERROR_INVALID_RESPONSE },
    { (HRESULT)0x80072EFE, WebErrorStatus_ConnectionAborted, TRANSFER_ERROR_CONNECTION_ABORTED },
    { (HRESULT)0x80072EFF, WebErrorStatus_ConnectionReset, TRANSFER_ERROR_CONNECTION_RESET },
    { (HRESULT)0x80072F83, WebErrorStatus_Disconnected, TRANSFER_ERROR_NONE },
    { (HRESULT)0x80072F07, WebErrorStatus_HttpToHttpsOnRedirection, TRANSFER_ERROR_NONE },
    { (HRESULT)0x80072F08, WebErrorStatus_HttpsToHttpOnRedirection, TRANSFER_ERROR_HTTPS_TO_HTTP },
    { (HRESULT)0x80072EFD, WebErrorStatus_CannotConnect, TRANSFER_ERROR_CANNOT_CONNECT },
    { (HRESULT)0x80072EE7, WebErrorStatus_HostNameNotResolved, TRANSFER_ERROR_NAME_NOT_RESOLVED },
    { (HRESULT)0x80072EF1, WebErrorStatus_OperationCanceled, TRANSFER_ERROR_NONE },
    { (HRESULT)0x80072F7C, WebErrorStatus_RedirectFailed, TRANSFER_ERROR_REDIRECT_FAILED },
    { HRESULT_HTTP_OTHER, WebErrorStatus_UnexpectedStatusCode, TRANSFER_ERROR_NONE },
    { HRESULT_HTTP_REDIRECTION, WebErrorStatus_UnexpectedRedirection, TRANSFER_ERROR_NONE },
    { HRESULT_HTTP_CLIENT, WebErrorStatus_UnexpectedClientError, TRANSFER_ERROR_NONE },
    { HRESULT_HTTP_SERVER, WebErrorStatus_UnexpectedServerError, TRANSFER_ERROR_NONE },
    { (HRESULT)0x80200013, WebErrorStatus_InsufficientRangeSupport,
      TRANSFER_ERROR_INSUFFICIENT_RANGES },
    { (HRESULT)0x80200011, WebErrorStatus_MissingContentLengthSupport, TRANSFER_ERROR_NO_LENGTH },
    { HRESULT_LOGIN_FAILURE, WebErrorStatus_Unknown, TRANSFER_ERROR_LOGIN },
    { (HRESULT)0x80190194, WebErrorStatus_NotFound, TRANSFER_ERROR_NOT_FOUND },
    { HRESULT_PROXY_REFUSED, WebErrorStatus_Unknown, TRANSFER_ERROR_PROXY },
    { HRESULT_TLS_FAILED, WebErrorStatus_Unknown, TRANSFER_ERROR_TLS },
    { HRESULT_UNKNOWN_SCHEME, WebErrorStatus_Unknown, TRANSFER_ERROR_SCHEME },
    { (HRESULT)0x80072EFE, WebErrorStatus_ConnectionAborted, TRANSFER_ERROR_NOT_REPEATED },
    { (HRESULT)0x80072F78, WebErrorStatus_ErrorHttpInvalidServerResponse,
      TRANSFER_ERROR_TOO_MANY_RESTARTS },
    { E_OUTOFMEMORY, WebErrorStatus_Unknown, TRANSFER_ERROR_NO_MEMORY },
    { HRESULT_SHUTDOWN, WebErrorStatus_Unknown, TRANSFER_ERROR_SHUTDOWN },
    { E_FAIL, WebErrorStatus_Unknown, TRANSFER_ERROR_INTERNAL },
};

/* The HTTP codes that have a WebErrorStatus of the same number; their HRESULT is FACILITY_HTTP and
 * the code. */
static const WebErrorStatus http_codes[] = {
    WebErrorStatus_MultipleChoices,
    WebErrorStatus_MovedPermanently,
    WebErrorStatus_Found,
    WebErrorStatus_SeeOther,
    WebErrorStatus_NotModified,
    WebErrorStatus_UseProxy,
    WebErrorStatus_TemporaryRedirect,
    WebErrorStatus_BadRequest,
    WebErrorStatus_Unauthorized,
    WebErrorStatus_PaymentRequired,
    WebErrorStatus_Forbidden,
    WebErrorStatus_NotFound,
    WebErrorStatus_MethodNotAllowed,
    WebErrorStatus_NotAcceptable,
    WebErrorStatus_ProxyAuthenticationRequired,
    WebErrorStatus_RequestTimeout,
    WebErrorStatus_Conflict,
    WebErrorStatus_Gone,
    WebErrorStatus_LengthRequired,
    WebErrorStatus_PreconditionFailed,
    WebErrorStatus_RequestEntityTooLarge,
    WebErrorStatus_RequestUriTooLong,
    WebErrorStatus_UnsupportedMediaType,
    WebErrorStatus_RequestedRangeNotSatisfiable,
    WebErrorStatus_ExpectationFailed,
    WebErrorStatus_InternalServerError,
    WebErrorStatus_NotImplemented,
    WebErrorStatus_BadGateway,
    WebErrorStatus_ServiceUnavailable,
    WebErrorStatus_GatewayTimeout,
    WebErrorStatus_HttpVersionNotSupported,
};

/* What stands for the codes without a constant, by their hundreds. */
static const HRESULT http_classes[] = {
    [3] = HRESULT_HTTP_REDIRECTION,
    [4] = HRESULT_HTTP_CLIENT,
    [5] = HRESULT_HTTP_SERVER,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static HRESULT hresult_of_http_code(WebErrorStatus code)
{
    return (HRESULT)(0x80190000u + (unsigned)code);
}

static HRESULT hresult_from_http_status(int status)
{
    unsigned class = (unsigned)status / 100;

    for (size_t i = 0; i < COUNT(http_codes); i++) {
        if ((int)http_codes[i] == status)
            return hresult_of_http_code(http_codes[i]);
    }
    if (status > 0 && class < COUNT(http_classes) && http_classes[class])
        return http_classes[class];
    return HRESULT_HTTP_OTHER;
}

HRESULT hresult_from_transfer_error(const struct transfer_error *error)
{
    if (error->code == TRANSFER_ERROR_NONE)
        return S_OK;
    if (error->code == TRANSFER_ERROR_HTTP_STATUS)
        return hresult_from_http_status(error->http_status);
    if (error->code == TRANSFER_ERROR_FILE)
        return hresult_from_status(error->file_status);
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].code == error->code)
            return rows[i].hresult;
    }
    return E_FAIL;
}

WebErrorStatus web_error_status_from_hresult(HRESULT error)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].hresult == error)
            return rows[i].status;
    }
    for (size_t i = 0; i < COUNT(http_codes); i++) {
        if (hresult_of_http_code(http_codes[i]) == error)
            return http_codes[i];
    }
    return WebErrorStatus_Unknown;
}

WebErrorStatus web_error_status_from_transfer_error(const struct transfer_error *error)
{
    return web_error_status_from_hresult(hresult_from_transfer_error(error));
}
