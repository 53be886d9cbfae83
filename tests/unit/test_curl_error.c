/* SPDX-License-Identifier: MIT */
/* What libcurl's codes mean, and that messages are whole and keep secrets. */
#include <errno.h>
#include <string.h>

#include "test_main.h"

#include "src/engine/curl_error.h"
#include "strings_ring.h"

static struct transfer_error describe(struct curl_failure failure)
{
    struct transfer_error error;

    if (!failure.host)
        failure.host = "host";
    if (!failure.detail)
        failure.detail = "";
    curl_error_describe(&failure, &error);
    return error;
}

static void codes_have_their_meaning(void **state)
{
    const struct {
        struct curl_failure failure;
        enum transfer_error_code error;
    } rows[] = {
        { { .code = CURLE_COULDNT_RESOLVE_HOST }, TRANSFER_ERROR_NAME_NOT_RESOLVED },
        { { .code = CURLE_COULDNT_RESOLVE_PROXY }, TRANSFER_ERROR_NAME_NOT_RESOLVED },
        { { .code = CURLE_COULDNT_CONNECT }, TRANSFER_ERROR_CANNOT_CONNECT },
        { { .code = CURLE_OPERATION_TIMEDOUT }, TRANSFER_ERROR_TIMEOUT },
        { { .code = CURLE_PARTIAL_FILE }, TRANSFER_ERROR_CONNECTION_ABORTED },
        { { .code = CURLE_GOT_NOTHING }, TRANSFER_ERROR_CONNECTION_ABORTED },
        { { .code = CURLE_RECV_ERROR }, TRANSFER_ERROR_CONNECTION_ABORTED },
        { { .code = CURLE_RECV_ERROR, .system_error = ECONNRESET },
          TRANSFER_ERROR_CONNECTION_RESET },
        { { .code = CURLE_SEND_ERROR, .system_error = EPIPE }, TRANSFER_ERROR_CONNECTION_RESET },
        { { .code = CURLE_RECV_ERROR,
            .detail =
                ring_format("OpenSSL SSL_read: Connection reset by peer, errno %d", ECONNRESET) },
          TRANSFER_ERROR_CONNECTION_RESET },
        { { .code = CURLE_RECV_ERROR, .detail = "OpenSSL SSL_read: SSL_ERROR_SYSCALL, errno 0" },
          TRANSFER_ERROR_CONNECTION_ABORTED },
        { { .code = CURLE_RECV_ERROR,
            .detail = "Illegal or missing hexadecimal sequence in "
                      "chunked-encoding" },
          TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_RECV_ERROR, .detail = "Too large response headers: 307211 > 307200" },
          TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_RECV_ERROR, .detail = "CONNECT response too large" },
          TRANSFER_ERROR_PROXY },
        { { .code = CURLE_RECV_ERROR, .detail = "CONNECT tunnel failed, response 0" },
          TRANSFER_ERROR_PROXY },
        { { .code = CURLE_RECV_ERROR, .detail = "Proxy CONNECT aborted" },
          TRANSFER_ERROR_CONNECTION_ABORTED },
        { { .code = CURLE_RECV_ERROR, .tunnel_status = 503 }, TRANSFER_ERROR_PROXY },
        { { .code = CURLE_RECV_ERROR, .tunnel_status = 407 }, TRANSFER_ERROR_HTTP_STATUS },
        { { .code = CURLE_RECV_ERROR, .tunnel_status = 200 }, TRANSFER_ERROR_CONNECTION_ABORTED },
        { { .code = CURLE_WEIRD_SERVER_REPLY }, TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_HTTP2_STREAM }, TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_UNSUPPORTED_PROTOCOL }, TRANSFER_ERROR_SCHEME },
        { { .code = CURLE_UNSUPPORTED_PROTOCOL, .sent = true }, TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_BAD_FUNCTION_ARGUMENT }, TRANSFER_ERROR_INTERNAL },
        { { .code = CURLE_BAD_FUNCTION_ARGUMENT, .sent = true }, TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_OUT_OF_MEMORY }, TRANSFER_ERROR_NO_MEMORY },
        { { .code = CURLE_OUT_OF_MEMORY, .sent = true }, TRANSFER_ERROR_NO_MEMORY },
        { { .code = CURLE_OUT_OF_MEMORY, .sent = true, .head_missing = true },
          TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_SSL_CONNECT_ERROR }, TRANSFER_ERROR_TLS },
        { { .code = CURLE_SSL_CACERT_BADFILE }, TRANSFER_ERROR_CERTIFICATE_ISSUER },
        { { .code = CURLE_PROXY }, TRANSFER_ERROR_PROXY },
        { { .code = CURLE_LOGIN_DENIED }, TRANSFER_ERROR_LOGIN },
        { { .code = CURLE_REMOTE_FILE_NOT_FOUND }, TRANSFER_ERROR_NOT_FOUND },
        { { .code = CURLE_REMOTE_ACCESS_DENIED }, TRANSFER_ERROR_NOT_FOUND },
        { { .code = CURLE_FTP_WEIRD_PASV_REPLY }, TRANSFER_ERROR_INVALID_RESPONSE },
        { { .code = CURLE_LDAP_CANNOT_BIND }, TRANSFER_ERROR_INTERNAL },
        { { .code = CURLE_UNKNOWN_OPTION }, TRANSFER_ERROR_INTERNAL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(describe(rows[i].failure).code, rows[i].error);
}

