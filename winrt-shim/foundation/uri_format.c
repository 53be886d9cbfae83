/* SPDX-License-Identifier: MIT */
/* Parts to text. */
#include "uri_parts.h"

#include <stdio.h>
#include <string.h>

#include "src/port/memory.h"
#include "uri_escape.h"

static const char *text_of(const char *part)
{
    return part ? part : "";
}

static bool has_explicit_port(const struct uri_parts *parts)
{
    return parts->port != URI_PORT_NONE && (!parts->known || parts->port != parts->known->port);
}

/* All parts in their order, with another host and without user info if so wanted. */
static HRESULT format_parts(const struct uri_parts *parts, const char *host, bool with_user,
                            char **ret)
{
    const bool has_user = with_user && (parts->user || parts->has_password);
    char port[8] = "";

    *ret = NULL;
    if (!parts->has_authority) {
        *ret = memory_join(parts->scheme, ":", text_of(parts->path), text_of(parts->query),
                           text_of(parts->fragment));
        return *ret ? S_OK : E_OUTOFMEMORY;
    }
    if (has_explicit_port(parts) && snprintf(port, sizeof(port), ":%d", parts->port) < 0)
        return E_FAIL;
    *ret = memory_join(parts->scheme, "://", has_user ? text_of(parts->user) : "",
                       has_user && parts->has_password ? ":" : "",
                       has_user ? text_of(parts->password) : "", has_user ? "@" : "",
                       parts->is_ipv6 ? "[" : "", text_of(host), parts->is_ipv6 ? "]" : "", port,
                       text_of(parts->path), text_of(parts->query), text_of(parts->fragment));
    return *ret ? S_OK : E_OUTOFMEMORY;
}

/* "http:" can be shown, but names nothing. */
static bool has_absolute_form(const struct uri_parts *parts)
{
    return parts->has_authority || !parts->known || !parts->known->needs_host;
}

HRESULT uri_format_absolute(const struct uri_parts *parts, char **ret)
{
    *ret = NULL;
    return has_absolute_form(parts) ? format_parts(parts, parts->host, true, ret) : S_OK;
}

HRESULT uri_format_display(const struct uri_parts *parts, char **ret)
{
    return format_parts(parts, parts->host, false, ret);
}

/* Hosts are in lower case, and so is what is encoded of one that is no international name. */
static HRESULT canonical_host(const char *host, char **ret)
{
    char *ascii = NULL;
    HRESULT hr = uri_host_to_ascii(host, &ascii);

    *ret = NULL;
    if (FAILED(hr))
        return hr;
    *ret = uri_escape(ascii, uri_is_forbidden_or_not_ascii);
    memory_free(ascii);
    for (char *c = *ret; c && *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    }
    return *ret ? S_OK : E_OUTOFMEMORY;
}

HRESULT uri_format_canonical(const struct uri_parts *parts, char **ret)
{
    char *host = NULL, *whole = NULL;
    HRESULT hr = S_OK;

    *ret = NULL;
    if (!has_absolute_form(parts))
        return S_OK;
    if (parts->host)
        hr = canonical_host(parts->host, &host);
    if (SUCCEEDED(hr))
        hr = format_parts(parts, host, true, &whole);
    if (SUCCEEDED(hr)) {
        *ret = uri_escape(whole, uri_is_forbidden_or_not_ascii);
        hr = *ret ? S_OK : E_OUTOFMEMORY;
    }
    memory_free(whole);
    memory_free(host);
    return hr;
}

HRESULT uri_format_iri(const struct uri_parts *parts, char **ret)
{
    char *host = NULL, *whole = NULL;
    HRESULT hr = S_OK;

    *ret = NULL;
    if (parts->host)
        hr = uri_host_to_unicode(parts->host, &host);
    if (SUCCEEDED(hr))
        hr = format_parts(parts, host, false, &whole);
    if (SUCCEEDED(hr)) {
        *ret = uri_unescape(whole, uri_is_displayable);
        hr = *ret ? S_OK : E_OUTOFMEMORY;
    }
    memory_free(whole);
    memory_free(host);
    return hr;
}

HRESULT uri_format_text(const struct uri_parts *parts, char **ret)
{
    char *whole = NULL;
    HRESULT hr = format_parts(parts, parts->host, true, &whole);

    *ret = NULL;
    if (SUCCEEDED(hr)) {
        *ret = uri_unescape(whole, uri_is_unreserved_for_text);
        hr = *ret ? S_OK : E_OUTOFMEMORY;
    }
    memory_free(whole);
    return hr;
}

HRESULT uri_format_comparable(const struct uri_parts *parts, char **ret)
{
    char *canonical = NULL;
    HRESULT hr = uri_format_canonical(parts, &canonical);

    *ret = NULL;
    if (SUCCEEDED(hr) && !canonical)
        hr = uri_format_display(parts, &canonical);
    if (SUCCEEDED(hr)) {
        *ret = uri_normalize_triplets(canonical);
        hr = *ret ? S_OK : E_OUTOFMEMORY;
    }
    memory_free(canonical);
    return hr;
}
