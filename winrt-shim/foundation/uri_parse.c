/* SPDX-License-Identifier: MIT */
/* Text to parts. Where Windows departs from RFC 3986 a comment says so; docs/uri.md has the whole
 * list. */
#include "uri_parts.h"

#include <stddef.h>
#include <string.h>

#include "src/port/memory.h"
#include "uri_escape.h"

static const struct uri_scheme schemes[] = {
    { "http", 80, true, true },
    { "https", 443, true, true },
    { "ftp", 21, true, true },
    { "telnet", 23, false, true },
    { "file", URI_PORT_NONE, true, false },
};

static const struct uri_scheme *const file_scheme = &schemes[4];

/* A stretch of the text that is parsed. */
struct span {
    const char *start;
    size_t length;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of the scheme in front of a colon, which may begin with a digit, too; 0 if there is
 * none. */
static size_t scheme_length(const char *text)
{
    size_t length = 0;

    while (is_letter(text[length]) || is_digit(text[length]) ||
           (text[length] && strchr("+-.", text[length])))
        length++;
    return text[length] == ':' ? length : 0;
}

static HRESULT copy_span(struct span span, char **ret)
{
    *ret = memory_strndup(span.start, span.length);
    return *ret ? S_OK : E_OUTOFMEMORY;
}

/* A part of a known scheme has its forbidden characters encoded, and its triplets must be ones. */
static HRESULT set_part(struct uri_parts *parts, struct span span, char **part)
{
    char *plain;
    HRESULT hr;

    if (!span.length)
        return S_OK;
    hr = copy_span(span, &plain);
    if (FAILED(hr) || !parts->known) {
        *part = plain;
        return hr;
    }
    if (uri_triplets_are_valid(plain)) {
        *part = uri_escape(plain, uri_is_forbidden);
        hr = *part ? S_OK : E_OUTOFMEMORY;
        if (*part && strcmp(*part, plain))
            parts->suspicious = true;
    } else {
        hr = E_INVALIDARG;
    }
    memory_free(plain);
    return hr;
}

/* Query and fragment are kept as they are, spaces included. */
static HRESULT set_tail(struct uri_parts *parts, struct span span, char **part)
{
    HRESULT hr;

    if (!span.length)
        return S_OK;
    hr = copy_span(span, part);
    if (SUCCEEDED(hr) && parts->known && !uri_triplets_are_valid(*part))
        hr = E_INVALIDARG;
    return hr;
}

static HRESULT set_user_info(struct uri_parts *parts, struct span info)
{
    const char *colon = memchr(info.start, ':', info.length);
    struct span user = info, password = { NULL, 0 };
    HRESULT hr;

    if (colon) {
        user.length = (size_t)(colon - info.start);
        password.start = colon + 1;
        password.length = info.length - user.length - 1;
    }
    hr = set_part(parts, user, &parts->user);
    if (SUCCEEDED(hr))
        hr = set_part(parts, password, &parts->password);
    parts->has_password = colon && (user.length || password.length);
    return hr;
}

/*
 * Takes ":port" off the end of `host`. A known scheme ignores an empty port and refuses a wrong
 * one; with other schemes such a thing belongs to the host.
 */
static HRESULT take_port(struct uri_parts *parts, struct span *host)
{
    size_t at = host->length, i;
    UINT32 port = 0;

    while (at && is_digit(host->start[at - 1]))
        at--;
    if (at && host->start[at - 1] == ':' && host->length - at <= 5 && host->length > at) {
        for (i = at; i < host->length; i++)
            port = port * 10 + (UINT32)(host->start[i] - '0');
        if (port > 65535)
            return E_INVALIDARG;
        parts->port = (int)port;
        host->length = at - 1;
    } else if (parts->known && host->length && host->start[host->length - 1] == ':') {
        host->length--;
    }
    if (!parts->known || (host->length && host->start[0] == '['))
        return S_OK; /* an address's colons are looked at with the address */
    return memchr(host->start, ':', host->length) ? E_INVALIDARG : S_OK;
}

static HRESULT set_host(struct uri_parts *parts, struct span host)
{
    char *written = NULL;
    HRESULT hr;

    if (!host.length)
        return S_OK;
    if (host.start[0] == '[') /* an address has nothing to encode */
        hr = copy_span(host, &written);
    else
        hr = set_part(parts, host, &written);
    if (SUCCEEDED(hr))
        hr = uri_host_normalize(written, parts->known != NULL, &parts->host, &parts->is_ipv6);
    memory_free(written);
    return hr;
}

static HRESULT set_authority(struct uri_parts *parts, struct span authority)
{
    struct span host = authority;
    const char *at;
    HRESULT hr = S_OK;

    parts->has_authority = true;
    for (at = authority.start + authority.length; at > authority.start && at[-1] != '@'; at--)
        ;
    if (at > authority.start) {
        const struct span info = { authority.start, (size_t)(at - authority.start) - 1 };

        host.start = at;
        host.length = authority.length - info.length - 1;
        hr = set_user_info(parts, info);
    }
    if (SUCCEEDED(hr))
        hr = take_port(parts, &host);
    if (SUCCEEDED(hr))
        hr = set_host(parts, host);
    return hr;
}

/* The path without dot segments; it keeps away from what a reader takes for a host. */
static HRESULT set_rooted_path(struct uri_parts *parts, const char *written)
{
    HRESULT hr = uri_path_normalize(written, &parts->path);
    char *path = parts->path;

    if (FAILED(hr) || strncmp(path, "//", 2))
        return hr;
    if (parts->known == file_scheme && !parts->host) { /* one slash will do */
        memmove(path, path + strspn(path, "/") - 1, strlen(path) - strspn(path, "/") + 2);
    } else if (!parts->has_authority) {
        parts->path = memory_format("/.%s", path);
        memory_free(path);
        hr = parts->path ? S_OK : E_OUTOFMEMORY;
    }
    return hr;
}

static HRESULT set_path(struct uri_parts *parts, struct span path)
{
    char *written = NULL;
    HRESULT hr = set_part(parts, path, &written);

    if (SUCCEEDED(hr) && parts->has_authority && (!written || written[0] != '/')) {
        char *rooted = memory_format("/%s", written ? written : "");

        memory_free(written);
        written = rooted;
        hr = rooted ? S_OK : E_OUTOFMEMORY;
    }
    if (FAILED(hr) || !written || written[0] != '/') {
        parts->path = written;
        return hr;
    }
    hr = set_rooted_path(parts, written);
    memory_free(written);
    return hr;
}

/* What stands behind the scheme's colon; changed in place. */
static HRESULT parse_rest(struct uri_parts *parts, char *rest)
{
    const size_t before_query = strcspn(rest, "?#");
    const size_t before_fragment = strcspn(rest, "#");
    struct span authority = { rest, 0 }, path = { rest, before_query };
    const struct span query = { rest + before_query, before_fragment - before_query };
    const struct span fragment = { rest + before_fragment, strlen(rest + before_fragment) };
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; parts->known && parts->known->backslash && i < before_query; i++) {
        if (rest[i] == '\\') {
            rest[i] = '/';
            parts->suspicious = true;
        }
    }
    if (!strncmp(rest, "//", 2)) {
        authority.start = rest + 2;
        authority.length = strcspn(rest + 2, "/?#");
        path.start = authority.start + authority.length;
        path.length = before_query - 2 - authority.length;
        hr = set_authority(parts, authority);
    } else if (parts->known == file_scheme) {
        parts->has_authority = true;
    }
    if (SUCCEEDED(hr))
        hr = set_path(parts, path);
    if (SUCCEEDED(hr))
        hr = set_tail(parts, query, &parts->query);
    if (SUCCEEDED(hr))
        hr = set_tail(parts, fragment, &parts->fragment);
    return hr;
}

