/* SPDX-License-Identifier: MIT */
/*
 * The values of one key: name, type and data, as a registry has them, and their bytes in a hive.
 * Text is UTF-8 here and in the hive; names are compared without regard to the case of A to Z.
 * docs/store.md
 */
#ifndef WINRT_STORE_VALUE_SET_H
#define WINRT_STORE_VALUE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/port/status.h"

/* The numbers are the registry's. */
enum registry_type {
    REGISTRY_SZ = 1,
    REGISTRY_BINARY = 3,
    REGISTRY_DWORD = 4,
    REGISTRY_MULTI_SZ = 7,
    REGISTRY_QWORD = 11,
};

/* A view into a set, until that is changed or freed. */
struct stored_value {
    const char *name;
    enum registry_type type;
    const void
        *data; /* REGISTRY_SZ: without its NUL; REGISTRY_MULTI_SZ: strings with a NUL behind each */
    size_t size;
};

struct value_set;

enum port_status value_set_create(struct value_set **ret);
void value_set_free(struct value_set *set); /* NULL is fine */

/* Replace a value of that name, or add it. PORT_NO_MEMORY, PORT_INVALID for an empty or overlong
 * name. The typed ones are what to call. */
enum port_status value_set_put(struct value_set *set, const char *name, enum registry_type type,
                               const void *data, size_t size);
enum port_status value_set_put_text(struct value_set *set, const char *name, const char *text);
enum port_status value_set_put_dword(struct value_set *set, const char *name, uint32_t value);
enum port_status value_set_put_qword(struct value_set *set, const char *name, uint64_t value);
void value_set_remove(struct value_set *set, const char *name);

/* False if there is none of that name and type. The text is in the set and terminated. */
bool value_set_get(const struct value_set *set, const char *name, enum registry_type type,
                   struct stored_value *ret);
const char *value_set_get_text(const struct value_set *set, const char *name); /* NULL if absent */
uint32_t value_set_get_dword(const struct value_set *set, const char *name, uint32_t otherwise);
uint64_t value_set_get_qword(const struct value_set *set, const char *name, uint64_t otherwise);

size_t value_set_count(const struct value_set *set);
void value_set_at(const struct value_set *set, size_t index, struct stored_value *ret);

/* The set as bytes of a hive record, which belong to the set until it changes; and back:
 * PORT_INVALID for bytes that are no set. */
enum port_status value_set_encode(struct value_set *set, const void **ret, size_t *ret_size);
enum port_status value_set_decode(const void *bytes, size_t size, struct value_set **ret);

#endif
