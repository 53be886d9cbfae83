/* SPDX-License-Identifier: MIT */
#include "power_records.h"

#include <stdlib.h>
#include <string.h>

#include "power_image.h"
#include "src/port/clock.h"
#include "src/store/download_values.h"

#define VALUE_VERSION "Version"
#define VALUE_PAYLOAD "Payload"

static uint8_t payload_byte(unsigned thing, uint32_t version, size_t at)
{
    return (uint8_t)(at * 7 + at / 256 * 3 + thing * 59 + version * 101);
}

struct value_set *power_record_make(unsigned thing, uint32_t version, size_t payload,
                                    const char *path, uint64_t bytes)
{
    uint8_t *block = power_alloc(payload);
    struct value_set *set;

    for (size_t i = 0; i < payload; i++)
        block[i] = payload_byte(thing, version, i);
    if (value_set_create(&set) ||
        value_set_put_qword(set, DOWNLOAD_CREATED, (uint64_t)clock_universal_time()) ||
        value_set_put_dword(set, VALUE_VERSION, version) ||
        value_set_put(set, VALUE_PAYLOAD, REGISTRY_BINARY, block, payload) ||
        (path && (value_set_put_text(set, DOWNLOAD_PRIVATE_FILE, path) ||
                  value_set_put_qword(set, DOWNLOAD_BYTES, bytes))))
        abort();
    free(block);
    return set;
}

uint32_t power_record_check(unsigned thing, const struct value_set *values)
{
    uint32_t version = value_set_get_dword(values, VALUE_VERSION, 0);
    struct stored_value value;
    const uint8_t *bytes;

    if (!value_set_get(values, VALUE_PAYLOAD, REGISTRY_BINARY, &value))
        return 0;
    bytes = value.data;
    for (size_t i = 0; i < value.size; i++) {
        if (bytes[i] != payload_byte(thing, version, i))
            return 0;
    }
    return version;
}

void power_record_id(unsigned thing, struct store_id *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->bytes[15] = (uint8_t)thing;
    ret->bytes[0] = 0x5a;
}

unsigned power_record_thing(const struct store_id *id)
{
    return id->bytes[15];
}

void power_file_fill(unsigned thing, uint64_t offset, uint8_t *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint32_t at = (uint32_t)(offset + i);

        buffer[i] = (uint8_t)((at * 31 + (at >> 8) * 7 + thing * 13) | 1);
    }
}

bool power_file_has(const char *path, unsigned thing, uint64_t bytes)
{
    static uint8_t block[16384], expected[16384];
    uint64_t at = 0;
    file_handle file;
    size_t count = 1;

    if (file_open(path, FILE_OPEN_READ, &file))
        return false;
    while (at < bytes && count) {
        if (file_read_at(file, at, block, sizeof(block), &count))
            count = 0;
        if (count > bytes - at)
            count = (size_t)(bytes - at);
        power_file_fill(thing, at, expected, count);
        if (memcmp(block, expected, count))
            break;
        at += count;
    }
    file_close(file);
    return at == bytes;
}
