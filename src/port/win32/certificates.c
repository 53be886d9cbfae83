/* SPDX-License-Identifier: MIT */
/*
 * Schannel checks certificates by itself on Windows, and not at all under Wine 8. libcurl checks
 * for it, with the system's functions, when it is given a list of authorities.
 */
#define SECURITY_WIN32
#include "src/port/certificates.h"

#include <stddef.h>
#include <string.h>

#include <windows.h>

#include <wincrypt.h>

#include <schannel.h>
#include <security.h>

#include "certificate_roots.h"
#include "certificate_rules.h"
#include "src/port/memory.h"

/* What Windows 7 had; Wine 8 knows no more. */
#define ENGINE_CONFIG_SIZE offsetof(CERT_CHAIN_ENGINE_CONFIG, dwExclusiveFlags)

struct certificates {
    HCERTSTORE roots;        /* in memory */
    HCERTCHAINENGINE engine; /* which trusts them and nobody else */
    char *text;              /* the same as PEM */
    size_t length, size;     /* of the text, and of its block */
};

/* What Wine's own DLLs have behind their DOS header, where others have a program for DOS. */
static bool is_built_by_wine(HMODULE module)
{
    static const char mark[] = "Wine builtin DLL";

    return !memcmp((const char *)module + sizeof(IMAGE_DOS_HEADER), mark, sizeof(mark));
}

/* Some Wines can be told to hide the function, and nobody would then check certificates. */
static bool is_wine(void)
{
    HMODULE ntdll = GetModuleHandleW(u"ntdll.dll");

    return ntdll && (GetProcAddress(ntdll, "wine_get_version") || is_built_by_wine(ntdll));
}

static enum port_status make_room(struct certificates *certificates, size_t needed)
{
    size_t size = certificates->size ? certificates->size : 65536;
    char *larger;

    while (size - certificates->length < needed)
        size *= 2;
    if (size == certificates->size)
        return PORT_OK;
    larger = memory_resize(certificates->text, size);
    if (!larger)
        return PORT_NO_MEMORY;
    certificates->text = larger;
    certificates->size = size;
    return PORT_OK;
}

static enum port_status write_root(struct certificates *certificates, const CERT_CONTEXT *root)
{
    enum port_status status;
    DWORD room = 0;
    char *end;

    if (!CryptBinaryToStringA(root->pbCertEncoded, root->cbCertEncoded, CRYPT_STRING_BASE64HEADER,
                              NULL, &room))
        return PORT_NO_MEMORY;
    status = make_room(certificates, room);
    if (status)
        return status;
    end = certificates->text + certificates->length;
    if (!CryptBinaryToStringA(root->pbCertEncoded, root->cbCertEncoded, CRYPT_STRING_BASE64HEADER,
                              end, &room))
        return PORT_NO_MEMORY;
    certificates->length += strlen(end); /* Wine counts the terminator in for some lengths */
    return PORT_OK;
}

static enum port_status write_text(struct certificates *certificates)
{
    const CERT_CONTEXT *root = NULL;
    enum port_status status = PORT_OK;

    while (!status && (root = CertEnumCertificatesInStore(certificates->roots, root)))
        status = write_root(certificates, root);
    if (root)
        CertFreeCertificateContext(root);
    return status || certificates->text ? status : PORT_NOT_FOUND;
}

static enum port_status make_engine(struct certificates *certificates)
{
    CERT_CHAIN_ENGINE_CONFIG config = { .cbSize = ENGINE_CONFIG_SIZE };

    config.hExclusiveRoot = certificates->roots;
    return CertCreateCertificateChainEngine(&config, &certificates->engine) ? PORT_OK
                                                                            : PORT_NO_MEMORY;
}

static enum port_status fill(struct certificates *certificates, const char *file,
                             const char *folder)
{
    enum port_status status;

    certificates->roots =
        CertOpenStore(CERT_STORE_PROV_MEMORY, 0, 0, CERT_STORE_CREATE_NEW_FLAG, NULL);
    if (!certificates->roots)
        return PORT_NO_MEMORY;
    status = PORT_OK;
    if (file)
        status = certificate_roots_add_file(certificates->roots, file);
    if (!status && folder)
        status = certificate_roots_add_folder(certificates->roots, folder);
    if (!file && !folder)
        status = certificate_roots_add_system(certificates->roots);
    if (!status)
        status = write_text(certificates);
    if (!status)
        status = make_engine(certificates);
    return status;
}

enum port_status certificates_create(const char *file, const char *folder,
                                     struct certificates **ret)
{
    struct certificates *certificates;
    enum port_status status;

    *ret = NULL;
    if (!file && !folder && !is_wine())
        return PORT_OK;
    certificates = memory_zalloc(sizeof(*certificates));
    if (!certificates)
        return PORT_NO_MEMORY;
    status = fill(certificates, file, folder);
    if (status) {
        certificates_destroy(certificates);
        return status;
    }
    *ret = certificates;
    return PORT_OK;
}

void certificates_destroy(struct certificates *certificates)
{
    if (!certificates)
        return;
    if (certificates->engine)
        CertFreeCertificateChainEngine(certificates->engine);
    if (certificates->roots)
        CertCloseStore(certificates->roots, 0);
    memory_free(certificates->text);
    memory_free(certificates);
}

const char *certificates_text(const struct certificates *certificates)
{
    return certificates->text;
}

/* The same question as libcurl's, so that it is the same chain that is looked at. */
static bool is_chain_good(const struct certificates *certificates, const CERT_CONTEXT *certificate)
{
    CERT_CHAIN_PARA parameters = { .cbSize = sizeof(parameters) };
    const CERT_CHAIN_CONTEXT *chain = NULL;
    bool good;

    if (!CertGetCertificateChain(certificates->engine, certificate, NULL, certificate->hCertStore,
                                 &parameters, 0, NULL, &chain))
        return false;
    good = chain->cChain &&
           !(chain->rgpChain[0]->TrustStatus.dwErrorStatus & ~(DWORD)CERT_TRUST_IS_NOT_TIME_NESTED);
    good = good && certificate_chain_suits_server(chain->rgpChain[0]);
    CertFreeCertificateChain(chain);
    return good;
}

bool certificates_suit_server(const struct certificates *certificates, void *session)
{
    const CERT_CONTEXT *certificate = NULL;
    bool good;

    if (!session ||
        QueryContextAttributesW(session, SECPKG_ATTR_REMOTE_CERT_CONTEXT, &certificate) ||
        !certificate)
        return false;
    good = is_chain_good(certificates, certificate);
    CertFreeCertificateContext(certificate);
    return good;
}

/* Wine 8 fetches the list of revoked ones, for minutes if need be, and does not heed it. */
bool certificates_can_be_revoked(void)
{
    return !is_wine();
}
