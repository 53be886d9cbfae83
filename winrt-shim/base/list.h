/* SPDX-License-Identifier: MIT */
/*
 * The changeable, locked and counted sequence behind vectors and maps. Readers take the current
 * block of values and work on it without the lock; a change copies that block if somebody else
 * holds it. So no object of a client is called under the lock. Each change gives the list a new
 * version, by which iterators know of it.
 */
#ifndef WINRT_BASE_LIST_H
#define WINRT_BASE_LIST_H

#include "values.h"

#include "src/port/threads.h"

struct list {
    atomic_long ref;
    enum value_type type;
    struct mutex mutex; /* over the two below */
    UINT64 version;
    struct values *values; /* never NULL */
};

#define LIST_END         UINT32_MAX       /* as index: behind the last item */
#define LIST_LAST        (UINT32_MAX - 1) /* as index: the last item */
#define LIST_ALL         UINT32_MAX       /* as count: all from the index on */
#define LIST_ANY_VERSION UINT64_MAX

struct list *list_create(enum value_type type);
void list_addref(struct list *list);
void list_release(struct list *list); /* NULL is fine */

/* The current values with a reference for the caller; `version` may be NULL. */
struct values *list_values(struct list *list, UINT64 *version);

UINT64 list_version(struct list *list);

/*
 * Replaces the `remove` items from `index` on by copies of `items`. E_BOUNDS if those to be
 * removed, or the place itself, are not there; E_OUTOFMEMORY; S_FALSE, and nothing done, if the
 * list's version is no longer `version`.
 */
HRESULT list_splice(struct list *list, UINT64 version, UINT32 index, UINT32 remove,
                    const union value *items, UINT32 count);

/* Replaces everything by an array as clients pass it. */
HRESULT list_assign(struct list *list, const void *array, UINT32 count);

#endif
