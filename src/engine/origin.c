/* SPDX-License-Identifier: MIT */
/* URLs by libcurl's parser. */
#include <string.h>

#include <curl/curl.h>

#include "origin.h"
#include "src/port/memory.h"
#include "token.h"

static enum port_status status_from_url_code(CURLUcode code)
{
    switch (code) {
    case CURLUE_OK:
        return PORT_OK;
    case CURLUE_OUT_OF_MEMORY:
        return PORT_NO_MEMORY;
    case CURLUE_UNSUPPORTED_SCHEME:
        return PORT_NOT_SUPPORTED;
    default:
        return PORT_INVALID;
    }
}

/* The part in memory of our own; `absent` is the code that says there is none, which gives NULL. */
static enum port_status get_part(CURLU *handle, CURLUPart part, unsigned flags, CURLUcode absent,
                                 char **ret)
{
    char *text = NULL;
    CURLUcode code = curl_url_get(handle, part, &text, flags);

    *ret = NULL;
    if (code) {
        return code == absent ? PORT_OK : status_from_url_code(code);
    }
    *ret = memory_strdup(text);
    curl_free(text);
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

static enum port_status take_user_info(CURLU *handle, struct url *url)
{
    static const CURLUPart parts[] = { CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS };
    enum port_status status;

    status = get_part(handle, CURLUPART_USER, CURLU_URLDECODE, CURLUE_NO_USER, &url->user);
    if (!status)
        status = get_part(handle, CURLUPART_PASSWORD, CURLU_URLDECODE, CURLUE_NO_PASSWORD,
                          &url->password);
    for (size_t i = 0; !status && i < sizeof(parts) / sizeof(*parts); i++)
        status = status_from_url_code(curl_url_set(handle, parts[i], NULL, 0));
    return status;
}

struct scheme {
    const char *name, *port;
    bool secure, ftp;
};

static const struct scheme *find_scheme(const char *name)
{
    static const struct scheme schemes[] = {
        { "http", "80", false, false },
        { "https", "443", true, false },
        { "ftp", "21", false, true },
    };

    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
        if (token_equal(name, schemes[i].name))
            return &schemes[i];
    }
    return NULL;
}

/* As libcurl has taken it apart; what it lacks is NULL. */
struct parts {
    const struct scheme *scheme;
    char *host, *port, *path, *query, *fragment;
};

static void drop_parts(struct parts *parts)
{
    memory_free(parts->host);
    memory_free(parts->port);
    memory_free(parts->path);
    memory_free(parts->query);
    memory_free(parts->fragment);
}

static enum port_status get_scheme(CURLU *handle, const struct scheme **ret)
{
    char *name;
    enum port_status status = get_part(handle, CURLUPART_SCHEME, 0, CURLUE_OK, &name);

    if (status)
        return status;
    *ret = find_scheme(name);
    memory_free(name);
    return *ret ? PORT_OK : PORT_NOT_SUPPORTED;
}

static enum port_status get_parts(CURLU *handle, struct parts *ret)
{
    const struct {
        CURLUPart part;
        CURLUcode absent;
        char **ret;
    } rows[] = {
        { CURLUPART_HOST, CURLUE_OK, &ret->host },
        { CURLUPART_PORT, CURLUE_NO_PORT, &ret->port },
        { CURLUPART_PATH, CURLUE_OK, &ret->path },
        { CURLUPART_QUERY, CURLUE_NO_QUERY, &ret->query },
        { CURLUPART_FRAGMENT, CURLUE_NO_FRAGMENT, &ret->fragment },
    };
    enum port_status status = get_scheme(handle, &ret->scheme);

    for (size_t i = 0; !status && i < sizeof(rows) / sizeof(*rows); i++)
        status = get_part(handle, rows[i].part, 0, rows[i].absent, rows[i].ret);
    return status;
}

/* libcurl's own way to put it together is slow (docs/performance.md), and loses an empty query. But
 * it alone knows the zone of an address. */
static enum port_status make_text(CURLU *handle, const struct parts *parts, char **ret)
{
    if (parts->host[0] == '[')
        return get_part(handle, CURLUPART_URL, 0, CURLUE_OK, ret);
    *ret = memory_join(parts->scheme->name, "://", parts->host, parts->port ? ":" : "",
                       parts->port ? parts->port : "", parts->path, parts->query ? "?" : "",
                       parts->query ? parts->query : "", parts->fragment ? "#" : "",
                       parts->fragment ? parts->fragment : "");
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

static enum port_status take_origin(struct parts *parts, struct url *url)
{
    const struct scheme *scheme = parts->scheme;

    url->secure = scheme->secure;
    url->ftp = scheme->ftp;
    url->host = parts->host;
    parts->host = NULL;
    for (char *c = url->host; *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    }
    url->origin =
        memory_join(scheme->name, "://", url->host, ":", parts->port ? parts->port : scheme->port);
    return url->origin ? PORT_OK : PORT_NO_MEMORY;
}

static enum port_status take_apart(CURLU *handle, struct url *url)
{
    struct parts parts = { 0 };
    enum port_status status = take_user_info(handle, url);

    if (!status)
        status = get_parts(handle, &parts);
    if (!status)
        status = make_text(handle, &parts, &url->text);
    if (!status)
        status = take_origin(&parts, url);
    drop_parts(&parts);
    return status;
}

enum port_status url_parse(const char *base, const char *text, struct url *ret)
{
    CURLU *handle = curl_url();
    struct url url = { 0 };
    enum port_status status = PORT_OK;

    *ret = url;
    if (!handle)
        return PORT_NO_MEMORY;
    if (base)
        status = status_from_url_code(curl_url_set(handle, CURLUPART_URL, base, 0));
    if (!status)
        status = status_from_url_code(curl_url_set(handle, CURLUPART_URL, text, CURLU_URLENCODE));
    if (!status)
        status = take_apart(handle, &url);
    curl_url_cleanup(handle);
    if (status) {
        url_free(&url);
        return status;
    }
    *ret = url;
    return PORT_OK;
}

enum port_status url_copy(const struct url *url, struct url *ret)
{
    struct url copy = {
        .text = memory_strdup(url->text),
        .host = memory_strdup(url->host),
        .origin = memory_strdup(url->origin),
        .user = memory_strdup(url->user),
        .password = memory_strdup(url->password),
        .secure = url->secure,
        .ftp = url->ftp,
    };

    *ret = (struct url){ 0 };
    if (!copy.text || !copy.host || !copy.origin || (url->user && !copy.user) ||
        (url->password && !copy.password)) {
        url_free(&copy);
        return PORT_NO_MEMORY;
    }
    *ret = copy;
    return PORT_OK;
}

void url_free(struct url *url)
{
    memory_free(url->text);
    memory_free(url->host);
    memory_free(url->origin);
    memory_free_secret(url->user);
    memory_free_secret(url->password);
    *url = (struct url){ 0 };
}

bool origin_equal(const struct url *one, const struct url *other)
{
    return !strcmp(one->origin, other->origin);
}
