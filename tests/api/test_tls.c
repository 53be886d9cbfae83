/* SPDX-License-Identifier: MIT */
/*
 * Certificates, right and wrong: whose bytes are taken, what a failure is called, and that a server
 * that is not trusted gets nothing. docs/engine.md, "Certificates"; WebErrorStatus Enum
 * (Windows.Web)
 */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "environment.h"
#include "system_roots.h"

#define NAME_IS_WRONG   ((HRESULT)0x80072F06) /* CertificateCommonNameIsIncorrect */
#define DATE_IS_WRONG   ((HRESULT)0x80072F05) /* CertificateExpired */
#define ISSUER_IS_WRONG ((HRESULT)0x80072F0D) /* CertificateIsInvalid */
#define IS_INVALID      ((HRESULT)0x80072F89) /* CertificateIsInvalid */
#define TLS_FAILED      ((HRESULT)0x80072F7D) /* Unknown */

static int trust(void **state)
{
    (void)state;
    trust_test_authority();
    return 0;
}

/* How many requests with this token a server, or for this name a proxy, has seen. */
static void check_seen(const char *token, const char *count)
{
    char text[20];

    http_get(server_url("FAULT_HTTP", "/count/%s", token), text, sizeof(text));
    assert_string_equal(text, count);
}

/* A download with what nobody else shall see; its error. The file stays empty. */
static HRESULT error_of_download(const char *url)
{
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation;
    HRESULT error;

    check_ok(downloader_set_header(downloader, "Authorization", "Bearer secret"));
    operation = download_new(downloader, url, "refused.bin");
    assert_int_equal(download_run(operation, &error), Error);
    assert_int_equal(progress_of(operation).BytesReceived, 0);
    assert_null(response_of(operation));
    assert_int_equal(file_size(test_path("refused.bin")), 0);
    check_last_release_soon(operation);
    check_last_release(downloader);
    return error;
}

static HRESULT error_from(const char *server, const char *token)
{
    HRESULT error = error_of_download(server_url(server, "/bytes/1000?token=%s", token));

    check_seen(token, "0");
    return error;
}

static void is_refused(const char *server, HRESULT expected, WebErrorStatus status)
{
    check_hresult(expected, error_from(server, test_token(server)));
    assert_int_equal(web_status(expected), status);
}

static void is_taken(const char *server)
{
    download_whole(server_url(server, "/bytes/70000?token=%s", test_token(server)), "a.bin");
    check_pattern_file(test_path("a.bin"), 70000);
    check_seen(test_token(server), "1");
}

static void a_right_certificate(void **state)
{
    (void)state;
    is_taken("FAULT_HTTPS");
    download_whole(server_url("NGINX_HTTPS", "/100k.bin"), "b.bin");
    check_pattern_file(test_path("b.bin"), 102400);
}

static void an_intermediate_comes_from_the_server(void **state)
{
    (void)state;
    is_taken("TLS_CHAIN");
}

static void rsa_keys(void **state)
{
    (void)state;
    is_taken("TLS_RSA");
}

/* No extended key usage, and longer keys. */
static void any_purpose(void **state)
{
    (void)state;
    is_taken("TLS_ANY_PURPOSE");
}

static void a_wildcard(void **state)
{
    (void)state;
    test_setenv("https_proxy", server_value("PROXY_HTTP"));
    download_whole("https://wild.proxy.test/bytes/10", "a.bin");
    check_hresult(NAME_IS_WRONG, error_of_download("https://too.wild.proxy.test/bytes/10"));
}

static void for_another_host(void **state)
{
    (void)state;
    is_refused("TLS_WRONG_HOST", NAME_IS_WRONG, WebErrorStatus_CertificateCommonNameIsIncorrect);
}

/* "localhost", NUL and more. */
static void a_null_ends_no_name(void **state)
{
    (void)state;
    is_refused("TLS_NULL_IN_NAME", NAME_IS_WRONG, WebErrorStatus_CertificateCommonNameIsIncorrect);
}

