/* SPDX-License-Identifier: MIT */
/*
 * Whose certificates are trusted: those of SSL_CERT_FILE and SSL_CERT_DIR, else what the system
 * trusts. docs/engine.md, "Certificates". Engine's thread only.
 */
#ifndef WINRT_ENGINE_CERTIFICATE_STORE_H
#define WINRT_ENGINE_CERTIFICATE_STORE_H

#include <stdbool.h>

#include "network.h"
#include "settings.h"

struct certificates;

/* All zero at first. */
struct certificate_store {
    bool loaded;                       /* that was tried */
    struct certificates *certificates; /* NULL if the TLS library takes care of everything */
    bool failed;                       /* nobody can be trusted */
};

/*
 * Tells an easy handle, for servers and for proxies. `secure`: the request's URL is https.
 * `options` are more CURLSSLOPT_ bits for servers. CURLE_SSL_CACERT_BADFILE if nobody can be
 * trusted, CURLE_OUT_OF_MEMORY, or what libcurl says.
 */
CURLcode certificate_store_apply(struct certificate_store *store,
                                 const struct engine_settings *settings, CURL *easy, bool secure,
                                 long options);

/*
 * The last look before a request goes out on the connection that the handle has. Through a proxy
 * with TLS, a plain http request shows the proxy's certificate.
 */
bool certificate_store_allows(const struct certificate_store *store, CURL *easy, bool secure);

/* After the last easy handle. */
void certificate_store_free(struct certificate_store *store);

#endif
