/* SPDX-License-Identifier: MIT */
/*
 * An intrusive pairing heap: the node with the smallest place is found at once, and one comes and
 * goes in (amortised) time that grows with the logarithm of their number. It allocates nothing, so
 * it cannot fail. No locks.
 */
#ifndef WINRT_ENGINE_PLACE_HEAP_H
#define WINRT_ENGINE_PLACE_HEAP_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed is fine. */
struct place_node {
    struct place_node *child, *sibling;
    struct place_node *back; /* the sibling before, or of a first child the parent */
    uint64_t place;
    bool in_heap;
};

/* Zeroed is an empty one. */
struct place_heap {
    struct place_node *root;
};

void place_heap_add(struct place_heap *heap, struct place_node *node, uint64_t place);

/* No effect on one that is in no heap. */
void place_heap_remove(struct place_heap *heap, struct place_node *node);

/* NULL: empty. */
static inline struct place_node *place_heap_first(const struct place_heap *heap)
{
    return heap->root;
}

#endif
