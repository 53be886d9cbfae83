/* SPDX-License-Identifier: MIT */
#include "../system_roots.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <wincrypt.h>

#include "platform.h"
#include "test_files.h"
#include "test_main.h"

/* Windows asks its user before it trusts somebody; Wine's store is that of the tests' prefix. */
static void need_wine(void)
{
    if (!GetProcAddress(GetModuleHandleW(u"ntdll.dll"), "wine_get_version"))
        skip_because("only a person may add to the authorities that Windows trusts");
}

static const CERT_CONTEXT *read_certificate(const char *path)
{
    char *text = test_file_read(path, NULL);
    const CERT_CONTEXT *certificate;
    BYTE bytes[4096];
    DWORD size = sizeof(bytes);

    assert_true(CryptStringToBinaryA(text, (DWORD)strlen(text), CRYPT_STRING_BASE64HEADER, bytes,
                                     &size, NULL, NULL));
    free(text);
    certificate = CertCreateCertificateContext(X509_ASN_ENCODING, bytes, size);
    assert_non_null(certificate);
    return certificate;
}

/* The user's part alone: Wine 8 takes nothing out of what shows the machine's as well. */
static HCERTSTORE open_store(void)
{
    HCERTSTORE store = CertOpenStore(CERT_STORE_PROV_SYSTEM_REGISTRY_W, 0, 0,
                                     CERT_SYSTEM_STORE_CURRENT_USER, u"ROOT");

    assert_non_null(store);
    return store;
}

void system_roots_add(const char *path)
{
    const CERT_CONTEXT *certificate;
    HCERTSTORE store;

    need_wine();
    certificate = read_certificate(path);
    store = open_store();
    assert_true(CertAddCertificateContextToStore(store, certificate,
                                                 CERT_STORE_ADD_REPLACE_EXISTING, NULL));
    CertFreeCertificateContext(certificate);
    assert_true(CertCloseStore(store, 0));
}

void system_roots_remove(const char *path)
{
    const CERT_CONTEXT *certificate = read_certificate(path), *found;
    HCERTSTORE store = open_store();

    found = CertFindCertificateInStore(store, X509_ASN_ENCODING, 0, CERT_FIND_EXISTING, certificate,
                                       NULL);
    assert_non_null(found);
    assert_true(CertDeleteCertificateFromStore(found));
    CertFreeCertificateContext(certificate);
    assert_true(CertCloseStore(store, 0));
}
