/* SPDX-License-Identifier: MIT */
#include "reg_export.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "download_values.h"
#include "names.h"
#include "src/port/memory.h"
#include "src/port/text.h"
#include "uri_secrets.h"

/* As regedit does it: what would stand behind this column goes to the next line. */
#define LAST_COLUMN 76

struct reg_export {
    enum reg_encoding encoding;
    reg_sink sink;
    void *context;
    enum port_status status; /* the first failure; nothing is written after it */
    size_t used;
    uint8_t bytes[4096]; /* for the sink */
};

static enum port_status flush(struct reg_export *export)
{
    if (!export->status && export->used)
        export->status = export->sink(export->context, export->bytes, export->used);
    export->used = 0;
    return export->status;
}

static void put_byte(struct reg_export *export, uint8_t byte)
{
    if (export->used == sizeof(export->bytes))
        flush(export);
    export->bytes[export->used++] = byte;
}

static void put_unit(struct reg_export *export, char16_t unit)
{
    put_byte(export, (uint8_t)unit);
    put_byte(export, (uint8_t)(unit >> 8));
}

static void put_ascii(struct reg_export *export, char c)
{
    if (export->encoding == REG_UTF16)
        put_unit(export, (unsigned char)c);
    else if (c != '\r')
        put_byte(export, (uint8_t)c);
}

static char16_t *to_utf16(struct reg_export *export, const char *text, size_t length,
                          size_t *ret_length)
{
    char16_t *units = NULL;

    *ret_length = 0;
    if (!export->status)
        export->status = text_utf16_from_utf8_lossy(text, length, &units, ret_length);
    return units;
}

/* What is not well-formed is replaced in either encoding, so it goes by UTF-16. */
static void put_text(struct reg_export *export, const char *text, size_t length)
{
    char16_t *units;
    char *utf8 = NULL;
    size_t count;

    for (; length && (unsigned char)*text < 0x80; text++, length--)
        put_ascii(export, *text);
    if (!length)
        return;
    units = to_utf16(export, text, length, &count);
    if (export->encoding == REG_UTF16) {
        for (size_t i = 0; i < count; i++)
            put_unit(export, units[i]);
    } else if (!export->status) {
        export->status = text_utf8_from_utf16_lossy(units, count, &utf8, &count);
        for (size_t i = 0; utf8 && i < count; i++)
            put_byte(export, (uint8_t)utf8[i]);
    }
    memory_free(utf8);
    memory_free(units);
}

static void put(struct reg_export *export, const char *text)
{
    put_text(export, text, strlen(text));
}

/* How many bytes of a control character begin here: those of ASCII, and U+0080 to U+009F. They
 * would end the line, or be obeyed by a terminal. */
static size_t control_length(const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;

    if (bytes[0] < ' ' || bytes[0] == 0x7f)
        return 1;
    return bytes[0] == 0xc2 && bytes[1] >= 0x80 && bytes[1] <= 0x9f ? 2 : 0;
}

static void put_name(struct reg_export *export, const char *name, bool quoted)
{
    size_t start = 0, i, control;

    for (i = 0; name[i]; i++) {
        control = control_length(name + i);
        if (!control && !(quoted && (name[i] == '"' || name[i] == '\\')))
            continue;
        put_text(export, name + start, i - start);
        put(export, control ? "\xef\xbf\xbd" : "\\");
        start = i + control;
        i += control ? control - 1 : 0;
    }
    put_text(export, name + start, i - start);
}

static void put_hex(struct reg_export *export, size_t column, const char *type,
                    const uint8_t *bytes, size_t size)
{
    char text[16];

    put(export, type);
    column += strlen(type);
    for (size_t i = 0; i < size; i++) {
        snprintf(text, sizeof(text), "%02x%s", bytes[i], i + 1 < size ? "," : "");
        put(export, text);
        column += 3;
        if (column > LAST_COLUMN && i + 1 < size) {
            put(export, "\\\r\n  ");
            column = 2;
        }
    }
}

/* Text as bytes of UTF-16, with `more` zeros behind. */
static void put_hex_text(struct reg_export *export, size_t column, const char *type,
                         const char *text, size_t length, size_t more)
{
    uint8_t *bytes = NULL;
    char16_t *units;
    size_t count;

    units = to_utf16(export, text, length, &count);
    if (!export->status) {
        bytes = memory_zalloc((count + more) * 2);
        export->status = bytes ? PORT_OK : PORT_NO_MEMORY;
    }
    if (!export->status) {
        for (size_t i = 0; i < count; i++)
            put_u16(bytes + 2 * i, units[i]);
        put_hex(export, column, type, bytes, (count + more) * 2);
    }
    memory_free(bytes);
    memory_free(units);
}

