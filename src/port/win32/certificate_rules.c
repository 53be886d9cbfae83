/* SPDX-License-Identifier: MIT */
/*
 * Wine 8 asks for the purpose of the server's own certificate alone, and takes SHA-1 and short
 * keys; libcurl does not ask at all.
 */
#include "certificate_rules.h"

#include <string.h>

#define RSA_BITS_LEAST 2048

/* The algorithms that a certificate may be signed with; all others are old, or unheard of. */
static const char *const signatures[] = {
    szOID_RSA_SHA256RSA, szOID_RSA_SHA384RSA, szOID_RSA_SHA512RSA,
    szOID_ECDSA_SHA256,  szOID_ECDSA_SHA384,  szOID_ECDSA_SHA512,
};

static bool is_signed_well(const CERT_CONTEXT *certificate)
{
    for (size_t i = 0; i < sizeof(signatures) / sizeof(*signatures); i++) {
        if (!strcmp(certificate->pCertInfo->SignatureAlgorithm.pszObjId, signatures[i]))
            return true;
    }
    return false;
}

static bool is_key_long(const CERT_CONTEXT *certificate)
{
    CERT_PUBLIC_KEY_INFO *key = &certificate->pCertInfo->SubjectPublicKeyInfo;

    return strcmp(key->Algorithm.pszObjId, szOID_RSA_RSA) ||
           CertGetPublicKeyLength(X509_ASN_ENCODING, key) >= RSA_BITS_LEAST;
}

/* One without such an extension is for everything. */
static bool is_for_server(const CERT_CONTEXT *certificate)
{
    union {
        CERT_ENHKEY_USAGE usage;
        BYTE room[4096];
    } found;
    DWORD size = sizeof(found);

    if (!CertFindExtension(szOID_ENHANCED_KEY_USAGE, certificate->pCertInfo->cExtension,
                           certificate->pCertInfo->rgExtension))
        return true;
    if (!CertGetEnhancedKeyUsage(certificate, CERT_FIND_EXT_ONLY_ENHKEY_USAGE_FLAG, &found.usage,
                                 &size))
        return false;
    for (DWORD i = 0; i < found.usage.cUsageIdentifier; i++) {
        const char *usage = found.usage.rgpszUsageIdentifier[i];

        if (!strcmp(usage, szOID_PKIX_KP_SERVER_AUTH) ||
            !strcmp(usage, szOID_ANY_ENHANCED_KEY_USAGE))
            return true;
    }
    return false;
}

bool certificate_chain_suits_server(const CERT_SIMPLE_CHAIN *chain)
{
    for (DWORD i = 0; i + 1 < chain->cElement; i++) {
        const CERT_CONTEXT *certificate = chain->rgpElement[i]->pCertContext;

        if (!is_signed_well(certificate) || !is_for_server(certificate))
            return false;
    }
    for (DWORD i = 0; i < chain->cElement; i++) {
        if (!is_key_long(chain->rgpElement[i]->pCertContext))
            return false;
    }
    return chain->cElement > 0;
}
