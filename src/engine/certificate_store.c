/* SPDX-License-Identifier: MIT */
#include "certificate_store.h"

#include <stddef.h>
#include <string.h>

#include "src/port/certificates.h"
#include "src/port/memory.h"
#include "src/port/system.h"

/* Once: opening the system's store may take longer than a transfer does. What users change in it
 * later, the next process sees. */
static CURLcode load(struct certificate_store *store, const struct engine_settings *settings)
{
    enum port_status status;

    if (store->loaded)
        return CURLE_OK;
    status = certificates_create(settings->ca_file, settings->ca_folder, &store->certificates);
    if (status == PORT_NO_MEMORY)
        return CURLE_OUT_OF_MEMORY;
    store->failed = status;
    store->loaded = true;
    return CURLE_OK;
}

static CURLcode set_both(CURL *easy, CURLoption server, CURLoption proxy, const void *value)
{
    CURLcode code = network()->set_pointer(easy, server, value);

    return code ? code : network()->set_pointer(easy, proxy, value);
}

static CURLcode set_text(CURL *easy, const char *text)
{
    struct curl_blob blob = {
        .data = (void *)text,
        .len = strlen(text),
        .flags = CURL_BLOB_NOCOPY,
    };

    return set_both(easy, CURLOPT_CAINFO_BLOB, CURLOPT_PROXY_CAINFO_BLOB, &blob);
}

/*
 * libcurl can keep a parsed file for the next connection, but only if there is no folder as well:
 * 30 ms of processor time for each connection otherwise, with Debian's store, where both hold the
 * same. So the folder that libcurl was built for is left out unless somebody names one.
 */
static CURLcode set_paths(CURL *easy, const struct engine_settings *settings)
{
    CURLcode code = CURLE_OK;

    if (settings->ca_file)
        code = set_both(easy, CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO, settings->ca_file);
    if (!code && (settings->ca_file || settings->ca_folder))
        code = set_both(easy, CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH, settings->ca_folder);
    return code;
}

/* For plain http, where nobody has to show a certificate but a proxy with TLS. */
static CURLcode trust_nobody(CURL *easy)
{
    return set_text(easy, "\n");
}

/* Where libcurl looks for a proxy for plain http, each time. */
static bool is_proxy_named(void)
{
    static const char *const names[] = { "http_proxy", "all_proxy", "ALL_PROXY" };
    bool named = false;

    for (size_t i = 0; !named && i < sizeof(names) / sizeof(*names); i++) {
        char *value = NULL;

        named = system_environment(names[i], &value) || value;
        memory_free(value);
    }
    return named;
}

CURLcode certificate_store_apply(struct certificate_store *store,
                                 const struct engine_settings *settings, CURL *easy, bool secure,
                                 long options)
{
    long revocation =
        certificates_can_be_revoked() ? CURLSSLOPT_REVOKE_BEST_EFFORT : CURLSSLOPT_NO_REVOKE;
    CURLcode code;

    if (!secure && !store->loaded && !is_proxy_named()) {
        code = trust_nobody(easy); /* and be spared the time */
        /* TLS libraries that take no text check by themselves, with their own store. */
        return code == CURLE_NOT_BUILT_IN ? CURLE_OK : code;
    }
    code = load(store, settings);
    if (!code)
        code = network()->set_long(easy, CURLOPT_SSL_OPTIONS, revocation | options);
    if (!code)
        code = network()->set_long(easy, CURLOPT_PROXY_SSL_OPTIONS, revocation);
    if (code)
        return code;
    if (store->failed)
        return secure ? CURLE_SSL_CACERT_BADFILE : trust_nobody(easy);
    return store->certificates ? set_text(easy, certificates_text(store->certificates))
                               : set_paths(easy, settings);
}

bool certificate_store_allows(const struct certificate_store *store, CURL *easy, bool secure)
{
    void *session;

    if (!store->certificates)
        return true;
    session = network()->get_tls_session(easy);
    if (!session && !secure)
        return true;
    return certificates_suit_server(store->certificates, session);
}

void certificate_store_free(struct certificate_store *store)
{
    certificates_destroy(store->certificates);
    *store = (struct certificate_store){ 0 };
}
