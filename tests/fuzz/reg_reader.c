/* SPDX-License-Identifier: MIT */
#include "reg_reader.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "src/port/memory.h"
#include "src/port/text.h"
#include "src/store/download_values.h"

#define REDACTED_DATA "\"<redacted>\""

/* UTF-8 with "\n" only. */
static char *normalize(const struct reg_text *text, enum reg_encoding encoding)
{
    size_t count, kept = 0, size;
    char16_t *units;
    char *utf8;

    if (encoding == REG_UTF8) {
        REQUIRE(text->size == strlen(text->bytes));
        REQUIRE(!text_utf16_from_utf8(text->bytes, text->size, &units, &count)); /* well-formed */
        memory_free(units);
        return memory_strdup(text->bytes);
    }
    REQUIRE(text->size % 2 == 0 && text->size >= 2);
    units = memory_alloc(text->size);
    REQUIRE(units);
    memcpy(units, text->bytes, text->size);
    count = text->size / 2;
    REQUIRE(units[0] == 0xfeff);
    for (size_t i = 1; i < count; i++) {
        if (units[i] == '\r') {
            REQUIRE(i + 1 < count && units[i + 1] == '\n');
            continue;
        }
        REQUIRE(units[i] != '\n' || units[i - 1] == '\r');
        units[kept++] = units[i];
    }
    REQUIRE(!text_utf8_from_utf16(units, kept, &utf8, &size));
    REQUIRE(strlen(utf8) == size);
    memory_free(units);
    return utf8;
}

/* Behind a quoted text; what it says is written to `ret`, which is as long. */
static const char *read_quoted(const char *at, char *ret)
{
    REQUIRE(*at == '"');
    for (at++; *at != '"'; at++) {
        if (*at == '\\') {
            at++;
            REQUIRE(*at == '\\' || *at == '"');
        }
        REQUIRE((unsigned char)*at >= ' ' && *at != 0x7f);
        *ret++ = *at;
    }
    *ret = 0;
    return at + 1;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Pairs of digits with commas between, which may go on in the next line. Returns how many. */
static size_t read_hex(const char **at)
{
    size_t count = 0;

    if (**at == '\n')
        return 0;
    for (;;) {
        REQUIRE(is_hex((*at)[0]) && is_hex((*at)[1]));
        *at += 2;
        count++;
        if (**at != ',')
            return count;
        ++*at;
        if (**at == '\\') {
            REQUIRE(!strncmp(*at, "\\\n  ", 4));
            *at += 4;
        }
    }
}

static const char *read_data(const char *at, enum registry_type type, size_t size, char *room)
{
    static const struct {
        enum registry_type type;
        const char *prefix;
    } prefixes[] = {
        { REGISTRY_SZ, "hex(1):" },
        { REGISTRY_BINARY, "hex:" },
        { REGISTRY_MULTI_SZ, "hex(7):" },
        { REGISTRY_QWORD, "hex(b):" },
    };
    size_t count;

    if (type == REGISTRY_SZ && *at == '"')
        return read_quoted(at, room);
    if (type == REGISTRY_DWORD) {
        REQUIRE(!strncmp(at, "dword:", 6) && strspn(at + 6, "0123456789abcdef") == 8);
        return at + 14;
    }
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (prefixes[i].type != type)
            continue;
        REQUIRE(!strncmp(at, prefixes[i].prefix, strlen(prefixes[i].prefix)));
        at += strlen(prefixes[i].prefix);
        count = read_hex(&at);
        REQUIRE((type != REGISTRY_BINARY && type != REGISTRY_QWORD) || count == size);
        REQUIRE(type != REGISTRY_SZ || count % 2 == 0);
    }
    return at;
}

/* Nobody's name is in front of the host. */
static void check_uri(const char *text)
{
    const char *authority = strstr(text, "://");

    if (authority)
        REQUIRE(!memchr(authority + 3, '@', strcspn(authority + 3, "/?#")));
    else
        REQUIRE(!strcmp(text, "<redacted>"));
}

static bool is_name(const char *name, const char *other)
{
    for (; *name && *other; name++, other++) {
        char one = *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name;
        char two = *other >= 'A' && *other <= 'Z' ? (char)(*other + 32) : *other;

        if (one != two)
            return false;
    }
    return *name == *other;
}

static bool is_secret(const char *name)
{
    for (size_t i = 0; i < download_value_count; i++) {
        if (is_name(name, download_values[i].name))
            return download_values[i].secret;
    }
    return true;
}

static const char *read_value(const char *at, const struct stored_value *value, char *room)
{
    bool is_uri =
        (is_name(value->name, DOWNLOAD_URI) || is_name(value->name, DOWNLOAD_RESPONSE_URI)) &&
        value->type == REGISTRY_SZ;

    at = read_quoted(at, room);
    REQUIRE(*at == '=');
    at++;
    if (is_uri) {
        at = read_data(at, REGISTRY_SZ, 0, room);
        if (*room && at[-1] == '"')
            check_uri(room);
    } else if (is_secret(value->name)) {
        REQUIRE(!strncmp(at, REDACTED_DATA, strlen(REDACTED_DATA)));
        at += strlen(REDACTED_DATA);
    } else {
        at = read_data(at, value->type, value->size, room);
        if (value->type == REGISTRY_SZ && at[-1] == '"')
            REQUIRE(strlen(room) <= 3 * value->size);
    }
    REQUIRE(*at == '\n');
    return at + 1;
}

static const char *skip(const char *at, const char *line)
{
    REQUIRE(!strncmp(at, line, strlen(line)));
    return at + strlen(line);
}

void reg_read(const struct reg_text *text, enum reg_encoding encoding,
              const struct value_set *values)
{
    char *whole = normalize(text, encoding), *room = malloc(text->size * 2 + 1);
    const char *at = whole;
    struct stored_value value;

    REQUIRE(whole && room);
    at = skip(at, "Windows Registry Editor Version 5.00\n\n");
    at = skip(at, "[HKEY_CURRENT_USER\\Software\\App\\");
    at = skip(at, "Downloads\\{00000000-0000-0000-0000-000000000001}]\n");
    for (size_t i = 0; i < value_set_count(values); i++) {
        value_set_at(values, i, &value);
        at = read_value(at, &value, room);
    }
    at = skip(at, "\n");
    REQUIRE(!*at);
    free(room);
    memory_free(whole);
}
