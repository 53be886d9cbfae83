/* SPDX-License-Identifier: MIT */
/* Hosts and paths, by the libraries that know them: libcurl addresses and dots, libidn2 names,
 * libpsl domains. */
#include "uri_parts.h"

#include <string.h>

#include <curl/curl.h>
#include <libpsl.h>

#include "src/port/memory.h"

/* Parses `url` and gets one part as a string of ours; *ret is NULL if libcurl does not take it. */
static HRESULT curl_part(const char *url, CURLUPart part, char **ret)
{
    CURLU *handle = curl_url();
    char *found = NULL;
    HRESULT hr = S_OK;
    CURLUcode code;

    *ret = NULL;
    if (!handle)
        return E_OUTOFMEMORY;
    code = curl_url_set(handle, CURLUPART_URL, url, CURLU_ALLOW_SPACE);
    if (code == CURLUE_OK)
        code = curl_url_get(handle, part, &found, 0);
    if (code == CURLUE_OUT_OF_MEMORY)
        hr = E_OUTOFMEMORY;
    if (found && !(*ret = memory_strdup(found)))
        hr = E_OUTOFMEMORY;
    curl_free(found);
    curl_url_cleanup(handle);
    return hr;
}

static void make_lower(char *text)
{
    for (; *text; text++) {
        if (*text >= 'A' && *text <= 'Z')
            *text += 'a' - 'A';
    }
}

/* Of the letters that an IPv4 address may have in one of its forms (hexadecimal too). */
static bool may_be_ipv4(const char *host)
{
    return host[0] >= '0' && host[0] <= '9' &&
           strspn(host, "0123456789abcdefABCDEFxX.") == strlen(host);
}

static HRESULT normalize_ipv6(const char *host, char **ret)
{
    const size_t length = strlen(host);
    char *url, *found = NULL;
    HRESULT hr;

    /* Digits, colons and the dots of an embedded IPv4 address; so no zone. */
    if (length < 4 || host[length - 1] != ']' ||
        strspn(host + 1, "0123456789abcdefABCDEF:.") != length - 2)
        return E_INVALIDARG;
    url = memory_join("http://", host, "/");
    if (!url)
        return E_OUTOFMEMORY;
    hr = curl_part(url, CURLUPART_HOST, &found);
    memory_free(url);
    if (SUCCEEDED(hr) && !found)
        hr = E_INVALIDARG;
    if (SUCCEEDED(hr)) {
        *ret = memory_strndup(found + 1, strlen(found) - 2);
        if (!*ret)
            hr = E_OUTOFMEMORY;
    }
    memory_free(found);
    return hr;
}

HRESULT uri_host_normalize(const char *host, bool expand_ipv4, char **ret, bool *is_ipv6)
{
    HRESULT hr = S_OK;

    *ret = NULL;
    *is_ipv6 = host[0] == '[';
    if (*is_ipv6) {
        hr = normalize_ipv6(host, ret);
    } else if (expand_ipv4 && may_be_ipv4(host)) {
        char *url = memory_join("http://", host, "/");

        hr = url ? curl_part(url, CURLUPART_HOST, ret) : E_OUTOFMEMORY;
        memory_free(url);
    }
    if (SUCCEEDED(hr) && !*ret && !(*ret = memory_strdup(host)))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        make_lower(*ret);
    return hr;
}

const char *uri_domain(const struct uri_parts *parts)
{
    if (!parts->host || parts->is_ipv6 || strspn(parts->host, "0123456789.") == strlen(parts->host))
        return NULL;
    return psl_registrable_domain(psl_builtin(), parts->host);
}

HRESULT uri_path_normalize(const char *path, char **ret)
{
    char *url = memory_join("http://h", path);
    HRESULT hr = E_OUTOFMEMORY;

    *ret = NULL;
    if (url)
        hr = curl_part(url, CURLUPART_PATH, ret);
    memory_free(url);
    return SUCCEEDED(hr) && !*ret ? E_INVALIDARG : hr;
}
