/* SPDX-License-Identifier: MIT */
/* Internationalized host names, by libidn2. */
#include "winrt-shim/foundation/uri_parts.h"

#include <idn2.h>
#include <string.h>

#include "src/port/memory.h"

static HRESULT idn_to_ascii(const char *host, char **ret)
{
    uint8_t *ascii = NULL;
    int code = idn2_lookup_u8((const uint8_t *)host, &ascii,
                              IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_NO_ALABEL_ROUNDTRIP);

    *ret = NULL;
    if (code != IDN2_MALLOC)
        *ret = memory_strdup(code == IDN2_OK ? (char *)ascii : host);
    idn2_free(ascii);
    return *ret ? S_OK : E_OUTOFMEMORY;
}

/* What libidn2 would give back as it is, and takes its time for. */
static bool is_plain(const char *host)
{
    return !host[strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-")] && !strstr(host, "--");
}

HRESULT uri_host_to_ascii(const char *host, char **ret)
{
    if (is_plain(host)) {
        *ret = memory_strdup(host);
        return *ret ? S_OK : E_OUTOFMEMORY;
    }
    return idn_to_ascii(host, ret);
}

HRESULT uri_host_to_unicode(const char *host, char **ret)
{
    char *unicode = NULL;
    int code = idn2_to_unicode_8z8z(host, &unicode, 0);

    *ret = NULL;
    if (code != IDN2_MALLOC)
        *ret = memory_strdup(code == IDN2_OK ? unicode : host);
    idn2_free(unicode);
    return *ret ? S_OK : E_OUTOFMEMORY;
}
