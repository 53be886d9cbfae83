/* SPDX-License-Identifier: MIT */
/*
 * Names and data lie one after the other in one block, each with a NUL behind it, and the entries
 * say where: a set of twenty values is three allocations, and can be decoded for each of 100,000
 * records. What is replaced stays in the block until that grows.
 */
#include "value_set.h"

#include <string.h>

#include "bytes.h"
#include "names.h"
#include "src/port/memory.h"

/* One value in a hive: type, length of the name, size of the data; name; data. */
#define ENCODED_HEADER 6

/* Of one value, and of all bytes of a set: what a record may have (docs/store.md). */
#define SIZE_LIMIT (8u << 20)

#define FIRST_ENTRIES 24
#define FIRST_ROOM    512

struct entry {
    uint32_t name, data; /* where in the block */
    uint32_t size, room; /* of the data, and what was reserved for it */
    uint8_t name_length, type;
};

struct value_set {
    struct entry *entries;
    size_t count, capacity;
    char *block;
    size_t used, room;
    uint8_t *encoded; /* NULL when the set has changed since */
    size_t encoded_size;
};

static void forget_encoded(struct value_set *set)
{
    memory_free_secret_block(set->encoded, set->encoded_size);
    set->encoded = NULL;
    set->encoded_size = 0;
}

enum port_status value_set_create(struct value_set **ret)
{
    *ret = memory_zalloc(sizeof(**ret));
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

void value_set_free(struct value_set *set)
{
    if (!set)
        return;
    forget_encoded(set);
    memory_free_secret_block(set->block, set->used); /* values may be passwords */
    memory_free(set->entries);
    memory_free(set);
}

static struct entry *find(const struct value_set *set, const char *name, size_t length)
{
    for (size_t i = 0; i < set->count; i++) {
        struct entry *entry = &set->entries[i];

        if (entry->name_length == length && name_equal(set->block + entry->name, name, length))
            return entry;
    }
    return NULL;
}

static bool is_good_name(const char *name, size_t length)
{
    return length && length <= STORED_NAME_MAX && !memchr(name, 0, length);
}

/* Whether the data is of that type. */
static bool is_good_data(unsigned type, const void *data, size_t size)
{
    if (size > SIZE_LIMIT)
        return false;
    switch (type) {
    case REGISTRY_SZ:
        return !size || !memchr(data, 0, size);
    case REGISTRY_MULTI_SZ:
        return !size || !((const char *)data)[size - 1];
    case REGISTRY_DWORD:
        return size == 4;
    case REGISTRY_QWORD:
        return size == 8;
    case REGISTRY_BINARY:
        return true;
    default:
        return false;
    }
}

/* Where `size` bytes and a NUL are put; the room is there. */
static uint32_t put_bytes(struct value_set *set, const void *bytes, size_t size)
{
    uint32_t at = (uint32_t)set->used;

    if (size)
        memcpy(set->block + at, bytes, size);
    set->block[at + size] = 0;
    set->used += size + 1;
    return at;
}

/*
 * Room for so many bytes more, in a new block that has only what is in use. The old one, which the
 * caller frees, may have the very bytes that are going to be added.
 */
static bool grow_block(struct value_set *set, size_t more, char **ret_old, size_t *ret_old_size)
{
    size_t room = FIRST_ROOM, live = 0;
    char *block, *old = set->block;

    *ret_old = NULL;
    *ret_old_size = 0;
    if (set->room - set->used >= more)
        return true;
    for (size_t i = 0; i < set->count; i++)
        live += set->entries[i].name_length + set->entries[i].room + 2u;
    while (room < (live + more) * 3 / 2)
        room *= 2;
    block = memory_alloc(room);
    if (!block)
        return false;
    *ret_old = old;
    *ret_old_size = set->used;
    set->block = block;
    set->room = room;
    set->used = 0;
    for (size_t i = 0; i < set->count; i++) {
        struct entry *entry = &set->entries[i];

        entry->name = put_bytes(set, old + entry->name, entry->name_length);
        entry->data = put_bytes(set, old + entry->data, entry->room);
    }
    return true;
}

static bool grow_entries(struct value_set *set)
{
    size_t capacity = set->capacity ? set->capacity * 2 : FIRST_ENTRIES;
    struct entry *entries;

    if (set->count < set->capacity)
        return true;
    entries = memory_resize(set->entries, capacity * sizeof(*entries));
    if (!entries)
        return false;
    set->entries = entries;
    set->capacity = capacity;
    return true;
}

static void replace_in_place(struct value_set *set, struct entry *entry, const void *data,
                             size_t size)
{
    if (size)
        memmove(set->block + entry->data, data, size);
    set->block[entry->data + size] = 0;
    entry->size = (uint32_t)size;
}

enum port_status value_set_put(struct value_set *set, const char *name, enum registry_type type,
                               const void *data, size_t size)
{
    size_t length = strlen(name), old_size;
    struct entry *entry;
    char *old;

    if (!is_good_name(name, length) || !is_good_data(type, data, size))
        return PORT_INVALID;
    entry = find(set, name, length);
    if (entry && size <= entry->room) {
        forget_encoded(set);
        replace_in_place(set, entry, data, size);
        entry->type = (uint8_t)type;
        return PORT_OK;
    }
    if (set->used + length + size + 2 > SIZE_LIMIT * 4ull)
        return PORT_INVALID;
    if (!entry && !grow_entries(set))
        return PORT_NO_MEMORY;
    if (!grow_block(set, length + size + 2, &old, &old_size))
        return PORT_NO_MEMORY;
    forget_encoded(set);
    if (!entry) {
        entry = &set->entries[set->count++];
        entry->name = put_bytes(set, name, length);
        entry->name_length = (uint8_t)length;
    }
    entry->data = put_bytes(set, data, size);
    entry->size = entry->room = (uint32_t)size;
    entry->type = (uint8_t)type;
    memory_free_secret_block(old, old_size);
    return PORT_OK;
}

enum port_status value_set_put_text(struct value_set *set, const char *name, const char *text)
{
    return value_set_put(set, name, REGISTRY_SZ, text, strlen(text));
}

enum port_status value_set_put_dword(struct value_set *set, const char *name, uint32_t value)
{
    uint8_t bytes[4];

