/* SPDX-License-Identifier: MIT */
#include "hive_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/store/hive.h"

#define HEADER_SIZE 64
#define RECORD_HEAD 20

/* --- The log. --- */

static void put(uint8_t *at, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

/* CRC-32C, a bit at a time. */
static uint32_t crc(uint32_t value, const uint8_t *bytes, size_t size)
{
    value = ~value;
    for (size_t i = 0; i < size; i++) {
        value ^= bytes[i];
        for (unsigned bit = 0; bit < 8; bit++)
            value = value >> 1 ^ (value & 1 ? 0x82f63b78u : 0);
    }
    return ~value;
}

static uint8_t *grow(struct hive_log *log, size_t more)
{
    if (log->size + more > log->room) {
        log->room = (log->size + more) * 2;
        log->bytes = realloc(log->bytes, log->room);
        REQUIRE(log->bytes);
    }
    memset(log->bytes + log->size, 0, more);
    log->size += more;
    return log->bytes + log->size - more;
}

static void put_header(struct hive_log *log)
{
    uint8_t *at = grow(log, HEADER_SIZE);

    memcpy(at, "\x89HIVE\r\n\x1a", 8);
    at[8] = 1;
    put(at + 16, log->marker, 8);
    put(at + 28, crc(0, at, 28), 4);
    memcpy(at + 32, at, 32);
}

static void *copy(const void *bytes, size_t size)
{
    void *block = malloc(size + 1);

    REQUIRE(block);
    memcpy(block, bytes, size);
    return block;
}

static void lower(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] + 32);
    }
}

/* What is done to a record. */
enum harm {
    HARM_NONE,
    HARM_BIT,   /* one bit of it is another */
    HARM_PLACE, /* its checksum is of another place */
    HARM_GAP,   /* sound, behind bytes that are no record */
    HARMS
};

/* The names of types and their sizes, so that sets which can be decoded come up. */
static size_t put_values(struct fuzz_input *input, uint8_t *at, size_t room)
{
    static const uint8_t types[] = { 1, 3, 4, 7, 11, 0 };
    static const uint8_t sizes[] = { 0, 0, 4, 0, 8, 0 };
    const uint8_t *bytes;
    size_t used = 0, size;

    for (unsigned left = fuzz_below(input, 4); left; left--) {
        unsigned type = fuzz_below(input, sizeof(types));
        const uint8_t *name;
        size_t length = fuzz_bytes(input, 255, &name);

        size = fuzz_bytes(input, 255, &bytes);
        if (sizes[type] && size > sizes[type])
            size = sizes[type];
        if (used + 6 + length + size > room)
            break;
        at[used] = types[type];
        at[used + 1] = (uint8_t)length;
        put(at + used + 2, size, 4);
        memcpy(at + used + 6, name, length);
        memcpy(at + used + 6 + length, bytes, size);
        used += 6 + length + size;
    }
    return used;
}

