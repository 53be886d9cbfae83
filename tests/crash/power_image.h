/* SPDX-License-Identifier: MIT */
/*
 * A file system in memory: folders and files, whose content is in pages that images share until one
 * of them writes. A node keeps its number as its inode; images of one disk give the same numbers to
 * the same things. Not locked.
 */
#ifndef WINRT_TEST_POWER_IMAGE_H
#define WINRT_TEST_POWER_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POWER_ROOT_NODE 0
#define POWER_NO_NODE   UINT32_MAX
#define POWER_NAME_SIZE 64 /* with the NUL */

struct power_content;

struct power_node {
    struct power_content *content; /* NULL: a folder, or nothing was ever written */
    uint64_t size;
    int64_t modified, created;
    int64_t latest; /* the newest time of change, which need not be on the disk */
    bool exists, folder, locked;
};

struct power_entry {
    uint32_t folder, node;
    char name[POWER_NAME_SIZE];
};

struct power_image {
    struct power_node *nodes;
    size_t node_count, node_room;
    struct power_entry *entries;
    size_t entry_count, entry_room;
};

/* An empty root. A failed allocation ends the program. */
void power_image_init(struct power_image *image);
void power_image_clone(const struct power_image *from, struct power_image *to);
void power_image_free(struct power_image *image);

/* Made if it is not there, with that number. */
struct power_node *power_image_node(struct power_image *image, uint32_t number);

/* POWER_NO_NODE if there is none. */
uint32_t power_image_find(const struct power_image *image, uint32_t folder, const char *name,
                          size_t length);
void power_image_set(struct power_image *image, uint32_t folder, const char *name, uint32_t node);
void power_image_remove(struct power_image *image, uint32_t folder, const char *name);

size_t power_image_read(const struct power_image *image, uint32_t node, uint64_t offset,
                        void *buffer, size_t size);
void power_image_write(struct power_image *image, uint32_t node, uint64_t offset,
                       const void *buffer, size_t size);
void power_image_resize(struct power_image *image, uint32_t node, uint64_t size);

/* The name that a path begins with; too long a one ends the program. */
void power_name(char ret[POWER_NAME_SIZE], const char *path);

/* As malloc, but it ends the program when it fails. */
void *power_alloc(size_t size);

#endif
