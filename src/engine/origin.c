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

static enum port_status get_origin(CURLU *handle, struct url *url)
{
    char *scheme = NULL, *port = NULL;
    enum port_status status;

    status = get_part(handle, CURLUPART_SCHEME, 0, CURLUE_OK, &scheme);
    if (status)
        goto done;
    url->secure = token_equal(scheme, "https");
    url->ftp = token_equal(scheme, "ftp");
    if (!url->secure && !url->ftp && !token_equal(scheme, "http")) {
        status = PORT_NOT_SUPPORTED;
        goto done;
    }
    status = get_part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT, CURLUE_OK, &port);
    if (!status)
        status = get_part(handle, CURLUPART_HOST, 0, CURLUE_OK, &url->host);
    if (status)
        goto done;
    for (char *c = url->host; *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    }
    url->origin = memory_format("%s://%s:%s",
                                url->secure ? "https"
                                : url->ftp  ? "ftp"
                                            : "http",
                                url->host, port);
    if (!url->origin)
        status = PORT_NO_MEMORY;
done:
    memory_free(scheme);
    memory_free(port);
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
        status = take_user_info(handle, &url);
    if (!status)
        status = get_origin(handle, &url);
    if (!status)
        status = get_part(handle, CURLUPART_URL, 0, CURLUE_OK, &url.text);
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