/* The certificate has names alone, none of which is 127.0.0.1. */
static void an_address_is_no_name(void **state)
{
    const char *token = test_token("address");
    char url[200];

    (void)state;
    snprintf(url, sizeof(url), "https://127.0.0.1%s/bytes/10?token=%s",
             server_value("TLS_NAMES_ONLY") + strlen("https://localhost"), token);
    check_hresult(NAME_IS_WRONG, error_of_download(url));
    check_seen(token, "0");
    is_taken("TLS_NAMES_ONLY");
}

static void expired(void **state)
{
    (void)state;
    is_refused("TLS_EXPIRED", DATE_IS_WRONG, WebErrorStatus_CertificateExpired);
}

static void not_yet_valid(void **state)
{
    (void)state;
    is_refused("TLS_NOT_YET_VALID", DATE_IS_WRONG, WebErrorStatus_CertificateExpired);
}

static void the_intermediate_has_expired(void **state)
{
    (void)state;
    is_refused("TLS_BELOW_EXPIRED", DATE_IS_WRONG, WebErrorStatus_CertificateExpired);
}

static void self_signed(void **state)
{
    (void)state;
    is_refused("TLS_SELF_SIGNED", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static void of_an_unknown_authority(void **state)
{
    (void)state;
    is_refused("TLS_UNKNOWN", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

/* That the server sends it along does not make it known. */
static void of_an_authority_that_the_server_sends(void **state)
{
    (void)state;
    is_refused("TLS_UNKNOWN_SENT", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static void an_intermediate_is_missing(void **state)
{
    (void)state;
    is_refused("TLS_MISSING_LINK", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

/* By the owner of a right certificate, who is no authority. */
static void signed_by_a_server(void **state)
{
    (void)state;
    is_refused("TLS_SIGNED_BY_SERVER", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static void signed_by_one_that_does_not_say(void **state)
{
    (void)state;
    is_refused("TLS_SIGNED_BY_PLAIN", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
    is_refused("TLS_SIGNED_BY_V1", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

/* An authority whose key is not for certificates. */
static void signed_by_one_that_may_not(void **state)
{
    (void)state;
    is_refused("TLS_SIGNED_BY_MERE_SIGNER", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static void below_the_last_authority(void **state)
{
    (void)state;
    is_refused("TLS_TOO_DEEP", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static void made_for_clients(void **state)
{
    (void)state;
    is_refused("TLS_CLIENT_ONLY", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
}

static void below_one_made_for_clients(void **state)
{
    (void)state;
    is_refused("TLS_BELOW_CLIENT_ONLY", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
}

/* The intermediate may only name hosts of elsewhere.example. */
static void outside_of_the_limits_of_its_issuer(void **state)
{
    (void)state;
    is_refused("TLS_OUTSIDE_LIMITS", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
}

static void with_a_critical_extension_that_nobody_knows(void **state)
{
    (void)state;
    is_refused("TLS_UNKNOWN_EXTENSION", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
}

static void with_a_short_key(void **state)
{
    (void)state;
    is_refused("TLS_WEAK_KEY", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
}

static void signed_with_sha1(void **state)
{
    (void)state;
    is_refused("TLS_WEAK_DIGEST", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
    is_refused("TLS_WEAK_RSA_DIGEST", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
}

/* OpenSSL finds no way to read a signature that nobody made, and says so before it verifies. */
static void with_a_forged_signature(void **state)
{
    HRESULT error = error_from("TLS_FORGED", test_token("forged"));

    (void)state;
    assert_true(error == IS_INVALID || error == TLS_FAILED);
}

static void tls_1_1(void **state)
{
    (void)state;
    is_refused("TLS_OLD", TLS_FAILED, WebErrorStatus_Unknown);
}

/* The redirecting server has the request; the one behind it has not. */
static void behind_a_redirect(void **state)
{
    const char *token = test_token("redirected");

    (void)state;
    check_hresult(ISSUER_IS_WRONG,
                  error_of_download(
                      server_url("FAULT_HTTP", "/redirect-origin/TLS_UNKNOWN/x?token=%s", token)));
    check_seen(token, "1");
    check_hresult(NAME_IS_WRONG,
                  error_of_download(server_url("FAULT_HTTPS",
                                               "/redirect-origin/TLS_WRONG_HOST/x?token=%s",
                                               token)));
    check_seen(token, "2");
}

/* A connection to a right server of the same name and another port is no excuse. */
static void after_a_right_one(void **state)
{
    (void)state;
    is_taken("FAULT_HTTPS");
    is_refused("TLS_SELF_SIGNED", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
    is_refused("TLS_CLIENT_ONLY", IS_INVALID, WebErrorStatus_CertificateIsInvalid);
    is_taken("TLS_CHAIN");
    is_refused("TLS_EXPIRED", DATE_IS_WRONG, WebErrorStatus_CertificateExpired);
}

static void a_proxy_with_a_right_certificate(void **state)
{
    char url[100];

    (void)state;
    test_setenv("http_proxy", server_value("PROXY_TLS_GOOD"));
    snprintf(url, sizeof(url), "http://%s.proxy.test/bytes/5000", test_token("good-proxy"));
    download_whole(url, "a.bin");
    check_pattern_file(test_path("a.bin"), 5000);
    check_seen(test_token("good-proxy"), "1");
}

/* It sees neither the request nor where it would go. */
static void a_proxy_with_a_wrong_certificate(void **state)
{
    static const struct {
        const char *proxy;
        HRESULT error;
    } rows[] = {
        { "PROXY_TLS_UNKNOWN", ISSUER_IS_WRONG },
        { "PROXY_TLS_EXPIRED", DATE_IS_WRONG },
        { "PROXY_TLS_WRONG_HOST", NAME_IS_WRONG },
    };
    const char *token = test_token("wrong-proxy");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char url[100];

        test_setenv("http_proxy", server_value(rows[i].proxy));
        test_setenv("https_proxy", server_value(rows[i].proxy));
        snprintf(url, sizeof(url), "http://%s.proxy.test/bytes/5000", token);
        check_hresult(rows[i].error, error_of_download(url));
        snprintf(url, sizeof(url), "https://%s.proxy.test/bytes/5000", token);
        check_hresult(rows[i].error, error_of_download(url));
    }
    check_seen(token, "0");
}

static int trust_the_system(void **state)
{
    (void)state;
    test_setenv("SSL_CERT_FILE", NULL);
    test_setenv("SSL_CERT_DIR", NULL);
    return 0;
}

/* Of https; a plain download needs no store. */
static void distrusts_everybody(const char *name, const char *value)
{
    test_setenv(name, value);
    download_whole(server_url("FAULT_HTTP", "/bytes/10"), "plain.bin");
    is_refused("FAULT_HTTPS", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static void the_named_store_is_not_there(void **state)
{
    (void)state;
    distrusts_everybody("SSL_CERT_FILE", test_path("nothing.pem"));
}

static void the_named_store_is_empty(void **state)
{
    (void)state;
    IStorageFile *file = file_new("empty.pem");

    release_ref(file);
    distrusts_everybody("SSL_CERT_FILE", test_path("empty.pem"));
}

static void the_named_store_is_no_store(void **state)
{
    static const char text[] = "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n";
    IStorageFile *file = file_with("odd.pem", text, sizeof(text) - 1);

    (void)state;
    release_ref(file);
    distrusts_everybody("SSL_CERT_FILE", test_path("odd.pem"));
}

static void the_named_folder_is_empty(void **state)
{
    (void)state;
    distrusts_everybody("SSL_CERT_DIR", test_scratch());
}

/* As openssl rehash makes it. */
static void a_named_folder(void **state)
{
    (void)state;
    test_setenv("SSL_CERT_DIR", server_path("CA_DIR"));
    is_taken("TLS_CHAIN");
    is_refused("TLS_UNKNOWN", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

/* As the machine's programs have it in the environment, those under Wine too. */
static void a_store_named_as_the_machine_does(void **state)
{
    (void)state;
    test_setenv("SSL_CERT_FILE", server_value("CA_FILE"));
    is_taken("TLS_CHAIN");
}

/* The system's own store does not know the test authority. */
static void nothing_is_trusted_that_is_not_in_the_store(void **state)
{
    (void)state;
    is_refused("FAULT_HTTPS", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static void the_systems_store_is_trusted(void **state)
{
    (void)state;
    system_roots_add(server_path("SYSTEM_CA_FILE"));
    is_taken("TLS_SYSTEM");
    system_roots_remove(server_path("SYSTEM_CA_FILE"));
}

static void what_was_taken_out_of_the_systems_store_is_not(void **state)
{
    (void)state;
    system_roots_add(server_path("SYSTEM_CA_FILE"));
    system_roots_remove(server_path("SYSTEM_CA_FILE"));
    is_refused("TLS_SYSTEM", ISSUER_IS_WRONG, WebErrorStatus_CertificateIsInvalid);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(a_right_certificate, trust),
    cmocka_unit_test_setup(an_intermediate_comes_from_the_server, trust),
    cmocka_unit_test_setup(rsa_keys, trust),
    cmocka_unit_test_setup(any_purpose, trust),
    cmocka_unit_test_setup(a_wildcard, trust),
    cmocka_unit_test_setup(for_another_host, trust),
    cmocka_unit_test_setup(a_null_ends_no_name, trust),
    cmocka_unit_test_setup(an_address_is_no_name, trust),
    cmocka_unit_test_setup(expired, trust),
    cmocka_unit_test_setup(not_yet_valid, trust),
    cmocka_unit_test_setup(the_intermediate_has_expired, trust),
    cmocka_unit_test_setup(self_signed, trust),
    cmocka_unit_test_setup(of_an_unknown_authority, trust),
    cmocka_unit_test_setup(of_an_authority_that_the_server_sends, trust),
    cmocka_unit_test_setup(an_intermediate_is_missing, trust),
    cmocka_unit_test_setup(signed_by_a_server, trust),
    cmocka_unit_test_setup(signed_by_one_that_does_not_say, trust),
    cmocka_unit_test_setup(signed_by_one_that_may_not, trust),
    cmocka_unit_test_setup(below_the_last_authority, trust),
    cmocka_unit_test_setup(made_for_clients, trust),
    cmocka_unit_test_setup(below_one_made_for_clients, trust),
    cmocka_unit_test_setup(outside_of_the_limits_of_its_issuer, trust),
    cmocka_unit_test_setup(with_a_critical_extension_that_nobody_knows, trust),
    cmocka_unit_test_setup(with_a_short_key, trust),
    cmocka_unit_test_setup(signed_with_sha1, trust),
    cmocka_unit_test_setup(with_a_forged_signature, trust),
    cmocka_unit_test_setup(tls_1_1, trust),
    cmocka_unit_test_setup(behind_a_redirect, trust),
    cmocka_unit_test_setup(after_a_right_one, trust),
    cmocka_unit_test_setup(a_proxy_with_a_right_certificate, trust),
    cmocka_unit_test_setup(a_proxy_with_a_wrong_certificate, trust),
    cmocka_unit_test_setup(the_named_store_is_not_there, trust_the_system),
    cmocka_unit_test_setup(the_named_store_is_empty, trust_the_system),
    cmocka_unit_test_setup(the_named_store_is_no_store, trust_the_system),
    cmocka_unit_test_setup(the_named_folder_is_empty, trust_the_system),
    cmocka_unit_test_setup(a_named_folder, trust_the_system),
    cmocka_unit_test_setup(a_store_named_as_the_machine_does, trust_the_system),
    cmocka_unit_test_setup(nothing_is_trusted_that_is_not_in_the_store, trust_the_system),
    cmocka_unit_test_setup(the_systems_store_is_trusted, trust_the_system),
    cmocka_unit_test_setup(what_was_taken_out_of_the_systems_store_is_not, trust_the_system),
};

TEST_MAIN(tests)