    put_u32(bytes, value);
    return value_set_put(set, name, REGISTRY_DWORD, bytes, sizeof(bytes));
}

enum port_status value_set_put_qword(struct value_set *set, const char *name, uint64_t value)
{
    uint8_t bytes[8];

    put_u64(bytes, value);
    return value_set_put(set, name, REGISTRY_QWORD, bytes, sizeof(bytes));
}

void value_set_remove(struct value_set *set, const char *name)
{
    struct entry *entry = find(set, name, strlen(name));

    if (!entry)
        return;
    forget_encoded(set);
    set->count--;
    memmove(entry, entry + 1, (size_t)(set->entries + set->count - entry) * sizeof(*entry));
}

static void view(const struct value_set *set, const struct entry *entry, struct stored_value *ret)
{
    ret->name = set->block + entry->name;
    ret->type = (enum registry_type)entry->type;
    ret->data = set->block + entry->data;
    ret->size = entry->size;
}

bool value_set_get(const struct value_set *set, const char *name, enum registry_type type,
                   struct stored_value *ret)
{
    const struct entry *entry = find(set, name, strlen(name));

    memset(ret, 0, sizeof(*ret));
    if (!entry || entry->type != type)
        return false;
    view(set, entry, ret);
    return true;
}

const char *value_set_get_text(const struct value_set *set, const char *name)
{
    struct stored_value value;

    return value_set_get(set, name, REGISTRY_SZ, &value) ? value.data : NULL;
}

uint32_t value_set_get_dword(const struct value_set *set, const char *name, uint32_t otherwise)
{
    struct stored_value value;

    return value_set_get(set, name, REGISTRY_DWORD, &value) ? get_u32(value.data) : otherwise;
}

uint64_t value_set_get_qword(const struct value_set *set, const char *name, uint64_t otherwise)
{
    struct stored_value value;

    return value_set_get(set, name, REGISTRY_QWORD, &value) ? get_u64(value.data) : otherwise;
}

size_t value_set_count(const struct value_set *set)
{
    return set->count;
}

void value_set_at(const struct value_set *set, size_t index, struct stored_value *ret)
{
    view(set, &set->entries[index], ret);
}

enum port_status value_set_encode(struct value_set *set, const void **ret, size_t *ret_size)
{
    size_t size = 0;
    uint8_t *at;

