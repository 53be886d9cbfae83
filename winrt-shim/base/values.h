/* SPDX-License-Identifier: MIT */
/*
 * A counted block of values that is never changed while somebody else holds it: what views and
 * iterators keep, and what lists share with them until their next change.
 */
#ifndef WINRT_BASE_VALUES_H
#define WINRT_BASE_VALUES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "value.h"

struct values {
    atomic_long ref;
    enum value_type type;
    UINT32 count, capacity;
    union value items[];
};

/* An empty block with room for `capacity` values and one reference; NULL when there
 * is no memory. */
struct values *values_create(enum value_type type, UINT32 capacity);

void values_addref(struct values *values);

/* NULL is fine. The last one drops the values, which may call their objects' Release. */
void values_release(struct values *values);

/* Somebody else holds it too. Only meaningful where nobody can add a reference meanwhile. */
bool values_is_shared(const struct values *values);

/* Appends copies; there must be room. On failure those copied so far stay appended. */
HRESULT values_append(struct values *values, const union value *items, UINT32 count);

/* The same from an array as clients pass it: value_size(type) bytes an element. */
HRESULT values_append_array(struct values *values, const void *array, UINT32 count);

/*
 * IVectorView.GetMany: copies up to `capacity` values from `start` on into a client's array.
 * E_POINTER, E_BOUNDS for a start beyond the end; *count is 0 and nothing is left in `array` on
 * failure.
 */
HRESULT values_get_many(const struct values *values, UINT32 start, UINT32 capacity, void *array,
                        UINT32 *count);

/* Strings by their text, objects by identity, numbers by value. May call QueryInterface of the
 * objects. */
bool value_equals(enum value_type type, const union value *one, const union value *other);

/* The first that equals `wanted`. */
bool values_find(const struct values *values, const union value *wanted, UINT32 *index);

#endif
