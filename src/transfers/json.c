/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <stdio.h>
#include <string.h>

#include "output.h"
#include "src/port/memory.h"
#include "src/port/text.h"

static void put(const char *text)
{
    out_bytes(text, strlen(text));
}

static void put_line(const struct json *json)
{
    put("\n");
    for (unsigned i = 0; i < json->depth; i++)
        put("  ");
}

/* As \uXXXX, but for what has a shorter form of old. */
static void put_escaped(char16_t unit)
{
    static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    char text[8];

    for (size_t i = 0; i + 1 < sizeof(shorts); i += 2) {
        if (unit == (unsigned char)shorts[i]) {
            snprintf(text, sizeof(text), "\\%c", shorts[i + 1]);
            put(text);
            return;
        }
    }
    snprintf(text, sizeof(text), "\\u%04x", (unsigned)unit);
    put(text);
}

static void put_utf16(const char16_t *units, size_t count)
{
    size_t length;
    char *text;

    if (!text_utf8_from_utf16_lossy(units, count, &text, &length)) {
        out_bytes(text, length);
        memory_free(text);
    }
}

static void put_string(const char *text)
{
    size_t count, start = 0;
    char16_t *units;

    put("\"");
    if (!text_utf16_from_utf8_lossy(text, strlen(text), &units, &count)) {
        for (size_t i = 0; i < count; i++) {
            /* Controls, those of U+0080 to U+009F too: whoever prints JSON prints it on a terminal.
             */
            bool control = units[i] < ' ' || (units[i] >= 0x7f && units[i] <= 0x9f);

            if (!control && units[i] != '"' && units[i] != '\\')
                continue;
            put_utf16(units + start, i - start);
            put_escaped(units[i]);
            start = i + 1;
        }
        put_utf16(units + start, count - start);
        memory_free(units);
    }
    put("\"");
}

static void begin_value(struct json *json, const char *name)
{
    if (json->not_first)
        put(",");
    if (json->depth)
        put_line(json);
    json->not_first = true;
    if (name) {
        put_string(name);
        put(": ");
    }
}

static void begin_group(struct json *json, const char *name, const char *bracket)
{
    begin_value(json, name);
    put(bracket);
    json->depth++;
    json->not_first = false;
}

static void end_group(struct json *json, const char *bracket)
{
    json->depth--;
    if (json->not_first)
        put_line(json);
    put(bracket);
    json->not_first = true;
    if (!json->depth)
        put("\n");
}

void json_object(struct json *json, const char *name)
{
    begin_group(json, name, "{");
}

void json_end_object(struct json *json)
{
    end_group(json, "}");
}

void json_array(struct json *json, const char *name)
{
    begin_group(json, name, "[");
}

void json_end_array(struct json *json)
{
    end_group(json, "]");
}

void json_text(struct json *json, const char *name, const char *text)
{
    if (!text) {
        json_null(json, name);
        return;
    }
    begin_value(json, name);
    put_string(text);
}

void json_number(struct json *json, const char *name, uint64_t value)
{
    char text[24];

    begin_value(json, name);
    snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
    put(text);
}

void json_bool(struct json *json, const char *name, bool value)
{
    begin_value(json, name);
    put(value ? "true" : "false");
}

void json_null(struct json *json, const char *name)
{
    begin_value(json, name);
    put("null");
}
