/* SPDX-License-Identifier: MIT */
#include "hive_tree.h"

#include <string.h>

#include "log_format.h"
#include "names.h"
#include "src/port/memory.h"

#define FIRST_BUCKETS 64

enum port_status hive_tree_init(struct hive_tree *tree)
{
    memset(tree, 0, sizeof(*tree));
    tree->root = memory_zalloc(sizeof(*tree->root) + 1);
    tree->buckets = memory_zalloc_array(FIRST_BUCKETS, sizeof(*tree->buckets));
    tree->bucket_count = FIRST_BUCKETS;
    if (tree->root && tree->buckets)
        return PORT_OK;
    hive_tree_free(tree);
    return PORT_NO_MEMORY;
}

/* A key without children that comes after `key` or is the first of all. */
static struct hive_key *first_leaf(struct hive_key *key)
{
    while (key->first)
        key = key->first;
    return key;
}

void hive_tree_free(struct hive_tree *tree)
{
    struct hive_key *key = tree->root ? first_leaf(tree->root) : NULL;

    while (key) {
        struct hive_key *next = key->next ? first_leaf(key->next) : key->parent;

        memory_free(key);
        key = next;
    }
    memory_free(tree->buckets);
    memset(tree, 0, sizeof(*tree));
}

bool hive_path_is_good(const char *path, size_t length)
{
    size_t part = 0;

    if (!length || length > LOG_PATH_MAX)
        return false;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && path[i] != '\\') {
            part++;
            if (!path[i])
                return false;
            continue;
        }
        if (!part || part > STORED_NAME_MAX)
            return false;
        part = 0;
    }
    return true;
}

/* FNV-1a, from the parent's on. */
static uint32_t hash_name(const struct hive_key *parent, const char *name, size_t length)
{
    uint32_t hash = 2166136261u ^ parent->hash;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ name_fold(name[i])) * 16777619u;
    return hash;
}

static struct hive_key **bucket_of(const struct hive_tree *tree, uint32_t hash)
{
    return &tree->buckets[(hash ^ hash >> 15) & (tree->bucket_count - 1)];
}

static struct hive_key *find_child(const struct hive_tree *tree, const struct hive_key *parent,
                                   uint32_t hash, const char *name, size_t length)
{
    struct hive_key *key = *bucket_of(tree, hash);

    while (key && (key->hash != hash || key->parent != parent || key->name_length != length ||
                   !name_equal(key->name, name, length)))
        key = key->chain;
    return key;
}

/* A table that stays small makes it slow, not wrong. */
static void grow_table(struct hive_tree *tree)
{
    size_t old_count = tree->bucket_count;
    struct hive_key **old = tree->buckets, **buckets;

    buckets = memory_zalloc_array(old_count * 2, sizeof(*buckets));
    if (!buckets)
        return;
    tree->buckets = buckets;
    tree->bucket_count = old_count * 2;
    for (size_t i = 0; i < old_count; i++) {
        for (struct hive_key *key = old[i], *next; key; key = next) {
            struct hive_key **bucket = bucket_of(tree, key->hash);

            next = key->chain;
            key->chain = *bucket;
            *bucket = key;
        }
    }
    memory_free(old);
}

static struct hive_key *add_child(struct hive_tree *tree, struct hive_key *parent, uint32_t hash,
                                  const char *name, size_t length)
{
    struct hive_key *key = memory_zalloc(sizeof(*key) + length + 1), **bucket;

    if (!key)
        return NULL;
    if (tree->count >= tree->bucket_count)
        grow_table(tree);
    memcpy(key->name, name, length);
    key->name_length = (uint8_t)length;
    key->hash = hash;
    key->parent = parent;
    key->previous = parent->last;
    if (parent->last)
        parent->last->next = key;
    else
        parent->first = key;
    parent->last = key;
    parent->children++;
    bucket = bucket_of(tree, hash);
    key->chain = *bucket;
    *bucket = key;
    tree->count++;
    return key;
}

static size_t part_length(const char *path, const char *end)
{
    const char *stop = memchr(path, '\\', (size_t)(end - path));

    return (size_t)((stop ? stop : end) - path);
}

struct hive_key *hive_tree_find(const struct hive_tree *tree, const char *path, size_t length)
{
    const char *end = path + length;
    struct hive_key *key = tree->root;

    if (!length)
        return key;
    if (!hive_path_is_good(path, length))
        return NULL;
    while (key && path < end) {
        size_t part = part_length(path, end);

        key = find_child(tree, key, hash_name(key, path, part), path, part);
        path += part + 1;
    }
    return key;
}

enum port_status hive_tree_make(struct hive_tree *tree, const char *path, size_t length,
                                struct hive_key **ret, struct hive_key **ret_made)
{
    struct hive_key *key = tree->root, *made = NULL;
    const char *end = path + length;

    *ret = NULL;
    *ret_made = NULL;
    if (!hive_path_is_good(path, length))
        return PORT_INVALID;
    while (path < end) {
        size_t part = part_length(path, end);
        uint32_t hash = hash_name(key, path, part);
        struct hive_key *child = find_child(tree, key, hash, path, part);

        if (!child) {
            child = add_child(tree, key, hash, path, part);
            if (!child) {
                if (made)
                    hive_tree_remove(tree, made);
                return PORT_NO_MEMORY;
            }
            made = made ? made : child;
        }
        key = child;
        path += part + 1;
    }
    *ret = key;
    *ret_made = made;
    return PORT_OK;
}

static void unlink_from_parent(struct hive_key *key)
{
    struct hive_key *parent = key->parent;

    if (key->previous)
        key->previous->next = key->next;
    else
        parent->first = key->next;
    if (key->next)
        key->next->previous = key->previous;
    else
        parent->last = key->previous;
    parent->children--;
}

static void free_key(struct hive_tree *tree, struct hive_key *key)
{
    struct hive_key **link = bucket_of(tree, key->hash);

    while (*link != key)
        link = &(*link)->chain;
    *link = key->chain;
    tree->live -= key->size;
    tree->count--;
    memory_free(key);
}

void hive_tree_remove(struct hive_tree *tree, struct hive_key *key)
{
    struct hive_key *at = first_leaf(key);

    unlink_from_parent(key);
    while (at != key) {
        struct hive_key *next = at->next ? first_leaf(at->next) : at->parent;

        free_key(tree, at);
        at = next;
    }
    free_key(tree, key);
}

void hive_tree_place(struct hive_tree *tree, struct hive_key *key, uint64_t offset, size_t size)
{
    tree->live = tree->live - key->size + size;
    key->offset = offset;
    key->size = (uint32_t)size;
    key->lost = false;
}

struct hive_key *hive_tree_next(const struct hive_key *key)
{
    if (key->first)
        return key->first;
    while (key && !key->next)
        key = key->parent;
    return key ? key->next : NULL;
}

size_t hive_key_path(const struct hive_key *key, char *buffer)
{
    size_t length = 0, at;

    for (const struct hive_key *above = key; above->parent; above = above->parent)
        length += above->name_length + (length ? 1u : 0u);
    at = length;
    buffer[length] = 0;
    for (; key->parent; key = key->parent) {
        if (at != length)
            buffer[--at] = '\\';
        at -= key->name_length;
        memcpy(buffer + at, key->name, key->name_length);
    }
    return length;
}
