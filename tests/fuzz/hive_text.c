/* SPDX-License-Identifier: MIT */
#include "hive_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

struct text {
    struct hive *hive;
    char *bytes;
    size_t length, room;
};

static void add(struct text *text, const char *piece, size_t length)
{
    if (text->length + length >= text->room) {
        text->room = (text->length + length) * 2 + 1024;
        text->bytes = realloc(text->bytes, text->room);
        REQUIRE(text->bytes);
    }
    memcpy(text->bytes + text->length, piece, length);
    text->length += length;
    text->bytes[text->length] = 0;
}

static void add_values(struct text *text, struct value_set *values)
{
    struct value_set *again;
    const void *bytes, *same;
    size_t size, same_size;
    char hex[4];

    REQUIRE(!value_set_encode(values, &bytes, &size));
    for (size_t i = 0; i < size; i++) {
        snprintf(hex, sizeof(hex), "%02x", ((const uint8_t *)bytes)[i]);
        add(text, hex, 2);
    }
    REQUIRE(!value_set_decode(bytes, size, &again));
    REQUIRE(!value_set_encode(again, &same, &same_size));
    REQUIRE(same_size == size && (!size || !memcmp(same, bytes, size)));
    value_set_free(again);
}

/* Names of the children, one after the other with a NUL behind each. */
struct names {
    char *bytes;
    size_t size;
};

static bool take_name(void *context, const char *name)
{
    struct names *names = context;
    size_t size = strlen(name) + 1;

    names->bytes = realloc(names->bytes, names->size + size);
    REQUIRE(names->bytes);
    memcpy(names->bytes + names->size, name, size);
    names->size += size;
    return true;
}

static void add_key(struct text *text, const char *path)
{
    struct names names = { 0 };
    struct value_set *values;
    enum port_status status;
    size_t children = 0;
    char child[1100];

    status = hive_query_values(text->hive, path, &values);
    REQUIRE(status == PORT_OK || status == PORT_IO);
    add(text, path, strlen(path));
    add(text, "=", 1);
    if (status)
        add(text, "unreadable", 10);
    else
        add_values(text, values);
    value_set_free(values);
    add(text, "\n", 1);

    REQUIRE(!hive_enum_keys(text->hive, path, take_name, &names));
    for (char *name = names.bytes; name && name < names.bytes + names.size;
         name += strlen(name) + 1) {
        snprintf(child, sizeof(child), "%s%s%s", path, *path ? "\\" : "", name);
        add_key(text, child);
        children++;
    }
    REQUIRE(children == hive_count_keys(text->hive, path));
    free(names.bytes);
}

char *hive_text(struct hive *hive)
{
    struct text text = { .hive = hive };

    add_key(&text, "");
    return text.bytes;
}
