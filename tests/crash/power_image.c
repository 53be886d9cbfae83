/* SPDX-License-Identifier: MIT */
#include "power_image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_SIZE 4096u

struct page {
    unsigned references;
    uint8_t bytes[PAGE_SIZE];
};

struct power_content {
    unsigned references;
    size_t count;
    struct page *pages[]; /* NULL: zeros */
};

void *power_alloc(size_t size)
{
    void *block = malloc(size ? size : 1);

    if (!block) {
        fprintf(stderr, "no memory for the simulated disk\n");
        abort();
    }
    return block;
}

void power_name(char ret[POWER_NAME_SIZE], const char *path)
{
    size_t length = strcspn(path, "/");

    if (length >= POWER_NAME_SIZE)
        abort();
    memcpy(ret, path, length);
    ret[length] = 0;
}

static void *grow(void *block, size_t *room, size_t count, size_t size)
{
    size_t more = *room ? *room : 16;

    if (count <= *room)
        return block;
    while (more < count)
        more *= 2;
    block = realloc(block, more * size);
    if (!block)
        abort();
    *room = more;
    return block;
}

static void release_page(struct page *page)
{
    if (page && !--page->references)
        free(page);
}

static void release_content(struct power_content *content)
{
    if (!content || --content->references)
        return;
    for (size_t i = 0; i < content->count; i++)
        release_page(content->pages[i]);
    free(content);
}

void power_image_init(struct power_image *image)
{
    memset(image, 0, sizeof(*image));
    power_image_node(image, POWER_ROOT_NODE)->folder = true;
}

void power_image_clone(const struct power_image *from, struct power_image *to)
{
    *to = *from;
    to->node_room = from->node_count;
    to->nodes = power_alloc(from->node_count * sizeof(*to->nodes));
    memcpy(to->nodes, from->nodes, from->node_count * sizeof(*to->nodes));
    for (size_t i = 0; i < to->node_count; i++) {
        if (to->nodes[i].content)
            to->nodes[i].content->references++;
    }
    to->entry_room = from->entry_count;
    to->entries = power_alloc(from->entry_count * sizeof(*to->entries));
    if (from->entry_count)
        memcpy(to->entries, from->entries, from->entry_count * sizeof(*to->entries));
}

void power_image_free(struct power_image *image)
{
    for (size_t i = 0; i < image->node_count; i++)
        release_content(image->nodes[i].content);
    free(image->nodes);
    free(image->entries);
    memset(image, 0, sizeof(*image));
}

struct power_node *power_image_node(struct power_image *image, uint32_t number)
{
    if (number >= image->node_count) {
        image->nodes =
            grow(image->nodes, &image->node_room, (size_t)number + 1, sizeof(*image->nodes));
        memset(image->nodes + image->node_count, 0,
               (number + 1 - image->node_count) * sizeof(*image->nodes));
        image->node_count = (size_t)number + 1;
    }
    image->nodes[number].exists = true;
    return &image->nodes[number];
}

static struct power_entry *entry_of(const struct power_image *image, uint32_t folder,
                                    const char *name, size_t length)
{
    for (size_t i = 0; i < image->entry_count; i++) {
        struct power_entry *entry = &image->entries[i];

        if (entry->folder == folder && !strncmp(entry->name, name, length) && !entry->name[length])
            return entry;
    }
    return NULL;
}

uint32_t power_image_find(const struct power_image *image, uint32_t folder, const char *name,
                          size_t length)
{
    const struct power_entry *entry = entry_of(image, folder, name, length);

    return entry ? entry->node : POWER_NO_NODE;
}

void power_image_set(struct power_image *image, uint32_t folder, const char *name, uint32_t node)
{
    struct power_entry *entry = entry_of(image, folder, name, strlen(name));

    if (!entry) {
        image->entries = grow(image->entries, &image->entry_room, image->entry_count + 1,
                              sizeof(*image->entries));
        entry = &image->entries[image->entry_count++];
        entry->folder = folder;
        power_name(entry->name, name);
    }
    entry->node = node;
}