static void every_code_has_a_meaning_and_a_message(void **state)
{
    (void)state;
    for (int code = 1; code < CURL_LAST; code++) {
        struct transfer_error error = describe((struct curl_failure){ .code = (CURLcode)code });

        assert_in_range(error.code, 1, TRANSFER_ERROR_MAX - 1);
        assert_int_not_equal(error.code, TRANSFER_ERROR_HTTP_STATUS);
        assert_memory_equal(error.message, "host: ", 6);
        assert_true(strlen(error.message) > 10);
    }
}

static void certificates_fail_for_different_reasons(void **state)
{
    static const struct {
        long result;
        enum transfer_error_code error;
    } rows[] = {
        { 1, TRANSFER_ERROR_CERTIFICATE_NAME },     { 62, TRANSFER_ERROR_CERTIFICATE_NAME },
        { 9, TRANSFER_ERROR_CERTIFICATE_DATE },     { 10, TRANSFER_ERROR_CERTIFICATE_DATE },
        { 18, TRANSFER_ERROR_CERTIFICATE_ISSUER },  { 20, TRANSFER_ERROR_CERTIFICATE_ISSUER },
        { 23, TRANSFER_ERROR_CERTIFICATE_REVOKED }, { 25, TRANSFER_ERROR_CERTIFICATE_ISSUER },
        { 26, TRANSFER_ERROR_CERTIFICATE_INVALID },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct curl_failure failure = { .code = CURLE_PEER_FAILED_VERIFICATION,
                                        .verify_result = rows[i].result };

        assert_int_equal(describe(failure).code, rows[i].error);
    }
}

static void schannel_says_it_in_words(void **state)
{
    static const struct {
        CURLcode code;
        const char *detail;
        enum transfer_error_code error;
    } rows[] = {
        /* libcurl has checked. */
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: CertGetCertificateChain trust error CERT_TRUST_IS_UNTRUSTED_ROOT",
          TRANSFER_ERROR_CERTIFICATE_ISSUER },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: CertGetCertificateChain trust error CERT_TRUST_IS_PARTIAL_CHAIN",
          TRANSFER_ERROR_CERTIFICATE_ISSUER },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: CertGetCertificateChain trust error CERT_TRUST_IS_NOT_TIME_VALID",
          TRANSFER_ERROR_CERTIFICATE_DATE },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: CertGetCertificateChain trust error CERT_TRUST_IS_REVOKED",
          TRANSFER_ERROR_CERTIFICATE_REVOKED },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: CertGetCertificateChain error mask: 0x00000400",
          TRANSFER_ERROR_CERTIFICATE_ISSUER },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: CertGetCertificateChain error mask: 0x00000008",
          TRANSFER_ERROR_CERTIFICATE_INVALID },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: CertGetNameString() failed to match connection hostname (a) against server "
          "certificate names",
          TRANSFER_ERROR_CERTIFICATE_NAME },
        { CURLE_PEER_FAILED_VERIFICATION, "schannel: CertFindExtension() returned no extension.",
          TRANSFER_ERROR_CERTIFICATE_NAME },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: Failed to read remote certificate context: unknown",
          TRANSFER_ERROR_CERTIFICATE_INVALID },
        /* Schannel has, whatever language it speaks. */
        { CURLE_PEER_FAILED_VERIFICATION, "schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - Die...",
          TRANSFER_ERROR_CERTIFICATE_ISSUER },
        { CURLE_PEER_FAILED_VERIFICATION,
          "schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - ...",
          TRANSFER_ERROR_CERTIFICATE_NAME },
        { CURLE_SSL_CONNECT_ERROR,
          "schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328) - ...",
          TRANSFER_ERROR_CERTIFICATE_DATE },
        { CURLE_SSL_CONNECT_ERROR,
          "schannel: next InitializeSecurityContext failed: CRYPT_E_REVOKED (0x80092010) - ...",
          TRANSFER_ERROR_CERTIFICATE_REVOKED },
        { CURLE_SSL_CONNECT_ERROR,
          "schannel: next InitializeSecurityContext failed: Unknown error (0x800B0110) - ...",
          TRANSFER_ERROR_CERTIFICATE_INVALID },
        { CURLE_SSL_CONNECT_ERROR,
          "schannel: next InitializeSecurityContext failed: SEC_E_INTERNAL_ERROR (0x80090304)",
          TRANSFER_ERROR_TLS },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct curl_failure failure = { .code = rows[i].code, .detail = rows[i].detail };

        assert_int_equal(describe(failure).code, rows[i].error);
    }
}

