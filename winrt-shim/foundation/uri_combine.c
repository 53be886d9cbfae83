/* SPDX-License-Identifier: MIT */
/* Relative references (RFC 3986, 5.2.2): the parts of the result are put together and parsed as any
 * other URI. */
#include "uri_parts.h"

#include <string.h>

#include "src/port/memory.h"

/* "http:" in front of an authority, "http://user@host:80" in front of a path. */
static HRESULT base_prefix(const struct uri_parts *base, bool with_authority, char **ret)
{
    char *absolute = NULL;
    size_t length;
    HRESULT hr;

    *ret = NULL;
    hr = uri_format_absolute(base, &absolute);
    if (FAILED(hr))
        return hr;
    if (!absolute)
        return E_INVALIDARG;
    length = strlen(base->scheme) + 1;
    if (with_authority && base->has_authority)
        length += 2 + strcspn(absolute + length + 2, "/?#");
    *ret = memory_strndup(absolute, length);
    memory_free(absolute);
    return *ret ? S_OK : E_OUTOFMEMORY;
}

/* What the reference leaves of the base's path: all up to the last slash. */
static size_t merged_length(const struct uri_parts *base)
{
    const char *slash = base->path ? strrchr(base->path, '/') : NULL;

    return slash ? (size_t)(slash - base->path) + 1 : 0;
}

static HRESULT resolve(const struct uri_parts *base, const char *reference, char **ret)
{
    const char *path = base->path ? base->path : "";
    const char *query = base->query ? base->query : "";
    const bool names_host = !strncmp(reference, "//", 2);
    char *prefix = NULL;
    HRESULT hr;

    *ret = NULL;
    hr = base_prefix(base, !names_host, &prefix);
    if (FAILED(hr))
        return hr;
    if (names_host || reference[0] == '/')
        *ret = memory_format("%s%s", prefix, reference);
    else if (!reference[0])
        *ret = memory_format("%s%s%s", prefix, path, query);
    else if (reference[0] == '#')
        *ret = memory_format("%s%s%s%s", prefix, path, query, reference);
    else if (reference[0] == '?')
        *ret = memory_format("%s%s%s", prefix, path, reference);
    else
        *ret = memory_format("%s%.*s%s", prefix, (int)merged_length(base), path, reference);
    memory_free(prefix);
    return *ret ? S_OK : E_OUTOFMEMORY;
}

/* A colon before any of these ends a scheme. */
static bool has_scheme(const char *reference)
{
    return reference[strcspn(reference, ":/?#\\")] == ':';
}

HRESULT uri_combine(const struct uri_parts *base, const char *reference, struct uri_parts **ret)
{
    char *written = NULL, *whole = NULL;
    size_t i;
    HRESULT hr;

    *ret = NULL;
    if (has_scheme(reference))
        return uri_parse(reference, ret);
    written = memory_strdup(reference);
    if (!written)
        return E_OUTOFMEMORY;
    for (i = 0; base->known && base->known->backslash && written[i] && !strchr("?#", written[i]);
         i++) {
        if (written[i] == '\\')
            written[i] = '/';
    }
    hr = resolve(base, written, &whole);
    if (SUCCEEDED(hr))
        hr = uri_parse(whole, ret);
    memory_free(whole);
    memory_free(written);
    return hr;
}
