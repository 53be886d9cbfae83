/* SPDX-License-Identifier: MIT */
/* Request headers as libcurl wants them spelt. */
#include "network.h"
#include "request_headers.h"
#include "src/port/memory.h"
#include "token.h"

static bool goes_along(const char *name, const struct hop *hop)
{
    if (hop->left_origin && !redirect_keeps_header(name))
        return false;
    /* After a redirect that turned the request into a GET, what told about the body tells nothing.
     */
    return !hop->count || hop->with_body || !redirect_header_is_of_body(name);
}

static enum port_status append(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = network()->list_append(*list, line);

    if (!longer)
        return PORT_NO_MEMORY;
    *list = longer;
    return PORT_OK;
}

/* For libcurl "Name:" removes a header of its own; an empty value is written "Name;". */
enum port_status request_headers_add(struct curl_slist **list, const char *name, const char *value)
{
    char *line = memory_join(name, *value ? ": " : ";", value);
    enum port_status status = line ? append(list, line) : PORT_NO_MEMORY;

    memory_free(line);
    return status;
}

enum port_status request_headers_make(const struct header_list *headers, const struct hop *hop,
                                      struct curl_slist **ret)
{
    /* Asked for always: a compressed body has other offsets, sizes and tags than the file. */
    enum port_status status = request_headers_add(ret, "Accept-Encoding", "identity");

    for (size_t i = 0; !status && headers && i < header_list_count(headers); i++) {
        const char *name = header_list_name(headers, i);

        if (!token_equal(name, "Accept-Encoding") && goes_along(name, hop))
            status = request_headers_add(ret, name, header_list_value(headers, i));
    }
    return status;
}

enum port_status request_headers_omit(struct curl_slist **list, const char *name)
{
    char *line = memory_join(name, ":");
    enum port_status status = line ? append(list, line) : PORT_NO_MEMORY;

    memory_free(line);
    return status;
}