static void put_record(struct hive_log *log, struct fuzz_input *input)
{
    struct log_entry *entry = &log->entries[log->count++];
    enum harm harm = fuzz_below(input, 16) < 12 ? HARM_NONE : (enum harm)fuzz_below(input, HARMS);
    const uint8_t *path, *raw;
    uint8_t values[2048], place[8], *at;
    size_t offset, size;
    uint32_t sum;

    entry->kind = (uint8_t)(fuzz_u8(input) % 8 ? 1 + fuzz_below(input, 2) : fuzz_u8(input));
    entry->path_length = fuzz_bytes(input, 255, &path);
    entry->path = copy(path, entry->path_length);
    if (fuzz_below(input, 2)) {
        entry->values_size = put_values(input, values, sizeof(values));
        raw = values;
    } else {
        entry->values_size = fuzz_bytes(input, 255, &raw);
    }
    entry->values = copy(raw, entry->values_size);
    entry->sound = harm == HARM_NONE || harm == HARM_GAP;

    if (harm == HARM_GAP) {
        size = fuzz_bytes(input, 64, &raw);
        at = grow(log, (size + 7) & ~(size_t)7);
        memcpy(at, raw, size);
    }
    offset = entry->offset = log->size;
    size = RECORD_HEAD + entry->path_length + entry->values_size;
    at = grow(log, (size + 7) & ~(size_t)7);
    put(at, log->marker, 8);
    put(at + 12, size - RECORD_HEAD, 4);
    at[16] = entry->kind;
    put(at + 18, entry->path_length, 2);
    memcpy(at + RECORD_HEAD, entry->path, entry->path_length);
    memcpy(at + RECORD_HEAD + entry->path_length, entry->values, entry->values_size);
    put(place, offset + (harm == HARM_PLACE ? 8 : 0), 8);
    sum = crc(crc(0, place, 8), at + 12, size - 12);
    put(at + 8, sum, 4);
    if (harm == HARM_BIT) {
        size_t bit = fuzz_u32(input) % (size * 8);

        at[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    lower(entry->path, entry->path_length);
}

/* The file ends there. Records behind that are not there; of the last one only the padding may be
 * missing. */
static void cut_off(struct hive_log *log, size_t end)
{
    for (size_t i = 0; i < log->count; i++) {
        struct log_entry *entry = &log->entries[i];

        if (entry->offset + RECORD_HEAD + entry->path_length + entry->values_size > end)
            entry->sound = false;
    }
    log->size = end;
}

void hive_log_make(struct hive_log *log, struct fuzz_input *input)
{
    size_t cut = fuzz_below(input, 4), keep = 0;

    *log = (struct hive_log){ 0 };
    if (!cut)
        keep = fuzz_u32(input);
    /* Nobody who fills values knows the marker; so it is of the whole input. */
    log->marker = (uint64_t)crc(0, input->at, fuzz_left(input)) << 32 |
                  crc(1, input->at, fuzz_left(input)) | 1;
    put_header(log);
    while (log->count < LOG_RECORDS && fuzz_left(input))
        put_record(log, input);
    if (!cut)
        cut_off(log, HEADER_SIZE + keep % (log->size - HEADER_SIZE + 1));
}

void hive_log_free(struct hive_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        free(log->entries[i].path);
        free(log->entries[i].values);
    }
    free(log->bytes);
}

/* --- What has to be there. --- */

static bool is_good_path(const struct log_entry *entry)
{
    size_t name = 0;

    for (size_t i = 0; i < entry->path_length; i++) {
        if (!entry->path[i] || (entry->path[i] == '\\' && !name))
            return false;
        name = entry->path[i] == '\\' ? 0 : name + 1;
    }
    return name; /* of 255 bytes no name is too long */
}

/* Whether `entry` is about the key of that path or one above it. */
static bool is_at_or_above(const struct log_entry *entry, const char *path, size_t length)
{
    return entry->path_length <= length && !memcmp(entry->path, path, entry->path_length) &&
           (entry->path_length == length || path[entry->path_length] == '\\');
}

static bool counts(const struct log_entry *entry)
{
    return entry->sound && (entry->kind == 1 || entry->kind == 2) && is_good_path(entry);
}

/* The record that has the values of a key, NULL if it has none; and whether the key is there. */
static const struct log_entry *find(const struct hive_log *log, const char *path, size_t length,
                                    bool *ret_there)
{
    const struct log_entry *found = NULL;

    *ret_there = false;
    for (size_t i = 0; i < log->count; i++) {
        const struct log_entry *entry = &log->entries[i];

        if (!counts(entry))
            continue;
        if (entry->kind == 2) {
            if (is_at_or_above(entry, path, length)) {
                found = NULL;
                *ret_there = false;
            }
            continue;
        }
        if (entry->path_length == length && !memcmp(entry->path, path, length))
            found = entry;
        if (entry->path_length == length ||
            (entry->path_length > length && entry->path[length] == '\\')) {
            if (!memcmp(entry->path, path, length))
                *ret_there = true;
        }
    }
    return found;
}

static void compare_key(const struct hive_log *log, struct hive *hive, const char *path,
                        size_t length)
{
    const struct log_entry *entry;
    struct value_set *values;
    const void *bytes;
    char name[256];
    size_t size;
    bool there;

    memcpy(name, path, length);
    name[length] = 0;
    entry = find(log, path, length, &there);
    REQUIRE(hive_has_key(hive, name) == there);
    if (!there)
        return;
    if (hive_query_values(hive, name, &values)) {
        REQUIRE(entry && entry->values_size);
        REQUIRE(value_set_decode(entry->values, entry->values_size, &values) == PORT_INVALID);
        return;
    }
    REQUIRE(!value_set_encode(values, &bytes, &size));
    REQUIRE(size == (entry ? entry->values_size : 0));
    REQUIRE(!size || !memcmp(bytes, entry->values, size));
    value_set_free(values);
}

struct count {
    const struct hive_log *log;
    struct hive *hive;
    char path[1100];
};

/* Each key of the hive is one that the log has made. */
static bool check_key(void *context, const char *name)
{
    struct count *count = context, child = { .log = count->log, .hive = count->hive };
    bool there;
    int length;

    length = snprintf(child.path, sizeof(child.path), "%s%s%s", count->path,
                      *count->path ? "\\" : "", name);
    REQUIRE(length > 0 && (size_t)length < sizeof(child.path));
    lower(child.path, strlen(child.path));
    find(count->log, child.path, strlen(child.path), &there);
    REQUIRE(there);
    REQUIRE(!hive_enum_keys(count->hive, child.path, check_key, &child));
    return true;
}

void hive_log_compare(const struct hive_log *log, struct hive *hive)
{
    struct count count = { .log = log, .hive = hive };

    for (size_t i = 0; i < log->count; i++) {
        const struct log_entry *entry = &log->entries[i];

        if (!counts(entry))
            continue;
        for (size_t end = 1; end <= entry->path_length; end++) {
            if (end == entry->path_length || entry->path[end] == '\\')
                compare_key(log, hive, entry->path, end);
        }
    }
    REQUIRE(!hive_enum_keys(hive, "", check_key, &count));
}