static void words_about_urls_and_proxies_stay_inside(void **state)
{
    static const CURLcode codes[] = { CURLE_COULDNT_RESOLVE_PROXY, CURLE_URL_MALFORMAT, CURLE_PROXY,
                                      CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT };

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        struct curl_failure failure = { .code = codes[i],
                                        .detail = "bad syntax in 'http://me:secret@proxy'" };

        assert_null(strstr(describe(failure).message, "secret"));
    }
}

/* Whatever the code: libcurl 7.88 says this one with CURLE_COULDNT_CONNECT, whose words are told
 * else. */
static void words_that_may_quote_a_password_stay_inside(void **state)
{
    static const char *const details[] = {
        "Unsupported proxy scheme for 'odd://me:secret@proxy'",
        "Unsupported proxy scheme for 'odd://secret'",
        "cannot do me:secret@proxy",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(details) / sizeof(*details); i++) {
        struct curl_failure failure = { .code = CURLE_COULDNT_CONNECT, .detail = details[i] };

        assert_null(strstr(describe(failure).message, "secret"));
    }
    assert_non_null(strstr(describe((struct curl_failure){ .code = CURLE_COULDNT_CONNECT,
                                                           .detail = "connection refused" })
                               .message,
                           "refused"));
}

static void long_messages_are_cut_between_characters(void **state)
{
    char host[400];

    (void)state;
    for (size_t start = 0; start < 2; start++) {
        struct transfer_error error;
        size_t length;

        memset(host, 'x', sizeof(host));
        for (size_t i = start; i + 2 < sizeof(host); i += 2)
            memcpy(host + i, "\xc3\xa4", 2);
        host[sizeof(host) - 2] = 0;
        transfer_error_describe(TRANSFER_ERROR_TIMEOUT, host, &error);
        length = strlen(error.message);
        assert_in_range(length, sizeof(error.message) - 3, sizeof(error.message) - 1);
        assert_int_equal((unsigned char)error.message[length - 1], 0xa4);
    }
}

static void own_failures_say_what_they_are(void **state)
{
    struct transfer_error error;

    (void)state;
    transfer_error_describe_status(404, "host", &error);
    assert_int_equal(error.code, TRANSFER_ERROR_HTTP_STATUS);
    assert_int_equal(error.http_status, 404);
    assert_non_null(strstr(error.message, "404"));
    for (int status = 1; status < PORT_STATUS_MAX; status++) {
        transfer_error_describe_file((enum port_status)status, "/some/file", &error);
        assert_int_equal(error.code, TRANSFER_ERROR_FILE);
        assert_int_equal(error.file_status, status);
        assert_memory_equal(error.message, "/some/file: ", 12);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(codes_have_their_meaning),
    cmocka_unit_test(every_code_has_a_meaning_and_a_message),
    cmocka_unit_test(certificates_fail_for_different_reasons),
    cmocka_unit_test(schannel_says_it_in_words),
    cmocka_unit_test(words_about_urls_and_proxies_stay_inside),
    cmocka_unit_test(words_that_may_quote_a_password_stay_inside),
    cmocka_unit_test(long_messages_are_cut_between_characters),
    cmocka_unit_test(own_failures_say_what_they_are),
};

TEST_MAIN_UNIT(tests)
