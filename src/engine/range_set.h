/* SPDX-License-Identifier: MIT */
/* Which bytes of a body are there: ranges in order, merged where they touch. Not locked. */
#ifndef WINRT_ENGINE_RANGE_SET_H
#define WINRT_ENGINE_RANGE_SET_H

#include "transfer.h"

struct range_set {
    struct byte_range *ranges;
    size_t count, capacity;
};

/* A zeroed one is empty. */
void range_set_destroy(struct range_set *set);
void range_set_clear(struct range_set *set); /* keeps its memory */

/* PORT_NO_MEMORY: as before. PORT_INVALID: beyond 2^63. */
enum port_status range_set_add(struct range_set *set, uint64_t offset, uint64_t length);
/* `ret` is a set already, a zeroed one for example; what it had goes. PORT_NO_MEMORY: as before. */
enum port_status range_set_copy(const struct range_set *set, struct range_set *ret);

uint64_t range_set_total(const struct range_set *set);

/* Of the last range; 0 of an empty set. */
uint64_t range_set_end(const struct range_set *set);

/* The end of the range that `position` is in; `position` itself if it is in none. */
uint64_t range_set_end_at(const struct range_set *set, uint64_t position);

/* The first missing bytes at or after `from` and before `limit`, up to the next that are there.
 * False if none is missing. */
bool range_set_find_gap(const struct range_set *set, uint64_t from, uint64_t limit,
                        struct byte_range *ret);

/* As pairs of little-endian 64-bit numbers, in a new block; and back: PORT_INVALID for what is not
 * such a set in order. An empty set is NULL and 0. */
enum port_status range_set_encode(const struct range_set *set, void **ret, size_t *ret_size);
enum port_status range_set_decode(const void *bytes, size_t size, struct range_set *ret);

#endif
