/* SPDX-License-Identifier: MIT */
/*
 * Header fields in the order in which their names first came. A plain array, searched from the
 * start: there are seldom more than thirty, and the number is limited where strangers fill it.
 */
#include <stdint.h>
#include <string.h>

#include "header_list.h"
#include "src/port/memory.h"
#include "token.h"

struct field {
    char *name, *value;
};

struct header_list {
    struct field *fields;
    size_t count, capacity;
    size_t latest; /* the field that header_list_append touched last */
};

enum port_status header_list_create(struct header_list **ret)
{
    *ret = memory_zalloc(sizeof(**ret));
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

void header_list_free(struct header_list *list)
{
    if (!list)
        return;
    for (size_t i = 0; i < list->count; i++) {
        memory_free(list->fields[i].name);
        memory_free(list->fields[i].value);
    }
    memory_free(list->fields);
    memory_free(list);
}

static struct field *find(const struct header_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (token_equal(list->fields[i].name, name))
            return &list->fields[i];
    }
    return NULL;
}

static enum port_status reserve(struct header_list *list)
{
    if (list->count < list->capacity)
        return PORT_OK;
    size_t capacity = list->capacity ? list->capacity * 2 : 8;
    struct field *fields = memory_resize(list->fields, capacity * sizeof(*fields));

    if (!fields)
        return PORT_NO_MEMORY;
    list->fields = fields;
    list->capacity = capacity;
    return PORT_OK;
}

static enum port_status add(struct header_list *list, const char *name, const char *value)
{
    enum port_status status = reserve(list);

    if (status)
        return status;
    struct field field = { memory_strdup(name), memory_strdup(value) };

    if (!field.name || !field.value) {
        memory_free(field.name);
        memory_free(field.value);
        return PORT_NO_MEMORY;
    }
    list->latest = list->count;
    list->fields[list->count++] = field;
    return PORT_OK;
}

static enum port_status join(struct field *field, const char *separator, const char *value)
{
    size_t length = strlen(field->value), between = strlen(separator), more = strlen(value);

    if (!length)
        between = 0;
    char *joined = memory_resize(field->value, length + between + more + 1);

    if (!joined)
        return PORT_NO_MEMORY;
    memcpy(joined + length, separator, between);
    memcpy(joined + length + between, value, more + 1);
    field->value = joined;
    return PORT_OK;
}

static enum port_status replace(struct field *field, const char *value)
{
    char *copy = memory_strdup(value);

    if (!copy)
        return PORT_NO_MEMORY;
    memory_free(field->value);
    field->value = copy;
    return PORT_OK;
}

enum port_status header_list_copy(const struct header_list *list, struct header_list **ret)
{
    struct header_list *copy;
    enum port_status status = header_list_create(&copy);

    *ret = NULL;
    for (size_t i = 0; !status && i < list->count; i++)
        status = add(copy, list->fields[i].name, list->fields[i].value);
    if (status) {
        header_list_free(copy);
        return status;
    }
    *ret = copy;
    return PORT_OK;
}

/* Leading and trailing blanks are no part of a field's value (RFC 9110, 5.5). */
static char *trimmed(const char *value)
{
    size_t length;

    value += strspn(value, " \t");
    length = strlen(value);
    while (length && (value[length - 1] == ' ' || value[length - 1] == '\t'))
        length--;
    return memory_strndup(value, length);
}

enum port_status header_list_set(struct header_list *list, const char *name, const char *value)
{
    enum port_status status;
    struct field *field;
    char *text;

    if (!token_is_valid(name) || request_header_is_reserved(name) || strpbrk(value, "\r\n"))
        return PORT_INVALID;

    text = trimmed(token_equal(name, "Accept-Encoding") ? "identity" : value);
    if (!text)
        return PORT_NO_MEMORY;

    field = find(list, name);
    if (!field)
        status = add(list, name, text);
    else if (token_equal(name, "Accept-Encoding"))
        status = replace(field, text);
    else
        status = join(field, token_equal(name, "Cookie") ? "; " : ", ", text);
    memory_free(text);
    return status;
}

enum port_status header_list_append(struct header_list *list, const char *name, const char *value)
{
    struct field *field = find(list, name);

    if (!field)
        return add(list, name, value);
    list->latest = (size_t)(field - list->fields);
    return join(field, ", ", value);
}

enum port_status header_list_continue(struct header_list *list, const char *value)
{
    if (!list->count)
        return PORT_INVALID;
    return join(&list->fields[list->latest], " ", value);
}

const char *header_list_find(const struct header_list *list, const char *name)
{
    const struct field *field = find(list, name);

    return field ? field->value : NULL;
}

size_t header_list_count(const struct header_list *list)
{
    return list->count;
}

const char *header_list_name(const struct header_list *list, size_t index)
{
    return list->fields[index].name;
}

const char *header_list_value(const struct header_list *list, size_t index)
{
    return list->fields[index].value;
}

bool request_header_is_reserved(const char *name)
{
    static const char *const names[] = {
        "Host", "Range",   "If-Range", "Content-Length", "Transfer-Encoding",   "Connection",
        "TE",   "Trailer", "Upgrade",  "Expect",         "Proxy-Authorization",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (token_equal(name, names[i]))
            return true;
    }
    return false;
}
