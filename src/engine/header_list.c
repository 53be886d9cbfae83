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

/* Name and value in one block, each terminated: a queued transfer keeps its headers, and there may
 * be thousands of those. */
struct field {
    char *text;
};

struct header_list {
    struct field *fields;
    size_t count, capacity;
    size_t latest; /* the field that header_list_append touched last */
};

static const char *name_of(const struct field *field)
{
    return field->text;
}

static char *value_of(const struct field *field)
{
    return field->text + strlen(field->text) + 1;
}

enum port_status header_list_create(struct header_list **ret)
{
    *ret = memory_zalloc(sizeof(**ret));
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

void header_list_free(struct header_list *list)
{
    if (!list)
        return;
    for (size_t i = 0; i < list->count; i++)
        memory_free(list->fields[i].text);
    memory_free(list->fields);
    memory_free(list);
}

static struct field *find(const struct header_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (token_equal(name_of(&list->fields[i]), name))
            return &list->fields[i];
    }
    return NULL;
}

static enum port_status reserve(struct header_list *list, size_t capacity)
{
    struct field *fields;

    if (capacity <= list->capacity)
        return PORT_OK;
    fields = memory_resize(list->fields, capacity * sizeof(*fields));
    if (!fields)
        return PORT_NO_MEMORY;
    list->fields = fields;
    list->capacity = capacity;
    return PORT_OK;
}

static enum port_status make_room(struct header_list *list)
{
    if (list->count < list->capacity)
        return PORT_OK;
    return reserve(list, list->capacity ? list->capacity * 2 : 8);
}

static enum port_status add(struct header_list *list, const char *name, const char *value)
{
    const size_t name_size = strlen(name) + 1, value_size = strlen(value) + 1;
    enum port_status status = make_room(list);
    char *text;

    if (status)
        return status;
    text = memory_alloc(name_size + value_size);
    if (!text)
        return PORT_NO_MEMORY;
    memcpy(text, name, name_size);
    memcpy(text + name_size, value, value_size);
    list->latest = list->count;
    list->fields[list->count++].text = text;
    return PORT_OK;
}

/* The first `kept` characters of the value stay, and the two others follow. */
static enum port_status put(struct field *field, size_t kept, const char *separator,
                            const char *value)
{
    const size_t start = (size_t)(value_of(field) - field->text) + kept;
    const size_t between = strlen(separator), more = strlen(value);
    char *text = memory_resize(field->text, start + between + more + 1);

    if (!text)
        return PORT_NO_MEMORY;
    memcpy(text + start, separator, between);
    memcpy(text + start + between, value, more + 1);
    field->text = text;
    return PORT_OK;
}

/* An empty element of a list is none (RFC 9110, 5.6.1). */
static enum port_status join(struct field *field, const char *separator, const char *value)
{
    const size_t length = strlen(value_of(field));

    return put(field, length, length && *value ? separator : "", value);
}

static enum port_status replace(struct field *field, const char *value)
{
    return put(field, 0, "", value);
}

enum port_status header_list_copy(const struct header_list *list, struct header_list **ret)
{
    struct header_list *copy;
    enum port_status status = header_list_create(&copy);

    *ret = NULL;
    if (!status)
        status = reserve(copy, list->count);
    for (size_t i = 0; !status && i < list->count; i++)
        status = add(copy, name_of(&list->fields[i]), value_of(&list->fields[i]));
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

void header_list_remove(struct header_list *list, const char *name)
{
    struct field *field = find(list, name);

    if (!field)
        return;
    memory_free(field->text);
    memmove(field, field + 1, (size_t)(list->fields + list->count - field - 1) * sizeof(*field));
    list->count--;
}

const char *header_list_find(const struct header_list *list, const char *name)
{
    const struct field *field = find(list, name);

    return field ? value_of(field) : NULL;
}

size_t header_list_count(const struct header_list *list)
{
    return list->count;
}

const char *header_list_name(const struct header_list *list, size_t index)
{
    return name_of(&list->fields[index]);
}

const char *header_list_value(const struct header_list *list, size_t index)
{
    return value_of(&list->fields[index]);
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
