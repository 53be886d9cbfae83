/* SPDX-License-Identifier: MIT */
#include "log_format.h"

#include <string.h>

#include "bytes.h"
#include "crc32c.h"

/*
 * One copy of the header:                A record:
 *   0  8  magic                            0  8  marker
 *   8  4  version                          8  4  CRC-32C of the offset (8 bytes) and of all behind
 *  12  4  0                               12  4  size of path and values
 *  16  8  marker                          16  1  kind
 *  24  4  0                               17  1  0
 *  28  4  CRC-32C of the 28 before it     18  2  size of the path
 *                                         20     path, values; zeros up to a multiple of 8
 */
static const uint8_t magic[8] = { 0x89, 'H', 'I', 'V', 'E', '\r', '\n', 0x1a };

enum {
    HEADER_VERSION = 8,
    HEADER_MARKER = 16,
    HEADER_ZERO = 24,
    HEADER_CRC = 28,
};

enum {
    RECORD_CRC = 8,
    RECORD_SIZE = 12,
    RECORD_KIND = 16,
    RECORD_ZERO = 17,
    RECORD_PATH_SIZE = 18,
};

void log_header_put(uint8_t *bytes, uint64_t marker)
{
    memset(bytes, 0, LOG_COPY_SIZE);
    memcpy(bytes, magic, sizeof(magic));
    put_u32(bytes + HEADER_VERSION, LOG_VERSION);
    put_u64(bytes + HEADER_MARKER, marker);
    put_u32(bytes + HEADER_CRC, crc32c(0, bytes, HEADER_CRC));
    memcpy(bytes + LOG_COPY_SIZE, bytes, LOG_COPY_SIZE);
}

static bool is_zero(const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i])
            return false;
    }
    return true;
}

/* Of a file that ends amid its first copy: whether it could have become a hive of ours. */
static bool is_beginning(const uint8_t *bytes, size_t count)
{
    uint8_t version[4];

    put_u32(version, LOG_VERSION);
    if (count <= sizeof(magic))
        return !memcmp(bytes, magic, count);
    if (memcmp(bytes, magic, sizeof(magic)))
        return false;
    count -= sizeof(magic);
    return !memcmp(bytes + HEADER_VERSION, version,
                   count < sizeof(version) ? count : sizeof(version));
}

enum log_header log_header_get(const uint8_t *bytes, size_t count, uint64_t *ret_marker)
{
    if (is_zero(bytes, count))
        return LOG_HEADER_NONE;
    if (count < LOG_COPY_SIZE)
        return is_beginning(bytes, count) ? LOG_HEADER_NONE : LOG_HEADER_OTHER;
    for (size_t at = 0; at + LOG_COPY_SIZE <= count; at += LOG_COPY_SIZE) {
        const uint8_t *copy = bytes + at;

        if (memcmp(copy, magic, sizeof(magic)) ||
            get_u32(copy + HEADER_CRC) != crc32c(0, copy, HEADER_CRC))
            continue;
        if (get_u32(copy + HEADER_VERSION) != LOG_VERSION)
            return LOG_HEADER_OTHER;
        *ret_marker = get_u64(copy + HEADER_MARKER);
        return LOG_HEADER_GOOD;
    }
    return LOG_HEADER_OTHER;
}

bool log_header_is_torn(const uint8_t *bytes)
{
    uint8_t whole[LOG_HEADER_SIZE];
    size_t i;

    /* What is the same in all of them; the marker and the CRC can be anything. */
    log_header_put(whole, 0);
    for (i = 0; i < LOG_HEADER_SIZE; i++) {
        size_t at = i % LOG_COPY_SIZE;

        if (at < HEADER_MARKER || (at >= HEADER_ZERO && at < HEADER_CRC)) {
            if (bytes[i] && bytes[i] != whole[i])
                return false;
        }
    }
    return true;
}

/* `size`: of path and values. */
static uint32_t record_crc(const uint8_t *bytes, uint64_t offset, size_t size)
{
    uint8_t place[8];

    put_u64(place, offset);
    return crc32c(crc32c(0, place, sizeof(place)), bytes + RECORD_SIZE,
                  LOG_RECORD_SIZE - RECORD_SIZE + size);
}

void log_record_put(uint8_t *bytes, uint64_t marker, uint64_t offset,
                    const struct log_record *record)
{
    size_t size = record->path_length + record->values_size;
    uint8_t *end = bytes + log_record_size(record->path_length, record->values_size);

    put_u64(bytes, marker);
    put_u32(bytes + RECORD_SIZE, (uint32_t)size);
    bytes[RECORD_KIND] = (uint8_t)record->kind;
    bytes[RECORD_ZERO] = 0;
    put_u16(bytes + RECORD_PATH_SIZE, (uint16_t)record->path_length);
    memcpy(bytes + LOG_RECORD_SIZE, record->path, record->path_length);
    if (record->values_size)
        memcpy(bytes + LOG_RECORD_SIZE + record->path_length, record->values, record->values_size);
    memset(bytes + LOG_RECORD_SIZE + size, 0, (size_t)(end - bytes) - LOG_RECORD_SIZE - size);
    put_u32(bytes + RECORD_CRC, record_crc(bytes, offset, size));
}

bool log_record_begins(const uint8_t *bytes, uint64_t marker, size_t *ret_size)
{
    size_t size = get_u32(bytes + RECORD_SIZE);

    *ret_size = LOG_RECORD_SIZE + size;
    return get_u64(bytes) == marker && size <= LOG_PATH_MAX + LOG_VALUES_MAX;
}

bool log_record_get(const uint8_t *bytes, uint64_t offset, struct log_record *ret)
{
    size_t size = get_u32(bytes + RECORD_SIZE), path_length = get_u16(bytes + RECORD_PATH_SIZE);

    ret->kind = (enum log_kind)bytes[RECORD_KIND];
    ret->path = (const char *)bytes + LOG_RECORD_SIZE;
    ret->path_length = path_length;
    ret->values = bytes + LOG_RECORD_SIZE + path_length;
    ret->values_size = size - path_length;
    return get_u32(bytes + RECORD_CRC) == record_crc(bytes, offset, size) && path_length <= size &&
           path_length <= LOG_PATH_MAX;
}
