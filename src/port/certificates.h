/* SPDX-License-Identifier: MIT */
/*
 * What the TLS library leaves to others when it checks a server's certificate. Nothing, natively.
 * docs/engine.md, "Certificates", says what it is on Windows and under Wine.
 */
#ifndef WINRT_PORT_CERTIFICATES_H
#define WINRT_PORT_CERTIFICATES_H

#include <stdbool.h>

#include "status.h"

/* The authorities that are trusted, where somebody has to tell the TLS library. Any thread. */
struct certificates;

/*
 * Those in `file`, PEM, and in the files of `folder` that are named as OpenSSL wants it; NULL twice
 * for the system's, which takes 0.2 s under Wine. Absolute paths as programs write them; under Wine
 * also as programs of the system below do. *ret is NULL, and certificates need no attention, where
 * the TLS library does all of it by itself. PORT_NOT_FOUND if there are none or none can be read,
 * PORT_NO_MEMORY
 */
enum port_status certificates_create(const char *file, const char *folder,
                                     struct certificates **ret);
void certificates_destroy(struct certificates *certificates);

/* As PEM text, for libcurl. Lives as long as they do. */
const char *certificates_text(const struct certificates *certificates);

/*
 * Whether the certificate of the other end, and each one between it and the authority, is good for
 * a server: a second opinion after libcurl's, which does not ask what they were made for, nor how
 * strong they are. Names are libcurl's to compare. `session` is what CURLINFO_TLS_SSL_PTR tells;
 * NULL is no server to trust.
 */
bool certificates_suit_server(const struct certificates *certificates, void *session);

/* Whether the TLS library may look for revoked ones: that may need the network, and time. */
bool certificates_can_be_revoked(void);

#endif
