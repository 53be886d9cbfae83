/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "test_main.h"

#include "heads.h"
#include "src/engine/header_list.h"
#include "src/port/memory.h"

static void add_field(struct header_list *headers, const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);
    char *name, *value;

    assert_non_null(colon);
    name = memory_strndup(line, (size_t)(colon - line));
    value = memory_strndup(colon + 2, length - (size_t)(colon + 2 - line));
    assert_non_null(name);
    assert_non_null(value);
    assert_int_equal(header_list_append(headers, name, value), PORT_OK);
    memory_free(name);
    memory_free(value);
}

struct response *make_head(int status, const char *fields)
{
    struct header_list *headers;
    struct response *response;

    assert_int_equal(header_list_create(&headers), PORT_OK);
    while (fields && *fields) {
        size_t length = strcspn(fields, "\n");

        add_field(headers, fields, length);
        fields += length + (fields[length] == '\n');
    }
    assert_int_equal(response_create(status, "http://a/", "GET", headers, &response), PORT_OK);
    return response;
}
