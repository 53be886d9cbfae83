/* SPDX-License-Identifier: MIT */
#include "hive_dump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/port/memory.h"
#include "test_main.h"

struct dump {
    struct hive *hive;
    const char *path;
    char *text;
    size_t length, room;
};

static void add(struct dump *dump, const char *text)
{
    size_t more = strlen(text);

    if (dump->length + more >= dump->room) {
        dump->room = (dump->length + more) * 2 + 1024;
        dump->text = realloc(dump->text, dump->room);
        assert_non_null(dump->text);
    }
    memcpy(dump->text + dump->length, text, more + 1);
    dump->length += more;
}

static void add_value(struct dump *dump, const struct stored_value *value)
{
    const uint8_t *bytes = value->data;
    char text[64];

    snprintf(text, sizeof(text), "  %.40s (%d)", value->name, (int)value->type);
    add(dump, text);
    for (size_t i = 0; i < value->size; i++) {
        snprintf(text, sizeof(text), bytes[i] > ' ' && bytes[i] < 127 ? "%c" : "<%02x>", bytes[i]);
        add(dump, i ? "" : " ");
        add(dump, text);
    }
    add(dump, "\n");
}

static bool add_key(void *context, const char *name)
{
    struct dump *dump = context;
    const char *above = dump->path;
    struct value_set *values;
    struct stored_value value;
    char path[1100];

    snprintf(path, sizeof(path), "%s%s%s", above, *above ? "\\" : "", name);
    add(dump, path);
    add(dump, "\n");
    if (hive_query_values(dump->hive, path, &values)) {
        add(dump, "  cannot be read\n");
    } else {
        for (size_t i = 0; i < value_set_count(values); i++) {
            value_set_at(values, i, &value);
            add_value(dump, &value);
        }
        value_set_free(values);
    }
    dump->path = path;
    assert_int_equal(hive_enum_keys(dump->hive, path, add_key, dump), PORT_OK);
    dump->path = above;
    return true;
}

char *hive_dump(struct hive *hive)
{
    struct dump dump = { .hive = hive, .path = "" };

    add(&dump, "");
    assert_int_equal(hive_enum_keys(hive, "", add_key, &dump), PORT_OK);
    return dump.text;
}

char *hive_dump_file(const char *path)
{
    struct hive *hive;
    char *text;

    assert_int_equal(hive_open(path, &hive), PORT_OK);
    text = hive_dump(hive);
    hive_close(hive);
    return text;
}

void assert_hive_at(struct hive *hive, const char *expected, const char *file, int line)
{
    char *text = hive_dump(hive);

    _assert_string_equal(text, expected, file, line);
    free(text);
}

void assert_hive_file_at(const char *path, const char *expected, const char *file, int line)
{
    char *text = hive_dump_file(path);

    _assert_string_equal(text, expected, file, line);
    free(text);
}

enum port_status set_text(struct hive *hive, const char *path, const char *text, uint64_t number)
{
    struct value_set *values;
    enum port_status status;

    status = value_set_create(&values);
    if (!status)
        status = value_set_put_text(values, "Text", text);
    if (!status)
        status = value_set_put_qword(values, "Number", number);
    if (!status)
        status = hive_set_values(hive, path, values);
    if (values)
        value_set_free(values);
    return status;
}