/* Sets the scheme; *rest is what it stands in front of. */
static HRESULT parse_scheme(struct uri_parts *parts, char **rest)
{
    const size_t length = scheme_length(*rest);
    size_t i;

    if (!length)
        return E_INVALIDARG;
    if (length == 1 && is_letter(**rest)) { /* "a:" is a drive */
        parts->known = file_scheme;
        parts->scheme = memory_strdup(file_scheme->name);
        return parts->scheme ? S_OK : E_OUTOFMEMORY;
    }
    parts->scheme = memory_strndup(*rest, length);
    if (!parts->scheme)
        return E_OUTOFMEMORY;
    for (i = 0; i < length; i++) {
        if (parts->scheme[i] >= 'A' && parts->scheme[i] <= 'Z')
            parts->scheme[i] += 'a' - 'A';
    }
    for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (!strcmp(parts->scheme, schemes[i].name))
            parts->known = &schemes[i];
    }
    if (parts->known)
        parts->port = parts->known->port;
    *rest += length + 1;
    return S_OK;
}

/* A copy without TAB, CR and LF. */
static char *without_line_breaks(const char *text, bool *dropped)
{
    char *copy = memory_strdup(text), *out = copy;

    *dropped = false;
    for (; copy && *text; text++) {
        if (strchr("\t\r\n", *text))
            *dropped = true;
        else
            *out++ = *text;
    }
    if (copy)
        *out = 0;
    return copy;
}

