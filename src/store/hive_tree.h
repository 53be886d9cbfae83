/* SPDX-License-Identifier: MIT */
/*
 * The keys of a hive in memory: a tree, and a table by which a child is found. With the name of a
 * GUID a key takes some 130 bytes; its values stay in the file.
 */
#ifndef WINRT_STORE_HIVE_TREE_H
#define WINRT_STORE_HIVE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/port/status.h"

struct hive_key {
    struct hive_key *parent, *previous, *next, *first, *last;
    struct hive_key *chain; /* in the table */
    uint64_t offset;        /* of the record with its values; 0: none, it has no values */
    uint32_t size;          /* of that record in the file */
    uint32_t hash;
    uint32_t children;
    uint8_t name_length;
    bool lost; /* its record was found damaged since the hive was opened */
    char name[];
};

struct hive_tree {
    struct hive_key *root;
    struct hive_key **buckets;
    size_t bucket_count;
    size_t count;  /* without the root */
    uint64_t live; /* bytes of the records of all keys */
};

enum port_status hive_tree_init(struct hive_tree *tree);
void hive_tree_free(struct hive_tree *tree); /* also one that is all zeros */

/* Names with backslashes between; none is empty or longer than STORED_NAME_MAX, and the whole not
 * longer than LOG_PATH_MAX. */
bool hive_path_is_good(const char *path, size_t length);

/* NULL if it is not there. "" is the root. */
struct hive_key *hive_tree_find(const struct hive_tree *tree, const char *path, size_t length);

/* Found or made, with what is missing above it. `*ret_made`: the topmost key that was made, or
 * NULL; removing that undoes the call. PORT_INVALID: no good path. */
enum port_status hive_tree_make(struct hive_tree *tree, const char *path, size_t length,
                                struct hive_key **ret, struct hive_key **ret_made);

/* The key, not the root, and all below. */
void hive_tree_remove(struct hive_tree *tree, struct hive_key *key);

/* Where the key's record is now. 0, 0: it has none. */
void hive_tree_place(struct hive_tree *tree, struct hive_key *key, uint64_t offset, size_t size);

/* The next of all keys, parents before children and those in their order; after the root comes the
 * first, NULL after the last. */
struct hive_key *hive_tree_next(const struct hive_key *key);

/* The path, with a NUL, into LOG_PATH_MAX + 1 bytes; its length. */
size_t hive_key_path(const struct hive_key *key, char *buffer);

#endif
