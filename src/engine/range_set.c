/* SPDX-License-Identifier: MIT */
/*
 * Ranges in a sorted array. A sequential transfer has one, a random access one a few more than its
 * reader has jumped, so shifting the array costs less than a tree would.
 */
#include <string.h>

#include "range_set.h"
#include "src/port/memory.h"

#define ENCODED_SIZE 16 /* bytes a range */
#define FIRST_ROOM   4  /* ranges */

static uint64_t end_of(const struct byte_range *range)
{
    return range->offset + range->length;
}

/* The first range that ends at `position` or later; `count` if none does. */
static size_t find(const struct range_set *set, uint64_t position)
{
    size_t low = 0, high = set->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (end_of(&set->ranges[middle]) < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum port_status reserve(struct range_set *set, size_t count)
{
    size_t capacity = set->capacity ? set->capacity : FIRST_ROOM;
    struct byte_range *ranges;

    if (count <= set->capacity)
        return PORT_OK;
    while (capacity < count)
        capacity *= 2;
    ranges = memory_resize(set->ranges, capacity * sizeof(*ranges));
    if (!ranges)
        return PORT_NO_MEMORY;
    set->ranges = ranges;
    set->capacity = capacity;
    return PORT_OK;
}

void range_set_destroy(struct range_set *set)
{
    memory_free(set->ranges);
    *set = (struct range_set){ 0 };
}

void range_set_clear(struct range_set *set)
{
    set->count = 0;
}

static bool is_countable(uint64_t offset, uint64_t length)
{
    return offset <= INT64_MAX && length <= INT64_MAX - offset;
}

static enum port_status insert(struct range_set *set, size_t index, struct byte_range range)
{
    enum port_status status = reserve(set, set->count + 1);

    if (status)
        return status;
    memmove(set->ranges + index + 1, set->ranges + index,
            (set->count - index) * sizeof(*set->ranges));
    set->ranges[index] = range;
    set->count++;
    return PORT_OK;
}

enum port_status range_set_add(struct range_set *set, uint64_t offset, uint64_t length)
{
    size_t first, after;
    uint64_t end;

    if (!is_countable(offset, length))
        return PORT_INVALID;
    if (!length)
        return PORT_OK;

    end = offset + length;
    first = find(set, offset);
    for (after = first; after < set->count && set->ranges[after].offset <= end; after++)
        continue;
    if (first == after)
        return insert(set, first, (struct byte_range){ offset, length });

    /* All from `first` to before `after` touch the new one, and become one with it. */
    if (set->ranges[first].offset < offset)
        offset = set->ranges[first].offset;
    if (end_of(&set->ranges[after - 1]) > end)
        end = end_of(&set->ranges[after - 1]);
    set->ranges[first] = (struct byte_range){ offset, end - offset };
    memmove(set->ranges + first + 1, set->ranges + after,
            (set->count - after) * sizeof(*set->ranges));
    set->count -= after - first - 1;
    return PORT_OK;
}

enum port_status range_set_copy(const struct range_set *set, struct range_set *ret)
{
    enum port_status status = reserve(ret, set->count);

    if (status)
        return status;
    if (set->count)
        memcpy(ret->ranges, set->ranges, set->count * sizeof(*set->ranges));
    ret->count = set->count;
    return PORT_OK;
}

uint64_t range_set_total(const struct range_set *set)
{
    uint64_t total = 0;

    for (size_t i = 0; i < set->count; i++)
        total += set->ranges[i].length;
    return total;
}

uint64_t range_set_end(const struct range_set *set)
{
    const struct byte_range *last = set->count ? &set->ranges[set->count - 1] : NULL;

    return last ? last->offset + last->length : 0;
}

uint64_t range_set_end_at(const struct range_set *set, uint64_t position)
{
    size_t index = find(set, position);

    if (index == set->count || set->ranges[index].offset > position)
        return position;
    return end_of(&set->ranges[index]);
}

bool range_set_find_gap(const struct range_set *set, uint64_t from, uint64_t limit,
                        struct byte_range *ret)
{
    uint64_t start = range_set_end_at(set, from), end = limit;
    size_t next;

    *ret = (struct byte_range){ 0 };
    if (start >= limit)
        return false;
    next = find(set, start + 1);
    if (next < set->count && set->ranges[next].offset < limit)
        end = set->ranges[next].offset;
    *ret = (struct byte_range){ start, end - start };
    return true;
}

static void put_number(uint8_t *bytes, uint64_t value)
{
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
}

static uint64_t get_number(const uint8_t *bytes)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < 8; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

enum port_status range_set_encode(const struct range_set *set, void **ret, size_t *ret_size)
{
    uint8_t *bytes;

    *ret = NULL;
    *ret_size = 0;
    if (!set->count)
        return PORT_OK;
    bytes = memory_zalloc_array(set->count, ENCODED_SIZE);
    if (!bytes)
        return PORT_NO_MEMORY;
    for (size_t i = 0; i < set->count; i++) {
        put_number(bytes + i * ENCODED_SIZE, set->ranges[i].offset);
        put_number(bytes + i * ENCODED_SIZE + 8, set->ranges[i].length);
    }
    *ret = bytes;
    *ret_size = set->count * ENCODED_SIZE;
    return PORT_OK;
}

enum port_status range_set_decode(const void *bytes, size_t size, struct range_set *ret)
{
    size_t count = size / ENCODED_SIZE;
    enum port_status status = PORT_OK;
    struct range_set set = { 0 };

    if (size % ENCODED_SIZE)
        return PORT_INVALID;
    status = reserve(&set, count);
    for (size_t i = 0; !status && i < count; i++) {
        const uint8_t *pair = (const uint8_t *)bytes + i * ENCODED_SIZE;
        struct byte_range range = { get_number(pair), get_number(pair + 8) };

        if (!range.length || !is_countable(range.offset, range.length) ||
            (i && range.offset <= end_of(&set.ranges[i - 1])))
            status = PORT_INVALID;
        else
            set.ranges[set.count++] = range;
    }
    if (status) {
        range_set_destroy(&set);
        return status;
    }
    range_set_destroy(ret);
    *ret = set;
    return PORT_OK;
}