static bool has_controls(const char *text)
{
    while (*text && !control_length(text))
        text++;
    return *text;
}

static void put_string(struct reg_export *export, size_t column, const char *text)
{
    if (has_controls(text)) {
        put_hex_text(export, column, "hex(1):", text, strlen(text), 1);
        return;
    }
    put(export, "\"");
    put_name(export, text, true);
    put(export, "\"");
}

static void put_data(struct reg_export *export, size_t column, const struct stored_value *value)
{
    char text[32];

    switch (value->type) {
    case REGISTRY_SZ:
        put_string(export, column, value->data);
        break;
    case REGISTRY_DWORD:
        snprintf(text, sizeof(text), "dword:%08x", (unsigned)get_u32(value->data));
        put(export, text);
        break;
    case REGISTRY_QWORD:
        put_hex(export, column, "hex(b):", value->data, value->size);
        break;
    case REGISTRY_MULTI_SZ:
        put_hex_text(export, column, "hex(7):", value->data, value->size, 1);
        break;
    default:
        put_hex(export, column, "hex:", value->data, value->size);
    }
}

static bool is_uri(const char *name)
{
    static const char *const uris[] = { DOWNLOAD_URI, DOWNLOAD_RESPONSE_URI };

    for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
        if (strlen(name) == strlen(uris[i]) && name_equal(name, uris[i], strlen(name)))
            return true;
    }
    return false;
}

static void put_value(struct reg_export *export, const struct stored_value *value)
{
    size_t column = strlen(value->name) + 3;
    char *uri;

    put(export, "\"");
    put_name(export, value->name, true);
    put(export, "\"=");
    if (is_uri(value->name) && value->type == REGISTRY_SZ) {
        uri = uri_without_secrets(value->data);
        if (uri)
            put_string(export, column, uri);
        else if (!export->status)
            export->status = PORT_NO_MEMORY;
        memory_free_secret(uri);
    } else if (download_value_is_secret(value->name)) {
        put_string(export, column, REDACTED);
    } else {
        put_data(export, column, value);
    }
    put(export, "\r\n");
}

static void put_key(struct reg_export *export, struct hive *hive, const char *path,
                    const char *root)
{
    struct stored_value value;
    struct value_set *values;
    enum port_status status;

    put(export, "[");
    put_name(export, root, false);
    put(export, *path ? "\\" : "");
    put_name(export, path, false);
    put(export, "]\r\n");
    status = export->status ? export->status : hive_query_values(hive, path, &values);
    if (status == PORT_IO) {
        put(export, "; damaged\r\n");
    } else if (status) {
        export->status = status;
    } else {
        for (size_t i = 0; i < value_set_count(values); i++) {
            value_set_at(values, i, &value);
            put_value(export, &value);
        }
        value_set_free(values);
    }
    put(export, "\r\n");
}

/* What the visitor of a key's children knows. */
struct branch {
    struct reg_export *export;
    struct hive *hive;
    const char *path, *root;
};

static bool put_child(void *context, const char *name);

static void put_branch(struct reg_export *export, struct hive *hive, const char *path,
                       const char *root)
{
    struct branch branch = { export, hive, path, root };

    put_key(export, hive, path, root);
    if (!export->status)
        export->status = hive_enum_keys(hive, path, put_child, &branch);
}

static bool put_child(void *context, const char *name)
{
    struct branch *branch = context;
    struct reg_export *export = branch->export;
    const char *above = branch->path;
    char *path = memory_format("%s%s%s", above, *above ? "\\" : "", name);

    if (path)
        put_branch(export, branch->hive, path, branch->root);
    else
        export->status = PORT_NO_MEMORY;
    memory_free(path);
    return !export->status;
}

enum port_status reg_export_begin(enum reg_encoding encoding, reg_sink sink, void *context,
                                  struct reg_export **ret)
{
    struct reg_export *export = memory_zalloc(sizeof(*export));
    enum port_status status;

    *ret = NULL;
    if (!export)
        return PORT_NO_MEMORY;
    export->encoding = encoding;
    export->sink = sink;
    export->context = context;
    if (encoding == REG_UTF16)
        put_unit(export, 0xfeff);
    put(export, "Windows Registry Editor Version 5.00\r\n\r\n");
    status = flush(export);
    if (status)
        reg_export_end(export);
    else
        *ret = export;
    return status;
}

void reg_export_end(struct reg_export *export)
{
    memory_free(export);
}

enum port_status reg_export_key(struct reg_export *export, struct hive *hive, const char *path,
                                const char *root)
{
    if (!hive_has_key(hive, path))
        return PORT_NOT_FOUND;
    put_branch(export, hive, path, root);
    return flush(export);
}