    *ret = NULL;
    *ret_size = 0;
    if (!set->encoded) {
        for (size_t i = 0; i < set->count; i++)
            size += ENCODED_HEADER + set->entries[i].name_length + set->entries[i].size;
        if (size > SIZE_LIMIT)
            return PORT_INVALID;
        at = set->encoded = memory_alloc(size);
        if (!at)
            return PORT_NO_MEMORY;
        set->encoded_size = size;
        for (size_t i = 0; i < set->count; i++) {
            const struct entry *entry = &set->entries[i];

            at[0] = entry->type;
            at[1] = entry->name_length;
            put_u32(at + 2, entry->size);
            at += ENCODED_HEADER;
            memcpy(at, set->block + entry->name, entry->name_length);
            at += entry->name_length;
            memcpy(at, set->block + entry->data, entry->size);
            at += entry->size;
        }
    }
    *ret = set->encoded;
    *ret_size = set->encoded_size;
    return PORT_OK;
}

/* One value's place in the bytes; false if there is none. */
static bool decode_one(const uint8_t **at, const uint8_t *end, struct stored_value *ret,
                       size_t *ret_name_length)
{
    const uint8_t *bytes = *at;
    size_t size;

    if (end - bytes < ENCODED_HEADER)
        return false;
    *ret_name_length = bytes[1];
    size = get_u32(bytes + 2);
    ret->name = (const char *)bytes + ENCODED_HEADER;
    ret->type = (enum registry_type)bytes[0];
    if ((size_t)(end - bytes) < ENCODED_HEADER + *ret_name_length ||
        (size_t)(end - bytes) - ENCODED_HEADER - *ret_name_length < size)
        return false;
    ret->data = bytes + ENCODED_HEADER + *ret_name_length;
    ret->size = size;
    *at = (const uint8_t *)ret->data + size;
    return is_good_name(ret->name, *ret_name_length) && is_good_data(bytes[0], ret->data, size);
}

enum port_status value_set_decode(const void *bytes, size_t size, struct value_set **ret)
{
    const uint8_t *at = bytes, *end = at + size;
    struct stored_value value;
    struct value_set *set;
    size_t count = 0, length;

    *ret = NULL;
    while (at < end) {
        if (!decode_one(&at, end, &value, &length))
            return PORT_INVALID;
        count++;
    }
    set = memory_zalloc(sizeof(*set));
    if (!set)
        return PORT_NO_MEMORY;
    if (count) {
        set->capacity = count;
        set->entries = memory_alloc(count * sizeof(*set->entries));
        set->room = size; /* the header of each is more than its two NULs */
        set->block = memory_alloc(set->room);
        if (!set->entries || !set->block) {
            value_set_free(set);
            return PORT_NO_MEMORY;
        }
    }
    for (at = bytes; set->count < count && decode_one(&at, end, &value, &length); set->count++) {
        struct entry *entry = &set->entries[set->count];

        entry->name = put_bytes(set, value.name, length);
        entry->data = put_bytes(set, value.data, value.size);
        entry->size = entry->room = (uint32_t)value.size;
        entry->name_length = (uint8_t)length;
        entry->type = (uint8_t)value.type;
    }
    *ret = set;
    return PORT_OK;
}
