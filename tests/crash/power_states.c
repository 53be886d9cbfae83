/* SPDX-License-Identifier: MIT */
#include "power_states.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "long_form.h"

#define SECTOR 512u

/* How much of what is not durable is there: in percent. Disks differ: some have nearly all, some
 * next to nothing. */
struct odds {
    unsigned data, names, torn, sizes;
};

static const struct odds table[] = {
    { 0, 0, 0, 0 },     { 100, 100, 0, 0 }, { 50, 50, 20, 20 }, { 90, 90, 10, 5 },
    { 10, 10, 30, 30 }, { 90, 10, 10, 10 }, { 10, 90, 10, 50 }, { 50, 100, 50, 20 },
    { 100, 50, 5, 0 },  { 0, 100, 0, 100 }, { 100, 0, 0, 0 },   { 70, 70, 60, 10 },
};

void power_states_begin(struct power_states *states, const struct power_trace *trace, unsigned lies)
{
    memset(states, 0, sizeof(*states));
    states->trace = trace;
    states->lies = lies;
    power_image_init(&states->base);
}

void power_states_end(struct power_states *states)
{
    power_image_free(&states->base);
    free(states->pending);
    free(states->seen);
    memset(states, 0, sizeof(*states));
}

static void add_pending(struct power_states *states, uint32_t number)
{
    if (states->pending_count == states->pending_room) {
        states->pending_room = states->pending_room ? states->pending_room * 2 : 256;
        states->pending = realloc(states->pending, states->pending_room * sizeof(uint32_t));
        if (!states->pending)
            abort();
    }
    states->pending[states->pending_count++] = number;
}

static void apply(struct power_image *image, const struct power_step *step)
{
    struct power_node *node;

    switch (step->kind) {
    case POWER_WRITE:
        power_image_node(image, step->node);
        power_image_write(image, step->node, step->offset, step->data, (size_t)step->size);
        break;
    case POWER_RESIZE:
        power_image_node(image, step->node);
        power_image_resize(image, step->node, step->size);
        break;
    case POWER_MAKE:
        node = power_image_node(image, step->node);
        power_image_set(image, step->folder, step->name, step->node);
        node->folder = step->is_folder;
        break;
    case POWER_REMOVE:
        if (power_image_find(image, step->folder, step->name, strlen(step->name)) == step->node)
            power_image_remove(image, step->folder, step->name);
        break;
    case POWER_RENAME:
        power_image_node(image, step->node);
        if (power_image_find(image, step->folder, step->name, strlen(step->name)) == step->node)
            power_image_remove(image, step->folder, step->name);
        power_image_set(image, step->folder_to, step->name_to, step->node);
        break;
    default:
        break;
    }
}

/* A node's times, which are known from its making on, whatever becomes of its name. */
static void note_time(struct power_image *base, const struct power_step *step)
{
    struct power_node *node;

    if (step->kind > POWER_MAKE)
        return;
    node = power_image_node(base, step->node);
    if (step->kind == POWER_MAKE) {
        node->created = node->modified = step->time;
        node->folder = step->is_folder;
    }
    node->latest = step->time;
}

static bool is_lie(const struct power_states *states, const struct power_step *sync)
{
    switch (sync->kind) {
    case POWER_SYNC_FOLDER:
        return states->lies & POWER_LIE_FOLDERS;
    case POWER_SYNC_VOLUME:
        return states->lies & POWER_LIE_VOLUMES;
    default:
        return states->lies & POWER_LIE_FILES;
    }
}

static void take_sync(struct power_states *states, uint32_t number)
{
    const struct power_step *steps = states->trace->steps;
    size_t kept = 0;

    if (is_lie(states, &steps[number]))
        return;
    for (size_t i = 0; i < states->pending_count; i++) {
        uint32_t pending = states->pending[i];

        if (steps[pending].durable == number) {
            apply(&states->base, &steps[pending]);
            states->durable++;
        } else {
            states->pending[kept++] = pending;
        }
    }
    states->pending_count = kept;
    if (steps[number].kind == POWER_SYNC_ALL)
        states->base.nodes[steps[number].node].modified =
            states->base.nodes[steps[number].node].latest;
    for (size_t i = 0; steps[number].kind == POWER_SYNC_VOLUME && i < states->base.node_count; i++)
        states->base.nodes[i].modified = states->base.nodes[i].latest;
}

const struct power_step *power_states_advance(struct power_states *states)
{
    const struct power_step *step;

    if (states->next == states->trace->count)
        return NULL;
    step = &states->trace->steps[states->next];
    note_time(&states->base, step);
    if (step->kind <= POWER_RENAME)
        add_pending(states, states->next);
    else if (step->kind != POWER_MARK)
        take_sync(states, states->next);
    states->next++;
    return step;
}

enum part {
    PART_NONE,
    PART_ALL,
    PART_SIZE,
    PART_BYTES,
    PART_SECTORS
};

static bool chance(uint64_t *random, unsigned percent)
{
    return test_random_below(random, 100) < percent;
}

static enum part draw_part(const struct odds *odds, const struct power_step *step, uint64_t *random)
{
    if (step->kind > POWER_RESIZE)
        return chance(random, odds->names) ? PART_ALL : PART_NONE;
    if (step->kind == POWER_WRITE && chance(random, odds->torn))
        return chance(random, 50) ? PART_BYTES : PART_SECTORS;
    if (chance(random, odds->data))
        return PART_ALL;
    return step->kind == POWER_WRITE && chance(random, odds->sizes) ? PART_SIZE : PART_NONE;
}

