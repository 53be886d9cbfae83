/* SPDX-License-Identifier: MIT */
#include "certificate_roots.h"

#include <string.h>

#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "wide_path.h"

#define FILE_LIMIT (16 * 1024 * 1024)

static const char begin_mark[] = "-----BEGIN CERTIFICATE-----";
static const char end_mark[] = "-----END CERTIFICATE-----";

/* What is not valid now serves nobody and would cost time for each connection. */
static enum port_status add_root(HCERTSTORE roots, const CERT_CONTEXT *root)
{
    if (CertVerifyTimeValidity(NULL, root->pCertInfo))
        return PORT_OK;
    return CertAddCertificateContextToStore(roots, root, CERT_STORE_ADD_USE_EXISTING, NULL)
               ? PORT_OK
               : PORT_NO_MEMORY;
}

enum port_status certificate_roots_add_system(HCERTSTORE roots)
{
    const CERT_CONTEXT *root = NULL;
    enum port_status status = PORT_OK;
    HCERTSTORE store =
        CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0,
                      CERT_SYSTEM_STORE_CURRENT_USER | CERT_STORE_READONLY_FLAG, u"ROOT");

    if (!store)
        return PORT_OK;
    while (!status && (root = CertEnumCertificatesInStore(store, root)))
        status = add_root(roots, root);
    if (root)
        CertFreeCertificateContext(root);
    CertCloseStore(store, 0);
    return status;
}

/* What cannot be read is trusted by nobody. */
static enum port_status add_encoded_root(HCERTSTORE roots, const char *text)
{
    const CERT_CONTEXT *root;
    enum port_status status;
    DWORD size = 0;
    BYTE *bytes;

    if (!CryptStringToBinaryA(text, 0, CRYPT_STRING_BASE64HEADER, NULL, &size, NULL, NULL))
        return PORT_OK;
    bytes = memory_alloc(size);
    if (!bytes)
        return PORT_NO_MEMORY;
    root = CryptStringToBinaryA(text, 0, CRYPT_STRING_BASE64HEADER, bytes, &size, NULL, NULL)
               ? CertCreateCertificateContext(X509_ASN_ENCODING, bytes, size)
               : NULL;
    status = root ? add_root(roots, root) : PORT_OK;
    if (root)
        CertFreeCertificateContext(root);
    memory_free(bytes);
    return status;
}

/* Each one is cut out, since the system decodes the first of a text. */
static enum port_status add_roots_of_text(HCERTSTORE roots, char *text)
{
    enum port_status status = PORT_OK;
    char *start = strstr(text, begin_mark);

    while (!status && start) {
        char *end = strstr(start, end_mark), *next, saved;

        if (!end)
            break;
        end += strlen(end_mark);
        saved = *end;
        *end = 0;
        status = add_encoded_root(roots, start);
        *end = saved;
        next = strstr(end, begin_mark);
        start = next;
    }
    return status;
}

/* Of a file that is there. */
static enum port_status add_file(HCERTSTORE roots, const char *path)
{
    enum port_status status;
    void *text;
    size_t size;

    status = file_load(path, FILE_LIMIT, &text, &size);
    if (status)
        return status == PORT_NO_MEMORY ? status : PORT_OK;
    status = add_roots_of_text(roots, text);
    memory_free(text);
    return status;
}

/* What a program under Wine gets from the environment may be a path of the system below. */
static enum port_status path_from_below(const char *text, char **ret)
{
    WCHAR *(*to_windows)(const char *path) = NULL;
    HMODULE kernel32 = GetModuleHandleW(u"kernel32.dll");
    enum port_status status;
    FARPROC function = kernel32 ? GetProcAddress(kernel32, "wine_get_dos_file_name") : NULL;
    WCHAR *path;

    memcpy(&to_windows, &function, sizeof(function));
    path = to_windows ? to_windows(text) : NULL;
    if (!path)
        return PORT_INVALID;
    status = wide_path_to_ours(path, (size_t)lstrlenW(path), ret);
    HeapFree(GetProcessHeap(), 0, path);
    return status;
}

static enum port_status path_of(const char *text, char **ret)
{
    *ret = NULL;
    return text[0] == '/' && text[1] != '/' ? path_from_below(text, ret)
                                            : path_from_native(text, ret);
}

enum port_status certificate_roots_add_file(HCERTSTORE roots, const char *file)
{
    enum port_status status;
    char *path;

    status = path_of(file, &path);
    if (!status)
        status = add_file(roots, path);
    memory_free(path);
    return status == PORT_INVALID ? PORT_OK : status;
}

struct visit {
    HCERTSTORE roots;
    const char *folder;
    enum port_status status;
};

/* "9f8e7d6c.0": what OpenSSL looks for in such a folder, a hash of the subject. */
static bool is_hashed_name(const char *name)
{
    return strspn(name, "0123456789abcdefABCDEF") == 8 && name[8] == '.' && name[9] &&
           !name[9 + strspn(name + 9, "0123456789")];
}

static bool visit_file(void *context, const char *name, enum file_kind kind)
{
    struct visit *visit = context;
    char *path;

    if (kind == FILE_KIND_FOLDER || !is_hashed_name(name))
        return true;
    path = memory_format("%s/%s", visit->folder, name);
    visit->status = path ? add_file(visit->roots, path) : PORT_NO_MEMORY;
    memory_free(path);
    return !visit->status;
}

enum port_status certificate_roots_add_folder(HCERTSTORE roots, const char *folder)
{
    struct visit visit = { .roots = roots };
    enum port_status status;
    char *path;

    status = path_of(folder, &path);
    visit.folder = path;
    if (!status && file_visit(path, visit_file, &visit) == PORT_NO_MEMORY)
        status = PORT_NO_MEMORY;
    memory_free(path);
    if (status)
        return status == PORT_INVALID ? PORT_OK : status;
    return visit.status;
}
