/* SPDX-License-Identifier: MIT */
/*
 * Only what is told to the caller hangs on these words: libcurl has refused the certificate before
 * it says them. They are its own names, and numbers of the system's, in no people's language.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "schannel_error.h"

struct row {
    const char *words;
    enum transfer_error_code error;
};

/*
 * SECURITY_STATUS and HRESULTs as they stand behind their names: "SEC_E_CERT_EXPIRED (0x80090328)".
 * This is how it ends where Schannel checks by itself. winerror.h; "COM Error Codes (Security and
 * Setup)"
 */
static const struct row numbers[] = {
    { "(0x80090322)", TRANSFER_ERROR_CERTIFICATE_NAME },    /* SEC_E_WRONG_PRINCIPAL */
    { "(0x800B010F)", TRANSFER_ERROR_CERTIFICATE_NAME },    /* CERT_E_CN_NO_MATCH */
    { "(0x80090328)", TRANSFER_ERROR_CERTIFICATE_DATE },    /* SEC_E_CERT_EXPIRED */
    { "(0x800B0101)", TRANSFER_ERROR_CERTIFICATE_DATE },    /* CERT_E_EXPIRED */
    { "(0x80090325)", TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* SEC_E_UNTRUSTED_ROOT */
    { "(0x800B0109)", TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* CERT_E_UNTRUSTEDROOT */
    { "(0x800B010A)", TRANSFER_ERROR_CERTIFICATE_ISSUER },  /* CERT_E_CHAINING */
    { "(0x80092010)", TRANSFER_ERROR_CERTIFICATE_REVOKED }, /* CRYPT_E_REVOKED */
    { "(0x800B010C)", TRANSFER_ERROR_CERTIFICATE_REVOKED }, /* CERT_E_REVOKED */
    { "(0x80090327)", TRANSFER_ERROR_CERTIFICATE_INVALID }, /* SEC_E_CERT_UNKNOWN */
    { "(0x80090349)", TRANSFER_ERROR_CERTIFICATE_INVALID }, /* SEC_E_CERT_WRONG_USAGE */
    { "(0x800B0110)", TRANSFER_ERROR_CERTIFICATE_INVALID }, /* CERT_E_WRONG_USAGE */
    { "(0x80092012)", TRANSFER_ERROR_CERTIFICATE_INVALID }, /* CRYPT_E_NO_REVOCATION_CHECK */
    { "(0x80092013)", TRANSFER_ERROR_CERTIFICATE_INVALID }, /* CRYPT_E_REVOCATION_OFFLINE */
};

/* What libcurl says where it checks for Schannel: it names one of what is wrong. */
static const struct row words[] = {
    { "CERT_TRUST_IS_REVOKED", TRANSFER_ERROR_CERTIFICATE_REVOKED },
    { "CERT_TRUST_IS_PARTIAL_CHAIN", TRANSFER_ERROR_CERTIFICATE_ISSUER },
    { "CERT_TRUST_IS_UNTRUSTED_ROOT", TRANSFER_ERROR_CERTIFICATE_ISSUER },
    { "CERT_TRUST_IS_NOT_TIME_VALID", TRANSFER_ERROR_CERTIFICATE_DATE },
    { "CertFindExtension() ", TRANSFER_ERROR_CERTIFICATE_NAME },   /* no name at all */
    { "CryptDecodeObjectEx() ", TRANSFER_ERROR_CERTIFICATE_NAME }, /* none that can be read */
    { "CertGetNameString() ", TRANSFER_ERROR_CERTIFICATE_NAME },
};

/* Else it shows all of them: CERT_TRUST_STATUS's dwErrorStatus. */
#define ERROR_MASK "error mask: 0x"

/* CERT_TRUST_INVALID_BASIC_CONSTRAINTS, and CERT_TRUST_IS_NOT_VALID_FOR_USAGE where no usage was
   asked for: signed by somebody who may not. */
#define ISSUER_MASK 0x410ul

static enum transfer_error_code find(const struct row *rows, size_t count, const char *detail)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(detail, rows[i].words))
            return rows[i].error;
    }
    return TRANSFER_ERROR_NONE;
}

enum transfer_error_code schannel_error(const char *detail)
{
    enum transfer_error_code error;
    const char *mask;

    if (strncmp(detail, "schannel: ", strlen("schannel: ")))
        return TRANSFER_ERROR_NONE;
    error = find(numbers, sizeof(numbers) / sizeof(*numbers), detail);
    if (!error)
        error = find(words, sizeof(words) / sizeof(*words), detail);
    if (error)
        return error;
    mask = strstr(detail, ERROR_MASK);
    if (!mask)
        return TRANSFER_ERROR_NONE;
    return strtoul(mask + strlen(ERROR_MASK), NULL, 16) & ISSUER_MASK
               ? TRANSFER_ERROR_CERTIFICATE_ISSUER
               : TRANSFER_ERROR_CERTIFICATE_INVALID;
}
