/* SPDX-License-Identifier: MIT */
/* A pairing heap, after Fredman, Sedgewick, Sleator and Tarjan. */
#include <stddef.h>

#include "place_heap.h"

/* Two trees become one; either may be NULL. Neither root has siblings. */
static struct place_node *meld(struct place_node *a, struct place_node *b)
{
    struct place_node *parent, *child;

    if (!a || !b)
        return a ? a : b;
    parent = b->place < a->place ? b : a;
    child = parent == a ? b : a;
    child->sibling = parent->child;
    if (child->sibling)
        child->sibling->back = child;
    child->back = parent;
    parent->child = child;
    return parent;
}

/* Siblings become one tree: in pairs from left to right, then the pairs from right to left. A loop,
 * since a recursion would be as deep as there are siblings. */
static struct place_node *meld_siblings(struct place_node *first)
{
    struct place_node *pairs = NULL, *ret = NULL;

    while (first) {
        struct place_node *a = first, *b = a->sibling;

        first = b ? b->sibling : NULL;
        a->sibling = a->back = NULL;
        if (b)
            b->sibling = b->back = NULL;
        a = meld(a, b);
        a->sibling = pairs;
        pairs = a;
    }
    while (pairs) {
        struct place_node *next = pairs->sibling;

        pairs->sibling = NULL;
        ret = meld(ret, pairs);
        pairs = next;
    }
    return ret;
}

void place_heap_add(struct place_heap *heap, struct place_node *node, uint64_t place)
{
    *node = (struct place_node){ .place = place, .in_heap = true };
    heap->root = meld(heap->root, node);
}

void place_heap_remove(struct place_heap *heap, struct place_node *node)
{
    struct place_node *children;

    if (!node->in_heap)
        return;
    children = meld_siblings(node->child);
    if (heap->root == node) {
        heap->root = children;
    } else {
        if (node->back->child == node)
            node->back->child = node->sibling;
        else
            node->back->sibling = node->sibling;
        if (node->sibling)
            node->sibling->back = node->back;
        heap->root = meld(heap->root, children);
    }
    *node = (struct place_node){ 0 };
}