/* The first bytes, or the last; an odd number of them. */
static void apply_bytes(struct power_image *image, const struct power_step *step, uint64_t *random)
{
    size_t size = test_random_below(random, (uint32_t)step->size + 1);
    size_t skip = chance(random, 25) ? (size_t)step->size - size : 0;

    power_image_node(image, step->node);
    power_image_write(image, step->node, step->offset + skip, step->data + skip, size);
}

static void apply_sectors(struct power_image *image, const struct power_step *step,
                          uint64_t *random)
{
    uint64_t end = step->offset + step->size, at = step->offset;
    unsigned percent = test_random_below(random, 101);

    power_image_node(image, step->node);
    while (at < end) {
        uint64_t next = (at / SECTOR + 1) * SECTOR;

        if (next > end)
            next = end;
        if (chance(random, percent))
            power_image_write(image, step->node, at, step->data + (at - step->offset),
                              (size_t)(next - at));
        at = next;
    }
}

static void apply_part(struct power_image *image, const struct power_step *step, enum part part,
                       uint64_t *random)
{
    struct power_node *node;

    switch (part) {
    case PART_ALL:
        apply(image, step);
        break;
    case PART_SIZE:
        node = power_image_node(image, step->node);
        if (node->size < step->offset + step->size)
            node->size = step->offset + step->size;
        break;
    case PART_BYTES:
        apply_bytes(image, step, random);
        break;
    case PART_SECTORS:
        apply_sectors(image, step, random);
        break;
    default:
        break;
    }
}

/* False: it was there before. */
static bool remember(struct power_states *states, uint64_t hash)
{
    size_t at;

    if (states->seen_count * 2 >= states->seen_room) {
        size_t room = states->seen_room ? states->seen_room * 2 : 1 << 14;
        uint64_t *old = states->seen;
        size_t old_room = states->seen_room;

        states->seen = calloc(room, sizeof(*states->seen));
        if (!states->seen)
            abort();
        states->seen_room = room;
        states->seen_count = 0;
        for (size_t i = 0; i < old_room; i++) {
            if (old[i])
                remember(states, old[i]);
        }
        free(old);
    }
    hash |= 1;
    for (at = hash & (states->seen_room - 1); states->seen[at]; at = (at + 1) % states->seen_room) {
        if (states->seen[at] == hash)
            return false;
    }
    states->seen[at] = hash;
    states->seen_count++;
    return true;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static void draw_times(struct power_image *image, uint64_t *random)
{
    unsigned newest = test_random_below(random, 3) * 50;

    for (size_t i = 0; i < image->node_count; i++) {
        struct power_node *node = &image->nodes[i];

        if (node->latest != node->modified && chance(random, newest))
            node->modified = node->latest;
    }
}

void power_states_draw(struct power_states *states, uint64_t *random, struct power_disk *ret)
{
    const struct odds *odds = &table[test_random_below(random, sizeof(table) / sizeof(table[0]))];
    uint64_t hash = mix(1, states->durable);
    struct power_image image;

    power_image_clone(&states->base, &image);
    for (size_t i = 0; i < states->pending_count; i++) {
        const struct power_step *step = &states->trace->steps[states->pending[i]];
        enum part part = draw_part(odds, step, random);

        if (part == PART_NONE)
            continue;
        hash = mix(hash, (uint64_t)states->pending[i] << 3 | part);
        if (part > PART_SIZE)
            hash = mix(hash, *random);
        apply_part(&image, step, part, random);
    }
    draw_times(&image, random);
    power_disk_init_with(ret, &image);
    remember(states, hash);
}

static const char *const kinds[] = {
    [POWER_WRITE] = "write",
    [POWER_RESIZE] = "resize",
    [POWER_MAKE] = "make",
    [POWER_REMOVE] = "remove",
    [POWER_RENAME] = "rename",
    [POWER_SYNC] = "sync",
    [POWER_SYNC_ALL] = "sync all",
    [POWER_SYNC_FOLDER] = "sync folder",
    [POWER_SYNC_VOLUME] = "sync volume",
    [POWER_MARK] = "mark",
};

static void print_step(const struct power_states *states, uint32_t number)
{
    const struct power_step *step = &states->trace->steps[number];

    printf("%5u %-12s node %u", number, kinds[step->kind], step->node);
    if (step->kind <= POWER_RESIZE)
        printf(" at %" PRIu64 " size %" PRIu64, step->offset, step->size);
    else if (step->kind <= POWER_RENAME)
        printf(" in %u %s %s", step->folder, step->name, step->name_to);
    else if (step->kind == POWER_MARK)
        printf(" %u: %" PRIu64 ", %" PRIu64, step->mark, step->values[0], step->values[1]);
}

void power_states_explain(struct power_states *states, uint64_t random)
{
    static const char *const parts[] = { "lost", "there", "its size only", "some bytes",
                                         "some sectors" };
    const struct odds *odds = &table[test_random_below(&random, sizeof(table) / sizeof(table[0]))];
    uint32_t first = states->next > 60 ? states->next - 60 : 0;
    struct power_image image;

    printf("the last steps before the cut:\n");
    for (uint32_t i = first; i < states->next; i++) {
        print_step(states, i);
        printf("\n");
    }
    printf("of what was not durable:\n");
    power_image_clone(&states->base, &image);
    for (size_t i = 0; i < states->pending_count; i++) {
        const struct power_step *step = &states->trace->steps[states->pending[i]];
        enum part part = draw_part(odds, step, &random);

        print_step(states, states->pending[i]);
        printf("  %s\n", parts[part]);
        apply_part(&image, step, part, &random);
    }
    power_image_free(&image);
    fflush(stdout);
}