/* While the parts are found each is a block of its own. */
static void free_loose(struct uri_parts *parts)
{
    if (!parts)
        return;
    memory_free(parts->fragment);
    memory_free(parts->query);
    memory_free(parts->path);
    memory_free(parts->host);
    memory_free(parts->password);
    memory_free(parts->user);
    memory_free(parts->scheme);
    memory_free(parts->raw);
    memory_free(parts);
}

/* What can be made of the others again is left out. */
static HRESULT drop_raw(struct uri_parts *parts)
{
    char *absolute;
    HRESULT hr = uri_format_absolute(parts, &absolute);

    if (FAILED(hr))
        return hr;
    if (absolute && !strcmp(absolute, parts->raw)) {
        memory_free(parts->raw);
        parts->raw = NULL;
    }
    memory_free(absolute);
    return S_OK;
}

/* The same in one block. */
static HRESULT pack(const struct uri_parts *loose, struct uri_parts **ret)
{
    static const size_t members[] = {
        offsetof(struct uri_parts, raw),   offsetof(struct uri_parts, scheme),
        offsetof(struct uri_parts, user),  offsetof(struct uri_parts, password),
        offsetof(struct uri_parts, host),  offsetof(struct uri_parts, path),
        offsetof(struct uri_parts, query), offsetof(struct uri_parts, fragment),
    };
    const size_t count = sizeof(members) / sizeof(members[0]);
    size_t size = sizeof(*loose);
    struct uri_parts *packed;
    char *end;

    for (size_t i = 0; i < count; i++) {
        const char *text = *(char *const *)((const char *)loose + members[i]);

        size += text ? strlen(text) + 1 : 0;
    }
    *ret = packed = memory_alloc(size);
    if (!packed)
        return E_OUTOFMEMORY;
    *packed = *loose;
    end = (char *)(packed + 1);
    for (size_t i = 0; i < count; i++) {
        char **text = (char **)((char *)packed + members[i]);
        size_t length = *text ? strlen(*text) + 1 : 0;

        if (length)
            *text = memcpy(end, *text, length);
        end += length;
    }
    return S_OK;
}

HRESULT uri_parse(const char *text, struct uri_parts **ret)
{
    struct uri_parts *parts;
    char *work = NULL, *rest;
    HRESULT hr = E_OUTOFMEMORY;

    *ret = NULL;
    parts = memory_zalloc(sizeof(*parts));
    if (!parts)
        goto done;
    parts->port = URI_PORT_NONE;
    parts->raw = without_line_breaks(text, &parts->suspicious);
    work = parts->raw ? memory_strdup(parts->raw) : NULL;
    if (!work)
        goto done;
    rest = work;
    hr = parse_scheme(parts, &rest);
    if (SUCCEEDED(hr))
        hr = parse_rest(parts, rest);
    if (SUCCEEDED(hr))
        hr = drop_raw(parts);
    if (SUCCEEDED(hr))
        hr = pack(parts, ret);

done:
    memory_free(work);
    free_loose(parts);
    return hr;
}

void uri_parts_free(struct uri_parts *parts)
{
    memory_free(parts);
}

const char *uri_extension(const struct uri_parts *parts)
{
    const char *slash, *name;

    if (!parts->path)
        return NULL;
    slash = strrchr(parts->path, '/');
    name = slash ? slash + 1 : parts->path;
    return strrchr(name, '.');
}