void power_image_remove(struct power_image *image, uint32_t folder, const char *name)
{
    struct power_entry *entry = entry_of(image, folder, name, strlen(name));

    if (entry)
        *entry = image->entries[--image->entry_count];
}

size_t power_image_read(const struct power_image *image, uint32_t number, uint64_t offset,
                        void *buffer, size_t size)
{
    const struct power_node *node = &image->nodes[number];
    uint8_t *to = buffer;
    size_t done = 0;

    if (offset >= node->size)
        return 0;
    if (size > node->size - offset)
        size = (size_t)(node->size - offset);
    while (done < size) {
        size_t index = (size_t)((offset + done) / PAGE_SIZE);
        size_t within = (size_t)((offset + done) % PAGE_SIZE);
        size_t part = PAGE_SIZE - within < size - done ? PAGE_SIZE - within : size - done;
        const struct page *page =
            node->content && index < node->content->count ? node->content->pages[index] : NULL;

        if (page)
            memcpy(to + done, page->bytes + within, part);
        else
            memset(to + done, 0, part);
        done += part;
    }
    return size;
}

/* The node's own content, with room for so many pages. */
static struct power_content *own_content(struct power_node *node, size_t count)
{
    struct power_content *old = node->content, *content;
    size_t kept = old ? old->count : 0;

    if (old && old->references == 1 && kept >= count)
        return old;
    if (count < kept)
        count = kept;
    else if (kept)
        count += count / 4;
    content = power_alloc(sizeof(*content) + count * sizeof(struct page *));
    content->references = 1;
    content->count = count;
    for (size_t i = 0; i < count; i++) {
        content->pages[i] = i < kept ? old->pages[i] : NULL;
        if (content->pages[i])
            content->pages[i]->references++;
    }
    release_content(old);
    node->content = content;
    return content;
}

static struct page *own_page(struct power_content *content, size_t index)
{
    struct page *old = content->pages[index], *page;

    if (old && old->references == 1)
        return old;
    page = power_alloc(sizeof(*page));
    page->references = 1;
    if (old)
        memcpy(page->bytes, old->bytes, PAGE_SIZE);
    else
        memset(page->bytes, 0, PAGE_SIZE);
    release_page(old);
    content->pages[index] = page;
    return page;
}

void power_image_write(struct power_image *image, uint32_t number, uint64_t offset,
                       const void *buffer, size_t size)
{
    struct power_node *node = &image->nodes[number];
    struct power_content *content;
    const uint8_t *from = buffer;
    size_t done = 0;

    if (!size)
        return;
    content = own_content(node, (size_t)((offset + size + PAGE_SIZE - 1) / PAGE_SIZE));
    while (done < size) {
        size_t index = (size_t)((offset + done) / PAGE_SIZE);
        size_t within = (size_t)((offset + done) % PAGE_SIZE);
        size_t part = PAGE_SIZE - within < size - done ? PAGE_SIZE - within : size - done;

        memcpy(own_page(content, index)->bytes + within, from + done, part);
        done += part;
    }
    if (node->size < offset + size)
        node->size = offset + size;
}

void power_image_resize(struct power_image *image, uint32_t number, uint64_t size)
{
    struct power_node *node = &image->nodes[number];

    if (size < node->size && node->content) {
        struct power_content *content = own_content(node, 0);
        size_t whole = (size_t)(size / PAGE_SIZE), within = (size_t)(size % PAGE_SIZE);

        if (within && whole < content->count && content->pages[whole])
            memset(own_page(content, whole)->bytes + within, 0, PAGE_SIZE - within);
        for (size_t i = whole + (within != 0); i < content->count; i++) {
            release_page(content->pages[i]);
            content->pages[i] = NULL;
        }
    }
    node->size = size;
}
