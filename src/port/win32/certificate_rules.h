/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_CERTIFICATE_RULES_H
#define WINRT_PORT_WIN32_CERTIFICATE_RULES_H

#include <stdbool.h>

#include <windows.h>

#include <wincrypt.h>

/*
 * Whether each certificate of a chain may serve a TLS server: made for it (RFC 5280, 4.2.1.12, as
 * everybody reads it: an intermediate one limits those below), and signed and keyed as strongly as
 * Debian's OpenSSL wants it, level 2. The last one is the authority's, trusted as it is.
 */
bool certificate_chain_suits_server(const CERT_SIMPLE_CHAIN *chain);

#endif
